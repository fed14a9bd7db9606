/**
 * The badges in a JSON document.
 *
 * A badge arrives alone, in a list, in a presentation, in the answer of an API, inside another record, or as the part of it that
 * somebody cut out.
 */

import { unknownContainer } from "./error.js";
import { UNREAD, unsupported } from "./format.js";
import { nestedIn } from "./nested.js";
import { Place, asString, isObject, memberOf, members } from "./place.js";
import { Prefixes } from "./prefix.js";
import { CREDENTIALS, SIGNED, recognise } from "./recognise.js";
import { textFormat } from "./token.js";

/** @typedef {import("./json.js").Json} Json */
/** @typedef {import("./place.js").JsonObject} JsonObject */

/**
 * One badge, or part of one, that stands for itself in the document.
 *
 * @typedef {object} Document
 * @property {Place} place Where it stands.
 * @property {string} shape Which part of a badge it is.
 * @property {string} format The standard it is written in.
 * @property {JsonObject} object
 * @property {Prefixes | undefined} prefixes The prefixes that it, and what is around it, declares.
 * @property {number} record The number of the outermost document around it, or its own: all in one record have one learner.
 */

/** The members of a container that name the holder, the subject or the award. */
const HOLDERS = ["holder", "sub", "jti", "learner", "person", "recipient", "student"];
/** The members of a `cnf` claim, or of the key in it, that name the key. */
const KEYS = ["kid", "jkt"];
/** The shapes inside which credentials of their own are looked for. */
const RECORDS = ["unknownCredential", "clr2", "clr1", "lerRs", "wrapper"];

/** Everything found in a JSON document. */
export class Documents {
  /** @param {Json} value */
  constructor(value) {
    /** @type {Document[]} The badges that are read, in document order. */
    this.badges = [];
    /** @type {Map<string, number>} How many credentials of which format are recognised but not read. */
    this.unread = new Map();
    this.malformed = 0;
    /** @type {Json[]} What the containers, and the keys of holders, say about the holder and the award. */
    this.holders = [];
    /** @type {Prefixes | undefined} The prefixes that hold where the search for badges is. */
    this.prefixes = undefined;
    this.visit(new Place(), value, undefined);
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
   * @param {Place} place
   * @param {Json | undefined} value
   * @param {number | undefined} within
   */
  visit(place, value, within) {
    if (Array.isArray(value)) {
      this.visitEach(place, value, within);
    } else if (isObject(value)) {
      this.visitObject(place, value, within);
    } else {
      this.count(typeof value === "string" ? textFormat(value) : undefined);
    }
  }

  /**
   * @param {Place} place
   * @param {Json | undefined} value
   * @param {number | undefined} within
   */
  visitEach(place, value, within) {
    members(place, value).forEach(([at, member]) => this.visit(at, member, within));
  }

  /**
   * @param {Place} place
   * @param {JsonObject} object
   * @param {number | undefined} within
   */
  visitObject(place, object, within) {
    this.keepKey(object);
    const around = this.prefixes;
    this.prefixes = object.has("@context") ? new Prefixes(object, around) : around;
    this.visitRecognised(place, object, within);
    this.prefixes = around;
  }

  /**
   * @param {Place} place
   * @param {JsonObject} object
   * @param {number | undefined} within
   */
  visitRecognised(place, object, within) {
    const found = recognise(object);
    if (found === "container") {
      this.visitContainer(place, object, within);
    } else if (found === "unknown") {
      this.count(undefined);
    } else if ("unread" in found) {
      this.count(found.unread);
    } else if ("enveloped" in found) {
      this.visitEach(place.down(found.enveloped), object.get(found.enveloped), within);
    } else {
      const record = within ?? this.badges.length;
      this.badges.push({ place, ...found, object, prefixes: this.prefixes, record });
      if (RECORDS.includes(found.shape)) {
        this.visitInside(place, object, record);
      }
    }
  }

  /**
   * Visits the credentials that stand inside another.
   *
   * @param {Place} place
   * @param {JsonObject} object
   * @param {number} record
   */
  visitInside(place, object, record) {
    for (const inner of nestedIn(place, object)) {
      if (inner.value === undefined) {
        this.count("attachment");
      } else {
        this.visit(inner.place, inner.value, record);
      }
    }
  }

  /**
   * @param {Place} place
   * @param {JsonObject} object
   * @param {number | undefined} within
   */
  visitContainer(place, object, within) {
    this.holders.push(...HOLDERS.filter((name) => object.has(name)).map((name) => object.get(name) ?? null));
    // Badge Connect 2.1: beside a signed assertion, the unsigned one must be ignored.
    const isSigned = (object.get("signedAssertion") ?? null) !== null;
    for (const [name, value] of object) {
      if (CREDENTIALS.includes(name) && !(isSigned && name === "assertion")) {
        this.visitEach(place.down(name), value, within);
      } else if (SIGNED.includes(name)) {
        this.visitSigned(place.down(name), value, within);
      }
    }
  }

  /**
   * @param {Place} place
   * @param {Json} value
   * @param {number | undefined} within
   */
  visitSigned(place, value, within) {
    for (const [at, member] of members(place, value)) {
      if (typeof member === "string") {
        this.count(textFormat(member) ?? "compactJws");
      } else {
        this.visit(at, member, within);
      }
    }
  }

  /**
   * Keeps what names the key of the holder ([RFC 7800](https://www.rfc-editor.org/rfc/rfc7800#section-3)): a DID, less the fragment
   * that selects one of its keys, names the holder.
   *
   * @param {JsonObject} object
   */
  keepKey(object) {
    const claim = object.get("cnf");
    for (const owner of [claim, memberOf(claim, "jwk")]) {
      const names = KEYS.map((name) => asString(memberOf(owner, name)));
      this.holders.push(...names.flatMap((name) => (name === undefined ? [] : [name.split("#")[0]])));
    }
  }

  /**
   * Counts what is not read, or, without a format, what is nothing known.
   *
   * @param {string | undefined} format
   */
  count(format) {
    if (format === undefined) {
      this.malformed += 1;
    } else {
      this.unread.set(format, (this.unread.get(format) ?? 0) + 1);
    }
  }
}

/** @param {Json} value */
function generalWord(value) {
  if (Array.isArray(value)) {
    return value.length === 0 ? "an empty list" : "a JSON list of unknown things";
  }
  return isObject(value) ? "a JSON object of no known type" : "a single JSON value";
}
