//! The forms of a document, and how each is written.

use std::io;

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxrdf::{GraphName, Quad, Term};

use crate::rdf::context::namespaces;
use crate::rdf::json_ld::json_ld;

/// A standard form of RDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// [JSON-LD](https://www.w3.org/TR/json-ld11/), with its context inside.
    JsonLd,
    /// [Turtle](https://www.w3.org/TR/turtle/).
    Turtle,
    /// [N-Triples](https://www.w3.org/TR/n-triples/).
    NTriples,
    /// [N-Quads](https://www.w3.org/TR/n-quads/): the only form that says which graph states what.
    NQuads,
}

/// Writes quads in a form, in their order. The forms of triples write the union of all graphs, each triple once.
///
/// # Errors
/// What a writer says; one that writes into memory has nothing to say.
pub fn write(form: Form, quads: &[Quad]) -> io::Result<Vec<u8>> {
    let format = match form {
        Form::JsonLd => {
            let mut bytes = serde_json::to_vec_pretty(&json_ld(&union(quads)))?;
            bytes.push(b'\n');
            return Ok(bytes);
        }
        Form::NQuads => return serialized(RdfSerializer::from_format(RdfFormat::NQuads), quads),
        Form::NTriples => RdfFormat::NTriples,
        Form::Turtle => RdfFormat::Turtle,
    };
    let quads = union(quads);
    let named = namespaces().filter(|(_, namespace)| is_used(&quads, namespace));
    let serializer = named.fold(RdfSerializer::from_format(format), |serializer, (prefix, iri)| {
        serializer.clone().with_prefix(prefix, iri).unwrap_or(serializer)
    });
    serialized(serializer, &quads)
}

fn serialized(serializer: RdfSerializer, quads: &[Quad]) -> io::Result<Vec<u8>> {
    let mut serializer = serializer.for_writer(Vec::new());
    for quad in quads {
        serializer.serialize_quad(quad)?;
    }
    serializer.finish()
}

/// Every triple once, in the order of the first graph that states it; those of one subject stay together.
fn union(quads: &[Quad]) -> Vec<Quad> {
    let mut seen = std::collections::BTreeSet::new();
    let mut subjects = std::collections::BTreeMap::new();
    let mut triples: Vec<(usize, Quad)> = Vec::new();
    for quad in quads {
        let n_subjects = subjects.len();
        let place = *subjects.entry(quad.subject.to_string()).or_insert(n_subjects);
        if seen.insert((place, quad.predicate.as_str().to_owned(), quad.object.to_string())) {
            triples.push((place, Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() }));
        }
    }
    triples.sort_by(|(one, a), (other, b)| {
        (one, a.predicate.as_str()).cmp(&(other, b.predicate.as_str()))
    });
    triples.into_iter().map(|(_, triple)| triple).collect()
}

