//! `/v1/sources`: what is known of the sources, also before anything is published.

use axum::extract::State;
use index::Reader;
use time::OffsetDateTime;

use crate::server::answer::Answer;
use crate::server::openapi::response::AskedOfSources;
use crate::server::parameters::Parameters;
use crate::server::problem::Problem;
use crate::server::state::AppState;
use crate::sources::{Described, Sources};

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
    state.work(move || described(&sources, reader.as_deref(), now)).await
}

/// Looks up what is known of the sources.
pub(super) fn described(
    sources: &Sources,
    reader: Option<&Reader>,
    now: OffsetDateTime,
) -> Result<Described, Problem> {
    sources.describe(reader, now).map_err(|error| unreadable(&error))
}

/// The sources cannot be told, which is our fault.
pub(super) fn unreadable(error: &anyhow::Error) -> Problem {
    tracing::error!(error = format!("{error:#}"), "the sources cannot be told");
    Problem::internal()
}
