/**
 * What a badge says about its learner, collected so that it can be kept secret.
 *
 * An issuer may use the learner's identifier as the identifier of the achievement, put it into the address of an
 * alignment, or coin an achievement for one award. So the secrets of a badge are read first, and every value on its way
 * out is held against them.
 */

import { tooLarge } from "./error.js";
import { shorter } from "./address.js";
import { folded, key, plain } from "./folding.js";
import { isLanguageTag, number } from "./literal.js";
import { asString, each, isObject, objects } from "./place.js";
import { length } from "./text.js";
import {
  AWARD,
  CALLED,
  describesAPerson,
  FAMILY_NAMES,
  FULL_NAMES,
  GIVEN_NAMES,
  letters,
  MIDDLE_NAMES,
  NAMES,
  PERSON,
  PROFILES,
  PUBLIC,
  SUBJECT,
} from "./told.js";

/** @typedef {import("./json.js").Json} Json */
/** @typedef {import("./place.js").JsonObject} JsonObject */

/** More secrets than this are in no honest badge, and would make every comparison slow. */
const MOST_SECRETS = 1000;
/** A shorter secret is only compared as a whole: it would be found inside many an innocent value. */
const SHORTEST_PART = 8;
/** The shortest secret that is compared with the segments of an address, and the shortest with a digit in it. */
const SHORTEST_WORD = 5;
const SHORTEST_NUMBER = 3;
const LENGTH_OF_UUID = 36;
/** How many names of one kind are joined with those of another. */
const MOST_NAMES = 4;

/** The shapes that say nothing about a learner. */
const SILENT = ["alignment", "definition", "competency"];
/** The shapes whose own name may be that of their learner. */
const RECORDS = ["clr1", "clr2", "wrapper"];

/** A letter of Latin script, once its accents are gone. */
const LATIN = /[\0-\u024f]/;

/** The secrets of one record: of a credential, and of those inside it. */
export class Secrets {
  constructor() {
    /** @type {Map<string, string>} The secrets that no value may equal, and why. */
    this.whole = new Map();
    /** @type {Map<string, import("./folding.js").Part>} The secrets that no value may contain. */
    this.inside = new Map();
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
    if (shape === "definition" && object.has("recipient")) {
      // An award in the words of schema.org has its recipient beside its definition.
      this.collect(AWARD, object);
    }
    if (SILENT.includes(shape)) {
      return;
    }
    if (shape === "subject") {
      this.collectSubject(object);
      this.collectProfiles(object);
    } else if (shape === "achievement" || shape === "badgeClass") {
      this.collectProfiles(object);
    } else if (shape === "assertion" || shape === "endorsement") {
      // The subject of an endorsement may be an achievement, and so no secret.
      this.collect(AWARD, object);
      this.collectProfiles(object);
    } else {
      this.collectCredential(object);
    }
    if (RECORDS.includes(shape)) {
      this.collectTitle(object);
    }
  }

  /**
   * Collects the name of a record, which may be its learner's, unless an achievement in it is called the same.
   *
   * @param {JsonObject} record
   */
  collectTitle(record) {
    const name = asString(record.get("name"));
    if (name === undefined) {
      return;
    }
    const title = folded(name);
    if (![...record.values()].some((value) => callsAnAchievement(value, title, false))) {
      this.keep(name, "learnerDetail");
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
      this.collectResume(subject);
      this.collectAssertions(subject);
    }
    this.collectResume(credential);
    this.collectPeople(credential);
    this.collectAssertions(credential);
    this.collectProfiles(credential);
  }

