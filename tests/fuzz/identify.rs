//! Identifiers of every kind.

use ontology::{Identifier, identify};

/// Longer strings are cut by the function itself.
const LONGEST: usize = 1000;

pub(super) fn body(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let identifier = identify(&text);
    let written = serde_json::to_string(&identifier).unwrap_or_default();
    let read: Option<Identifier> = serde_json::from_str(&written).ok();
    assert_eq!(read.as_ref(), Some(&identifier));
    for key in [&identifier.key, &identifier.iri].into_iter().flatten() {
        if key.as_str().len() <= LONGEST {
            assert_eq!(identify(key.as_str()).key.as_ref(), Some(key));
        }
    }
}
