/**
 * The page that reads a badge, shows what would be sent, asks, and writes a letter about what comes back.
 */

import { extract, requests, resolve } from "./alidade.js";
import { letter } from "./badge/letter.js";
import { problem } from "./badge/problem.js";
import { exact, questions } from "./badge/sent.js";
import { words } from "./badge/words.js";
import { element } from "./shown/nodes.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("badge"));
const file = /** @type {HTMLInputElement} */ (document.getElementById("file"));
const text = /** @type {HTMLTextAreaElement} */ (document.getElementById("text"));
const askFirst = /** @type {HTMLInputElement} */ (document.getElementById("ask-first"));
const status = /** @type {HTMLElement} */ (document.getElementById("status"));
const shown = /** @type {HTMLElement} */ (document.getElementById("report"));

/** How the server is asked: what is unknown may at least be guessed at. */
const OPTIONS = { suggest: true };

/** Ends what is under way when the next badge comes. */
let current = new AbortController();

/** What is said beside everything else about the badge that was given. */
let aside = "";

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (text.value.trim() !== "") {
    read(text.value);
  }
});

file.addEventListener("change", () => {
  if (file.files?.[0] !== undefined) {
    read(file.files[0]);
  }
});

document.addEventListener("dragover", (event) => {
  event.preventDefault();
  form.classList.add("over");
});

document.addEventListener("dragleave", (event) => {
  if (event.relatedTarget === null) {
    form.classList.remove("over");
  }
});

document.addEventListener("drop", (event) => {
  event.preventDefault();
  form.classList.remove("over");
  const files = event.dataTransfer?.files ?? [];
  const badge = files[0] ?? event.dataTransfer?.getData("text");
  if (badge) {
    read(badge, files.length > 1 ? words.progress.onlyFirst(files.length) : "");
  }
});

// On paper nothing can be unfolded.
window.addEventListener("beforeprint", () => {
  for (const details of shown.querySelectorAll("details:not([open])")) {
    details.setAttribute("open", "");
    details.classList.add("for-paper");
  }
});

window.addEventListener("afterprint", () => {
  for (const details of shown.querySelectorAll("details.for-paper")) {
    details.removeAttribute("open");
    details.classList.remove("for-paper");
  }
});

/**
 * Reads a badge, and asks what is in it.
 *
 * @param {string | Blob} badge
 * @param {string} [note] What is said beside everything else.
 */
async function read(badge, note = "") {
  const signal = next(words.progress.reading, note);
  try {
    const extraction = await taken(badge);
    if (signal.aborted) {
      return;
    }
    // What was read is needed no longer, and is best not left lying about.
    text.value = "";
    if (askFirst.checked && questions(extraction).length > 0 && !(await isWanted(extraction, signal))) {
      return;
    }
    await answer(extraction, signal);
  } catch (error) {
    if (!signal.aborted) {
      show(...problem(error, { wasAsked: false }));
      say("");
    }
  }
}

/**
 * What is in a badge. The field of the file is empty afterwards, so that the same file can be chosen again.
 *
 * @param {string | Blob} badge
 */
async function taken(badge) {
  try {
    return await extract(badge);
  } finally {
    file.value = "";
  }
}

/**
 * Asks what is in a badge that was read, and writes the letter.
 *
 * @param {import("./alidade/extract.js").Extraction} extraction
 * @param {AbortSignal} signal
 */
async function answer(extraction, signal) {
  say(words.progress.asking);
  const asked = questions(extraction);
  try {
    const answers = await resolve(asked, { ...OPTIONS, signal });
    if (!signal.aborted) {
      show(...letter(extraction, answers, requests(asked, OPTIONS)));
      document.getElementById("another")?.addEventListener("click", clear);
      say(words.progress.ready);
    }
  } catch (error) {
    if (!signal.aborted) {
      const again = () => answer(extraction, next(words.progress.asking));
      show(...problem(error, { wasAsked: asked.length > 0, again }));
      say("");
    }
  }
}

/**
 * Waits until whoever reads has seen what would be sent, and tells whether it is wanted.
 *
 * @param {import("./alidade/extract.js").Extraction} extraction
 * @param {AbortSignal} signal
 * @returns {Promise<boolean>}
 */
function isWanted(extraction, signal) {
  const { before } = words;
  const send = element("button", { type: "button", id: "send", className: "first" }, before.send);
  const leave = element("button", { type: "button", id: "leave" }, before.not);
  const details = exact(requests(questions(extraction), OPTIONS), before.what);
  details.open = true;
  const title = element("h2", { id: "report-title" }, before.title);
  show(title, element("p", {}, before.lead), details, element("p", {}, send, " ", leave));
  say("");
  return new Promise((go) => {
    send.addEventListener("click", () => go(true), { once: true, signal });
    leave.addEventListener(
      "click",
      () => {
        show(element("h2", { id: "report-title" }, before.left), element("p", {}, before.leftLead));
        go(false);
      },
      { once: true, signal },
    );
  });
}

/** Puts the letter away, and waits for the next badge. */
function clear() {
  next(words.progress.again);
  shown.replaceChildren();
  file.focus();
}

/**
 * Ends what is under way, and begins something else.
 *
 * @param {string} what
 * @param {string} [note] What is said beside everything else from now on.
 */
function next(what, note = "") {
  current.abort();
  current = new AbortController();
  aside = note;
  say(what);
  shown.hidden = true;
  shown.classList.remove("only-doubtful");
  return current.signal;
}

/** @param {string} words */
function say(words) {
  status.textContent = [words, aside].filter((text) => text !== "").join(" ");
}

/**
 * Shows the letter, and brings whoever reads to its title.
 *
 * @param {...Node} nodes
 */
function show(...nodes) {
  shown.replaceChildren(...nodes);
  shown.hidden = false;
  const title = shown.querySelector("h2");
  if (title !== null) {
    title.tabIndex = -1;
    title.focus();
  }
}
