//! The intake: each document of a source streams to the incoming folder, is read there, and becomes a body and a ledger
//! entry, or is refused with a place and a reason.

use std::collections::BTreeMap;
use std::io::{Read, Write};

use crawler::source::files::{DocumentSink, Foreign, Place, Skip, Stop, Telling};
use crawler::{FaultKind, FileFault};
use index::IndexError;
use index::digest::Digest;
use index::incoming::{BodyRefused, BodyWriter, Received};
use index::ledger::{NewEntry, Op};
use index::record::count_warnings;
use index::truth::Truth;
use ontology::{Normalized, Provenance};
use time::OffsetDateTime;

use crate::pipeline::report::{DocumentReport, DocumentState, ImportReport, Refusal, sentence};

/// Is told how an import goes.
pub(crate) trait Progress {
    /// A source of this many bytes begins.
    fn begin(&mut self, bytes: u64);
    /// So many more bytes are done.
    fn advance(&mut self, bytes: u64);
    /// A document was read.
    fn document(&mut self, report: &ImportReport);
}

/// Receives the documents of one source.
pub(crate) struct Intake<'a> {
    truth: &'a mut Truth,
    source: String,
    now: OffsetDateTime,
    report: &'a mut ImportReport,
    progress: &'a mut dyn Progress,
    open: Option<(Place, BodyWriter)>,
    failed: Option<IndexError>,
    /// The file in which the last document about a person stands: nothing more is said of it.
    unnamed: Option<String>,
    /// The address of the last entry about each record that has a history, once it was asked for.
    addresses: Option<BTreeMap<String, String>>,
}

impl<'a> Intake<'a> {
    pub(crate) fn new(
        truth: &'a mut Truth,
        source: &str,
        now: OffsetDateTime,
        report: &'a mut ImportReport,
        progress: &'a mut dyn Progress,
    ) -> Self {
        Self {
            truth,
            source: source.to_owned(),
            now,
            report,
            progress,
            open: None,
            failed: None,
            unnamed: None,
            addresses: None,
        }
    }

    /// Ends the intake; a failure of the stores ends it early.
    pub(crate) fn finish(self) -> Result<(), IndexError> {
        self.failed.map_or(Ok(()), Err)
    }

    fn count_person(&mut self, place: &Place) {
        self.report.about_people += 1;
        self.unnamed = Some(file_of(place).to_owned());
    }

    fn refuse(&mut self, place: &Place, reason: impl Into<String>) {
        if self.unnamed.as_deref() == Some(file_of(place)) {
            return;
        }
        self.report.refused.push(Refusal { place: named(place), reason: reason.into() });
    }

    /// Notes that a record is gone, where it was there.
    fn withdraw(&mut self, place: &Place) -> Result<(), IndexError> {
        let last = self.truth.last_op(&self.source, &place.record);
        if !matches!(last, Some(Op::Upsert | Op::Tombstone)) {
            return Ok(());
        }
        if last == Some(Op::Tombstone) || self.is_old_news(place, None)? {
            self.report.withdrawn_before += 1;
            return Ok(());
        }
        let entry = self.entry(Op::Tombstone, place);
        self.truth.note(entry)?;
        self.report.withdrawn += 1;
        Ok(())
    }

    /// Whether this body of a record, or its end, is a part of its history that was told before.
    ///
    /// It is news all the same where it stands after the last thing that was told: a record may become what it was.
    fn is_old_news(&mut self, place: &Place, digest: Option<Digest>) -> Result<bool, IndexError> {
        let is_history = place.telling != Telling::State;
        if !is_history || !self.truth.was_said(&self.source, &place.record, digest) {
            return Ok(false);
        }
        let addresses = match self.addresses.take() {
            Some(addresses) => addresses,
            None => self.truth.addresses(&self.source)?,
        };
        let last = self.addresses.insert(addresses).get(&place.record);
        Ok(last.is_some_and(|last| !place.follows(last)))
    }

    /// An entry about the record of a place.
    fn entry(&mut self, op: Op, place: &Place) -> NewEntry {
        if let Some(addresses) = &mut self.addresses {
            addresses.insert(place.record.clone(), place.url.clone());
        }
        let entry = NewEntry::new(op, &self.source, &place.record, self.now);
        NewEntry { url: Some(place.url.clone()), ..entry }
    }

