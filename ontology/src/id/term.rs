//! The terms of the CTDL vocabularies, and the blank nodes of the Registry.
//!
//! A term has one IRI in the [published contexts](https://credreg.net/ctdl/schema/context/json) and several addresses: `purl.org`
//! redirects to `credreg.net`, which has mirrors, and records write compact IRIs.

use crate::id::guid::Guid;
use crate::id::identifier::IdentifierKind;
use crate::id::key::CanonicalKey;
use crate::id::reading::Reading;
use crate::id::scan;
use crate::id::unresolvable::Unresolvable;
use crate::id::web_address::WebAddress;

/// The prefixes of properties and classes.
const TERMS: [(&str, &str); 5] = [
    ("ceterms", "https://purl.org/ctdl/terms/"),
    ("ceasn", "https://purl.org/ctdlasn/terms/"),
    ("qdata", "https://credreg.net/qdata/terms/"),
    ("meta", "http://credreg.net/meta/terms/"),
    ("asn", "http://purl.org/ASN/schema/core/"),
];

/// The prefixes of concept schemes, each the last segment of its own IRI under `https://purl.org/ctdl/vocabs/`.
const CONCEPT_SCHEMES: [&str; 37] = [
    "accommodation",
    "actionStat",
    "agentSector",
    "agreementCat",
    "alignment",
    "array",
    "assessMethod",
    "assessUse",
    "audLevel",
    "audience",
    "claimType",
    "collectionCategory",
    "compare",
    "costType",
    "credentialStat",
    "creditUnit",
    "deliveryType",
    "financialAid",
    "inputType",
    "learnMethod",
    "lifeCycle",
    "logic",
    "lrEvidence",
    "lrMethod",
    "lrOutcome",
    "lrSource",
    "orgType",
    "purpose",
    "residency",
    "scheduleFrequency",
    "scheduleTiming",
    "score",
    "serviceType",
    "statementCat",
    "support",
    "evalCat",
    "publicationStatus",
];

/// The concept schemes that stand under `https://purl.org/ctdlasn/vocabs/` instead.
const ASN_CONCEPT_SCHEMES: [&str; 2] = ["evalCat", "publicationStatus"];

/// Where the Registry's blank nodes have their IRIs.
const BLANK_NODES: &str = "https://credreg.net/bnodes/";

/// Reads a compact IRI, such as `ceterms:name` or `audLevel:BeginnerLevel`.
pub(crate) fn of_compact_iri(text: &str) -> Option<Reading> {
    let (prefix, name) = text.split_once(':')?;
    let is_ctid = scan::last_ctid(name).is_some();
    if is_ctid || !is_name(name) {
        return None;
    }
    let namespace = TERMS.iter().find(|(known, _)| *known == prefix);
    match namespace {
        Some((_, namespace)) => term(&format!("{namespace}{name}")),
        None if CONCEPT_SCHEMES.contains(&prefix) => term(&concept(prefix, Some(name))),
        None => None,
    }
}

/// Reads the address of a term or a blank node.
pub(crate) fn of_address(address: &WebAddress) -> Option<Reading> {
    let is_home =
        matches!(address.site(), "purl.org" | "credreg.net" | "credreg.com" | "credreg.org");
    if !is_home {
        return None;
    }
    let mut segments: Vec<&str> = address.segments.iter().map(String::as_str).collect();
    if segments.last() == Some(&"json") {
        segments.pop();
    }
    let (name, path) = segments.split_last()?;
    let path: Vec<String> = path.iter().map(|segment| segment.to_ascii_lowercase()).collect();
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    if path == ["bnodes"] {
        return blank_node(name);
    }
    let namespace = match path.as_slice() {
        ["ctdl" | "ctld" | "ceterms", "terms"] => "https://purl.org/ctdl/terms/",
        ["ctdlasn", "terms"] => "https://purl.org/ctdlasn/terms/",
        ["qdata", "terms"] => "https://credreg.net/qdata/terms/",
        ["meta", "terms"] => "http://credreg.net/meta/terms/",
        ["asn", "schema", "core"] => "http://purl.org/ASN/schema/core/",
        ["ctdl" | "ctld" | "ctdlasn", "vocabs", _] => {
            let scheme = segments.iter().rev().nth(1)?;
            return term(&concept(scheme, Some(name)));
        }
        ["ctdl" | "ctld" | "ctdlasn", "vocabs"] => return term(&concept(name, None)),
        _ => return None,
    };
    is_name(name).then(|| term(&format!("{namespace}{name}"))).flatten()
}

