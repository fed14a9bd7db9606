/**
 * What an alignment says about its target.
 */

/** @typedef {import("./mention.js").Draft} Draft */
/** @typedef {import("./scope.js").Scope} Scope */

// The members of an alignment, the newest name of each first: those of Open Badges 3.0 and 2.0, Open Badges 1 and CLR 1.0,
// schema.org, and the `ceterms:CredentialAlignmentObject` of CTDL.
const URL = ["targetUrl", "url", "targetNode", "ceterms:targetNode"];
const CODE = ["targetCode", "codedNotation", "ceterms:codedNotation"];
const KIND = ["targetType"];
const NAME = ["targetName", "name", "targetNodeName", "ceterms:targetNodeName"];
const DESCRIPTION = [
  "targetDescription",
  "description",
  "targetNodeDescription",
  "ceterms:targetNodeDescription",
];
const FRAMEWORK = [
  "targetFramework",
  "frameworkName",
  "ceterms:frameworkName",
  "educationalFramework",
  "framework",
  "ceterms:framework",
];

const TYPES = ["Alignment", "AlignmentObject", "CredentialAlignmentObject"];
const MEMBERS = [
  "targetUrl",
  "targetCode",
  "targetName",
  "targetNode",
  "targetNodeName",
  "ceterms:targetNode",
  "ceterms:targetNodeName",
];

/**
 * Whether an object that stands just anywhere says that it is an alignment, or has the members of one.
 *
 * @param {import("./place.js").JsonObject} object
 * @param {string[]} types
 */
export function isAlignment(object, types) {
  return types.some((name) => TYPES.includes(name)) || MEMBERS.some((name) => object.has(name));
}

/**
 * Drafts an alignment; an older name counts where the newer has nothing.
 *
 * @param {Draft} draft
 * @param {Scope} scope
 */
export function draftAlignment(draft, scope) {
  draft.url(scope.address(URL), "keep");
  draft.code(scope.words(CODE));
  draft.words("targetType", scope.words(KIND));
  draft.words("targetName", scope.words(NAME));
  draft.words("targetDescription", scope.words(DESCRIPTION));
  draft.words("targetFramework", scope.words(FRAMEWORK));
}
