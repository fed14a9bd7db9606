/**
 * The words of the interface in plain English.
 */

/** How many of something, in words that fit. */
export function count(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/** @type {Record<string, string>} */
const FORMATS = {
  openBadge3: "Open Badges 3.0",
  openBadge2: "Open Badges 2.0",
  openBadge1: "Open Badges 1.1",
  verifiableCredential: "Verifiable Credential",
  clr2: "CLR 2.0",
  clr1: "CLR 1.0",
  lerRs: "LER-RS",
  learnerRecordWrapper: "LER wrapper",
  elm: "European Learning Model 3",
};

/** @type {Record<string, string>} */
const CARRIERS = {
  json: "JSON",
  jws: "a signed token (JWS)",
  jsonJws: "a JWS in JSON",
  sdJwt: "an SD-JWT",
  png: "a baked PNG image",
  svg: "a baked SVG image",
};

/** @type {Record<string, string>} */
const SITES = {
  achievementId: "the identifier of the achievement itself",
  badgeClassId: "the identifier of the badge itself",
  alignment: "what the badge is aligned to",
  resultDescriptionAlignment: "what a kind of result is aligned to",
  rubricCriterionLevelAlignment: "what a level of a rubric is aligned to",
  resultAlignment: "what a result of the learner is aligned to",
  otherIdentifier: "another identifier of the achievement",
  related: "another edition of the achievement",
  sameAs: "what the achievement is said to be the same as",
  linked: "what the achievement requires, teaches, assesses or consists of",
  learningOutcome: "a learning outcome",
  relatedSkill: "a skill behind a learning outcome",
  classification: "a level or subject in a public classification",
  competency: "a competency",
  definedTerm: "a term of a named set",
  skillReference: "a skill of the learner",
  certification: "a certification or licence of the learner",
  educationCode: "a degree or education level of the learner",
  jobCategory: "an occupation of the learner",
  registryIdentifier: "an identifier of a registry, at a place of its own",
};

/** @type {Record<string, string>} */
const VERDICTS = {
  resolved: "Known here",
  ambiguous: "Ambiguous",
  unknown: "Not known here",
  unsupported: "Cannot be looked up",
  withheld: "Held back",
  malformed: "No identifier",
};

/** @type {Record<string, string>} */
const NOTICES = {
  superseded: "Replaced",
  deprecated: "Out of use",
  withdrawn: "No longer published",
  suspended: "Suspended",
  not_yet_in_force: "Not in force yet",
  text_differs: "The words differ",
  code_differs: "The code differs",
  code_spelling: "The code is written otherwise",
  conflict: "Address and code name different things",
  refined: "The code is more precise than the address",
  address_not_used: "The address was not used",
  type_mismatch: "Of another class than the badge says",
  other_environment: "From a test registry or another instance",
  inferred_identity: "Possibly the same elsewhere",
  name_only: "Only a name",
  framework_spelling: "The framework is named otherwise",
  issuer_differs: "Another issuer",
  provisional: "Provisional",
};

/** @type {Record<string, [string, string]>} */
const REASONS = {
  personScheme: ["address that names a person or carries content", "addresses that name persons or carry content"],
  userinfo: ["address with a user in it", "addresses with a user in them"],
  atSign: ["value that may be a mail address", "values that may be mail addresses"],
  loopbackHost: ["address in a private network", "addresses in a private network"],
  subjectId: ["value that names the learner", "values that name the learner"],
  credentialId: ["value that names this very award", "values that name this very award"],
  evidenceId: ["address of evidence", "addresses of evidence"],
  selfIssuer: ["value that names a person who issued the badge", "values that name a person who issued the badge"],
  learnerDetail: ["detail about the learner", "details about the learner"],
  personIdentifierType: ["identifier of a kind that people have", "identifiers of a kind that people have"],
  queryOrFragment: ["end of an address cut off", "ends of addresses cut off"],
  personQuery: [
    "end of an address cut off that looks as if it named a person",
    "ends of addresses cut off that look as if they named a person",
  ],
  tooLong: ["identifier longer than any should be", "identifiers longer than any should be"],
};

/** @type {Record<string, string>} */
const UNREAD = {
  compactJws: "a signed token",
  jsonJws: "a signed document in JSON",
  jwe: "an encrypted token",
  sdJwt: "an SD-JWT",
  enveloped: "an enveloped credential",
  png: "a PNG image",
  svg: "an SVG image",
  vpqr: "a QR text",
  address: "an address, which is not opened",
  attachment: "a file that is no credential",
};

/** @param {string} word */
export const format = (word) => FORMATS[word] ?? spaced(word);
/** @param {string} word */
export const carrier = (word) => CARRIERS[word] ?? spaced(word);
/** @param {string} word */
export const site = (word) => SITES[word] ?? spaced(word);
/** @param {string} word */
export const verdict = (word) => VERDICTS[word] ?? spaced(word);
/** @param {string} word */
export const notice = (word) => NOTICES[word] ?? spaced(word);
/** @param {string} word */
export const unread = (word) => UNREAD[word] ?? spaced(word);

/**
 * @param {string} word
 * @param {number} number
 */
export function withheld(word, number) {
  const [one, many] = REASONS[word] ?? [spaced(word), spaced(word)];
  return count(number, one, many);
}

/**
 * `notYetInForce` and `not_yet_in_force` as `not yet in force`.
 *
 * @param {string} word
 */
export function spaced(word) {
  return word.replaceAll("_", " ").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/**
 * A published text as a person reads it: without the tags that some publishers write into it.
 *
 * @param {string} text
 */
export function plain(text) {
  return text.replace(/<[^<>]*>/g, " ").replace(/\s+/g, " ").trim();
}
