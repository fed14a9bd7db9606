/**
 * Values brought to one spelling, so that a secret is found in whatever spelling it comes.
 */

import { trim, trimEnd, utf8 } from "./text.js";

/** How often percent-encoding is undone; nobody encodes more often by mistake. */
const N_DECODINGS = 4;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const ALPHANUMERIC = /^[\p{Alphabetic}\p{N}]$/u;

/**
 * A value as it is searched: percent-decoded, without control characters, in lower case, trimmed.
 *
 * Open Badges compare values
 * [after percent-decoding and trimming](https://www.imsglobal.org/spec/ob/v3p0/#credential-equality-and-comparison-algorithm).
 *
 * @param {string} text
 */
export function plain(text) {
  const folded = decoded(text)
    .replace(/\p{Cc}/gu, "")
    .replace(/[\uff20\ufe6b]/gu, "@")
    .replaceAll("\\", "/");
  return trim(folded).toLowerCase();
}

/**
 * A value without its percent-encoding, in whatever number of layers.
 *
 * @param {string} text
 */
export function decoded(text) {
  let value = text;
  for (let round = 0; round < N_DECODINGS && value.includes("%"); round += 1) {
    value = percentDecoded(value);
  }
  return value;
}

/**
 * The part of a plain value by which two of them are compared: without the scheme of a web address or of a UUID, and
 * without the slash at its end.
 *
 * @param {string} value
 */
export function key(value) {
  const bare = value.replace(/^(?:https:\/\/|http:\/\/|urn:uuid:)/, "");
  return trimEnd(bare, (character) => character === "/");
}

/**
 * Why a secret stands in `text`, if one does, and not as a part of a longer word or number: that of the first, and of the longest
 * of those that begin where the first does.
 *
 * @param {string} text
 * @param {Map<string, string>} secrets Folded values, and why each is withheld.
 * @returns {string | undefined}
 */
export function firstPart(text, secrets) {
  /** @type {{place: number, length: number, reason?: string}} */
  let best = { place: Number.POSITIVE_INFINITY, length: 0 };
  for (const [secret, reason] of secrets) {
    const place = placeOf(text, secret);
    const isEarlier = place < best.place || (place === best.place && secret.length > best.length);
    if (place >= 0 && isEarlier) {
      best = { place, length: secret.length, reason };
    }
  }
  return best.reason;
}

/**
 * Where a secret stands in `text` by itself; -1 where it does not.
 *
 * @param {string} text
 * @param {string} secret
 */
function placeOf(text, secret) {
  for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + secret.length)) {
    const before = [...text.slice(Math.max(0, at - 2), at)].at(-1);
    const after = text.codePointAt(at + secret.length);
    if (!joins(before) && !joins(after === undefined ? undefined : String.fromCodePoint(after))) {
      return at;
    }
  }
  return -1;
}

/**
 * Whether a character belongs to a word.
 *
 * @param {string | undefined} character
 */
export function joins(character) {
  return character !== undefined && ALPHANUMERIC.test(character);
}

/**
 * A text with `%xx` undone once; bytes that are no UTF-8 become U+FFFD.
 *
 * @param {string} text
 */
function percentDecoded(text) {
  const bytes = utf8(text);
  const values = new Uint8Array(bytes.length);
  let end = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const value = bytes[at] === 0x25 ? 16 * hex(bytes[at + 1]) + hex(bytes[at + 2]) : Number.NaN;
    values[end] = Number.isNaN(value) ? bytes[at] : value;
    at += Number.isNaN(value) ? 0 : 2;
    end += 1;
  }
  return decoder.decode(values.subarray(0, end));
}

/** @param {number | undefined} digit */
function hex(digit) {
  const text = digit === undefined ? "" : String.fromCharCode(digit);
  return /^[0-9a-fA-F]$/.test(text) ? Number.parseInt(text, 16) : Number.NaN;
}
