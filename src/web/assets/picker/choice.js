/**
 * Something that was chosen: its alignment, and what is shown of it.
 */

import { credentialClass, kind, name, pageOf, plain, short } from "../shown/card.js";
import { words } from "./words.js";

/**
 * @typedef {object} Choice
 * @property {any} alignment The alignment as it is handed out.
 * @property {string} name How it is called where one line has to do.
 * @property {string} where Its framework, publisher and path.
 * @property {string} [page] The path of its page on the server, or an address.
 * @property {string} [state] What is to be said of its state, where that is not simply that it is in use.
 */

/**
 * Something that was found.
 *
 * @param {import("./service.js").Hit} hit
 * @param {any} alignment
 * @returns {Choice}
 */
export function chosen({ card, standing }, alignment) {
  return { alignment, name: title(card), where: where(card), page: pageOf(card), state: state(standing) };
}

/**
 * What an alignment says by itself.
 *
 * @param {any} alignment
 * @returns {Choice}
 */
export function given(alignment) {
  const named = alignment.targetName ?? Object.values(alignment["ceterms:targetNodeName"] ?? {})[0];
  const code = alignment.targetCode ?? alignment["ceterms:codedNotation"];
  const framework = alignment.targetFramework ?? Object.values(alignment["ceterms:frameworkName"] ?? {})[0];
  const page = alignment.targetUrl ?? alignment["ceterms:targetNode"];
  const label = short(plain([code, named].filter((part) => typeof part === "string").join(" ")));
  return {
    alignment,
    name: label === "" ? words.nameless : label,
    where: typeof framework === "string" ? plain(framework) : "",
    page: typeof page === "string" ? page : undefined,
  };
}

/**
 * The code and the name of a card.
 *
 * @param {any} card
 */
export function title(card) {
  return short([card.resource?.code, name(card).text].filter(Boolean).join(" ")) || words.nameless;
}

/**
 * Enough about where a card stands to tell it from others of its name.
 *
 * @param {any} card
 */
export function where(card) {
  const { framework, path = [] } = card;
  const publisher = framework?.publisher ?? framework?.creator;
  const steps = path.map((/** @type {any} */ { label, code }) => plain(label ?? code ?? "")).join(words.between);
  const what = kind(card) === "competency" ? "" : words.kind(credentialClass(card) ?? kind(card));
  const whole = framework?.key === card.resource?.identity?.key ? undefined : framework?.title;
  const parts = [whole, publisher, steps, what];
  return parts.filter(Boolean).join(words.beside);
}

/**
 * What is to be said of a state.
 *
 * @param {any} standing
 * @returns {string | undefined}
 */
export function state(standing) {
  return standing?.state === undefined || standing.state === "current" ? undefined : words.state(standing.state);
}

/**
 * What stands in the place of something now.
 *
 * @param {any} standing
 * @returns {string | undefined}
 */
export function successor(standing) {
  const next = standing?.successors?.at(-1);
  return next === undefined ? undefined : plain([next.code, next.label].filter(Boolean).join(" "));
}
