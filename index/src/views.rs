//! Both views of the ledger, moved forward together: what lags is replayed, what is lost is rebuilt.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use ontology::{CanonicalKey, Provenance};

use crate::brake::{Change, Verdict};
use crate::card::Origin;
use crate::durable;
use crate::error::IndexError;
use crate::fold::Version;
use crate::graph::GraphView;
use crate::ledger::{Entry, NewEntry, Op};
use crate::record::Record;
use crate::text::TextView;
use crate::truth::Truth;

/// How many ledger entries are applied between two commits of the views.
const WINDOW: usize = 5_000;

/// The most bytes of one body, far above what any server sends.
pub const MAX_BODY: u64 = 512 << 20;

/// The graph and the text index that are written.
#[derive(Debug)]
pub struct Views {
    graph: GraphView,
    text: TextView,
    path: PathBuf,
}

/// What an application did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// The number of ledger entries whose effect is now in the views.
    pub entries: u64,
    /// The sources whose entries wait for a word of the operator, with the reason.
    pub held: BTreeMap<String, String>,
}

/// The part of a ledger that is to be applied: the records of one window.
struct Window {
    /// (source, record) of every record with a new entry.
    records: BTreeSet<(String, String)>,
    /// The last entry of each source in the window.
    reaches: BTreeMap<String, u64>,
}

impl Views {
    /// Opens both views, or makes empty ones.
    pub fn open(data: &Path) -> Result<Self, IndexError> {
        let path = data.join("views");
        durable::create_dir(&path)?;
        let graph = GraphView::open(&path.join("graph"))?;
        let text = TextView::open(&path.join("text"))?;
        Ok(Self { graph, text, path })
    }

