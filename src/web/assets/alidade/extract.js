/**
 * From the bytes of a badge to what it mentions.
 */

import { Documents } from "./document.js";
import { tooLarge } from "./error.js";
import { Secrets } from "./learner.js";
import { Findings } from "./mention.js";
import { LARGEST_PICTURE, open } from "./open.js";
import { Filter, REASONS } from "./privacy.js";
import { read } from "./reader.js";
import { utf8 } from "./text.js";

/** How many secrets of all the credentials in a document may be looked for inside each value. */
const MOST_PARTS = 1000;

/**
 * What a badge mentions, and how much of it was left behind.
 *
 * @typedef {object} Extraction
 * @property {string} carrier What the credentials were carried in.
 * @property {string} format The format of the badge; of the first one, if there are several.
 * @property {Outline[]} credentials The credentials that were read, in document order.
 * @property {import("./mention.js").Mention[]} mentions The mentions, one for each occurrence, in document order.
 * @property {Record<string, number>} withheld How many values were withheld, or cut, for which reason.
 * @property {Record<string, number>} unread How many credentials are in a format that is recognised but not read.
 * @property {number} malformed How many members had nothing readable where an identifier belongs.
 */

/**
 * One credential, or part of one, that stands for itself in a document.
 *
 * @typedef {object} Outline
 * @property {string} pointer The JSON Pointer of the credential.
 * @property {string} format The standard it is written in.
 * @property {number} mentions How many of the mentions are its own.
 */

/**
 * Takes out of a badge what it says about definitions, and nothing that it says about its learner. Nothing is sent anywhere.
 *
 * @param {string | ArrayBuffer | ArrayBufferView | Blob} document The badge as its holder has it: a text, bytes, or a file.
 * @returns {Promise<Extraction>}
 * @throws {import("./error.js").ExtractionError} if nothing in the document can be read, or if it passes a limit. No error
 *   quotes the document.
 */
export async function extract(document) {
  const { carrier, value } = await open(await bytesOf(document));
  const documents = new Documents(value);
  const [first] = documents.badges;
  if (first === undefined) {
    throw documents.refusal(value);
  }
  const holder = Secrets.ofHolders(documents.holders);
  const records = Secrets.ofRecords(documents.badges);
  const everywhere = new Map([...records.values(), holder].flatMap((secrets) => [...secrets.whole]));
  // Whoever holds the document is the learner of all that is in it, so no credential tells what another keeps secret.
  const parts = new Map([holder, ...records.values()].flatMap((secrets) => secrets.parts()));
  if (parts.size > MOST_PARTS) {
    throw tooLarge("learnerValues");
  }
  const filter = new Filter(everywhere, parts);

  const findings = new Findings(documents.malformed);
  const credentials = documents.badges.map((badge) => {
    const before = findings.mentions.length;
    read(badge, filter, findings);
    return { pointer: badge.place.pointer, format: badge.format, mentions: findings.mentions.length - before };
  });
  return {
    carrier,
    format: first.format,
    credentials,
    mentions: findings.mentions,
    withheld: inOrder(findings.withheld),
    unread: documents.counted(),
    malformed: findings.malformed,
  };
}

/**
 * @param {string | ArrayBuffer | ArrayBufferView | Blob} document
 * @returns {Promise<Uint8Array>}
 */
async function bytesOf(document) {
  if (typeof document === "string") {
    return utf8(document);
  }
  if (document instanceof Blob) {
    if (document.size > LARGEST_PICTURE) {
      throw tooLarge("picture");
    }
    return new Uint8Array(await document.arrayBuffer());
  }
  return ArrayBuffer.isView(document)
    ? new Uint8Array(document.buffer, document.byteOffset, document.byteLength)
    : new Uint8Array(document);
}

/** @param {Map<string, number>} counts */
function inOrder(counts) {
  const reasons = REASONS.filter((reason) => counts.has(reason));
  return Object.fromEntries(reasons.map((reason) => [reason, counts.get(reason) ?? 0]));
}
