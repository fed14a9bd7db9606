//! `alidade sparql-worker`: the process that evaluates one query for another process of this program.

use std::io::{self, Write};

use index::sparql::{QueryError, SparqlError};

use crate::outcome::Outcome;
use crate::sparql::work;

pub(super) fn run() -> anyhow::Result<Outcome> {
    match work() {
        Ok(true) => Ok(Outcome::Done),
        Ok(false) => Ok(Outcome::NothingFound),
        Err(error) => match error.downcast::<SparqlError>() {
            Ok(SparqlError::Query(error)) => refuse(&error),
            Ok(SparqlError::Index(error)) => Err(error.into()),
            Ok(SparqlError::Output(error)) => Err(error.into()),
            Err(other) => Err(other),
        },
    }
}

/// Says what is wrong with the query in a form that whoever asked reads again.
fn refuse(error: &QueryError) -> anyhow::Result<Outcome> {
    let mut words = io::stderr().lock();
    serde_json::to_writer(&mut words, error)?;
    writeln!(words)?;
    Ok(Outcome::Unreadable)
}
