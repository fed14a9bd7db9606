/**
 * What a JSON object is: which part of a credential, in which standard.
 *
 * An object is known by its types, else by its context, else by its members: real documents leave out each of them.
 */

import { types } from "./literal.js";
import { asString, each, isObject, objects } from "./place.js";

/** @typedef {import("./place.js").JsonObject} JsonObject */

/**
 * What an object turned out to be: a credential or a part of one, by its shape and format; a format that is not read; an
 * envelope, by the member that holds what is in it; a presentation, the answer of an API or the claims of a token; nothing known.
 *
 * @typedef {{shape: string, format: string} | {unread: string} | {enveloped: string} | "container" | "unknown"} Recognised
 */

/** The members of a presentation or an API answer that hold credentials. */
export const CREDENTIALS = [
  "verifiableCredential",
  "credential",
  "credentials",
  "assertions",
  "assertion",
  "vc",
  "vp",
  "data",
];
/** The members of an API answer that hold compact JWS strings. */
export const SIGNED = ["compactJwsString", "compactJwsStrings", "signedAssertions", "signedAssertion"];

/** Addresses in the contexts of Open Badges 3.0, final and before. */
const OPEN_BADGES_3 = ["/ob/v3p0/", "imsglobal.github.io/openbadges-specification", "jff-vc-edu-plugfest"];

/**
 * Says what an object is.
 *
 * @param {JsonObject} object
 * @returns {Recognised}
 */
export function recognise(object) {
  const names = types(object);
  const carrier = envelope(object, names) ?? record(object, names);
  if (carrier !== undefined) {
    return carrier;
  }
  if (hasAny(names, ["VerifiablePresentation", "EuropeanDigitalPresentation"])) {
    return "container";
  }
  const isCredential = hasAny(names, [
    "VerifiableCredential",
    "OpenBadgeCredential",
    "AchievementCredential",
    "EndorsementCredential",
  ]);
  if (isCredential || object.has("credentialSubject")) {
    return credential(object, names);
  }
  // The Badgr and Credly APIs have names of their own for an assertion.
  if (hasMember(object, ["badgeclassOpenBadgeId", "badge_template"])) {
    return { shape: "assertion", format: "openBadge2" };
  }
  if (names.includes("Assertion") || object.has("badge")) {
    return { shape: "assertion", format: version(object, names.length > 0) };
  }
  if (hasMember(object, [...CREDENTIALS, ...SIGNED])) {
    return "container";
  }
  if (names.includes("AchievementSubject") || object.has("achievement")) {
    return { shape: "subject", format: "openBadge3" };
  }
  return definition(object, names);
}

/**
 * What only carries something else.
 *
 * @param {JsonObject} object
 * @param {string[]} names
 * @returns {Recognised | undefined}
 */
function envelope(object, names) {
  if (hasAny(names, ["EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation"])) {
    return isObject(object.get("id")) ? { enveloped: "id" } : { unread: "enveloped" };
  }
  if (hasMember(object, ["signatures", "signature"]) && object.has("payload")) {
    return isObject(object.get("payload")) ? { enveloped: "payload" } : { unread: "jsonJws" };
  }
  // An answer of the Badgr API.
  const isAnswer = object.has("status") && Array.isArray(object.get("result"));
  return isAnswer ? { enveloped: "result" } : undefined;
}

/**
 * A record that holds credentials, or that is about much more than one.
 *
 * @param {JsonObject} object
 * @param {string[]} names
 * @returns {Recognised | undefined}
 */
function record(object, names) {
  const subjects = objects(object.get("credentialSubject"));
  const all = [...names, ...subjects.flatMap(types)];
  const isLearner = (/** @type {JsonObject} */ record) => record.has("learner") && record.has("assertions");
  if (all.includes("EuropeanDigitalCredential")) {
    return { shape: "elm", format: "elm" };
  }
  const hasCredentials = subjects.some((subject) => subject.has("verifiableCredential"));
  if (hasAny(all, ["ClrCredential", "ClrSubject"]) || hasCredentials) {
    return { shape: "clr2", format: "clr2" };
  }
  if (object.has("achievement") && object.has("verifiableCredential")) {
    return { shape: "clr2", format: "clr2" };
  }
  if (isClrAssertion(object, names)) {
    return { shape: "clrAssertion", format: "clr1" };
  }
  if (hasAny(all, ["Clr", "CLR"]) || [object, ...subjects].some(isLearner)) {
    return { shape: "clr1", format: "clr1" };
  }
  if (all.some(isLerRs) || [object, ...subjects].some(isResume)) {
    return { shape: "lerRs", format: "lerRs" };
  }
  if (all.includes("LearnerRecordWrapper") || object.has("learnerRecord")) {
    return { shape: "wrapper", format: "learnerRecordWrapper" };
  }
  const isCompetency = hasMember(object, ["competencyIds", "taxonomyIds"]);
  return isCompetency ? { shape: "competency", format: "lerRs" } : undefined;
}