    /// Deletes both views; the next opening makes them anew.
    pub fn delete(data: &Path) -> Result<(), IndexError> {
        let path = data.join("views");
        match std::fs::remove_dir_all(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(IndexError::io(&path)(error))
            }
            _ => durable::sync_dir(data),
        }
    }

    /// The graph view.
    pub fn graph(&self) -> &GraphView {
        &self.graph
    }

    /// The text view.
    pub fn text(&self) -> &TextView {
        &self.text
    }

    /// The folder that holds both.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Brings the views up to the ledger, source by source, except what the brake holds.
    ///
    /// `accepted` names the sources whose held entries the operator has released; `None` releases nothing, and a rebuild
    /// of lost views holds exactly what was held before.
    pub fn catch_up(
        &mut self,
        truth: &mut Truth,
        accepted: &BTreeSet<String>,
        now: time::OffsetDateTime,
    ) -> Result<Applied, IndexError> {
        let mut applied = Applied::default();
        let held_before = self.limits(truth);
        applied.entries += self.apply(truth, &held_before)?;
        let mut limits = BTreeMap::new();
        for source in self.lagging(truth) {
            match self.judge(truth, &source, accepted, now)? {
                Verdict::Free => {
                    limits.insert(source, u64::MAX);
                }
                Verdict::Held(reason) => {
                    applied.held.insert(source, reason);
                }
            }
        }
        applied.entries += self.apply(truth, &limits)?;
        Ok(applied)
    }

    /// How far each source may be applied without asking the brake: up to an earlier hold, and for a source that was
    /// never applied at all, to its end.
    fn limits(&self, truth: &Truth) -> BTreeMap<String, u64> {
        let fold = truth.fold();
        let limit = |source: &str| match fold.held_after(source) {
            Some(through) => Some(through),
            None if self.watermark(source) == 0 => Some(u64::MAX),
            None => None,
        };
        fold.sources().filter_map(|source| Some((source.to_owned(), limit(source)?))).collect()
    }

    /// The lower of the two views' watermarks.
    fn watermark(&self, source: &str) -> u64 {
        let graph =
            self.graph.watermarks().ok().and_then(|marks| marks.get(source).copied()).unwrap_or(0);
        graph.min(self.text.watermarks().get(source).copied().unwrap_or(0))
    }

    fn lagging(&self, truth: &Truth) -> Vec<String> {
        let fold = truth.fold();
        let lags = |source: &&str| fold.last_seq(source) > self.watermark(source);
        fold.sources().filter(lags).map(str::to_owned).collect()
    }

    /// Asks the brake about what waits of one source, and notes its word in the ledger.
    fn judge(
        &self,
        truth: &mut Truth,
        source: &str,
        accepted: &BTreeSet<String>,
        now: time::OffsetDateTime,
    ) -> Result<Verdict, IndexError> {
        let last = truth.fold().last_seq(source);
        let held = truth.fold().held_after(source);
        let verdict = if accepted.contains(source) {
            Verdict::Free
        } else {
            self.measure(truth, source)?.verdict()
        };
        match (&verdict, held) {
            (Verdict::Free, Some(_)) => {
                truth.note(NewEntry::accept(source, last, now))?;
                truth.commit()?;
            }
            (Verdict::Held(reason), None) => {
                let hold = NewEntry::hold(source, self.watermark(source), now);
                truth.note(NewEntry { reason: Some(reason.clone()), ..hold })?;
                truth.commit()?;
            }
            _ => {}
        }
        Ok(verdict)
    }

    /// Compares what a source's waiting entries would show with what is shown.
    fn measure(&self, truth: &Truth, source: &str) -> Result<Change, IndexError> {
        let searcher = self.text.searcher()?;
        let mut change = Change { present: searcher.count_current(source)?, ..Change::default() };
        let after = self.watermark(source);
        let records = truth.fold().records(source);
        let waiting: Vec<String> = records
            .filter(|(_, versions)| versions.last().is_some_and(|version| version.seq > after))
            .map(|(record, _)| record.to_owned())
            .collect();
        for record in waiting {
            let Some(new) = read_record(truth, source, &record, u64::MAX)? else { continue };
            let old = searcher.cards_of_record(&new.provenance().asserted_graph())?;
            change.compare(&old, &new.cards().collect::<Vec<_>>());
        }
        Ok(change)
    }

    /// Applies what lies above the watermarks and within the limits; a source without a limit waits.
    fn apply(&mut self, truth: &Truth, limits: &BTreeMap<String, u64>) -> Result<u64, IndexError> {
        let marks: BTreeMap<String, u64> =
            limits.keys().map(|source| (source.clone(), self.watermark(source))).collect();
        let Some(from) = marks.values().min().map(|lowest| lowest + 1) else { return Ok(0) };
        let mut applied = 0;
        let mut window = Window { records: BTreeSet::new(), reaches: BTreeMap::new() };
        let mut n_entries = 0_usize;
        for entry in truth.ledger().entries(from)? {
            let entry = entry?;
            let limit = limits.get(&entry.source).copied().unwrap_or(0);
            let mark = marks.get(&entry.source).copied().unwrap_or(0);
            if entry.seq <= mark || entry.seq > limit || matches!(entry.op, Op::Hold | Op::Accept) {
                continue;
            }
            window.reaches.insert(entry.source.clone(), entry.seq);
            window.records.insert((entry.source, entry.record));
            n_entries += 1;
            applied += 1;
            if n_entries >= WINDOW {
                self.apply_window(truth, &window)?;
                window = Window { records: BTreeSet::new(), reaches: BTreeMap::new() };
                n_entries = 0;
            }
        }
        self.apply_window(truth, &window)?;
        Ok(applied)
    }

    fn apply_window(&mut self, truth: &Truth, window: &Window) -> Result<(), IndexError> {
        if window.reaches.is_empty() {
            return Ok(());
        }
        for (source, record) in &window.records {
            let through = window.reaches.get(source).copied().unwrap_or(u64::MAX);
            self.apply_record(truth, source, record, through)?;
        }
        self.graph.move_watermarks(&window.reaches)?;
        self.text.commit(&window.reaches)
    }

    fn apply_record(
        &self,
        truth: &Truth,
        source: &str,
        record: &str,
        through: u64,
    ) -> Result<(), IndexError> {
        let provenance = Provenance {
            source: source.to_owned(),
            record: record.to_owned(),
            ..Provenance::default()
        };
        let (asserted, derived) = (provenance.asserted_graph(), provenance.derived_graph());
        let graphs = [asserted.as_str(), derived.as_str()];
        match read_record(truth, source, record, through)? {
            Some(record) => {
                let quads = self.graph.replace(graphs, &record)?;
                self.text.replace(&record, quads)
            }
            None => {
                self.graph.replace(graphs, &Nothing)?;
                self.text.remove(&asserted);
                Ok(())
            }
        }
    }
}

