/**
 * An SD-JWT: a JWS and the disclosures of what it says only as digests, [RFC 9901](https://www.rfc-editor.org/rfc/rfc9901).
 */

import { decode, encode } from "./base64url.js";
import { compactPayload } from "./compact_jws.js";
import { brokenToken, tooLarge } from "./error.js";
import { Tally, parse, unlessNotJson } from "./json.js";
import { isObject } from "./place.js";
import { sha256, sha384, sha512 } from "./sha2.js";
import { trim, utf8 } from "./text.js";

/** @typedef {import("./json.js").Json} Json */
/** @typedef {import("./place.js").JsonObject} JsonObject */

/**
 * What one disclosure discloses; without a name, an element of a list.
 *
 * @typedef {{name?: string, value: Json}} Disclosed
 */

/** @typedef {(bytes: Uint8Array) => Uint8Array} Hash */

/** The hash functions that RFC 9901 names or that are in use beside the one it asks for. @type {Map<string, Hash>} */
const HASHES = new Map([
  ["sha-256", sha256],
  ["sha-384", sha384],
  ["sha-512", sha512],
]);

/**
 * Takes the payload out of an SD-JWT and puts the disclosures in their places. Neither the signature nor the key binding at
 * its end is checked.
 *
 * @param {string} text
 * @param {number} room How deep the payload may be nested.
 * @returns {JsonObject}
 */
export function selectivePayload(text, room) {
  const [token, ...rest] = trim(text).split("~");
  const payload = compactPayload(token, room);
  // The key binding is a token of its own; a disclosure has no dot.
  const disclosures = rest.filter((part) => trim(part) !== "" && !part.includes("."));
  return reassemble(payload, disclosures, room);
}

/**
 * Puts disclosures into a payload, and removes what stood for them.
 *
 * @param {JsonObject} payload
 * @param {string[]} disclosures
 * @param {number} room
 * @returns {JsonObject}
 */
export function reassemble(payload, disclosures, room) {
  const hash = hashOf(payload);
  payload.delete("_sd_alg");
  const tally = new Tally();
  /** @type {Map<string, Disclosed>} */
  const unused = new Map();
  for (const disclosure of disclosures) {
    const [digest, found] = disclosed(disclosure, hash, room);
    tally.add(found.value);
    unused.set(digest, found);
  }
  putInto(payload, unused, room);
  return payload;
}

/**
 * The function that `_sd_alg` names, [section 4.1.1](https://www.rfc-editor.org/rfc/rfc9901#section-4.1.1).
 *
 * @param {JsonObject} payload
 * @returns {Hash}
 */
function hashOf(payload) {
  const named = payload.has("_sd_alg") ? payload.get("_sd_alg") : "sha-256";
  const hash = typeof named === "string" ? HASHES.get(named) : undefined;
  if (hash === undefined) {
    throw brokenToken("its disclosures use an unknown hash function");
  }
  return hash;
}

/**
 * Reads `[salt, name, value]` or `[salt, value]`, [section 4.2](https://www.rfc-editor.org/rfc/rfc9901#section-4.2).
 *
 * @param {string} written
 * @param {Hash} hash
 * @param {number} room
 * @returns {[string, Disclosed]} Its digest, and what it discloses.
 */
function disclosed(written, hash, room) {
  const text = written.replace(/[ \t\n\f\r]/g, "");
  const bytes = decode(text);
  if (bytes === undefined) {
    throw brokenToken("a disclosure is no base64url");
  }
  // The list of the disclosure itself is one level that the tree will not have.
  const parts = unlessNotJson(() => parse(bytes, room + 1));
  if (!Array.isArray(parts)) {
    throw brokenToken("a disclosure is no JSON list");
  }
  const digest = encode(hash(utf8(text)));
  if (parts.length === 3 && typeof parts[1] === "string") {
    if (parts[1] === "_sd" || parts[1] === "...") {
      throw brokenToken("a disclosure stands for other disclosures");
    }
    return [digest, { name: parts[1], value: parts[2] }];
  }
  if (parts.length === 2) {
    return [digest, { value: parts[1] }];
  }
  throw brokenToken("a disclosure is neither a member nor an element");
}

/**
 * Puts the disclosed members into an object.
 *
 * @param {JsonObject} object
 * @param {Map<string, Disclosed>} unused
 * @param {number} room How deep the object may be.
 */
function putInto(object, unused, room) {
  const inside = deeper(room);
  const digests = object.get("_sd");
  object.delete("_sd");
  // A digest that stands for nothing here is a decoy, or was left undisclosed.
  for (const digest of Array.isArray(digests) ? digests : []) {
    const found = typeof digest === "string" ? taken(unused, digest) : undefined;
    // What is said openly is not said otherwise by a disclosure.
    if (found?.name !== undefined && !object.has(found.name)) {
      object.set(found.name, found.value);
    }
  }
  for (const [name, member] of object) {
    object.set(name, visited(member, unused, inside));
  }
}

/**
 * A value with its disclosures; a list loses the elements that were not disclosed.
 *
 * @param {Json} value
 * @param {Map<string, Disclosed>} unused
 * @param {number} room
 * @returns {Json}
 */
function visited(value, unused, room) {
  if (isObject(value)) {
    putInto(value, unused, room);
  }
  if (!Array.isArray(value)) {
    return value;
  }
  const inside = deeper(room);
  return value.flatMap((element) => {
    const digest = digestOfElement(element);
    if (digest === undefined) {
      return [visited(element, unused, inside)];
    }
    const found = taken(unused, digest);
    return found === undefined || found.name !== undefined ? [] : [visited(found.value, unused, inside)];
  });
}

/**
 * @param {Map<string, Disclosed>} unused
 * @param {string} digest
 */
function taken(unused, digest) {
  const found = unused.get(digest);
  unused.delete(digest);
  return found;
}

/**
 * The digest in `{"...": digest}`, [section 4.2.4.2](https://www.rfc-editor.org/rfc/rfc9901#section-4.2.4.2).
 *
 * @param {Json} element
 * @returns {string | undefined}
 */
function digestOfElement(element) {
  const digest = isObject(element) && element.size === 1 ? element.get("...") : undefined;
  return typeof digest === "string" ? digest : undefined;
}

/** @param {number} room */
function deeper(room) {
  if (room === 0) {
    throw tooLarge("nesting");
  }
  return room - 1;
}
