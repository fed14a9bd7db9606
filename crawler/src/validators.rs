//! What an unchanged answer is recognised by.

use serde::{Deserialize, Serialize};

/// What a server gives to recognise an unchanged answer by ([RFC 9110 section 8.8](https://www.rfc-editor.org/rfc/rfc9110#section-8.8)).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// The `ETag` as it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The `Last-Modified` as it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

/// The longest validator that is remembered; one that is sent back is a header field of a request.
const LONGEST: usize = 1 << 10;

impl Validators {
    /// The validators, without those that are too long to be remembered.
    #[must_use]
    pub fn within_bounds(self) -> Self {
        let bounded = |field: Option<String>| field.filter(|field| field.len() <= LONGEST);
        Self { etag: bounded(self.etag), last_modified: bounded(self.last_modified) }
    }

    /// Whether the server gave none.
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}
