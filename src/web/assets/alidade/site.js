/**
 * The kinds of place in a credential where a definition is named.
 */

/** The sites that belong to what the learner did; all others belong to the definition. */
const LEARNER = new Set(["resultAlignment", "skillName", "certification", "educationCode", "jobCategory"]);

/** The sites that are hints about the definition, and no keys to look up. */
const HINTS = new Set([
  "skillName",
  "issuer",
  "creator",
  "criteria",
  "humanCode",
  "fieldOfStudy",
  "localReference",
  "tag",
]);

/** The sites whose identifier names the definition itself, or an edition of it, and not what it is aligned to. */
const OWN = new Set(["achievementId", "badgeClassId", "related", "sameAs", "learningOutcome"]);

/**
 * Whether a site belongs to the definition or to what the learner did.
 *
 * @param {string} site
 * @returns {"definition" | "learner"}
 */
export function classOf(site) {
  return LEARNER.has(site) ? "learner" : "definition";
}

/**
 * Whether what stands here is a hint about the definition, and not a key to look up.
 *
 * @param {string} site
 */
export function isHint(site) {
  return HINTS.has(site);
}

/**
 * Whether an identifier here names the definition itself: whoever made the definition coined it, and may have coined one for
 * each learner.
 *
 * @param {string} site
 */
export function isOwn(site) {
  return OWN.has(site);
}

/**
 * Whether what stands here counts as an alignment where their number is limited.
 *
 * @param {string} site
 */
export function isLimited(site) {
  return !isOwn(site) && site !== "otherIdentifier" && (!isHint(site) || site === "skillName");
}

/**
 * What becomes of the query and the fragment of an address here.
 *
 * @param {string} site
 * @returns {"cut" | "keep"}
 */
export function tailOf(site) {
  return isOwn(site) || isHint(site) || site === "otherIdentifier" ? "cut" : "keep";
}
