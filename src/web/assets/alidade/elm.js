/**
 * Where a European Digital Credential of the [European Learning Model](https://europa.eu/europass/elm-browser/) 3 names
 * definitions.
 */

import { NOTHING, Table, identifier, objects, organization, things } from "./table.js";

/** A `EuropeanDigitalCredential`. */
export const EUROPEAN_CREDENTIAL = new Table(() => [
  ["issuer", organization("issuer")],
  ["credentialSubject", objects(PERSON)],
]);

const PERSON = new Table(() => [
  ["hasClaim", objects(CLAIM)],
]);

/** A `LearningAchievement`, or the activity, the assessment or the entitlement beside it. */
const CLAIM = new Table(() => [
  ["specifiedBy", objects(SPECIFICATION, "achievementId")],
  ["hasPart", objects(CLAIM)],
  ["influencedBy", objects(CLAIM)],
  ["provenBy", objects(CLAIM)],
  ["entitlesTo", objects(CLAIM)],
]);

/** A `LearningAchievementSpecification` or a `Qualification`. */
const SPECIFICATION = new Table(() => [
  ["id", identifier("achievementId")],
  ["learningOutcome", objects(LEARNING_OUTCOME, "learningOutcome")],
  ["eqfLevel", things("classification", NOTHING)],
  ["nqfLevel", things("classification", NOTHING)],
  ["thematicArea", things("classification", NOTHING)],
  ["hasPart", objects(SPECIFICATION, "achievementId")],
]);

const LEARNING_OUTCOME = new Table(() => [
  ["id", identifier("learningOutcome")],
  ["relatedESCOSkill", things("relatedSkill", NOTHING)],
  ["relatedSkill", things("relatedSkill", NOTHING)],
  ["hasPart", objects(LEARNING_OUTCOME, "learningOutcome")],
]);
