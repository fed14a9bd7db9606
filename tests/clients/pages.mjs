// A browser opens every page at several widths in both themes, and does on some what people do there: axe-core finds nothing serious on it,
// nothing runs past its edge, what is hidden is not seen, its policy is never broken, nothing is asked of anybody else, no dialog opens, and it is small.
//
// PICTURES names a folder that the pages are drawn into.
import assert from "node:assert/strict";
import { accessSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import puppeteer from "puppeteer-core";

const service = process.env.ALIDADE;
const pictures = process.env.PICTURES;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const credential = readFileSync(join(process.env.ALIDADE_ROOT, "demo/badges/3-fence-builders-arithmetic.json"), "utf8");

const WIDTHS = [360, 800, 1920];
const PICKER = "alidade-picker >>>";
const BOX = `${PICKER} [role=combobox]`;
const THEMES = ["light", "dark"];
const MAX_BYTES = 100_000;

/** The browser that is installed. */
function program() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  for (const path of names.flatMap((name) => folders.map((folder) => join(folder, name)))) {
    try {
      accessSync(path);
      return path;
    } catch {
      // The next one.
    }
  }
  throw new Error("no chromium is installed; `scripts/deps.sh --browser` does that");
}

/** Asks the interface for programs. */
async function ask(path) {
  const answer = await fetch(service + path);
  assert.equal(answer.status, 200, path);
  return answer.json();
}

/** Types into a field, and waits for what comes of it. */
function types(field, text, comes) {
  return async (tab) => {
    await tab.type(field, text);
    await tab.waitForSelector(comes);
    await tab.keyboard.press("ArrowDown");
  };
}

/** Picks what is found first. */
async function picks(tab) {
  await types(BOX, "fractions on a number line", `${PICKER} [role=option]`)(tab);
  await tab.keyboard.press("Enter");
  await tab.waitForSelector(`${PICKER} [part~=choice]`);
}

/** Pastes a badge, and waits for the letter about it. */
async function pastes(tab) {
  await tab.$eval("#text", (field, text) => { field.value = text; }, credential);
  await tab.click("#badge [type=submit]");
  await tab.waitForSelector("#report:not([hidden]) .verdict");
  await tab.$$eval("#report details", (all) => all.forEach((details) => { details.open = true; }));
}

/** Asks the graph for what a page has room for. */
async function asks(tab) {
  await tab.$eval("#query", (field) => { field.value = "SELECT * WHERE { ?it skos:notation ?code ; skos:prefLabel ?text } LIMIT 20"; });
  await tab.click("#ask [type=submit]");
  await tab.waitForSelector("#answer:not([hidden]) table");
}

/** The pages on which something is done before they are looked at, by the names of their pictures. */
const ACTS = {
  "home-list": ["/", types("main [role=combobox]", "fracti", ".completions:not([hidden]) li")],
  "picker-list": ["/picker", types(BOX, "fractions", `${PICKER} [role=option]`)],
  "picker-choice": ["/picker", picks],
  "badge-letter": ["/badge", pastes],
  "sparql-answer": ["/sparql", asks],
};

/** The addresses of all pages, by a name for each. */
async function pages() {
  const found = {
    home: "/",
    results: "/?q=fractions",
    nothing: "/?q=zzzzqqqq",
    frameworks: "/frameworks",
    badge: "/badge",
    picker: "/picker",
    sources: "/sources",
    sparql: "/sparql",
    docs: "/docs",
    "docs-operation": "/docs/search",
    "docs-schema": "/docs/schemas/Resolution",
    about: "/about",
    problems: "/problems",
    problem: "/problems/unknown-parameter",
    missing: "/nothing-is-here",
    "missing-resource": "/r/ce-00000000-0000-4000-8000-000000000000",
  };
  const { results } = await ask("/v1/search?facets=kind&limit=1");
  for (const { value } of results.facets.kind) {
    const { results: { hits } } = await ask(`/v1/search?kind=${value}&limit=1`);
    found[`r-${value}`] = `/r/${encodeURIComponent(hits[0].card.resource.identity.subject)}`;
  }
  const { items } = await ask("/v1/frameworks?limit=50");
  const large = items.toSorted((a, b) => b.nCompetencies - a.nCompetencies);
  found.framework = `/frameworks/${encodeURIComponent(large[0].subject)}`;
  found["framework-search"] = `${found.framework}?q=number`;
  found["compare-choice"] = `/frameworks/compare?a=${encodeURIComponent(large[0].subject)}`;
  found["compare-found"] = `${found["compare-choice"]}&b=a`;
  found.compare = `${found["compare-choice"]}&b=${encodeURIComponent(large[1].subject)}`;
  const northfield = await ask("/v1/search?q=NMF.3.NU.4&kind=competency&limit=1");
  found["r-crosswalk"] = `/r/${encodeURIComponent(northfield.results.hits[0].card.resource.identity.subject)}`;
  found.referrers = `${found["r-crosswalk"]}/referenced-by`;
  found["referrer-list"] = `${found.referrers}?relation=exactMatchOf`;
  return found;
}

