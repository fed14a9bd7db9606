/**
 * Where an [HR Open](https://www.hropenstandards.org/) LER-RS, and the types of its common library, name definitions.
 *
 * The document is a résumé: all but a few of its members are about its person. An identifier of a certificate or a licence may
 * be the holder's own number, so it is kept only where its scheme is a public one.
 */

import { Table, codeOf, objects, organization, schemedIds, schemedReference, search, words } from "./table.js";

/** An LER-RS: alone, as the subject of a credential, or under `lerrsType` of one. */
export const LER_RS = new Table(() => [
  ["issuer", organization("issuer")],
  ["credentialSubject", objects(LER_RS)],
  ["lerrsType", objects(LER_RS)],
  ["skills", objects(SKILL, "skillName")],
  ["certifications", objects(CERTIFICATION)],
  ["licenses", objects(CERTIFICATION)],
  ["educationAndLearnings", objects(EDUCATION)],
  ["educationAndLearning", objects(EDUCATION)],
  ["employmentHistories", objects(EMPLOYMENT)],
  ["positionPreferences", objects(POSITION)],
  ["job", search],
]);

/** A competency of the common library: of a person, of a position, or by itself. */
export const COMPETENCY = new Table(() => [
  ["competencyIds", schemedIds("competency")],
  ["taxonomyIds", schemedIds("competency")],
  ["competencyId", schemedIds("competency")],
]);

const SKILL = new Table(() => [
  ["name", words("skillName")],
  ["definitionReference", schemedReference("skillReference")],
  ["schemeReference", schemedReference("skillReference")],
  ["competencyIds", schemedIds("competency")],
  ["taxonomyIds", schemedIds("competency")],
  // The résumé of another application puts a list into an object.
  ["items", objects(SKILL, "skillName")],
]);

const CERTIFICATION = new Table(() => [
  ["name", words("certification")],
  ["id", schemedIds("certification")],
  ["items", objects(CERTIFICATION)],
]);

const EDUCATION = new Table(() => [
  ["educationDegrees", objects(DEGREE)],
  ["educationLevelCodes", schemedIds("educationCode")],
]);

const DEGREE = new Table(() => [
  ["competencies", objects(COMPETENCY)],
  ["id", schemedIds("educationCode")],
  ["codes", schemedIds("educationCode")],
  ["educationLevelCodes", schemedIds("educationCode")],
  ["iscedEducationLevelCode", codeOf("educationCode", "ISCED")],
]);

const EMPLOYMENT = new Table(() => [
  ["jobCategories", objects(JOB_CATEGORY)],
  ["positionHistories", objects(POSITION)],
]);

const POSITION = new Table(() => [
  ["competencies", objects(COMPETENCY)],
  ["jobCategories", objects(JOB_CATEGORY)],
]);

const JOB_CATEGORY = new Table(() => [
  ["id", schemedIds("jobCategory")],
  ["ids", schemedIds("jobCategory")],
  ["codes", schemedIds("jobCategory")],
  ["code", schemedIds("jobCategory")],
]);
