/**
 * The tags of a picture, one after the other, and nothing between them.
 */

import { markup as problem } from "./error.js";

/**
 * A tag as it is written.
 *
 * @typedef {object} Tag
 * @property {"opens" | "closes" | "empty"} kind What it does to the elements that are open.
 * @property {number} start Where it starts.
 * @property {string} text From `<` to `>`.
 * @property {number} attributes How many attributes it has at most: one for each text in quotes.
 */

/** What begins like a tag and is none, and how it ends. */
const PASSED_OVER = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
];

/**
 * The name of a tag with its prefix.
 *
 * @param {Tag} tag
 */
export function nameOf(tag) {
  return tag.text.replace(/^[</]+/, "").split(/[ \t\n\f\r/>]/)[0];
}

/**
 * The name of a tag without its prefix.
 *
 * @param {Tag} tag
 */
export function localNameOf(tag) {
  return nameOf(tag).split(":").at(-1) ?? "";
}

/**
 * Walks through markup; a document type is passed over if it says nothing but where it stands.
 *
 * @param {string} markup
 * @returns {Generator<Tag, void>}
 */
export function* tagsOf(markup) {
  for (let start = markup.indexOf("<"); start >= 0; ) {
    const passed = PASSED_OVER.find(([open]) => markup.startsWith(open, start));
    if (passed !== undefined) {
      const end = markup.indexOf(passed[1], start + passed[0].length);
      if (end < 0) {
        throw problem("it ends in the middle");
      }
      start = markup.indexOf("<", end + passed[1].length);
      continue;
    }
    const tag = tagAt(markup, start);
    if (!tag.text.startsWith("<!")) {
      yield tag;
    }
    start = markup.indexOf("<", start + tag.text.length);
  }
}

/**
 * The tag, or the document type, that stands at a place: up to the first `>` outside quotes.
 *
 * @param {string} markup
 * @param {number} start
 * @returns {Tag}
 */
function tagAt(markup, start) {
  const isDeclaration = markup.startsWith("<!", start);
  const sign = /["'[>]/g;
  let attributes = 0;
  for (sign.lastIndex = start; ; ) {
    const found = sign.exec(markup);
    if (found === null) {
      throw problem("it ends in the middle");
    }
    if (found[0] === ">") {
      const text = markup.slice(start, found.index + 1);
      return { kind: kindOf(text), start, text, attributes };
    }
    if (found[0] === "[") {
      if (isDeclaration) {
        throw problem("it declares entities or elements of its own");
      }
      continue;
    }
    attributes += 1;
    const end = markup.indexOf(found[0], found.index + 1);
    if (end < 0) {
      throw problem("it ends in the middle");
    }
    sign.lastIndex = end + 1;
  }
}

/**
 * @param {string} text
 * @returns {"opens" | "closes" | "empty"}
 */
function kindOf(text) {
  if (text.startsWith("</")) {
    return "closes";
  }
  return text.endsWith("/>") ? "empty" : "opens";
}
