//! What the tests hand a harvest: who keeps its documents, a memory, and a clock that stands still.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use time::OffsetDateTime;
use time::macros::datetime;
use url::Url;

use crate::access::{Access, Clock, Credentials, Retry};
use crate::client::{Client, FetchError};
use crate::host::Hosts;
use crate::receiver::{Body, Document, Kept, Receiver, StoreError};
use crate::report::{Ending, RunReport};
use crate::session::{Session, Setting, Watcher};
use crate::source::registry::mirror::harvest;
use crate::source::registry::scope::RegistryScope;
use crate::state::State;
use crate::stop::{Stop, stop};

/// What time it is, always.
pub(super) const NOW: OffsetDateTime = datetime!(2026-09-01 00:00 UTC);

/// Keeps documents in memory: what a record is, and every version of it.
#[derive(Default)]
pub(super) struct Held {
    records: Records,
}

/// A version of a record; nothing where it was withdrawn.
type Version = Option<Vec<u8>>;

/// The versions of every record.
type Versions = BTreeMap<String, Vec<Version>>;

type Records = Arc<Mutex<Versions>>;

fn lock(records: &Records) -> MutexGuard<'_, Versions> {
    records.lock().unwrap()
}

struct Incoming {
    records: Records,
    text: Vec<u8>,
}

impl Write for Incoming {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a document says: the record, whatever envelope it is in.
fn resource(text: &[u8]) -> Value {
    let mut document: Value = serde_json::from_slice(text).unwrap();
    match document.get_mut("decoded_resource") {
        Some(resource) => resource.take(),
        None => document,
    }
}

impl Body for Incoming {
    fn keep(self: Box<Self>, document: &Document) -> Result<Kept, StoreError> {
        let says = resource(&self.text);
        let about = document.about.clone().unwrap_or_default();
        if !says.to_string().to_lowercase().contains(&about) {
            return Ok(Kept::Refused("it is about something else".to_owned()));
        }
        let mut records = lock(&self.records);
        let versions = records.entry(document.record.clone()).or_default();
        if let Some(Some(last)) = versions.last()
            && resource(last) == says
        {
            return Ok(Kept::Unchanged);
        }
        versions.push(Some(self.text));
        Ok(Kept::Accepted)
    }
}

impl Receiver for Held {
    fn open(&self) -> Result<Box<dyn Body>, StoreError> {
        Ok(Box::new(Incoming { records: Arc::clone(&self.records), text: Vec::new() }))
    }

    fn withdraw(&self, source: &str, record: &str, _: &str) -> Result<bool, StoreError> {
        let is_there = self.has(source, record)?;
        if is_there {
            lock(&self.records).entry(record.to_owned()).or_default().push(None);
        }
        Ok(is_there)
    }

    fn records(&self, _: &str) -> Result<Vec<String>, StoreError> {
        Ok(self.list().into_keys().map(|record| format!("envelopes/{record}")).collect())
    }

    fn has(&self, _: &str, record: &str) -> Result<bool, StoreError> {
        let records = lock(&self.records);
        Ok(matches!(records.get(record).and_then(|versions| versions.last()), Some(Some(_))))
    }

    fn commit(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

impl Held {
    /// What is held: by CTID, what the record says.
    pub(super) fn list(&self) -> BTreeMap<String, Value> {
        let records = lock(&self.records);
        let held = records.iter().filter_map(|(record, versions)| {
            let text = versions.last()?.as_deref()?;
            Some((record.strip_prefix("envelopes/")?.to_owned(), resource(text)))
        });
        held.collect()
    }

    /// The versions of a record: its text, or `-` where it was withdrawn.
    pub(super) fn versions(&self, ctid: &str) -> Vec<String> {
        let records = lock(&self.records);
        let versions = records.get(&format!("envelopes/{ctid}")).cloned().unwrap_or_default();
        let text = |version: Version| String::from_utf8(version.unwrap_or(b"-".to_vec())).unwrap();
        versions.into_iter().map(text).collect()
    }
}

struct Nobody;

impl Watcher for Nobody {
    fn expect(&self, _: &str, _: u64) {}
    fn advance(&self, _: &str, _: &RunReport) {}
}

/// A mirror of one registry.
pub(super) struct Mirror {
    pub held: Arc<Held>,
    pub url: Url,
    pub scope: RegistryScope,
    pub credentials: Credentials,
    pub confirm_after: Duration,
    pub clock: Clock,
    pub state: Arc<State>,
    pub folder: TempDir,
}

impl Mirror {
    pub(super) fn of(url: Url) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let scope = RegistryScope {
            community: "ce-registry".to_owned(),
            walk_every: Duration::from_hours(30 * 24),
            ..RegistryScope::default()
        };
        Self {
            held: Arc::default(),
            url,
            scope,
            credentials: Credentials::None,
            confirm_after: Duration::ZERO,
            clock: || NOW,
            state: Arc::new(State::open(folder.path()).unwrap().0),
            folder,
        }
    }

    /// The same after the process was killed: what was not saved is forgotten.
    pub(super) fn killed(self) -> Self {
        let (state, folder) = (self.state, self.folder);
        drop(state);
        let state = Arc::new(State::open(folder.path()).unwrap().0);
        Self { state, folder, ..self }
    }

    /// A run that has not begun.
    pub(super) fn session(&self) -> Session {
        let (_, stop) = stop();
        self.session_until(stop)
    }

    /// A run that ends when it is told to.
    pub(super) fn session_until(&self, stop: Stop) -> Session {
        let setting = Setting {
            source: "registry".to_owned(),
            state: Arc::clone(&self.state),
            receiver: Arc::<Held>::clone(&self.held),
            watcher: Arc::new(Nobody),
            clock: self.clock,
            stop: stop.clone(),
            confirm_after: self.confirm_after,
        };
        let retry =
            Retry { attempts: 2, base: Duration::from_millis(1), breaker: 100, ..Retry::default() };
        let access = Access {
            credentials: self.credentials.clone(),
            pace: Duration::ZERO,
            retry,
            ..Access::of(self.url.clone(), "alidade-tests")
        };
        let client = Client::new(access, Arc::new(Hosts::default()), self.clock, stop).unwrap();
        Session::new(setting, client)
    }

    /// Runs to the end, whatever it is.
    pub(super) async fn run(&self) -> (Result<Ending, FetchError>, RunReport) {
        let session = self.session();
        let ending = harvest(&session, &self.scope).await;
        session.save().await.unwrap();
        (ending, session.report())
    }

    /// Runs, and ends as it should.
    #[track_caller]
    pub(super) fn check(&self, expected: Ending) -> impl Future<Output = RunReport> + use<'_> {
        let caller = std::panic::Location::caller();
        async move {
            let (ending, report) = self.run().await;
            assert_eq!(ending.unwrap(), expected, "{caller}: {report:?}");
            report
        }
    }
}
