//! One run of one source: what both kinds of servers need to fetch, keep, remember and report.

use std::fs::File;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use tokio::runtime::{Handle, RuntimeFlavor};

use crate::access::Clock;
use crate::body_taker::BodyTaker;
use crate::client::{Client, Collected, FetchError, Head, Reply, Request};
use crate::receiver::{Body, Document, Kept, Receiver, StoreError};
use crate::report::RunReport;
pub use crate::state::Seen;
use crate::state::{State, StateError};
use crate::stop::Stop;
use crate::validators::Validators;

/// What was taken is made durable, and remembered as seen, this often.
const SAVE_EVERY: Duration = Duration::from_secs(10);

/// How long a server's word that nothing has changed is enough; after that the document is fetched all the same.
const TRUST: time::Duration = time::Duration::days(30);

/// Learns how a run goes. Numbers are of documents.
pub trait Watcher: Send + Sync {
    /// So many documents are expected in all, as far as is known now.
    fn expect(&self, source: &str, documents: u64);
    /// The run of the source stands here.
    fn advance(&self, source: &str, report: &RunReport);
}

/// What a run of a source is given.
#[derive(Clone)]
pub struct Setting {
    /// The name of the source.
    pub source: String,
    /// The memory of all sources.
    pub state: Arc<State>,
    /// Who keeps what is fetched.
    pub receiver: Arc<dyn Receiver>,
    /// Who looks on.
    pub watcher: Arc<dyn Watcher>,
    /// The clock.
    pub clock: Clock,
    /// The word that ends the run.
    pub stop: Stop,
    /// How long after a record was first missed a second look may confirm that it is gone.
    pub confirm_after: Duration,
}

/// One run of one source.
pub struct Session {
    setting: Setting,
    client: Client,
    report: Mutex<RunReport>,
    saved: Mutex<Instant>,
}

/// What came of asking for a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// It came, and this became of it.
    Kept(Kept),
    /// The server says that it has not changed.
    NotModified,
    /// The server answers with this status, in these words.
    NotGiven(u16, String),
}

/// What is remembered of a record that a complete view of its source did not show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Absent {
    since: i64,
    credentials: String,
}

impl Session {
    /// Begins a run.
    pub fn new(setting: Setting, client: Client) -> Self {
        Self { setting, client, report: Mutex::default(), saved: Mutex::new(Instant::now()) }
    }

    /// The name of the source.
    pub fn source(&self) -> &str {
        &self.setting.source
    }

    /// The time.
    pub fn now(&self) -> OffsetDateTime {
        (self.setting.clock)()
    }

    /// Whether the run is to end where nothing is lost.
    pub fn is_stopped(&self) -> bool {
        self.setting.stop.is_set()
    }

    /// The client of the source.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Reads an answer into memory. The body is empty unless the reply is [`Reply::Whole`].
    pub async fn read(&self, request: &Request) -> Result<(Reply, Vec<u8>), FetchError> {
        let mut collected = Collected::default();
        let reply = self.client.fetch(request, &mut collected).await?;
        // An earlier attempt may have left half a body behind.
        let body = if matches!(reply, Reply::Whole(_)) { collected.0 } else { Vec::new() };
        Ok((reply, body))
    }

    /// Asks for a document and keeps it as a record, straight from the network into the incoming folder.
    ///
    /// The server is told what is known of the address already, unless `is_conditional` is false.
    pub async fn take(
        &self,
        request: Request,
        record: &str,
        about: Option<&str>,
        is_conditional: bool,
    ) -> Result<Taken, FetchError> {
        let asked = request.url.to_string();
        let known = if is_conditional { self.known(&asked, record)? } else { None };
        let request = request.validated_by(known.unwrap_or_default());
        let mut taker = BodyTaker::of(Arc::clone(&self.setting.receiver));
        let head = match self.client.fetch(&request, &mut taker).await? {
            Reply::NotModified(_) => {
                self.present(record);
                self.tell(|report| report.not_modified += 1);
                return Ok(Taken::NotModified);
            }
            Reply::Refusal(head, words) => return Ok(Taken::NotGiven(head.status, words)),
            Reply::Whole(head) => head,
        };
        let Some(body) = taker.into_body() else {
            let reason = "the server sent no body".to_owned();
            return Err(FetchError::Unusable { url: asked, reason });
        };
        // The address that was asked: where it led may be good for an hour.
        let document = Document { url: asked.clone(), ..self.document(&head, record, about) };
        let kept = self.settle(body, document).await?;
        if matches!(kept, Kept::Accepted | Kept::Unchanged) {
            self.note_origin(&asked, record, &head)?;
        }
        Ok(Taken::Kept(kept))
    }

