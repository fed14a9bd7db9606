/**
 * What was sent, to the letter, and what was not.
 */

import { asks } from "../alidade/ask.js";
import { element } from "../shown/nodes.js";
import { words } from "./words.js";

const { sent: texts } = words;

/** @typedef {{address: URL, body: {ids: object[]}}} Request */

/**
 * What this page asks: of words alone nothing is sent, because they identify nothing.
 *
 * @param {import("../alidade/extract.js").Extraction} extraction
 * @returns {[number, import("../alidade/ask.js").Ask][]}
 */
export function questions(extraction) {
  return asks(extraction).filter(([, { targetUrl, targetCode }]) => targetUrl !== undefined || targetCode !== undefined);
}

/**
 * The requests, as they are, or would be, sent.
 *
 * @param {Request[]} requests
 * @param {string} title
 */
export function exact(requests, title) {
  const shown = requests.flatMap(({ address, body }) => [
    element("p", {}, element("code", {}, `POST ${address.href}`)),
    element("pre", { tabIndex: 0 }, JSON.stringify(body, null, 2)),
  ]);
  return element("details", { id: "sent" }, element("summary", {}, title), ...shown);
}

/**
 * The end of a letter.
 *
 * @param {import("../alidade/extract.js").Extraction} extraction
 * @param {Request[]} requests
 */
export function ending(extraction, requests) {
  const n = requests.reduce((sum, { body }) => sum + body.ids.length, 0);
  const held = Object.entries(extraction.withheld).map(([reason, number]) => words.withheld(reason, number));
  const hasIssuer = requests.some(({ body }) => body.ids.some((ask) => "issuer" in ask));
  const [first] = requests;
  return element(
    "section",
    { id: "sent-or-not" },
    element("h3", {}, texts.title),
    element("p", {}, first === undefined ? texts.none : texts.some(n, requests.length, first.address.host, hasIssuer)),
    ...(first === undefined ? [] : [exact(requests, texts.exact(n))]),
    element("p", {}, element("strong", {}, texts.nothing)),
    ...(held.length === 0 ? [] : [element("p", {}, texts.held(held))]),
    element("p", {}, texts.kept),
    element("p", {}, texts.notChecked),
  );
}
