/**
 * The page on which people ask. What comes back is shown as text, and only as text. The query stands behind the `#` of the address,
 * so that the address can be handed on; that part of it no browser sends.
 */
import { answerTable } from "/sparql/table.js";
import { sparql as words, tell as say } from "/words.js";

const ACCEPT = "application/sparql-results+json, text/turtle;q=0.9";
const MOST_ROWS = 2000;

/** In which other forms an answer is saved: the name, the media type, the end of the file. */
const ROWS = [["CSV", "text/csv", "csv"], ["TSV", "text/tab-separated-values", "tsv"], ["JSON", "application/sparql-results+json", "json"], ["XML", "application/sparql-results+xml", "xml"]];
const TRIPLES = [["Turtle", "text/turtle", "ttl"], ["N-Triples", "application/n-triples", "nt"], ["JSON-LD", "application/ld+json", "jsonld"], ["RDF/XML", "application/rdf+xml", "rdf"]];

/** @param {string} id */
const at = (id) => document.getElementById(id);
const [form, query, status, answer, found, save, stop] = ["ask", "query", "status", "answer", "found", "save", "stop"].map(at);

/** @type {AbortController | null} */
let asking = null;

const tell = (text, isProblem = false) => {
  status.textContent = text;
  status.classList.toggle("problem", isProblem);
};

const send = (text, accept, signal) => {
  const headers = { "Content-Type": "application/sparql-query", Accept: accept };
  return fetch("/sparql", { method: "POST", headers, body: text, signal });
};

const saveAs = async (text, [, type, end]) => {
  const response = await send(text, type);
  if (!response.ok) return fail(response);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = `answer.${end}`;
  link.click();
  URL.revokeObjectURL(link.href);
};

const show = (part, text, forms) => {
  found.replaceChildren(part);
  save.replaceChildren(...forms.map((kind) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = say(words.save, { form: kind[0] });
    button.addEventListener("click", () => saveAs(text, kind).catch(() => tell(words.noAnswer, true)));
    return button;
  }));
  answer.hidden = false;
};

const showRows = (json, text) => {
  if (json.boolean !== undefined) {
    tell(json.boolean ? words.yes : words.no);
    return;
  }
  const rows = json.results.bindings;
  const isCut = rows.length > MOST_ROWS;
  if (rows.length === 0) return tell(words.nothing);
  tell(isCut ? say(words.cutRows, { n: rows.length, shown: MOST_ROWS }) : say(words.rows, { n: rows.length }));
  show(answerTable(json.head.vars, rows.slice(0, MOST_ROWS)), text, ROWS);
};

const showTriples = (turtle, text) => {
  tell(words.triples);
  const lines = document.createElement("pre");
  lines.textContent = turtle;
  show(lines, text, TRIPLES);
};

// A mistake has a place: the caret is set there.
const point = (problem) => {
  if (problem.line === undefined) return;
  const before = query.value.split("\n").slice(0, problem.line - 1);
  const place = before.reduce((sum, line) => sum + line.length + 1, 0) + problem.column - 1;
  query.focus();
  query.setSelectionRange(place, place);
};

const fail = async (response) => {
  const problem = await response.json();
  tell(say(words.problem, problem), true);
  point(problem);
};

const ask = async () => {
  asking?.abort();
  const mine = new AbortController();
  const text = query.value;
  asking = mine;
  answer.hidden = true;
  stop.hidden = false;
  tell(words.asking);
  history.replaceState(null, "", `#query=${encodeURIComponent(text)}`);
  try {
    const response = await send(text, ACCEPT, mine.signal);
    if (!response.ok) await fail(response);
    else if (response.headers.get("content-type").includes("json")) showRows(await response.json(), text);
    else showTriples(await response.text(), text);
  } catch (error) {
    const isStopped = error.name === "AbortError";
    if (asking === mine) tell(isStopped ? words.stopped : words.noAnswer, !isStopped);
  }
  if (asking === mine) {
    stop.hidden = true;
    asking = null;
  }
};

/** Asks what stands behind the `#`, where anything does. */
const askOfAddress = () => {
  const asked = new URLSearchParams(location.hash.slice(1)).get("query");
  if (asked === null || asked === query.value) return;
  query.value = asked;
  ask();
};

for (const example of document.querySelectorAll("[data-example]")) {
  const text = new URL(example.href).searchParams.get("query");
  example.href = `#query=${encodeURIComponent(text)}`;
  example.addEventListener("click", (event) => {
    event.preventDefault();
    query.value = text;
    query.focus();
    ask();
  });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});

query.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

stop.addEventListener("click", () => {
  asking?.abort();
  query.focus();
});

window.addEventListener("hashchange", askOfAddress);
at("keys").hidden = false;
askOfAddress();
