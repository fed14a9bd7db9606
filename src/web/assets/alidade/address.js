/**
 * What the form of an address gives away.
 *
 * All functions but `splitTail` and `namesAPerson` take a value as `plain` makes it.
 */

import { decoded, isAlphanumeric, key, plain } from "./folding.js";
import { isPersonWord } from "./person.js";
import { trimEnd, trimStart, utf8, words } from "./text.js";

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

/** Segments of a path behind which somebody stands, each also with an `s` at its end. */
const PERSON_SEGMENTS = new Set([
  "candidate",
  "earner",
  "employee",
  "holder",
  "learner",
  "member",
  "people",
  "person",
  "pupil",
  "recipient",
  "student",
  "user",
]);

/** Parameters of a query that name an award, and so whoever has it. */
const AWARD_PARAMETERS = new Set([
  "award",
  "awardid",
  "certificate",
  "certificateid",
  "credential",
  "credentialid",
]);

/**
 * Why an identifier is withheld, whoever's badge it stands in.
 *
 * @param {string} value
 * @returns {string | undefined}
 */
export function reason(value) {
  const name = scheme(value);
  const isPerson = name !== undefined && isPersonScheme(name, value);
  // What stands in the tail of an address is cut with it.
  const holds = holdsPerson(value) || holdsHandle(splitTail(value)[0]);
  if (isPerson || holds || isTelephone(value)) {
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
  if (isPrivate) {
    return "loopbackHost";
  }
  return leadsToAPerson(splitTail(value)[0]) ? "personQuery" : undefined;
}

/**
 * Why words are withheld for an address among them: one alone is judged as any other, one in a sentence by the person whom it
 * names.
 *
 * @param {string} value
 * @returns {string | undefined}
 */
export function reasonInWords(value) {
  for (const word of words(value)) {
    const start = word.search(/https?:\/\//);
    const address = start < 0 ? "" : word.slice(start);
    const [head, tail] = splitTail(address);
    if (namesAPerson(tail) || leadsToAPerson(head)) {
      return "personQuery";
    }
    const hasUser = address !== "" && authority(address)?.includes("@");
    const found = (address === value ? reason(value) : undefined) ?? (hasUser ? "userinfo" : undefined);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
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
 * Whether a word is an address, or a path of one.
 *
 * @param {string} value
 */
export function isAddress(value) {
  return value.includes("://") || value.startsWith("/") || value.startsWith("urn:");
}

/**
 * Shorter forms in which an identifier is still the same: without query and fragment, without the suffix of a file, and the part
 * of a `did:web` behind its method. A bare host is none.
 *
 * @param {string} value
 */
export function shorter(value) {
  const [head] = splitTail(value);
  const forms = [head, head.replace(/\.(?:json|html)$/, "")].filter((form) => key(form).includes("/"));
  const did = value.startsWith("did:web:") ? value.slice("did:web:".length) : "";
  return (did.includes(":") ? [...forms, did] : forms).filter((form) => form !== value);
}

/**
 * Whether the query or fragment of an address looks as if it named a person.
 *
 * @param {string} tail
 */
export function namesAPerson(tail) {
  const folded = plain(tail);
  return leadsToAPerson(folded) || holdsHandle(folded) || folded.split(/[?&;#/]/).some(isAboutAPerson);
}

/** @param {string} parameter */
function isAboutAPerson(parameter) {
  const at = parameter.indexOf("=");
  const [name, value] = at < 0 ? ["", parameter] : [parameter.slice(0, at), parameter.slice(at + 1)];
  const begin = scheme(value);
  const isAward = AWARD_PARAMETERS.has(name.replace(/[^A-Za-z]/g, ""));
  return isPersonWord(name) || isAward || (begin !== undefined && isPersonScheme(begin, value));
}

/**
 * Whether a segment of a path is about people, and another stands behind it: `/users/ada`.
 *
 * @param {string} value
 */
function leadsToAPerson(value) {
  const segments = value.split(/[/#]/);
  return segments.some((segment, at) => {
    const isPerson = PERSON_SEGMENTS.has(segment.replace(/s$/, ""));
    return isPerson && segments[at + 1] !== undefined && segments[at + 1] !== "";
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
 * Whether a DID of a method other than `web`, or a telephone number, stands in a value as a word of its own.
 *
 * @param {string} value
 */
export function holdsHandle(value) {
  return hasBehind(value, "did:", /^(?!web:)[A-Za-z0-9]+:/) || hasBehind(value, "tel:", /^[+0-9]/);
}

/**
 * Whether a certain text stands behind a scheme that is a word of its own.
 *
 * @param {string} value
 * @param {string} name
 * @param {RegExp} rest
 */
function hasBehind(value, name, rest) {
  for (let at = value.indexOf(name); at >= 0; at = value.indexOf(name, at + name.length)) {
    const isWord = !isAlphanumeric([...value.slice(Math.max(0, at - 2), at)].at(-1));
    if (isWord && rest.test(value.slice(at + name.length, at + name.length + 100))) {
      return true;
    }
  }
  return false;
}

/**
 * Whether a value is a telephone number with its country: a plus, and eight digits or more.
 *
 * @param {string} value
 */
function isTelephone(value) {
  return value.startsWith("+") && /^[0-9]{8,}$/.test(value.slice(1).replace(/[ \-./()]/g, ""));
}

/**
 * Whether a compact JWS stands in a text, as it is written or once it is decoded: a run of base64url that begins with `{"`, and
 * two full stops.
 *
 * @param {string} text
 */
export function holdsToken(text) {
  return isTokenIn(text) || isTokenIn(decoded(text));
}

/** @param {string} text */
function isTokenIn(text) {
  return text.split(/[^A-Za-z0-9_.-]/).some((run) => {
    const parts = run.split(".");
    const first = parts.findIndex((part) => part.startsWith("eyJ"));
    return first >= 0 && parts.length - first > 2;
  });
}

/**
 * Whether a word has the form of a mail address, or of a name at a host: `@ada@people.example`.
 *
 * @param {string} word
 */
export function isMailLike(word) {
  const at = word.indexOf("@", 1);
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
