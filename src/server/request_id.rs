//! The number of a request: made here, said in its answer, in its problem and in the log, and never taken from a caller.

use std::fmt;

use axum::http::HeaderValue;
use axum::http::header::HeaderName;

/// The header that says it.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A number that no other request has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RequestId(String);

impl RequestId {
    /// Draws a number. It tells nothing, neither about who asks nor about how many have asked.
    pub(super) fn draw() -> Self {
        Self(format!("{:032x}", fastrand::u128(..)))
    }

    /// The number as the name of a problem.
    pub(super) fn urn(&self) -> String {
        format!("urn:alidade:request:{self}")
    }

    /// The number as a header.
    pub(super) fn header(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(&self.0).ok()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
