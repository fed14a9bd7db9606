/**
 * What the form of an address gives away.
 *
 * All functions but `splitTail` and `namesAPerson` take a value as `plain` makes it.
 */

import { plain } from "./folding.js";
import { isPersonWord } from "./person.js";
import { trimEnd, trimStart, utf8 } from "./text.js";

/** Schemes that name a person, run code, or carry their content with them. */
const PERSON_SCHEMES = new Set([
  "about",
  "acct",
  "blob",
  "callto",
  "data",
  "facetime",
  "file",
  "im",
  "javascript",
  "mailto",
  "sip",
  "sips",
  "skype",
  "sms",
  "tel",
  "vbscript",
  "whatsapp",
  "xmpp",
]);

/** Ends of host names that exist only in somebody's own network. */
const PRIVATE_SUFFIXES = [
  ".localhost",
  ".local",
  ".internal",
  ".intranet",
  ".lan",
  ".home",
  ".home.arpa",
  ".corp",
];

/**
 * Why an identifier is withheld, whoever's badge it stands in.
 *
 * @param {string} value
 * @returns {string | undefined}
 */
export function reason(value) {
  const name = scheme(value);
  if ((name !== undefined && isPersonScheme(name, value)) || holdsPerson(value)) {
    return "personScheme";
  }
  const place = authority(value);
  if (place !== undefined && place.includes("@")) {
    return "userinfo";
  }
  if (value.includes("@")) {
    return "atSign";
  }
  const isPrivate = name === "localhost" || (place !== undefined && isPrivateHost(host(place)));
  return isPrivate ? "loopbackHost" : undefined;
}

/**
 * Divides a web address before its query or fragment; anything else is all head.
 *
 * @param {string} text
 * @returns {[string, string]}
 */
export function splitTail(text) {
  const start = text.search(/[?#]/);
  return start >= 0 && isWeb(text) ? [text.slice(0, start), text.slice(start)] : [text, ""];
}

/**
 * Whether a text begins as a web address; what is shorter than its first eight bytes does not.
 *
 * @param {string} text
 */
function isWeb(text) {
  const begin = trimStart(text);
  const bytes = utf8(begin.slice(0, 8));
  // The eighth byte has to end a character.
  const isCut = bytes.length < 8 || (bytes.length > 8 && (bytes[8] & 0xc0) === 0x80);
  return !isCut && /^https?:/i.test(begin);
}

/**
 * Whether the query or fragment of an address looks as if it named a person.
 *
 * @param {string} tail
 */
export function namesAPerson(tail) {
  return plain(tail)
    .split(/[?&;#/]/)
    .some((parameter) => {
      const at = parameter.indexOf("=");
      const [name, value] = at < 0 ? ["", parameter] : [parameter.slice(0, at), parameter.slice(at + 1)];
      const begin = scheme(value);
      return isPersonWord(name) || (begin !== undefined && isPersonScheme(begin, value));
    });
}

/**
 * Whether there is an identifier of a person inside a value, be it a longer address or a sentence.
 *
 * @param {string} value
 */
export function holdsPerson(value) {
  return ["mailto:", "did:key:", "did:peer:", "did:jwk:"].some((name) => value.includes(name));
}

/**
 * Whether a word has the form of a mail address.
 *
 * @param {string} word
 */
export function isMailLike(word) {
  const at = word.indexOf("@");
  return at > 0 && word.slice(at + 1).includes(".");
}

/**
 * A DID passes only with the method `web`: the others are made by whoever they name.
 *
 * @param {string} name
 * @param {string} value
 */
function isPersonScheme(name, value) {
  return PERSON_SCHEMES.has(name) || (name === "did" && !value.startsWith("did:web:"));
}

/** @param {string} value */
function scheme(value) {
  return /^([a-z][A-Za-z0-9+.-]*):/.exec(value)?.[1];
}

/** @param {string} value */
function authority(value) {
  const name = scheme(value);
  const start = name === undefined ? value : value.slice(name.length + 1);
  return start.startsWith("//") ? start.slice(2).split(/[/?#]/)[0] : undefined;
}

/**
 * The host in an authority without a user.
 *
 * @param {string} place
 */
function host(place) {
  if (place.startsWith("[")) {
    return place.slice(1).split("]")[0];
  }
  return trimEnd(place.split(":")[0], (character) => character === ".");
}

/** @param {string} name */
function isPrivateHost(name) {
  const four = ipv4(name);
  if (four !== undefined) {
    return isPrivateV4(four);
  }
  const six = ipv6(name);
  if (six !== undefined) {
    return isPrivateV6(six);
  }
  // No public host name ends in a number: what is left is an address in an odd spelling.
  const last = name.split(".").at(-1) ?? "";
  const isOddAddress = /^[0-9]/.test(last) && /^(?:0x)?[0-9a-fA-F]*$/.test(last);
  return !name.includes(".") || isOddAddress || PRIVATE_SUFFIXES.some((suffix) => name.endsWith(suffix));
}

/**
 * @param {string} text
 * @returns {number[] | undefined}
 */
function ipv4(text) {
  const parts = text.split(".");
  const isAddress = parts.length === 4 && parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part));
  const octets = parts.map(Number);
  return isAddress && octets.every((octet) => octet < 256) ? octets : undefined;
}

/**
 * The eight numbers of an address of version 6, whose last two may be written as one of version 4.
 *
 * @param {string} text
 * @returns {number[] | undefined}
 */
function ipv6(text) {
  const halves = text.split("::");
  const groups = halves.map((half, at) => ipv6Groups(half, at === halves.length - 1));
  const [before, after] = groups;
  if (halves.length > 2 || before === undefined || (halves.length === 2 && after === undefined)) {
    return undefined;
  }
  if (halves.length === 1) {
    return before.length === 8 ? before : undefined;
  }
  const missing = 8 - before.length - after.length;
  return missing >= 1 ? [...before, ...Array(missing).fill(0), ...after] : undefined;
}

/**
 * @param {string} text
 * @param {boolean} isLast
 * @returns {number[] | undefined}
 */
function ipv6Groups(text, isLast) {
  if (text === "") {
    return [];
  }
  const parts = text.split(":");
  const four = isLast ? ipv4(parts.at(-1) ?? "") : undefined;
  const plainParts = four === undefined ? parts : parts.slice(0, -1);
  if (!plainParts.every((part) => /^[0-9a-fA-F]{1,4}$/.test(part))) {
    return undefined;
  }
  const numbers = plainParts.map((part) => Number.parseInt(part, 16));
  return four === undefined
    ? numbers
    : [...numbers, four[0] * 256 + four[1], four[2] * 256 + four[3]];
}

/** @param {number[]} octets */
function isPrivateV4([first, second]) {
  return (
    first === 0 ||
    first === 10 ||
    first === 127 ||
    (first === 100 && second >= 64 && second < 128) ||
    (first === 172 && second >= 16 && second < 32) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254)
  );
}

/** @param {number[]} groups */
function isPrivateV6(groups) {
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && [0, 0xffff].includes(groups[5]);
  if (isMapped) {
    return isPrivateV4([groups[6] >> 8, groups[6] & 0xff]);
  }
  return (groups[0] & 0xfe00) === 0xfc00 || (groups[0] & 0xffc0) === 0xfe80;
}
