//! A query without an answer, as the problem that it is.

use index::sparql::QueryError;

use crate::server::problem::{Problem, ProblemKind};
use crate::server::sparql::protocol::update;
use crate::server::sparql::wanted::not_acceptable;
use crate::sparql::{Failure, Limits};

/// Says why there is no answer. What is our fault is logged, and nothing of the query with it.
pub(super) fn problem(error: anyhow::Error, limits: &Limits) -> Problem {
    match error.downcast::<Failure>() {
        Ok(Failure::Query(error)) => of_query(&error),
        Ok(failure) => of_worker(&failure, limits),
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "a query cannot be asked");
            Problem::internal()
        }
    }
}

/// The query is at fault.
fn of_query(error: &QueryError) -> Problem {
    let detail = error.to_string();
    match error {
        QueryError::Syntax { line, column, .. } => {
            let problem = Problem::new(ProblemKind::MalformedQuery, detail);
            problem.with("line", *line).with("column", *column)
        }
        QueryError::Update => update(),
        QueryError::Service(_) => Problem::new(ProblemKind::ServiceRefused, detail),
        QueryError::Format { form, .. } => not_acceptable(Some(*form)),
        QueryError::Complexity { most, .. } => {
            Problem::new(ProblemKind::QueryTooComplex, detail).with("max", *most)
        }
        QueryError::Rows(most) => {
            Problem::new(ProblemKind::ResultTooLarge, detail).with("max", *most)
        }
        QueryError::Order => Problem::new(ProblemKind::QueryUnordered, detail),
        QueryError::Graph(_) => Problem::new(ProblemKind::InvalidParameter, detail),
        _ => Problem::new(ProblemKind::MalformedQuery, detail),
    }
}

/// The worker was stopped, or is at fault.
fn of_worker(failure: &Failure, limits: &Limits) -> Problem {
    let detail = failure.to_string();
    match failure {
        Failure::Time(_) => {
            let seconds = limits.time_limit.as_secs();
            Problem::new(ProblemKind::QueryTimeOut, detail).with("seconds", seconds)
        }
        Failure::Memory(bytes) => {
            Problem::new(ProblemKind::QueryMemory, detail).with("max", *bytes)
        }
        Failure::Depth => Problem::new(ProblemKind::QueryTooComplex, detail),
        Failure::Store(_) => {
            tracing::error!("a query met a store that cannot be read");
            Problem::internal()
        }
        // Its last words may be those of the query.
        Failure::Query(_) | Failure::Died(_) => {
            tracing::error!("a process that evaluated a query died");
            Problem::internal()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use index::sparql::{Form, Format, QueryError};

    use super::problem;
    use crate::sparql::{Failure, Limits};

    #[track_caller]
    fn check(failure: Failure, status: u16, code: &str) {
        let told = problem(failure.into(), &Limits::default()).into_json(None);
        assert_eq!(told["type"], format!("/problems/{code}"), "{told}");
        assert_eq!(told["status"], status, "{told}");
    }

    #[test]
    fn each_end_has_its_problem() {
        let syntax = QueryError::Syntax { line: 1, column: 2, reason: "no".to_owned() };
        let complexity = QueryError::Complexity { what: "UNION".to_owned(), n: 51, most: 50 };
        let format = QueryError::Format { form: Form::Graph, format: Format::Csv };
        for (error, status, code) in [
            (syntax, 400, "malformed-query"),
            (QueryError::Meaning("no".to_owned()), 400, "malformed-query"),
            (QueryError::Evaluation("no".to_owned()), 400, "malformed-query"),
            (QueryError::Graph("no".to_owned()), 400, "invalid-parameter"),
            (QueryError::Update, 403, "update-refused"),
            (QueryError::Service("?a".to_owned()), 403, "service-refused"),
            (format, 406, "not-acceptable"),
            (complexity, 422, "query-too-complex"),
            (QueryError::Rows(10), 422, "result-too-large"),
        ] {
            check(Failure::Query(error), status, code);
        }
        check(Failure::Time(Duration::from_secs(5)), 504, "query-time-out");
        check(Failure::Memory(1 << 30), 503, "query-memory");
        check(Failure::Depth, 422, "query-too-complex");
        check(Failure::Died("quillfeather".to_owned()), 500, "internal");
        check(Failure::Store("quillfeather".to_owned()), 500, "internal");
    }
}
