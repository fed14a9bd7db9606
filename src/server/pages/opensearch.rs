//! `/opensearch.xml`.

use axum::extract::State;

use crate::page::{OpenSearch, Shell};
use crate::server::answer::Answer;
use crate::server::parameters::Parameters;
use crate::server::problem::Problem;
use crate::server::state::AppState;

/// The media type of the description of a search.
const OPENSEARCH: &str = "application/opensearchdescription+xml";

/// Says how a browser searches here.
pub(super) async fn opensearch(
    State(state): State<AppState>,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let [] = parameters.named([])?;
    let base = state.public_url().unwrap_or_default().to_owned();
    Answer::templated(OPENSEARCH, &OpenSearch { shell: Shell::new("", None), base })
}
