"""SPARQLWrapper asks the endpoint as it comes: every format that it knows, by GET and by POST."""

import os
import xml.dom.minidom

import rdflib
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

ENDPOINT = os.environ["ALIDADE"] + "/sparql"
SELECT = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?code ?text WHERE {
  ?competency skos:notation "NMF.3.FR.2" ; skos:broader ?above .
  ?above skos:prefLabel ?text ; skos:notation ?code .
}"""
ASK = 'PREFIX skos: <http://www.w3.org/2004/02/skos/core#> ASK { ?c skos:notation "NMF.3.FR.2" }'
CONSTRUCT = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
CONSTRUCT { ?c skos:notation ?code } WHERE { ?c skos:notation ?code FILTER(STRSTARTS(STR(?code), "NMF.3.FR")) }"""


def wrapper(query, method, requests):
    sparql = SPARQLWrapper(ENDPOINT)
    sparql.setMethod(method)
    sparql.setRequestMethod(requests)
    sparql.setQuery(query)
    return sparql


def text(sparql):
    return sparql.query().response.read().decode()


def ask_in_all_formats(method, requests):
    def asking(query, form=None):
        sparql = wrapper(query, method, requests)
        if form is not None:
            sparql.setReturnFormat(form)
        return sparql

    # Without a format it wants XML, and RDF/XML for triples.
    found = asking(SELECT).query().convert()
    assert isinstance(found, xml.dom.minidom.Document) and "NMF.3.FR.A" in found.toxml()
    assert "NMF.3.FR.A" in asking(SELECT, XML).query().convert().toxml()
    rows = asking(SELECT, JSON).query().convert()["results"]["bindings"]
    assert [row["code"]["value"] for row in rows] == ["NMF.3.FR.A"], rows
    assert asking(SELECT, CSV).query().convert().decode().startswith("code,text\r\nNMF.3.FR.A,")
    assert asking(SELECT, TSV).query().convert().decode().startswith('?code\t?text\n"NMF.3.FR.A"\t')
    assert asking(ASK, JSON).query().convert()["boolean"] is True
    assert "<boolean>true</boolean>" in asking(ASK, XML).query().convert().toxml()

    expected = None
    for form in [None, RDFXML, XML, TURTLE, N3, JSONLD]:
        graph = asking(CONSTRUCT, form).query().convert()
        if not isinstance(graph, rdflib.Graph):
            read = rdflib.Graph()
            read.parse(data=graph, format="turtle")
            graph = read
        triples = set(graph)
        expected = expected or triples
        assert len(triples) > 4 and triples == expected, (form, len(triples))
    return len(expected)


n_triples = [ask_in_all_formats(*way) for way in [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]]
try:
    wrapper("SELECT * WHERE { ?a ?b }", GET, URLENCODED).query()
    raise AssertionError("a malformed query was answered")
except QueryBadFormed as error:
    assert "line" in str(error), error

# rdflib's own store asks the same endpoint.
store = rdflib.Graph("SPARQLStore")
store.open(ENDPOINT)
codes = [str(row.code) for row in store.query(SELECT)]
assert codes == ["NMF.3.FR.A"], codes
print("sparqlwrapper: three ways,", n_triples[0], "triples in every format")
