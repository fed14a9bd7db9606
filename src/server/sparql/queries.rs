//! The queries of strangers: so many run at once, so many wait, and each ends when nobody wants its answer any more.

use std::io;
use std::sync::Arc;

use index::Reader;
use index::sparql::{Form, Terms};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::server::answer::Answer;
use crate::server::problem::{Problem, ProblemKind};
use crate::server::sparql::failing::problem;
use crate::server::sparql::protocol::Asked;
use crate::server::sparql::wanted::Wanted;
use crate::sparql::{self, Limits, Request, Sink, ask_while};

/// The places of queries, and what each may take.
#[derive(Debug)]
pub(in crate::server) struct Queries {
    limits: Limits,
    /// The places of those that run.
    running: Arc<Semaphore>,
    /// The places of all, those that run and those that wait.
    taken: Arc<Semaphore>,
}

impl Default for Queries {
    fn default() -> Self {
        Self::new(Limits::default())
    }
}

/// What a query has while it runs; given back when it is over.
struct Turn {
    _running: OwnedSemaphorePermit,
    _taken: OwnedSemaphorePermit,
}

impl Queries {
    /// Queries within limits.
    pub(in crate::server) fn new(limits: Limits) -> Self {
        let places = |n: u64| {
            let n = usize::try_from(n).unwrap_or(usize::MAX).min(Semaphore::MAX_PERMITS);
            Arc::new(Semaphore::new(n))
        };
        let taken = places(limits.at_once.saturating_add(limits.queue));
        Self { limits, running: places(limits.at_once), taken }
    }

    /// Has a query answered by a worker. Where this is dropped in the middle, because the caller has left, the worker is killed.
    pub(super) async fn answer(
        &self,
        reader: Arc<Reader>,
        asked: Asked,
        wanted: Wanted,
    ) -> Result<Answer, Problem> {
        let turn = self.turn().await?;
        let limits = self.limits;
        let request = Request {
            folder: reader.folder().to_owned(),
            query: asked.query,
            terms: Terms { graphs: asked.graphs, bounds: Some(limits.bounds()) },
            formats: wanted.formats(),
            memory: limits.memory,
        };
        let mut held = Held { most: limits.bytes, ..Held::default() };
        let (still_wanted, waiting) = sparql::Wanted::new();
        let work = move || {
            let answered = ask_while(waiting, &request, limits.time_limit, &mut held);
            // The generation is held as long as the worker reads it.
            drop((reader, turn));
            (answered, held)
        };
        let done = tokio::task::spawn_blocking(work).await;
        drop(still_wanted);
        // It panicked, and the hook has logged where.
        let Ok((answered, held)) = done else { return Err(Problem::internal()) };
        if held.is_too_long {
            let detail = format!(
                "the answer has more than {} bytes; ask for less, or with LIMIT",
                limits.bytes
            );
            let problem = Problem::new(ProblemKind::ResultTooLarge, detail);
            return Err(problem.with("max", limits.bytes));
        }
        if let Err(error) = answered {
            return Err(problem(error, &limits));
        }
        let media_type = held.form.and_then(|form| wanted.media_type(form));
        let media_type = media_type.ok_or_else(Problem::internal)?;
        Ok(Answer::written(media_type, held.bytes))
    }

    /// Waits for a place among those that run, where there is one to wait in.
    async fn turn(&self) -> Result<Turn, Problem> {
        let Ok(taken) = Arc::clone(&self.taken).try_acquire_owned() else {
            return Err(self.full());
        };
        let running = Arc::clone(&self.running).acquire_owned();
        match tokio::time::timeout(self.limits.time_limit, running).await {
            Ok(Ok(running)) => Ok(Turn { _running: running, _taken: taken }),
            _ => Err(self.full()),
        }
    }

    fn full(&self) -> Problem {
        let n = self.limits.at_once;
        let detail =
            format!("{n} queries run at once, and too many wait already; ask again in a moment");
        Problem::new(ProblemKind::TooManyQueries, detail)
    }
}

/// An answer that is held until it is whole.
#[derive(Debug, Default)]
struct Held {
    form: Option<Form>,
    bytes: Vec<u8>,
    most: u64,
    is_too_long: bool,
}

impl Sink for Held {
    fn begin(&mut self, form: Form) -> io::Result<()> {
        self.form = Some(form);
        Ok(())
    }

    fn take(&mut self, bytes: &[u8]) -> io::Result<()> {
        if (self.bytes.len() + bytes.len()) as u64 > self.most {
            self.is_too_long = true;
            self.bytes = Vec::new();
            return Err(io::Error::other("the answer is too long"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::time::Duration;

    use super::{Held, Queries, Sink};
    use crate::sparql::Limits;

    fn run<T>(test: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test)
    }

    #[test]
    fn those_that_do_not_fit_are_turned_away_and_a_place_is_given_back() {
        let time_limit = Duration::from_millis(1);
        let queries =
            Queries::new(Limits { time_limit, at_once: 1, queue: 1, ..Limits::default() });
        run(async {
            let first = queries.turn().await.unwrap();
            // The second waits as long as a query may run.
            assert!(queries.turn().await.is_err());
            drop(first);
            let second = queries.turn().await.unwrap();
            let waiting = queries.taken.try_acquire().unwrap();
            // The third has no place to wait in.
            assert!(queries.turn().await.is_err());
            drop((second, waiting));
            assert!(queries.turn().await.is_ok());
        });
    }

    #[test]
    fn an_answer_that_is_too_long_is_held_no_further() {
        let mut held = Held { most: 5, ..Held::default() };
        held.take(b"abc").unwrap();
        assert_eq!((held.is_too_long, held.bytes.as_slice()), (false, b"abc".as_slice()));
        assert_eq!(held.take(b"def").unwrap_err().kind(), ErrorKind::Other);
        assert!(held.is_too_long && held.bytes.is_empty());
    }
}
