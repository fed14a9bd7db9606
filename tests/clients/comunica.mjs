// Comunica asks the endpoint with nothing but its address: a join, a truth value, triples, and a query that it answers with several requests.
import assert from "node:assert/strict";
import { QueryEngine } from "@comunica/query-sparql";

const endpoint = `${process.env.ALIDADE}/sparql`;
const engine = new QueryEngine();
const PREFIXES = `
  PREFIX ceasn: <https://purl.org/ctdlasn/terms/>
  PREFIX skos: <http://www.w3.org/2004/02/skos/core#>`;

const rows = async (query, sources) => {
  const bindings = await engine.queryBindings(PREFIXES + query, { sources });
  return (await bindings.toArray()).map((row) => Object.fromEntries([...row].map(([name, term]) => [name.value, term])));
};

for (const sources of [[endpoint], [{ type: "sparql", value: endpoint }]]) {
  const above = await rows(
    `SELECT DISTINCT ?code ?text WHERE {
      ?competency skos:notation "NMF.3.FR.2" ; skos:broader ?above .
      ?above skos:prefLabel ?text ; skos:notation ?code .
    }`,
    sources,
  );
  assert.deepEqual(above.map((row) => row.code.value), ["NMF.3.FR.A"]);
  assert.equal(above[0].text.language, "en");

  const frameworks = await rows(
    `SELECT DISTINCT ?name WHERE { ?f a ceasn:CompetencyFramework ; ceasn:name ?name . OPTIONAL { ?f ceasn:publisherName ?p } } ORDER BY ?name`,
    sources,
  );
  const names = frameworks.map((row) => row.name.value);
  assert.ok(names.includes("Harbor Workforce Skills Framework"), names.join());

  const ask = (code) => engine.queryBoolean(`${PREFIXES} ASK { ?c skos:notation "${code}" }`, { sources });
  assert.equal(await ask("NMF.3.FR.2"), true);
  assert.equal(await ask("no such code"), false);

  const triples = await engine.queryQuads(
    `${PREFIXES} CONSTRUCT { ?c skos:notation ?code } WHERE { ?c skos:notation ?code . FILTER(STRSTARTS(STR(?code), "NMF.3.FR")) }`,
    { sources },
  );
  const codes = new Set((await triples.toArray()).map((quad) => quad.object.value));
  assert.ok(codes.has("NMF.3.FR.2") && codes.size > 4, [...codes].join());
}

// The endpoint is asked beside another source, so that Comunica takes the query apart itself.
const other = {
  type: "serialized",
  value: `<urn:mine> <urn:wants> "NMF.3.FR.2" .`,
  mediaType: "text/turtle",
  baseIRI: "urn:base",
};
const joined = await rows(`SELECT DISTINCT ?text WHERE { ?me <urn:wants> ?code . ?c skos:notation ?code ; skos:prefLabel ?text }`, [endpoint, other]);
assert.equal(joined.length, 1);
console.log(`comunica: ${joined[0].text.value}`);

// A mistake is told, and not taken for an empty answer.
await assert.rejects(() => engine.queryBoolean("ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", { sources: [{ type: "sparql", value: endpoint }] }));
