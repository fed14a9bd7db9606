//! What a harvest brings in: bodies stream to the incoming folder, are read there, and become a body and a ledger entry each.
//!
//! All sources of a run share one writer. Bodies come in side by side; they are read one at a time, because a large one needs much
//! memory, and kept in the order in which they were read.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crawler::access::Clock;
use crawler::receiver::{Body, Document, Kept, Receiver, StoreError};
use index::IndexError;
use index::incoming::{BodyRefused, BodyWriter, Incoming};
use index::ledger::{NewEntry, Op, Validators};
use index::publish::{Occasion, Publication, publish};
use index::truth::Truth;
use index::views::Views;
use ontology::{CanonicalKey, Environment, Normalized, Provenance, Resource, identify};

use crate::pipeline::Settled;
use crate::pipeline::form::{LOOKED_INTO, is_graph_of};
use crate::pipeline::report::sentence;

/// The one writer of a data directory, shared by the tasks of a harvest.
pub(crate) struct Mirror {
    data: PathBuf,
    incoming: Incoming,
    truth: Mutex<Truth>,
    /// Held while a body is read.
    reading: Mutex<()>,
    /// The environment that each registry is, where that was said.
    environments: BTreeMap<String, Environment>,
    /// The most generations whose changes are kept.
    keep_changes: u64,
    clock: Clock,
}

impl Mirror {
    pub(crate) fn new(
        data: &Path,
        truth: Truth,
        environments: BTreeMap<String, Environment>,
        keep_changes: u64,
        clock: Clock,
    ) -> Arc<Self> {
        Arc::new(Self {
            data: data.to_owned(),
            incoming: truth.incoming().clone(),
            truth: Mutex::new(truth),
            reading: Mutex::default(),
            environments,
            keep_changes,
            clock,
        })
    }

    /// Brings the views up to the ledger and publishes them, unless nothing has moved; the sources that are in the middle of
    /// their run wait for its end.
    pub(crate) fn settle(
        &self,
        accepted: &BTreeSet<String>,
        busy: &BTreeSet<String>,
    ) -> anyhow::Result<Settled> {
        let now = (self.clock)();
        let mut truth = self.truth();
        truth.commit()?;
        let mut views = Views::open(&self.data)?;
        let applied = views.catch_up(&mut truth, accepted, busy, now)?;
        let mut held = applied.held.clone();
        // What an earlier run left waiting goes on waiting, and goes on being said.
        if let Some(reader) = index::Reader::open_if_any(&self.data)? {
            let still = reader.sources().iter().filter(|(source, _)| busy.contains(*source));
            held.extend(
                still.filter_map(|(source, status)| Some((source.clone(), status.held.clone()?))),
            );
        }
        let (occasion, keep_changes) = (Occasion::Progress, self.keep_changes);
        let publication = Publication { held: &held, occasion, keep_changes, now };
        let published = publish(&truth, &views, publication)?;
        Ok(Settled { applied, published })
    }

    /// Whether a document says, in another form, what its record says already.
    fn is_other_form(&self, document: &Document, bytes: &[u8]) -> Result<bool, IndexError> {
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let mut truth = self.truth();
        if size > LOOKED_INTO
            || truth.last_op(&document.source, &document.record) != Some(Op::Upsert)
        {
            return Ok(false);
        }
        if truth.is_waiting(&document.source, &document.record) {
            truth.commit()?;
        }
        let latest = truth.fold().latest(&document.source, &document.record);
        let Some(digest) = latest.and_then(|version| version.digest) else { return Ok(false) };
        let held = truth.blobs().read(digest, LOOKED_INTO);
        drop(truth);
        // A larger one is not looked into.
        Ok(held.ok().flatten().is_some_and(|held| is_graph_of(bytes, &held)))
    }

