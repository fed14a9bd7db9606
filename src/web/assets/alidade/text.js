/**
 * Text as the program in Rust sees it: white space, length and order by Unicode and UTF-8, and not by UTF-16.
 */

/** The characters with the property `White_Space`; those that `String.trim` takes differ by two. */
const SPACE = "\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const ANY_SPACE = new RegExp(`[${SPACE}]`, "u");
const SPACES = new RegExp(`[${SPACE}]+`, "u");

const encoder = new TextEncoder();

/**
 * A text without white space at its ends.
 *
 * @param {string} text
 */
export function trim(text) {
  return withoutStart(trimEnd(text, isSpace), isSpace);
}

/**
 * A text without certain characters at its end. A pattern would do, but takes its time over long runs of them.
 *
 * @param {string} text
 * @param {(character: string) => boolean} isLeft
 */
export function trimEnd(text, isLeft) {
  let end = text.length;
  while (end > 0 && isLeft(text[end - 1])) {
    end -= 1;
  }
  return text.slice(0, end);
}

/**
 * A text without white space at its start.
 *
 * @param {string} text
 */
export function trimStart(text) {
  return withoutStart(text, isSpace);
}

/** @param {string} character */
function isSpace(character) {
  return ANY_SPACE.test(character);
}

/**
 * @param {string} text
 * @param {(character: string) => boolean} isLeft
 */
function withoutStart(text, isLeft) {
  let start = 0;
  while (start < text.length && isLeft(text[start])) {
    start += 1;
  }
  return text.slice(start);
}

/**
 * Whether there is white space anywhere in a text.
 *
 * @param {string} text
 */
export function hasSpace(text) {
  return ANY_SPACE.test(text);
}

/**
 * The parts of a text between its white space.
 *
 * @param {string} text
 */
export function words(text) {
  return text.split(SPACES).filter((word) => word !== "");
}

/**
 * The bytes of a text in UTF-8.
 *
 * @param {string} text
 */
export function utf8(text) {
  return encoder.encode(text);
}

/**
 * Bytes as the UTF-8 they should be; `undefined` where they are none.
 *
 * @param {Uint8Array} bytes
 * @returns {string | undefined}
 */
export function decoded(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * The length of a text in UTF-8.
 *
 * @param {string} text
 */
export function length(text) {
  return encoder.encode(text).length;
}
