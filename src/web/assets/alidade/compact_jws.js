/**
 * A compact JWS, [RFC 7515, section 7.1](https://www.rfc-editor.org/rfc/rfc7515#section-7.1).
 */

import { decode } from "./base64url.js";
import { brokenToken } from "./error.js";
import { DEEPEST_NESTING, parseObject } from "./json.js";

/** @typedef {import("./place.js").JsonObject} JsonObject */

/**
 * Takes the payload out of a compact JWS; its signature is not checked.
 *
 * @param {string} token
 * @param {number} room How deep the payload may be nested.
 * @returns {JsonObject}
 */
export function compactPayload(token, room) {
  const segments = token.split(".");
  if (segments.length !== 3) {
    throw brokenToken("it has not three segments");
  }
  checkHeader(segments[0]);
  const payload = decode(segments[1]);
  if (payload === undefined) {
    throw brokenToken("its payload is no base64url");
  }
  const object = parseObject(payload, room);
  if (object === undefined) {
    throw brokenToken("its payload is no JSON object");
  }
  return object;
}

/** @param {string} text */
function checkHeader(text) {
  const bytes = decode(text);
  if (bytes === undefined) {
    throw brokenToken("its header is no base64url");
  }
  const header = parseObject(bytes, DEEPEST_NESTING);
  if (header === undefined) {
    throw brokenToken("its header is no JSON object");
  }
  if (header.has("zip")) {
    throw brokenToken("its payload is compressed");
  }
}