    /// The truth; a task that panicked while it had it left it as it was before or after a whole step.
    fn truth(&self) -> MutexGuard<'_, Truth> {
        self.truth.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the receiver hands out: it keeps the mirror alive as long as a body comes in.
#[derive(Clone)]
pub(crate) struct Door(pub Arc<Mirror>);

/// A body that comes in.
struct Coming {
    mirror: Arc<Mirror>,
    writer: BodyWriter,
}

impl Write for Coming {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl Body for Coming {
    fn keep(self: Box<Self>, document: &Document) -> Result<Kept, StoreError> {
        let Self { mirror, writer } = *self;
        let received = match writer.finish() {
            Ok(received) => received,
            Err(BodyRefused::AboutPerson(_)) => return Ok(Kept::AboutPerson),
            Err(BodyRefused::Store(error)) => return Err(error.into()),
            Err(refused) => return Ok(Kept::Refused(refused.to_string())),
        };
        let (source, record) = (&document.source, &document.record);
        {
            let truth = mirror.truth();
            if truth.unchanged(source, record, received.digest()) {
                return Ok(Kept::Unchanged);
            }
            // A server gives the same record again and again, and not always in the same bytes.
            let is_purged = truth.last_op(source, record) == Some(Op::Redact);
            if is_purged || truth.fold().is_redacted(received.digest()) {
                return Ok(Kept::Refused("was purged here, and stays out".to_owned()));
            }
        }
        let _reading = mirror.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let mut bytes = Vec::new();
        received.open()?.read_to_end(&mut bytes)?;
        if mirror.is_other_form(document, &bytes)? {
            return Ok(Kept::Unchanged);
        }
        let normalized = match ontology::normalize(bytes, &provenance(document)) {
            Ok(normalized) => normalized,
            Err(error) => return Ok(Kept::Refused(sentence(&error))),
        };
        if let Some(wrong) = wrong(document, &normalized, mirror.environments.get(source)) {
            return Ok(Kept::Refused(wrong));
        }
        let partial = normalized.partial || document.partial;
        drop(normalized);
        let entry = NewEntry {
            url: Some(document.url.clone()),
            status: Some(document.status),
            validators: Validators {
                etag: document.validators.etag.clone(),
                last_modified: document.validators.last_modified.clone(),
            },
            partial,
            ..NewEntry::new(Op::Upsert, source, record, (mirror.clock)())
        };
        mirror.truth().keep(received, entry)?;
        Ok(Kept::Accepted)
    }
}

/// Says what is wrong with a document that was asked for by the name of what it describes.
fn wrong(
    document: &Document,
    normalized: &Normalized,
    home: Option<&Environment>,
) -> Option<String> {
    let described = described(normalized);
    let wanted = document.about.as_deref()?;
    let Some(key) = described.iter().find(|key| names(key, wanted)) else {
        let found = described.first().map_or("nothing that has a name", |key| key.as_str());
        return Some(format!("describes {found}, and not {wanted}"));
    };
    let (_, environment) = key.as_ctid()?;
    let home = home.filter(|home| **home != environment)?;
    Some(format!("belongs to the environment `{environment}`, and the source is `{home}`"))
}

/// What a document describes: what it is about, else its frameworks, else all it has.
fn described(normalized: &Normalized) -> Vec<&CanonicalKey> {
    if let Some(about) = &normalized.about {
        return vec![about];
    }
    let keys = |wants: fn(&Resource) -> bool| -> Vec<&CanonicalKey> {
        let wanted = normalized.resources.iter().filter(|resource| wants(resource));
        wanted.map(|resource| &resource.identity().key).collect()
    };
    let frameworks = keys(|resource| matches!(resource, Resource::Framework(_)));
    if frameworks.is_empty() { keys(|_| true) } else { frameworks }
}

/// Whether a key is that of a GUID, a CTID or another identifier of a server.
fn names(key: &CanonicalKey, wanted: &str) -> bool {
    let is_ctid = key.as_ctid().is_some_and(|(ctid, _)| ctid.as_str().eq_ignore_ascii_case(wanted));
    let is_local =
        key.as_str().rsplit_once('|').is_some_and(|(_, identifier)| identifier == wanted);
    is_ctid || is_local || identify(wanted).key.as_ref() == Some(key)
}

fn provenance(document: &Document) -> Provenance {
    Provenance {
        source: document.source.clone(),
        record: document.record.clone(),
        url: document.url.clone(),
        ..Provenance::default()
    }
}

impl Receiver for Door {
    fn open(&self) -> Result<Box<dyn Body>, StoreError> {
        let writer = self.0.incoming.body()?;
        Ok(Box::new(Coming { mirror: Arc::clone(&self.0), writer }))
    }

    fn withdraw(&self, source: &str, record: &str, url: &str) -> Result<bool, StoreError> {
        let mut truth = self.0.truth();
        if truth.last_op(source, record) != Some(Op::Upsert) {
            return Ok(false);
        }
        let entry = NewEntry::new(Op::Tombstone, source, record, (self.0.clock)());
        truth.note(NewEntry { url: Some(url.to_owned()), ..entry })?;
        Ok(true)
    }

    fn records(&self, source: &str) -> Result<Vec<String>, StoreError> {
        let mut truth = self.0.truth();
        truth.commit()?;
        let records = truth.fold().records(source);
        let live = records.filter(|(_, versions)| {
            versions.last().is_some_and(|version| version.op == Op::Upsert)
        });
        Ok(live.map(|(record, _)| record.to_owned()).collect())
    }

    fn has(&self, source: &str, record: &str) -> Result<bool, StoreError> {
        Ok(self.0.truth().last_op(source, record) == Some(Op::Upsert))
    }

    fn commit(&self) -> Result<(), StoreError> {
        self.0.truth().commit()?;
        Ok(())
    }
}
