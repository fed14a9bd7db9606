//! `alidade sparql-worker`: the process that evaluates one query for another process of this program.

use index::sparql::SparqlError;

use crate::outcome::{Outcome, UsageError};
use crate::sparql::work;

pub(super) fn run() -> anyhow::Result<Outcome> {
    let found = work().map_err(|error| match error.downcast::<SparqlError>() {
        Ok(SparqlError::Query(error)) => UsageError(error.to_string()).into(),
        Ok(SparqlError::Index(error)) => error.into(),
        Ok(SparqlError::Output(error)) => error.into(),
        Err(other) => other,
    })?;
    Ok(if found { Outcome::Done } else { Outcome::NothingFound })
}