/** What is wrong with a page, after it was opened and something was done. */
async function faults(tab, path, act) {
  const wrong = [];
  const onConsole = (message) => {
    if (message.type() === "error" && /Content Security Policy|Refused to/.test(message.text())) wrong.push(message.text());
  };
  const onRequest = (request) => {
    const url = request.url();
    if (!url.startsWith(service) && !/^(data|blob|about):/.test(url)) wrong.push(`asks ${url}`);
  };
  const onDialog = (dialog) => {
    wrong.push(`a dialog opens: ${dialog.message()}`);
    dialog.dismiss();
  };
  const onError = (error) => wrong.push(`a script fails: ${error.message}`);
  tab.on("console", onConsole).on("request", onRequest).on("dialog", onDialog).on("pageerror", onError);
  const answer = await tab.goto(service + path, { waitUntil: "load", timeout: 120_000 });
  const bytes = (await answer.buffer()).length;
  if (bytes > MAX_BYTES) wrong.push(`${bytes} bytes`);
  await act?.(tab);
  const past = await tab.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    return document.documentElement.scrollWidth > wide ? [document.documentElement.scrollWidth, wide] : undefined;
  });
  if (past) wrong.push(`${past[0]} pixels in ${past[1]}`);
  const unhidden = await tab.$$eval("[hidden]", (all) => all.filter((it) => it.getClientRects().length > 0).map((it) => it.outerHTML.slice(0, 80)));
  wrong.push(...unhidden.map((it) => `is hidden, and seen: ${it}`));
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  for (const { id, impact, help, nodes } of violations) {
    if (impact === "serious" || impact === "critical") {
      wrong.push(`${impact} ${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.target.join(" ")).join(" | ")}`);
    }
  }
  tab.off("console", onConsole).off("request", onRequest).off("dialog", onDialog).off("pageerror", onError);
  return wrong;
}

const only = process.env.PAGES?.split(",");
const browser = await puppeteer.launch({ executablePath: program(), args: ["--no-sandbox", "--hide-scrollbars"] });
const opened = Object.entries(await pages()).map(([name, path]) => [name, [path]]);
const all = [...opened, ...Object.entries(ACTS)].filter(([name]) => only === undefined || only.includes(name));
let n_faults = 0;
if (pictures) mkdirSync(pictures, { recursive: true });
for (const width of WIDTHS) {
  const tab = await browser.newPage();
  // What is run to look at a page is not of the page; its policy is judged by what it says in the console.
  await tab.setBypassCSP(false);
  await tab.setViewport({ width, height: 900 });
  for (const theme of THEMES) {
    await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
    for (const [name, [path, act]] of all) {
      for (const fault of await faults(tab, path, act)) {
        n_faults += 1;
        console.error(`${name} ${path} at ${width}, ${theme}: ${fault}`);
      }
      if (pictures) await tab.screenshot({ path: join(pictures, `${name}-${width}-${theme}.png`), fullPage: true });
    }
  }
  await tab.close();
}
await browser.close();
assert.equal(n_faults, 0, "something is wrong with these pages");
console.log(`${all.length} pages at ${WIDTHS.length} widths in ${THEMES.length} themes`);
