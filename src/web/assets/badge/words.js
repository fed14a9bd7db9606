/**
 * The words of the letter about a badge, in English. No other file of the letter says anything of its own.
 */

const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/** @param {number} n */
const number = (n) => NUMBERS[n] ?? n.toLocaleString("en");

/**
 * How many of something, with the number as a numeral.
 *
 * @param {number} n
 * @param {string} one
 * @param {string} [many]
 */
const count = (n, one, many = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param {string} noun */
const a = (noun) => `${/^(?:[aeio]|un[^i])/i.test(noun) ? "an" : "a"} ${noun}`;

/** @param {string[]} parts */
const list = (parts) => new Intl.ListFormat("en", { type: "conjunction" }).format(parts).replace(/, and /, " and ");

/**
 * `notYetInForce` and `not_yet_in_force` as `not yet in force`.
 *
 * @param {string} word
 */
const spaced = (word) =>
  word.replaceAll("_", " ").replace(/[A-Z]/g, (letter, at) => `${at === 0 ? "" : " "}${letter.toLowerCase()}`);

/**
 * What the server says, as a sentence.
 *
 * @param {string | undefined} text
 */
const sentence = (text) => {
  const trimmed = (text ?? "").trim().replace(/`([^`]*)`/g, "“$1”");
  return trimmed === "" ? "" : `${capital(trimmed)}${/[.!?…]$/.test(trimmed) ? "" : "."}`;
};

/** @param {string | undefined} day */
const date = (day) => {
  const time = day === undefined ? Number.NaN : Date.parse(day);
  const form = /** @type {const} */ ({ day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  return Number.isNaN(time) ? (day ?? "") : new Date(time).toLocaleDateString("en-GB", form);
};

/**
 * Days as people write them.
 *
 * @param {string} text
 */
const dated = (text) => text.replace(/\b\d{4}-\d\d-\d\d\b/g, (day) => date(day));

/** How the issuer that a badge names stands to a credential. @type {Record<string, string>} */
const ISSUERS = {
  owner: " The issuer that the badge names is the one that is published as its owner.",
  offerer: " The issuer that the badge names is one that is published as offering it.",
  unknownIssuer: " The issuer that the badge names is not known here.",
};

/** @type {Record<string, string>} */
const FORMATS = {
  openBadge3: "an Open Badges 3.0 credential",
  openBadge2: "an Open Badges 2.0 badge",
  openBadge1: "an Open Badges 1.1 badge",
  verifiableCredential: "a verifiable credential",
  clr2: "a CLR 2.0 record",
  clr1: "a CLR 1.0 record",
  lerRs: "an LER-RS résumé",
  learnerRecordWrapper: "a wrapped learner record",
  elm: "a credential of the European Learning Model 3",
};

/** @type {Record<string, string>} */
const CARRIERS = {
  json: "JSON",
  jws: "a signed token (JWS)",
  jsonJws: "a JWS in JSON",
  sdJwt: "an SD-JWT",
  png: "a PNG picture",
  svg: "an SVG picture",
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

/** @type {Record<string, [string, string]>} */
const NOUNS = {
  competency: ["competency", "competencies"],
  framework: ["framework", "frameworks"],
  rubric: ["rubric", "rubrics"],
  rubricCriterion: ["criterion of a rubric", "criteria of rubrics"],
  rubricCriterionLevel: ["level of a rubric", "levels of rubrics"],
  concept: ["term", "terms"],
  conceptScheme: ["list of terms", "lists of terms"],
  subject: ["subject", "subjects"],
  itemType: ["type of item", "types of item"],
  license: ["licence", "licences"],
  associationGrouping: ["group of links", "groups of links"],
  credential: ["credential", "credentials"],
  organization: ["organization", "organizations"],
  learningOpportunity: ["course", "courses"],
  assessment: ["assessment", "assessments"],
  occupation: ["occupation", "occupations"],
  job: ["job", "jobs"],
  task: ["task", "tasks"],
  workRole: ["work role", "work roles"],
  pathway: ["pathway", "pathways"],
  pathwayComponent: ["part of a pathway", "parts of pathways"],
  collection: ["collection", "collections"],
  transferValue: ["transfer value", "transfer values"],
};

/** @type {Record<string, string>} */
const STATES = {
  current: "In use",
  notYetInForce: "Not in force yet",
  suspended: "Suspended",
  deprecated: "Out of use",
  superseded: "Replaced",
  withdrawn: "Withdrawn",
};

/** @type {Record<string, string>} */
const STANDINGS = {
  current: "It is in use: nothing speaks against it.",
  notYetInForce: "It is not in force yet.",
  suspended: "Its publisher has suspended it.",
  deprecated: "It is no longer in use.",
  superseded: "It has been replaced.",
  withdrawn: "Its publisher no longer has it; what you read here is what it said last.",
};

/** What a group of things is said to be, for one of them and for several. @type {Record<string, [string, string]>} */
const GROUPS = {
  current: ["is in use", "are in use"],
  notYetInForce: ["is not in force yet", "are not in force yet"],
  suspended: ["is suspended", "are suspended"],
  deprecated: ["is out of use", "are out of use"],
  superseded: ["has been replaced", "have been replaced"],
  withdrawn: ["is no longer published", "are no longer published"],
};

/** @type {Record<string, string>} */
const VERDICTS = {
  ambiguous: "Several fit",
  unknown: "Not known here",
  unsupported: "Cannot be looked up",
  withheld: "Held back",
  malformed: "No identifier",
};

/** @type {Record<string, string>} */
const RUNGS = {
  hash: "the hash of an identifier",
  exactIri: "the exact address",
  identifier: "the identifier inside the address",
  declaredAlias: "an address that its publisher declares",
  code: "the code in its framework",
};

/** @type {Record<string, string>} */
const NOTICES = {
  text_differs: "The badge words it differently from what is published.",
  code_differs: "The badge gives it another code than its publisher.",
  code_spelling: "The badge writes its code in another way.",
  conflict: "The address and the code in the badge name two different things.",
  refined: "The address in the badge names the whole, and its code the part that is meant.",
  address_not_used: "The address in the badge says nothing here, so its code was used.",
  type_mismatch: "The badge says that it is something of another kind.",
  issuer_differs: "Whoever issued the badge is not named as its owner, nor as offering it.",
  other_environment: "It comes from a test registry, or from another instance.",
  inferred_identity: "Something in the other standard may be the same.",
  name_only: "The badge gives only a name.",
  framework_spelling: "The badge writes the name of its framework in another way.",
  others_withdrawn: "Others had this code, and are no longer published.",
  provisional: "Its publisher calls it provisional.",
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
  queryOrFragment: ["end of an address", "ends of addresses"],
  personQuery: ["end of an address that looks as if it named a person", "ends of addresses that look as if they named a person"],
  tooLong: ["identifier longer than any should be", "identifiers longer than any should be"],
};

/** @type {Record<string, [string, string]>} */
const UNREAD = {
  compactJws: ["a signed token", "signed tokens"],
  jsonJws: ["a signed document in JSON", "signed documents in JSON"],
  jwe: ["an encrypted token", "encrypted tokens"],
  sdJwt: ["an SD-JWT", "SD-JWTs"],
  enveloped: ["an enveloped credential", "enveloped credentials"],
  png: ["a PNG picture", "PNG pictures"],
  svg: ["an SVG picture", "SVG pictures"],
  vpqr: ["a QR text", "QR texts"],
  address: ["an address of a badge, which is not opened", "addresses of badges, which are not opened"],
  attachment: ["a file that is no credential", "files that are no credentials"],
};

/** What to do about a document that cannot be read. @type {Record<string, string>} */
const REMEDIES = {
  tooLarge: "If it holds several badges, give them one by one.",
  unknownContainer: "Ask whoever gave it to you for the badge itself: its JSON, its picture, or its token.",
  notJson: "If you copied it, copy all of it, from the first brace to the last; or choose the file instead.",
  compressed: "Unpack it, and give what is inside.",
  hostedUrl: "Open the address yourself, save what it shows, and give that.",
  unbaked: "Download the picture again from where the badge was issued, and give that very file; or ask for its JSON.",
  brokenImage: "Download the picture again from where the badge was issued.",
  brokenToken: "Copy all of it, without line breaks; or ask for the badge as JSON.",
  encrypted: "Whoever has the key can decrypt it and give you the badge.",
  vpqr: "Ask for the badge as JSON, or as a token.",
  markup: "Download the picture again from where the badge was issued, or ask for its JSON.",
  unsupported: "Ask for the badge as JSON, or as a picture that carries it.",
};

/**
 * How the things that a badge points to are told in a sentence or two.
 *
 * @param {{subject: string, total: number, kinds: [string, number][], nKnown: number, nUnknown: number}} what
 */
function pointsTo({ subject, total, kinds, nKnown, nUnknown }) {
  if (total === 0) {
    return `${subject} names nothing that could be looked up.`;
  }
  const nouns = kinds.map(([kind, n]) => (n === 1 ? a(noun(kind, 1)) : `${number(n)} ${noun(kind, n)}`));
  const things = total === 1 ? "one thing" : `${number(total)} things`;
  if (nKnown === total) {
    const [only] = kinds;
    const same = only === undefined ? things : `${number(only[1])} ${noun(only[0], only[1])}`;
    return kinds.length === 1 ? `${subject} points to ${same}.` : `${subject} points to ${things}: ${list(nouns)}.`;
  }
  if (nKnown === 0 && nUnknown < total) {
    return `${subject} points to ${things}.`;
  }
  if (nKnown === 0) {
    return `${subject} points to ${things}, and ${total === 1 ? "it is not known" : "none of them is known"} here.`;
  }
  const [only] = kinds;
  const all = `${nKnown === 2 ? "both" : "all"} ${noun(only?.[0] ?? "", 2)}`;
  const told = nKnown > 1 && kinds.length === 1 ? `, ${all}` : `: ${list(nouns)}`;
  return `${subject} points to ${things}. ${capital(number(nKnown))} of them ${nKnown === 1 ? "is" : "are"} known here${told}.`;
}

/**
 * How the state of some of several things is told.
 *
 * @param {{state: string, n: number, years: number[], nReplaced: number}} group
 */
function clause({ state, n, years, nReplaced }) {
  const [year] = years;
  const isSameYear = year !== undefined && years.length === n && years.every((other) => other === year);
  const [one, many] = GROUPS[state] ?? [`is ${spaced(state)}`, `are ${spaced(state)}`];
  const isOver = state === "superseded" || state === "deprecated";
  const next = nReplaced === 0 ? "" : n === 1 ? " and has a successor" : nReplaced === n ? " and have successors" : " and some have successors";
  if (isOver && isSameYear) {
    return `ended in ${year}${next}`;
  }
  return `${n === 1 ? one : many}${state === "superseded" ? "" : next}`;
}

/**
 * How the states of all known things are told.
 *
 * @param {{state: string, n: number, years: number[], nReplaced: number}[]} groups
 */
function states(groups) {
  const n = groups.reduce((sum, group) => sum + group.n, 0);
  const [only] = groups;
  if (only === undefined) {
    return "";
  }
  if (groups.length === 1) {
    const who = n === 1 ? "It" : n === 2 ? "Both" : "All";
    return `${who} ${clause(only)}.`;
  }
  return `${capital(groups.map((group) => `${number(group.n)} ${clause(group)}`).join("; "))}.`;
}

/**
 * @param {string} kind
 * @param {number} n
 */
function noun(kind, n) {
  const [one, many] = NOUNS[kind] ?? [spaced(kind), spaced(kind)];
  return n === 1 ? one : many;
}

export const words = {
  a,
  capital,
  count,
  date,
  dated,
  list,
  number,
  sentence,
  spaced,
  noun,

  /** While something is done. */
  progress: {
    reading: "Reading the badge …",
    asking: "Asking what the identifiers mean …",
    ready: "The letter is ready.",
    again: "The letter is put away. Choose another badge.",
    onlyFirst: (/** @type {number} */ n) => `Of the ${number(n)} files only the first was read: give them one by one.`,
  },

  /** Before anything is sent. */
  before: {
    title: "Nothing has been sent yet",
    lead: "This is all that would be sent to find out what the badge means. Nothing in it is about the person who earned it.",
    what: "What would be sent",
    send: "Send this",
    not: "Do not send it",
    left: "Nothing was sent",
    leftLead: "The badge was read in this browser, and nothing about it left it.",
  },

  /** The first lines. */
  opening: {
    nameless: "A badge without a name of its own",
    badge: "This badge",
    record: (/** @type {number} */ n) => `This record of ${number(n)} credentials`,
    recordTitle: (/** @type {number} */ n) => `A record of ${number(n)} credentials`,
    read: (/** @type {string} */ format, /** @type {string} */ carrier) => `${capital(format)}, carried in ${carrier}.`,
    day: (/** @type {string | undefined} */ day) => (day === undefined ? "" : ` Judged as of ${date(day)}.`),
    issued: "It says that it was issued by ",
    issuedEnd: ".",
    pointsTo,
    states,
    ambiguous: (/** @type {number} */ n) =>
      n === 1 ? "For one, several things fit, and the badge does not say which." : `For ${number(n)}, several things fit, and the badge does not say which.`,
    unknown: (/** @type {number} */ n) => `${capital(number(n))} ${n === 1 ? "is" : "are"} not known here.`,
    unasked: (/** @type {number} */ n) => `${capital(number(n))} ${n === 1 ? "was" : "were"} not asked about.`,
    disagree: (/** @type {number} */ n) =>
      `In ${number(n)} ${n === 1 ? "place" : "places"} the badge and what is published disagree; below it says how.`,
  },

  /** Around the parts. */
  parts: {
    contents: "The credentials in it",
    known: (/** @type {number} */ n, /** @type {number} */ total) => (total === 0 ? "" : ` (${n} of ${total} known here)`),
    foldAll: "Fold all",
    unfoldAll: "Unfold all",
    onlyDoubtful: "Show only what needs a second look",
    allWell: "Nothing here needs a second look.",
    nothing: "It names nothing that could be looked up.",
    nameless: "A credential without a name of its own",
    names: "Tags and names",
    namesNote: "Words alone identify nothing, and were not sent.",
  },

  /** One thing that the badge points to. */
  entry: {
    is: (/** @type {string} */ noun) => `This is ${a(noun)}`,
    code: ", known as ",
    in: " in ",
    by: (/** @type {string} */ publisher) => `, published by ${publisher}`,
    end: ".",
    again: (/** @type {string} */ noun) => `This is the same ${noun} once more: `,
    stands: "It stands under ",
    between: " › ",
    ended: (/** @type {string} */ day) => ` Its last day was ${date(day)}.`,
    ends: (/** @type {string} */ day) => ` Its last day will be ${date(day)}.`,
    next: "In its place now: ",
    equivalent: (/** @type {number} */ n) =>
      n === 1 ? "Publishers say that one other is the same or close to it: " : `Publishers say that ${number(n)} others are the same or close to it: `,
    rest: (/** @type {number} */ n) => ` and ${number(n)} more`,
    more: (/** @type {string} */ name) => `Everything about ${name}`,
    // The page of a resource has its equivalents under this name.
    elsewhere: "all of them",
    see: "; see ",
    inBadge: (/** @type {string} */ site) => `In the badge: ${site}`,
    withName: ", ",
    withCode: ", code ",
    withFramework: (/** @type {string} */ framework) => `, of “${framework}”`,
    withAddress: ", ",
    found: (/** @type {string} */ rung, /** @type {string} */ source, /** @type {string} */ day) =>
      `Found by ${rung}. Its publisher’s record was read on ${date(day)} (source “${source}”).`,
    heldBack: "(held back)",
    says: "The badge says: ",
    published: "Published: ",
    others: "That is: ",
    candidates: "It may be one of these:",
    moreCandidates: (/** @type {number} */ n) => `and ${number(n)} more`,
    tried: (/** @type {string[]} */ steps) => `Tried ${steps.length === 1 ? "was" : "were"} ${list(steps)}.`,
    unknown: "Nothing that is held here goes by it. That does not make it wrong: its publisher may not be harvested here.",
    ambiguous: "More than one thing goes by it. Ask whoever issued the badge which one is meant.",
    suggestions: "Going by its words alone it could be one of these. This is a guess, and says nothing about the badge:",
    coined: "It was not sent: the issuer made this identifier up, and it may differ for each learner.",
    named: "It was not sent: a name alone identifies nothing, so there is nothing to look up.",
    relative: "It was not sent: its address means something only beside that of the badge.",
    withheld: (/** @type {string[]} */ reasons) => `It was held back, and not sent: ${list(reasons)}.`,
    chips: { notAsked: "Not asked", heldBack: "Held back" },
  },

  /** What was not understood. */
  unclear: {
    title: "What was not understood",
    unread: (/** @type {string} */ what) => `In it there is also ${what}, which is recognised, but not read.`,
    malformed: (/** @type {number} */ n) =>
      `In ${number(n)} ${n === 1 ? "place an identifier belongs, and nothing readable stands there" : "places an identifier belongs, and nothing readable stands there"}.`,
  },

  /** What went where. */
  sent: {
    title: "What was sent, and what was not",
    none: "Nothing was sent anywhere: there was nothing to ask.",
    some: (/** @type {number} */ n, /** @type {number} */ requests, /** @type {string} */ host, /** @type {boolean} */ hasIssuer) =>
      `${count(n, "identifier")}, with the words beside ${n === 1 ? "it" : "them"}${hasIssuer ? " and the address of the issuer" : ""}, went to ${host} in ${requests === 1 ? "one request" : `${number(requests)} requests`}, and nowhere else.`,
    exact: (/** @type {number} */ n) => `What was sent: ${count(n, "identifier")}`,
    nothing: "Nothing about the person left this browser: no name, no mail address, no identifier of the learner or of this award, no evidence and no grade.",
    held: (/** @type {string[]} */ parts) => `Held back, and neither shown nor sent: ${list(parts)}.`,
    kept: "The badge is not stored, neither here nor there. When you close this page, it is gone.",
    notChecked: "This letter is about meaning, not verification: signature, expiry and revocation of the badge, and the standing of its issuer, were not checked.",
  },

  /** Below the letter. */
  after: { print: "Print this letter", another: "Read another badge", tabs: "Links open beside this letter, which is kept nowhere." },

  /** Where no letter can be written. */
  problem: {
    unread: "This cannot be read",
    unanswered: "No answer came",
    failed: "No letter can be written",
    /** What came in the place of an answer, by its status. */
    answer: (/** @type {number | undefined} */ status) => {
      if (status === undefined) {
        return "The server cannot be reached.";
      }
      if (status === 429) {
        return "The server takes no more questions for now.";
      }
      return status < 300 ? "The server gave an answer that cannot be read." : `The server does not answer this (${status}).`;
    },
    ours: "Something went wrong in this page. Load it again; if that does not help, tell whoever runs it what you tried.",
    local: "Nothing was sent anywhere.",
    remedy: (/** @type {string} */ code) => REMEDIES[code] ?? "",
    offline: "The badge itself was read. Look whether you are connected, and try again.",
    busy: "You have asked much in a short time. Wait a moment, and try again.",
    down: "The badge itself was read. Try again in a moment; if that does not help, tell whoever runs this page.",
    again: "Try again",
  },

  format: (/** @type {string} */ word) => FORMATS[word] ?? a(spaced(word)),
  carrier: (/** @type {string} */ word) => CARRIERS[word] ?? spaced(word),
  site: (/** @type {string} */ word) => SITES[word] ?? spaced(word),
  issuer: (/** @type {string | undefined} */ word) => ISSUERS[word ?? ""] ?? "",
  state: (/** @type {string} */ word) => STATES[word] ?? capital(spaced(word)),
  standing: (/** @type {string} */ word) => STANDINGS[word] ?? `It is ${spaced(word)}.`,
  verdict: (/** @type {string} */ word) => VERDICTS[word] ?? capital(spaced(word)),
  rung: (/** @type {string} */ word) => RUNGS[word] ?? spaced(word),
  notice: (/** @type {string} */ word) => NOTICES[word] ?? `${capital(spaced(word))}.`,
  unread: (/** @type {string} */ word, /** @type {number} */ n) => {
    const [one, many] = UNREAD[word] ?? [a(spaced(word)), spaced(word)];
    return n === 1 ? one : `${number(n)} ${many}`;
  },
  withheld: (/** @type {string} */ word, /** @type {number} */ n) => {
    const [one, many] = REASONS[word] ?? [spaced(word), spaced(word)];
    return count(n, one, many);
  },
};
