//! `/badge`.

use axum::extract::State;

use crate::page::{BadgePage, Shell};
use crate::server::answer::Answer;
use crate::server::parameters::Parameters;
use crate::server::problem::Problem;
use crate::server::state::AppState;

/// Reads a badge, in the browser.
pub(super) async fn badge(
    State(state): State<AppState>,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let [] = parameters.named([])?;
    let generation = state.generation();
    Answer::page(&BadgePage { shell: Shell::new("/badge", generation) })
}
