//! Lists that are given page by page: where a page begins, and how the next one is asked for.
//!
//! A cursor goes on in the generation in which the first page was read, so that nothing comes twice and nothing is left out, whatever is
//! published meanwhile. A generation that is served no longer is told with the address of a fresh start.

use std::sync::Arc;

use axum::http::Uri;
use index::Reader;
use index::cards::{Cards, Page};
use index::cursor::{Cursor, CursorError};
use index::edition::Edition;
use index::search::MAX_LIMIT;
use ontology::CanonicalKey;
use serde::Serialize;
use utoipa::ToSchema;

use crate::server::answer::Answer;
use crate::server::asked::{cards, limit};
use crate::server::gone::gone;
use crate::server::parameters::{Parameters, flag, invalid};
use crate::server::problem::Problem;
use crate::server::state::AppState;

/// The items of a page where nothing else is asked for.
const DEFAULT_LIMIT: usize = 20;

/// The names of the parameters that every list has.
pub(super) const NAMES: [&str; 3] = ["limit", "cursor", "provisional"];

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(super) struct Listed<T> {
    /// The generation that says so.
    pub generation: u64,
    /// The resource that the list is about.
    pub key: CanonicalKey,
    /// How many items there are on all pages.
    pub n: usize,
    /// The items of this page, in order.
    pub items: Vec<T>,
    /// The cursor of the next page, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A page of a list, as it is asked for.
pub(super) struct Paged {
    path: String,
    parameters: Parameters,
    limit: usize,
    cursor: Option<Cursor>,
    provisional: bool,
}

impl Paged {
    /// Reads the parameters that every list has, in the order of [`NAMES`]; the others belong to the question.
    ///
    /// # Errors
    /// A page of nothing or of too much, and a cursor that was not given for this question.
    pub(super) fn of(
        uri: &Uri,
        parameters: &Parameters,
        [limited, cursor, provisional]: [Option<String>; 3],
    ) -> Result<Self, Problem> {
        let parameters = parameters.clone().without("cursor");
        let limit = of_page(limited)?;
        let provisional = flag("provisional", provisional.as_deref())?;
        let path = uri.path().to_owned();
        let mut paged = Self { path, parameters, limit, cursor: None, provisional };
        if let Some(token) = cursor {
            let read = Cursor::read(&token, &paged.question());
            paged.cursor = Some(read.map_err(not_ours)?);
        }
        Ok(paged)
    }

    /// The reader of the generation in which the page lies.
    ///
    /// # Errors
    /// [`ProblemKind::GenerationGone`](crate::server::problem::ProblemKind::GenerationGone) where that is served no longer.
    pub(super) fn reader(
        &self,
        state: &AppState,
        current: Arc<Reader>,
    ) -> Result<Arc<Reader>, Problem> {
        let Some(cursor) = self.cursor else { return Ok(current) };
        state.reader_of(cursor.edition).ok_or_else(|| gone().with("first", self.first()))
    }

    /// The cards among which the list is made.
    pub(super) fn cards(&self, reader: &Reader) -> Cards {
        cards(reader, self.provisional)
    }

    /// The stretch of the list.
    pub(super) fn page(&self) -> Page {
        let offset = self.cursor.map_or(0, |cursor| cursor.place);
        Page { offset: usize::try_from(offset).unwrap_or(usize::MAX), limit: self.limit }
    }

    /// Writes the page of a list of so many items.
    pub(super) fn answer<T: Serialize>(
        &self,
        reader: &Reader,
        key: CanonicalKey,
        (n, items): (usize, Vec<T>),
    ) -> Result<Answer, Problem> {
        let generation = reader.manifest().generation;
        let next = self.next(reader.manifest().edition(), n);
        let answer = Answer::of(&Listed { generation, key, n, items, next: next.clone() })?;
        let answer = answer.of_generation(generation);
        let Some(next) = next else { return Ok(answer) };
        Ok(answer.with_next(&self.address(&[("cursor", &next)])))
    }

    /// The cursor of the next page of a list of so many items.
    pub(super) fn next(&self, edition: Edition, n: usize) -> Option<String> {
        let Page { offset, limit } = self.page();
        let end = offset.saturating_add(limit);
        let place = u64::try_from(end).ok().filter(|_| end < n)?;
        Some(Cursor { edition, place }.write(&self.question()))
    }

    /// What a cursor holds for: the same list, in pages of any size.
    fn question(&self) -> String {
        let parameters = self.parameters.clone().without("limit");
        format!("{}?{}", self.path, parameters.query_with(&[]))
    }

    /// The address of the first page.
    fn first(&self) -> String {
        self.address(&[])
    }

    /// The address of the list with parameters beside its own.
    pub(super) fn address(&self, with: &[(&str, &str)]) -> String {
        let query = self.parameters.query_with(with);
        if query.is_empty() { self.path.clone() } else { format!("{}?{query}", self.path) }
    }
}

/// Reads how many items a page has at most.
///
/// # Errors
/// A page of nothing or of too much.
pub(super) fn of_page(limited: Option<String>) -> Result<usize, Problem> {
    match limit(limited, DEFAULT_LIMIT)? {
        0 => Err(invalid("limit", "a page has at least one item").with("max", MAX_LIMIT)),
        limit => Ok(limit),
    }
}

/// Says that a cursor was not given, or not for this question.
fn not_ours(error: CursorError) -> Problem {
    invalid("cursor", error.to_string())
}
