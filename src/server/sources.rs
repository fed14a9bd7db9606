//! `/v1/sources`: what is known of the sources, also before anything is published.

use axum::extract::State;

use crate::server::answer::Answer;
use crate::server::openapi::response::AskedOfSources;
use crate::server::parameters::Parameters;
use crate::server::problem::Problem;
use crate::server::state::AppState;
use crate::sources::Described;

/// Tells what is known of the sources.
#[utoipa::path(
    get,
    path = "/v1/sources",
    tag = "operators",
    operation_id = "sources",
    summary = "What is known of the sources: freshness, terms, last runs, what is due",
    responses((status = 200, description = "What is known of them.", body = Described), AskedOfSources)
)]
pub(super) async fn sources(
    State(state): State<AppState>,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let [] = parameters.named([])?;
    let (reader, sources, now) = (state.reader(), state.sources(), state.now());
    let look_up = move || {
        sources.describe(reader.as_deref(), now).map_err(|error| {
            tracing::error!(error = format!("{error:#}"), "the sources cannot be told");
            Problem::internal()
        })
    };
    state.work(look_up).await
}