  /**
   * Collects from the wrapper that some put around an LER-RS.
   *
   * @param {JsonObject} record
   */
  collectResume(record) {
    objects(record.get("lerrsType")).forEach((subject) => this.collectSubject(subject));
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
   * @returns {[string, import("./folding.js").Part][]}
   */
  parts() {
    return [...this.inside];
  }

  /** @param {JsonObject} subject */
  collectSubject(subject) {
    this.collect(SUBJECT, subject);
    this.keepFullNames(subject, "learnerDetail");
    this.collectPeople(subject);
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
   * Collects the issuers, creators and publishers who are people, or the learner.
   *
   * @param {JsonObject} record
   */
  collectProfiles(record) {
    for (const profile of PROFILES.flatMap((name) => objects(record.get(name)))) {
      const id = asString(profile.has("id") ? profile.get("id") : profile.get("@id"));
      const isLearner = id !== undefined && this.whole.has(folded(id));
      if (isLearner || describesAPerson(profile)) {
        this.collect(PERSON, profile);
        this.keepFullNames(profile, "selfIssuer");
      }
    }
    for (const name of ["badge", "achievement", "achievements", "assertions", "credentialSubject"]) {
      objects(record.get(name)).forEach((inner) => this.collectProfiles(inner));
    }
  }

  /**
   * @param {import("./told.js").Told} table
   * @param {JsonObject} object
   */
  collect(table, object) {
    const members = [...object].map(([name, value]) => ({ name: letters(name), value }));
    for (const [name, reason] of table) {
      members.filter((member) => member.name === name).forEach(({ value }) => this.keepNames(value, reason));
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
    if (!isAward) {
      this.keepFullNames(identity, reason);
    }
    for (const [member, value] of identity) {
      const name = letters(member);
      const isCalled = !isAward && (CALLED.has(name) || isLanguageTag(member));
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
   * Keeps the whole names of somebody: those that stand as one, and those that stand in parts.
   *
   * @param {JsonObject} person
   * @param {string} reason
   */
  keepFullNames(person, reason) {
    for (const name of named(person, FULL_NAMES)) {
      this.noteFullName(name, reason);
    }
    const middles = named(person, MIDDLE_NAMES);
    const families = named(person, FAMILY_NAMES);
    const pairs = named(person, GIVEN_NAMES).flatMap((given) => families.map((family) => [given, family]));
    for (const [given, family] of pairs) {
      this.keep(`${given} ${family}`, reason);
      this.noteFullName(`${given} ${family}`, reason);
      this.note(`${family}${given}`, reason, false);
      middles.forEach((middle) => this.noteFullName(`${given} ${middle} ${family}`, reason));
    }
  }

  /**
   * Notes a name that is looked for inside values, with the family before or behind.
   *
   * @param {string} name
   * @param {string} reason
   */
  noteFullName(name, reason) {
    const words = folded(name).split(" ");
    if (words.length > 1) {
      this.note(words.join(" "), reason, false);
      this.note([...words.slice(1), words[0]].join(" "), reason, false);
      this.note([words.at(-1), ...words.slice(0, -1)].join(" "), reason, false);
    } else if ([...words[0]].length >= 2 && !LATIN.test(words[0])) {
      this.note(words[0], reason, false);
    }
  }

  /**
   * @param {string} text
   * @param {string} reason
   */
  keep(text, reason) {
    const value = plain(text);
    const secret = key(value);
    if (secret === "") {
      return;
    }
    const name = folded(value);
    if (!this.whole.has(name)) {
      this.whole.set(name, reason);
    }
    const isWeb = value.startsWith("http://") || value.startsWith("https://");
    if (tellsAsAPart(secret, reason, isWeb)) {
      this.note(value, reason, false);
      // Evidence may stand at one address with much else, told apart by its query alone.
      const forms = reason === "evidenceId" ? [] : shorter(value);
      forms.forEach((form) => this.note(form, reason, false));
    } else if (!isWeb && tellsAsASegment(secret, reason)) {
      this.note(value, reason, true);
    }
  }

  /**
   * @param {string} text
   * @param {string} reason
   * @param {boolean} isSegment
   */
  note(text, reason, isSegment) {
    const name = folded(text);
    const known = this.inside.get(name) ?? { reason, isSegment };
    this.inside.set(name, { reason: known.reason, isSegment: known.isSegment && isSegment });
  }
}

/**
 * The texts among certain members of a person, in every language; no honest name has more than a few.
 *
 * @param {JsonObject} person
 * @param {string[]} names
 */
function named(person, names) {
  const members = [...person].filter(([name]) => names.includes(letters(name)));
  return members.flatMap(([, value]) => texts(value)).slice(0, MOST_NAMES);
}

/**
 * @param {Json} value
 * @returns {string[]}
 */
function texts(value) {
  if (!isObject(value)) {
    return strings(value);
  }
  const spoken = [...value].filter(([name]) => isLanguageTag(name) || name === "@value");
  return spoken.flatMap(([, text]) => strings(text));
}

/**
 * @param {Json} value
 * @returns {string[]}
 */
function strings(value) {
  return (Array.isArray(value) ? value : [value]).filter((text) => typeof text === "string");
}

/**
 * Whether an achievement somewhere in a value has a name.
 *
 * @param {Json} value
 * @param {string} title
 * @param {boolean} isAchievement
 * @returns {boolean}
 */
function callsAnAchievement(value, title, isAchievement) {
  if (Array.isArray(value)) {
    return value.some((member) => callsAnAchievement(member, title, isAchievement));
  }
  if (!isObject(value)) {
    return false;
  }
  const name = isAchievement ? asString(value.get("name")) : undefined;
  const isCalled = name !== undefined && folded(name) === title;
  return (
    isCalled ||
    [...value].some(([member, inner]) =>
      callsAnAchievement(inner, title, ["achievement", "achievements", "badge"].includes(member)),
    )
  );
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
 * @param {boolean} isWeb
 */
function tellsAsAPart(secret, reason, isWeb) {
  const isTold = reason === "evidenceId" ? isWeb : isTelling(secret, reason);
  const isBareHost = isWeb && !secret.includes("/");
  return isTold && !isBareHost && length(secret) >= SHORTEST_PART;
}

/**
 * Whether a secret gives somebody away where it is a whole segment of an address.
 *
 * @param {string} secret
 * @param {string} reason
 */
function tellsAsASegment(secret, reason) {
  const size = [...secret].length;
  const hasDigit = /[0-9]/.test(secret);
  const isLong = size >= SHORTEST_WORD || (hasDigit && size >= SHORTEST_NUMBER);
  const isTold = reason === "credentialId" ? hasDigit : reason !== "evidenceId";
  return isTold && isLong && !secret.includes("/");
}

/**
 * @param {string} secret
 * @param {string} reason
 */
function isTelling(secret, reason) {
  switch (reason) {
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
