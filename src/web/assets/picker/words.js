/**
 * The words of the picker, in English. No other file of the picker says anything of its own. A page may give others, by
 * `AlidadePicker.words`.
 */

/** @type {Record<string, string>} */
const KINDS = {
  competency: "competency",
  framework: "framework",
  rubric: "rubric",
  rubricCriterion: "criterion of a rubric",
  rubricCriterionLevel: "level of a rubric",
  learningOpportunity: "course",
  conceptScheme: "list of terms",
  workRole: "work role",
};

/** @type {Record<string, string>} */
const STATES = {
  notYetInForce: "Not in force yet",
  suspended: "Suspended",
  deprecated: "Out of use",
  superseded: "Replaced",
  withdrawn: "Withdrawn",
};

/** @param {number} n */
const numeral = (n) => n.toLocaleString("en");

export const words = {
  /** The language of these words, as a tag. */
  lang: "en",
  label: "Search for a competency to align to",
  hint: "Type words, a code or an identifier, and choose with the arrow keys.",
  list: "What was found",
  chosen: "Chosen alignment",
  chosenSeveral: "Chosen alignments",
  searching: "Searching …",
  fetching: (/** @type {string} */ name) => `Fetching the alignment of ${name} …`,
  found: (/** @type {number} */ shown, /** @type {number} */ total) =>
    shown === total ? `${numeral(total)} found.` : `The first ${numeral(shown)} of ${numeral(total)} found. More words find fewer.`,
  nothing: (/** @type {string} */ text) => `Nothing was found for “${text}”. Try fewer or other words, or a code.`,
  offline: "The server cannot be reached. Look whether you are connected.",
  busy: "Too much was asked in a short time. Wait a moment.",
  failed: (/** @type {number} */ status) => `The server cannot answer now (${status}).`,
  unknown: "Nothing here goes by this identifier.",
  strange: "The server gave an answer that cannot be read.",
  unalignable: "This has no address that a badge could point to.",
  again: "Try again",
  picked: (/** @type {string} */ name) => `Chosen: ${name}.`,
  removed: (/** @type {string} */ name) => `Removed: ${name}.`,
  already: (/** @type {string} */ name) => `${name} is chosen already.`,
  remove: "Remove",
  removeOne: (/** @type {string} */ name) => `Remove ${name}`,
  page: "Its page",
  pageOf: (/** @type {string} */ name) => `Its page: ${name}, in a new tab`,
  json: "The JSON",
  copy: "Copy the JSON",
  copied: "The JSON is copied.",
  notCopied: "It cannot be copied from here. Unfold the JSON, and copy it from there.",
  required: "Choose what the badge is aligned to.",
  noServer: "The address of the server cannot be read.",
  warning: (/** @type {string} */ state) => `${state}: look at its page before you point to it.`,
  successor: (/** @type {string} */ name) => `In its place now: ${name}.`,
  nameless: "Without a name",
  between: " › ",
  beside: " · ",
  kind: (/** @type {string} */ kind) => KINDS[kind] ?? kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim(),
  state: (/** @type {string} */ state) => STATES[state] ?? state,
};
