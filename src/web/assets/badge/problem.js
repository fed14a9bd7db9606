/**
 * What is said where no letter can be written: what happened, what to do, and that nothing was sent where that is so.
 */

import { element } from "../shown/nodes.js";
import { words } from "./words.js";

const { problem: texts } = words;

/**
 * @param {any} error
 * @param {{wasAsked: boolean, again?: () => void}} around Whether anything was sent; and what tries again, where that may help.
 * @returns {Node[]}
 */
export function problem(error, { wasAsked, again }) {
  const isAnswer = error?.name === "ResolutionError";
  const { title, message, remedy } = isAnswer ? unanswered(error) : unread(error);
  const button = element("button", { type: "button", id: "again" }, texts.again);
  button.addEventListener("click", () => again?.());
  return [
    element("h2", { id: "report-title" }, title),
    element("div", { className: "problem", role: "alert" }, element("p", {}, message), remedy === "" ? undefined : element("p", {}, remedy)),
    ...(isAnswer ? [button] : []),
    ...(wasAsked ? [] : [element("p", { className: "hint" }, texts.local)]),
  ];
}

/** @param {{status?: number}} error */
function unanswered({ status }) {
  const remedy = status === undefined ? texts.offline : status === 429 ? texts.busy : texts.down;
  return { title: texts.unanswered, message: texts.answer(status), remedy };
}

/**
 * What cannot be read has a code; all else is a fault of this page.
 *
 * @param {any} error
 */
function unread(error) {
  if (typeof error?.code !== "string") {
    return { title: texts.failed, message: texts.ours, remedy: "" };
  }
  return { title: texts.unread, message: words.sentence(error.message), remedy: texts.remedy(error.code) };
}
