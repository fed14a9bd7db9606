//! The terms of CTDL, CTDL-ASN and `QData`: their namespaces, and how each term's values are read.
//!
//! The tables hold facts of the published contexts of 2026 ([CTDL](https://credreg.net/ctdl/schema/context/json),
//! [CTDL-ASN](https://credreg.net/ctdlasn/schema/context/json)), which agree wherever they both define a term: so one table serves
//! for both. Nothing is ever fetched.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How the values of a term are read where they do not say it themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coercion {
    /// As the IRI of a resource.
    Link,
    /// As texts by language.
    Language,
    /// As a literal of a datatype, by its absolute IRI.
    Typed(&'static str),
    /// As a plain literal.
    Plain,
    /// The table has no such term.
    Unknown,
}

static PREFIXES: LazyLock<BTreeMap<&str, &str>> =
    LazyLock::new(|| rows(include_str!("term/prefixes.tsv")).collect());

static TERMS: LazyLock<BTreeMap<&str, Coercion>> = LazyLock::new(|| {
    rows(include_str!("term/terms.tsv")).map(|(term, word)| (term, coercion_of(word))).collect()
});

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter_map(|line| line.split_once('\t'))
}

/// Reads how a context coerces a term.
pub(crate) fn coercion_of(word: &str) -> Coercion {
    match word {
        "@id" | "@vocab" => Coercion::Link,
        "@language" => Coercion::Language,
        "xsd:string" => Coercion::Plain,
        "xsd:float" => Coercion::Typed("http://www.w3.org/2001/XMLSchema#float"),
        "xsd:date" => Coercion::Typed("http://www.w3.org/2001/XMLSchema#date"),
        "xsd:boolean" => Coercion::Typed("http://www.w3.org/2001/XMLSchema#boolean"),
        "xsd:dateTime" => Coercion::Typed("http://www.w3.org/2001/XMLSchema#dateTime"),
        "xsd:integer" => Coercion::Typed("http://www.w3.org/2001/XMLSchema#integer"),
        "xsd:decimal" => Coercion::Typed("http://www.w3.org/2001/XMLSchema#decimal"),
        "xsd:duration" => Coercion::Typed("http://www.w3.org/2001/XMLSchema#duration"),
        "xsd:language" => Coercion::Typed("http://www.w3.org/2001/XMLSchema#language"),
        "schema:Duration" => Coercion::Typed("https://schema.org/Duration"),
        _ => Coercion::Unknown,
    }
}

/// How the values of a compact term are read.
pub fn coercion(term: &str) -> Coercion {
    TERMS.get(term).copied().unwrap_or(Coercion::Unknown)
}

/// Every prefix with its namespace, in order.
pub fn prefixes() -> impl Iterator<Item = (&'static str, &'static str)> {
    PREFIXES.iter().map(|(prefix, namespace)| (*prefix, *namespace))
}

/// Every compact term with how its values are read, in order.
pub fn terms() -> impl Iterator<Item = (&'static str, Coercion)> {
    TERMS.iter().map(|(term, coercion)| (*term, *coercion))
}

/// A property by its entry in the table, where it has one.
pub(crate) fn interned(term: String) -> Cow<'static, str> {
    match TERMS.get_key_value(term.as_str()) {
        Some((known, _)) => Cow::Borrowed(*known),
        None => Cow::Owned(term),
    }
}

/// The last part of a term, compact or not: what is left of it without its namespace.
pub fn local_name(term: &str) -> &str {
    term.rsplit(['/', '#', ':']).next().unwrap_or(term)
}

/// The namespace of a prefix.
pub(crate) fn namespace(prefix: &str) -> Option<&'static str> {
    PREFIXES.get(prefix).copied()
}

/// The absolute IRI of a compact term; `None` where its prefix is not a known one.
pub fn expand(term: &str) -> Option<String> {
    let (prefix, local) = term.split_once(':')?;
    if local.starts_with("//") {
        return None;
    }
    namespace(prefix).map(|namespace| format!("{namespace}{local}"))
}

/// The compact form of an absolute IRI in a known namespace, in whatever spelling of the namespace.
pub fn compact(iri: &str) -> Option<String> {
    let normal = normal_namespace(iri);
    let iri = normal.as_deref().unwrap_or(iri);
    let mut best: Option<(&str, &str)> = None;
    for (prefix, namespace) in &*PREFIXES {
        let is_longer = best.is_none_or(|(_, held)| held.len() < namespace.len());
        if is_longer && iri.starts_with(namespace) {
            best = Some((prefix, namespace));
        }
    }
    let (prefix, namespace) = best?;
    let local = iri.strip_prefix(namespace)?;
    let is_name = !local.is_empty() && !local.contains(['/', '#', '?', ' ']);
    is_name.then(|| format!("{prefix}:{local}"))
}

