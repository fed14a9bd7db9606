/**
 * The bytes of a document, and the one JSON tree in them.
 *
 * Credentials are signed, baked into pictures and enveloped in each other. Here every such layer is taken off, so that whoever
 * reads on sees plain JSON, and a JSON Pointer goes through from the outermost document to the innermost credential. No
 * signature is checked, no address fetched and no picture drawn.
 */

import { compressed, encrypted, hostedUrl, tooLarge, unknownContainer, vpqr } from "./error.js";
import { DEEPEST_NESTING, parse } from "./json.js";
import { isEncrypted, isJsonJws, jsonPayload } from "./json_jws.js";
import { isObject } from "./place.js";
import { SIGNATURE, bakedPng } from "./png.js";
import { bakedSvg } from "./svg.js";
import { decoded, utf8 } from "./text.js";
import { textFormat } from "./token.js";
import { tokenPayload, unfold } from "./unfold.js";

/** @typedef {import("./json.js").Json} Json */

/**
 * What the credentials were carried in, the outermost container, and the tree.
 *
 * @typedef {{carrier: string, value: Json}} Opened
 */

/** The longest text that is read, in bytes. */
const LONGEST_TEXT = 2 * 1024 * 1024;
/** The largest picture that is read, in bytes. */
export const LARGEST_PICTURE = 16 * 1024 * 1024;

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const GZIP = [0x1f, 0x8b];
/** The bytes of white space in ASCII. */
const SPACES = [0x20, 0x09, 0x0a, 0x0c, 0x0d];
const LESS_THAN = 0x3c;

/** What other files begin with, and what they are. @type {[number[], string][]} */
const OTHER_FILES = [
  [[0xff, 0xd8, 0xff], "a JPEG picture"],
  [[...utf8("GIF8")], "a GIF picture"],
  [[...utf8("RIFF")], "a RIFF file, such as a WebP picture"],
  [[...utf8("%PDF")], "a PDF document"],
  [[...utf8("PK"), 0x03, 0x04], "a ZIP archive"],
  [[0xff, 0xfe], "a text in UTF-16"],
  [[0xfe, 0xff], "a text in UTF-16"],
];

/**
 * Opens a document, or says what else it is. Its name and extension do not matter.
 *
 * @param {Uint8Array} bytes
 * @returns {Promise<Opened>}
 */
export async function open(bytes) {
  const text = withoutMark(bytes);
  const isMarkup = text.find((byte) => !SPACES.includes(byte)) === LESS_THAN;
  const isPng = startsWith(bytes, SIGNATURE);
  if (isPng || isMarkup) {
    checkLength(bytes, LARGEST_PICTURE, "picture");
    const baked = isMarkup ? utf8(bakedSvg(text)) : await bakedPng(bytes);
    checkLength(baked, LONGEST_TEXT, "baked");
    return { ...openText(baked), carrier: isMarkup ? "svg" : "png" };
  }
  if (startsWith(bytes, GZIP)) {
    throw compressed();
  }
  const other = OTHER_FILES.find(([start]) => startsWith(bytes, start));
  if (other !== undefined) {
    throw unknownContainer(other[1]);
  }
  checkLength(bytes, LONGEST_TEXT, "document");
  return openText(bytes);
}

/**
 * @param {Uint8Array} bytes
 * @param {number} longest
 * @param {"document" | "picture" | "baked"} limit
 */
function checkLength(bytes, longest, limit) {
  if (bytes.length > longest) {
    throw tooLarge(limit);
  }
}

/** @param {Uint8Array} bytes */
function withoutMark(bytes) {
  return startsWith(bytes, BYTE_ORDER_MARK) ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes;
}

/**
 * @param {Uint8Array} bytes
 * @param {number[]} start
 */
function startsWith(bytes, start) {
  return start.every((byte, at) => bytes[at] === byte);
}

/**
 * Opens a text: a token, or JSON.
 *
 * @param {Uint8Array} bytes
 * @returns {Opened}
 */
function openText(bytes) {
  const text = withoutMark(bytes);
  if (text.every((byte) => SPACES.includes(byte))) {
    throw unknownContainer("an empty document");
  }
  const line = decoded(text);
  const { carrier, value } = (line === undefined ? undefined : openLine(line)) ?? openJson(text);
  return { carrier, value: unfold(value) };
}

/**
 * @param {Uint8Array} text
 * @returns {Opened}
 */
function openJson(text) {
  const value = parse(text, DEEPEST_NESTING);
  if (typeof value === "string") {
    return openLine(value) ?? { carrier: "json", value };
  }
  if (isObject(value) && isJsonJws(value)) {
    value.set("payload", jsonPayload(value, DEEPEST_NESTING - 1));
    return { carrier: "jsonJws", value };
  }
  if (isObject(value) && isEncrypted(value)) {
    throw encrypted();
  }
  return { carrier: "json", value };
}

/**
 * Opens a credential that is written as one string; `undefined` if a text is no such string.
 *
 * @param {string} text
 * @returns {Opened | undefined}
 */
function openLine(text) {
  switch (textFormat(text)) {
    case "address":
      throw hostedUrl();
    case "vpqr":
      throw vpqr();
    case "jwe":
      throw encrypted();
    case "sdJwt":
      return { carrier: "sdJwt", value: tokenPayload(text, DEEPEST_NESTING) ?? null };
    case "compactJws":
      return { carrier: "jws", value: tokenPayload(text, DEEPEST_NESTING) ?? null };
    default:
      return undefined;
  }
}
