/**
 * A JSON value as the text it stands for.
 */

import { asNumber, asString, isObject } from "./place.js";
import { trim } from "./text.js";

/** @typedef {import("./json.js").Json} Json */
/** @typedef {import("./place.js").JsonObject} JsonObject */

/**
 * The text of a value that should be a string: a string, a number, a JSON-LD value object, or a map by language.
 *
 * A map by language gives its text in `language`, or else its first. The text is trimmed; nothing but white space is none.
 *
 * @param {Json | undefined} value
 * @param {string | undefined} language
 * @returns {string | undefined}
 */
export function text(value, language) {
  if (Array.isArray(value)) {
    return first(value, (member) => text(member, language));
  }
  if (isObject(value)) {
    return value.has("@value") ? nonEmpty(asString(value.get("@value"))) : inLanguage(value, language);
  }
  return asNumber(value) ?? nonEmpty(asString(value));
}

/**
 * The address in a value that should be an IRI: a string, or an object with an `id`.
 *
 * @param {Json | undefined} value
 * @returns {string | undefined}
 */
export function address(value) {
  if (Array.isArray(value)) {
    return first(value, address);
  }
  if (isObject(value)) {
    return nonEmpty(first(["id", "@id", "@value"], (key) => asString(value.get(key))));
  }
  return nonEmpty(asString(value));
}

/**
 * The last words of an object's types: `https://w3id.org/openbadges#Assertion` is an `Assertion`.
 *
 * @param {JsonObject} object
 * @returns {string[]}
 */
export function types(object) {
  const declared = [object.get("type"), object.get("@type")];
  const written = declared.flatMap((value) => (Array.isArray(value) ? value : [value]));
  return written.flatMap((value) => (typeof value === "string" ? [lastWord(value)] : []));
}

/** @param {string} written */
function lastWord(written) {
  return written.split(/[#/:]/).at(-1) ?? "";
}

/**
 * The first answer that there is.
 *
 * @template Item, Answer
 * @param {Item[]} items
 * @param {(item: Item) => Answer | undefined} ask
 * @returns {Answer | undefined}
 */
function first(items, ask) {
  for (const item of items) {
    const answer = ask(item);
    if (answer !== undefined) {
      return answer;
    }
  }
  return undefined;
}

/** @param {string | undefined} written */
function nonEmpty(written) {
  const trimmed = written === undefined ? "" : trim(written);
  return trimmed === "" ? undefined : trimmed;
}

/**
 * @param {JsonObject} map
 * @param {string | undefined} language
 */
function inLanguage(map, language) {
  const wanted = language === undefined ? undefined : asString(map.get(language));
  if (wanted !== undefined) {
    return nonEmpty(wanted);
  }
  const tag = [...map.keys()].find(isLanguageTag);
  return tag === undefined ? undefined : nonEmpty(asString(map.get(tag)));
}

/**
 * Whether a key has the form of a language tag; it keeps the members of other objects from being taken for text.
 *
 * @param {string} key
 */
function isLanguageTag(key) {
  return /^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*$/.test(key);
}
