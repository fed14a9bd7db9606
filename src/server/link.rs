//! Links to other answers, in the head of one ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288#section-3)).

use axum::http::HeaderValue;

use crate::server::frame::MAX_ADDRESS;

/// A link to an address, unless that is longer than an address may be here.
pub(super) fn link(address: &str, relation: &str) -> Option<HeaderValue> {
    if address.len() > MAX_ADDRESS {
        return None;
    }
    // A query that was written by us has only characters that a header may have.
    HeaderValue::try_from(format!("<{address}>; rel=\"{relation}\"")).ok()
}
