"""Reads every representation of 200 resources with rdflib and pyld, which must find the same triples in all of them.

Needs `rdflib` and `pyld`. The service is at the address in ALIDADE; nothing else is ever asked.
"""

import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import rdflib
from pyld import jsonld

SERVICE = os.environ["ALIDADE"].rstrip("/")
WANTED = 200
FORMS = {
    "application/ld+json": "json-ld",
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/n-quads": "nquads",
}


def get(path, accept="application/json"):
    request = urllib.request.Request(SERVICE + path, headers={"Accept": accept})
    while True:
        try:
            with urllib.request.urlopen(request) as answer:
                media_type = answer.headers["Content-Type"].split(";")[0]
                assert media_type == accept, (path, media_type, accept)
                return answer.read().decode("utf-8")
        except urllib.error.HTTPError as error:
            if error.code not in (429, 503):
                raise
            # Whoever asks for a lot is asked to wait.
            time.sleep(float(error.headers.get("Retry-After", "1")))


def subjects():
    """Resources of every kind, until there are enough."""
    kinds = [None, "credential", "framework", "organization", "learningOpportunity", "assessment"]
    found = {}
    for kind in kinds:
        cursor = ""
        share = WANTED if kind is None else WANTED // 8
        before = len(found)
        while len(found) - before < share:
            query = {"limit": "50"}
            if kind:
                query["kind"] = kind
            if cursor:
                query["cursor"] = cursor
            page = json.loads(get("/v1/search?" + urllib.parse.urlencode(query)))["results"]
            for hit in page["hits"]:
                found[hit["card"]["resource"]["identity"]["subject"]] = None
            cursor = page.get("next") or ""
            if not page["hits"] or not cursor:
                break
    # Some of each kind: the special ones were found last.
    return list(found)[-WANTED:]


def no_document(url, _options=None):
    raise AssertionError(f"a context is fetched from {url}")


def triples(graph):
    return {(str(s), str(p), o.n3()) for s, p, o in graph}


def read(text, form):
    if form == "nquads":
        dataset = rdflib.Dataset()
        dataset.parse(data=text, format=form)
        union = rdflib.Graph()
        for s, p, o, graph in dataset.quads():
            assert graph is not None, "a quad in no graph"
            union.add((s, p, o))
        return triples(union)
    graph = rdflib.Graph()
    graph.parse(data=text, format=form)
    return triples(graph)


def read_with_pyld(text):
    nquads = jsonld.to_rdf(json.loads(text), {"format": "application/n-quads"})
    graph = rdflib.Graph()
    graph.parse(data=nquads, format="nt")
    return triples(graph)


def load(path, form):
    """Lets rdflib ask by itself, with what it says it accepts."""
    graph = rdflib.Dataset() if form == "nquads" else rdflib.Graph()
    while True:
        try:
            graph.parse(SERVICE + path, format=form)
            return len(graph)
        except urllib.error.HTTPError as error:
            if error.code not in (429, 503):
                raise
            time.sleep(float(error.headers.get("Retry-After", "1")))


def main():
    jsonld.set_document_loader(no_document)
    names = subjects()
    differing, n_triples = [], 0
    for subject in names:
        path = "/doc/" + urllib.parse.quote(subject, safe="")
        texts = {media_type: get(path, media_type) for media_type in FORMS}
        found = {media_type: read(texts[media_type], form) for media_type, form in FORMS.items()}
        found["pyld"] = read_with_pyld(texts["application/ld+json"])
        expected = found["application/n-triples"]
        assert expected, f"nothing is said of {subject}"
        n_triples += len(expected)
        for reader, said in found.items():
            if said != expected:
                differing.append((subject, reader, sorted(said ^ expected)[:4]))
    path = "/doc/" + urllib.parse.quote(names[0], safe="")
    # It knows no media type of N-Quads, and takes whatever comes.
    loaded = {form: load(path + (".nq" if form == "nquads" else ""), form) for form in FORMS.values()}
    assert all(loaded.values()), loaded
    assert loaded["nt"] == loaded["turtle"] == loaded["json-ld"], loaded
    for subject, reader, difference in differing[:10]:
        print(f"{subject} as {reader} differs: {difference}", file=sys.stderr)
    print(f"{len(names)} resources, {n_triples} triples, {len(FORMS) + 1} readings of each")
    enough = os.environ.get("ALIDADE_RESOURCES", str(WANTED))
    assert len(names) >= int(enough), f"only {len(names)} resources are there"
    assert not differing, f"{len(differing)} readings differ"


main()