/// Reads a blank node label: a UUID has an IRI everywhere, any other label only in its own document.
pub(crate) fn of_blank_node_label(text: &str) -> Option<Reading> {
    let label = text.strip_prefix("_:").filter(|label| !label.is_empty())?;
    match Guid::hyphenated(label) {
        Some(guid) => blank_node(guid.as_str()),
        None => Some(Reading {
            kind: IdentifierKind::BlankNode,
            unresolvable: Some(Unresolvable::LocalBlankNode),
            ..Reading::default()
        }),
    }
}

fn blank_node(label: &str) -> Option<Reading> {
    let guid = Guid::hyphenated(label);
    let label = guid.as_ref().map_or(label, Guid::as_str);
    let key = CanonicalKey::iri(&format!("{BLANK_NODES}{label}"))?;
    Some(Reading::iri(IdentifierKind::BlankNode, key))
}

fn term(iri: &str) -> Option<Reading> {
    CanonicalKey::iri(iri).map(|key| Reading::iri(IdentifierKind::Term, key))
}

/// The IRI of a concept scheme or of a concept in it; the name of the scheme takes its published spelling.
fn concept(scheme: &str, name: Option<&str>) -> String {
    let published = CONCEPT_SCHEMES.iter().find(|known| known.eq_ignore_ascii_case(scheme));
    let scheme = published.copied().unwrap_or(scheme);
    let vocabulary = if ASN_CONCEPT_SCHEMES.contains(&scheme) { "ctdlasn" } else { "ctdl" };
    let namespace = format!("https://purl.org/{vocabulary}/vocabs/{scheme}");
    name.map_or(namespace.clone(), |name| format!("{namespace}/{name}"))
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_has_one_key() {
        for (text, expected) in [
            ("ceterms:name", Some("iri:https://purl.org/ctdl/terms/name")),
            (
                "audLevel:BeginnerLevel",
                Some("iri:https://purl.org/ctdl/vocabs/audLevel/BeginnerLevel"),
            ),
            (
                "publicationStatus:Draft",
                Some("iri:https://purl.org/ctdlasn/vocabs/publicationStatus/Draft"),
            ),
            ("ceterms:two words", None),
            ("esco:skill", None),
        ] {
            let key = of_compact_iri(text).and_then(|reading| reading.key);
            assert_eq!(key.as_ref().map(CanonicalKey::as_str), expected);
        }
        for (url, expected) in [
            ("http://purl.org/ctdl/terms/name", Some("iri:https://purl.org/ctdl/terms/name")),
            (
                "https://credreg.net/ctdl/terms/name/json",
                Some("iri:https://purl.org/ctdl/terms/name"),
            ),
            (
                "http://purl.org/asn/schema/core/exactMatch",
                Some("iri:http://purl.org/ASN/schema/core/exactMatch"),
            ),
            (
                "https://purl.org/ctdl/vocabs/AudLevel/",
                Some("iri:https://purl.org/ctdl/vocabs/audLevel"),
            ),
            ("https://credreg.net/ctdl/schema/context/json", None),
            ("https://purl.example/ctdl/terms/name", None),
        ] {
            let key = of_address(&WebAddress::parse(url).unwrap()).and_then(|reading| reading.key);
            assert_eq!(key.as_ref().map(CanonicalKey::as_str), expected, "{url}");
        }
    }
}
