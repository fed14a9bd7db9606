/**
 * The page that reads a badge, shows what would be sent, asks, and shows what comes back.
 */

import { asks, extract, resolve } from "./alidade.js";
import { problem, report, sent } from "./badge/report.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("badge"));
const file = /** @type {HTMLInputElement} */ (document.getElementById("file"));
const text = /** @type {HTMLTextAreaElement} */ (document.getElementById("text"));
const askFirst = /** @type {HTMLInputElement} */ (document.getElementById("ask-first"));
const status = /** @type {HTMLElement} */ (document.getElementById("status"));
const shown = /** @type {HTMLElement} */ (document.getElementById("report"));

/** Ends what is under way when the next badge comes. */
let current = new AbortController();

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
  const badge = event.dataTransfer?.files[0] ?? event.dataTransfer?.getData("text");
  if (badge) {
    read(badge);
  }
});

/**
 * Reads a badge, and asks what is in it.
 *
 * @param {string | Blob} badge
 */
async function read(badge) {
  current.abort();
  current = new AbortController();
  const { signal } = current;
  say("Reading the badge …");
  shown.hidden = true;
  try {
    const extraction = await extract(badge);
    // What was read is needed no longer, and is best not left lying about.
    file.value = "";
    text.value = "";
    if (askFirst.checked && asks(extraction).length > 0) {
      await permission(extraction, signal);
    }
    say("Asking what the identifiers mean …");
    const answers = await resolve(extraction, { signal });
    if (!signal.aborted) {
      show(...report(extraction, answers));
      say("");
    }
  } catch (error) {
    if (!signal.aborted) {
      show(...problem(error));
      say("");
    }
  }
}

/**
 * Waits until whoever reads has seen what would be sent, and wants it.
 *
 * @param {import("./alidade/extract.js").Extraction} extraction
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function permission(extraction, signal) {
  const button = document.createElement("button");
  button.type = "button";
  button.id = "send";
  button.textContent = "Send this";
  const details = sent(asks(extraction).map(([, ask]) => ask), "What would be sent");
  details.open = true;
  const title = document.createElement("h2");
  title.id = "report-title";
  title.textContent = "Nothing has been sent yet";
  show(title, details, button);
  say("");
  return new Promise((go) => {
    button.addEventListener("click", () => go(), { once: true, signal });
  });
}

/** @param {string} words */
function say(words) {
  status.textContent = words;
}

/**
 * Shows the report, and brings whoever reads to its title.
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
