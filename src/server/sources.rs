//! `/v1/sources`: what is known of the sources, also before anything is published.

use axum::extract::State;

use crate::server::answer::Answer;
use crate::server::parameters::Parameters;
use crate::server::problem::Problem;
use crate::server::state::AppState;

/// Tells what is known of the sources.
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
