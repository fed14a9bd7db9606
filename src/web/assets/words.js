/**
 * The texts that scripts show stand in three files: here those of the pages, one object a page; in `badge/words.js` those of the
 * letter about a badge; in `picker/words.js` those of the picker, which other sites load too. What the server shows stands in
 * `src/web/words/en.ftl`; what a page knows beforehand, its template says. Another language is other files of the same names.
 *
 * A text is a string with values in braces, or an object of its plural forms, which `n` chooses among.
 *
 * @typedef {string | Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }} Text
 */

const LANGUAGE = "en";
const rules = new Intl.PluralRules(LANGUAGE);
const digits = new Intl.NumberFormat(LANGUAGE);

/**
 * A text with its values in it.
 *
 * @param {Text} text
 * @param {Record<string, string | number>} [values] `n` also chooses the plural form.
 */
export function tell(text, values = {}) {
  const chosen = typeof text === "string" ? text : (text[rules.select(Number(values.n))] ?? text.other);
  return chosen.replace(/\{(\w+)\}/g, (braces, name) => {
    const value = values[name];
    if (value === undefined) return braces;
    return typeof value === "number" && name === "n" ? digits.format(value) : String(value);
  });
}

/** `/sparql` */
export const sparql = {
  asking: "Asking …",
  stopped: "Stopped.",
  noAnswer: "There was no answer: the server cannot be reached.",
  problem: "{title}: {detail}",
  yes: "Yes.",
  no: "No.",
  rows: { one: "{n} row.", other: "{n} rows." },
  cutRows: "{n} rows, of which the first {shown} are shown. A download has all of them.",
  nothing: "Nothing was found.",
  triples: "Triples, in Turtle.",
  save: "Save as {form}",
};

/** `/r/…` */
export const resource = {
  loading: "Looking it up …",
};

/** `/docs` */
export const docs = {
  asking: "Asking …",
  noAnswer: "There was no answer: the server cannot be reached.",
  answered: "Answered with status {status}: {type}, {n} bytes.",
  refused: "Refused with status {status}: {type}, {n} bytes.",
  answeredMore: "Answered with status {status}: {type}, more than {n} bytes.",
  binary: "This is not text, and is not shown.",
  cut: "… and more, which is not shown.",
};
