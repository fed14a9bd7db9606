//! `/problems`: what each kind of problem means and what to do about it, for people, and for programs that ask for JSON.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::ACCEPT;
use serde::Serialize;
use utoipa::ToSchema;

use crate::page::{KindOfProblem, KindOfProblemPage, ProblemsPage, Shell, Written};
use crate::server::answer::Answer;
use crate::server::kind::Row;
use crate::server::openapi::response::{AskedOfProblem, AskedOfProgram};
use crate::server::parameters::Parameters;
use crate::server::problem::{Problem, ProblemKind};
use crate::server::state::AppState;

/// What a kind of problem means.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ExplainedProblem {
    /// The `type` of every problem of this kind; its page lies there.
    r#type: String,
    /// The end of the `type`.
    code: &'static str,
    /// The `title`.
    title: &'static str,
    /// The status that it comes with.
    status: u16,
    /// What it means.
    meaning: &'static str,
    /// What to do about it.
    remedy: &'static str,
}

/// Every kind of problem.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ExplainedProblems {
    /// The kinds, in the order in which a request may meet them.
    problems: Vec<ExplainedProblem>,
}

impl From<Row> for ExplainedProblem {
    fn from(Row { code, title, status, meaning, remedy }: Row) -> Self {
        let (r#type, status) = (format!("/problems/{code}"), status.as_u16());
        Self { r#type, code, title, status, meaning, remedy }
    }
}

/// Lists every kind of problem.
#[utoipa::path(
    get, path = "/problems", tag = "operators", operation_id = "problems", summary = "Every kind of problem",
    responses((status = 200, description = "Every kind of problem, as a page, or as JSON where that is asked for.",
        content((ExplainedProblems = "application/json"), (String = "text/html"))), AskedOfProgram)
)]
pub(super) async fn all(
    State(state): State<AppState>,
    headers: HeaderMap,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let [] = parameters.named([])?;
    if wants_json(&headers) {
        let problems = rows().map(ExplainedProblem::from).collect();
        return Answer::of(&ExplainedProblems { problems });
    }
    Answer::page(&ProblemsPage { shell: shell(&state), kinds: rows().map(for_people).collect() })
}

/// Explains one kind of problem.
#[utoipa::path(
    get, path = "/problems/{code}", tag = "operators", operation_id = "problem", summary = "What a problem means and what to do about it",
    params(("code" = String, Path, description = "The end of the `type` of a problem.", example = "unknown-parameter")),
    responses((status = 200, description = "What a problem of this kind means and what to do about it, as a page, or as JSON where that is asked for.",
        content((ExplainedProblem = "application/json"), (String = "text/html"))), AskedOfProblem)
)]
pub(super) async fn one(
    State(state): State<AppState>,
    code: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let [] = parameters.named([])?;
    let found = code.ok().and_then(|Path(code)| rows().find(|row| row.code == code));
    let Some(row) = found else {
        let known: Vec<&str> = rows().map(|row| row.code).collect();
        let detail = "there is no such kind of problem";
        return Err(Problem::new(ProblemKind::NoSuchRoute, detail).with("known", known));
    };
    if wants_json(&headers) {
        return Answer::of(&ExplainedProblem::from(row));
    }
    Answer::page(&KindOfProblemPage { shell: shell(&state), kind: for_people(row) })
}

/// The lines of the table, one for each code.
fn rows() -> impl Iterator<Item = Row> {
    let mut last = None;
    let rows = ProblemKind::ALL.iter().map(|kind| kind.row());
    // Kinds that share a code stand beside each other.
    rows.filter(move |row| last.replace(row.code) != Some(row.code))
}

/// Whether whoever asks is a program. Somebody who followed the `type` of a problem in a browser names HTML before anything else.
fn wants_json(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let accepted: Vec<String> = accepted.map(str::to_ascii_lowercase).collect();
    let names = |media_type: &str| accepted.iter().any(|accepted| accepted.contains(media_type));
    !names("text/html") && (names("application/json") || names("application/problem+json"))
}

fn shell(state: &AppState) -> Shell {
    Shell::new("/problems", state.generation())
}

fn for_people(Row { code, title, status, meaning, remedy }: Row) -> KindOfProblem {
    let (meaning, remedy) = (Written::of(meaning), Written::of(remedy));
    KindOfProblem { code, title, status: status.as_u16(), meaning, remedy }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use axum::http::header::ACCEPT;
    use axum::http::{HeaderMap, HeaderValue};

    use super::{ProblemKind, rows, wants_json};

    #[test]
    fn every_code_is_listed_once() {
        let codes: Vec<&str> = rows().map(|row| row.code).collect();
        let known: BTreeSet<&str> = ProblemKind::ALL.iter().map(|kind| kind.row().code).collect();
        assert_eq!(codes.len(), known.len());
        assert!(codes.iter().all(|code| known.contains(code)));
    }

    #[test]
    fn every_backtick_is_closed() {
        for row in rows() {
            for text in [row.meaning, row.remedy] {
                assert_eq!(text.matches('`').count() % 2, 0, "{text}");
            }
        }
    }

    #[test]
    fn a_page_is_for_whoever_does_not_ask_for_json_alone() {
        let wants = |accept: &'static str| {
            wants_json(&HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static(accept))]))
        };
        assert!(wants("application/json") && wants("application/problem+json, application/json"));
        assert!(!wants("*/*") && !wants("text/html,application/xhtml+xml,application/json;q=0.9"));
        assert!(!wants_json(&HeaderMap::new()));
    }
}
