//! How a command ends: the exit codes, and the one place where an error is printed.

use std::io::Write;
use std::process::ExitCode;

use index::IndexError;

use crate::config::ConfigError;
use crate::harmless::line_by_line;
use crate::sparql::Failure;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything that was asked for was done or found.
    Done,
    /// Nothing was found, or nothing was accepted; of what was to be resolved, something was not.
    NothingFound,
    /// A file holds no credential that can be read, or a query is none that can be answered.
    Unreadable,
    /// A source failed or waits for the operator's word, or a query came to one of its limits.
    SourceFailed,
    /// A store is damaged.
    Damaged,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::NothingFound => 1,
            Outcome::Unreadable => 2,
            Outcome::SourceFailed => 3,
            Outcome::Damaged => 4,
        })
    }
}

/// What a user asked for that cannot be done as asked.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct UsageError(pub String);

/// Prints an error with its causes on one line, and chooses the exit code by whose fault it is.
pub(crate) fn report(error: &anyhow::Error) -> ExitCode {
    if is_broken_pipe(error) {
        return ExitCode::SUCCESS;
    }
    // Nobody is left to tell when the standard error stream is gone.
    drop(writeln!(std::io::stderr(), "alidade: {}", line_by_line(&format!("{error:#}"))));
    let failure = error.downcast_ref::<Failure>();
    let is_usage = error.downcast_ref::<UsageError>().is_some()
        || error.downcast_ref::<ConfigError>().is_some()
        || matches!(failure, Some(Failure::Query(_)));
    let code = match error.downcast_ref::<IndexError>() {
        Some(IndexError::NothingPublished { .. }) => Outcome::NothingFound,
        Some(_) => Outcome::Damaged,
        None if matches!(failure, Some(Failure::Store(_))) => Outcome::Damaged,
        None if is_usage => return ExitCode::from(2),
        None => Outcome::SourceFailed,
    };
    code.into()
}

/// A reader that stops reading, as `head` does, is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let causes = error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>());
    causes.into_iter().any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}
