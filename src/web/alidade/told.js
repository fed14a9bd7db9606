/**
 * Where a credential tells about its learner and about its own award.
 */

/** @typedef {[string, string][]} Told Members, and why what stands there is withheld. */

/** What the award says about itself, and not about its learner. @type {Told} */
export const AWARD = [
  ["id", "credentialId"],
  ["@id", "credentialId"],
  ["uid", "credentialId"],
  ["jti", "credentialId"],
  ["credentialStatus", "credentialId"],
  ["refreshService", "credentialId"],
  ["verify", "credentialId"],
  ["verification", "credentialId"],
  ["evidence", "evidenceId"],
  ["holder", "subjectId"],
  ["sub", "subjectId"],
  ["recipient", "subjectId"],
  // The APIs of Badgr and Credly.
  ["openBadgeId", "credentialId"],
  ["entityId", "credentialId"],
  ["recipient_email", "subjectId"],
  ["user", "learnerDetail"],
  ["issued_to", "learnerDetail"],
  ["issued_to_first_name", "learnerDetail"],
  ["issued_to_last_name", "learnerDetail"],
  // CLR 1.0, LER-RS, the LER wrapper, and a résumé of another application.
  ["learner", "subjectId"],
  ["person", "learnerDetail"],
  ["communication", "learnerDetail"],
  ["contact", "learnerDetail"],
  ["documentId", "credentialId"],
  ["learnerRecord", "subjectId"],
  // The number of a European certificate.
  ["identifier", "credentialId"],
];

/** What an `AchievementSubject` says about the learner. @type {Told} */
export const SUBJECT = [
  ["id", "subjectId"],
  ["@id", "subjectId"],
  ["identifier", "subjectId"],
  ["sourcedId", "subjectId"],
  ["studentId", "subjectId"],
  ["email", "subjectId"],
  ["phone", "subjectId"],
  ["telephone", "subjectId"],
  ["url", "subjectId"],
  ["name", "learnerDetail"],
  ["givenName", "learnerDetail"],
  ["additionalName", "learnerDetail"],
  ["familyName", "learnerDetail"],
  ["licenseNumber", "learnerDetail"],
  ["fullName", "learnerDetail"],
  ["birthName", "learnerDetail"],
  ["patronymicName", "learnerDetail"],
  ["alternateName", "learnerDetail"],
  ["dateOfBirth", "learnerDetail"],
  ["birthDate", "learnerDetail"],
  ["nationalID", "subjectId"],
  ["contactPoint", "subjectId"],
  ["address", "learnerDetail"],
  ["location", "learnerDetail"],
  ["documentId", "credentialId"],
  ["person", "learnerDetail"],
  ["communication", "learnerDetail"],
  ["contact", "learnerDetail"],
  ["learner", "subjectId"],
];

/** What a `Profile` says about an issuer who is a person. @type {Told} */
export const PERSON = [
  ["id", "selfIssuer"],
  ["@id", "selfIssuer"],
  ["url", "selfIssuer"],
  ["email", "selfIssuer"],
  ["phone", "selfIssuer"],
  ["name", "selfIssuer"],
];

/** The members in which an identity, a status or a piece of evidence names what it stands for, at any depth. */
export const NAMES = new Set([
  "@id",
  "@value",
  "POCid",
  "id",
  "identifier",
  "identity",
  "identityHash",
  "notation",
  "sourcedId",
  "studentId",
  "url",
  "value",
]);

/** The members in which somebody is called by a name or an address, at any depth. */
export const CALLED = new Set([
  "address",
  "birthDate",
  "dialNumber",
  "email",
  "emailAddress",
  "family",
  "familyName",
  "formattedAddress",
  "formattedName",
  "formattedNumber",
  "fullAddress",
  "fullName",
  "github",
  "given",
  "givenName",
  "legalName",
  "line",
  "linkedin",
  "middle",
  "name",
  "noteLiteral",
  "phone",
  "preferred",
]);

/** Members of an identity that name no identity: kinds, countries, schemes, and what a wrapper wraps. */
export const PUBLIC = new Set([
  "type",
  "countryCode",
  "countrySubDivisions",
  "inScheme",
  "payload",
  "prefLabel",
  "schemeAgency",
  "schemeId",
  "schemeName",
  "spatial",
  "spatialCode",
]);
