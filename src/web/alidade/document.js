/**
 * The badges in a JSON document.
 *
 * A badge arrives alone, in a list, in a presentation, in the answer of an API, or as the part of it that somebody cut out.
 */

import { unknownContainer } from "./error.js";
import { UNREAD, unsupported } from "./format.js";
import { types } from "./literal.js";
import { asString, isObject, members, objects } from "./place.js";
import { textFormat } from "./token.js";

/** @typedef {import("./json.js").Json} Json */
/** @typedef {import("./place.js").JsonObject} JsonObject */

/**
 * One badge, or part of one, that stands for itself in the document.
 *
 * @typedef {object} Document
 * @property {string} place Where it stands.
 * @property {string} shape Which part of a badge it is.
 * @property {string} format The standard it is written in.
 * @property {JsonObject} object
 */

/** The members of a presentation or an API answer that hold credentials. */
const CREDENTIALS = ["verifiableCredential", "credential", "credentials", "assertions", "assertion", "vc", "vp"];
/** The members of an API answer that hold compact JWS strings. */
const SIGNED = ["compactJwsString", "compactJwsStrings", "signedAssertions", "signedAssertion"];
/** The members of a container that name the holder, the subject or the award. */
const HOLDERS = ["holder", "sub", "jti"];

/** Everything found in a JSON document. */
export class Documents {
  /** @param {Json} value */
  constructor(value) {
    /** @type {Document[]} The badges that are read, in document order. */
    this.badges = [];
    /** @type {Map<string, number>} How many credentials of which format are recognised but not read. */
    this.unread = new Map();
    this.malformed = 0;
    /** @type {Json[]} The identifiers of the holder and the award that the containers give. */
    this.holders = [];
    this.visit("", value);
  }

  /** How many of which format, in the order of the formats. */
  counted() {
    const counts = Object.keys(UNREAD).map((format) => [format, this.unread.get(format)]);
    return Object.fromEntries(counts.filter(([, count]) => count !== undefined));
  }

  /**
   * Why a value in which no badge was found is refused.
   *
   * @param {Json} value
   */
  refusal(value) {
    const [format] = Object.keys(this.counted());
    return format === undefined ? unknownContainer(generalWord(value)) : unsupported(format);
  }

  /**
   * @param {string} place
   * @param {Json} value
   */
  visit(place, value) {
    if (Array.isArray(value)) {
      members(place, value).forEach(([at, member]) => this.visit(at, member));
    } else if (isObject(value)) {
      this.visitObject(place, value);
    } else {
      const format = typeof value === "string" ? textFormat(value) : undefined;
      this.countUnread(format);
    }
  }

  /**
   * @param {string} place
   * @param {JsonObject} object
   */
  visitObject(place, object) {
    const found = recognise(object);
    if (found === "container") {
      this.visitContainer(place, object);
    } else if (Array.isArray(found)) {
      const [shape, format] = found;
      this.badges.push({ place, shape, format, object });
    } else {
      this.countUnread(found.unread);
    }
  }

  /**
   * @param {string} place
   * @param {JsonObject} object
   */
  visitContainer(place, object) {
    this.holders.push(...HOLDERS.filter((name) => object.has(name)).map((name) => object.get(name) ?? null));
    // Badge Connect 2.1: beside a signed assertion, the unsigned one must be ignored.
    const isSigned = (object.get("signedAssertion") ?? null) !== null;
    for (const [name, value] of object) {
      if (CREDENTIALS.includes(name) && !(isSigned && name === "assertion")) {
        members(`${place}/${name}`, value).forEach(([at, member]) => this.visit(at, member));
      } else if (SIGNED.includes(name)) {
        members(place, value).forEach(() => this.countUnread("compactJws"));
      }
    }
  }

  /** @param {string | undefined} format */
  countUnread(format) {
    if (format === undefined) {
      this.malformed += 1;
    } else {
      this.unread.set(format, (this.unread.get(format) ?? 0) + 1);
    }
  }
}

/**
 * @param {JsonObject} object
 * @returns {[string, string] | "container" | {unread?: string}} The shape and the format of a badge, or what else it is.
 */
function recognise(object) {
  const names = types(object);
  const isA = (...wanted) => names.some((name) => wanted.includes(name));
  const has = (...keys) => keys.some((key) => object.has(key));
  const unread = unreadFormat(object, names);
  if (unread !== undefined) {
    return { unread };
  }
  if (isA("VerifiablePresentation")) {
    return "container";
  }
  const isCredential = isA(
    "VerifiableCredential",
    "OpenBadgeCredential",
    "AchievementCredential",
    "EndorsementCredential",
  );
  if (isCredential || has("credentialSubject")) {
    return credential(object, names);
  }
  if (isA("Assertion") || has("badge")) {
    return ["assertion", version(object, names.length > 0)];
  }
  if (has(...CREDENTIALS, ...SIGNED)) {
    return "container";
  }
  if (isA("AchievementSubject") || has("achievement")) {
    return ["subject", "openBadge3"];
  }
  return definition(object, names);
}

