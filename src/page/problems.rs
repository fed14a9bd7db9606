//! `/problems` and what lies below: what each kind of problem means.

use askama::Template;

use crate::page::shell::Shell;
use crate::page::written::Written;

/// A kind of problem.
pub(crate) struct KindOfProblem {
    /// The end of the `type`.
    pub code: &'static str,
    pub title: &'static str,
    pub status: u16,
    pub meaning: Written,
    pub remedy: Written,
}

/// Every kind of problem.
#[derive(Template)]
#[template(path = "problems.html")]
pub(crate) struct ProblemsPage {
    pub shell: Shell,
    pub kinds: Vec<KindOfProblem>,
}

/// One kind of problem.
#[derive(Template)]
#[template(path = "problems/kind.html")]
pub(crate) struct KindOfProblemPage {
    pub shell: Shell,
    pub kind: KindOfProblem,
}
