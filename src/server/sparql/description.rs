//! What the endpoint is, for programs: a [service description](https://www.w3.org/TR/sparql11-service-description/).

use index::rdf::{Form, write};
use ontology::vocab::{rdf, xsd};
use oxrdf::{GraphName, Literal, NamedNode, Quad, Term};

use crate::server::linked::catalog::dataset_of_everything;
use crate::server::problem::Problem;

/// The vocabulary of service descriptions.
const SD: &str = "http://www.w3.org/ns/sparql-service-description#";

/// The vocabulary of data sets.
const VOID: &str = "http://rdfs.org/ns/void#";

/// Where the W3C names formats.
const FORMATS: &str = "http://www.w3.org/ns/formats/";

/// The formats of results.
const RESULTS: [&str; 10] = [
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "TriG",
    "N-Quads",
    "RDF_XML",
];

/// The description, with the number of statements where anything is published.
///
/// Where the service does not know its own address, the endpoint is named as the document itself.
pub(super) fn description(
    public_url: Option<&str>,
    n_quads: Option<u64>,
    form: Form,
) -> Result<Vec<u8>, Problem> {
    let endpoint = public_url.map(|url| format!("{url}/sparql")).unwrap_or_default();
    let dataset = dataset_of_everything(public_url);
    let (sd, void) = (|name: &str| format!("{SD}{name}"), |name: &str| format!("{VOID}{name}"));
    let mut quads = vec![
        link(&endpoint, rdf::TYPE, &sd("Service")),
        link(&endpoint, &sd("endpoint"), &endpoint),
        link(&endpoint, &sd("supportedLanguage"), &sd("SPARQL11Query")),
        link(&endpoint, &sd("feature"), &sd("UnionDefaultGraph")),
        link(&endpoint, &sd("defaultDataset"), &dataset),
        link(&dataset, rdf::TYPE, &sd("Dataset")),
        link(&dataset, rdf::TYPE, &void("Dataset")),
    ];
    let formats = RESULTS.iter().map(|name| format!("{FORMATS}{name}"));
    quads.extend(formats.map(|format| link(&endpoint, &sd("resultFormat"), &format)));
    let integer = NamedNode::new_unchecked(xsd::INTEGER);
    let size = n_quads.map(|n| Literal::new_typed_literal(n.to_string(), integer));
    quads.extend(size.map(|size| quad(&dataset, &void("triples"), size.into())));
    write(form, &quads).map_err(|error| {
        tracing::error!(%error, "a description cannot be written");
        Problem::internal()
    })
}

/// An address of ours, which may be without a host, or a term.
fn link(subject: &str, predicate: &str, object: &str) -> Quad {
    quad(subject, predicate, NamedNode::new_unchecked(object).into())
}

fn quad(subject: &str, predicate: &str, object: Term) -> Quad {
    let (subject, predicate) =
        (NamedNode::new_unchecked(subject), NamedNode::new_unchecked(predicate));
    Quad::new(subject, predicate, object, GraphName::DefaultGraph)
}
