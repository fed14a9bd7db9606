//! The write path: documents in, bodies and ledger, views, a generation.

mod dump;
mod form;
mod intake;
mod mirror;
mod report;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use crawler::access::Clock;
use crawler::source::files::{FileSource, WalkEnd};
use index::history::MAX_BODY;
use index::ledger::{Entry, NewEntry, Op, Terms};
use index::publish::{
    KEEP_CHANGES, Occasion, Publication, Published, has_unfinished_purge, publish,
};
use index::truth::{Truth, TruthConfig};
use index::views::{Applied, Views};
use ontology::Environment;
use time::OffsetDateTime;

use crate::outcome::UsageError;
use crate::pipeline::dump::Dump;
use crate::pipeline::intake::Intake;

pub(crate) use crate::pipeline::intake::Progress;
pub(crate) use crate::pipeline::mirror::{Door, Mirror};
pub(crate) use crate::pipeline::report::{DocumentState, ImportReport, Refusal};

/// The one writer of a data directory.
pub(crate) struct Pipeline {
    data: PathBuf,
    truth: Truth,
    /// The most generations whose changes are kept.
    keep_changes: u64,
    now: OffsetDateTime,
}

/// What came of bringing the views forward.
#[derive(Debug)]
pub(crate) struct Settled {
    /// What was applied and what waits.
    pub applied: Applied,
    /// The generation that was published, where something had moved.
    pub published: Option<Published>,
}

impl Pipeline {
    /// Opens a data directory for writing, and makes it where there is none. A purge that a crash cut short is finished
    /// first, whatever comes next, for what must not be kept may still be served.
    pub(crate) fn open(data: &Path, now: OffsetDateTime) -> anyhow::Result<Self> {
        // A generation that cannot be opened proves nothing, and `rebuild` must be able to take its place.
        let published = index::Reader::open_if_any(data).ok().flatten();
        let at_least = published.map_or(0, |reader| reader.manifest().ledger_seq);
        let config = TruthConfig { max_body: MAX_BODY, at_least, ..TruthConfig::default() };
        let truth = Truth::open(data, config)?;
        let mut pipeline = Self { data: data.to_owned(), truth, keep_changes: KEEP_CHANGES, now };
        if has_unfinished_purge(data, &pipeline.truth)? {
            tracing::info!("finishing a purge that was cut short");
            pipeline
                .rebuild(Occasion::Purged)
                .context("a purge that was cut short cannot be finished")?;
        }
        Ok(pipeline)
    }

    /// The same, keeping the changes of so many generations.
    pub(crate) fn keeping_changes(self, keep_changes: u64) -> Self {
        Self { keep_changes, ..self }
    }

    /// Takes in the documents of one path, or what was exported elsewhere, into bodies and ledger; the views are not moved yet.
    pub(crate) fn take_in(
        &mut self,
        path: &Path,
        report: &mut ImportReport,
        progress: &mut dyn Progress,
    ) -> anyhow::Result<()> {
        if let Some(dump) = Dump::open(path) {
            let intake = dump::Intake { truth: &mut self.truth, now: self.now, report, progress };
            return intake.take(dump);
        }
        self.take_from(&FileSource::of(path)?, path, report, progress)
    }

    fn take_from(
        &mut self,
        source: &FileSource,
        path: &Path,
        report: &mut ImportReport,
        progress: &mut dyn Progress,
    ) -> anyhow::Result<()> {
        progress.begin(source.size(path)?);
        let mut intake = Intake::new(&mut self.truth, source.name(), self.now, report, progress);
        let walked = source.documents(path, &mut intake);
        intake.finish()?;
        let walked = walked?;
        report.note_walk(source, &walked);
        anyhow::ensure!(
            walked.end == WalkEnd::Complete,
            "the import of `{}` was stopped",
            path.display()
        );
        self.truth.commit()?;
        Ok(())
    }

    /// Takes in the documents of one path as those of a source that has a name of its own.
    pub(crate) fn take_in_as(
        &mut self,
        name: &str,
        path: &Path,
        report: &mut ImportReport,
        progress: &mut dyn Progress,
    ) -> anyhow::Result<()> {
        self.take_from(&FileSource::of(path)?.named(name), path, report, progress)
    }