/// The other spellings of namespaces that publishers use, without scheme and `www.`, with the one of the published context.
const SPELLINGS: &[(&str, &str)] = &[
    ("purl.org/ctdl/terms/", "https://purl.org/ctdl/terms/"),
    ("purl.org/ceterms/terms/", "https://purl.org/ctdl/terms/"),
    ("credreg.net/ctdl/terms/", "https://purl.org/ctdl/terms/"),
    ("credreg.com/ctdl/terms/", "https://purl.org/ctdl/terms/"),
    ("credreg.org/ctdl/terms/", "https://purl.org/ctdl/terms/"),
    ("purl.org/ctdlasn/terms/", "https://purl.org/ctdlasn/terms/"),
    ("credreg.net/ctdlasn/terms/", "https://purl.org/ctdlasn/terms/"),
    ("credreg.com/ctdlasn/terms/", "https://purl.org/ctdlasn/terms/"),
    ("credreg.org/ctdlasn/terms/", "https://purl.org/ctdlasn/terms/"),
    ("credreg.net/qdata/terms/", "https://credreg.net/qdata/terms/"),
    ("credreg.com/qdata/terms/", "https://credreg.net/qdata/terms/"),
    ("credreg.org/qdata/terms/", "https://credreg.net/qdata/terms/"),
    ("purl.org/ctdl/vocabs/", "https://purl.org/ctdl/vocabs/"),
    ("purl.org/ctld/vocabs/", "https://purl.org/ctdl/vocabs/"),
    ("credreg.net/ctdl/vocabs/", "https://purl.org/ctdl/vocabs/"),
    ("purl.org/asn/schema/core/", "http://purl.org/ASN/schema/core/"),
    ("purl.org/ASN/schema/core/", "http://purl.org/ASN/schema/core/"),
    ("schema.org/", "https://schema.org/"),
    ("purl.org/dc/terms/", "http://purl.org/dc/terms/"),
    ("w3.org/2004/02/skos/core#", "http://www.w3.org/2004/02/skos/core#"),
    ("w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("w3.org/2001/XMLSchema#", "http://www.w3.org/2001/XMLSchema#"),
    ("w3.org/2002/07/owl#", "http://www.w3.org/2002/07/owl#"),
    ("w3.org/ns/adms#", "http://www.w3.org/ns/adms#"),
];

/// The IRI of a vocabulary term in the spelling of its namespace that the published context has; `None` where it has it already or is no
/// such term.
pub(crate) fn normal_namespace(iri: &str) -> Option<String> {
    let (_, rest) =
        iri.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https"))?;
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let found = SPELLINGS.iter().find_map(|(spelling, normal)| {
        rest.strip_prefix(spelling).map(|local| format!("{normal}{local}"))
    });
    found.filter(|normal| normal != iri)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::{Coercion, PREFIXES, TERMS, coercion, compact, expand, normal_namespace};

    #[test]
    fn every_term_of_the_table_has_a_namespace_and_a_coercion() {
        assert!(TERMS.len() > 600, "{}", TERMS.len());
        for (term, coercion) in &*TERMS {
            let iri = expand(term).unwrap();
            assert_eq!(compact(&iri).as_deref(), Some(*term));
            assert_ne!(*coercion, Coercion::Unknown, "{term}");
        }
    }

    #[test]
    fn namespaces_fold_into_the_published_spelling() {
        for (iri, term) in [
            ("http://purl.org/ctdl/terms/name", "ceterms:name"),
            ("https://credreg.net/ctdl/terms/name", "ceterms:name"),
            ("http://credreg.com/ctdlasn/terms/hasChild", "ceasn:hasChild"),
            ("http://purl.org/asn/schema/core/exactMatch", "asn:exactMatch"),
            ("http://schema.org/value", "schema:value"),
            ("http://www.w3.org/2004/02/skos/core#broader", "skos:broader"),
            ("https://purl.org/ctld/vocabs/audLevel/A", "audLevel:A"),
        ] {
            assert_eq!(compact(iri).as_deref(), Some(term), "{iri}");
        }
        assert_eq!(normal_namespace("https://purl.org/ctdl/terms/name"), None);
        assert_eq!(compact("https://example.org/ctdl/terms/name"), None);
        assert_eq!(compact("https://schema.org/"), None);
        assert_eq!(expand("https://example.org"), None);
        assert_eq!(expand("nobody:x"), None);
        assert!(PREFIXES.contains_key("ceterms"));
        assert_eq!(coercion("ceterms:name"), Coercion::Language);
        assert_eq!(coercion("ceterms:nothingOfTheKind"), Coercion::Unknown);
    }

    proptest! {
        #[test]
        fn any_text_may_be_asked(text in any::<String>()) {
            if let Some(term) = compact(&text) {
                assert!(expand(&term).is_some());
            }
        }
    }
}
