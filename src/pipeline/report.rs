//! What came of an import, as a person and a program read it.

use std::collections::BTreeMap;

use crawler::report::{Ending, RunReport};
use crawler::source::files::{FileSource, Walked};
use index::card::WarningCount;
use serde::Serialize;

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum DocumentState {
    /// It is new, or says something new.
    Accepted,
    /// It says what is known already.
    Unchanged,
}

/// One document that was taken in.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DocumentReport {
    pub source: String,
    pub record: String,
    pub state: DocumentState,
    /// The kind of document in the standard's word.
    pub document: String,
    /// How many entities of each class stand in it.
    pub counts: BTreeMap<String, u64>,
    /// How many resources of each kind it gives.
    pub resources: BTreeMap<String, u64>,
    /// How many alignments of each type it gives, repetitions folded.
    pub alignments: BTreeMap<String, u64>,
    pub warnings: BTreeMap<String, WarningCount>,
}

/// One document that was refused.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Refusal {
    pub place: String,
    pub reason: String,
}

/// The whole report.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ImportReport {
    /// The sources by name, with their folders.
    pub sources: BTreeMap<String, String>,
    pub files: u64,
    pub documents: Vec<DocumentReport>,
    pub refused: Vec<Refusal>,
    /// How many records were withdrawn.
    pub withdrawn: u64,
    /// How many withdrawals were known already.
    pub withdrawn_before: u64,
    /// Documents about people: counted, and neither kept nor named.
    pub about_people: u64,
    /// What was passed over, by reason.
    pub skipped: BTreeMap<String, u64>,
    /// The sources that could not be read at all.
    pub failed: Vec<Refusal>,
    /// The sources whose changes wait for the operator's word.
    pub held: BTreeMap<String, String>,
    pub generation: Option<u64>,
    pub quads: u64,
    pub changes: u64,
}

impl ImportReport {
    /// Adds what the walk through a source tells.
    pub(crate) fn note_walk(&mut self, source: &FileSource, walked: &Walked) {
        self.sources.insert(source.name().to_owned(), source.root().display().to_string());
        self.files += walked.files;
        for (name, n) in &walked.other_names {
            let reason = if name.is_empty() {
                "no extension".to_owned()
            } else {
                format!("`.{name}` files")
            };
            *self.skipped.entry(reason).or_default() += n;
        }
    }

    /// The same, as what came of one run of one source.
    pub(crate) fn as_run(&self) -> RunReport {
        let count = |state| u64::try_from(self.count(state)).unwrap_or(u64::MAX);
        let mut run = RunReport {
            ending: Ending::Complete,
            accepted: count(DocumentState::Accepted),
            unchanged: count(DocumentState::Unchanged),
            withdrawn: self.withdrawn,
            about_people: self.about_people,
            ..RunReport::default()
        };
        for refusal in &self.refused {
            run.refuse(refusal.place.clone(), refusal.reason.clone());
        }
        run
    }

    /// Counts the documents of a state.
    pub(crate) fn count(&self, state: DocumentState) -> usize {
        self.documents.iter().filter(|document| document.state == state).count()
    }

    /// Sums up one of the maps of all documents.
    pub(crate) fn sum(
        &self,
        of: impl Fn(&DocumentReport) -> &BTreeMap<String, u64>,
    ) -> BTreeMap<String, u64> {
        let mut sums: BTreeMap<String, u64> = BTreeMap::new();
        for (name, n) in self.documents.iter().flat_map(of) {
            *sums.entry(name.clone()).or_default() += n;
        }
        sums
    }

    /// Sums up the warnings of all documents; the example is the first, with its document.
    pub(crate) fn warnings(&self) -> BTreeMap<String, WarningCount> {
        let mut sums: BTreeMap<String, WarningCount> = BTreeMap::new();
        for document in &self.documents {
            for (kind, count) in &document.warnings {
                let sum = sums.entry(kind.clone()).or_insert_with(|| WarningCount {
                    n: 0,
                    pointer: format!("{}{}", document.record, count.pointer),
                    detail: count.detail.clone(),
                });
                sum.n += count.n;
            }
        }
        sums
    }
}

/// Says an error and its causes on one line.
pub(crate) fn sentence(error: &dyn std::error::Error) -> String {
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
