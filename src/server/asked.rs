//! A search as it is asked for over HTTP, in an address or in a body.

use std::sync::Arc;

use index::Reader;
use index::cards::Cards;
use index::search::{
    MAX_LIMIT, MAX_OFFSET, QueryError, SearchError, SearchQuery, edition_of, search,
};
use time::OffsetDateTime;

use crate::lookup::FoundByWords;
use crate::narrowing::{facets, order};
use crate::server::gone::gone;
use crate::server::parameters::{Parameters, flag, invalid, number, refused};
use crate::server::problem::Problem;
use crate::server::state::AppState;

/// The hits of a page where nothing else is asked for, as on the command line.
pub(super) const DEFAULT_LIMIT: usize = 10;

/// The parameters of a search, its filters and facets aside.
const NAMES: [&str; 9] =
    ["q", "sort", "limit", "offset", "cursor", "lang", "highlight", "explain", "provisional"];

/// A search, ready to be made.
pub(super) struct Asked {
    /// What is asked for.
    pub query: SearchQuery,
    /// Whether provisional records are found too.
    pub provisional: bool,
}

impl Asked {
    /// Reads a search. Without `q` it lists everything.
    ///
    /// # Errors
    /// A parameter that is unknown, or that has a value which it cannot have.
    pub(super) fn read(parameters: Parameters, now: OffsetDateTime) -> Result<Self, Problem> {
        let mut parameters = parameters.letting_be_empty("q");
        let filters = parameters.filters(now)?;
        let facets = facets(&parameters.all("facets")?).map_err(refused)?;
        let [text, sort, limit, offset, cursor, lang, highlight, explain, provisional] =
            parameters.named(NAMES)?;
        if cursor.is_some() && offset.is_some() {
            return Err(invalid("offset", "a cursor says where the page begins; give one of both"));
        }
        let offset = offset.map_or(Ok(0), |text| number("offset", &text))?;
        if offset > MAX_OFFSET {
            let error = QueryError::OffsetTooLarge { found: offset, max: MAX_OFFSET };
            return Err(not_answered(error.into(), "q"));
        }
        let query = SearchQuery {
            as_of: filters.as_of.clone(),
            filters,
            facets,
            order: order(sort.as_deref().unwrap_or("relevance")).map_err(refused)?,
            language: lang,
            highlight: flag("highlight", highlight.as_deref())?,
            explain: flag("explain", explain.as_deref())?,
            limit: self::limit(limit, DEFAULT_LIMIT)?,
            offset,
            cursor,
            ..SearchQuery::new(text.unwrap_or_default())
        };
        Ok(Self { query, provisional: flag("provisional", provisional.as_deref())? })
    }

    /// Refuses what cannot hold for many searches at once.
    ///
    /// # Errors
    /// What [`read`](Self::read) refuses, and a cursor, which belongs to one question.
    pub(super) fn check_shared(parameters: Parameters, now: OffsetDateTime) -> Result<(), Problem> {
        match Self::read(parameters, now)?.query.cursor {
            Some(_) => Err(invalid("cursor", "a cursor belongs to one search")),
            None => Ok(()),
        }
    }

    /// The reader that answers: of the generation in which the pages before were read, else the current one.
    ///
    /// # Errors
    /// [`ProblemKind::GenerationGone`](crate::server::problem::ProblemKind::GenerationGone) where that is served no longer.
    pub(super) fn reader(
        &self,
        state: &AppState,
        current: &Arc<Reader>,
    ) -> Result<Arc<Reader>, Problem> {
        // A token that was made up is refused by whichever answers.
        match self.query.cursor.as_deref().and_then(edition_of) {
            Some(edition) => state.reader_of(edition).ok_or_else(gone),
            None => Ok(Arc::clone(current)),
        }
    }

    /// Makes the search.
    pub(super) fn answer(&self, reader: &Reader) -> Result<FoundByWords, Problem> {
        let results = search(&cards(reader, self.provisional), &self.query)
            .map_err(|error| not_answered(error, "q"))?;
        Ok(FoundByWords { generation: reader.manifest().generation, results })
    }
}

/// The cards of a generation, with those that their publishers call provisional where they are asked for.
pub(super) fn cards(reader: &Reader, provisional: bool) -> Cards {
    let cards = reader.cards().clone();
    if provisional { cards.with_provisional() } else { cards }
}

/// Reads how many to give; so many where that is not said.
///
/// # Errors
/// More than a page holds.
pub(super) fn limit(text: Option<String>, otherwise: usize) -> Result<usize, Problem> {
    let limit = text.map_or(Ok(otherwise), |text| number("limit", &text))?;
    if limit > MAX_LIMIT {
        let error = QueryError::PageTooLarge { found: limit, max: MAX_LIMIT };
        return Err(not_answered(error.into(), "q"));
    }
    Ok(limit)
}

/// Says which parameter is out of bounds; the text came under a name of its own.
pub(super) fn not_answered(error: SearchError, text: &str) -> Problem {
    let error = match error {
        SearchError::Index(error) => return error.into(),
        SearchError::Query(error) => error,
    };
    match error {
        QueryError::PageTooLarge { .. } => {
            invalid("limit", error.to_string()).with("max", MAX_LIMIT)
        }
        QueryError::OffsetTooLarge { .. } => {
            invalid("offset", error.to_string()).with("max", MAX_OFFSET)
        }
        QueryError::DamagedCursor | QueryError::ForeignCursor => {
            invalid("cursor", error.to_string())
        }
        _ => invalid(text, error.to_string()),
    }
}
