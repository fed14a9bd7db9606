//! The queries of strangers: so many run at once, so many wait, and each ends when nobody wants its answer any more.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use index::Reader;
use index::sparql::{Form, Terms};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::server::answer::Answer;
use crate::server::caller::{Caller, Shares};
use crate::server::client::Client;
use crate::server::problem::{Problem, ProblemKind};
use crate::server::sparql::failing::problem;
use crate::server::sparql::protocol::Asked;
use crate::server::sparql::spent::Spent;
use crate::server::sparql::wanted::Wanted;
use crate::sparql::{self, Limits, Request, Sink, ask_while};

/// The most queries of one client that wait.
const WAITING: usize = 2;

/// The places of queries, and what each may take.
#[derive(Debug)]
pub(in crate::server) struct Queries {
    limits: Limits,
    /// The places of those that run.
    running: Arc<Semaphore>,
    /// The places of all, those that run and those that wait.
    taken: Arc<Semaphore>,
    /// Of the places of those that run, each client has half.
    running_of_each: Shares,
    taken_of_each: Shares,
    /// What the queries of each client have taken.
    spent: Arc<Spent>,
}

impl Default for Queries {
    fn default() -> Self {
        Self::new(Limits::default())
    }
}

/// What a query has while it runs; given back when it is over.
type Turn = [Option<OwnedSemaphorePermit>; 4];

impl Queries {
    /// Queries within limits.
    pub(in crate::server) fn new(limits: Limits) -> Self {
        let places = |n: u64| usize::try_from(n).unwrap_or(usize::MAX).min(Semaphore::MAX_PERMITS);
        let at_once = places(limits.at_once);
        let half = (at_once / 2).max(1);
        Self {
            limits,
            running: Arc::new(Semaphore::new(at_once)),
            taken: Arc::new(Semaphore::new(places(limits.at_once.saturating_add(limits.queue)))),
            running_of_each: Shares::new(half),
            taken_of_each: Shares::new(half + WAITING),
            spent: Arc::default(),
        }
    }

    /// Has a query answered by a worker. Where this is dropped in the middle, because the caller has left, the worker is killed.
    pub(super) async fn answer(
        &self,
        reader: Arc<Reader>,
        asked: Asked,
        wanted: Wanted,
    ) -> Result<Answer, Problem> {
        let client = Caller::of_now().client();
        let turn = self.turn(client).await?;
        let spent = Arc::clone(&self.spent);
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
            let begun = Instant::now();
            let answered = ask_while(waiting, &request, limits.time_limit, &mut held);
            if let Some(client) = client {
                spent.add(client, begun.elapsed(), Instant::now());
            }
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

    /// Waits for a place among those that run, where there is one to wait in and the client may have one.
    async fn turn(&self, client: Option<Client>) -> Result<Turn, Problem> {
        let Ok(taken) = Arc::clone(&self.taken).try_acquire_owned() else {
            return Err(self.full());
        };
        let own = client.map(|client| self.own(client)).transpose()?;
        let running = async {
            let (own, share) = match own {
                Some((own, share)) => (Some(own), share.acquire_owned().await.ok()),
                None => (None, None),
            };
            let running = Arc::clone(&self.running).acquire_owned().await.ok();
            [running, share, own, Some(taken)]
        };
        let waited = tokio::time::timeout(self.limits.time_limit, running).await;
        waited.ok().ok_or_else(|| self.full())
    }

    /// A place for a query of a client to wait in, and where it waits for its share of those that run.
    fn own(&self, client: Client) -> Result<(OwnedSemaphorePermit, Arc<Semaphore>), Problem> {
        self.spent.check(client, Instant::now()).map_err(exhausted)?;
        let Ok(taken) = self.taken_of_each.of(client).try_acquire_owned() else {
            return Err(crowding());
        };
        Ok((taken, self.running_of_each.of(client)))
    }

    fn full(&self) -> Problem {
        let n = self.limits.at_once;
        let detail =
            format!("{n} queries run at once, and too many wait already; ask again in a moment");
        Problem::new(ProblemKind::TooManyQueries, detail)
    }
}

/// The queries of a client have taken all they may.
fn exhausted(wait: Duration) -> Problem {
    let wait = wait.as_secs() + 1;
    let detail = format!(
        "queries from here have run for a minute in the last minute; ask again in {wait} seconds"
    );
    Problem::new(ProblemKind::TooManyRequests, detail).until(wait)
}

/// As many queries of a client wait as may.
fn crowding() -> Problem {
    let detail = format!("{WAITING} queries from here wait already; ask one after the other");
    Problem::new(ProblemKind::TooManyRequests, detail).until(1)
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
    use std::net::{IpAddr, Ipv4Addr};
    use std::time::{Duration, Instant};

    use super::{Held, Queries, Sink};
    use crate::server::client::Client;
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
            let first = queries.turn(None).await.unwrap();
            // The second waits as long as a query may run.
            assert!(queries.turn(None).await.is_err());
            drop(first);
            let second = queries.turn(None).await.unwrap();
            let waiting = queries.taken.try_acquire().unwrap();
            // The third has no place to wait in.
            assert!(queries.turn(None).await.is_err());
            drop((second, waiting));
            assert!(queries.turn(None).await.is_ok());
        });
    }

    #[test]
    fn one_client_has_half_of_the_places_and_two_that_wait() {
        let time_limit = Duration::from_millis(1);
        let queries =
            Queries::new(Limits { time_limit, at_once: 4, queue: 8, ..Limits::default() });
        let client = |number| Some(Client::from(IpAddr::V4(Ipv4Addr::new(192, 0, 2, number))));
        run(async {
            let first = queries.turn(client(1)).await.unwrap();
            let second = queries.turn(client(1)).await.unwrap();
            let kind = |refused| format!("{refused:?}");
            let late = kind(queries.turn(client(1)).await.map(drop).unwrap_err());
            assert!(late.contains("TooManyQueries"), "it waits as long as a query may run: {late}");
            let waiting: Vec<_> =
                (0..2).map(|_| queries.own(client(1).unwrap()).unwrap()).collect();
            let refused = kind(queries.turn(client(1)).await.map(drop).unwrap_err());
            assert!(refused.contains("TooManyRequests"), "{refused}");
            assert!(queries.turn(client(2)).await.is_ok());
            drop((first, second, waiting));
            assert!(queries.turn(client(1)).await.is_ok());
            queries.spent.add(client(1).unwrap(), Duration::from_mins(2), Instant::now());
            let refused = kind(queries.turn(client(1)).await.map(drop).unwrap_err());
            assert!(
                refused.contains("TooManyRequests") && refused.contains("Some(60)"),
                "{refused}"
            );
            assert!(queries.turn(client(2)).await.is_ok());
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