/// Whether an IRI of the quads stands in a namespace.
fn is_used(quads: &[Quad], namespace: &str) -> bool {
    let in_term = |term: &Term| match term {
        Term::NamedNode(node) => node.as_str().starts_with(namespace),
        Term::Literal(literal) => literal.datatype().as_str().starts_with(namespace),
        Term::BlankNode(_) => false,
    };
    quads.iter().any(|quad| quad.predicate.as_str().starts_with(namespace) || in_term(&quad.object))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use ontology::vocab::{case, ceasn, rdf, skos};
    use oxigraph::io::{RdfFormat, RdfParser};
    use oxrdf::{Literal, NamedNode, Quad, Term};
    use proptest::prelude::{Strategy, any, prop, prop_oneof, proptest};

    use super::{Form, write};

    fn node(iri: &str) -> NamedNode {
        NamedNode::new(iri).unwrap()
    }

    fn quad(subject: &str, predicate: &str, object: impl Into<Term>, graph: &str) -> Quad {
        Quad::new(node(subject), node(predicate), object, node(graph))
    }

    fn tagged(text: &str, tag: &str) -> Literal {
        Literal::new_language_tagged_literal(text, tag).unwrap()
    }

    /// What stands in a document, as sorted N-Triples.
    fn read(form: Form, bytes: &[u8]) -> BTreeSet<String> {
        let format = match form {
            Form::JsonLd => RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() },
            Form::Turtle => RdfFormat::Turtle,
            Form::NTriples => RdfFormat::NTriples,
            Form::NQuads => RdfFormat::NQuads,
        };
        let quads = RdfParser::from_format(format).for_slice(bytes);
        let text = String::from_utf8_lossy(bytes);
        quads
            .map(|quad| quad.unwrap_or_else(|error| panic!("{error}: {text}")))
            .map(|quad| format!("{} {} {}", quad.subject, quad.predicate, quad.object))
            .collect()
    }

    #[track_caller]
    fn same(quads: &[Quad]) {
        let expected: BTreeSet<String> = quads
            .iter()
            .map(|quad| format!("{} {} {}", quad.subject, quad.predicate, quad.object))
            .collect();
        for form in [Form::JsonLd, Form::Turtle, Form::NTriples, Form::NQuads] {
            let bytes = write(form, quads).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            assert_eq!(read(form, &bytes), expected, "{form:?}: {text}");
        }
    }

    fn sample() -> Vec<Quad> {
        let (one, other) = ("urn:g:1", "urn:g:2");
        let number =
            Literal::new_typed_literal("007", node("http://www.w3.org/2001/XMLSchema#integer"));
        let json = Literal::new_typed_literal(
            "{ \"b\": 1.0, \"a\": [] }",
            node(ontology::vocab::RDF_JSON),
        );
        vec![
            quad("urn:x", rdf::TYPE, node(ceasn::COMPETENCY), one),
            quad("urn:x", rdf::TYPE, node(ceasn::COMPETENCY), other),
            quad("urn:x", rdf::TYPE, node("urn:nobody:Class"), one),
            quad("urn:x", ceasn::COMPETENCY_TEXT, tagged("Ties \"knots\"\n", "en-us"), one),
            quad("urn:x", ceasn::COMPETENCY_TEXT, tagged("Knüpft", "de"), one),
            quad("urn:x", ceasn::COMPETENCY_TEXT, Literal::from("Ties"), other),
            quad("urn:x", ceasn::COMPETENCY_TEXT, node("urn:no:text"), other),
            quad("urn:x", ceasn::CODED_NOTATION, Literal::from("A.1"), one),
            quad("urn:x", ceasn::EDUCATION_LEVEL_TYPE, Literal::from("03"), one),
            quad("urn:x", ceasn::DATE_MODIFIED, Literal::from("yesterday"), one),
            quad("urn:x", skos::BROADER, node("urn:y"), one),
            quad("urn:x", skos::BROADER, node("https://a.example/ä?q#f"), one),
            quad("urn:x", case::SEQUENCE_NUMBER, number, one),
            quad("urn:x", case::EXTENSIONS, json, one),
            quad("urn:y", "urn:a:b", node("urn:x"), other),
        ]
    }

    #[test]
    fn every_form_says_the_same() {
        same(&sample());
        same(&[]);
    }

    #[test]
    fn an_iri_that_looks_like_an_abbreviation_stays_what_it_is() {
        let mut quads = sample();
        quads.push(quad("urn:x", skos::BROADER, node("ceasn:Competency"), "urn:g:1"));
        quads.push(quad("skos:broader", skos::BROADER, node("case:x"), "urn:g:1"));
        same(&quads);
    }

    #[test]
    fn json_ld_is_compact_and_has_its_own_context() {
        let bytes = write(Form::JsonLd, &sample()).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        let node = &json["@graph"][0];
        assert_eq!(node["@id"], "urn:x");
        assert_eq!(node["@type"], serde_json::json!(["ceasn:Competency", "urn:nobody:Class"]));
        assert_eq!(node["ceasn:codedNotation"], "A.1");
        assert_eq!(node["skos:broader"][0], "urn:y");
        assert_eq!(node["ceasn:competencyText"]["de"], "Knüpft");
        assert_eq!(node["ceasn:competencyText"]["@none"], "Ties");
        assert_eq!(json["@context"]["ceasn"], ceasn::NAMESPACE);
        assert!(json["@context"].get("schema").is_none(), "{json}");
    }

    #[test]
    fn turtle_declares_what_it_uses() {
        let text = String::from_utf8(write(Form::Turtle, &sample()).unwrap()).unwrap();
        assert!(text.contains("@prefix ceasn: "), "{text}");
        assert!(!text.contains("@prefix schema: "), "{text}");
        assert!(text.contains("a ceasn:Competency"), "{text}");
    }

    #[test]
    fn addresses_without_a_host_stay_as_they_are() {
        let quads = [Quad::new(
            NamedNode::new_unchecked("/.well-known/void#dataset"),
            node("http://rdfs.org/ns/void#dataDump"),
            NamedNode::new_unchecked("/dumps/all.nq.zst"),
            oxrdf::GraphName::DefaultGraph,
        )];
        for form in [Form::JsonLd, Form::Turtle] {
            let text = String::from_utf8(write(form, &quads).unwrap()).unwrap();
            assert!(text.contains("/dumps/all.nq.zst"), "{text}");
        }
    }

    fn iris() -> impl Strategy<Value = NamedNode> {
        let known = prop::sample::select(vec![
            skos::BROADER,
            ceasn::COMPETENCY_TEXT,
            ceasn::DATE_MODIFIED,
            ceasn::IS_PART_OF,
            rdf::TYPE,
            "urn:a:b",
            "ceasn:x",
            "https://credreg.net/bnodes/1",
        ]);
        known.prop_map(node)
    }

    fn objects() -> impl Strategy<Value = Term> {
        let text = || any::<String>().prop_map(|text| text.replace('\0', ""));
        prop_oneof![
            iris().prop_map(Term::from),
            text().prop_map(|text| Term::from(Literal::from(text))),
            text().prop_map(|text| Term::from(tagged(&text, "en"))),
            (text(), iris())
                .prop_map(|(text, datatype)| Literal::new_typed_literal(text, datatype))
                .prop_map(Term::from),
        ]
    }

    proptest! {
        #[test]
        fn whatever_is_said_is_said_in_every_form(
            rows in prop::collection::vec((iris(), iris(), objects()), 0..12)
        ) {
            let graph = node("urn:g");
            let quads = rows.into_iter().map(|(s, p, o)| Quad::new(s, p, o, graph.clone()));
            let quads: Vec<Quad> = quads.collect();
            same(&quads);
        }
    }
}
