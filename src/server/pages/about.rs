//! `/about`.

use axum::extract::State;

use crate::page::{AboutPage, Contact, Shell};
use crate::server::answer::Answer;
use crate::server::parameters::Parameters;
use crate::server::problem::Problem;
use crate::server::state::AppState;

/// Says what this is.
pub(super) async fn about(
    State(state): State<AppState>,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let [] = parameters.named([])?;
    let generation = state.generation();
    Answer::page(&AboutPage {
        shell: Shell::new("/about", generation),
        version: env!("CARGO_PKG_VERSION"),
        contact: state.contact().map(Contact::at),
    })
}
