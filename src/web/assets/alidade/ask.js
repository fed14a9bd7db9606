/**
 * What leaves the machine of whoever holds a badge: identifiers of definitions, and the words beside them.
 */

import { ctid, publicPart } from "./public.js";
import { isHint, isOwn } from "./site.js";

/**
 * What is asked about one mention, with the names that `POST /v1/resolve` takes.
 *
 * @typedef {object} Ask
 * @property {string} [targetUrl]
 * @property {string} [targetCode]
 * @property {string} [targetType]
 * @property {string} [targetName]
 * @property {string} [targetDescription]
 * @property {string} [targetFramework]
 * @property {string} [issuer]
 */

/** What of a mention is asked about. */
const ASKED = ["targetUrl", "targetCode", "targetType", "targetName", "targetDescription", "targetFramework"];

/**
 * What is asked about the mentions of a document, each with the number of its mention.
 *
 * Hints are not asked about. An identifier that the maker of a definition coined, for it or for a level in it, is only asked
 * about where its form is that of a public registry or framework, and then for what is public of it: there may be one for each
 * learner. Of a relative address at most a CTID in it is asked about. Nor is a name that stands in a résumé without an
 * identifier. The issuer of a credential goes along with everything asked about that credential.
 *
 * @param {import("./extract.js").Extraction} extraction
 * @returns {[number, Ask][]}
 */
export function asks(extraction) {
  let start = 0;
  return extraction.credentials.flatMap((credential) => {
    const before = start;
    const own = extraction.mentions.slice(before, before + credential.mentions);
    start += credential.mentions;
    const issuer = own.find((mention) => mention.site === "issuer" && mention.targetUrl !== undefined)?.targetUrl;
    return own.flatMap((mention, at) => {
      const ask = askOf(mention);
      const whole = ask === undefined || issuer === undefined ? ask : { ...ask, issuer };
      return whole === undefined ? [] : [/** @type {[number, Ask]} */ ([before + at, whole])];
    });
  });
}

/**
 * @param {import("./mention.js").Mention} mention
 * @returns {Ask | undefined}
 */
function askOf(mention) {
  const { targetUrl: address } = mention;
  const known = address !== undefined && isRelative(address) ? ctid(address) : address;
  const hasIdentifier = known !== undefined || mention.targetCode !== undefined;
  const isResume = mention.class === "learner" && mention.site !== "resultAlignment";
  // A level may be one of a public rubric.
  if (isOwn(mention.site) || mention.site === "localReference") {
    const targetUrl = publicPart(mention.targetUrl ?? "");
    if (targetUrl === undefined) {
      return undefined;
    }
    const namesItself = mention.site === "achievementId" || mention.site === "badgeClassId";
    return namesItself && mention.targetType !== undefined ? { targetUrl, targetType: mention.targetType } : { targetUrl };
  }
  if (isHint(mention.site) || (isResume && !hasIdentifier)) {
    return undefined;
  }
  if (!hasIdentifier && mention.targetName === undefined) {
    return undefined;
  }
  const said = { ...mention, targetUrl: known };
  const asked = ASKED.filter((name) => said[name] !== undefined);
  return Object.fromEntries(asked.map((name) => [name, said[name]]));
}

/**
 * Whether an address means something only beside that of its document: nobody else can look it up, and the document's may be the
 * learner's.
 *
 * @param {string} address
 */
function isRelative(address) {
  return /^[^/?#:]*[/?#]/.test(address);
}
