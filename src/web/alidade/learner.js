/**
 * What a badge says about its learner, collected so that it can be kept secret.
 *
 * An issuer may use the learner's identifier as the identifier of the achievement, put it into the address of an
 * alignment, or coin an achievement for one award. So the secrets of a badge are read first, and every value on its way
 * out is held against them.
 */

import { tooLarge } from "./error.js";
import { key, plain } from "./folding.js";
import { isLanguageTag, number, types } from "./literal.js";
import { asString, each, isObject, objects } from "./place.js";
import { length } from "./text.js";
import { AWARD, CALLED, NAMES, PERSON, PUBLIC, SUBJECT } from "./told.js";

/** @typedef {import("./json.js").Json} Json */
/** @typedef {import("./place.js").JsonObject} JsonObject */

/** More secrets than this are in no honest badge, and would make every comparison slow. */
const MOST_SECRETS = 1000;
/** A shorter secret is only compared as a whole: it would be found inside many an innocent value. */
const SHORTEST_PART = 8;
const LENGTH_OF_UUID = 36;

/** The shapes that say nothing about a learner. */
const SILENT = ["achievement", "badgeClass", "alignment", "definition", "competency"];

/** The secrets of one record: of a credential, and of those inside it. */
export class Secrets {
  constructor() {
    /** @type {Map<string, string>} The secrets that no value may equal, and why. */
    this.whole = new Map();
  }

  /**
   * Collects what the documents say about their learners and their own awards, by the number of the record: what one credential
   * of a record says is secret in all of it.
   *
   * @param {import("./document.js").Document[]} documents
   * @returns {Map<number, Secrets>}
   */
  static ofRecords(documents) {
    const records = new Map();
    for (const document of documents) {
      const secrets = records.get(document.record) ?? new Secrets();
      secrets.collectDocument(document);
      checkNumber(secrets.whole.size);
      records.set(document.record, secrets);
    }
    return records;
  }

  /** @param {import("./document.js").Document} document */
  collectDocument({ shape, object }) {
    if (SILENT.includes(shape)) {
      return;
    }
    if (shape === "subject") {
      this.collectSubject(object);
    } else if (shape === "assertion" || shape === "endorsement") {
      // The subject of an endorsement may be an achievement, and so no secret.
      this.collect(AWARD, object);
      this.collectIssuer(object);
    } else {
      this.collectCredential(object);
    }
  }

  /**
   * Collects from a credential, or from a record that may be the subject of one.
   *
   * @param {JsonObject} credential
   */
  collectCredential(credential) {
    this.collect(AWARD, credential);
    for (const subject of objects(credential.get("credentialSubject"))) {
      this.collectSubject(subject);
      objects(subject.get("lerrsType")).forEach((inner) => this.collectSubject(inner));
      this.collectAssertions(subject);
    }
    this.collectPeople(credential);
    this.collectAssertions(credential);
    this.collectIssuer(credential);
  }

  /**
   * Collects from the assertions of a CLR 1.0.
   *
   * @param {JsonObject} record
   */
  collectAssertions(record) {
    objects(record.get("assertions")).forEach((assertion) => this.collect(AWARD, assertion));
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
    checkNumber(secrets.whole.size);
    return secrets;
  }

  /**
   * The secrets that no value may contain, and why.
   *
   * @returns {[string, string][]}
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
    this.collectPeople(subject);
    const creators = objects(subject.get("achievement")).flatMap((achievement) => objects(achievement.get("creator")));
    for (const creator of creators.filter((profile) => types(profile).includes("Person"))) {
      this.collect(PERSON, creator);
    }
  }

  /**
   * Collects the people that a record describes in members of their own.
   *
   * @param {JsonObject} record
   */
  collectPeople(record) {
    for (const person of ["learner", "person"].flatMap((name) => objects(record.get(name)))) {
      this.collectSubject(person);
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
   * @param {import("./told.js").Told} table
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
    for (const member of each(value)) {
      const text = typeof member === "number" ? number(member) : asString(member);
      if (text !== undefined) {
        this.keep(text, reason);
      }
      if (isObject(member)) {
        this.keepMembers(member, reason);
      }
    }
  }

  /**
   * Keeps the names among the members of an identity, which are texts by language here and there.
   *
   * @param {JsonObject} identity
   * @param {string} reason
   */
  keepMembers(identity, reason) {
    // What evidence, or an award, is called says nothing about the learner.
    const isAward = reason === "credentialId" || reason === "evidenceId";
    for (const [name, value] of identity) {
      const isCalled = !isAward && (CALLED.has(name) || isLanguageTag(name));
      if (PUBLIC.has(name)) {
        continue;
      }
      if (NAMES.has(name) || isCalled || isObject(value)) {
        this.keepNames(value, reason);
      } else {
        objects(value).forEach((inner) => this.keepMembers(inner, reason));
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
}

/** @param {number} count */
function checkNumber(count) {
  if (count > MOST_SECRETS) {
    throw tooLarge("learnerValues");
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
