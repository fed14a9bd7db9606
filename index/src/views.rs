//! Both views of the ledger, moved forward together: what lags is replayed, what is lost is rebuilt.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use ontology::Provenance;

use crate::brake::{Change, Verdict};
use crate::durable;
use crate::error::IndexError;
use crate::graph::GraphView;
use crate::history::History;
use crate::ledger::{NewEntry, Op};
use crate::reader::Reader;
use crate::text::TextView;
use crate::truth::Truth;

/// How many ledger entries are applied between two commits of the views.
const WINDOW: usize = 5_000;

/// The name of views that are being deleted.
const GONE: &str = "views.gone";

/// The graph and the text index that are written.
#[derive(Debug)]
pub struct Views {
    graph: GraphView,
    text: TextView,
    data: PathBuf,
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
#[derive(Default)]
struct Window {
    /// How many entries it holds.
    n_entries: usize,
    /// (source, record) of every record with a new entry.
    records: BTreeSet<(String, String)>,
    /// The last entry of each source in the window.
    reaches: BTreeMap<String, u64>,
}

impl Views {
    /// Opens both views, or makes empty ones.
    pub fn open(data: &Path) -> Result<Self, IndexError> {
        let path = data.join("views");
        remove_folder(&data.join(GONE))?;
        durable::create_dir(&path)?;
        let graph = GraphView::open(&path.join("graph"))?;
        let text = TextView::open(&path.join("text"))?;
        Ok(Self { graph, text, data: data.to_owned() })
    }

    /// Deletes both views; the next opening makes them anew.
    ///
    /// They are renamed first, so that a crash in between never leaves half a view to be opened.
    pub fn delete(data: &Path) -> Result<(), IndexError> {
        let (path, gone) = (data.join("views"), data.join(GONE));
        remove_folder(&gone)?;
        if path.exists() {
            durable::rename_durably(&path, &gone)?;
        }
        remove_folder(&gone)?;
        durable::sync_dir(data)
    }

    /// The graph view.
    pub fn graph(&self) -> &GraphView {
        &self.graph
    }

    /// The text view.
    pub fn text(&self) -> &TextView {
        &self.text
    }

