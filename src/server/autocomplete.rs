//! `/v1/autocomplete`: how what somebody types may go on.

use axum::extract::State;
use index::Reader;
use index::search::{AutocompleteQuery, Completion, autocomplete};
use serde::Serialize;

use crate::server::answer::Answer;
use crate::server::asked::{DEFAULT_LIMIT, cards, not_answered};
use crate::server::parameters::{Parameters, flag, number};
use crate::server::problem::Problem;
use crate::server::state::{AppState, Taken};

/// How a text may go on.
#[derive(Serialize)]
struct Completions {
    generation: u64,
    completions: Vec<Completion>,
}

/// Completes the beginning of a label or of a code. A box that was cleared is no mistake, and has no completions.
pub(super) async fn complete(
    State(state): State<AppState>,
    Taken(reader): Taken,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let mut parameters = parameters.letting_be_empty("q");
    let filters = parameters.filters(state.now())?;
    let [text, limit, provisional] = parameters.named(["q", "limit", "provisional"])?;
    let limit = limit.map_or(Ok(DEFAULT_LIMIT), |text| number("limit", &text))?;
    let provisional = flag("provisional", provisional.as_deref())?;
    let look_up = move |reader: &Reader| {
        let generation = reader.manifest().generation;
        let Some(text) = text else {
            return Ok(Completions { generation, completions: Vec::new() });
        };
        let query = AutocompleteQuery { text, filters, limit };
        let completions = autocomplete(&cards(reader, provisional), &query)
            .map_err(|error| not_answered(error, "q"))?;
        Ok(Completions { generation, completions })
    };
    state.answer(reader, look_up).await
}