    /// Reads a whole document and keeps it, or says why not.
    fn take(&mut self, place: &Place, received: Received) -> Result<(), IndexError> {
        let digest = received.digest();
        let is_known = self.truth.unchanged(&self.source, &place.record, digest)
            || self.is_old_news(place, Some(digest))?;
        if !is_known && self.truth.fold().is_redacted(digest) {
            self.refuse(place, "was purged here, and stays out");
            return Ok(());
        }
        let provenance = Provenance {
            source: self.source.clone(),
            record: place.record.clone(),
            url: place.url.clone(),
            ..Provenance::default()
        };
        let mut bytes = Vec::new();
        received.open()?.read_to_end(&mut bytes).map_err(IndexError::io(received.path()))?;
        let normalized = match ontology::normalize(bytes, &provenance) {
            Ok(normalized) => normalized,
            Err(error) => {
                self.refuse(place, sentence(&error));
                return Ok(());
            }
        };
        let state = if is_known {
            DocumentState::Unchanged
        } else {
            let partial = normalized.partial || place.telling == Telling::PartialEvent;
            let entry = NewEntry { partial, ..self.entry(Op::Upsert, place) };
            self.truth.keep(received, entry)?;
            DocumentState::Accepted
        };
        self.report.documents.push(document_report(
            &self.source,
            &place.record,
            state,
            &normalized,
        ));
        self.progress.document(self.report);
        Ok(())
    }
}

/// The file of a document, without its place in it. The record of a transaction says nothing of its file; the address does.
fn file_of(place: &Place) -> &str {
    let by_address = place.url.split_once('#').map(|(file, _)| file);
    by_address.or_else(|| place.record.split('#').next()).unwrap_or_default()
}

/// A document as a person can find it: a record with a history is told by several files.
fn named(place: &Place) -> String {
    let file = place.url.rsplit('/').next().unwrap_or_default();
    if place.telling == Telling::State || place.record.ends_with(file) {
        return place.record.clone();
    }
    format!("{} ({file})", place.record)
}

/// What is told of a document that was read.
pub(super) fn document_report(
    source: &str,
    record: &str,
    state: DocumentState,
    normalized: &Normalized,
) -> DocumentReport {
    let mut resources: BTreeMap<String, u64> = BTreeMap::new();
    for resource in &normalized.resources {
        *resources.entry(resource.kind().as_str().to_owned()).or_default() += 1;
    }
    let mut alignments: BTreeMap<String, u64> = BTreeMap::new();
    for alignment in &normalized.alignments {
        *alignments.entry(alignment.kind.as_str().to_owned()).or_default() += 1;
    }
    DocumentReport {
        source: source.to_owned(),
        record: record.to_owned(),
        state,
        document: normalized.document.clone(),
        counts: normalized.counts.clone(),
        resources,
        alignments,
        warnings: count_warnings(normalized),
    }
}

impl DocumentSink for Intake<'_> {
    fn begin(&mut self, place: &Place) -> Result<(), Stop> {
        if self.failed.is_some() {
            return Err(Stop::Walk);
        }
        match self.truth.receive() {
            Ok(writer) => {
                self.open = Some((place.clone(), writer));
                Ok(())
            }
            Err(error) => {
                self.failed = Some(error);
                Err(Stop::Walk)
            }
        }
    }

    fn bytes(&mut self, chunk: &[u8]) -> Result<(), Stop> {
        let Some((_, writer)) = &mut self.open else { return Err(Stop::Document) };
        // Why a write is refused, the writer says at its end.
        writer.write_all(chunk).ok().ok_or(Stop::Document)
    }

    fn end(&mut self, outcome: Result<(), FileFault>) {
        let Some((place, writer)) = self.open.take() else { return };
        let taken = match (writer.finish(), outcome) {
            (Err(BodyRefused::AboutPerson(_)), _) => {
                self.count_person(&place);
                Ok(())
            }
            (Err(BodyRefused::Store(error)), _) => Err(error),
            (_, Err(fault)) => {
                self.refuse(&place, sentence(&fault));
                Ok(())
            }
            (Err(refused), Ok(())) => {
                self.refuse(&place, refused.to_string());
                Ok(())
            }
            (Ok(received), Ok(())) => self.take(&place, received),
        };
        if let Err(error) = taken {
            self.failed.get_or_insert(error);
        }
    }

    fn knows(&self, place: &Place) -> bool {
        self.truth.last_op(&self.source, &place.record).is_some()
    }

    fn withdrawn(&mut self, place: &Place) {
        if self.failed.is_some() {
            return;
        }
        if let Err(error) = self.withdraw(place) {
            self.failed = Some(error);
        }
    }

    fn skipped(&mut self, _: &Place, why: Skip) {
        *self.report.skipped.entry(why.to_string()).or_default() += 1;
    }

    fn faulted(&mut self, place: &Place, fault: FileFault) {
        if matches!(fault.kind, FaultKind::Foreign(Foreign::SignedToken)) {
            return self.count_person(place);
        }
        self.refuse(place, sentence(&fault));
    }

    fn progress(&mut self, bytes: u64) {
        self.progress.advance(bytes);
    }
}