    /// The data directory that they belong to.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Brings the views up to the ledger, source by source, except what the brake holds.
    ///
    /// `accepted` names the sources whose held entries the operator has released; a rebuild
    /// of lost views holds exactly what was held before. `busy` names those that are in the middle of a run, and are judged at its end.
    pub fn catch_up(
        &mut self,
        truth: &mut Truth,
        accepted: &BTreeSet<String>,
        busy: &BTreeSet<String>,
        now: time::OffsetDateTime,
    ) -> Result<Applied, IndexError> {
        let mut applied = Applied::default();
        let mut held_before = self.limits(truth)?;
        held_before.retain(|source, _| !busy.contains(source));
        applied.entries += self.apply(truth, &held_before)?;
        let mut limits = BTreeMap::new();
        for source in self.lagging(truth)?.into_iter().filter(|source| !busy.contains(source)) {
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

    /// How far each source may be applied without asking the brake: up to an earlier hold; where the view was lost, up to
    /// what was published before; and to its end where nothing of it was ever shown.
    fn limits(&self, truth: &Truth) -> Result<BTreeMap<String, u64>, IndexError> {
        let fold = truth.fold();
        // A generation that cannot be opened proves nothing, and must not keep the views from being made anew.
        let published = Reader::open_if_any(&self.data).unwrap_or_else(|error| {
            tracing::warn!(%error, "what was published before cannot be told");
            None
        });
        let published =
            published.map(|reader| reader.manifest().watermarks.clone()).unwrap_or_default();
        let mut limits = BTreeMap::new();
        for source in fold.sources() {
            if let Some(through) = fold.held_after(source) {
                limits.insert(source.to_owned(), through);
            } else if self.watermark(source)? == 0 {
                limits
                    .insert(source.to_owned(), published.get(source).copied().unwrap_or(u64::MAX));
            }
        }
        Ok(limits)
    }

    /// The lower of the two views' watermarks.
    fn watermark(&self, source: &str) -> Result<u64, IndexError> {
        let graph = self.graph.watermarks()?.get(source).copied().unwrap_or(0);
        Ok(graph.min(self.text.watermarks().get(source).copied().unwrap_or(0)))
    }

    fn lagging(&self, truth: &Truth) -> Result<Vec<String>, IndexError> {
        let mut lagging = Vec::new();
        for source in truth.fold().sources() {
            if truth.fold().last_seq(source) > self.watermark(source)? {
                lagging.push(source.to_owned());
            }
        }
        Ok(lagging)
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
                let hold = NewEntry::hold(source, self.watermark(source)?, now);
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
        let mut history = History::of(truth);
        let mut waiting = BTreeSet::new();
        for entry in truth.ledger().entries(self.watermark(source)? + 1)? {
            let entry = entry?;
            if entry.source == source && !matches!(entry.op, Op::Hold | Op::Accept | Op::Terms) {
                waiting.insert(entry.record.clone());
                history.remember(entry);
            }
        }
        history.recall(waiting.iter().map(|record| (source, record.as_str())))?;
        for record in waiting {
            let Some(new) = history.record(source, &record, u64::MAX)? else { continue };
            let old = searcher.cards_of_record(&new.provenance().asserted_graph())?;
            change.compare(&old, &new.cards().collect::<Vec<_>>());
        }
        Ok(change)
    }

    /// Applies what lies above the watermarks and within the limits; a source without a limit waits.
    fn apply(&mut self, truth: &Truth, limits: &BTreeMap<String, u64>) -> Result<u64, IndexError> {
        let mut marks = BTreeMap::new();
        for source in limits.keys() {
            marks.insert(source.clone(), self.watermark(source)?);
        }
        let Some(from) = marks.values().min().map(|lowest| lowest + 1) else { return Ok(0) };
        let mut applied = 0;
        let mut window = Window::default();
        let mut history = History::of(truth);
        for entry in truth.ledger().entries(from)? {
            let entry = entry?;
            let limit = limits.get(&entry.source).copied().unwrap_or(0);
            let mark = marks.get(&entry.source).copied().unwrap_or(0);
            if entry.seq <= mark
                || entry.seq > limit
                || matches!(entry.op, Op::Hold | Op::Accept | Op::Terms)
            {
                continue;
            }
            window.reaches.insert(entry.source.clone(), entry.seq);
            window.records.insert((entry.source.clone(), entry.record.clone()));
            window.n_entries += 1;
            applied += 1;
            history.remember(entry);
            if window.n_entries >= WINDOW {
                self.apply_window(&mut history, &window)?;
                window = Window::default();
                history = History::of(truth);
            }
        }
        self.apply_window(&mut history, &window)?;
        Ok(applied)
    }

    fn apply_window(
        &mut self,
        history: &mut History<'_>,
        window: &Window,
    ) -> Result<(), IndexError> {
        if window.reaches.is_empty() {
            return Ok(());
        }
        let records = window.records.iter();
        history.recall(records.map(|(source, record)| (source.as_str(), record.as_str())))?;
        for (source, record) in &window.records {
            let through = window.reaches.get(source).copied().unwrap_or(u64::MAX);
            self.apply_record(history, source, record, through)?;
        }
        self.graph.move_watermarks(&window.reaches)?;
        self.text.commit(&window.reaches)
    }

    fn apply_record(
        &self,
        history: &History<'_>,
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
        if let Some(record) = history.record(source, record, through)? {
            let quads = self.graph.replace(graphs, &record)?;
            return self.text.replace(&record, quads);
        }
        self.graph.replace(graphs, &Nothing)?;
        self.text.remove(&asserted);
        Ok(())
    }
}

/// Removes a folder with everything in it, where there is one.
fn remove_folder(path: &Path) -> Result<(), IndexError> {
    match std::fs::remove_dir_all(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(IndexError::io(path)(error))
        }
        _ => Ok(()),
    }
}

/// No quads at all: what a redacted record has.
struct Nothing;

impl crate::graph::QuadSource for Nothing {
    fn quads(&self, _: &mut dyn FnMut(oxrdf::Quad)) {}
}
