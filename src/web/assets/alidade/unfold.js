/**
 * The credentials inside others: every string that is one is replaced by what it holds.
 *
 * A presentation lists tokens, a learner record has whole documents in its payload, an enveloped credential is a `data:` URL.
 * What cannot be opened stays a string, and is counted by whoever reads on. Nothing is unfolded where people speak about the
 * learner: proofs, evidence, endorsements, pictures.
 */

import { compactPayload } from "./compact_jws.js";
import { dataText } from "./data_url.js";
import { ExtractionError, tooLarge } from "./error.js";
import { DEEPEST_NESTING, Tally, parse, unlessNotJson } from "./json.js";
import { isJsonJws, jsonPayload } from "./json_jws.js";
import { asString, isObject } from "./place.js";
import { selectivePayload } from "./sd_jwt.js";
import { trimStart, utf8 } from "./text.js";
import { textFormat } from "./token.js";

/** @typedef {import("./json.js").Json} Json */
/** @typedef {import("./place.js").JsonObject} JsonObject */

/**
 * What a value is to the object that holds it: anything; a credential, or a list of them; a `learnerRecord` of a T3 wrapper,
 * the `payload` of one, and the `data` of that.
 *
 * @typedef {"plain" | "credential" | "record" | "payload" | "data"} Role
 */

/**
 * How far inside the tree, and inside how many tokens, a value stands; and the count of all values.
 *
 * @typedef {{levels: number, layers: number, tally: Tally}} Depth
 */

/** How many credentials may be signed inside each other. */
const MOST_LAYERS = 8;

/** The members whose strings are credentials. */
const CREDENTIALS = [
  "assertion",
  "assertions",
  "compactJwsString",
  "compactJwsStrings",
  "credential",
  "credentials",
  "otherW3CVerifiableCredential",
  "signedAssertion",
  "signedAssertions",
  "vc",
  "verifiableCredential",
  "verifications",
  "vp",
];

/** The members that are never looked into. */
const SKIPPED = ["@context", "attachments", "displayParameter", "evidence", "image", "proof", "signatures"];

/**
 * Unfolds a tree. The members of a list at its root are credentials.
 *
 * @param {Json} tree
 * @returns {Json}
 */
export function unfold(tree) {
  const tally = new Tally();
  tally.add(tree);
  return visited(tree, "credential", { levels: 0, layers: 0, tally });
}

/**
 * Takes the content out of a token; `undefined` if a text is no token.
 *
 * @param {string} text
 * @param {number} room
 * @returns {JsonObject | undefined}
 */
export function tokenPayload(text, room) {
  switch (textFormat(text)) {
    case "compactJws":
      return compactPayload(text, room);
    case "sdJwt":
      return selectivePayload(text, room);
    default:
      return undefined;
  }
}

/**
 * @param {Json} value
 * @param {Role} role
 * @param {Depth} depth
 * @returns {Json}
 */
function visited(value, role, depth) {
  if (typeof value === "string") {
    const content = opened(value, role, room(depth));
    if (content === undefined) {
      return value;
    }
    depth.tally.add(content);
    return visited(content, "plain", inside(depth));
  }
  if (Array.isArray(value)) {
    return value.map((member) => visited(member, role, below(depth)));
  }
  if (isObject(value)) {
    visitObject(value, role, below(depth));
  }
  return value;
}

/**
 * @param {JsonObject} object
 * @param {Role} role
 * @param {Depth} depth The depth of its members.
 */
function visitObject(object, role, depth) {
  const unfolded = unfoldObject(object, room(depth));
  for (const [key, member] of object) {
    if (isSkipped(key)) {
      continue;
    }
    const isOpened = key === unfolded;
    if (isOpened) {
      depth.tally.add(member);
    }
    object.set(key, visited(member, isOpened ? "plain" : roleOfMember(role, key), isOpened ? inside(depth) : depth));
  }
}

/**
 * Unfolds an object that is as a whole an envelope.
 *
 * @param {JsonObject} object
 * @param {number} room
 * @returns {string | undefined} The name of the member that was opened.
 */
function unfoldObject(object, room) {
  if (isEnveloped(object)) {
    const text = dataText(asString(object.get("id")) ?? "");
    return put(object, "id", text === undefined ? undefined : documentIn(text, room));
  }
  return isJsonJws(object) ? put(object, "payload", lenient(() => jsonPayload(object, room))) : undefined;
}

/**
 * @param {JsonObject} object
 * @param {string} key
 * @param {Json | undefined} content
 */
function put(object, key, content) {
  if (content === undefined) {
    return undefined;
  }
  object.set(key, content);
  return key;
}

/** @param {JsonObject} object */
function isEnveloped(object) {
  const type = object.has("type") ? object.get("type") : object.get("@type");
  const names = Array.isArray(type) ? type : [type];
  const isOne = (/** @type {Json | undefined} */ name) =>
    typeof name === "string" && /(?:^|[#/:])EnvelopedVerifiable(?:Credential|Presentation)$/.test(name);
  return names.some(isOne);
}

/**
 * @param {Role} role
 * @param {string} key
 * @returns {Role}
 */
function roleOfMember(role, key) {
  if (role === "record" && key === "payload") {
    return "payload";
  }
  if (role === "payload" && key === "data") {
    return "data";
  }
  if (key === "learnerRecord") {
    return "record";
  }
  return CREDENTIALS.includes(key) ? "credential" : "plain";
}

/** @param {string} key */
function isSkipped(key) {
  return SKIPPED.includes(key) || /endorsement/i.test(key);
}

/**
 * What a string at a place holds, if it can be opened.
 *
 * @param {string} text
 * @param {Role} role
 * @param {number} room
 * @returns {Json | undefined}
 */
function opened(text, role, room) {
  if (role === "credential") {
    return lenient(() => tokenPayload(text, room));
  }
  return role === "data" ? documentIn(text, room) : undefined;
}

/**
 * What a text holds that may be a token or JSON.
 *
 * @param {string} text
 * @param {number} room
 * @returns {Json | undefined}
 */
function documentIn(text, room) {
  if (textFormat(text) !== undefined) {
    return lenient(() => tokenPayload(text, room));
  }
  const begins = trimStart(text);
  const isJson = begins.startsWith("{") || begins.startsWith("[");
  return isJson ? unlessNotJson(() => parse(utf8(text), room)) : undefined;
}

/**
 * A token that is broken stays what it is; one that passes a limit is refused.
 *
 * @template Content
 * @param {() => Content} open
 * @returns {Content | undefined}
 */
function lenient(open) {
  try {
    return open();
  } catch (error) {
    if (error instanceof ExtractionError && error.code !== "tooLarge") {
      return undefined;
    }
    throw error;
  }
}

/** @param {Depth} depth */
function below({ levels, layers, tally }) {
  return { levels: levels + 1, layers, tally };
}

/**
 * Inside what was just opened.
 *
 * @param {Depth} depth
 */
function inside({ levels, layers, tally }) {
  if (layers >= MOST_LAYERS) {
    throw tooLarge("layers");
  }
  return { levels, layers: layers + 1, tally };
}

/**
 * How deep a value that is put here may be nested.
 *
 * @param {Depth} depth
 */
function room({ levels }) {
  return Math.max(0, DEEPEST_NESTING - levels);
}
