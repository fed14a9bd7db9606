//! From a text to the competencies that it is about.
//!
//! Each lane looks at the text in its own way and brings candidates up; what speaks for each is judged; one step fuses it. A lane more
//! changes nothing for whoever asks.

mod candidate;
mod column;
mod evidence;
mod fusion;
mod judgement;
mod lane;
mod lexicon;
mod query;
mod scope;
mod suggestion;
mod terms;
mod text;
mod twin;

#[cfg(test)]
mod quality;
#[cfg(test)]
pub(crate) mod sample;

pub(crate) use crate::suggest::column::Columns;
pub use crate::suggest::query::{MAX_SUGGESTIONS, MAX_TEXT, SuggestQuery, suggest};
pub(crate) use crate::suggest::scope::Scope;
pub use crate::suggest::suggestion::Suggested;
pub(crate) use crate::suggest::twin::twins;
