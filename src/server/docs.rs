//! `/docs`: the description of the interface for people, and a form to try each operation. The pages ask nobody but the server that they came from.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};

use crate::page::{DocsPage, OperationPage, SchemaPage, Shell};
use crate::server::answer::Answer;
use crate::server::openapi::document::description;
use crate::server::parameters::Parameters;
use crate::server::problem::{Problem, ProblemKind};
use crate::server::routes::Routes;
use crate::server::state::AppState;
use crate::server::terms::Caching;

/// Adds the pages.
pub(super) fn docs(routes: Routes) -> Routes {
    routes
        .costing(1)
        .cached_by(Caching::Everybody)
        .page("/docs", all)
        .page("/docs/{operation}", operation)
        .page("/docs/schemas/{name}", schema)
}

/// Lists every operation.
async fn all(State(state): State<AppState>, parameters: Parameters) -> Result<Answer, Problem> {
    let [] = parameters.named([])?;
    let shell = shell(&state, "/docs");
    state.write(move || Answer::page(&DocsPage::of(description()?, shell))).await
}

/// Shows one operation.
async fn operation(
    State(state): State<AppState>,
    name: Result<Path<String>, PathRejection>,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let [] = parameters.named([])?;
    let (Path(name), shell) = (name.map_err(nameless)?, shell(&state, "/docs/"));
    let page = move || {
        let page = OperationPage::of(description()?, &name, shell);
        Answer::page(&page.ok_or_else(unknown)?)
    };
    state.write(page).await
}

/// Shows one schema.
async fn schema(
    State(state): State<AppState>,
    name: Result<Path<String>, PathRejection>,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let [] = parameters.named([])?;
    let (Path(name), shell) = (name.map_err(nameless)?, shell(&state, "/docs/"));
    let page = move || {
        let page = SchemaPage::of(description()?, &name, shell);
        Answer::page(&page.ok_or_else(unknown)?)
    };
    state.write(page).await
}

fn shell(state: &AppState, path: &'static str) -> Shell {
    Shell::new(path, state.generation())
}

/// No name can be read, so nothing has it.
fn nameless(_: PathRejection) -> Problem {
    unknown()
}

fn unknown() -> Problem {
    Problem::new(ProblemKind::NoSuchRoute, "the description has nothing of this name")
}