    /// Keeps a document that lies in memory while the answer that it came with is still coming in: for those who take bodies.
    pub fn keep_at_once(
        &self,
        head: &Head,
        record: &str,
        about: Option<&str>,
        bytes: &[u8],
    ) -> Result<Kept, StoreError> {
        let document =
            Document { validators: Validators::default(), ..self.document(head, record, about) };
        let receiver = &self.setting.receiver;
        let kept = in_place(|| {
            let mut body = receiver.open()?;
            // Why a write is refused, the body says when it is kept.
            let written = body.write_all(bytes);
            tracing::trace!(?written, record, "wrote a document");
            body.keep(&document)
        })?;
        self.count(record, &kept);
        Ok(kept)
    }

    /// Notes that the source has a record no more.
    pub fn withdraw(&self, record: &str, url: &str) -> Result<bool, FetchError> {
        let is_news = self.setting.receiver.withdraw(self.source(), record, url);
        let is_news = is_news.map_err(FetchError::Store)?;
        if is_news {
            self.tell(|report| report.withdrawn += 1);
        }
        self.present(record);
        Ok(is_news)
    }

    /// Takes note that a complete view of the source does not show a record. True where that is confirmed: it was missed before,
    /// long enough ago, and under the same credentials.
    pub fn miss(&self, record: &str, credentials: &str) -> Result<bool, FetchError> {
        let name = format!("absent/{record}");
        let now = self.now().unix_timestamp();
        let before: Option<Absent> = self.get(&name)?;
        let before = before.filter(|absent| absent.credentials == credentials);
        let Some(before) = before else {
            self.put(&name, &Absent { since: now, credentials: credentials.to_owned() })?;
            self.tell(|report| report.missing += 1);
            return Ok(false);
        };
        let long_enough = i64::try_from(self.setting.confirm_after.as_secs()).unwrap_or(i64::MAX);
        let is_confirmed = now.saturating_sub(before.since) >= long_enough;
        if !is_confirmed {
            self.tell(|report| report.missing += 1);
        }
        Ok(is_confirmed)
    }

    /// Forgets that a record was missed.
    pub fn present(&self, record: &str) {
        self.forget(&format!("absent/{record}"));
    }

    /// The records that were missed, and not seen since.
    pub fn missed(&self) -> Result<Vec<String>, FetchError> {
        let missed = self.list::<Absent>("absent/")?.into_keys();
        Ok(missed.filter_map(|name| Some(name.strip_prefix("absent/")?.to_owned())).collect())
    }

    /// The records that the source has.
    pub fn records(&self) -> Result<Vec<String>, FetchError> {
        self.setting.receiver.records(self.source()).map_err(FetchError::Store)
    }

    /// Whether the source has this record now.
    pub fn has(&self, record: &str) -> Result<bool, FetchError> {
        self.setting.receiver.has(self.source(), record).map_err(FetchError::Store)
    }

    /// The address that gave the last document of a record, where that is remembered.
    pub fn origin(&self, record: &str) -> Result<Option<String>, FetchError> {
        self.setting.state.origin(self.source(), record).map_err(FetchError::Store)
    }

    /// What is remembered of this source under a name.
    pub fn get<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, FetchError> {
        self.setting.state.get(self.source(), name).map_err(FetchError::Store)
    }

    /// Everything that is remembered of this source under names with this beginning.
    pub fn list<T: DeserializeOwned>(
        &self,
        prefix: &str,
    ) -> Result<std::collections::BTreeMap<String, T>, FetchError> {
        self.setting.state.list(self.source(), prefix).map_err(FetchError::Store)
    }

    /// Remembers something of this source, from the next save on.
    ///
    /// What is too large to be remembered is the fault of this source, and ends no other.
    pub fn put<T: Serialize>(&self, name: &str, value: &T) -> Result<(), FetchError> {
        let put = self.setting.state.put(self.source(), name, value);
        put.map_err(|error| match error.downcast_ref() {
            Some(StateError::TooLarge { .. }) => {
                let url = self.client.access().base.to_string();
                FetchError::Unusable { url, reason: error.to_string() }
            }
            _ => FetchError::Store(error),
        })
    }

    /// Forgets something of this source, from the next save on.
    pub fn forget(&self, name: &str) {
        self.setting.state.remove(self.source(), name);
    }

