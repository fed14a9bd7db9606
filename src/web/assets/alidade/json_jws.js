/**
 * A JWS in JSON, [RFC 7515, section 7.2](https://www.rfc-editor.org/rfc/rfc7515#section-7.2).
 *
 * The European Learning Model is signed with JAdES, which looks the same, but whose payload stands there as plain text.
 */

import { decode } from "./base64url.js";
import { brokenToken } from "./error.js";
import { parseObject } from "./json.js";
import { asString, isObject } from "./place.js";
import { reassemble } from "./sd_jwt.js";
import { trimStart, utf8 } from "./text.js";

/** @typedef {import("./place.js").JsonObject} JsonObject */

/**
 * Whether an object is a JWS, flattened or general, whose payload was not opened.
 *
 * @param {JsonObject} object
 */
export function isJsonJws(object) {
  const isSigned = Array.isArray(object.get("signatures")) || typeof object.get("signature") === "string";
  return isSigned && typeof object.get("payload") === "string";
}

/**
 * Whether an object is a JWE in JSON, [RFC 7516, section 7.2](https://www.rfc-editor.org/rfc/rfc7516#section-7.2).
 *
 * @param {JsonObject} object
 */
export function isEncrypted(object) {
  const hasKey = ["protected", "unprotected", "recipients", "encrypted_key"].some((key) => object.has(key));
  return hasKey && typeof object.get("ciphertext") === "string";
}

/**
 * Takes the payload out of a JWS in JSON; its signatures are not checked.
 *
 * @param {JsonObject} object
 * @param {number} room How deep the payload may be nested.
 * @returns {JsonObject}
 */
export function jsonPayload(object, room) {
  const text = asString(object.get("payload")) ?? "";
  const bytes = trimStart(text).startsWith("{") ? utf8(text) : decode(text);
  if (bytes === undefined) {
    throw brokenToken("its payload is no base64url");
  }
  const payload = parseObject(bytes, room);
  if (payload === undefined) {
    throw brokenToken("its payload is no JSON object");
  }
  const listed = disclosures(object);
  return listed.length === 0 ? payload : reassemble(payload, listed, room);
}

/**
 * The disclosures of an SD-JWT in JSON, [RFC 9901, section 8](https://www.rfc-editor.org/rfc/rfc9901#section-8).
 *
 * @param {JsonObject} object
 * @returns {string[]}
 */
function disclosures(object) {
  const signatures = object.get("signatures");
  const first = Array.isArray(signatures) ? signatures[0] : undefined;
  const outer = isObject(first) ? first.get("header") : undefined;
  const header = object.has("header") ? object.get("header") : outer;
  const listed = isObject(header) ? header.get("disclosures") : undefined;
  return Array.isArray(listed) ? listed.filter((text) => typeof text === "string") : [];
}
