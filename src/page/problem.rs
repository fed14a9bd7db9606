//! A problem, for people.

use askama::Template;

use crate::page::shell::Shell;
use crate::page::written::Written;

/// What went wrong, and what to do about it.
#[derive(Template)]
#[template(path = "problem.html")]
pub(crate) struct ProblemPage {
    shell: Shell,
    /// What went wrong, in the words of whoever sees a page.
    heading: String,
    /// What they can do.
    advice: String,
    problem: ToldProblem,
    detail: Written,
    meaning: Written,
    remedy: Written,
}

/// A problem as a program is told of it.
pub(crate) struct ToldProblem {
    /// The end of the `type`.
    pub code: &'static str,
    pub title: &'static str,
    pub status: u16,
    /// What is wrong with this request.
    pub detail: String,
    /// What it could have been.
    pub known: Option<String>,
    /// What a problem of this kind means.
    pub meaning: &'static str,
    pub remedy: &'static str,
    /// The request.
    pub instance: String,
}

impl ProblemPage {
    /// The page of a problem.
    pub(crate) fn of(problem: ToldProblem, shell: Shell) -> Self {
        let (heading, advice) = words(&problem, &shell);
        Self {
            heading,
            advice,
            detail: Written::sentence(&problem.detail),
            meaning: Written::of(problem.meaning),
            remedy: Written::of(problem.remedy),
            problem,
            shell,
        }
    }
}

/// What a problem is called where people see it, and what they can do about it.
fn words(problem: &ToldProblem, shell: &Shell) -> (String, String) {
    let (heading, advice) = match (problem.code, problem.status) {
        ("no-such-route", _) => ("problem-no-page", "problem-do-search"),
        ("unknown-resource", _) => ("problem-unknown", "problem-do-search"),
        ("ambiguous-resource", _) => ("problem-ambiguous", "problem-do-search"),
        ("nothing-published", _) => ("problem-nothing-published", "problem-do-later"),
        ("too-many-requests" | "too-many-connections", _) => {
            ("problem-too-many", "problem-do-wait")
        }
        (_, 503 | 504 | 408) => ("problem-busy", "problem-do-again"),
        (_, 500..) => ("problem-internal", "problem-do-later"),
        _ => return (problem.title.to_owned(), shell.say("problem-do-check")),
    };
    (shell.say(heading), shell.say(advice))
}
