//! The [context](https://www.w3.org/TR/json-ld11/#the-context) of our JSON-LD: prefixes, and how the values of terms are read.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use ontology::vocab::xsd;
use ontology::{Coercion, term_coercion, term_prefixes, terms};
use serde_json::{Map, Value, json};

use crate::sparql::PREFIXES;

/// What catalogues and descriptions are written in, beside what records are.
const CATALOGUES: [(&str, &str); 4] = [
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("formats", "http://www.w3.org/ns/formats/"),
    ("sd", "http://www.w3.org/ns/sparql-service-description#"),
    ("void", "http://rdfs.org/ns/void#"),
];

/// How the values of terms are read that the contexts of CTDL do not know.
const OWN_TERMS: [(&str, Coercion); 21] = [
    ("case:CFItemURI", Coercion::Link),
    ("case:abbreviatedStatement", Coercion::Language),
    ("case:conceptKeywordsURI", Coercion::Link),
    ("case:destinationNodeURI", Coercion::Link),
    ("case:originNodeURI", Coercion::Link),
    ("case:subjectURI", Coercion::Link),
    ("case:title", Coercion::Language),
    ("case:uri", Coercion::Typed(xsd::ANY_URI)),
    ("dcat:dataset", Coercion::Link),
    ("dcat:distribution", Coercion::Link),
    ("dcat:downloadURL", Coercion::Link),
    ("dcat:landingPage", Coercion::Link),
    ("dct:license", Coercion::Link),
    ("dct:publisher", Coercion::Link),
    ("dct:title", Coercion::Language),
    ("prov:generatedAtTime", Coercion::Typed(xsd::DATE_TIME)),
    ("prov:hadPrimarySource", Coercion::Link),
    ("void:dataDump", Coercion::Link),
    ("void:rootResource", Coercion::Link),
    ("void:sparqlEndpoint", Coercion::Link),
    ("void:subset", Coercion::Link),
];

/// Prefix by prefix; where the tables differ, what a query may write without declaring it counts.
static NAMESPACES: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    let known = term_prefixes().filter(|(prefix, _)| *prefix != "case");
    known.chain(CATALOGUES).chain(PREFIXES.iter().copied()).collect()
});

/// The prefixes with their namespaces, in order.
pub(crate) fn namespaces() -> impl Iterator<Item = (&'static str, &'static str)> {
    NAMESPACES.iter().map(|(prefix, namespace)| (*prefix, *namespace))
}

/// The namespace of a prefix.
pub(crate) fn namespace(prefix: &str) -> Option<&'static str> {
    NAMESPACES.get(prefix).copied()
}

/// Abbreviates an IRI: its prefix, and the whole term.
pub(crate) fn compact(iri: &str) -> Option<(&'static str, String)> {
    let fitting = namespaces().filter(|(_, namespace)| iri.starts_with(namespace));
    let (prefix, namespace) = fitting.max_by_key(|(_, namespace)| namespace.len())?;
    let name = iri.strip_prefix(namespace)?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let is_name = !name.is_empty() && name.chars().all(is_plain);
    is_name.then(|| (prefix, format!("{prefix}:{name}")))
}

/// How the values of a compact term are read.
pub(crate) fn coercion(term: &str) -> Coercion {
    let own = OWN_TERMS.iter().find(|(name, _)| *name == term);
    own.map_or_else(|| term_coercion(term), |(_, coercion)| *coercion)
}

/// The definition of a compact term; `None` where its values say themselves what they are.
pub(crate) fn definition(term: &str) -> Option<Value> {
    let id = expanded(term)?;
    match coercion(term) {
        Coercion::Link => Some(json!({ "@id": id, "@type": "@id" })),
        Coercion::Language => Some(json!({ "@id": id, "@container": "@language" })),
        Coercion::Typed(datatype) => Some(json!({ "@id": id, "@type": datatype })),
        Coercion::Plain | Coercion::Unknown => None,
    }
}

fn expanded(term: &str) -> Option<String> {
    let (prefix, name) = term.split_once(':')?;
    namespace(prefix).map(|namespace| format!("{namespace}{name}"))
}

/// The whole context, of which each document has the part that it uses.
pub fn context() -> Value {
    let mut context = Map::new();
    for (prefix, namespace) in namespaces() {
        context.insert(prefix.to_owned(), namespace.into());
    }
    let own = OWN_TERMS.iter().map(|(term, _)| *term);
    let mut all: Vec<&str> = terms().map(|(term, _)| term).chain(own).collect();
    all.sort_unstable();
    for term in all {
        if let Some(definition) = definition(term) {
            context.insert(term.to_owned(), definition);
        }
    }
    json!({ "@context": context })
}

#[cfg(test)]
mod tests {
    use ontology::Coercion;
    use ontology::vocab::{case, prov};

    use super::{OWN_TERMS, coercion, compact, context, expanded};

    #[test]
    fn an_iri_has_the_longest_prefix_that_leaves_a_name() {
        let term = |iri: &str| compact(iri).map(|(_, term)| term);
        assert_eq!(term(case::TITLE).unwrap(), "case:title");
        assert_eq!(term("https://purl.org/ctdl/terms/name").unwrap(), "ceterms:name");
        assert_eq!(term("http://www.w3.org/ns/dcat#Dataset").unwrap(), "dcat:Dataset");
        assert_eq!(term("https://purl.org/ctdl/vocabs/audLevel/A").unwrap(), "audLevel:A");
        for iri in ["https://schema.org/", "https://schema.org/a/b", "urn:x", "https://a.example/b"]
        {
            assert_eq!(term(iri), None, "{iri}");
        }
    }

    #[test]
    fn a_term_has_one_coercion() {
        assert_eq!(coercion("ceterms:name"), Coercion::Language);
        assert_eq!(coercion("skos:broader"), Coercion::Link);
        assert_eq!(coercion("case:title"), Coercion::Language);
        assert_eq!(coercion("case:nothing"), Coercion::Unknown);
        for (term, _) in OWN_TERMS {
            assert_eq!(ontology::term_coercion(term), Coercion::Unknown, "{term}");
        }
        let sorted = OWN_TERMS.map(|(term, _)| term);
        assert!(sorted.is_sorted(), "{sorted:?}");
    }

    #[test]
    fn the_context_defines_every_term_under_its_namespace() {
        let context = context();
        let context = context["@context"].as_object().unwrap();
        assert!(context.len() > 500, "{}", context.len());
        assert_eq!(context["prov:generatedAtTime"]["@id"], prov::GENERATED_AT_TIME);
        for (term, definition) in context {
            if definition.is_object() {
                assert_eq!(definition["@id"].as_str(), expanded(term).as_deref(), "{term}");
            }
        }
    }
}
