//! What is remembered of an address.

use serde::{Deserialize, Serialize};

use crate::validators::Validators;

/// What is remembered of an address whose document was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The record that the document became.
    pub record: String,
    /// What the server recognises it by.
    pub validators: Validators,
    /// When it came last, in seconds since 1970.
    pub at: i64,
}
