/**
 * A JSON value as the text it stands for.
 */

import { asString, isObject } from "./place.js";
import { trim } from "./text.js";

/** @typedef {import("./json.js").Json} Json */
/** @typedef {import("./place.js").JsonObject} JsonObject */

/** The smallest number beside 0 that is written without an exponent. */
const SMALLEST = 1e-6;

/**
 * The text of a value that should be a string: a string, a number, a JSON-LD value object, or a map by language.
 *
 * A map by language gives its text in `language`, or else its first. The text is trimmed; nothing but white space is none.
 *
 * @param {Json | undefined} value
 * @param {string} [language]
 * @returns {string | undefined}
 */
export function text(value, language) {
  if (Array.isArray(value)) {
    return first(value, (member) => text(member, language));
  }
  if (isObject(value) && value.has("@value")) {
    const literal = value.get("@value");
    return isObject(literal) ? undefined : text(literal, language);
  }
  if (isObject(value)) {
    return inLanguage(value, language);
  }
  return typeof value === "number" ? number(value) : nonEmpty(asString(value));
}

/**
 * A number as text: digits, and a point where there is one; no text where readers of JSON differ in what they know of it
 * ([RFC 8259, section 6](https://www.rfc-editor.org/rfc/rfc8259#section-6)).
 *
 * @param {number} value
 * @returns {string | undefined}
 */
export function number(value) {
  const size = Math.abs(value);
  if (size === 0) {
    return "0";
  }
  if (size > Number.MAX_SAFE_INTEGER || size < SMALLEST) {
    return undefined;
  }
  const shortest = String(value);
  if (!shortest.includes(".")) {
    return shortest;
  }
  // Of two that are as short and as near, the larger counts, and not the even one.
  return value.toPrecision(shortest.replace(/^-?[0.]*/, "").replace(".", "").length);
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
  return declaredTypes(object).flatMap((value) => (typeof value === "string" ? [lastWord(value)] : []));
}

/**
 * What an object declares as its types, as it is written.
 *
 * @param {JsonObject} object
 * @returns {(Json | undefined)[]}
 */
export function declaredTypes(object) {
  return [object.get("type"), object.get("@type")].flatMap((value) => (Array.isArray(value) ? value : [value]));
}

/**
 * What stands behind the last `#`, `/` or `:` of a type.
 *
 * @param {string} written
 */
export function lastWord(written) {
  return written.split(/[#/:]/).at(-1) ?? "";
}

/**
 * The first answer that there is.
 *
 * @template Item, Answer
 * @param {Iterable<Item>} items
 * @param {(item: Item) => Answer | undefined} ask
 * @returns {Answer | undefined}
 */
export function first(items, ask) {
  for (const item of items) {
    const answer = ask(item);
    if (answer !== undefined) {
      return answer;
    }
  }
  return undefined;
}

/**
 * Whether a key has the form of a language tag; it keeps the members of other objects from being taken for text.
 *
 * @param {string} key
 */
export function isLanguageTag(key) {
  return key === "@none" || /^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*$/.test(key);
}

/** @param {string | undefined} written */
function nonEmpty(written) {
  const trimmed = written === undefined ? "" : trim(written);
  return trimmed === "" ? undefined : trimmed;
}

/**
 * The text in a language: in exactly that one, or in one that begins with the same word, or else the first.
 *
 * @param {JsonObject} map
 * @param {string | undefined} language
 */
function inLanguage(map, language) {
  const texts = [...map].filter(([key]) => isLanguageTag(key)).flatMap(([key, value]) => {
    const found = nonEmpty(Array.isArray(value) ? first(value, asString) : asString(value));
    return found === undefined ? [] : [{ tag: key.toLowerCase(), found }];
  });
  const wanted = language?.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const exactly = texts.find(({ tag }) => tag === wanted);
  const nearly = texts.find(({ tag }) => wanted !== undefined && primary(tag) === primary(wanted));
  return (exactly ?? nearly ?? texts[0])?.found;
}

/**
 * The first part of a language tag: the language itself.
 *
 * @param {string} tag
 */
function primary(tag) {
  return tag.split(/[-_]/)[0];
}
