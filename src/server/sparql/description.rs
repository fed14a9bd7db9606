//! What the endpoint is, for programs: a [service description](https://www.w3.org/TR/sparql11-service-description/).
//!
//! It is written by hand: only Turtle can name the endpoint without knowing under which name it is reached.

use crate::server::answer::Answer;

const DESCRIPTION: &str = "\
@prefix formats: <http://www.w3.org/ns/formats/> .
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix void: <http://rdfs.org/ns/void#> .

<> a sd:Service ;
  sd:endpoint <> ;
  sd:supportedLanguage sd:SPARQL11Query ;
  sd:feature sd:UnionDefaultGraph ;
  sd:resultFormat formats:SPARQL_Results_JSON, formats:SPARQL_Results_XML, formats:SPARQL_Results_CSV,
    formats:SPARQL_Results_TSV, formats:Turtle, formats:N-Triples, <http://www.w3.org/ns/formats/JSON-LD>,
    formats:TriG, formats:N-Quads, formats:RDF_XML ;
  sd:defaultDataset </.well-known/void> .

</.well-known/void> a sd:Dataset, void:Dataset";

/// The description, with the number of statements where anything is published.
pub(super) fn description(n_quads: Option<u64>) -> Answer {
    let size = n_quads.map(|n| format!(" ;\n  void:triples {n}")).unwrap_or_default();
    let text = format!("{DESCRIPTION}{size} .\n");
    Answer::written("text/turtle; charset=utf-8", text.into_bytes())
}
