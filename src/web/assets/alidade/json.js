/**
 * Reads JSON as strictly as the program in Rust does.
 *
 * `JSON.parse` is of no use here: it lets lone surrogates pass, loses the order of members whose names are numbers, and
 * rounds what it reads. So this reads [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259) to the letter. An object becomes
 * a `Map` in document order, in which of two members with one name the last counts; a number becomes the double that
 * `serde_json` makes of it.
 */

import { ExtractionError, notJson, tooLarge } from "./error.js";
import { decoded, length } from "./text.js";

/** @typedef {null | boolean | string | number | Json[] | Map<string, Json>} Json */


const ESCAPES = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const HEX = /[0-9a-fA-F]{4}/y;
const SPACES = /[ \t\n\r]*/y;

/** The largest significand that is held before further digits are dropped. */
const LARGEST = 2n ** 64n - 1n;
/** How many digits an integer may have that is held whole, whatever they are. */
const LONGEST_INTEGER = 19;
/** The largest exponent that is counted, and how many digits it has. */
const LARGEST_EXPONENT = 2 ** 31 - 1;
const LONGEST_EXPONENT = 10;

/** How deep lists and objects may be nested, through everything that was opened. */
export const DEEPEST_NESTING = 32;

/** How many values a document may have, in everything that was opened. */
const MOST_VALUES = 100_000;

const COMMA = 0x2c;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** `[` and `{`. */
const OPENING = [0x5b, 0x7b];
/** `]` and `}`. */
const CLOSING = [0x5d, 0x7d];

/**
 * Parses a text in which lists and objects may be nested `room` levels deep.
 *
 * @param {Uint8Array} bytes
 * @param {number} room
 * @returns {Json}
 */
export function parse(bytes, room) {
  const { deepest, values } = measured(bytes);
  if (deepest > room) {
    throw tooLarge("nesting");
  }
  checkNumber(values);
  const text = decoded(bytes);
  if (text === undefined) {
    throw notJson(1, 0);
  }
  return new Reader(text).whole();
}

/**
 * The object that a text is, or `undefined` if it is none.
 *
 * @param {Uint8Array} bytes
 * @param {number} room
 * @returns {Map<string, Json> | undefined}
 */
export function parseObject(bytes, room) {
  const value = unlessNotJson(() => parse(bytes, room));
  return value instanceof Map ? value : undefined;
}

/**
 * What a reader gives; `undefined` where what it reads is no JSON.
 *
 * @template Value
 * @param {() => Value} read
 * @returns {Value | undefined}
 */
export function unlessNotJson(read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof ExtractionError && error.code === "notJson") {
      return undefined;
    }
    throw error;
  }
}

/** Counts the values of a tree, for whoever puts several into one. */
export class Tally {
  constructor() {
    this.values = 0;
  }

  /** @param {Json} tree */
  add(tree) {
    this.values += numberIn(tree);
    checkNumber(this.values);
  }
}

/**
 * @param {Json} tree
 * @returns {number}
 */
function numberIn(tree) {
  let count = 1;
  if (tree instanceof Map || Array.isArray(tree)) {
    for (const member of tree.values()) {
      count += numberIn(member);
    }
  }
  return count;
}

/** @param {number} values */
function checkNumber(values) {
  if (values > MOST_VALUES) {
    throw tooLarge("values");
  }
}

/**
 * How deep brackets are nested outside strings, and how many values there are at most: each but the first stands behind a bracket
 * that opens or a comma. Asked before parsing, so that no depth can exhaust the stack and no number the memory.
 *
 * @param {Uint8Array} text
 */
function measured(text) {
  let values = 1;
  let depth = 0;
  let deepest = 0;
  let inString = false;
  let isEscaped = false;
  for (const byte of text) {
    if (isEscaped) {
      isEscaped = false;
    } else if (byte === BACKSLASH && inString) {
      isEscaped = true;
    } else if (byte === QUOTE) {
      inString = !inString;
    } else if (!inString && OPENING.includes(byte)) {
      depth += 1;
      deepest = Math.max(deepest, depth);
      values += 1;
    } else if (!inString && byte === COMMA) {
      values += 1;
    } else if (!inString && CLOSING.includes(byte)) {
      depth = Math.max(0, depth - 1);
    }
  }
  return { deepest, values };
}

/** What is read, and how far. */
class Reader {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  /** @returns {Json} */
  whole() {
    const value = this.value();
    this.spaces();
    if (this.at < this.text.length) {
      this.fail();
    }
    return value;
  }

  /** @returns {never} */
  fail() {
    const lines = this.text.slice(0, this.at).split("\n");
    const column = length(lines[lines.length - 1]);
    throw notJson(lines.length, column);
  }

