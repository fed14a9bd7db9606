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
  let decoded = text;
  for (let round = 0; round < N_DECODINGS && decoded.includes("%"); round += 1) {
    decoded = percentDecoded(decoded);
  }
  const folded = decoded
    .replace(/\p{Cc}/gu, "")
    .replace(/[\uff20\ufe6b]/gu, "@")
    .replaceAll("\\", "/");
  return trim(folded).toLowerCase();
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

/** Secrets that no value may contain, sorted. */
export class Parts {
  /** @param {Map<string, string>} secrets Folded values, and why each is withheld. */
  constructor(secrets) {
    this.reasons = secrets;
    this.sorted = [...secrets.keys()].sort();
  }

  /**
   * Why a secret stands in `text`, if one does, and not as a part of a longer word or number: that of the first, and of the
   * longest of those that begin where the first does.
   *
   * @param {string} text
   * @returns {string | undefined}
   */
  firstIn(text) {
    let before;
    let start = 0;
    for (const character of this.sorted.length === 0 ? "" : text) {
      const found = joins(before) ? undefined : this.longestBeginning(text.slice(start));
      if (found !== undefined) {
        return found;
      }
      before = character;
      start += character.length;
    }
    return undefined;
  }

  /**
   * The longest secret that `text` begins with, and that ends where a word does.
   *
   * Whatever begins `text` also begins every secret that is sorted between itself and `text`, so each look at the last secret up
   * to `text` shortens what a secret may be.
   *
   * @param {string} text
   */
  longestBeginning(text) {
    for (let bound = text; bound !== ""; ) {
      const secret = this.lastUpTo(bound);
      if (secret === undefined) {
        return undefined;
      }
      const end = shared(bound, secret);
      const isBeginning = end === secret.length;
      if (isBeginning && !joins(characterAt(text, end))) {
        return this.reasons.get(secret);
      }
      bound = bound.slice(0, isBeginning ? end - 1 : end);
    }
    return undefined;
  }

  /** @param {string} bound */
  lastUpTo(bound) {
    let [low, high] = [0, this.sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      [low, high] = this.sorted[middle] <= bound ? [middle + 1, high] : [low, middle];
    }
    return this.sorted[low - 1];
  }
}

/**
 * How much two texts begin with in common.
 *
 * @param {string} left
 * @param {string} right
 */
function shared(left, right) {
  let end = 0;
  while (end < left.length && left[end] === right[end]) {
    end += 1;
  }
  return end;
}

/**
 * @param {string} text
 * @param {number} at
 */
function characterAt(text, at) {
  const code = text.codePointAt(at);
  return code === undefined ? undefined : String.fromCodePoint(code);
}

/** @param {string | undefined} character */
function joins(character) {
  return character !== undefined && ALPHANUMERIC.test(character);
}

/**
 * A text with `%xx` undone once; bytes that are no UTF-8 become U+FFFD.
 *
 * @param {string} text
 */
function percentDecoded(text) {
  const bytes = utf8(text);
  const decoded = new Uint8Array(bytes.length);
  let end = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const value = bytes[at] === 0x25 ? 16 * hex(bytes[at + 1]) + hex(bytes[at + 2]) : Number.NaN;
    decoded[end] = Number.isNaN(value) ? bytes[at] : value;
    at += Number.isNaN(value) ? 0 : 2;
    end += 1;
  }
  return decoder.decode(decoded.subarray(0, end));
}

/** @param {number | undefined} digit */
function hex(digit) {
  const text = digit === undefined ? "" : String.fromCharCode(digit);
  return /^[0-9a-fA-F]$/.test(text) ? Number.parseInt(text, 16) : Number.NaN;
}
