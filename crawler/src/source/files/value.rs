//! A JSON value in a text, as far as its first byte tells.

use std::fmt;

use crate::source::files::place::Position;

/// A value that begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Opening {
    pub kind: JsonKind,
    pub start: Position,
    /// The line of the value, or of the array that it is an element of.
    pub line: u64,
    /// Whether that is the first of its text.
    pub is_first: bool,
    pub element: Option<u64>,
}

/// The kinds of JSON values ([RFC 8259 section 3](https://www.rfc-editor.org/rfc/rfc8259#section-3)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonKind {
    /// `{…}`
    Object,
    /// `[…]`
    Array,
    /// `"…"`
    String,
    /// Digits.
    Number,
    /// `true`, `false` or `null`.
    Literal,
}

impl JsonKind {
    /// Tells the kind by the first byte of the value.
    pub(super) fn beginning_with(byte: u8) -> Option<Self> {
        match byte {
            b'{' => Some(Self::Object),
            b'[' => Some(Self::Array),
            b'"' => Some(Self::String),
            b'-' | b'0'..=b'9' => Some(Self::Number),
            b't' | b'f' | b'n' => Some(Self::Literal),
            _ => None,
        }
    }
}

impl fmt::Display for JsonKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Object => "an object",
            Self::Array => "an array",
            Self::String => "a string",
            Self::Number => "a number",
            Self::Literal => "a literal",
        })
    }
}
