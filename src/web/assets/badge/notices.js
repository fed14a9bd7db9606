/**
 * What a reader should know besides, in plain words.
 */

import { page, plain } from "../shown/card.js";
import { element, link, published } from "../shown/nodes.js";
import { words } from "./words.js";

const { entry: texts } = words;

/** What the sentence about its state says already. */
const TOLD = ["superseded", "deprecated", "withdrawn", "suspended", "not_yet_in_force"];

/** What one sentence says as well as two. */
const SHORT = ["address_not_used", "name_only", "others_withdrawn"];

/**
 * @param {any[]} list
 * @returns {Node[]}
 */
export function notices(list) {
  const items = list.filter(({ kind }) => !TOLD.includes(kind)).map(notice);
  return items.length === 0 ? [] : [element("ul", { className: "notices" }, ...items)];
}

/** @param {any} notice */
function notice({ kind, text, given, published: stated, others = [] }) {
  // Where both sides are shown, what the server says of them adds nothing.
  const isShown = (given !== undefined && stated !== undefined) || SHORT.includes(kind);
  return element(
    "li",
    {},
    element("strong", {}, words.notice(kind)),
    isShown ? "" : ` ${words.sentence(plain(text ?? ""))}`,
    ...side(texts.says, given),
    ...side(texts.published, stated),
    ...(others.length === 0 ? [] : [element("br"), texts.others, ...named(others)]),
  );
}

/**
 * @param {string} who
 * @param {unknown} what
 */
function side(who, what) {
  return what === undefined ? [] : [element("br"), who, published({ text: plain(String(what)) }, "q")];
}

/** @param {any[]} others */
function named(others) {
  return others.flatMap(({ key, code, label }, at) => [
    ...(at === 0 ? [] : [", "]),
    link(page(key), plain([code, label].filter(Boolean).join(" ") || key)),
  ]);
}
