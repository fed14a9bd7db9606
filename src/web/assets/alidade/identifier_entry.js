/**
 * The other identifiers of a definition.
 */

import { text } from "./literal.js";
import { isPersonWord } from "./person.js";
import { asString, memberOf } from "./place.js";

/** @typedef {import("./json.js").Json} Json */
/** @typedef {import("./mention.js").Draft} Draft */

/**
 * The types of an [`IdentifierEntry`](https://www.imsglobal.org/spec/ob/v3p0/#identifierentry) that identify things; all others
 * identify, or may identify, people.
 */
const THING_IDENTIFIERS = ["identifier", "systemId", "productId", "isbn", "issn"];
/** The type of the entry that says who coined the entry beside it. */
const AGENCY = "ext:schemeAgencyId";

/**
 * Whether an entry says who coined the entry beside it.
 *
 * @param {Json | undefined} entry
 */
export function isAgency(entry) {
  return memberOf(entry, "identifierType") === AGENCY;
}

/**
 * Drafts one entry, with the agency that the entry beside it names.
 *
 * @param {Draft} draft
 * @param {import("./place.js").JsonObject} entry
 * @param {Json | undefined} beside
 */
export function draftEntry(draft, entry, beside) {
  const kind = asString(entry.get("identifierType")) ?? "";
  const isExtension = kind.startsWith("ext:") && !isPersonWord(kind.slice("ext:".length));
  if (!THING_IDENTIFIERS.includes(kind) && !isExtension) {
    draft.withhold("personIdentifierType");
    return;
  }
  addressOrCode(draft, text(entry.get("identifier")), "cut");
  if (draft.hasIdentifier()) {
    draft.words("targetType", kind);
    draft.words("targetFramework", isAgency(beside) ? text(memberOf(beside, "identifier")) : undefined);
  }
}

/**
 * Drafts what is an address, or else a code.
 *
 * @param {Draft} draft
 * @param {string | undefined} identifier
 * @param {"cut" | "keep"} tail
 */
export function addressOrCode(draft, identifier, tail) {
  if (identifier?.includes("://")) {
    draft.url(identifier, tail);
  } else {
    draft.code(identifier);
  }
}
