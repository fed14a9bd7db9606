//! Why a search gave no answer: the caller's fault, or ours.

use crate::error::IndexError;

/// A question that is not answered. The caller can mend it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// The text is longer than a question may be.
    #[error("the text has {found} characters, more than {max}")]
    TextTooLong {
        /// The characters of the text.
        found: usize,
        /// The most it may have.
        max: usize,
    },
    /// More hits are asked for than one page holds.
    #[error("a limit of {found} is more than {max}")]
    PageTooLarge {
        /// The hits asked for.
        found: usize,
        /// The most that are given at once.
        max: usize,
    },
    /// The page lies deeper than pages go.
    #[error("an offset of {found} is more than {max}")]
    OffsetTooLarge {
        /// The offset asked for.
        found: usize,
        /// The largest there is.
        max: usize,
    },
    /// What was given as a cursor is none, or not whole.
    #[error("the cursor is damaged")]
    DamagedCursor,
    /// The cursor goes on from the answer to another question: other words, other filters or another order.
    #[error("the cursor belongs to another question")]
    ForeignCursor,
    /// A cursor says where to go on, and an offset says it again.
    #[error("a cursor and an offset do not go together")]
    CursorAndOffset,
}

/// A search without an answer.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The question is at fault.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The index is at fault.
    #[error(transparent)]
    Index(#[from] IndexError),
}

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Index(error.into())
    }
}
