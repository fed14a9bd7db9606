//! The intake: each document of a source streams to the incoming folder, is read there, and becomes a body and a ledger
//! entry, or is refused with a place and a reason.

use std::collections::BTreeMap;
use std::io::{Read, Write};

use crawler::source::files::{DocumentSink, Foreign, Place, Skip, Stop};
use crawler::{FaultKind, FileFault};
use index::IndexError;
use index::incoming::{BodyRefused, BodyWriter, Received};
use index::ledger::{NewEntry, Op};
use index::record::count_warnings;
use index::truth::Truth;
use ontology::{Normalized, Provenance};
use time::OffsetDateTime;

use crate::pipeline::report::{DocumentReport, DocumentState, ImportReport, Refusal};

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
        self.report.refused.push(Refusal { place: place.record.clone(), reason: reason.into() });
    }

    /// Reads a whole document and keeps it, or says why not.
    fn take(&mut self, place: &Place, received: Received) -> Result<(), IndexError> {
        let digest = received.digest();
        let is_known = self.truth.unchanged(&self.source, &place.record, digest);
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
        let normalized = match ontology::normalize(&bytes, &provenance) {
            Ok(normalized) => normalized,
            Err(error) => {
                self.refuse(place, reason(&error));
                return Ok(());
            }
        };
        drop(bytes);
        let state = if is_known {
            DocumentState::Unchanged
        } else {
            let entry = NewEntry::new(Op::Upsert, &self.source, &place.record, self.now);
            let entry =
                NewEntry { url: Some(place.url.clone()), partial: normalized.partial, ..entry };
            self.truth.keep(received, entry)?;
            DocumentState::Accepted
        };
        self.report.documents.push(document_report(&self.source, place, state, &normalized));
        self.progress.document(self.report);
        Ok(())
    }
}

/// The file of a document, without its place in it.
fn file_of(place: &Place) -> &str {
    place.record.split('#').next().unwrap_or_default()
}

/// Says an error and its causes on one line.
fn reason(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        cause = error.source();
    }
    text
}

fn document_report(
    source: &str,
    place: &Place,
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
        record: place.record.clone(),
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
                self.refuse(&place, reason(&fault));
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

    fn skipped(&mut self, _: &Place, why: Skip) {
        *self.report.skipped.entry(why.to_string()).or_default() += 1;
    }

    fn faulted(&mut self, place: &Place, fault: FileFault) {
        if matches!(fault.kind, FaultKind::Foreign(Foreign::SignedToken)) {
            return self.count_person(place);
        }
        self.refuse(place, reason(&fault));
    }

    fn progress(&mut self, bytes: u64) {
        self.progress.advance(bytes);
    }
}
