// The page on which people ask. What comes back is shown as text, and only as text.
import { EXAMPLES } from "./examples.js";

const ACCEPT = "application/sparql-results+json, text/turtle;q=0.9";
const MOST_ROWS = 2000;

const at = (id) => document.getElementById(id);
const [form, query, chosen, status, answer, stop] = ["ask", "query", "example", "status", "answer", "stop"].map(at);
let asking = null;

const element = (name, text = "") => {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
};

const tell = (words, isProblem = false) => {
  status.textContent = words;
  status.classList.toggle("problem", isProblem);
};

const show = (...parts) => {
  answer.replaceChildren(...parts);
  answer.hidden = parts.length === 0;
};

// A term as Turtle writes it, more or less; an address of the web can be followed.
const term = (value) => {
  const cell = element("td");
  if (value === undefined) return cell;
  if (value.type === "uri" && /^https?:\/\//.test(value.value)) {
    const link = element("a", value.value);
    link.href = value.value;
    link.rel = "noopener noreferrer nofollow";
    cell.append(link);
  } else {
    cell.textContent = value.type === "bnode" ? `_:${value.value}` : value.value;
  }
  const tag = value["xml:lang"] ?? value.datatype?.replace(/^.*[#/]/, "");
  if (tag) {
    const mark = element("span", ` ${tag}`);
    mark.className = "tag";
    cell.append(mark);
  }
  return cell;
};

const table = (names, rows) => {
  const made = element("table");
  const head = made.createTHead().insertRow();
  for (const name of names) {
    const cell = element("th", name);
    cell.scope = "col";
    head.append(cell);
  }
  const body = made.createTBody();
  for (const row of rows.slice(0, MOST_ROWS)) body.insertRow().append(...names.map((name) => term(row[name])));
  return made;
};

const showRows = (json) => {
  if (json.boolean !== undefined) {
    tell(json.boolean ? "Yes." : "No.");
    return show();
  }
  const rows = json.results.bindings;
  const cut = rows.length > MOST_ROWS ? `, of which ${MOST_ROWS} are shown` : "";
  tell(`${rows.length} ${rows.length === 1 ? "row" : "rows"}${cut}.`);
  show(table(json.head.vars, rows));
};

const showText = (text) => {
  tell("Triples, in Turtle.");
  show(element("pre", text));
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
  show();
  const problem = await response.json();
  tell(`${problem.title}: ${problem.detail}`, true);
  point(problem);
};

const ask = async () => {
  asking?.abort();
  const mine = new AbortController();
  asking = mine;
  tell("Asking …");
  stop.hidden = false;
  try {
    const headers = { "Content-Type": "application/sparql-query", Accept: ACCEPT };
    const response = await fetch("sparql", { method: "POST", headers, body: query.value, signal: mine.signal });
    if (!response.ok) await fail(response);
    else if (response.headers.get("content-type").includes("json")) showRows(await response.json());
    else showText(await response.text());
  } catch (error) {
    if (asking === mine) {
      show();
      tell(error.name === "AbortError" ? "Stopped." : "There was no answer.", error.name !== "AbortError");
    }
  }
  if (asking === mine) {
    stop.hidden = true;
    asking = null;
  }
};

for (const user of new Set(EXAMPLES.map((example) => example.user))) {
  const group = document.createElement("optgroup");
  group.label = user;
  for (const example of EXAMPLES.filter((example) => example.user === user)) {
    const option = element("option", example.title);
    option.value = String(EXAMPLES.indexOf(example));
    group.append(option);
  }
  chosen.append(group);
}

chosen.addEventListener("change", () => {
  if (chosen.value === "") return;
  query.value = EXAMPLES[Number(chosen.value)].query;
  ask();
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});

query.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

stop.addEventListener("click", () => asking?.abort());
query.value = EXAMPLES[0].query;
