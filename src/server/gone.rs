//! What is served no longer.

use crate::server::problem::{Problem, ProblemKind};

/// Says that a cursor goes on in a generation that is served no longer.
pub(super) fn gone() -> Problem {
    let detail = "the generation in which this list was begun is served no longer; begin again";
    Problem::new(ProblemKind::GenerationGone, detail)
}
