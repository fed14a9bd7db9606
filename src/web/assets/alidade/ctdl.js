/**
 * Where [CTDL](https://credreg.net/ctdl/terms) and [schema.org](https://schema.org/EducationalOccupationalCredential) inside a
 * credential name definitions.
 *
 * The terms stand with their usual prefixes, or without one where the context makes them plain members. No context is loaded:
 * prefixes that mean something else in a document are taken by their word.
 */

import { NOTHING, Table, alignments, criteria, objects, organization, things, words } from "./table.js";

/** What was achieved: a credential, a course, an assessment, a competency. */
export const DEFINITION = new Table(() => [
  ["owl:sameAs", things("sameAs", LINKED)],
  ["sameAs", things("sameAs", LINKED)],
  ["ceterms:sameAs", things("sameAs", LINKED)],
  ["ceterms:requires", things("linked", LINKED)],
  ["requires", things("linked", LINKED)],
  ["ceterms:teaches", things("linked", LINKED)],
  ["teaches", things("linked", LINKED)],
  ["ceterms:assesses", things("linked", LINKED)],
  ["assesses", things("linked", LINKED)],
  ["ceterms:hasPart", things("linked", LINKED)],
  ["hasPart", things("linked", LINKED)],
  ["ceterms:isPartOf", things("linked", LINKED)],
  ["ceasn:isPartOf", things("linked", LINKED)],
  ["isPartOf", things("linked", LINKED)],
  ["hasCode", things("definedTerm", NOTHING)],
  ["competencyRequired", things("linked", LINKED)],
  ["awardedOnCompletionOf", things("linked", LINKED)],
  ["ceterms:ownedBy", organization("creator")],
  ["ownedBy", organization("creator")],
  ["ceterms:offeredBy", organization("creator")],
  ["ceterms:accreditedBy", organization("creator")],
  ["offeredBy", organization("creator")],
  ["ceasn:creator", organization("creator")],
  ["creator", organization("creator")],
  ["alignment", alignments("alignment")],
  ["alignments", alignments("alignment")],
  ["educationalAlignment", alignments("alignment")],
  ["ceterms:subject", objects(KEYWORD, "tag")],
  ["ceterms:targetCompetency", alignments("alignment")],
  ["targetCompetency", alignments("alignment")],
  ["ceterms:occupationType", alignments("alignment")],
  ["occupationType", alignments("alignment")],
  ["ceterms:instructionalProgramType", alignments("alignment")],
  ["instructionalProgramType", alignments("alignment")],
  ["educationalLevel", things("classification", NOTHING)],
  ["occupationalCategory", things("classification", NOTHING)],
  ["criteria", criteria],
]);

/** What a definition links to: a competency, a part, or a `ceterms:ConditionProfile` with targets of its own. */
export const LINKED = new Table(() => [
  ["owl:sameAs", things("sameAs", NOTHING)],
  ["sameAs", things("sameAs", NOTHING)],
  ["ceterms:requires", things("linked", LINKED)],
  ["ceterms:teaches", things("linked", LINKED)],
  ["ceterms:assesses", things("linked", LINKED)],
  ["ceterms:hasPart", things("linked", LINKED)],
  ["hasPart", things("linked", LINKED)],
  ["ceterms:targetCompetency", alignments("alignment")],
  ["targetCompetency", alignments("alignment")],
  ["ceterms:targetCredential", things("linked", NOTHING)],
  ["targetCredential", things("linked", NOTHING)],
  ["ceterms:targetAssessment", things("linked", NOTHING)],
  ["targetAssessment", things("linked", NOTHING)],
  ["ceterms:targetLearningOpportunity", things("linked", NOTHING)],
  ["targetLearningOpportunity", things("linked", NOTHING)],
  ["alignment", alignments("alignment")],
]);

/** A subject, which CTDL writes as an alignment though it is a keyword. */
export const KEYWORD = new Table(() => [
  ["ceterms:targetNodeName", words("tag")],
  ["targetNodeName", words("tag")],
]);
