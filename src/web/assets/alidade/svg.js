/**
 * A baked SVG picture: a credential in an element of its own.
 *
 * Open Badges 3.0 and CLR 2.0 [bake](https://www.imsglobal.org/spec/ob/v3p0/#svg) into `<credential>`, Open Badges 2.0 into
 * `<assertion>`: a token in `verify`, or JSON in the body. The markup is walked tag by tag, and only that element, inside the
 * tags it stands in, is given to the parser: so the size of a picture, its depth and what is broken behind the credential do
 * not matter. No entity but the five of XML is known, and no document type is read.
 */

import { hostedUrl, markup, tooLarge, unbaked, unknownContainer } from "./error.js";
import { localNameOf, nameOf, tagsOf } from "./tags.js";
import { decoded, length, trim } from "./text.js";
import { textFormat } from "./token.js";

/** @typedef {import("./tags.js").Tag} Tag */

/** How deep elements may be nested. */
const DEEPEST_NESTING = 100;
/** How many elements are tried that are named as one with a credential is. */
const MOST_CANDIDATES = 16;
/** How long the element with the credential may be, in bytes: JSON of 2 MB, and what escapes add to it. */
const LONGEST_ELEMENT = 4 * 1024 * 1024;
/** How many nodes the parser may make of it. */
const MOST_NODES = 10_000;
/** How many attributes it and the tags around it may have. */
const MOST_ATTRIBUTES = 500;

/** The elements that hold credentials: their namespaces, without the scheme and a slash at the end, and their names. */
const ELEMENTS = [
  ["openbadges.org", "assertion"],
  ["purl.imsglobal.org/ob/v3p0", "credential"],
  ["purl.imsglobal.org/clr/v2p0", "credential"],
];

/** Their names. */
const NAMES = new Set(ELEMENTS.map(([, name]) => name));

/**
 * Takes the credential out of a picture.
 *
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function bakedSvg(bytes) {
  const picture = decoded(bytes);
  if (picture === undefined) {
    throw markup("it is not written in UTF-8");
  }
  const tags = tagsOf(picture);
  const first = tags.next().value;
  if (!first || localNameOf(first) !== "svg" || first.kind === "closes") {
    throw unknownContainer("an XML or HTML document");
  }
  const open = first.kind === "opens" ? [first] : [];
  let hasAddress = false;
  for (let tried = 0; tried < MOST_CANDIDATES; tried += 1) {
    const element = nextCandidate(picture, tags, open);
    if (element === undefined) {
      break;
    }
    const text = credential(element);
    if (text !== undefined && textFormat(text) !== "address") {
      return text;
    }
    hasAddress ||= text !== undefined;
  }
  throw hasAddress ? hostedUrl() : unbaked("SVG");
}

/**
 * The next element that is named as one with a credential is, inside the tags it stands in.
 *
 * @param {string} picture
 * @param {Generator<Tag, void>} tags
 * @param {Tag[]} open The tags that are open.
 * @returns {string | undefined}
 */
function nextCandidate(picture, tags, open) {
  /** @type {{depth: number, at: number} | undefined} */
  let start;
  let attributes = 0;
  // A loop over the generator would end it, and the next candidate could not be asked for.
  for (let next = tags.next(); !next.done; next = tags.next()) {
    const tag = next.value;
    const isCandidate = tag.kind !== "closes" && NAMES.has(localNameOf(tag));
    if (start === undefined && isCandidate) {
      start = { depth: open.length, at: tag.start };
      attributes = open.reduce((sum, outer) => sum + outer.attributes, 0);
    }
    attributes += tag.attributes;
    follow(tag, open);
    if (start !== undefined && open.length <= start.depth) {
      if (attributes > MOST_ATTRIBUTES) {
        throw markup("it has more than 500 attributes around its credential");
      }
      return cutOut(picture.slice(start.at, tag.start + tag.text.length), open);
    }
  }
  if (open.length > 0) {
    throw markup("it ends in the middle");
  }
  return undefined;
}

/**
 * @param {Tag} tag
 * @param {Tag[]} open
 */
function follow(tag, open) {
  if (tag.kind === "opens" && open.length === DEEPEST_NESTING) {
    throw tooLarge("nesting");
  }
  if (tag.kind === "opens") {
    open.push(tag);
  } else if (tag.kind === "closes") {
    open.pop();
  }
}

/**
 * An element and the tags that are open around it, as a document of its own.
 *
 * @param {string} element
 * @param {Tag[]} open
 */
function cutOut(element, open) {
  const around = open.reduce((sum, tag) => sum + length(tag.text) * 2, 0);
  if (length(element) + around > LONGEST_ELEMENT) {
    throw tooLarge("baked");
  }
  const before = open.map((tag) => tag.text).join("");
  const after = open.map((tag) => `</${nameOf(tag)}>`).reverse();
  return before + element + after.join("");
}

/**
 * What the element in a document holds: a credential, or only the address of one.
 *
 * @param {string} text
 * @returns {string | undefined}
 */
function credential(text) {
  const document = new DOMParser().parseFromString(text, "text/xml");
  // Some browsers let a bracket inside a tag pass.
  const isBroken = document.querySelector("parsererror") !== null || hasBracketInTag(text);
  if (isBroken || nodesOf(document) > MOST_NODES) {
    throw markup("the element of its credential is not well-formed");
  }
  const element = [...document.getElementsByTagName("*")].find(isCredential);
  if (element === undefined) {
    return undefined;
  }
  const verify = trim(element.getAttribute("verify") ?? "");
  const body = element.textContent ?? "";
  const format = textFormat(verify);
  if (verify !== "" && format !== undefined && format !== "address") {
    return verify;
  }
  if (trim(body) === "") {
    return verify === "" ? undefined : verify;
  }
  return body;
}

/** @param {string} text */
function hasBracketInTag(text) {
  return [...tagsOf(text)].some((tag) => tag.text.lastIndexOf("<") > 0);
}

/** @param {Document} document */
function nodesOf(document) {
  const walker = document.createTreeWalker(document);
  let count = 1;
  while (walker.nextNode() !== null) {
    count += 1;
  }
  return count;
}

/** @param {Element} element */
function isCredential(element) {
  const namespace = /^https?:\/\/(.*?)\/*$/s.exec(element.namespaceURI ?? "")?.[1];
  return ELEMENTS.some(([home, name]) => home === namespace && name === element.localName);
}
