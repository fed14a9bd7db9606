/**
 * What was chosen, with a way to look at it and a way to take it back.
 */

import { element, link } from "../shown/nodes.js";
import { words } from "./words.js";

/**
 * @param {import("./choice.js").Choice} choice
 * @param {object} around
 * @param {(path: string) => string} around.address The address of a path on the server.
 * @param {boolean} around.isDisabled
 * @param {() => void} around.remove
 * @param {(text: string) => void} around.say
 */
export function preview({ alignment, name, where, page, state }, { address, isDisabled, remove, say }) {
  const json = JSON.stringify(alignment, null, 2);
  const away = element("button", { type: "button", part: "button remove", disabled: isDisabled, "aria-label": words.removeOne(name) }, words.remove);
  away.addEventListener("click", remove);
  const copy = element("button", { type: "button", part: "button copy" }, words.copy);
  copy.addEventListener("click", () => {
    Promise.resolve(navigator.clipboard?.writeText(json) ?? Promise.reject(new Error())).then(
      () => say(words.copied),
      () => say(words.notCopied),
    );
  });
  return element(
    "div",
    { part: "choice" },
    element("p", { part: "choice-name", dir: "auto" }, name),
    where === "" ? undefined : element("p", { part: "choice-where", dir: "auto" }, where),
    state === undefined ? undefined : element("p", { part: "warning" }, words.warning(state)),
    element("p", { part: "choice-doings" }, ...way(page, name, address), copy, " ", away),
    element("details", { part: "json" }, element("summary", {}, words.json), element("pre", { tabIndex: 0 }, json)),
  );
}

/**
 * @param {string | undefined} page
 * @param {string} name
 * @param {(path: string) => string} address
 */
function way(page, name, address) {
  if (page === undefined) {
    return [];
  }
  const to = page.startsWith("/") ? address(page) : page;
  if (!/^https?:\/\//i.test(to)) {
    return [];
  }
  const way = link(to, words.page);
  way.setAttribute("part", "link");
  way.setAttribute("aria-label", words.pageOf(name));
  return [way, " "];
}
