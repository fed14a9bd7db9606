/**
 * What is told where a badge does not point to exactly one thing that is known: candidates, what was tried, and guesses.
 */

import { name, page, pageOf, plain, short } from "../shown/card.js";
import { element, link } from "../shown/nodes.js";
import { words } from "./words.js";

const { entry: texts } = words;

/** The most of each that are told. */
const MOST = 5;

/** Below this, words that happen to be the same are all there is to it. */
const LOWEST_SCORE = 0.2;

/**
 * @param {any} resolution
 * @returns {Node[]}
 */
export function guesses({ verdict, reason, found = [], nFound = found.length, suggestions = [], tried = [] }) {
  if (verdict === "ambiguous") {
    return [element("p", {}, texts.ambiguous), ...candidates(found, nFound)];
  }
  if (verdict === "unknown") {
    return [element("p", {}, texts.unknown), ...steps(tried), ...suggested(suggestions)];
  }
  return [element("p", {}, words.sentence(plain(reason ?? "")))];
}

/**
 * @param {any[]} found
 * @param {number} nFound
 */
function candidates(found, nFound) {
  if (found.length === 0) {
    return [];
  }
  const items = found.slice(0, MOST).map(({ chosen, standing }) => {
    const card = chosen?.card ?? {};
    const label = short([card.resource?.code, name(card).text].filter(Boolean).join(" "));
    return item(pageOf(card), label, card.framework?.title, standing?.state);
  });
  const more = nFound - items.length;
  const rest = more > 0 ? [element("li", {}, texts.moreCandidates(more))] : [];
  return [element("p", {}, texts.candidates), element("ul", {}, ...items, ...rest)];
}

/** @param {any[]} tried */
function steps(tried) {
  const told = [...new Set(tried.map(({ rung }) => words.rung(rung)))];
  return told.length === 0 ? [] : [element("p", {}, texts.tried(told))];
}

/** @param {any[]} suggestions */
function suggested(suggestions) {
  const likely = suggestions.filter(({ score }) => score >= LOWEST_SCORE).slice(0, MOST);
  const items = likely.map(({ key, label, code, framework }) => {
    const name = short(plain([code, label].filter(Boolean).join(" ")));
    return item(page(key), name, framework, undefined);
  });
  return items.length === 0 ? [] : [element("p", {}, texts.suggestions), element("ul", {}, ...items)];
}

/**
 * @param {string} address
 * @param {string} label
 * @param {string | undefined} framework
 * @param {string | undefined} state
 */
function item(address, label, framework, state) {
  const isOld = state !== undefined && state !== "current";
  const chip = isOld ? [" ", element("span", { className: "verdict ambiguous" }, words.state(state))] : [];
  return element("li", {}, link(address, label), framework === undefined ? "" : `${texts.in}${framework}`, ...chip);
}
