/**
 * What leaves the machine of whoever holds a badge: identifiers of definitions, and the words beside them.
 */

import { publicPart } from "./public.js";
import { isHint, isOwn } from "./site.js";

/**
 * What is asked about one mention, with the names that `POST /v1/resolve` takes.
 *
 * @typedef {object} Ask
 * @property {string} [targetUrl]
 * @property {string} [targetCode]
 * @property {string} [targetType]
 * @property {string} [targetName]
 * @property {string} [targetFramework]
 * @property {string} [issuer]
 */

/** What of a mention is asked about. */
const ASKED = ["targetUrl", "targetCode", "targetType", "targetName", "targetFramework"];

/**
 * What is asked about the mentions of a document, each with the number of its mention.
 *
 * Hints are not asked about. An identifier that the maker of a definition coined is only asked about where its form is that of a
 * public registry or framework, and then for what is public of it: there may be one for each learner. A relative address is never
 * asked about. Nor is a name that stands in a résumé without an identifier.
 * The issuer of a credential goes along with everything asked about that credential.
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
  const hidden = mention.targetUrl !== undefined && isRelative(mention.targetUrl) ? "targetUrl" : undefined;
  const hasIdentifier = (mention.targetUrl !== undefined && hidden === undefined) || mention.targetCode !== undefined;
  const isResume = mention.class === "learner" && mention.site !== "resultAlignment";
  if (isHint(mention.site) || (isResume && !hasIdentifier)) {
    return undefined;
  }
  if (isOwn(mention.site)) {
    const targetUrl = publicPart(mention.targetUrl ?? "");
    return targetUrl === undefined ? undefined : { targetUrl };
  }
  const asked = ASKED.filter((name) => mention[name] !== undefined && name !== hidden);
  const saysSomething = hasIdentifier || mention.targetName !== undefined;
  return saysSomething ? Object.fromEntries(asked.map((name) => [name, mention[name]])) : undefined;
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
