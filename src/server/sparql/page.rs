//! The page on which people ask.

use axum::response::{IntoResponse, Response};

use crate::page::{Shell, SparqlPage};
use crate::server::answer::Answer;
use crate::server::problem::Problem;
use crate::server::state::AppState;

/// The page.
pub(super) fn html(state: &AppState) -> Result<Response, Problem> {
    let generation = state.generation();
    let page = SparqlPage::of(Shell::new("/sparql", generation));
    Ok(Answer::page(&page)?.into_response())
}
