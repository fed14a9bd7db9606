/**
 * The organization behind a credential or a definition, by its identifier alone.
 */

import { address, first } from "./literal.js";
import { isObject } from "./place.js";
import { asciiLower, holdsCtid } from "./public.js";
import { describesAPerson } from "./told.js";

/** Members by which an organization may be named; what it is the same as in a registry says more than its own name. */
const IDENTIFIERS = ["owl:sameAs", "sameAs", "id", "@id", "url"];

/**
 * Drafts the identifier of an organization: a CTID, a web address or a `did:web`. A DID of another method is tried too, so that
 * it is counted; any other word or number says nothing that can be compared.
 *
 * @param {import("./mention.js").Draft} draft
 * @param {import("./json.js").Json} member
 */
export function draftOrganization(draft, member) {
  if (isObject(member) && describesAPerson(member)) {
    draft.withhold("selfIssuer");
    return;
  }
  const id = isObject(member)
    ? first(IDENTIFIERS, (name) => identifier(address(member.get(name))))
    : identifier(address(member));
  draft.url(id, "cut");
}

/** @param {string | undefined} text */
function identifier(text) {
  const lower = asciiLower(text ?? "");
  const isNamed = ["https://", "http://", "did:"].some((start) => lower.startsWith(start));
  return isNamed || holdsCtid(lower) ? text : undefined;
}
