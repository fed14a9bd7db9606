/**
 * What leaves the machine of whoever holds a badge: identifiers of definitions, and the words beside them.
 */

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

/** The sites that are hints about the definition, and no keys to look up. */
const HINTS = ["criteria", "tag"];
/** The sites whose identifier names the badge itself, and not what it is aligned to. */
const OWN = ["achievementId", "badgeClassId", "related"];
const ASKED = ["targetUrl", "targetCode", "targetType", "targetName", "targetFramework"];

const CTID = /ce-[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i;

/**
 * What is asked about the mentions of a badge, each with the number of its mention.
 *
 * An identifier that the issuer coined is only asked about where its form is that of a public registry or framework: an
 * issuer may coin one for each learner.
 *
 * @param {import("./extract.js").Extraction} extraction
 * @returns {[number, Ask][]}
 */
export function asks(extraction) {
  return extraction.mentions.flatMap((mention, number) => {
    const ask = askOf(mention);
    return ask === undefined ? [] : [/** @type {[number, Ask]} */ ([number, ask])];
  });
}

/**
 * @param {import("./mention.js").Mention} mention
 * @returns {Ask | undefined}
 */
function askOf(mention) {
  if (HINTS.includes(mention.site)) {
    return undefined;
  }
  if (OWN.includes(mention.site)) {
    const { targetUrl } = mention;
    return targetUrl !== undefined && isPublic(targetUrl) ? { targetUrl } : undefined;
  }
  const saysSomething = [mention.targetUrl, mention.targetCode, mention.targetName].some((value) => value !== undefined);
  const asked = ASKED.filter((name) => mention[name] !== undefined);
  return saysSomething ? Object.fromEntries(asked.map((name) => [name, mention[name]])) : undefined;
}

/**
 * Whether an identifier has the form of a public registry or framework.
 *
 * @param {string} id
 */
function isPublic(id) {
  return CTID.test(id);
}
