//! The addresses of pages.

use ontology::vocab::encode;
use ontology::{CanonicalKey, Environment, Kind};

/// The address of the page about a resource.
pub(crate) fn page_of(key: &CanonicalKey) -> String {
    format!("/r/{}", segment(key))
}

/// The address of the page about a resource of a kind: frameworks have one of their own.
pub(crate) fn page_of_kind(key: &CanonicalKey, kind: Kind) -> String {
    match kind {
        Kind::Framework => format!("/frameworks/{}", segment(key)),
        _ => page_of(key),
    }
}

/// Where something stands in the tree that a page shows.
pub(crate) fn place_in(page: &str, key: &CanonicalKey) -> String {
    format!("{page}?at={}#here", segment(key))
}

/// The name of a resource in one segment of a path: its CTID or GUID where that is enough, else its IRI.
pub(crate) fn segment(key: &CanonicalKey) -> String {
    if let Some(guid) = key.as_guid() {
        return guid.to_string();
    }
    match key.as_ctid() {
        Some((ctid, Environment::Production)) => ctid.to_string(),
        _ => encode(&key.subject_iri().unwrap_or_else(|| key.to_string())),
    }
}

/// Whether an address leads somewhere on the web; a publisher may write anything.
pub(crate) fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}
