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
const CTID = /(?<![a-z0-9])ce-[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![a-z0-9])/;

/**
 * Whether an identifier has the form of one of a public registry or framework, whoever wrote it.
 *
 * The rule, on the text in lower case (ASCII) and without white space around it; any of these suffices:
 *
 * 1. it holds a CTID: `ce-` and a UUID, with no letter or digit before or behind;
 * 2. it begins with `http://` or `https://`, and its host (up to the next `/ ? # :`) is, or ends in a dot and, one of `HOSTS`;
 * 3. it begins so, its host is `data.europa.eu`, and its path begins with `/esco/` or `/snb/`;
 * 4. it begins so, and one of the segments of its path (up to `?` or `#`) is one of `CASE_SEGMENTS`, and the next holds a UUID;
 * 5. it begins so, and two segments of its path are `api` and `skills`, and the next holds a UUID.
 *
 * A bare UUID, or a `urn:uuid:`, is not public: anybody may coin one for anything.
 *
 * @param {string} identifier
 */
export function isPublic(identifier) {
  const id = asciiLower(trim(identifier));
  if (holdsCtid(id)) {
    return true;
  }
  if (!id.startsWith("https://") && !id.startsWith("http://")) {
    return false;
  }
  const rest = id.slice(id.indexOf("//") + 2);
  const host = rest.split(/[/?#:]/)[0];
  const segments = rest.split(/[?#]/)[0].split("/").slice(1);
  if (HOSTS.some((known) => host === known || host.endsWith(`.${known}`))) {
    return true;
  }
  if (host === "data.europa.eu") {
    return ["esco", "snb"].includes(segments[0]) && segments.length > 1;
  }
  return segments.some((segment, at) => {
    const [next, afterNext] = [segments[at + 1] ?? "", segments[at + 2] ?? ""];
    const isCase = CASE_SEGMENTS.has(segment) && UUID.test(next);
    return isCase || (segment === "api" && next === "skills" && UUID.test(afterNext));
  });
}

/**
 * Whether a text holds a CTID that is no part of a longer word; the text is in lower case.
 *
 * @param {string} text
 */
export function holdsCtid(text) {
  return CTID.test(text);
}

/**
 * The word of a text that has a CTID in it: words around it are about who knows what.
 *
 * @param {string} text
 */
export function wordWithCtid(text) {
  return text.split(/[ \t\n\f\r]+/).find((word) => holdsCtid(asciiLower(word)));
}

/**
 * A text with the letters of ASCII in lower case.
 *
 * @param {string} text
 */
export function asciiLower(text) {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
