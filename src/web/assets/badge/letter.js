/**
 * The letter about a badge, as somebody who checked would write it.
 */

import { element, link, published } from "../shown/nodes.js";
import { counts, parts } from "./entries.js";
import { tell } from "./entry.js";
import { ending } from "./sent.js";
import { words } from "./words.js";

/** @typedef {import("./entries.js").Part} Part */

/** The most entries that are shown unfolded. */
const MOST_UNFOLDED = 8;

/**
 * @param {import("../alidade/extract.js").Extraction} extraction
 * @param {any[]} answers
 * @param {import("./sent.js").Request[]} requests What was sent.
 * @returns {Node[]}
 */
export function letter(extraction, answers, requests) {
  const credentials = parts(extraction, answers);
  const entries = credentials.flatMap((part) => part.entries);
  const isLong = entries.length > MOST_UNFOLDED;
  return [
    element("h2", { id: "report-title" }, ...title(credentials)),
    element("p", { className: "lead", id: "summary" }, summary(credentials)),
    element("p", { className: "site" }, read(extraction, entries)),
    ...(credentials.length > 1 ? [contents(credentials)] : issuer(credentials[0])),
    ...(isLong ? [tools()] : []),
    ...credentials.map((part, at) => credential(part, credentials.length > 1 ? at + 1 : 0, isLong)),
    ...unclear(extraction),
    ending(extraction, requests),
    after(),
  ];
}

/**
 * @param {Part[]} credentials
 * @returns {Node[]}
 */
function title(credentials) {
  const named = credentials.find(({ name }) => name !== undefined)?.name;
  return [credentials.length === 1 && named !== undefined ? published({ text: named }) : text(several(credentials, named))];
}

/**
 * @param {Part[]} credentials
 * @param {string | undefined} named
 */
function several(credentials, named) {
  return credentials.length > 1 ? words.opening.recordTitle(credentials.length) : (named ?? words.opening.nameless);
}

/** @param {string} words */
function text(words) {
  return document.createTextNode(words);
}

/** @param {Part[]} credentials */
function summary(credentials) {
  const { opening } = words;
  const { groups, ambiguous, unknown, unasked, disagree, ...things } = counts(credentials.flatMap(({ entries }) => entries));
  const subject = credentials.length > 1 ? opening.record(credentials.length) : opening.badge;
  // Where none is known, the first sentence says so.
  const isTold = things.nKnown === 0 && unknown === things.total;
  const sentences = [
    opening.pointsTo({ subject, nUnknown: unknown, ...things }),
    opening.states(groups),
    ambiguous > 0 ? opening.ambiguous(ambiguous) : "",
    unknown > 0 && !isTold ? opening.unknown(unknown) : "",
    unasked > 0 ? opening.unasked(unasked) : "",
    disagree > 0 ? opening.disagree(disagree) : "",
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

/**
 * @param {import("../alidade/extract.js").Extraction} extraction
 * @param {import("./entries.js").Entry[]} entries
 */
function read(extraction, entries) {
  const { opening } = words;
  const day = entries.find(({ found }) => found !== undefined)?.found.standing?.asOf;
  return `${opening.read(words.format(extraction.format), words.carrier(extraction.carrier))}${opening.day(day)}`;
}

/**
 * @param {Part | undefined} part
 * @returns {Node[]}
 */
function issuer(part) {
  const { opening } = words;
  return part?.issuer === undefined ? [] : [element("p", { className: "issuer" }, opening.issued, link(part.issuer), opening.issuedEnd)];
}

/**
 * The way to each credential of several.
 *
 * @param {Part[]} credentials
 */
function contents(credentials) {
  const items = credentials.map(({ name, entries }, at) => {
    const { total, nKnown } = counts(entries);
    const way = element("a", { href: `#credential-${at + 1}` }, published({ text: name ?? words.parts.nameless }));
    return element("li", {}, way, words.parts.known(nKnown, total));
  });
  return element("nav", { "aria-label": words.parts.contents }, element("h3", {}, words.parts.contents), element("ol", {}, ...items));
}

/**
 * @param {Part} part
 * @param {number} number The place of the credential among several; 0 where it is alone.
 * @param {boolean} isLong
 */
function credential(part, number, isLong) {
  const id = `credential-${number}-title`;
  const title = element("h3", { id }, `${number}. `, published({ text: part.name ?? words.parts.nameless }));
  const heading = number === 0 ? "h3" : "h4";
  const told = part.entries.map((entry) => tell(entry, isLong ? "summary" : heading));
  const nothing = told.length > 0 || part.names.length > 0 ? [] : [element("p", {}, words.parts.nothing)];
  const head = number === 0 ? [] : [title, element("p", { className: "site" }, words.capital(words.format(part.format)), "."), ...issuer(part)];
  // One alone is told under the title of the letter.
  const named = number === 0 ? {} : { "aria-labelledby": id };
  return element("section", { className: "credential", id: `credential-${number}`, ...named }, ...head, ...told, ...names(part, heading), ...nothing);
}

/**
 * @param {Part} part
 * @param {string} heading
 */
function names({ names }, heading) {
  if (names.length === 0) {
    return [];
  }
  const title = element(heading, {}, words.parts.names);
  const note = element("p", { className: "site" }, words.parts.namesNote);
  return [element("div", { className: "mention calm" }, title, element("p", { dir: "auto" }, names.join(", ")), note)];
}

/** What makes a long letter short. */
function tools() {
  const { parts: texts } = words;
  const shown = () => [...document.querySelectorAll("#report details.mention")];
  const fold = (/** @type {string} */ name, /** @type {boolean} */ open) => {
    const button = element("button", { type: "button" }, name);
    button.addEventListener("click", () => shown().forEach((details) => Object.assign(details, { open })));
    return button;
  };
  const only = element("input", { type: "checkbox", id: "only-doubtful" });
  const said = element("span", { role: "status" });
  only.addEventListener("change", () => {
    document.getElementById("report")?.classList.toggle("only-doubtful", only.checked);
    said.textContent = only.checked && document.querySelector("#report .doubtful") === null ? texts.allWell : "";
  });
  const label = element("label", { for: "only-doubtful" }, texts.onlyDoubtful);
  return element("div", { className: "tools" }, fold(texts.unfoldAll, true), fold(texts.foldAll, false), element("span", {}, only, " ", label), said);
}

/**
 * What was not understood.
 *
 * @param {import("../alidade/extract.js").Extraction} extraction
 * @returns {Node[]}
 */
function unclear({ unread, malformed }) {
  const { unclear: texts } = words;
  const lines = [
    ...Object.entries(unread).map(([what, number]) => texts.unread(words.unread(what, number))),
    ...(malformed > 0 ? [texts.malformed(malformed)] : []),
  ];
  const told = lines.map((line) => element("p", {}, line));
  return lines.length === 0 ? [] : [element("section", { id: "unclear" }, element("h3", {}, texts.title), ...told)];
}

function after() {
  const { after: texts } = words;
  const print = element("button", { type: "button", id: "print" }, texts.print);
  print.addEventListener("click", () => window.print());
  const another = element("button", { type: "button", id: "another" }, texts.another);
  return element("div", { className: "after" }, element("p", { className: "hint" }, texts.tabs), print, " ", another);
}
