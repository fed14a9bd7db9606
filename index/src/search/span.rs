//! Where words stand in a text.

use serde::Serialize;
use utoipa::ToSchema;

/// A stretch of a text. Both ends count Unicode code points from its beginning, so that they hold in every language that counts so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
pub struct Span {
    /// The first character of it.
    pub from: usize,
    /// The character behind it.
    pub to: usize,
}

/// Which words of a text made it a hit. The text is plain: no markup of its publisher is left in it, and none is added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Highlight {
    /// The field: `name`, `alternative`, `statement`, `definition`, `keyword`, `about`.
    pub field: &'static str,
    /// The plain text; of a long one the stretch around the words, with `…` where it is cut.
    pub text: String,
    /// The words, from left to right.
    pub spans: Vec<Span>,
}
