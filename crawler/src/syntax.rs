//! What is wrong with the brackets and strings of a text that should be JSON.

use thiserror::Error;

/// Why the boundaries of the JSON values in a text cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Syntax {
    /// A byte stands where none of its kind may stand.
    #[error("`{}` stands where {expected} should", shown(*found))]
    Unexpected {
        /// The byte.
        found: u8,
        /// What should be there.
        expected: &'static str,
    },
    /// A value of several lines is not alone in its text.
    #[error("another value follows one of several lines")]
    SeveralValues,
    /// A value is followed by something else on the same line.
    #[error("`{}` follows the value on the same line", shown(*found))]
    Trailing {
        /// The first byte of what follows.
        found: u8,
    },
    /// The line ends inside a string, or in NDJSON inside a value.
    #[error("the line ends too early")]
    LineBreak,
    /// Brackets are open deeper than [`FileLimits::depth`](crate::source::files::FileLimits::depth).
    #[error("brackets nest deeper than {limit} levels")]
    TooDeep {
        /// What is allowed.
        limit: usize,
    },
    /// The text ends inside a value.
    #[error("the text ends too early")]
    Truncated,
}

/// Writes a byte as it is read, or as an escape where it cannot be read.
fn shown(byte: u8) -> String {
    if byte.is_ascii_graphic() {
        char::from(byte).to_string()
    } else {
        byte.escape_ascii().to_string()
    }
}
