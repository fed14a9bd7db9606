/**
 * The page of a resource: copies the alignment, and unfolds what stands under it.
 */

import { resource as texts } from "./words.js";

/** How long nothing is said while something is loaded, in milliseconds. */
const PATIENCE = 300;

/** How many are shown at once under something. */
const MOST = 60;

const said = document.getElementById("copied");

for (const button of document.querySelectorAll("button[data-copy]")) {
  const source = document.getElementById(/** @type {HTMLElement} */ (button).dataset.copy ?? "");
  if (source !== null) {
    /** @type {HTMLElement} */ (button).hidden = false;
    button.addEventListener("click", () => copy(source));
  }
}

/**
 * Copies the words of an element; where that is not allowed, selects them, so that one key does it.
 *
 * @param {HTMLElement} source
 */
async function copy(source) {
  tell("");
  try {
    await navigator.clipboard.writeText(source.textContent ?? "");
    tell(said?.dataset.copied ?? "");
  } catch {
    const selection = window.getSelection();
    selection?.selectAllChildren(source);
    source.focus();
    tell(said?.dataset.selected ?? "");
  }
}

/** @param {string} words */
function tell(words) {
  if (said !== null) said.textContent = words;
}

for (const list of document.querySelectorAll(".branches[data-unfold]")) {
  const words = /** @type {HTMLElement} */ (list).dataset;
  const status = document.createElement("p");
  status.className = "quiet";
  status.setAttribute("role", "status");
  list.after(status);
  for (const item of list.children) {
    const n = Number(/** @type {HTMLElement} */ (item).dataset.below ?? 0);
    if (n > 0) unfoldable(/** @type {HTMLElement} */ (item), words, status);
  }
}

/**
 * Lets an item show what stands under it.
 *
 * @param {HTMLElement} item
 * @param {DOMStringMap} words
 * @param {HTMLElement} status Where it is said how that goes.
 */
function unfoldable(item, words, status) {
  const link = item.querySelector("a");
  if (link === null) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "unfold";
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-label", `${words.unfold}: ${link.textContent?.trim()}`);
  item.prepend(button);
  /** @type {HTMLElement | undefined} */
  let below;
  button.addEventListener("click", async () => {
    const opens = button.getAttribute("aria-expanded") === "false";
    button.setAttribute("aria-expanded", String(opens));
    if (below === undefined && opens) {
      below = document.createElement("ul");
      below.className = "branches";
      item.append(below);
      const saying = setTimeout(() => (status.textContent = texts.loading), PATIENCE);
      try {
        await fill(below, link, words, status);
        status.textContent = "";
      } catch {
        below.remove();
        below = undefined;
        button.setAttribute("aria-expanded", "false");
        status.textContent = words.failed ?? "";
      }
      clearTimeout(saying);
    }
    if (below !== undefined) below.hidden = !opens;
  });
}

/**
 * Fills a list with what stands under what a link leads to.
 *
 * @param {HTMLElement} list
 * @param {HTMLAnchorElement} link
 * @param {DOMStringMap} words
 * @param {HTMLElement} status
 */
async function fill(list, link, words, status) {
  const page = new URL(link.href);
  const segment = page.pathname.slice("/r/".length);
  const answer = await fetch(`/v1/frameworks/${segment}/tree?depth=1`);
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const { tree } = await answer.json();
  const children = tree.children ?? [];
  for (const { resource, nChildren } of children.slice(0, MOST)) {
    list.append(line(resource, nChildren, page.search, words, status));
  }
  if (tree.nChildren > MOST) {
    const more = document.createElement("li");
    more.append(anchor(page.pathname + page.search, undefined, `${words.more} (${tree.nChildren - MOST})`));
    list.append(more);
  }
}

/**
 * An item of a list.
 *
 * @param {{ key: string, code?: string, label: string }} resource
 * @param {number} nBelow
 * @param {string} search
 * @param {DOMStringMap} words
 * @param {HTMLElement} status
 */
function line(resource, nBelow, search, words, status) {
  const item = document.createElement("li");
  const label = resource.code === resource.label ? undefined : resource.label;
  item.append(anchor(`/r/${segmentOf(resource.key)}${search}`, resource.code, label));
  if (nBelow > 0) unfoldable(item, words, status);
  return item;
}

/**
 * @param {string} href
 * @param {string | undefined} code
 * @param {string | undefined} label
 */
function anchor(href, code, label) {
  const link = document.createElement("a");
  link.href = href;
  link.dir = "auto";
  if (code !== undefined) {
    const strong = document.createElement("b");
    strong.textContent = code;
    link.append(strong, " ");
  }
  if (label !== undefined) link.append(label);
  return link;
}

/**
 * The name of a resource in a path: what follows the scheme of its key, where that names it alone; else the whole key.
 *
 * @param {string} key
 */
function segmentOf(key) {
  const plain = /^(?:guid:|ctid:(?=ce-))(.+)$/u.exec(key)?.[1];
  const iri = /^iri:(.+)$/u.exec(key)?.[1];
  return encodeURIComponent(plain ?? iri ?? key);
}
