/**
 * The forms of identifiers that belong to public registries and frameworks.
 */

import { trim } from "./text.js";

/** Path segments behind which a CASE server writes the identifier of an entity. */
const CASE_SEGMENTS = new Set([
  "uri",
  "cfassociations",
  "cfconcepts",
  "cfdocuments",
  "cfitems",
  "cfitemtypes",
  "cfpackages",
  "cfrubriccriteria",
  "cfrubriccriterionlevels",
  "cfrubrics",
  "cfsubjects",
]);

/** Hosts of public registries; their subdomains count too. */
const HOSTS = [
  "casenetwork.1edtech.org",
  "caseregistry.imsglobal.org",
  "credentialengine.org",
  "credentialengineregistry.org",
  "credentialfinder.org",
  "credreg.net",
];

const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/;
const CTID = /(?<![a-z0-9])ce-[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![a-z0-9])/i;

/**
 * Whether an identifier has the form of one of a public registry or framework, whoever wrote it.
 *
 * @param {string} identifier
 */
export function isPublic(identifier) {
  return publicPart(identifier) !== undefined;
}

/**
 * What of an identifier belongs to a public registry or framework, whoever wrote it; nothing, if it has no such form.
 *
 * The rule, on the text in lower case (ASCII) and without white space around it; the first of these that holds counts:
 *
 * 1. it begins with `http://` or `https://`, and its host (up to the next `/ ? # :`) is, or ends in a dot and, one of `HOSTS`: all
 *    of it;
 * 2. it begins so, its host is `data.europa.eu`, and its path begins with `/esco/` or `/snb/`: all of it;
 * 3. it holds a CTID, `ce-` and a UUID, with no letter or digit before or behind: the CTID alone, since whoever wrote what is
 *    around it may have written a learner into it;
 * 4. it begins with `http://` or `https://`, and one of the segments of its path (up to `?` or `#`) is one of `CASE_SEGMENTS`, and
 *    the next holds a UUID: all of it;
 * 5. it begins so, and two segments of its path are `api` and `skills`, and the next holds a UUID: all of it.
 *
 * A bare UUID, or a `urn:uuid:`, is not public: anybody may coin one for anything.
 *
 * @param {string} identifier
 * @returns {string | undefined}
 */
export function publicPart(identifier) {
  const id = trim(identifier);
  const rest = /^https?:\/\/(.*)$/s.exec(asciiLower(id))?.[1];
  if (rest !== undefined && isAtRegistry(rest)) {
    return id;
  }
  return ctid(id) ?? (rest !== undefined && isOfFramework(rest) ? id : undefined);
}

/**
 * Whether an address, without its scheme, is one of a public registry.
 *
 * @param {string} rest
 */
function isAtRegistry(rest) {
  const host = rest.split(/[/?#:]/)[0];
  const segments = path(rest);
  if (host === "data.europa.eu") {
    return ["esco", "snb"].includes(segments[0]) && segments.length > 1;
  }
  return HOSTS.some((known) => host === known || host.endsWith(`.${known}`));
}

/**
 * Whether an address, without its scheme, has the form in which servers of frameworks write the addresses of entities.
 *
 * @param {string} rest
 */
function isOfFramework(rest) {
  const segments = path(rest);
  return segments.some((segment, at) => {
    const [next, afterNext] = [segments[at + 1] ?? "", segments[at + 2] ?? ""];
    const isCase = CASE_SEGMENTS.has(segment) && UUID.test(next);
    return isCase || (segment === "api" && next === "skills" && UUID.test(afterNext));
  });
}

/**
 * The segments of the path of an address without its scheme.
 *
 * @param {string} rest
 */
function path(rest) {
  return rest.split(/[?#]/)[0].split("/").slice(1);
}

/**
 * Whether a text holds a CTID that is no part of a longer word.
 *
 * @param {string} text
 */
export function holdsCtid(text) {
  return CTID.test(text);
}

/**
 * The first CTID in a text that is no part of a longer word, as it is written.
 *
 * @param {string} text
 * @returns {string | undefined}
 */
export function ctid(text) {
  return CTID.exec(text)?.[0];
}

/**
 * A text with the letters of ASCII in lower case.
 *
 * @param {string} text
 */
export function asciiLower(text) {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
