//! Searching the cards by words.
//!
//! The words of a question become term queries of our own making, never an expression that somebody else parses. What is
//! named exactly comes first; then what is shown before what is withdrawn; then what has all the words before what has
//! some; then the better score; and last the key, so that the order is always the same.

mod autocomplete;
mod error;
mod explanation;
mod facet;
mod filter;
mod order;
mod query;
mod ranking;
mod span;
mod words;

pub use crate::search::autocomplete::{AutocompleteQuery, Completed, Completion, autocomplete};
pub use crate::search::error::{QueryError, SearchError};
pub use crate::search::explanation::{Explanation, Part};
pub use crate::search::facet::{Counted, Facet};
pub use crate::search::filter::Filters;
pub use crate::search::order::Order;
pub use crate::search::query::{
    Correction, Hit, MAX_LIMIT, MAX_OFFSET, MAX_TEXT, SearchQuery, SearchResults, search,
};
pub use crate::search::span::{Highlight, Span};
