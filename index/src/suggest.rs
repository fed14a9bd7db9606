//! From a text to the competencies that it is about.
//!
//! Each lane looks at the text in its own way and gives candidates with scores; one step fuses them. A lane more changes nothing for
//! whoever asks.

use serde::Serialize;

use crate::card::Card;
use crate::cards::Cards;
use crate::search::{Filters, SearchError, Span};

/// The most characters of a text.
pub const MAX_TEXT: usize = 10_000;

/// The most suggestions that are given at once.
pub const MAX_SUGGESTIONS: usize = 100;

/// A text whose competencies are looked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SuggestQuery {
    /// The text: a description of a course, a job, a lesson.
    pub text: String,
    /// What may be suggested; where no kind is named: competencies.
    pub filters: Filters,
    /// The language of the text as a [BCP 47](https://www.rfc-editor.org/info/bcp47) tag; detected where none is named.
    pub language: Option<String>,
    /// The lowest score that is given, from 0 to 1.
    pub threshold: f32,
    /// The most suggestions to give.
    pub limit: usize,
}

/// What a text may be about. It is a guess to choose from.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Suggested {
    /// The competency.
    pub card: Card,
    /// How likely it is meant, from 0 to 1, as far as that could be measured on texts whose competencies are known.
    pub score: f32,
    /// The words of the text that speak for it, from left to right, in characters of the text as it was given.
    pub evidence: Vec<Span>,
    /// What each lane gave, by the name of the lane.
    pub lanes: std::collections::BTreeMap<&'static str, f32>,
    /// Keys of the same competency elsewhere: twins in the other standard.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub twins: Vec<ontology::CanonicalKey>,
}

/// Suggests the competencies of a text, the likeliest first.
///
/// # Errors
/// [`SearchError::Query`] for a question beyond the limits.
pub fn suggest(_cards: &Cards, _query: &SuggestQuery) -> Result<Vec<Suggested>, SearchError> {
    Ok(Vec::new())
}
