//! What every handler works with.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use index::Reader;
use index::edition::Edition;
use index::manifest::Manifest;
use serde::Serialize;
use time::OffsetDateTime;
use tokio::sync::Semaphore;

use crate::config::Limits;
use crate::day::Clock;
use crate::server::answer::Answer;
use crate::server::body::MAX_LARGE;
use crate::server::caller::{Caller, Shares};
use crate::server::current::Current;
use crate::server::dumps::{Digests, Place, Places};
use crate::server::overview::Overviews;
use crate::server::problem::{Problem, ProblemKind};
use crate::server::rates::Rates;
use crate::server::sparql::Queries;
use crate::server::tag::{Seed, Tag};
use crate::sources::Sources;
use crate::sparql;

/// Look-ups that run at once, for each processor. They read from memory that may have to come from the disk first.
const LOOK_UPS_PER_PROCESSOR: usize = 2;

/// Credentials that are taken in and read at once, each of which may be a picture of 16 MB.
const CREDENTIALS_AT_ONCE: usize = 4;

/// What every handler works with.
#[derive(Clone)]
pub(super) struct AppState {
    current: Arc<Current>,
    sources: Arc<Sources>,
    places: Arc<Semaphore>,
    shares: Arc<Shares>,
    large_bodies: Arc<Semaphore>,
    credentials: Option<Arc<Semaphore>>,
    queries: Arc<Queries>,
    dumps: Arc<Digests>,
    overviews: Arc<Overviews>,
    places_of_dumps: Arc<Places>,
    clock: Clock,
    time_limit: Duration,
    rates: Option<Arc<Rates>>,
    trusted_proxies: usize,
    public_url: Option<Arc<str>>,
    contact: Option<Arc<str>>,
}