    /// A file for what is needed in this run only.
    pub fn scratch(&self) -> Result<File, FetchError> {
        self.setting.state.scratch().map_err(FetchError::Store)
    }

    /// Makes durable what was taken, and then keeps what is to be remembered of it.
    pub async fn save(&self) -> Result<(), FetchError> {
        let (state, source) = (Arc::clone(&self.setting.state), self.setting.source.clone());
        let receiver = Arc::clone(&self.setting.receiver);
        blocking(move || state.save(&source, || receiver.commit())).await?;
        if let Ok(mut saved) = self.saved.lock() {
            *saved = Instant::now();
        }
        Ok(())
    }

    /// Saves where the last time is long enough ago.
    pub async fn save_if_due(&self) -> Result<(), FetchError> {
        let is_due = self.saved.lock().is_ok_and(|saved| saved.elapsed() >= SAVE_EVERY);
        if is_due { self.save().await } else { Ok(()) }
    }

    /// Says how many documents are expected in all.
    pub fn expect(&self, documents: u64) {
        self.setting.watcher.expect(self.source(), documents);
    }

    /// Changes the report, and shows it to whoever looks on.
    pub fn tell(&self, change: impl FnOnce(&mut RunReport)) {
        let Ok(mut report) = self.report.lock() else { return };
        change(&mut report);
        (report.requests, report.bytes) = self.client.usage();
        self.setting.watcher.advance(self.source(), &report);
    }

    /// The report as it stands.
    pub fn report(&self) -> RunReport {
        let mut report = self.report.lock().map(|report| report.clone()).unwrap_or_default();
        (report.requests, report.bytes) = self.client.usage();
        report
    }

    fn document(&self, head: &Head, record: &str, about: Option<&str>) -> Document {
        Document {
            source: self.setting.source.clone(),
            record: record.to_owned(),
            url: head.url.to_string(),
            status: head.status,
            validators: head.validators().within_bounds(),
            partial: false,
            about: about.map(str::to_owned),
        }
    }

    async fn settle(&self, body: Box<dyn Body>, document: Document) -> Result<Kept, FetchError> {
        let record = document.record.clone();
        let kept = match tokio::task::spawn_blocking(move || body.keep(&document)).await {
            Ok(kept) => kept.map_err(FetchError::Store)?,
            // One document that nobody can read ends no run.
            Err(error) if error.is_panic() => {
                Kept::Refused("the document could not be read: reading it broke off".to_owned())
            }
            Err(error) => return Err(FetchError::Store(error.into())),
        };
        self.count(&record, &kept);
        self.save_if_due().await?;
        Ok(kept)
    }

    /// Takes note of what became of a document.
    fn count(&self, record: &str, kept: &Kept) {
        self.present(record);
        self.tell(|report| match kept {
            Kept::Accepted => report.accepted += 1,
            Kept::Unchanged => report.unchanged += 1,
            Kept::AboutPerson => report.about_people += 1,
            Kept::Refused(reason) => report.refuse(record, reason.clone()),
        });
    }

    /// Remembers where a document came from.
    fn note_origin(&self, asked: &str, record: &str, head: &Head) -> Result<(), FetchError> {
        let (record, at) = (record.to_owned(), self.now().unix_timestamp());
        let seen = Seen { record, validators: head.validators(), at };
        self.setting.state.note_origin(self.source(), asked, seen).map_err(FetchError::Store)
    }

    /// What the server is told of an address: only where the record is still held, came from there last, and not too long ago.
    fn known(&self, url: &str, record: &str) -> Result<Option<Validators>, FetchError> {
        let seen: Option<Seen> = self.get(&format!("seen/{url}"))?;
        let Some(seen) = seen.filter(|seen| seen.record == record) else { return Ok(None) };
        if self.origin(record)?.as_deref() != Some(url) {
            return Ok(None);
        }
        let is_fresh = self.now().unix_timestamp() - seen.at < TRUST.whole_seconds();
        Ok((is_fresh && self.has(record)?).then_some(seen.validators))
    }
}

/// Does what takes its time beside the network.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, FetchError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(FetchError::Store),
        Err(error) => Err(FetchError::Store(error.into())),
    }
}

/// Does what takes its time where nothing can be waited for, and says so to the runtime that it keeps busy.
fn in_place<T>(work: impl FnOnce() -> T) -> T {
    let flavor = Handle::try_current().map(|runtime| runtime.runtime_flavor());
    match flavor {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        _ => work(),
    }
}
