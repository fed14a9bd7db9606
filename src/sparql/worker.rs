//! The worker's side: one query, one answer, one process.

use std::any::Any;
use std::io::{self, BufRead, BufWriter, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread;

use anyhow::{Context as _, anyhow};
use index::sparql::{Evaluator, QueryError, SparqlError, limits};

use crate::sparql::request::Request;

/// How many bytes of the answer are gathered before they are sent.
const PIECE: usize = 64 << 10;

/// What a worker waits for.
enum Event {
    /// The query is done with.
    Answered(thread::Result<Result<bool, SparqlError>>),
    /// The standard input has ended, and so has whoever asked.
    Left,
}

/// Reads one request from the standard input and writes what its answer is, and the answer, to the standard output; tells
/// whether anything was found.
///
/// When the standard input ends before there is an answer, nobody is there to read it, and the process ends at once.
///
/// # Errors
/// [`SparqlError`] where the query has no answer.
pub(crate) fn work() -> anyhow::Result<bool> {
    limits::end_with_parent().context("cannot be bound to the process that asks")?;
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).context("cannot read the request")?;
    let request: Request = serde_json::from_str(&line).context("cannot read the request")?;
    let (tell, told) = mpsc::channel();
    let tell_left = tell.clone();
    let evaluating = thread::Builder::new().name("query".to_owned()).stack_size(limits::STACK);
    evaluating.spawn(move || {
        let answered = catch_unwind(AssertUnwindSafe(|| answer(&request)));
        // Nobody is there to be told when the process is ending already.
        drop(tell.send(Event::Answered(answered)));
    })?;
    thread::Builder::new().spawn(move || {
        drop(io::copy(&mut io::stdin().lock(), &mut io::sink()));
        drop(tell_left.send(Event::Left));
    })?;
    match told.recv() {
        Ok(Event::Answered(Ok(answered))) => Ok(answered?),
        Ok(Event::Answered(Err(panic))) if is_without_order(panic.as_ref()) => {
            Err(SparqlError::Query(QueryError::Order).into())
        }
        Ok(Event::Answered(Err(_))) => Err(anyhow!("the evaluation broke off")),
        // To end in good order would take apart what the query still reads.
        Ok(Event::Left) => Err(limits::end_at_once().into()),
        Err(_) => Err(anyhow!("the evaluation was lost")),
    }
}

/// Whether the sort of Rust's library ended the evaluation: texts, numbers and times side by side have no total order in SPARQL, and what
/// evaluates the query gives the sort none either.
fn is_without_order(panic: &(dyn Any + Send)) -> bool {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.is_some_and(|text| text.contains("total order"))
}

fn answer(request: &Request) -> Result<bool, SparqlError> {
    let evaluator = Evaluator::open(&request.folder)?;
    limits::bound_memory(request.memory)?;
    let answer = evaluator.evaluate(&request.query, &request.terms)?;
    let form = answer.form();
    let fitting = request.formats.iter().find(|format| format.fits(form));
    // One that does not fit is refused with its name.
    let Some(format) = fitting.or(request.formats.first()) else {
        return Err(QueryError::Evaluation("no format will do".to_owned()).into());
    };
    let mut out = BufWriter::with_capacity(PIECE, io::stdout().lock());
    writeln!(out, "{}", form.as_str())?;
    match answer.write(*format, &mut out) {
        Ok(n) => {
            out.flush()?;
            Ok(n > 0)
        }
        Err(error) => {
            // What was gathered and not sent yet is not sent any more.
            drop(out.into_parts());
            Err(error)
        }
    }
}
