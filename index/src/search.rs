//! Searching the cards by words.
//!
//! The words of a question become term queries of our own making, never an expression that somebody else parses. What is
//! named exactly comes first: an identifier, a whole label, a code; then what has all the words before what has some. The
//! [tiers](tier) say it in full, and [ranking] how hits are ordered in each.

mod aligned;
mod autocomplete;
mod code;
mod column;
mod completion;
mod cursor;
mod element;
mod error;
mod explanation;
mod facet;
mod filter;
mod groups;
mod highlight;
mod matches;
mod order;
mod page;
mod phrase;
mod place;
mod prefix;
mod query;
mod question;
mod ranking;
mod reading;
mod span;
mod state;
mod tally;
mod terms;
mod tier;
mod typed;
mod typo;
mod walk;
mod words;

#[cfg(test)]
mod gates;
#[cfg(test)]
mod shelf;

pub use crate::search::autocomplete::{AutocompleteQuery, Completed, Completion, autocomplete};
pub use crate::search::cursor::edition_of;
pub use crate::search::error::{QueryError, SearchError};
pub use crate::search::explanation::{Explanation, Part};
pub use crate::search::facet::{Counted, Facet};
pub use crate::search::filter::Filters;
pub use crate::search::order::Order;
pub use crate::search::query::{
    Correction, Hit, MAX_LIMIT, MAX_OFFSET, MAX_TEXT, SearchQuery, SearchResults, search,
};
pub use crate::search::span::{Highlight, Span};
