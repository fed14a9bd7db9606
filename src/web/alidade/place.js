/**
 * Where in the document something stands, and the members of what may be one thing or a list.
 */

import { JsonNumber } from "./json.js";

/** @typedef {import("./json.js").Json} Json */
/** @typedef {Map<string, Json>} JsonObject */

/**
 * Whether a value is an object.
 *
 * @param {Json | undefined} value
 * @returns {value is JsonObject}
 */
export function isObject(value) {
  return value instanceof Map;
}

/**
 * The text of a value, where it is a string.
 *
 * @param {Json | undefined} value
 * @returns {string | undefined}
 */
export function asString(value) {
  return typeof value === "string" ? value : undefined;
}

/**
 * The printed form of a value, where it is a number.
 *
 * @param {Json | undefined} value
 * @returns {string | undefined}
 */
export function asNumber(value) {
  return value instanceof JsonNumber ? value.text : undefined;
}

/**
 * The members of a value that may be one thing or a list of things, each with its
 * [JSON Pointer](https://www.rfc-editor.org/rfc/rfc6901); `null`, and what is not there, stand for none.
 *
 * @param {string} place The pointer of the value.
 * @param {Json | undefined} value
 * @returns {[string, Json][]}
 */
export function members(place, value) {
  if (value === undefined || value === null) {
    return [];
  }
  if (Array.isArray(value)) {
    return value.map((member, index) => [`${place}/${index}`, member]);
  }
  return [[place, value]];
}

/**
 * The objects among the members of a value.
 *
 * @param {Json | undefined} value
 * @returns {JsonObject[]}
 */
export function objects(value) {
  return members("", value).flatMap(([, member]) => (isObject(member) ? [member] : []));
}
