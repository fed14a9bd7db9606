//! `/v1/autocomplete`: how what somebody types may go on.

use axum::extract::State;
use index::Reader;
use index::search::{AutocompleteQuery, Completion, autocomplete};
use serde::Serialize;
use utoipa::ToSchema;

use crate::server::answer::Answer;
use crate::server::asked::{DEFAULT_LIMIT, cards, not_answered};
use crate::server::openapi::parameter::Completing;
use crate::server::openapi::response::{AskedByParameters, NotModified};
use crate::server::parameters::{Parameters, flag, number};
use crate::server::problem::Problem;
use crate::server::state::{AppState, Taken};

/// How a text may go on.
#[derive(Serialize, ToSchema)]
struct Completions {
    /// The generation that says so.
    generation: u64,
    /// The labels, the best first.
    completions: Vec<Completion>,
}

/// Completes the beginning of a label or of a code. A box that was cleared is no mistake, and has no completions.
#[utoipa::path(
    get,
    path = "/v1/autocomplete",
    tag = "issuers",
    operation_id = "autocomplete",
    summary = "Labels and codes that go on as a text begins",
    description = "Equal labels are one, with their number and up to ten of the resources. Where nothing is typed yet, nothing goes on.",
    params(
        ("q" = Option<String>, Query, description = "The beginning of a label or of a code.", max_length = 4000, example = "frac"),
        Completing,
    ),
    responses((status = 200, description = "How it may go on.", body = Completions), NotModified, AskedByParameters)
)]
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
