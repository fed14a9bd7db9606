/**
 * Values brought to one spelling, so that a secret is found in whatever spelling it comes.
 */

import { trim, trimEnd, utf8 } from "./text.js";

/** How often percent-encoding is undone; nobody encodes more often by mistake. */
const N_DECODINGS = 4;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const ALPHANUMERIC = /^[\p{Alphabetic}\p{N}]$/u;
/** Characters of scripts that write no spaces between words. */
const UNSPACED =
  /[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
/** Characters that are not seen. */
const INVISIBLE = /[\p{Cc}\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu;

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
 * A value as it is compared with another: its words alone, without accents, whatever stands between them.
 *
 * White space, punctuation and HTML entities all part words; a UUID without hyphens gets them. Of a value without words the `key`
 * is compared.
 *
 * @param {string} text
 */
export function folded(text) {
  const lower = trim(decoded(text)).toLowerCase();
  const spelled = withoutEntities(key(lower)).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const found = spelled.split(/[^\p{Alphabetic}\p{N}]+/u).filter((word) => word !== "");
  return found.length === 0 ? key(plain(text)) : found.map(hyphenated).join(" ");
}

/**
 * A value as it is searched: folded with its invisible characters as gaps between words, and folded without them.
 *
 * @param {string} text
 */
export function spellings(text) {
  const whole = decoded(text);
  const visible = whole.replace(INVISIBLE, "");
  return visible === whole ? [folded(text)] : [folded(text), folded(visible)];
}

/**
 * The words of a UUID, in place of its digits in one.
 *
 * @param {string} word
 */
function hyphenated(word) {
  return word.replace(/^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/, "$1 $2 $3 $4 $5");
}

/**
 * A text with the entities undone that stand for quotes, spaces and numbered characters.
 *
 * @param {string} text
 */
function withoutEntities(text) {
  return text.replace(
    /&(?:amp|apos|lsquo|nbsp|quot|rsquo|#([0-9]{1,7})|#x([0-9a-f]{1,7}));/g,
    (_, decimal, hexadecimal) => {
      const code = decimal === undefined ? Number.parseInt(hexadecimal ?? "20", 16) : Number(decimal);
      const isCharacter = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
      return isCharacter ? String.fromCodePoint(code) : " ";
    },
  );
}

/**
 * A secret that is looked for inside a value.
 *
 * @typedef {object} Part
 * @property {string} reason Why it is withheld.
 * @property {boolean} isSegment Whether only a whole segment of an address gives it away.
 */

/**
 * Why a secret stands in `text`, if one does, and not as a part of a longer word or number: that of the first, and of the longest
 * of those that begin where the first does.
 *
 * @param {string} text
 * @param {Map<string, Part>} secrets By their folded values.
 * @returns {string | undefined}
 */
export function firstPart(text, secrets) {
  /** @type {{place: number, length: number, reason?: string}} */
  let best = { place: Number.POSITIVE_INFINITY, length: 0 };
  for (const [secret, { reason, isSegment }] of secrets) {
    const place = isSegment ? -1 : placeOf(text, secret);
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
 * Whether a character belongs to the word beside it; scripts without spaces have no such words.
 *
 * @param {string | undefined} character
 */
function joins(character) {
  return isAlphanumeric(character) && !UNSPACED.test(character ?? "");
}

/** @param {string | undefined} character */
export function isAlphanumeric(character) {
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
