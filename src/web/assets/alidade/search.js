/**
 * What is looked for in a credential of no known type.
 *
 * Wherever it stands, an alignment is an alignment and a CTID is a CTID. The search goes through every object and list, except
 * below the members that are about the learner, the proof or third parties.
 */

import { isAlignment } from "./alignment.js";
import { COMPETENCY } from "./ler_rs.js";
import { first, types } from "./literal.js";
import { SUBJECT } from "./open_badge.js";
import { isPersonWord } from "./person.js";
import { holdsCtid } from "./public.js";
import { Table, alignments } from "./table.js";

/** @typedef {import("./json.js").Json} Json */

/** Members below which no definition is looked for, and no credential either. */
const NEVER = new Set([
  "@context",
  "attachments",
  "communication",
  "contact",
  "contactPoint",
  "credentialSchema",
  "credentialStatus",
  "displayParameter",
  "evidence",
  "image",
  "learner",
  "person",
  "photo",
  "proof",
  "recipient",
  "refreshService",
  "termsOfUse",
]);

/** Members whose string identifies the object that has them, and so what the name beside them names. */
export const OWN_IDENTIFIERS = ["id", "@id", "ctid", "ceterms:ctid", "ceasn:ctid"];

/** Members whose objects are credentials, which are read each by itself. */
const CREDENTIALS = ["learnerRecord", "verifiableCredential", "verifications"];

const ALIGNMENTS = new Table(() => [
  ["alignment", alignments("alignment")],
  ["alignments", alignments("alignment")],
  ["educationalAlignment", alignments("alignment")],
]);

/**
 * Whether nothing is looked for below a member.
 *
 * @param {string} name
 */
export function isClosed(name) {
  return NEVER.has(name) || name.startsWith("endorse");
}

/**
 * How a member of a searched object is read, if a standard knows it wherever it stands.
 *
 * @param {string} name
 */
export function knownPart(name) {
  return first([SUBJECT, ALIGNMENTS, COMPETENCY], (table) => table.row(name));
}

/**
 * Whether a member of a searched object is looked at. What is about people by its name is closed, unless a standard says what
 * it is.
 *
 * @param {string} name
 */
export function isOpen(name) {
  return !isClosed(name) && !CREDENTIALS.includes(name) && (knownPart(name) !== undefined || !isPersonWord(name));
}

/**
 * Whether a value is a string with a CTID in it.
 *
 * @param {Json} value
 * @returns {value is string}
 */
export function isRegistryIdentifier(value) {
  return typeof value === "string" && holdsCtid(value);
}

/**
 * What an object of a searched list or member is.
 *
 * @param {import("./place.js").JsonObject} object
 * @returns {"alignment" | "term" | "other"}
 */
export function kindOf(object) {
  if (isAlignment(object, types(object))) {
    return "alignment";
  }
  return object.has("inDefinedTermSet") || object.has("termCode") ? "term" : "other";
}
