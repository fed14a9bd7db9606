//! The client against servers of this machine that behave as badly as real ones.

mod addresses;
mod bodies;
mod fake;
mod manners;
mod redirects;
mod robots;
mod tokens;
mod trying;

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::{Duration, Instant};

use time::OffsetDateTime;
use time::macros::datetime;
use url::Url;

use crate::access::{Access, Network, Retry};
use crate::client::resolver::{Found, Lookup, SystemLookup};
use crate::client::wire::Surroundings;
use crate::client::{Client, Collected, FetchError, Reply, Request};
use crate::host::Hosts;
use crate::stop::{Stop, Stopper, stop};

static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// A clock that goes as fast as any, and began on a day that the tests know.
fn clock() -> OffsetDateTime {
    datetime!(2026-11-22 10:00:00 UTC) + BEGAN.elapsed()
}

/// Asks without a pace, and tries again at once.
fn access(base: &Url) -> Access {
    let retry = Retry { base: Duration::from_millis(1), attempts: 3, ..Retry::default() };
    Access {
        pace: Duration::ZERO,
        retry,
        ..Access::of(base.clone(), "Alidade/tests (mailto:tests@example.org)")
    }
}

/// A client, and what it shares with others.
struct Party {
    hosts: Arc<Hosts>,
    stopper: Stopper,
    stop: Stop,
    lookup: Arc<dyn Lookup>,
}

impl Party {
    fn new() -> Self {
        let (stopper, stop) = stop();
        Self { hosts: Arc::default(), stopper, stop, lookup: Arc::new(SystemLookup) }
    }

    /// Names stand for this machine, which is a private network here.
    fn of_names(lookup: impl Lookup + 'static) -> Self {
        Self { lookup: Arc::new(lookup), ..Self::new() }
    }

    fn client(&self, access: Access) -> Client {
        let (hosts, stop) = (Arc::clone(&self.hosts), self.stop.clone());
        let lookup = Arc::clone(&self.lookup);
        Client::among(access, Surroundings { hosts, clock, stop, lookup }).unwrap()
    }
}

/// The client of a source that has it all to itself.
fn client(access: Access) -> Client {
    Party::new().client(access)
}

/// A source whose host has a name.
fn named(base: &str) -> Access {
    let private_networks = vec![Network { address: "127.0.0.0".parse().unwrap(), prefix: 8 }];
    Access { private_networks, ..access(&base.parse().unwrap()) }
}

/// What came, with its body.
type Fetched = Result<(Reply, String), FetchError>;

/// Fetches into memory.
async fn fetch(client: &Client, url: &Url) -> Fetched {
    ask(client, &Request::get(url.clone())).await
}

async fn ask(client: &Client, request: &Request) -> Fetched {
    let mut collected = Collected::default();
    let reply = client.fetch(request, &mut collected).await?;
    Ok((reply, String::from_utf8_lossy(&collected.0).into_owned()))
}

/// Fetches what should come.
#[track_caller]
fn came(result: Fetched) -> String {
    match result {
        Ok((Reply::Whole(_), body)) => body,
        other => panic!("{other:?}"),
    }
}

/// Takes note that all of them came.
#[track_caller]
fn all_came(results: Vec<Fetched>) {
    for result in results {
        came(result);
    }
}

/// What is said where nothing comes.
#[track_caller]
fn refused(result: Fetched) -> String {
    match result {
        Err(error) => error.to_string(),
        Ok(reply) => panic!("{reply:?}"),
    }
}

/// Looks names up in a list; each look-up of a name gives the next of its answers, the last one for ever.
#[derive(Debug, Default)]
struct Names(Mutex<BTreeMap<String, Vec<Addresses>>>);

/// What one look-up gives.
type Addresses = Vec<IpAddr>;

impl Names {
    /// Knows one name.
    fn of(name: &str, answers: &[&[&str]]) -> Self {
        Self::default().and(name, answers)
    }

    /// Knows another name too.
    fn and(self, name: &str, answers: &[&[&str]]) -> Self {
        let parsed = |answer: &&[&str]| answer.iter().map(|ip| ip.parse().unwrap()).collect();
        let answers = answers.iter().map(parsed).collect();
        self.0.lock().unwrap().insert(name.to_owned(), answers);
        self
    }
}

impl Lookup for Names {
    fn look_up(&self, name: String) -> Found {
        let mut names = self.0.lock().unwrap();
        let answers = names.entry(name).or_default();
        let answer = if answers.len() > 1 { answers.remove(0) } else { answers.concat() };
        Box::pin(std::future::ready(Ok(answer)))
    }
}
