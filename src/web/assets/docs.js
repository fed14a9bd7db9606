/**
 * Tries an operation out: asks what stands in the form, here and nowhere else, and shows what comes back as text.
 */
import { docs as words, tell } from "/words.js";

/** The most characters of an answer that are shown. */
const MOST = 200_000;

/** The most bytes of an answer that are read: enough to lay out what is shown. */
const MOST_BYTES = 1_000_000;

/** Ends what is asked, when something else is. */
let asking = new AbortController();

/** @param {string} id */
const at = (id) => document.getElementById(id);
const form = /** @type {HTMLFormElement} */ (at("try"));
const [status, answer, asked, text] = ["status", "answer", "asked", "text"].map(at);
const [media, body, accept] = ["form", "body", "accept"].map(at);

/** The address that the fields make. */
const address = () => {
  const query = new URLSearchParams();
  let path = form.dataset.address;
  for (const field of form.querySelectorAll("[name]")) {
    if (field.dataset.path !== undefined) path = path.replace(`{${field.name}}`, encodeURIComponent(field.value));
    else if (field.value !== "") query.append(field.name, field.value);
  }
  return query.size === 0 ? path : `${path}?${query}`;
};

/** @param {string} type @param {string} content */
const laidOut = (type, content) => {
  try {
    return /[/+]json\b/.test(type) ? JSON.stringify(JSON.parse(content), null, 2) : content;
  } catch {
    return content;
  }
};

/**
 * Reads an answer as far as it is of use.
 *
 * @param {Response} response
 * @returns {Promise<{content: string, n: number, isCut: boolean}>}
 */
const read = async (response) => {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let [content, n] = ["", 0];
  while (reader !== undefined && n <= MOST_BYTES) {
    const { done, value } = await reader.read();
    if (done) return { content: content + decoder.decode(), n, isCut: false };
    content += decoder.decode(value, { stream: true });
    n += value.byteLength;
  }
  await reader?.cancel();
  return { content, n, isCut: reader !== undefined };
};

/** @param {Response} response */
const show = async (response) => {
  const type = response.headers.get("content-type") ?? "";
  const isText = /^text\/|json|xml|sparql|n-triples|n-quads|trig|^$/.test(type);
  const { content, n, isCut } = await read(response);
  const outcome = !response.ok ? words.refused : isCut ? words.answeredMore : words.answered;
  status.textContent = tell(outcome, { status: response.status, type, n: isCut ? MOST_BYTES : n });
  status.classList.toggle("problem", !response.ok);
  const told = isText ? laidOut(type, content) : words.binary;
  text.textContent = told.length > MOST || (isText && isCut) ? `${told.slice(0, MOST)}\n${words.cut}` : told;
  answer.hidden = false;
};

const ask = async () => {
  const method = form.dataset.method;
  const headers = { Accept: accept?.value ?? "*/*" };
  if (body) headers["Content-Type"] = media.value;
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  asked.textContent = `${method} ${address()}`;
  status.textContent = words.asking;
  status.classList.remove("problem");
  try {
    await show(await fetch(address(), { method, headers, body: body?.value, signal }));
  } catch {
    // Something else is asked by now.
    if (signal.aborted) return;
    answer.hidden = true;
    status.textContent = words.noAnswer;
    status.classList.add("problem");
  }
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});

media?.addEventListener("change", () => {
  body.value = media.selectedOptions[0].dataset.example;
});

body?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

form.querySelector("button[type=submit]").disabled = false;
