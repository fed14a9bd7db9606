/**
 * The tree of a framework: what is closed opens in place, and the arrow keys go through it.
 *
 * Without this script every button is a link to the same page, opened at that place.
 */

/** How many rows come at once. */
const ROWS = 50;

/**
 * @typedef {object} Resource
 * @property {string} key
 * @property {string} kind
 * @property {string} [code]
 * @property {string} label
 */

/**
 * @typedef {object} Branch
 * @property {Resource} resource
 * @property {number} nChildren
 * @property {Branch[]} [children]
 */

/**
 * @typedef {object} Found
 * @property {Branch[]} branches As many as one answer holds.
 * @property {number} n How many there are in all.
 */

const tree = document.getElementById("tree");
const status = document.getElementById("tree-status");

if (tree !== null && status !== null) {
  for (const twig of tree.querySelectorAll("li.twig")) {
    prepare(/** @type {HTMLElement} */ (twig), tree);
  }
  for (const link of tree.querySelectorAll("li.rest a[data-from]")) {
    continueAt(/** @type {HTMLAnchorElement} */ (link), tree);
  }
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
  const row = twig.querySelector(".row");
  const name = nameOf(twig);
  if (row === null || name === null || Number(twig.dataset.n) === 0) {
    return;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "toggle";
  button.setAttribute("aria-expanded", String(listOf(twig) !== null));
  button.setAttribute("aria-label", `${tree.dataset.open} ${name.textContent?.trim()}`);
  button.addEventListener("click", () => toggle(twig, tree));
  row.querySelector("a.open")?.remove();
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
  const id = twig.dataset.id ?? "";
  const found = await look(id, tree);
  if (found === null || listOf(twig) !== null) {
    return;
  }
  const list = document.createElement("ul");
  list.className = "twigs";
  list.dataset.parent = id;
  twig.append(list);
  fill(list, found, 0, tree);
  expand(twig, true);
}

/**
 * Looks up what stands under something; nothing where that failed, which is said.
 *
 * @param {string} id
 * @param {HTMLElement} tree
 * @returns {Promise<Found | null>}
 */
async function look(id, tree) {
  say(tree.dataset.loading ?? "");
  try {
    const answer = await fetch(`/v1/frameworks/${id}/tree?depth=1`, { headers: { accept: "application/json" } });
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    const read = await answer.json();
    say("");
    const branches = read.tree.children ?? [];
    return { branches, n: read.tree.nChildren ?? branches.length };
  } catch {
    say(tree.dataset.failed ?? "");
    return null;
  }
}

/**
 * Adds the next rows to a list, and a way to those behind them: a button as far as they were looked up, and then a link.
 *
 * @param {HTMLElement} list
 * @param {Found} found
 * @param {number} from
 * @param {HTMLElement} tree
 * @returns {HTMLElement | null} the first of the new rows
 */
function fill(list, found, from, tree) {
  const { branches, n } = found;
  const rows = branches.slice(from, from + ROWS).map((branch) => drawn(branch, tree));
  list.append(...rows);
  const behind = from + rows.length;
  if (behind < n) {
    const rest = document.createElement("li");
    rest.className = "rest";
    const isHeld = behind < branches.length;
    const way = isHeld ? onward(() => focus(fill(list, found, behind, tree)), rest) : onwardElsewhere(list, behind, tree);
    way.textContent = `${tree.dataset.more} (${n - behind})`;
    rest.append(way);
    list.append(rest);
  }
  return rows[0] ?? null;
}

/**
 * A button that adds more in the place of what it stands in.
 *
 * @param {() => void} add
 * @param {HTMLElement} rest
 */
function onward(add, rest) {
  const button = document.createElement("button");
  button.type = "button";
  button.addEventListener("click", () => {
    rest.remove();
    add();
  });
  return button;
}

/**
 * A link to the page that goes on where one answer ends.
 *
 * @param {HTMLElement} list
 * @param {number} from
 * @param {HTMLElement} tree
 */
function onwardElsewhere(list, from, tree) {
  const link = document.createElement("a");
  link.href = `${tree.dataset.page}?at=${list.dataset.parent}&from=${from}#tree`;
  return link;
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
    const from = Number(link.dataset.from);
    if (list === null || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    const found = await look(list.dataset.parent ?? "", tree);
    if (found === null) {
      return;
    }
    if (found.branches.length <= from) {
      // One answer does not hold so many; the page goes on.
      location.assign(link.href);
      return;
    }
    link.closest("li")?.remove();
    focus(fill(list, found, from, tree));
  });
}

/**
 * A row of the tree.
 *
 * @param {Branch} branch
 * @param {HTMLElement} tree
 */
function drawn(branch, tree) {
  const { resource, nChildren } = branch;
  const id = segment(resource.key);
  const twig = document.createElement("li");
  twig.className = "twig";
  twig.dataset.id = id;
  twig.dataset.n = String(nChildren);
  const row = document.createElement("div");
  row.className = "row";
  const name = document.createElement("a");
  name.className = "name";
  name.dir = "auto";
  name.href = resource.kind === "framework" ? `/frameworks/${id}` : `/r/${id}`;
  if (resource.code !== undefined && resource.code !== resource.label) {
    const code = document.createElement("span");
    code.className = "code";
    code.textContent = resource.code;
    name.append(code, " ");
  }
  name.append(resource.label);
  row.append(name);
  if (nChildren > 0) {
    const count = document.createElement("span");
    count.className = "quiet";
    count.textContent = (tree.dataset.below ?? "").replace("0", String(nChildren));
    row.append(" ", count);
  }
  twig.append(row);
  prepare(twig, tree);
  return twig;
}

/**
 * What a resource is called in a path.
 *
 * @param {string} key
 */
function segment(key) {
  const [scheme, ...parts] = key.split(":");
  const rest = parts.join(":");
  if (scheme === "guid") {
    return rest;
  }
  if (scheme === "ctid") {
    const [environment, ctid] = parts;
    const address = `https://${environment}.credentialengineregistry.org/resources/${ctid}`;
    return ctid === undefined ? rest : encodeURIComponent(address);
  }
  if (scheme === "id") {
    return encodeURIComponent(`urn:alidade:case:${rest.replace("|", ":")}`);
  }
  return encodeURIComponent(rest);
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