  /**
   * Takes what a sticky pattern finds here.
   *
   * @param {RegExp} pattern
   * @returns {string | undefined}
   */
  take(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) {
      return undefined;
    }
    this.at += found[0].length;
    return found[0];
  }

  spaces() {
    this.take(SPACES);
  }

  /** @param {string} word */
  word(word) {
    if (!this.text.startsWith(word, this.at)) {
      this.fail();
    }
    this.at += word.length;
  }

  /** @returns {Json} */
  value() {
    this.spaces();
    switch (this.text[this.at]) {
      case "{":
        return this.object();
      case "[":
        return this.list();
      case '"':
        return this.string();
      case "t":
        this.word("true");
        return true;
      case "f":
        this.word("false");
        return false;
      case "n":
        this.word("null");
        return null;
      default:
        return this.number();
    }
  }

  object() {
    /** @type {Map<string, Json>} */
    const object = new Map();
    this.members("{", "}", () => {
      if (this.text[this.at] !== '"') {
        this.fail();
      }
      const name = this.string();
      this.spaces();
      this.word(":");
      object.set(name, this.value());
    });
    return object;
  }

  list() {
    /** @type {Json[]} */
    const list = [];
    this.members("[", "]", () => list.push(this.value()));
    return list;
  }

  /**
   * @param {string} open
   * @param {string} close
   * @param {() => void} member Reads one member.
   */
  members(open, close, member) {
    this.word(open);
    this.spaces();
    if (this.text[this.at] === close) {
      this.at += 1;
      return;
    }
    for (;;) {
      this.spaces();
      member();
      this.spaces();
      if (this.text[this.at] === close) {
        this.at += 1;
        return;
      }
      this.word(",");
    }
  }

  string() {
    this.word('"');
    let text = "";
    for (;;) {
      text += this.take(PLAIN) ?? "";
      const next = this.text[this.at];
      if (next === '"') {
        this.at += 1;
        return text;
      }
      if (next !== "\\") {
        this.fail();
      }
      this.at += 1;
      text += this.escaped();
    }
  }

  escaped() {
    const kind = this.text[this.at];
    this.at += 1;
    if (kind !== "u") {
      const plain = Object.hasOwn(ESCAPES, kind ?? "") ? ESCAPES[kind] : undefined;
      return plain ?? this.fail();
    }
    const first = this.unit();
    if (first < 0xd800 || first > 0xdfff) {
      return String.fromCharCode(first);
    }
    // Half of a pair stands for nothing.
    if (first > 0xdbff) {
      this.fail();
    }
    this.word("\\u");
    const second = this.unit();
    if (second < 0xdc00 || second > 0xdfff) {
      this.fail();
    }
    return String.fromCharCode(first, second);
  }

  unit() {
    return Number.parseInt(this.take(HEX) ?? this.fail(), 16);
  }

  number() {
    const start = this.at;
    const text = this.take(NUMBER) ?? this.fail();
    // A digit, a point or an exponent that the pattern left behind belongs to no number.
    if (/[0-9.eE+-]/.test(this.text[this.at] ?? "")) {
      this.fail();
    }
    const double = value(text);
    if (double === undefined) {
      this.at = start;
      this.fail();
    }
    return double;
  }
}

/**
 * The double that a number stands for; `undefined` where it is too large for one.
 *
 * @param {string} text
 * @returns {number | undefined}
 */
function value(text) {
  const isNegative = text.startsWith("-");
  const [, whole, fraction = "", exponent] = /^-?([0-9]+)(?:\.([0-9]+))?(?:[eE](.+))?$/.exec(text) ?? [];
  const isInteger = fraction === "" && exponent === undefined && whole.length <= LONGEST_INTEGER;
  const size = isInteger ? Number(whole) : sizeOf(whole, fraction, exponent);
  return isNegative && size !== undefined ? -size : size;
}

/**
 * @param {string} whole
 * @param {string} fraction
 * @param {string | undefined} exponent
 * @returns {number | undefined}
 */
function sizeOf(whole, fraction, exponent) {
  let significand = 0n;
  let shift = 0;
  let isFull = false;
  for (const digit of whole) {
    isFull ||= significand * 10n + BigInt(digit) > LARGEST;
    if (isFull) {
      shift += 1;
    } else {
      significand = significand * 10n + BigInt(digit);
    }
  }
  // After a whole part that is too long, a digit of the fraction may still fit: whoever reads has not noticed.
  isFull = false;
  for (const digit of fraction) {
    isFull ||= significand * 10n + BigInt(digit) > LARGEST;
    if (isFull) {
      break;
    }
    significand = significand * 10n + BigInt(digit);
    shift -= 1;
  }
  if (exponent === undefined) {
    return scaled(significand, shift);
  }
  const isNegative = exponent.startsWith("-");
  const digits = exponent.replace(/^[+-]?0*/, "");
  if (digits.length > LONGEST_EXPONENT || Number(digits) > LARGEST_EXPONENT) {
    return isNegative || significand === 0n ? 0 : undefined;
  }
  return scaled(significand, isNegative ? shift - Number(digits) : shift + Number(digits));
}

/**
 * A significand by a power of ten, in the steps and with the rounding of `serde_json`.
 *
 * @param {bigint} significand
 * @param {number} exponent
 * @returns {number | undefined}
 */
function scaled(significand, exponent) {
  let double = Number(significand);
  let rest = exponent;
  while (Math.abs(rest) > 308) {
    if (double === 0) {
      return 0;
    }
    if (rest >= 0) {
      return undefined;
    }
    double /= 1e308;
    rest += 308;
  }
  const power = Number(`1e${Math.abs(rest)}`);
  double = rest >= 0 ? double * power : double / power;
  return Number.isFinite(double) ? double : undefined;
}
