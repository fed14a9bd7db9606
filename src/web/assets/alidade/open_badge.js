/**
 * Where Open Badges of every version name definitions.
 */

import { DEFINITION, KEYWORD, LINKED } from "./ctdl.js";
import {
  NOTHING,
  Table,
  alignments,
  criteria,
  ctidOf,
  identifier,
  objects,
  organization,
  otherIdentifiers,
  related,
  things,
  words,
} from "./table.js";

/** An [`AchievementCredential`](https://www.imsglobal.org/spec/ob/v3p0/#achievementcredential). */
export const CREDENTIAL = new Table(() => [
  ["issuer", organization("issuer")],
  ["credentialSubject", objects(SUBJECT)],
]);

/**
 * An [`AchievementSubject`](https://www.imsglobal.org/spec/ob/v3p0/#achievementsubject), and what others put in its place.
 */
export const SUBJECT = new Table(() => [
  ["achievement", objects(ACHIEVEMENT, "achievementId")],
  ["result", objects(RESULT)],
  ["hasAchieved", things("achievementId", DEFINITION)],
  ["hasCredential", things("achievementId", DEFINITION)],
]);

/**
 * An [`Achievement`](https://www.imsglobal.org/spec/ob/v3p0/#achievement), which may have members of CTDL.
 *
 * CLR 1.0 writes the same members in the plural.
 */
export const ACHIEVEMENT = new Table(() => [
  ["id", identifier("achievementId")],
  ["@id", identifier("achievementId")],
  ["ceterms:ctid", ctidOf("achievementId")],
  ["ctid", ctidOf("achievementId")],
  ["ceasn:ctid", ctidOf("achievementId")],
  ["alignment", alignments("alignment")],
  ["alignments", alignments("alignment")],
  ["resultDescription", objects(RESULT_DESCRIPTION)],
  ["resultDescriptions", objects(RESULT_DESCRIPTION)],
  ["otherIdentifier", otherIdentifiers],
  ["identifiers", otherIdentifiers],
  ["related", related],
  ["criteria", criteria],
  ["requirement", criteria],
  ["tag", words("tag")],
  ["tags", words("tag")],
  ["humanCode", words("humanCode")],
  ["fieldOfStudy", words("fieldOfStudy")],
  ["specialization", words("fieldOfStudy")],
  ["creator", organization("creator")],
  ["issuer", organization("creator")],
  ["owl:sameAs", things("sameAs", LINKED)],
  ["sameAs", things("sameAs", LINKED)],
  ["ceterms:sameAs", things("sameAs", LINKED)],
  ["hasCode", things("definedTerm", NOTHING)],
  ["requires", things("linked", LINKED)],
  ["teaches", things("linked", LINKED)],
  ["assesses", things("linked", LINKED)],
  ["hasPart", things("linked", LINKED)],
  ["ceterms:requires", things("linked", LINKED)],
  ["ceterms:teaches", things("linked", LINKED)],
  ["ceterms:assesses", things("linked", LINKED)],
  ["ceterms:hasPart", things("linked", LINKED)],
  ["ceterms:isPartOf", things("linked", LINKED)],
  ["ceterms:ownedBy", organization("creator")],
  ["ceterms:offeredBy", organization("creator")],
  ["ceterms:accreditedBy", organization("creator")],
  ["ceterms:subject", objects(KEYWORD, "tag")],
  ["ceterms:targetCompetency", alignments("alignment")],
  ["ceterms:occupationType", alignments("alignment")],
  ["ceterms:instructionalProgramType", alignments("alignment")],
  ["targetCompetency", alignments("alignment")],
  ["occupationType", alignments("alignment")],
  ["instructionalProgramType", alignments("alignment")],
  ["educationalAlignment", alignments("alignment")],
  ["ceasn:isPartOf", things("linked", LINKED)],
]);

const RESULT_DESCRIPTION = new Table(() => [
  ["id", identifier("localReference")],
  ["requiredLevel", objects(NOTHING, "localReference")],
  ["alignment", alignments("resultDescriptionAlignment")],
  ["alignments", alignments("resultDescriptionAlignment")],
  ["rubricCriterionLevel", objects(RUBRIC_CRITERION_LEVEL)],
  ["rubricCriterionLevels", objects(RUBRIC_CRITERION_LEVEL)],
]);

const RUBRIC_CRITERION_LEVEL = new Table(() => [
  ["id", identifier("localReference")],
  ["alignment", alignments("rubricCriterionLevelAlignment")],
  ["alignments", alignments("rubricCriterionLevelAlignment")],
]);

/** A [`Result`](https://www.imsglobal.org/spec/ob/v3p0/#result): neither the value nor the level that was reached. */
export const RESULT = new Table(() => [
  ["alignment", alignments("resultAlignment")],
  ["alignments", alignments("resultAlignment")],
]);

/** An `Assertion` of Open Badges 2, the `BadgeInstance` of the Badgr API, or the badge of the Credly API. */
export const ASSERTION = new Table(() => [
  ["badge", objects(BADGE_CLASS, "badgeClassId")],
  ["badgeclassOpenBadgeId", objects(NOTHING, "badgeClassId")],
  ["badge_template", objects(BADGE_CLASS)],
]);

/** A `BadgeClass`. */
export const BADGE_CLASS = new Table(() => [
  ["id", identifier("badgeClassId")],
  ["@id", identifier("badgeClassId")],
  ["ceterms:ctid", ctidOf("badgeClassId")],
  ["ctid", ctidOf("badgeClassId")],
  ["ceasn:ctid", ctidOf("badgeClassId")],
  ["openBadgeId", identifier("badgeClassId")],
  ["entityId", identifier("localReference")],
  ["issuer", organization("issuer")],
  ["issuerOpenBadgeId", organization("issuer")],
  ["alignment", alignments("alignment")],
  ["alignments", alignments("alignment")],
  ["related", related],
  ["criteria", criteria],
  ["criteriaUrl", criteria],
  ["tags", words("tag")],
  ["skills", objects(SKILL, "tag")],
]);

/** A skill as the Credly API writes it. */
const SKILL = new Table(() => [
  ["name", words("tag")],
]);
