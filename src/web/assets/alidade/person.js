/**
 * Words that are about people.
 */

/** Words that are about people only when they stand alone. */
const WHOLE_WORDS = new Set([
  "did",
  "dob",
  "jti",
  "mail",
  "name",
  "pid",
  "sid",
  "sso",
  "ssn",
  "sub",
  "tel",
  "uid",
  "who",
]);

/** Words that are about people wherever they stand. */
const WORD_PARTS = [
  "account",
  "assertion",
  "birth",
  "candidate",
  "earner",
  "email",
  "employee",
  "evidence",
  "familyname",
  "firstname",
  "fullname",
  "givenname",
  "holder",
  "identity",
  "lastname",
  "learner",
  "login",
  "member",
  "mobile",
  "nationalid",
  "passport",
  "person",
  "phone",
  "pupil",
  "recipient",
  "session",
  "student",
  "surname",
  "token",
  "user",
];

/**
 * Whether a word of a document's own, such as the type of an identifier or a parameter of a query, is about people.
 *
 * @param {string} word
 */
export function isPersonWord(word) {
  const folded = word.toLowerCase().replace(/[^A-Za-z0-9]/g, "");
  return WHOLE_WORDS.has(folded) || WORD_PARTS.some((part) => folded.includes(part));
}
