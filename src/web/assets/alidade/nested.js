/**
 * The credentials that stand inside another document.
 */

import { isObject, memberOf, members } from "./place.js";
import { isClosed } from "./search.js";

/** @typedef {import("./json.js").Json} Json */
/** @typedef {import("./place.js").Place} Place */

/**
 * What stands inside: something that should be a credential, or, without a value, a file that is none, such as a PDF in base64.
 *
 * @typedef {{place: Place, value?: Json}} Nested
 */

/**
 * Finds the credentials inside `object`, in document order, without looking into them.
 *
 * They stand in `verifiableCredential` of a CLR, in `signedAssertions` of an older one, in `payload.data` of a learner record,
 * and in `verifications` of an LER-RS, where an entry with a `@context` is one.
 *
 * @param {Place} place
 * @param {import("./place.js").JsonObject} object
 * @returns {Nested[]}
 */
export function nestedIn(place, object) {
  const open = [...object].filter(([name]) => !isClosed(name));
  return open.flatMap(([name, value]) => {
    const at = place.member(name);
    switch (name) {
      case "verifiableCredential":
      case "signedAssertions":
        return members(at, value).map(([inner, credential]) => ({ place: inner, value: credential }));
      case "verifications":
        return members(at, value).flatMap(([inner, entry]) => verification(inner, entry));
      case "learnerRecord":
        return members(at, value).flatMap(([inner, record]) => payloads(inner, record));
      default:
        return deeper(at, value);
    }
  });
}

/**
 * @param {Place} place
 * @param {Json} value
 * @returns {Nested[]}
 */
function deeper(place, value) {
  if (Array.isArray(value)) {
    return members(place, value).flatMap(([at, member]) => deeper(at, member));
  }
  return isObject(value) ? nestedIn(place, value) : [];
}

/**
 * @param {Place} place
 * @param {Json} entry
 * @returns {Nested[]}
 */
function verification(place, entry) {
  const wrapped = memberOf(entry, "Verification");
  const at = wrapped === undefined ? place : place.down("Verification");
  const inner = wrapped === undefined ? entry : wrapped;
  const other = memberOf(inner, "otherW3CVerifiableCredential");
  if (other !== undefined) {
    return [{ place: at.down("otherW3CVerifiableCredential"), value: other }];
  }
  const isOne = isObject(inner) ? inner.has("@context") || inner.has("vc") : typeof inner === "string";
  return isOne ? [{ place: at, value: inner }] : [];
}

/**
 * @param {Place} place
 * @param {Json} record
 * @returns {Nested[]}
 */
function payloads(place, record) {
  return members(place.down("payload"), memberOf(record, "payload")).flatMap(([at, payload]) => {
    const data = memberOf(payload, "data");
    if (data === undefined) {
      return [];
    }
    return [typeof data === "string" ? { place: at.down("data") } : { place: at.down("data"), value: data }];
  });
}