/**
 * Whether an object with an achievement is an assertion, and not the subject of one.
 *
 * @param {JsonObject} object
 * @param {string[]} names
 */
function isClrAssertion(object, names) {
  const hasResults = hasMember(object, ["results", "recipient"]) && !names.includes("AchievementSubject");
  const isAssertion = names.includes("Assertion") || hasResults;
  return object.has("achievement") && isAssertion && !hasMember(object, ["badge", "credentialSubject"]);
}

/**
 * Whether a type is one of those that LER-RS documents have had.
 *
 * @param {string} name
 */
function isLerRs(name) {
  return name.startsWith("LER-RS") || name === "LERRSCredential";
}

/**
 * Whether an object has the members of an LER-RS.
 *
 * @param {JsonObject} object
 */
function isResume(object) {
  const resume = ["skills", "certifications", "licenses", "educationAndLearnings", "employmentHistories"];
  const isAboutPerson = hasMember(object, ["person", "communication", "contact"]);
  return hasMember(object, ["lerrsType", "educationAndLearning"]) || (isAboutPerson && hasMember(object, resume));
}

/**
 * A credential by its types, or by its context.
 *
 * @param {JsonObject} object
 * @param {string[]} names
 * @returns {Recognised}
 */
function credential(object, names) {
  if (names.includes("EndorsementCredential")) {
    return { shape: "endorsement", format: "openBadge3" };
  }
  const isBadge = hasAny(names, ["OpenBadgeCredential", "AchievementCredential"]);
  if (isBadge || isInContext(object, OPEN_BADGES_3)) {
    return { shape: "credential", format: "openBadge3" };
  }
  return { shape: "unknownCredential", format: "verifiableCredential" };
}

/**
 * A definition without an award around it.
 *
 * @param {JsonObject} object
 * @param {string[]} names
 * @returns {Recognised}
 */
function definition(object, names) {
  if (names.includes("AlignmentObject")) {
    return { shape: "alignment", format: version(object, true) };
  }
  if (names.includes("Alignment") || hasMember(object, ["targetUrl", "targetCode", "targetName"])) {
    return { shape: "alignment", format: "openBadge3" };
  }
  if (names.includes("EducationalOccupationalCredential")) {
    return { shape: "definition", format: "verifiableCredential" };
  }
  if (hasAny(names, ["Profile", "Issuer", "Person", "Organization"]) || object.has("recipient")) {
    return "unknown";
  }
  const ofAchievement = ["achievementType", "creator", "resultDescription", "otherIdentifier"];
  if (names.includes("Achievement") || hasMember(object, ofAchievement) || isInContext(object, OPEN_BADGES_3)) {
    return { shape: "achievement", format: "openBadge3" };
  }
  const ofBadgeClass = ["criteria", "criteriaUrl", "issuer", "alignment", "alignments", "related"];
  if (names.includes("BadgeClass") || hasMember(object, ofBadgeClass)) {
    return { shape: "badgeClass", format: version(object, names.length > 0) };
  }
  if (isJob(object)) {
    return { shape: "job", format: "lerRs" };
  }
  return "unknown";
}

/**
 * Whether an object is a job description of JDX, or has lists of the terms or competencies of one.
 *
 * @param {JsonObject} object
 */
function isJob(object) {
  const terms = ["AnnotatedDefinedTerm", "competencyIds", "taxonomyIds"];
  const members = [...object.values()].flatMap(objects);
  return hasMember(object, ["JDXjobDescription", "AnnotatedDefinedTerm"]) || members.some((member) => hasMember(member, terms));
}

/**
 * @param {string[]} names
 * @param {string[]} wanted
 */
function hasAny(names, wanted) {
  return names.some((name) => wanted.includes(name));
}

/**
 * @param {JsonObject} object
 * @param {string[]} keys
 */
function hasMember(object, keys) {
  return keys.some((key) => object.has(key));
}

/**
 * Whether one of the context's addresses contains one of `parts`.
 *
 * @param {JsonObject} object
 * @param {string[]} parts
 */
function isInContext(object, parts) {
  return each(object.get("@context")).some((address) => parts.some((part) => asString(address)?.includes(part)));
}

/**
 * Whether an assertion, a badge class or an alignment of theirs is written in version 1 or 2 of Open Badges.
 *
 * Versions 0.5 and 1.0 have neither a context nor a type, version 1.1 has a context of its own; and only from version 2 on does
 * an alignment have a `targetName`.
 *
 * @param {JsonObject} object
 * @param {boolean} isTyped
 */
function version(object, isTyped) {
  const isPlain = !object.has("@context") && !isTyped;
  const isOld = isInContext(object, ["openbadges/v1"]) || (isPlain && !hasTarget(object));
  return isOld ? "openBadge1" : "openBadge2";
}

/** @param {JsonObject} object */
function hasTarget(object) {
  const alignments = [object.get("alignment"), object.get("alignments")].flatMap(objects);
  return alignments.some((alignment) => alignment.has("targetUrl") || alignment.has("targetName"));
}
