//! Linked data over HTTP: documents about resources in every form, what the whole holds, and what robots may read.

mod catalog;
mod documents;
mod page;
mod robots;

use std::collections::BTreeSet;
use std::path::Path;

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser};
use oxigraph::model::Quad;

use crate::support::DataDir;
use crate::support::http::{Answer, Server, request};

/// A skill of the sample set.
const SKILL: &str = "3f82bcb8-7822-4d69-b042-318dd304bf39";

/// Where the tests pretend to have read a document.
const BASE: &str = "https://alidade.example";

/// The forms of RDF: ending, media type.
const FORMS: [(&str, &str, RdfFormat); 4] = [
    (".jsonld", "application/ld+json", RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
    (".ttl", "text/turtle", RdfFormat::Turtle),
    (".nt", "application/n-triples", RdfFormat::NTriples),
    (".nq", "application/n-quads", RdfFormat::NQuads),
];

/// The sample set: frameworks of CASE and records of CTDL.
fn samples() -> DataDir {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    DataDir::holding(&[&demo.join("frameworks"), &demo.join("records")])
}

/// Asks for what is accepted.
fn ask(server: &Server, path: &str, accept: &str) -> Answer {
    server.send(&request("GET", path, &[("Accept", accept)], b""))
}

/// The quads of a document.
#[track_caller]
fn quads(answer: &Answer, format: RdfFormat) -> Vec<Quad> {
    assert_eq!(answer.status, 200, "{answer:?}");
    let parser = RdfParser::from_format(format).with_base_iri(BASE).unwrap();
    let text = String::from_utf8_lossy(&answer.body);
    let read = parser.for_slice(&answer.body);
    read.map(|quad| quad.unwrap_or_else(|error| panic!("{error}: {text}"))).collect()
}

/// What quads say, whichever graph says it.
fn union(quads: &[Quad]) -> BTreeSet<String> {
    let triples = quads.iter();
    triples.map(|quad| format!("{} {} {}", quad.subject, quad.predicate, quad.object)).collect()
}

/// The media type of an answer, without its parameters.
fn media_type(answer: &Answer) -> &str {
    answer.field("content-type").unwrap_or_default().split(';').next().unwrap()
}
