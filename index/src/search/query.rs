//! A question, its limits, and the page of hits that answers it.

use ontology::{CanonicalKey, Kind};
use serde::Serialize;

use crate::card::Card;
use crate::cards::Cards;
use crate::search::error::{QueryError, SearchError};
use crate::search::ranking::Ranking;

/// The most characters of a question.
pub const MAX_TEXT: usize = 4_000;

/// The most hits of one page.
pub const MAX_LIMIT: usize = 100;

/// The most hits that a page may skip.
pub const MAX_OFFSET: usize = 10_000;

/// The hits of a page where nothing else is asked for.
const DEFAULT_LIMIT: usize = 20;

/// A question to the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchQuery {
    /// The words, a code or an identifier.
    pub text: String,
    /// Only resources of this kind.
    pub kind: Option<Kind>,
    /// Only resources of this framework, and the framework itself.
    pub framework: Option<CanonicalKey>,
    /// The most hits to give.
    pub limit: usize,
    /// The hits to skip.
    pub offset: usize,
}

impl SearchQuery {
    /// Asks for the first page of what a text finds, whatever kind it is.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), kind: None, framework: None, limit: DEFAULT_LIMIT, offset: 0 }
    }

    fn check(&self) -> Result<(), QueryError> {
        let n_chars = self.text.chars().count();
        if n_chars > MAX_TEXT {
            return Err(QueryError::TextTooLong { found: n_chars, max: MAX_TEXT });
        }
        if self.limit > MAX_LIMIT {
            return Err(QueryError::PageTooLarge { found: self.limit, max: MAX_LIMIT });
        }
        if self.offset > MAX_OFFSET {
            return Err(QueryError::OffsetTooLarge { found: self.offset, max: MAX_OFFSET });
        }
        Ok(())
    }
}

/// One page of hits.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SearchResults {
    /// How many documents match. A resource in three records counts three times here and is one hit.
    pub total: usize,
    /// The hits of this page, best first.
    pub hits: Vec<Hit>,
}

/// A resource that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The copy that was chosen, the one that resolving the resource gives too.
    pub card: Card,
    /// How well its words fit. It orders only hits that are alike in everything that counts more.
    pub score: f32,
    /// In how many records the resource is held, as far as the filters let them pass.
    pub copies: usize,
}

/// Finds the resources that have the words of a question, the code or the identifier.
///
/// A word is looked for in names, texts and what surrounds them; the last word also as the beginning of one. Of more than
/// 16 different words the rarest 16 decide. A text without a word finds nothing.
///
/// # Errors
/// [`SearchError::Query`] for a question beyond the limits.
pub fn search(cards: &Cards, query: &SearchQuery) -> Result<SearchResults, SearchError> {
    query.check()?;
    let ranking = Ranking::of(cards, query)?;
    Ok(SearchResults { total: ranking.total()?, hits: ranking.page()? })
}
