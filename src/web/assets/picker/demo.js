/**
 * The page that shows the picker: it makes the JSON of a badge from a plain form.
 */

import { element } from "../shown/nodes.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("issue"));
const shown = /** @type {HTMLElement} */ (document.getElementById("made"));
const submit = /** @type {HTMLButtonElement} */ (form.querySelector("button[type=submit]"));

/** What the badge is called by programs. */
let id = urn();

form.addEventListener("input", make);
form.addEventListener("change", make);
form.addEventListener("reset", () => {
  id = urn();
  setTimeout(make);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  make();
  shown.focus();
});

for (const button of document.querySelectorAll("button[data-copies]")) {
  const said = button.parentElement?.querySelector("[role=status]");
  button.addEventListener("click", async () => {
    const { copies = "", done = "", failed = "" } = /** @type {HTMLElement} */ (button).dataset;
    const text = document.getElementById(copies)?.textContent ?? "";
    const isDone = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    if (said) {
      said.textContent = isDone ? done : failed;
    }
  });
}

// The address that people copy is that of this very server.
for (const lines of document.querySelectorAll("#snippet, #policy")) {
  lines.textContent = (lines.textContent ?? "").replaceAll("https://alidade.example", location.origin);
}
make();
// Before this script runs, the form would be sent to a page that knows nothing of it.
submit.disabled = false;

/** Writes the badge as it is now. */
function make() {
  const data = new FormData(form);
  const text = (/** @type {string} */ name) => String(data.get(name) ?? "").trim();
  const alignments = text("alignment");
  const badge = {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
    id,
    type: ["Achievement"],
    name: text("name"),
    description: text("description"),
    criteria: { narrative: text("criteria") },
    ...(alignments === "" ? {} : { alignment: JSON.parse(alignments) }),
  };
  shown.replaceChildren(element("code", {}, JSON.stringify(badge, null, 2)));
}

/** An identifier that nobody else has. `crypto.randomUUID` does the same, but only where the page comes encrypted. */
function urn() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `urn:uuid:${digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")}`;
}
