//! Why a query has no answer: the caller's fault, or ours.

use std::io;

use oxigraph::sparql::QueryEvaluationError;
use oxigraph::store::StorageError;
use serde::{Deserialize, Serialize};

use crate::error::IndexError;
use crate::sparql::format::{Form, Format};

/// A query that is not answered. The caller can mend it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[non_exhaustive]
pub enum QueryError {
    /// It is not SPARQL.
    #[error("line {line}, column {column} of the query: {reason}")]
    Syntax {
        /// The line, from 1.
        line: usize,
        /// The character in the line, from 1.
        column: usize,
        /// What is wrong there.
        reason: String,
    },
    /// It is SPARQL of a form without a meaning.
    #[error("the query cannot be read: {0}")]
    Meaning(String),
    /// It would change something.
    #[error(
        "this is an update, and queries change nothing: ask with SELECT, ASK, CONSTRUCT or DESCRIBE"
    )]
    Update,
    /// It wants to be answered by somebody else, too.
    #[error("SERVICE {0} is refused: no other endpoint is ever asked")]
    Service(String),
    /// It gives an answer of another form than the format is for.
    #[error("the query gives {form}, which cannot be written as {format}")]
    Format {
        /// What the answer is.
        form: Form,
        /// What it was to be written as.
        format: Format,
    },
    /// It has more of something than is allowed.
    #[error("the query has {n} {what}, and {most} is the most here")]
    Complexity {
        /// What there is too much of.
        what: String,
        /// How much there is.
        n: usize,
        /// The most that is allowed.
        most: usize,
    },
    /// Its answer has more rows or triples than are allowed.
    #[error("the answer has more than {0} rows or triples; ask for fewer with LIMIT")]
    Rows(u64),
    /// A graph that it is to be asked of has no name.
    #[error("`{0}` is no IRI, and names no graph")]
    Graph(String),
    /// It sorts values that have no order among each other.
    #[error(
        "the values that ORDER BY compares are of kinds that have no order among each other; name one, as in ORDER BY STR(?value)"
    )]
    Order,
    /// It failed while it was evaluated.
    #[error("the query cannot be evaluated: {0}")]
    Evaluation(String),
}

/// A query without an answer.
#[derive(Debug, thiserror::Error)]
pub enum SparqlError {
    /// The query is at fault.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The store is at fault.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The answer could not be handed over.
    #[error("the answer cannot be written")]
    Output(#[from] io::Error),
}

impl From<StorageError> for SparqlError {
    fn from(error: StorageError) -> Self {
        Self::Index(error.into())
    }
}

impl From<QueryEvaluationError> for SparqlError {
    fn from(error: QueryEvaluationError) -> Self {
        match error {
            QueryEvaluationError::Dataset(source) => match source.downcast::<StorageError>() {
                Ok(source) => (*source).into(),
                Err(other) => QueryError::Evaluation(other.to_string()).into(),
            },
            QueryEvaluationError::UnsupportedService(name) => {
                QueryError::Service(name.to_string()).into()
            }
            QueryEvaluationError::Service(source) => QueryError::Service(source.to_string()).into(),
            other => QueryError::Evaluation(other.to_string()).into(),
        }
    }
}
