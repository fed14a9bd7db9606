/**
 * Where in the document something stands, and the members of what may be one thing or a list.
 */

/** @typedef {import("./json.js").Json} Json */
/** @typedef {Map<string, Json>} JsonObject */

/** The names of members that may stand in a pointer wherever they are met. */
const WORDS = new Set([
  "AnnotatedDefinedTerm",
  "JDXjobDescription",
  "Verification",
  "about",
  "achievement",
  "achievements",
  "alignment",
  "alignments",
  "annotation",
  "assertions",
  "assesses",
  "award",
  "awards",
  "badge",
  "ceasn:codedNotation",
  "ceasn:ctid",
  "ceterms:ctid",
  "certification",
  "certifications",
  "claim",
  "claims",
  "competencies",
  "competency",
  "competencyId",
  "competencyIds",
  "competencyRequired",
  "course",
  "courses",
  "credential",
  "credentialSubject",
  "credentials",
  "ctid",
  "data",
  "degree",
  "degrees",
  "education",
  "educationAndLearning",
  "educationAndLearnings",
  "employmentHistories",
  "hasAchieved",
  "hasClaim",
  "hasCredential",
  "hasPart",
  "hasSkill",
  "id",
  "identifier",
  "items",
  "job",
  "knowledge",
  "knows",
  "learnerRecord",
  "learningOutcome",
  "learningOutcomes",
  "lerrsType",
  "license",
  "licenses",
  "microcredential",
  "outcome",
  "outcomes",
  "payload",
  "positionHistories",
  "positionOpening",
  "positionPreferences",
  "positionProfiles",
  "program",
  "qualification",
  "qualifications",
  "requires",
  "responsibilities",
  "result",
  "results",
  "sameAs",
  "signedAssertions",
  "skill",
  "skills",
  "standards",
  "subject",
  "target",
  "targetCode",
  "targetUrl",
  "task",
  "tasks",
  "taxonomyIds",
  "teaches",
  "training",
  "url",
  "verifiableCredential",
  "verifications",
]);

/**
 * A place in a JSON document, as a [JSON Pointer](https://www.rfc-editor.org/rfc/rfc6901).
 *
 * Its keys are words of the standards, so a pointer can never carry a word of the document it points into. Below a member with
 * a name of its own, a pointer stays at the object that has the member.
 */
export class Place {
  /**
   * @param {string} [pointer]
   * @param {boolean} [isBelowUnknown]
   */
  constructor(pointer = "", isBelowUnknown = false) {
    this.pointer = pointer;
    this.isBelowUnknown = isBelowUnknown;
  }

  /**
   * The element, or the member with a name that the program knows, of what is at this place.
   *
   * @param {string | number} step
   */
  down(step) {
    return this.isBelowUnknown ? this : new Place(`${this.pointer}/${step}`);
  }

  /**
   * A member of the object at this place whose name is the document's.
   *
   * @param {string} name
   */
  member(name) {
    return WORDS.has(name) ? this.down(name) : new Place(this.pointer, true);
  }
}

/**
 * Whether a value is an object.
 *
 * @param {Json | undefined} value
 * @returns {value is JsonObject}
 */
export function isObject(value) {
  return value instanceof Map;
}

/**
 * The text of a value, where it is a string.
 *
 * @param {Json | undefined} value
 * @returns {string | undefined}
 */
export function asString(value) {
  return typeof value === "string" ? value : undefined;
}

/**
 * The member of a value, where that is an object and has it.
 *
 * @param {Json | undefined} value
 * @param {string} name
 * @returns {Json | undefined}
 */
export function memberOf(value, name) {
  return isObject(value) ? value.get(name) : undefined;
}

/**
 * The members of a value that may be one thing or a list of things, each with its place; `null`, and what is not there, stand
 * for none.
 *
 * @param {Place} place The place of the value.
 * @param {Json | undefined} value
 * @returns {[Place, Json][]}
 */
export function members(place, value) {
  if (value === undefined || value === null) {
    return [];
  }
  if (Array.isArray(value)) {
    return value.map((member, index) => [place.down(index), member]);
  }
  return [[place, value]];
}

/**
 * The members of a value, without their places.
 *
 * @param {Json | undefined} value
 * @returns {Json[]}
 */
export function each(value) {
  return members(new Place(), value).map(([, member]) => member);
}

/**
 * The objects among the members of a value.
 *
 * @param {Json | undefined} value
 * @returns {JsonObject[]}
 */
export function objects(value) {
  return each(value).filter(isObject);
}
