//! The prefixes that a query need not declare.

use ontology::vocab::{alidade, case, ceasn, ceterms, owl, prov, rdf, skos, xsd};

/// Prefix and namespace; what a query declares itself comes first.
pub const PREFIXES: &[(&str, &str)] = &[
    ("alidade", alidade::NAMESPACE),
    ("case", case::NAMESPACE),
    ("ceasn", ceasn::NAMESPACE),
    ("ceterms", ceterms::NAMESPACE),
    ("owl", owl::NAMESPACE),
    ("prov", prov::NAMESPACE),
    ("rdf", rdf::NAMESPACE),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "https://schema.org/"),
    ("skos", skos::NAMESPACE),
    ("xsd", xsd::NAMESPACE),
];

/// Writes an IRI with one of the prefixes; `None` where none fits or the rest is no plain name.
pub fn shorten(iri: &str) -> Option<String> {
    let is_name = |name: &&str| {
        !name.is_empty()
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
    };
    PREFIXES.iter().find_map(|(prefix, namespace)| {
        let name = iri.strip_prefix(namespace).filter(is_name)?;
        Some(format!("{prefix}:{name}"))
    })
}

#[cfg(test)]
mod tests {
    use super::shorten;

    #[test]
    fn a_term_of_a_known_namespace_is_shortened() {
        let short = |iri| shorten(iri);
        assert_eq!(short("http://www.w3.org/2004/02/skos/core#broader").unwrap(), "skos:broader");
        assert_eq!(short("urn:alidade:vocab:status").unwrap(), "alidade:status");
        assert_eq!(short("https://schema.org/"), None);
        assert_eq!(short("https://schema.org/a/b"), None);
        assert_eq!(short("urn:uuid:6b9bf846-d7cc-11e8-824f-0242ac160002"), None);
    }
}
