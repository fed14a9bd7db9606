//! `/picker`.

use axum::extract::State;

use crate::page::{PickerPage, Shell};
use crate::server::answer::Answer;
use crate::server::parameters::Parameters;
use crate::server::problem::Problem;
use crate::server::state::AppState;

/// Shows the search box for the badge forms of others.
pub(super) async fn picker(
    State(state): State<AppState>,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let [] = parameters.named([])?;
    let generation = state.generation();
    Answer::page(&PickerPage { shell: Shell::new("/picker", generation) })
}
