//! A text whose competencies are looked for, and what it may be about.

use crate::cards::Cards;
use crate::search::{Filters, QueryError, SearchError};
use crate::suggest::candidate::Search;
use crate::suggest::scope::Scope;
use crate::suggest::suggestion::Suggested;
use crate::suggest::text::Text;

/// The most characters of a text.
pub const MAX_TEXT: usize = 10_000;

/// The most suggestions that are given at once.
pub const MAX_SUGGESTIONS: usize = 100;

/// A text whose competencies are looked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SuggestQuery {
    /// The text: a description of a course, a job, a lesson. Markup in it is no word.
    pub text: String,
    /// What may be suggested; where no kind is named: competencies; where no status is named: what is neither withdrawn nor deprecated.
    pub filters: Filters,
    /// The language of the text as a [BCP 47](https://www.rfc-editor.org/info/bcp47) tag; detected where none is named.
    pub language: Option<String>,
    /// The lowest score that is given, from 0 to 1.
    pub threshold: f32,
    /// The most suggestions to give.
    pub limit: usize,
}

impl SuggestQuery {
    fn check(&self) -> Result<(), QueryError> {
        let n_chars = self.text.chars().count();
        if n_chars > MAX_TEXT {
            return Err(QueryError::TextTooLong { found: n_chars, max: MAX_TEXT });
        }
        if self.limit > MAX_SUGGESTIONS {
            return Err(QueryError::PageTooLarge { found: self.limit, max: MAX_SUGGESTIONS });
        }
        Ok(())
    }
}

/// Suggests the competencies of a text, the likeliest first. Copies of a competency and its twin are one suggestion.
///
/// A text of more than 60 words is judged passage by passage: what is suggested is meant by one of them.
///
/// # Errors
/// [`SearchError::Query`] for a question beyond the limits.
pub fn suggest(cards: &Cards, query: &SuggestQuery) -> Result<Vec<Suggested>, SearchError> {
    query.check()?;
    let text = Text::of(&query.text, query.language.as_deref());
    if text.words.is_empty() || query.limit == 0 {
        return Ok(Vec::new());
    }
    let scope = Scope::of(cards, &query.filters);
    let mut search = Search::new(cards, &text)?;
    for part in text.parts() {
        search.look_at(part, &scope)?;
    }
    Ok(search.suggestions(query.threshold, query.limit)?)
}
