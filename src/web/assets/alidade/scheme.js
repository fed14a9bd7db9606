/**
 * The `IdentifierType` and `RefSchemeType` of HR Open, and the schemes that are public.
 */

import { addressOrCode } from "./identifier_entry.js";
import { address, text } from "./literal.js";
import { isObject, memberOf } from "./place.js";
import { asciiLower, isPublic } from "./public.js";
import { classOf } from "./site.js";
import { trimEnd } from "./text.js";

/** @typedef {import("./json.js").Json} Json */
/** @typedef {import("./mention.js").Draft} Draft */
/** @typedef {import("./scope.js").Scope} Scope */

/**
 * The names of public schemes, in lower case, without anything but letters, and without a year or version at the end. Words that a
 * licensing board may use for its own numbers, such as `case`, are not among them.
 */
const PUBLIC = new Set([
  "ceasn",
  "cip",
  "classificationofinstructionalprograms",
  "credentialtransparencyidentifier",
  "ctdl",
  "ctdlasn",
  "ctid",
  "eqf",
  "esco",
  "isced",
  "isceda",
  "iscedf",
  "iscedp",
  "isco",
  "nace",
  "naics",
  "northamericanindustryclassificationsystem",
  "occupationalinformationnetwork",
  "onet",
  "onetsoc",
  "soc",
  "standardoccupationalclassification",
  "ussoc",
]);

/** Hosts and the beginnings of paths of the addresses of public schemes; subdomains count too. */
const PUBLIC_ADDRESSES = [
  "bls.gov/soc",
  "census.gov/naics",
  "credentialengine.org",
  "credentialengineregistry.org",
  "credreg.net",
  "data.europa.eu",
  "nces.ed.gov/ipeds/cipcode",
  "onetcenter.org",
  "onetonline.org",
  "purl.org/ctdl",
  "purl.org/ctdlasn",
];

/** The members in which an `IdentifierType` names its scheme. */
const SCHEMES = ["schemeId", "schemeAgencyId", "schemeLink", "agencyUri"];

/**
 * Whether a scheme, by name or address, is one whose identifiers name no person.
 *
 * @param {string} scheme
 */
function isPublicScheme(scheme) {
  const lower = asciiLower(scheme);
  if (lower.includes("://")) {
    return PUBLIC_ADDRESSES.some((known) => isAt(lower, known));
  }
  const name = trimEnd(lower, (sign) => !/[a-z]/.test(sign));
  return PUBLIC.has(name.replace(/[^a-z0-9]/g, ""));
}

/**
 * Whether an address is at a known host, and there below a known path.
 *
 * @param {string} address
 * @param {string} known
 */
function isAt(address, known) {
  const bare = /^https?:\/\/([^?#]*)/.exec(address)?.[1];
  if (bare === undefined) {
    return false;
  }
  const [host, ...path] = bare.split("/");
  const [knownHost, ...knownPath] = known.split("/");
  const isHost = host === knownHost || host.endsWith(`.${knownHost}`);
  return isHost && knownPath.every((segment, at) => path[at] === segment);
}

/**
 * Drafts an `IdentifierType`, or a string that stands for one.
 *
 * Where the site belongs to the learner, the identifier may be the learner's: it is kept only where its scheme, or it itself, is
 * public.
 *
 * @param {Draft} draft
 * @param {Json} value
 * @param {Scope} owner
 */
export function draftSchemedId(draft, value, owner) {
  const schemes = SCHEMES.map((name) => text(memberOf(value, name))).filter((scheme) => scheme !== undefined);
  const identifier = text(isObject(value) ? value.get("value") : value);
  const isLearners = classOf(draft.site) === "learner";
  if (isLearners && identifier !== undefined && !schemes.some(isPublicScheme) && !isPublic(identifier)) {
    draft.withhold("personIdentifierType");
    return;
  }
  addressOrCode(draft, identifier, "keep");
  if (draft.hasIdentifier()) {
    draft.words("targetFramework", schemes[0]);
    draft.words("targetName", owner.words(["competencyName", "name"]));
  }
}

/**
 * Drafts a `RefSchemeType`, or a string that stands for its address.
 *
 * @param {Draft} draft
 * @param {Json} value
 * @param {Scope} owner
 */
export function draftReference(draft, value, owner) {
  addressOrCode(draft, address(isObject(value) ? value.get("reference") : value), "keep");
  if (draft.hasIdentifier()) {
    draft.words("targetFramework", text(memberOf(value, "scheme")));
    draft.words("targetName", owner.words(["name"]));
  }
}

/**
 * Drafts a code of a scheme that the standard fixes.
 *
 * @param {Draft} draft
 * @param {Json} value
 * @param {string | undefined} scheme
 */
export function draftCode(draft, value, scheme) {
  draft.code(text(value));
  if (draft.hasIdentifier()) {
    draft.words("targetFramework", scheme);
  }
}
