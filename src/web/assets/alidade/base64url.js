/**
 * Base64url as tokens use it, and as they are copied about.
 */

const URL_SAFE = /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2}={0,2}|[A-Za-z0-9_-]{3}=?)?$/;
const STANDARD = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}={0,2}|[A-Za-z0-9+/]{3}=?)?$/;

/**
 * Decodes base64url; padding, and the white space that mail programs put in, are no obstacle.
 *
 * @param {string} text
 * @returns {Uint8Array | undefined}
 */
export function decode(text) {
  const bare = withoutSpace(text);
  return URL_SAFE.test(bare) ? bytes(bare.replaceAll("-", "+").replaceAll("_", "/")) : undefined;
}

/**
 * Decodes base64 in either alphabet, as a `data:` URL may have it.
 *
 * @param {string} text
 * @returns {Uint8Array | undefined}
 */
export function decodeEither(text) {
  const bare = withoutSpace(text);
  return STANDARD.test(bare) ? bytes(bare) : decode(text);
}

/**
 * Encodes bytes without padding.
 *
 * @param {Uint8Array} plain
 */
export function encode(plain) {
  const text = btoa(String.fromCharCode(...plain));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {string} text */
function withoutSpace(text) {
  return text.replace(/[ \t\n\f\r]/g, "");
}

/** @param {string} text */
function bytes(text) {
  return Uint8Array.from(atob(text.replaceAll("=", "")), (character) => character.charCodeAt(0));
}
