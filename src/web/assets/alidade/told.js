/**
 * Where a credential tells about its learner and about its own award. Members are named here by their `letters`.
 */

import { types } from "./literal.js";

/** @typedef {[string, string][]} Told Members, and why what stands there is withheld. */

/** What the award says about itself, and not about its learner. @type {Told} */
export const AWARD = [
  ["id", "credentialId"],
  ["uid", "credentialId"],
  ["jti", "credentialId"],
  ["credentialstatus", "credentialId"],
  ["refreshservice", "credentialId"],
  ["verify", "credentialId"],
  ["verification", "credentialId"],
  ["evidence", "evidenceId"],
  ["holder", "subjectId"],
  ["sub", "subjectId"],
  ["recipient", "subjectId"],
  // The APIs of Badgr and Credly.
  ["openbadgeid", "credentialId"],
  ["entityid", "credentialId"],
  ["recipientemail", "subjectId"],
  ["licensenumber", "learnerDetail"],
  ["user", "learnerDetail"],
  ["issuedto", "learnerDetail"],
  ["issuedtofirstname", "learnerDetail"],
  ["issuedtolastname", "learnerDetail"],
  // CLR 1.0, LER-RS, the LER wrapper, and a résumé of another application.
  ["learner", "subjectId"],
  ["person", "learnerDetail"],
  ["communication", "learnerDetail"],
  ["contact", "learnerDetail"],
  ["documentid", "credentialId"],
  ["learnerrecord", "subjectId"],
  // The number of a European certificate.
  ["identifier", "credentialId"],
];

/** What an `AchievementSubject` says about the learner. @type {Told} */
export const SUBJECT = [
  ["id", "subjectId"],
  ["identifier", "subjectId"],
  ["sourcedid", "subjectId"],
  ["studentid", "subjectId"],
  ["email", "subjectId"],
  ["phone", "subjectId"],
  ["telephone", "subjectId"],
  ["url", "subjectId"],
  ["uri", "subjectId"],
  ["username", "subjectId"],
  ["preferredusername", "subjectId"],
  ["phonenumber", "subjectId"],
  ["evidence", "evidenceId"],
  ["name", "learnerDetail"],
  ["givenname", "learnerDetail"],
  ["additionalname", "learnerDetail"],
  ["familyname", "learnerDetail"],
  ["licensenumber", "learnerDetail"],
  ["fullname", "learnerDetail"],
  ["displayname", "learnerDetail"],
  ["nickname", "learnerDetail"],
  ["firstname", "learnerDetail"],
  ["middlename", "learnerDetail"],
  ["lastname", "learnerDetail"],
  ["formattedname", "learnerDetail"],
  ["streetaddress", "learnerDetail"],
  ["birthname", "learnerDetail"],
  ["patronymicname", "learnerDetail"],
  ["alternatename", "learnerDetail"],
  ["dateofbirth", "learnerDetail"],
  ["birthdate", "learnerDetail"],
  ["nationalid", "subjectId"],
  ["contactpoint", "subjectId"],
  ["address", "learnerDetail"],
  ["location", "learnerDetail"],
  ["documentid", "credentialId"],
  ["person", "learnerDetail"],
  ["communication", "learnerDetail"],
  ["contact", "learnerDetail"],
  ["learner", "subjectId"],
];

/** What a `Profile` says about an issuer who is a person. @type {Told} */
export const PERSON = [
  ["id", "selfIssuer"],
  ["url", "selfIssuer"],
  ["email", "selfIssuer"],
  ["phone", "selfIssuer"],
  ["name", "selfIssuer"],
  ["givenname", "selfIssuer"],
  ["familyname", "selfIssuer"],
  ["dateofbirth", "selfIssuer"],
];

/** The members in which an identity, a status or a piece of evidence names what it stands for, at any depth. */
export const NAMES = new Set([
  "id",
  "value",
  "pocid",
  "identifier",
  "identity",
  "identityhash",
  "notation",
  "sourcedid",
  "studentid",
  "url",
]);

/** The members in which somebody is called by a name or an address, at any depth. */
export const CALLED = new Set([
  "address",
  "birthdate",
  "dateofbirth",
  "dialnumber",
  "displayname",
  "email",
  "emailaddress",
  "family",
  "familyname",
  "formattedaddress",
  "formattedname",
  "formattednumber",
  "firstname",
  "fulladdress",
  "fullname",
  "github",
  "given",
  "givenname",
  "lastname",
  "legalname",
  "line",
  "linkedin",
  "middle",
  "middlename",
  "name",
  "nickname",
  "noteliteral",
  "phone",
  "phonenumber",
  "preferred",
  "preferredusername",
  "streetaddress",
  "username",
]);

/** Members of an identity that name no identity: kinds, countries, schemes, and what a wrapper wraps. */
export const PUBLIC = new Set([
  "type",
  "countrycode",
  "countrysubdivisions",
  "inscheme",
  "payload",
  "preflabel",
  "schemeagency",
  "schemeid",
  "schemename",
  "spatial",
  "spatialcode",
]);

/** The members that give somebody's whole name. */
export const FULL_NAMES = ["birthname", "displayname", "formattedname", "fullname", "issuedto", "legalname", "name"];
/** The members that give the first part of somebody's name. */
export const GIVEN_NAMES = ["firstname", "given", "givenname", "issuedtofirstname", "preferred"];
/** The members that give what stands between the parts of somebody's name. */
export const MIDDLE_NAMES = ["additionalname", "middle", "middlename"];
/** The members that give the last part of somebody's name. */
export const FAMILY_NAMES = ["family", "familyname", "issuedtolastname", "lastname", "surname"];
/** The members of a credential or a definition that say who is behind it. */
export const PROFILES = ["issuer", "creator", "publisher"];
/** Members that only people have. */
const OF_PEOPLE = ["birthdate", "dateofbirth", "familyname", "firstname", "givenname", "lastname", "patronymicname"];

/**
 * A key as it is compared: its letters, in lower case.
 *
 * @param {string} name
 */
export function letters(name) {
  return name.replace(/[^A-Za-z]/g, "").toLowerCase();
}

/**
 * Whether a profile is of a person: by its type, or by what it says.
 *
 * @param {import("./place.js").JsonObject} profile
 */
export function describesAPerson(profile) {
  const isSaid = [...profile].some(
    ([name, value]) => value !== null && value !== "" && OF_PEOPLE.includes(letters(name)),
  );
  return isSaid || types(profile).includes("Person");
}
