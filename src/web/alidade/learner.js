/**
 * What a badge says about its learner, collected so that it can be kept secret.
 *
 * An issuer may use the learner's identifier as the identifier of the achievement, put it into the address of an
 * alignment, or coin an achievement for one award. So the secrets of a badge are read first, and every value on its way
 * out is held against them.
 */

import { tooLarge } from "./error.js";
import { key, plain } from "./folding.js";
import { types } from "./literal.js";
import { asNumber, asString, isObject, members, objects } from "./place.js";
import { compare, length } from "./text.js";

/** @typedef {import("./json.js").Json} Json */
/** @typedef {import("./place.js").JsonObject} JsonObject */
/** @typedef {[string, string][]} Table Members, and why what stands there is withheld. */

/** More secrets than this are in no honest badge, and would make every comparison slow. */
const MOST_SECRETS = 1000;
/** A shorter secret is only compared as a whole: it would be found inside many an innocent value. */
const SHORTEST_PART = 8;
const LENGTH_OF_UUID = 36;

/** What the award says about itself, and not about its learner. @type {Table} */
const AWARD = [
  ["id", "credentialId"],
  ["@id", "credentialId"],
  ["uid", "credentialId"],
  ["jti", "credentialId"],
  ["credentialStatus", "credentialId"],
  ["refreshService", "credentialId"],
  ["verify", "credentialId"],
  ["verification", "credentialId"],
  ["evidence", "evidenceId"],
  ["holder", "subjectId"],
  ["sub", "subjectId"],
  ["recipient", "subjectId"],
];

/** What an `AchievementSubject` says about the learner. @type {Table} */
const SUBJECT = [
  ["id", "subjectId"],
  ["@id", "subjectId"],
  ["identifier", "subjectId"],
  ["sourcedId", "subjectId"],
  ["studentId", "subjectId"],
  ["email", "subjectId"],
  ["phone", "subjectId"],
  ["telephone", "subjectId"],
  ["url", "subjectId"],
  ["name", "learnerDetail"],
  ["givenName", "learnerDetail"],
  ["additionalName", "learnerDetail"],
  ["familyName", "learnerDetail"],
  ["licenseNumber", "learnerDetail"],
];

/** What a `Profile` says about an issuer who is a person. @type {Table} */
const PERSON = [
  ["id", "selfIssuer"],
  ["@id", "selfIssuer"],
  ["url", "selfIssuer"],
  ["email", "selfIssuer"],
  ["phone", "selfIssuer"],
  ["name", "selfIssuer"],
];

/** The members in which an identity, a status or a piece of evidence names what it stands for. */
const NAMES = ["id", "@id", "identity", "identityHash", "identifier", "value", "url"];

/** The secrets of one badge. */
export class Secrets {
  constructor() {
    /** @type {Map<string, string>} The secrets that no value may equal, and why. */
    this.whole = new Map();
  }

  /**
   * Collects what a badge says about its learner and its own award.
   *
   * @param {import("./document.js").Document} badge
   */
  static of(badge) {
    const secrets = new Secrets();
    switch (badge.shape) {
      case "credential":
        secrets.collect(AWARD, badge.object);
        for (const subject of objects(badge.object.get("credentialSubject"))) {
          secrets.collectSubject(subject);
        }
        secrets.collectIssuer(badge.object);
        break;
      case "subject":
        secrets.collectSubject(badge.object);
        break;
      // The subject of an endorsement may be an achievement, and so no secret.
      case "assertion":
      case "endorsement":
        secrets.collect(AWARD, badge.object);
        secrets.collectIssuer(badge.object);
        break;
    }
    return secrets.checked();
  }

  /**
   * Collects what the containers say about the holder.
   *
   * @param {Json[]} holders
   */
  static ofHolders(holders) {
    const secrets = new Secrets();
    for (const holder of holders) {
      secrets.keepNames(holder, "subjectId");
    }
    return secrets.checked();
  }

  /**
   * The secrets that no value may contain.
   *
   * @returns {import("./privacy.js").Secret[]}
   */
  parts() {
    return [...this.whole].filter(([secret, reason]) => tellsAsAPart(secret, reason));
  }

  /** @param {JsonObject} subject */
  collectSubject(subject) {
    this.collect(SUBJECT, subject);
    const given = asString(subject.get("givenName"));
    const family = asString(subject.get("familyName"));
    if (given !== undefined && family !== undefined) {
      this.keep(`${given} ${family}`, "learnerDetail");
    }
  }

  /**
   * Collects the issuer who is a person, or the learner.
   *
   * @param {JsonObject} credential
   */
  collectIssuer(credential) {
    for (const issuer of objects(credential.get("issuer"))) {
      const id = asString(issuer.has("id") ? issuer.get("id") : issuer.get("@id"));
      const isLearner = id !== undefined && this.whole.has(key(plain(id)));
      if (isLearner || types(issuer).includes("Person")) {
        this.collect(PERSON, issuer);
      }
    }
  }

  /**
   * @param {Table} table
   * @param {JsonObject} object
   */
  collect(table, object) {
    for (const [name, reason] of table) {
      this.keepNames(object.get(name), reason);
    }
  }

  /**
   * @param {Json | undefined} value
   * @param {string} reason
   */
  keepNames(value, reason) {
    for (const [, member] of members("", value)) {
      const text = asString(member) ?? asNumber(member);
      if (text !== undefined) {
        this.keep(text, reason);
      }
      if (isObject(member)) {
        const names = NAMES.map((name) => asString(member.get(name)));
        names.filter((name) => name !== undefined).forEach((name) => this.keep(name, reason));
      }
    }
  }

  /**
   * @param {string} text
   * @param {string} reason
   */
  keep(text, reason) {
    const secret = key(plain(text));
    if (secret !== "" && !this.whole.has(secret)) {
      this.whole.set(secret, reason);
    }
  }

  checked() {
    if (this.whole.size > MOST_SECRETS) {
      throw tooLarge("learnerValues");
    }
    this.whole = new Map([...this.whole].sort(([one], [other]) => compare(one, other)));
    return this;
  }
}

/**
 * Whether a value that contains a secret gives it away; short and common ones stand in innocent values too.
 *
 * @param {string} secret
 * @param {string} reason
 */
function tellsAsAPart(secret, reason) {
  const isBareHost = secret.includes(".") && !/[/: ]/.test(secret);
  return isTelling(secret, reason) && !isBareHost && length(secret) >= SHORTEST_PART;
}

/**
 * @param {string} secret
 * @param {string} reason
 */
function isTelling(secret, reason) {
  switch (reason) {
    case "evidenceId":
      return false;
    // A `uid` may be a mere slug of the badge.
    case "credentialId":
      return /[/:]/.test(secret) || length(secret) >= LENGTH_OF_UUID;
    // A given name is an everyday word in some language.
    case "learnerDetail":
      return /[ -]/.test(secret);
    default:
      return true;
  }
}