/// No quads at all: what a redacted record has.
struct Nothing;

impl crate::graph::QuadSource for Nothing {
    fn quads(&self, _: &mut dyn FnMut(oxrdf::Quad)) {}
}

/// Reads a record as it stands at an entry of the ledger: its newest whole document, else its newest partial one, and
/// what earlier whole documents had besides. `None` where every document of it was redacted.
pub(crate) fn read_record(
    truth: &Truth,
    source: &str,
    record: &str,
    through: u64,
) -> Result<Option<Record>, IndexError> {
    let versions: Vec<Version> = truth
        .fold()
        .versions(source, record)
        .iter()
        .filter(|version| version.seq <= through)
        .copied()
        .collect();
    let tombstone = versions.last().is_some_and(|version| version.op == Op::Tombstone);
    let upserts: Vec<Version> = versions
        .into_iter()
        .filter(|version| version.op == Op::Upsert && version.digest.is_some())
        .collect();
    let newest_whole = upserts.iter().rposition(|version| !version.partial);
    let Some(at) = newest_whole.or_else(|| upserts.len().checked_sub(1)) else { return Ok(None) };
    let Some(current) = upserts.get(at) else { return Ok(None) };
    let Some((origin, normalized)) = read_version(truth, current)? else { return Ok(None) };
    let mut seen: BTreeSet<CanonicalKey> =
        normalized.resources.iter().map(|resource| resource.identity().key.clone()).collect();
    let mut withdrawn = Vec::new();
    let earlier =
        upserts.iter().take(at).rev().filter(|version| version.partial == current.partial);
    for version in earlier {
        let Some((origin, older)) = read_version(truth, version)? else { continue };
        for resource in older.resources {
            if seen.insert(resource.identity().key.clone()) {
                withdrawn.push((resource, origin.clone()));
            }
        }
    }
    Ok(Some(Record { origin, normalized, withdrawn, tombstone }))
}

fn read_version(
    truth: &Truth,
    version: &Version,
) -> Result<Option<(Origin, ontology::Normalized)>, IndexError> {
    let Some(digest) = version.digest else { return Ok(None) };
    let entry = truth.ledger().entries(version.seq)?.next().transpose()?;
    let Some(entry) = entry.filter(|entry| entry.seq == version.seq) else { return Ok(None) };
    let Some(body) = truth.blobs().read(digest, MAX_BODY)? else {
        return Err(IndexError::BlobMissing { digest });
    };
    let origin = origin_of(&entry)?;
    let provenance = Provenance {
        source: origin.source.clone(),
        record: origin.record.clone(),
        url: origin.url.clone(),
        fetched_at: origin.fetched_at.clone(),
        digest: origin.digest.clone(),
    };
    let normalized = ontology::normalize(&body, &provenance)
        .map_err(|source| IndexError::Normalize { record: origin.record.clone(), source })?;
    Ok(Some((origin, normalized)))
}

fn origin_of(entry: &Entry) -> Result<Origin, IndexError> {
    let fetched_at = entry
        .fetched_at
        .format(&time::format_description::well_known::Rfc3339)
        .map_err(|source| IndexError::Moment { source })?;
    Ok(Origin {
        source: entry.source.clone(),
        record: entry.record.clone(),
        url: entry.url.clone().unwrap_or_default(),
        fetched_at,
        digest: entry.digest.map(|digest| digest.to_string()).unwrap_or_default(),
        seq: entry.seq,
        partial: entry.partial,
    })
}
