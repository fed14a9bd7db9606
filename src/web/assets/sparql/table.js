/**
 * The rows of an answer as a table.
 */

/** What a subject of this house looks like, with what names it in the address of its page. */
const OWN = [
  [/^urn:uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/, (guid) => guid],
  [/^https:\/\/credentialengineregistry\.org\/resources\/(ce-[0-9a-f-]{36})$/, (ctid) => ctid],
  [/^(urn:alidade:case:.+|https:\/\/[^/]*credentialengine[^/]*\/resources\/ce-[0-9a-f-]{36})$/, encodeURIComponent],
];

/**
 * The address of the page about a resource, where an IRI is that of a resource here.
 *
 * @param {string} iri
 */
const pageOf = (iri) => {
  for (const [pattern, name] of OWN) {
    const found = pattern.exec(iri);
    if (found) return `/r/${name(found[1])}`;
  }
  return null;
};

/** @param {string} iri */
const linked = (iri) => {
  const page = pageOf(iri);
  if (page === null && !/^https?:\/\//.test(iri)) return document.createTextNode(iri);
  const link = document.createElement("a");
  link.textContent = iri;
  link.href = page ?? iri;
  if (page === null) link.rel = "noopener noreferrer nofollow";
  return link;
};

/** A term as Turtle writes it, more or less; what can be followed is a link. */
const cellOf = (term) => {
  const cell = document.createElement("td");
  if (term === undefined) return cell;
  if (term.type === "uri") cell.append(linked(term.value));
  else cell.textContent = term.type === "bnode" ? `_:${term.value}` : term.value;
  cell.dir = "auto";
  const language = term["xml:lang"];
  if (language) cell.lang = language;
  const tag = language ?? term.datatype?.replace(/^.*[#/]/, "");
  if (tag) {
    const mark = document.createElement("span");
    mark.className = "tag";
    mark.textContent = ` ${tag}`;
    cell.append(mark);
  }
  return cell;
};

/**
 * @param {string[]} names The columns.
 * @param {Record<string, object>[]} rows
 */
export function answerTable(names, rows) {
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  for (const name of names) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = name;
    head.append(cell);
  }
  const body = table.createTBody();
  for (const row of rows) body.insertRow().append(...names.map((name) => cellOf(row[name])));
  return table;
}
