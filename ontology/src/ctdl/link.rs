//! What a reference inside a record points at: another record, a blank node, or a page of the web.

use oxrdf::NamedNode;

use crate::id::{CanonicalKey, Ctid, Guid, IdentifierKind, KeyScheme, identify};

/// Properties whose values are pages about a thing and not the thing, even where the page's address holds a CTID.
const PAGES: &[&str] = &["ceterms:image", "ceterms:sameAs", "ceterms:subjectWebpage"];

/// Tells whether the values of a property are pages about a thing, whose addresses stay as they are.
pub(crate) fn is_page(property: &str) -> bool {
    PAGES.contains(&property)
}

/// The subject of the record that a reference means, in whatever spelling; `None` where it means none or has that spelling.
pub(crate) fn record_of(property: &str, iri: &str) -> Option<String> {
    if is_page(property) {
        return None;
    }
    record_subject(iri)
}

/// The subject of the record that an address of a registry names: `/resources/`, `/graph/`, `urn:ctid:`.
pub(crate) fn record_subject(iri: &str) -> Option<String> {
    let lower = iri.to_ascii_lowercase();
    let is_record =
        ["/resources/", "/graph/", "/graphs/", "urn:ctid:"].iter().any(|mark| lower.contains(mark));
    if !is_record {
        return None;
    }
    let read = identify(iri);
    let key = read.key.filter(|key| key.scheme() == KeyScheme::Ctid)?;
    if read.kind != IdentifierKind::Ctid {
        return None;
    }
    key.subject_iri()
}

/// The subject of the record that a bare CTID names.
pub(crate) fn bare_ctid(text: &str) -> Option<String> {
    let ctid = text.parse::<Ctid>().ok()?;
    CanonicalKey::ctid(&ctid, &crate::id::Environment::Production).subject_iri()
}

/// The IRI of a blank node. Those of the Registry are UUIDs that stay the same and are met in several records; any other label means
/// something in its own document only.
pub(crate) fn blank_node(label: &str, scope: &str) -> String {
    match label.parse::<Guid>() {
        Ok(guid) => format!("https://credreg.net/bnodes/{guid}"),
        Err(_not_a_uuid) => format!("urn:alidade:bnode:{scope}:{}", crate::vocab::encode(label)),
    }
}

/// Tells whether a text is one address of the web and nothing besides.
pub(crate) fn is_web_address(text: &str) -> bool {
    let is_web = text.starts_with("http://") || text.starts_with("https://");
    is_web && !text.contains(char::is_whitespace) && NamedNode::new(text).is_ok()
}

/// An address that is no valid IRI as it stands, mended where nothing but its spelling is wrong.
pub(crate) fn mended(text: &str) -> Option<String> {
    let is_web =
        text.starts_with("http:/") || text.starts_with("https:/") || text.starts_with("urn:");
    if !is_web {
        return None;
    }
    let iri = CanonicalKey::iri(text)?.as_iri()?.to_owned();
    NamedNode::new(&iri).is_ok().then_some(iri)
}

#[cfg(test)]
mod tests {
    use super::{blank_node, is_web_address, mended, record_subject};

    const CTID: &str = "ce-0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b";

    #[test]
    fn every_spelling_of_a_record_is_its_subject() {
        let subject = format!("https://credentialengineregistry.org/resources/{CTID}");
        for spelling in [
            format!("https://credentialengineregistry.org/graph/{}", CTID.to_uppercase()),
            format!("http://credentialengineregistry.org/ce-registry/resources/{CTID}"),
            format!("https://www.example.org/ctdlasn/resources/{CTID}"),
            "urn:ctid:0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b".to_owned(),
        ] {
            assert_eq!(record_subject(&spelling).as_deref(), Some(subject.as_str()), "{spelling}");
        }
        let sandbox = format!("https://sandbox.credentialengineregistry.org/graph/{CTID}");
        let own = format!("https://sandbox.credentialengineregistry.org/resources/{CTID}");
        assert_eq!(record_subject(&sandbox), Some(own));
        assert_eq!(record_subject("https://example.org/about"), None);
        assert_eq!(record_subject("https://credentialengineregistry.org/resources/5f1"), None);
    }

    #[test]
    fn a_blank_node_of_the_registry_keeps_its_uuid() {
        let uuid = "_:0F3A9C52-6B1D-4E7F-8A20-5C9D1E2F3A4B".strip_prefix("_:").unwrap();
        assert_eq!(
            blank_node(uuid, "s"),
            "https://credreg.net/bnodes/0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b"
        );
        assert_eq!(blank_node("b 0", "s"), "urn:alidade:bnode:s:b%200");
    }

    #[test]
    fn an_address_is_mended_only_in_its_spelling() {
        assert_eq!(mended("https://example.org/a b").as_deref(), Some("https://example.org/a%20b"));
        assert_eq!(mended("see the handbook"), None);
        assert!(is_web_address("https://example.org/a"));
        assert!(!is_web_address("https://example.org/a and more"));
    }
}