    /// Gives the writer away to the tasks of a harvest.
    pub(crate) fn mirror(
        self,
        environments: BTreeMap<String, Environment>,
        clock: Clock,
    ) -> Arc<Mirror> {
        Mirror::new(&self.data, self.truth, environments, self.keep_changes, clock)
    }

    /// Says under which terms a source is used, where that is news.
    pub(crate) fn note_terms(&mut self, source: &str, terms: &Terms) -> anyhow::Result<()> {
        let said = self.truth.fold().terms(source);
        let is_news = said.map_or(*terms != Terms::default(), |said| said != terms);
        if is_news {
            self.truth.note(NewEntry::terms(source, terms.clone(), self.now))?;
            self.truth.commit()?;
        }
        Ok(())
    }

    /// What the ledger knows of the addresses that a source was fetched from: the newest entry of each record that is still there.
    pub(crate) fn fetched(&self, source: &str) -> anyhow::Result<Vec<Entry>> {
        let fold = self.truth.fold();
        let mut newest = Vec::new();
        for entry in self.truth.ledger().entries(1)? {
            let entry = entry?;
            let latest = fold.latest(&entry.source, &entry.record);
            let is_newest = latest.is_some_and(|version| version.seq == entry.seq);
            if entry.source == source && entry.op == Op::Upsert && is_newest {
                newest.push(entry);
            }
        }
        Ok(newest)
    }

    /// Whether anything of a source was ever shown.
    pub(crate) fn was_shown(&self, source: &str) -> bool {
        let reader = index::Reader::open_if_any(&self.data).ok().flatten();
        reader.is_some_and(|reader| reader.manifest().watermarks.contains_key(source))
    }

    /// The data directory.
    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    /// The sources that are known.
    pub(crate) fn sources(&self) -> BTreeSet<String> {
        self.truth.fold().sources().map(str::to_owned).collect()
    }

    /// Brings the views up to the ledger and publishes them, unless nothing has moved.
    pub(crate) fn settle(&mut self, accepted: &BTreeSet<String>) -> anyhow::Result<Settled> {
        let mut views = Views::open(&self.data)
            .context("the views cannot be opened; `alidade rebuild` makes them anew")?;
        let applied = views.catch_up(&mut self.truth, accepted, &BTreeSet::new(), self.now)?;
        self.publish(&views, applied, Occasion::Progress)
    }

    /// Makes the views anew from the ledger and publishes them.
    pub(crate) fn rebuild(&mut self, occasion: Occasion) -> anyhow::Result<Settled> {
        Views::delete(&self.data)?;
        let mut views = Views::open(&self.data)?;
        let applied =
            views.catch_up(&mut self.truth, &BTreeSet::new(), &BTreeSet::new(), self.now)?;
        self.publish(&views, applied, occasion)
    }

    fn publish(
        &self,
        views: &Views,
        applied: Applied,
        occasion: Occasion,
    ) -> anyhow::Result<Settled> {
        let (held, keep_changes, now) = (&applied.held, self.keep_changes, self.now);
        let publication = Publication { held, occasion, keep_changes, now };
        let published = publish(&self.truth, views, publication)?;
        Ok(Settled { applied, published })
    }

    /// Removes a record for good: from the ledger's point of view, from the bodies, the views and every generation. A record
    /// that has been removed already, perhaps by a purge that was cut short, is no error.
    pub(crate) fn purge(
        &mut self,
        source: &str,
        record: &str,
        reason: &str,
    ) -> anyhow::Result<Settled> {
        let versions = self.truth.fold().versions(source, record);
        let has = |op: Op| versions.iter().any(|version| version.op == op);
        if !has(Op::Upsert) && has(Op::Redact) {
            return self.settle(&BTreeSet::new());
        }
        if !has(Op::Upsert) {
            return Err(UsageError(format!("source `{source}` has no record `{record}`")).into());
        }
        let redaction = NewEntry::new(Op::Redact, source, record, self.now);
        self.truth.note(NewEntry { reason: Some(reason.to_owned()), ..redaction })?;
        self.truth.commit()?;
        self.truth.purge()?;
        self.rebuild(Occasion::Purged)
    }
}
