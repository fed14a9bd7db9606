/**
 * A baked PNG picture: a credential in one of its text chunks.
 *
 * Open Badges 3.0 and CLR 2.0 [bake](https://www.imsglobal.org/spec/ob/v3p0/#png) into an `iTXt` chunk, Open Badges 2.0 under
 * another keyword; older ones have only the address of the assertion, in a `tEXt` chunk. The chunks are walked by hand, as
 * [the PNG specification](https://www.w3.org/TR/png-3/#5Chunk-layout) lays them out; no pixel is decoded.
 */

import { brokenImage, hostedUrl, tooLarge, unbaked } from "./error.js";
import { decoded, utf8 } from "./text.js";
import { textFormat } from "./token.js";

/** The eight bytes every PNG picture starts with. */
export const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** How much is unpacked of all the texts of a picture together, in bytes. */
const LONGEST_TEXT = 2 * 1024 * 1024;
/** How many texts under the keywords are looked at. */
const MOST_TEXTS = 16;
/** The longest keyword, in bytes. */
const LONGEST_KEYWORD = 79;
/** The keywords under which credentials are baked. */
const KEYWORDS = ["openbadgecredential", "clrcredential", "openbadges"];
/** The kinds of chunk that hold text. */
const TEXTS = ["iTXt", "tEXt", "zTXt"];
/** The length, the kind and the checksum of a chunk. */
const FRAME = 12;

/** What each byte adds to a checksum ([PNG, annex D](https://www.w3.org/TR/png-3/#D-CRCAppendix)). */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  }
  return crc;
});

/** @typedef {{kind: string, data: Uint8Array, crc: number, checked: Uint8Array}} Chunk */
/** @typedef {{left: number}} Room How much may still be unpacked. */

/**
 * Takes the credential out of a picture: the first text under one of the keywords that is more than an address, if it is one of
 * the first texts there.
 *
 * @param {Uint8Array} picture
 * @returns {Promise<Uint8Array>}
 */
export async function bakedPng(picture) {
  let hasAddress = false;
  let texts = 0;
  const room = { left: LONGEST_TEXT };
  for (let at = SIGNATURE.length; texts < MOST_TEXTS; ) {
    const chunk = chunkAt(picture, at);
    if (chunk === undefined) {
      throw hasAddress ? hostedUrl() : brokenImage("it ends in the middle");
    }
    if (chunk.kind === "IEND") {
      throw hasAddress ? hostedUrl() : unbaked("PNG");
    }
    const text = await credential(chunk, room);
    if (text !== undefined && !isAddress(text)) {
      return text;
    }
    hasAddress ||= text !== undefined;
    texts += text === undefined ? 0 : 1;
    at += FRAME + chunk.data.length;
  }
  throw hostedUrl();
}

/** @param {Uint8Array} text */
function isAddress(text) {
  const line = decoded(text);
  return line !== undefined && textFormat(line) === "address";
}

/**
 * @param {Uint8Array} picture
 * @param {number} at
 * @returns {Chunk | undefined}
 */
function chunkAt(picture, at) {
  const view = new DataView(picture.buffer, picture.byteOffset, picture.byteLength);
  const length = at + FRAME <= picture.length ? view.getUint32(at) : Number.POSITIVE_INFINITY;
  if (at + FRAME + length > picture.length) {
    return undefined;
  }
  return {
    kind: latin(picture.subarray(at + 4, at + 8)),
    data: picture.subarray(at + 8, at + 8 + length),
    checked: picture.subarray(at + 4, at + 8 + length),
    crc: view.getUint32(at + 8 + length),
  };
}

/**
 * The text of a chunk, if it stands under one of the keywords.
 *
 * @param {Chunk} chunk
 * @param {Room} room
 * @returns {Promise<Uint8Array | undefined>}
 */
async function credential(chunk, room) {
  const parts = TEXTS.includes(chunk.kind) ? splitAtNul(chunk.data) : undefined;
  if (parts === undefined || parts[0].length > LONGEST_KEYWORD || !KEYWORDS.includes(latin(parts[0]))) {
    return undefined;
  }
  if (crcOf(chunk.checked) !== chunk.crc) {
    throw brokenImage("the checksum of its credential is wrong");
  }
  switch (chunk.kind) {
    case "iTXt":
      return international(parts[1], room);
    case "zTXt":
      return parts[1][0] === 0 ? inflated(parts[1].subarray(1), room) : misplaced();
    default:
      // It should be Latin-1, though bakers write UTF-8 into it.
      return decoded(parts[1]) === undefined ? utf8(latin(parts[1])) : parts[1];
  }
}

/**
 * [`iTXt`](https://www.w3.org/TR/png-3/#11iTXt): whether and how it is compressed, a language, a translated keyword, text.
 *
 * @param {Uint8Array} rest
 * @param {Room} room
 * @returns {Promise<Uint8Array> | Uint8Array}
 */
function international(rest, room) {
  const language = rest.length < 2 ? undefined : splitAtNul(rest.subarray(2));
  const keyword = language === undefined ? undefined : splitAtNul(language[1]);
  if (keyword !== undefined && rest[0] === 0) {
    return keyword[1];
  }
  return keyword !== undefined && rest[0] === 1 && rest[1] === 0 ? inflated(keyword[1], room) : misplaced();
}

/** @returns {never} */
function misplaced() {
  throw brokenImage("its credential is not laid out as a text");
}

/**
 * Unpacks a text, and stops where there is no room for it.
 *
 * @param {Uint8Array} packed
 * @param {Room} room
 * @returns {Promise<Uint8Array>}
 */
async function inflated(packed, room) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  const reader = stream.getReader();
  /** @type {Uint8Array[]} */
  const parts = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw brokenImage("its credential cannot be unpacked");
    });
    if (done) {
      room.left -= length;
      return new Uint8Array(await new Blob(parts).arrayBuffer());
    }
    length += value.length;
    parts.push(value);
    if (length > room.left) {
      reader.cancel().catch(() => undefined);
      throw tooLarge("baked");
    }
  }
}

/**
 * @param {Uint8Array} bytes
 * @returns {[Uint8Array, Uint8Array] | undefined}
 */
function splitAtNul(bytes) {
  const end = bytes.indexOf(0);
  return end < 0 ? undefined : [bytes.subarray(0, end), bytes.subarray(end + 1)];
}

/**
 * Bytes as the characters of Latin-1. (The decoder of that name decodes something else.)
 *
 * @param {Uint8Array} bytes
 */
function latin(bytes) {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

/** @param {Uint8Array} bytes */
function crcOf(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc = CRC_TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
