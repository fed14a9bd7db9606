//! Where a copy or a borrowed item comes from: the two pairs of links in `extensions` that CASE's Implementation Guide 4.4 defines.
//!
//! A copy names its item on itself; a borrowed item keeps its own identifier, and the association that places it in the
//! borrowing framework names the framework of its home.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::alignment::Target;
use crate::case::identity::target_of;
use crate::case::model::LinkUri;
use crate::id::CanonicalKey;
use crate::record::Normalized;
use crate::resource::Resource;

/// The item that an item is a copy of.
pub(super) fn item(extensions: Option<&Value>, host: &str) -> Option<Target> {
    link(extensions?, "sourceItemIdentifier", "sourceItemURI", host)
}

/// The framework that an item is borrowed from.
pub(super) fn document(extensions: Option<&Value>, host: &str) -> Option<Target> {
    link(extensions?, "sourceDocumentIdentifier", "sourceDocumentURI", host)
}

fn link(extensions: &Value, identifier: &str, uri: &str, host: &str) -> Option<Target> {
    let text = |name: &str| {
        let value = extensions.get(name)?;
        let inner = value.get("uri").or_else(|| value.get("identifier")).unwrap_or(value);
        inner.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned)
    };
    let link = LinkUri { identifier: text(identifier), uri: text(uri), ..LinkUri::default() };
    (link.identifier.is_some() || link.uri.is_some()).then(|| target_of(&link, host))
}

/// Notes on each item the framework that its association to its parent says it is borrowed from.
pub(super) fn note_borrowed(out: &mut Normalized, mut homes: BTreeMap<CanonicalKey, Target>) {
    if homes.is_empty() {
        return;
    }
    for resource in &mut out.resources {
        if let Resource::Competency(item) = resource
            && let Some(home) = homes.remove(&item.identity.key)
        {
            item.source_document.get_or_insert(Box::new(home));
        }
    }
}
