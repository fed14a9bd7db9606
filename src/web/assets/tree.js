/**
 * The tree of a framework: what is closed opens in place, and the arrow keys go through it.
 *
 * Without this script every button is a link to the same page, opened at that place.
 */

const tree = document.getElementById("tree");
const status = document.getElementById("tree-status");

if (tree !== null && status !== null) {
  ready(tree, tree);
  tree.addEventListener("keydown", (event) => walk(event, tree));
  const hint = document.querySelector(".tree-hint");
  hint?.removeAttribute("hidden");
}

/**
 * Gives a row a button, where there is anything to open.
 *
 * @param {HTMLElement} twig
 * @param {HTMLElement} tree
 */
function prepare(twig, tree) {
  const row = twig.querySelector(":scope > .row");
  const name = nameOf(twig);
  const link = /** @type {HTMLAnchorElement | null} */ (row?.querySelector("a.open"));
  if (row === null || name === null || (link === null && listOf(twig) === null)) {
    return;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "toggle";
  button.setAttribute("aria-expanded", String(link === null));
  button.setAttribute("aria-label", `${tree.dataset.open} ${name.textContent?.trim()}`);
  button.addEventListener("click", () => toggle(twig, tree));
  if (link !== null) {
    twig.dataset.address = link.href;
    link.remove();
  }
  row.prepend(button);
}

/**
 * Opens what is closed, and closes what is open.
 *
 * @param {HTMLElement} twig
 * @param {HTMLElement} tree
 */
async function toggle(twig, tree) {
  const held = listOf(twig);
  if (held !== null) {
    held.hidden = !held.hidden;
    expand(twig, !held.hidden);
    return;
  }
  const { address, id } = twig.dataset;
  const list = address === undefined || id === undefined ? null : await look(address, id, tree);
  if (list === null || listOf(twig) !== null) {
    return;
  }
  twig.append(list);
  ready(list, tree);
  expand(twig, true);
}

/**
 * Takes the list of what stands under something out of the page that shows it; nothing where that failed, which is said.
 *
 * @param {string} address
 * @param {string} parent
 * @param {HTMLElement} tree
 * @returns {Promise<HTMLElement | null>}
 */
async function look(address, parent, tree) {
  say(tree.dataset.loading ?? "");
  try {
    const answer = await fetch(address, { headers: { accept: "text/html" } });
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const list = page.querySelector(`#tree ul.twigs[data-parent="${CSS.escape(parent)}"]`);
    if (list === null) {
      throw new Error("no list");
    }
    say("");
    return /** @type {HTMLElement} */ (document.adoptNode(list));
  } catch {
    say(tree.dataset.failed ?? "");
    return null;
  }
}

/**
 * Prepares the rows of a list and the link to its rest.
 *
 * @param {HTMLElement} list
 * @param {HTMLElement} tree
 */
function ready(list, tree) {
  for (const twig of list.querySelectorAll("li.twig")) {
    prepare(/** @type {HTMLElement} */ (twig), tree);
  }
  for (const link of list.querySelectorAll("li.rest a[data-from]")) {
    continueAt(/** @type {HTMLAnchorElement} */ (link), tree);
  }
}

/**
 * Lets the link to the rest of a list add it in place.
 *
 * @param {HTMLAnchorElement} link
 * @param {HTMLElement} tree
 */
function continueAt(link, tree) {
  link.addEventListener("click", async (event) => {
    const list = link.closest("ul");
    const rest = link.closest("li");
    if (list === null || rest === null || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    const behind = await look(link.href, list.dataset.parent ?? "", tree);
    if (behind === null || !rest.isConnected) {
      return;
    }
    // What stands before is here already.
    behind.querySelector(":scope > li.rest:not(:has(a[data-from]))")?.remove();
    ready(behind, tree);
    const first = behind.querySelector("li.twig");
    rest.replaceWith(...behind.children);
    focus(first);
  });
}

/**
 * Goes through the tree with the arrow keys: up and down row by row, to the right in, to the left out.
 *
 * @param {KeyboardEvent} event
 * @param {HTMLElement} tree
 */
function walk(event, tree) {
  const at = /** @type {HTMLElement | null} */ (
    event.target instanceof Element ? event.target.closest("li.twig") : null
  );
  if (at === null || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  const list = listOf(at);
  const isOpen = list !== null && !list.hidden;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const rows = [...tree.querySelectorAll("li.twig")].filter((row) => row.closest("ul[hidden]") === null);
    focus(rows[rows.indexOf(at) + (event.key === "ArrowDown" ? 1 : -1)]);
  } else if (event.key === "ArrowRight" && isOpen) {
    focus(list.querySelector("li.twig"));
  } else if (event.key === "ArrowRight" && Number(at.dataset.n) > 0) {
    toggle(at, tree);
  } else if (event.key === "ArrowLeft" && isOpen) {
    toggle(at, tree);
  } else if (event.key === "ArrowLeft") {
    focus(at.parentElement?.closest("li.twig"));
  } else {
    return;
  }
  event.preventDefault();
}

/**
 * @param {HTMLElement} twig
 * @param {boolean} isOpen
 */
function expand(twig, isOpen) {
  twig.querySelector(".toggle")?.setAttribute("aria-expanded", String(isOpen));
}

/**
 * @param {Element | null | undefined} twig
 */
function focus(twig) {
  if (twig instanceof HTMLElement) {
    nameOf(twig)?.focus();
  }
}

/**
 * @param {HTMLElement} twig
 * @returns {HTMLElement | null}
 */
function nameOf(twig) {
  return twig.querySelector(":scope > .row > a.name");
}

/**
 * @param {HTMLElement} twig
 * @returns {HTMLElement | null}
 */
function listOf(twig) {
  return twig.querySelector(":scope > ul.twigs");
}

/** @param {string} words */
function say(words) {
  if (status !== null) {
    status.textContent = words;
  }
}
