/**
 * A definition that is linked from another, in the words of CTDL, schema.org, SKOS or JDX.
 */

import { address, declaredTypes, first, lastWord, text, types } from "./literal.js";
import { isObject } from "./place.js";
import { Scope, named } from "./scope.js";
import { tailOf } from "./site.js";
import { hasSpace } from "./text.js";

/** @typedef {import("./json.js").Json} Json */
/** @typedef {import("./mention.js").Draft} Draft */

// The members of a definition, those of the more precise vocabulary first.
export const URL = ["id", "@id", "url"];
/** The members in which a definition may have its CTID. */
export const CTID = ["ceterms:ctid", "ctid", "ceasn:ctid"];
const CODE = ["ceasn:codedNotation", "ceterms:codedNotation", "codedNotation", "termCode", "codeValue", "targetCode"];
/** The codes that any definition may have. */
export const NOTATION = ["ceasn:codedNotation", "ceterms:codedNotation", "codedNotation"];
/** The names that any definition may have. */
export const NAME = [
  "ceasn:competencyLabel",
  "competencyLabel",
  "ceterms:name",
  "name",
  "prefLabel",
  "title",
  "ceasn:competencyText",
  "competencyText",
];
const DESCRIPTION = ["ceasn:competencyText", "competencyText", "ceterms:description", "description"];
const FRAMEWORK = ["inDefinedTermSet", "inCodeSet", "inScheme", "ceasn:isPartOf", "isPartOf"];
/** Types that say only that a thing is a definition, or what stands in its place. */
const PLAIN_TYPES = ["Achievement", "BadgeClass", "Concept", "DefinedTerm", "Related"];

/**
 * The type that an object declares, as it is written, where it says more than that this is a definition.
 *
 * @param {Scope} scope
 */
export function declaredType(scope) {
  return first(declaredTypes(scope.object), (value) => {
    const written = text(value);
    return written === undefined || PLAIN_TYPES.includes(lastWord(written)) ? undefined : written;
  });
}

/**
 * Whether an object is a `ceterms:ConditionProfile`, which names definitions and is none.
 *
 * @param {Scope} scope
 */
export function isCondition(scope) {
  return types(scope.object).includes("ConditionProfile");
}

/**
 * Drafts a linked definition.
 *
 * @param {Draft} draft
 * @param {Scope} scope
 */
export function draftThing(draft, scope) {
  draft.url(scope.address(URL) ?? scope.words(CTID), tailOf(draft.site));
  draft.code(scope.words(CODE));
  draft.words("targetType", declaredType(scope));
  draft.words("targetName", scope.words(NAME));
  const description = scope.words(DESCRIPTION);
  if (description !== scope.words(NAME)) {
    draft.words("targetDescription", description);
  }
  draft.words("targetFramework", framework(scope));
}

/**
 * Drafts a linked definition that is a string: an identifier, or words.
 *
 * @param {Draft} draft
 * @param {Json} value
 */
export function draftText(draft, value) {
  const id = address(value);
  if (id !== undefined && !hasSpace(id) && (id.includes(":") || /^[/.?#]/.test(id))) {
    draft.url(id, tailOf(draft.site));
  } else {
    draft.words("targetName", id);
  }
}

/**
 * The framework, by its name or else by its address.
 *
 * @param {Scope} scope
 */
function framework(scope) {
  return first(FRAMEWORK, (name) => {
    const value = scope.object.get(name);
    if (!isObject(value)) {
      return address(value);
    }
    const words = new Scope(value, scope.language).words(["name", "prefLabel", "title", "ceasn:name"]);
    const own = first(["id", "@id", "url"], (key) => named(address(value.get(key))));
    return words ?? own ?? address(value);
  });
}