impl AppState {
    /// Serves a data directory by a clock, within a time for each request.
    pub(super) fn new(
        current: Arc<Current>,
        sources: Arc<Sources>,
        clock: Clock,
        time_limit: Duration,
    ) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let n_places = LOOK_UPS_PER_PROCESSOR * processors;
        let large_bodies = Arc::new(Semaphore::new(MAX_LARGE));
        Self {
            current,
            sources,
            places: Arc::new(Semaphore::new(n_places)),
            shares: Arc::new(Shares::half(n_places)),
            large_bodies,
            credentials: None,
            queries: Arc::default(),
            dumps: Arc::default(),
            overviews: Arc::default(),
            places_of_dumps: Arc::default(),
            clock,
            time_limit,
            rates: None,
            trusted_proxies: 0,
            public_url: None,
            contact: None,
        }
    }

    /// The same, and what a client asks is counted.
    pub(super) fn counting(self, limits: &Limits) -> Self {
        let rates = Rates::of(limits).map(Arc::new);
        Self { rates, trusted_proxies: limits.trusted_proxies, ..self }
    }

    /// The same, under an address by which others know it; it ends without a slash.
    pub(super) fn known_as(self, public_url: Option<&str>) -> Self {
        Self { public_url: public_url.map(|url| url.trim_end_matches('/').into()), ..self }
    }

    /// The same, run by somebody who can be reached.
    pub(super) fn reached_at(self, contact: Option<&str>) -> Self {
        Self { contact: contact.map(Arc::from), ..self }
    }

    /// The same, where the queries of strangers may take so much.
    pub(super) fn asked_within(self, limits: sparql::Limits) -> Self {
        Self { queries: Arc::new(Queries::new(limits)), ..self }
    }

    /// The queries of strangers that run and wait.
    pub(super) fn queries(&self) -> Arc<Queries> {
        Arc::clone(&self.queries)
    }

    /// The same, and whole credentials are read.
    pub(super) fn reading_credentials(self) -> Self {
        Self { credentials: Some(Arc::new(Semaphore::new(CREDENTIALS_AT_ONCE))), ..self }
    }

    /// The places of credentials on their way through; none where they are not read.
    pub(super) fn credentials(&self) -> Option<Arc<Semaphore>> {
        self.credentials.clone()
    }

    /// What each client has left to ask; none where nothing is counted.
    pub(super) fn rates(&self) -> Option<Arc<Rates>> {
        self.rates.clone()
    }

    /// How many proxies tell for whom they ask.
    pub(super) fn trusted_proxies(&self) -> usize {
        self.trusted_proxies
    }

    /// The address by which others know the service, without a slash at the end.
    pub(super) fn public_url(&self) -> Option<&str> {
        self.public_url.as_deref()
    }

    /// Where whoever runs the service can be reached, where that is said.
    pub(super) fn contact(&self) -> Option<&str> {
        self.contact.as_deref()
    }

    /// The tag of the answer to a request, today and by a generation.
    pub(super) fn tag(&self, manifest: &Manifest, request: &Request) -> Tag {
        let day = self.now().date().to_string();
        Tag::of_request(request, &Seed { manifest, day: &day, public_url: self.public_url() })
    }

    /// The places of large bodies on their way in.
    pub(super) fn large_bodies(&self) -> Arc<Semaphore> {
        Arc::clone(&self.large_bodies)
    }

    /// What is known of dumps.
    pub(super) fn dumps(&self) -> Arc<Digests> {
        Arc::clone(&self.dumps)
    }

    /// What is known of frameworks as a whole.
    pub(super) fn overviews(&self) -> Arc<Overviews> {
        Arc::clone(&self.overviews)
    }

    /// A place for a dump to be written; none where all are taken, or all that a client may have.
    pub(super) fn place_of_dump(&self) -> Option<Place> {
        self.places_of_dumps.take(Caller::of_now().client())
    }

    /// The reader of the current generation.
    pub(super) fn reader(&self) -> Option<Arc<Reader>> {
        self.current.reader()
    }

    /// The number of the current generation.
    pub(super) fn generation(&self) -> Option<u64> {
        self.reader().map(|reader| reader.manifest().generation)
    }

    /// The reader of a generation, as long as it is held.
    pub(super) fn reader_of(&self, edition: Edition) -> Option<Arc<Reader>> {
        self.current.reader_of(edition)
    }

    /// What is asked for whatever is known of the sources.
    pub(super) fn sources(&self) -> Arc<Sources> {
        Arc::clone(&self.sources)
    }

    /// The time by the clock.
    pub(super) fn now(&self) -> OffsetDateTime {
        (self.clock)()
    }

    /// The longest that a body, and then an answer, may take.
    pub(super) fn time_limit(&self) -> Duration {
        self.time_limit
    }

    /// When no more of many answers is begun, so that there is time to give those that were made.
    pub(super) fn end_of_many(&self) -> Instant {
        Instant::now() + self.time_limit.mul_f32(0.8)
    }

    /// Looks something up and writes the answer, off the threads that wait for the network, and only so many at once.
    ///
    /// # Errors
    /// [`ProblemKind::TimeOut`] where there is no answer in time. A look-up that has begun keeps its place until it ends.
    pub(super) async fn answer<T, F>(
        &self,
        reader: Arc<Reader>,
        look_up: F,
    ) -> Result<Answer, Problem>
    where
        T: Serialize,
        F: FnOnce(&Reader) -> Result<T, Problem> + Send + 'static,
    {
        self.work(move || look_up(&reader)).await
    }

    /// Does what takes its time and writes the answer, as [`answer`](Self::answer) does.
    pub(super) async fn work<T, F>(&self, look_up: F) -> Result<Answer, Problem>
    where
        T: Serialize,
        F: FnOnce() -> Result<T, Problem> + Send + 'static,
    {
        self.write(move || look_up().and_then(|value| Answer::of(&value))).await
    }

    /// Does what takes its time and writes the answer itself, as [`answer`](Self::answer) does.
    pub(super) async fn write<F>(&self, look_up: F) -> Result<Answer, Problem>
    where
        F: FnOnce() -> Result<Answer, Problem> + Send + 'static,
    {
        self.aside(look_up).await
    }

    /// Does what takes its time, as [`answer`](Self::answer) does, and hands over what comes of it as it is.
    pub(super) async fn aside<T, F>(&self, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T, Problem> + Send + 'static,
    {
        let places = Arc::clone(&self.places);
        // Nobody has all the places.
        let share = Caller::of_now().client().map(|client| self.shares.of(client));
        let work = async move {
            let turn = match share {
                Some(share) => share.acquire_owned().await.ok(),
                None => None,
            };
            let place = places.acquire_owned().await;
            let work = move || {
                let done = work();
                drop((place, turn));
                done
            };
            tokio::task::spawn_blocking(work).await
        };
        match tokio::time::timeout(self.time_limit, work).await {
            Ok(Ok(done)) => done,
            // It panicked, and the hook has logged where.
            Ok(Err(_)) => Err(Problem::internal()),
            Err(_) => Err(late()),
        }
    }
}

/// An answer that takes too long.
pub(super) fn late() -> Problem {
    Problem::new(ProblemKind::TimeOut, "the answer took too long; ask again, or for less")
}

/// The reader that a request has taken: what every part of its answer comes from.
#[derive(Clone)]
pub(super) struct Taken(pub Arc<Reader>);

impl<S: Sync> FromRequestParts<S> for Taken {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let nothing = || {
            let detail = "nothing has been imported into the data directory yet";
            Problem::new(ProblemKind::NothingPublished, detail)
        };
        parts.extensions.get::<Self>().cloned().ok_or_else(nothing)
    }
}
