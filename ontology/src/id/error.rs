//! Why a string is refused as an identifier.

use thiserror::Error;

/// The refusal of a string by one of the identifier types; it carries the text that was refused.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum IdError {
    /// The text is not `ce-` and a UUID.
    #[error("`{0}` is not a CTID")]
    Ctid(String),
    /// The text has not the shape of a UUID.
    #[error("`{0}` is not a GUID")]
    Guid(String),
    /// The text is not the canonical spelling of any key.
    #[error("`{0}` is not a canonical key")]
    Key(String),
}