/**
 * A credential by its types, by its context, or by having an achievement.
 *
 * @param {JsonObject} object
 * @param {string[]} names
 * @returns {[string, string] | {unread: string}}
 */
function credential(object, names) {
  if (names.includes("EndorsementCredential")) {
    return ["endorsement", "openBadge3"];
  }
  const isBadge = names.includes("OpenBadgeCredential") || names.includes("AchievementCredential");
  if (isBadge || isInContext(object, "/ob/v3p0/")) {
    return ["credential", "openBadge3"];
  }
  const hasAchievement = objects(object.get("credentialSubject")).some((subject) => subject.has("achievement"));
  return hasAchievement ? ["credential", "verifiableCredential"] : { unread: "otherCredential" };
}

/**
 * A definition without an award around it.
 *
 * @param {JsonObject} object
 * @param {string[]} names
 * @returns {[string, string] | {unread?: string}}
 */
function definition(object, names) {
  const isA = (...wanted) => names.some((name) => wanted.includes(name));
  const has = (...keys) => keys.some((key) => object.has(key));
  if (isA("AlignmentObject")) {
    return ["alignment", version(object, true)];
  }
  if (isA("Alignment") || has("targetUrl", "targetCode", "targetName")) {
    return ["alignment", "openBadge3"];
  }
  if (isA("Profile", "Issuer", "Person", "Organization") || has("recipient")) {
    return {};
  }
  const isAchievement = has("achievementType", "creator", "resultDescription", "otherIdentifier");
  if (isA("Achievement") || isAchievement || isInContext(object, "/ob/v3p0/")) {
    return ["achievement", "openBadge3"];
  }
  const isBadgeClass = has("criteria", "criteriaUrl", "issuer", "alignment", "alignments", "related");
  return isA("BadgeClass") || isBadgeClass ? ["badgeClass", version(object, names.length > 0)] : {};
}

/**
 * The records that carry badges or skills in other forms.
 *
 * @param {JsonObject} object
 * @param {string[]} names
 * @returns {string | undefined}
 */
function unreadFormat(object, names) {
  const subjects = objects(object.get("credentialSubject"));
  const all = [...names, ...subjects.flatMap(types)];
  const isA = (...wanted) => all.some((name) => wanted.includes(name));
  const hasAll = (...keys) => keys.every((key) => object.has(key));
  const subjectHas = (key) => subjects.some((subject) => subject.has(key));
  if (isA("EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation")) {
    return "enveloped";
  }
  const isClr = isA("ClrCredential", "ClrSubject", "Clr", "CLR") || hasAll("learner", "assertions");
  if (isClr || subjectHas("verifiableCredential")) {
    return "clr";
  }
  const isLerRs = all.some((name) => name.startsWith("LER-RS") || name === "LERRSCredential");
  if (isLerRs || subjectHas("lerrsType")) {
    return "lerRs";
  }
  if (isA("LearnerRecordWrapper") || hasAll("learnerRecord")) {
    return "learnerRecordWrapper";
  }
  if (isA("EuropeanDigitalCredential", "EuropeanDigitalPresentation")) {
    return "elm";
  }
  return hasAll("payload", "signatures") ? "jsonJws" : undefined;
}

/**
 * Whether one of the context's addresses contains `part`.
 *
 * @param {JsonObject} object
 * @param {string} part
 */
function isInContext(object, part) {
  return members("", object.get("@context")).some(([, address]) => asString(address)?.includes(part));
}

/**
 * Whether an assertion, a badge class or an alignment of theirs is written in version 1 or 2 of Open Badges.
 *
 * Versions 0.5 and 1.0 have neither a context nor a type, version 1.1 has a context of its own; and only from version 2 on
 * does an alignment have a `targetName`.
 *
 * @param {JsonObject} object
 * @param {boolean} isTyped
 */
function version(object, isTyped) {
  const isPlain = !object.has("@context") && !isTyped;
  const isOld = isInContext(object, "openbadges/v1") || (isPlain && !hasTarget(object));
  return isOld ? "openBadge1" : "openBadge2";
}

/** @param {JsonObject} object */
function hasTarget(object) {
  const alignments = [object.get("alignment"), object.get("alignments")].flatMap(objects);
  return alignments.some((alignment) => alignment.has("targetUrl") || alignment.has("targetName"));
}

/** @param {Json} value */
function generalWord(value) {
  if (Array.isArray(value)) {
    return value.length === 0 ? "an empty list" : "a JSON list of unknown things";
  }
  return isObject(value) ? "a JSON object of no known type" : "a single JSON value";
}
