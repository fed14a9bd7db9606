/**
 * Where an Open Badge, of every version, names definitions.
 *
 * The tables say which members of which object are read; a member that stands in no table is never looked at. That is how
 * evidence, endorsements, proofs, recipients and results stay out: by not being named here.
 */

/**
 * How one member is read: a verb, and what it needs to know.
 *
 * | Verb | Reads |
 * |---|---|
 * | `identifier` | the identifier of the object that has it |
 * | `alignments` | alignment objects; a string stands for the address of one |
 * | `otherIdentifiers` | the `IdentifierEntry` objects of a definition |
 * | `related` | other editions of the definition |
 * | `criteria` | the criteria, of which only the address is read |
 * | `tags` | words that stand alone |
 * | `objects` | objects with members of their own; where the site is given, a string stands for what it identifies |
 *
 * @typedef {object} Part
 * @property {string} as The verb.
 * @property {string} [site]
 * @property {Table} [table]
 */

/** @typedef {Map<string, Part>} Table */

/** @type {(site: string) => Part} */
const identifier = (site) => ({ as: "identifier", site });
/** @type {(site: string) => Part} */
const alignments = (site) => ({ as: "alignments", site });
/** @type {(table: Table, site?: string) => Part} */
const objects = (table, site) => ({ as: "objects", table, site });

/** @type {Table} */
const RUBRIC_CRITERION_LEVEL = new Map([
  ["alignment", alignments("rubricCriterionLevelAlignment")],
  ["alignments", alignments("rubricCriterionLevelAlignment")],
]);

/** @type {Table} */
const RESULT_DESCRIPTION = new Map([
  ["alignment", alignments("resultDescriptionAlignment")],
  ["alignments", alignments("resultDescriptionAlignment")],
  ["rubricCriterionLevel", objects(RUBRIC_CRITERION_LEVEL)],
]);

/** @type {Table} */
const RESULT = new Map([
  ["alignment", alignments("resultAlignment")],
  ["alignments", alignments("resultAlignment")],
]);

/** @type {Table} */
const ACHIEVEMENT = new Map([
  ["id", identifier("achievementId")],
  ["@id", identifier("achievementId")],
  ["alignment", alignments("alignment")],
  ["alignments", alignments("alignment")],
  ["resultDescription", objects(RESULT_DESCRIPTION)],
  ["otherIdentifier", { as: "otherIdentifiers" }],
  ["related", { as: "related" }],
  ["criteria", { as: "criteria" }],
  ["tag", { as: "tags" }],
]);

/** @type {Table} */
const SUBJECT = new Map([
  ["achievement", objects(ACHIEVEMENT, "achievementId")],
  ["result", objects(RESULT)],
]);

/** @type {Table} */
const CREDENTIAL = new Map([["credentialSubject", objects(SUBJECT)]]);

/** @type {Table} */
const BADGE_CLASS = new Map([
  ["id", identifier("badgeClassId")],
  ["@id", identifier("badgeClassId")],
  ["alignment", alignments("alignment")],
  ["alignments", alignments("alignment")],
  ["related", { as: "related" }],
  ["criteria", { as: "criteria" }],
  ["criteriaUrl", { as: "criteria" }],
  ["tags", { as: "tags" }],
]);

/** @type {Table} */
const ASSERTION = new Map([["badge", objects(BADGE_CLASS, "badgeClassId")]]);

/** The table of each shape that has one. @type {Map<string, Table>} */
export const TABLES = new Map([
  ["credential", CREDENTIAL],
  ["subject", SUBJECT],
  ["achievement", ACHIEVEMENT],
  ["assertion", ASSERTION],
  ["badgeClass", BADGE_CLASS],
]);
