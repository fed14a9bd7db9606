//! `/v1/search`: resources by their words or codes.

use axum::extract::State;
use index::search::{MAX_LIMIT, QueryError, SearchError, SearchQuery, search as look_for};
use ontology::{Kind, identify};

use crate::lookup::FoundByWords;
use crate::server::answer::Answer;
use crate::server::parameters::{Parameters, invalid, number, required};
use crate::server::problem::Problem;
use crate::server::state::{AppState, Taken};

/// The hits of a page where nothing else is asked for, as on the command line.
const DEFAULT_LIMIT: usize = 10;

/// Searches the resources.
pub(super) async fn search(
    State(state): State<AppState>,
    Taken(reader): Taken,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let query = query(parameters)?;
    let look_up = move |reader: &index::Reader| match look_for(reader.cards(), &query) {
        Ok(results) => Ok(FoundByWords { generation: reader.manifest().generation, results }),
        Err(SearchError::Index(error)) => Err(error.into()),
        Err(SearchError::Query(error)) => Err(refused(error)),
    };
    state.answer(reader, look_up).await
}

fn query(parameters: Parameters) -> Result<SearchQuery, Problem> {
    let [text, kind, class, framework, limit, offset] =
        parameters.named(["q", "kind", "class", "framework", "limit", "offset"])?;
    let mut query = SearchQuery { limit: DEFAULT_LIMIT, ..SearchQuery::new(required(text, "q")?) };
    query.filters.kinds = kind.map(|name| kind_named(&name)).transpose()?.into_iter().collect();
    query.filters.classes = class.into_iter().collect();
    if let Some(text) = framework {
        let no_identifier = || invalid("framework", format!("`{text}` is no identifier"));
        query.filters.frameworks = vec![identify(&text).key.ok_or_else(no_identifier)?];
    }
    if let Some(text) = limit {
        query.limit = number("limit", &text)?;
    }
    if let Some(text) = offset {
        query.offset = number("offset", &text)?;
    }
    Ok(query)
}

fn kind_named(name: &str) -> Result<Kind, Problem> {
    let kind = Kind::ALL.into_iter().find(|kind| kind.as_str() == name);
    let kinds = || Kind::ALL.map(Kind::as_str).to_vec();
    kind.ok_or_else(|| invalid("kind", format!("`{name}` is no kind")).with("known", kinds()))
}

/// Says which parameter is out of bounds.
fn refused(error: QueryError) -> Problem {
    match error {
        QueryError::PageTooLarge { .. } => {
            invalid("limit", error.to_string()).with("max", MAX_LIMIT)
        }
        QueryError::OffsetTooLarge { max, .. } => {
            invalid("offset", error.to_string()).with("max", max)
        }
        _ => invalid("q", error.to_string()),
    }
}
