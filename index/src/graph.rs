//! The graph view: every record's quads in oxigraph, applied by difference, with a watermark per source.
//!
//! A commit of the store survives the death of the process but not a power cut; so the store is flushed and its folder
//! synced before a watermark moves. What a lost watermark leaves behind is replayed, and replaying changes nothing.
//! The watermarks lie in a file beside the store's own and not in the store: a generation is a copy of the store, and a
//! query sees all that is in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use oxigraph::store::Store;
use oxrdf::{GraphNameRef, NamedNode, NamedNodeRef, Quad};

use crate::crash;
use crate::durable;
use crate::error::IndexError;
use crate::watermarks;

/// The most quads that one transaction holds: a larger one costs about 1.8 kB a quad in memory.
const TRANSACTION_QUADS: usize = 50_000;

/// From this many quads on, a record that is new here goes through the bulk loader.
const BULK_QUADS: u64 = 100_000;

/// How much memory the bulk loader may set aside.
const BULK_MEGABYTES: usize = 32;

/// How many quads are handed to the bulk loader at once.
const BULK_BATCH: usize = 25_000;

/// Held the watermarks, beside the records, before they had a file of their own. It says nothing of any record.
pub(crate) const STATE_GRAPH: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("urn:alidade:state");

/// Writes the quads of a document into a sink, as often as it is asked to.
pub trait QuadSource {
    /// Hands every quad to the sink, always the same ones in the same order.
    fn quads(&self, sink: &mut dyn FnMut(Quad));
}

/// The store that is written; readers see copies of it in generations.
pub struct GraphView {
    store: Store,
    path: PathBuf,
}

impl std::fmt::Debug for GraphView {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("GraphView").field("path", &self.path).finish_non_exhaustive()
    }
}

impl GraphView {
    /// Opens the store, or makes an empty one.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        durable::create_dir(path)?;
        let store = Store::open(path)?;
        // A store that was lost and made anew has nothing of what its watermarks promise.
        if store.is_empty()? {
            watermarks::forget(path)?;
        }
        Ok(Self { store, path: path.to_owned() })
    }

    /// Reads the watermark of every source: the last ledger entry whose effect is wholly here.
    pub fn watermarks(&self) -> Result<BTreeMap<String, u64>, IndexError> {
        watermarks::read(&self.path)
    }

    /// Makes the two graphs of a record hold what the source says and nothing else; gives the number of quads.
    pub fn replace(&self, graphs: [&str; 2], source: &dyn QuadSource) -> Result<u64, IndexError> {
        crash::point("graph.before_record");
        let mut wanted = Fingerprints::default();
        source.quads(&mut |quad| wanted.add(&quad));
        wanted.settle();
        let present = self.remove_unwanted(graphs, &wanted)?;
        crash::point("graph.after_removal");
        self.insert_missing(source, &present, wanted.len())?;
        crash::point("graph.after_record");
        Ok(wanted.len())
    }

    /// Removes what is not wanted any more; gives the fingerprints of what stays.
    fn remove_unwanted(
        &self,
        graphs: [&str; 2],
        wanted: &Fingerprints,
    ) -> Result<Fingerprints, IndexError> {
        let mut present = Fingerprints::default();
        let mut unwanted = Vec::new();
        for graph in graphs {
            let graph = NamedNode::new_unchecked(graph);
            let name = GraphNameRef::NamedNode(graph.as_ref());
            for quad in self.store.quads_for_pattern(None, None, None, Some(name)) {
                let quad = quad?;
                if wanted.has(&quad) {
                    present.add(&quad);
                } else {
                    unwanted.push(quad);
                }
                if unwanted.len() >= TRANSACTION_QUADS {
                    self.transact(&mut unwanted, Change::Remove)?;
                }
            }
        }
        self.transact(&mut unwanted, Change::Remove)?;
        present.settle();
        Ok(present)
    }

    fn insert_missing(
        &self,
        source: &dyn QuadSource,
        present: &Fingerprints,
        n_wanted: u64,
    ) -> Result<(), IndexError> {
        if present.len() == 0 && n_wanted >= BULK_QUADS {
            return self.load(source);
        }
        let mut missing = Vec::new();
        let mut outcome = Ok(());
        source.quads(&mut |quad| {
            if outcome.is_ok() && !present.has(&quad) {
                missing.push(quad);
                if missing.len() >= TRANSACTION_QUADS {
                    outcome = self.transact(&mut missing, Change::Insert);
                }
            }
        });
        outcome?;
        self.transact(&mut missing, Change::Insert)
    }

    /// Loads a large record that has nothing here yet, past the write-ahead log; it is there whole or not at all.
    fn load(&self, source: &dyn QuadSource) -> Result<(), IndexError> {
        let loader = self.store.bulk_loader().with_num_threads(1);
        let mut loader = loader.with_max_memory_size_in_megabytes(BULK_MEGABYTES);
        let mut batch = Vec::new();
        let mut outcome = Ok(());
        source.quads(&mut |quad| {
            batch.push(quad);
            if outcome.is_ok() && batch.len() >= BULK_BATCH {
                outcome = loader.load_quads(batch.drain(..));
            }
        });
        outcome?;
        loader.load_quads(batch)?;
        crash::point("graph.before_commit");
        loader.commit()?;
        crash::point("graph.after_commit");
        Ok(())
    }

    fn transact(&self, quads: &mut Vec<Quad>, change: Change) -> Result<(), IndexError> {
        if quads.is_empty() {
            return Ok(());
        }
        let mut transaction = self.store.start_transaction()?;
        for quad in quads.drain(..) {
            match change {
                Change::Insert => transaction.insert(&quad),
                Change::Remove => transaction.remove(&quad),
            }
        }
        crash::point("graph.before_commit");
        transaction.commit()?;
        crash::point("graph.after_commit");
        Ok(())
    }

    /// Moves watermarks, after everything below them has been made to survive a power cut.
    pub fn move_watermarks(&self, moved: &BTreeMap<String, u64>) -> Result<(), IndexError> {
        if moved.is_empty() {
            return Ok(());
        }
        crash::point("graph.before_flush");
        self.flush()?;
        crash::point("graph.after_flush");
        let mut all = self.watermarks()?;
        all.extend(moved.iter().map(|(source, seq)| (source.clone(), *seq)));
        watermarks::write(&self.path, &all)?;
        crash::point("graph.after_watermark");
        if self.store.contains_named_graph(STATE_GRAPH)? {
            self.store.remove_named_graph(STATE_GRAPH)?;
        }
        Ok(())
    }

    fn flush(&self) -> Result<(), IndexError> {
        self.store.flush()?;
        durable::sync_dir(&self.path)
    }

    /// Copies the store, as it is now, into a folder that does not exist yet; files are linked, not copied.
    pub fn backup(&self, to: &Path) -> Result<(), IndexError> {
        self.flush()?;
        self.store.backup(to)?;
        Ok(())
    }
}

#[derive(Clone, Copy)]
enum Change {
    Insert,
    Remove,
}

/// Opens a generation's copy of the store, which nobody writes.
pub(crate) fn open_generation(path: &Path) -> Result<Store, IndexError> {
    Ok(Store::open_read_only(path)?)
}

/// Tells whether a graph holds a record, and not the state of the view.
pub(crate) fn is_record(quad: &Quad) -> bool {
    quad.graph_name.as_ref() != GraphNameRef::NamedNode(STATE_GRAPH)
}

/// A set of quads by 128 bits of their hash: a million of them take 16 MB instead of some hundreds.
#[derive(Debug, Default)]
struct Fingerprints(Vec<[u8; 16]>);

impl Fingerprints {
    fn add(&mut self, quad: &Quad) {
        self.0.push(fingerprint(quad));
    }

    /// Sorts the set, after which it can be asked.
    fn settle(&mut self) {
        self.0.sort_unstable();
        self.0.dedup();
    }

    fn has(&self, quad: &Quad) -> bool {
        self.0.binary_search(&fingerprint(quad)).is_ok()
    }

    fn len(&self) -> u64 {
        u64::try_from(self.0.len()).unwrap_or(u64::MAX)
    }
}

fn fingerprint(quad: &Quad) -> [u8; 16] {
    use sha2::{Digest as _, Sha256};
    let hash = Sha256::digest(quad.to_string().as_bytes());
    let mut short = [0; 16];
    short.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    short
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use oxrdf::{Literal, NamedNode, Quad};

    use super::{GraphView, QuadSource, STATE_GRAPH, is_record};

    struct Fixed(Vec<&'static str>);

    const GRAPHS: [&str; 2] = ["urn:alidade:record:s:r", "urn:alidade:record:s:r#derived"];

    impl QuadSource for Fixed {
        fn quads(&self, sink: &mut dyn FnMut(Quad)) {
            for value in &self.0 {
                sink(Quad::new(
                    NamedNode::new_unchecked("urn:x"),
                    NamedNode::new_unchecked("urn:p"),
                    Literal::from(*value),
                    NamedNode::new_unchecked(GRAPHS[0]),
                ));
            }
        }
    }

    fn values(view: &GraphView) -> Vec<String> {
        let quads = view.store.iter().map(Result::unwrap).filter(is_record);
        let mut values: Vec<String> = quads.map(|quad| quad.object.to_string()).collect();
        values.sort();
        values
    }

    #[test]
    fn a_record_is_replaced_by_difference() {
        let folder = tempfile::tempdir().unwrap();
        let view = GraphView::open(folder.path()).unwrap();
        assert_eq!(view.replace(GRAPHS, &Fixed(vec!["a", "b", "b"])).unwrap(), 2);
        assert_eq!(view.replace(GRAPHS, &Fixed(vec!["b", "c"])).unwrap(), 2);
        assert_eq!(values(&view), ["\"b\"", "\"c\""]);
        assert_eq!(view.replace(GRAPHS, &Fixed(vec![])).unwrap(), 0);
        assert_eq!(values(&view), Vec::<String>::new());
    }

    fn moved(watermarks: &[(&str, u64)]) -> BTreeMap<String, u64> {
        watermarks.iter().map(|(source, seq)| ((*source).to_owned(), *seq)).collect()
    }

    #[test]
    fn watermarks_are_kept_by_source_and_not_in_the_store() {
        let folder = tempfile::tempdir().unwrap();
        let view = GraphView::open(folder.path()).unwrap();
        view.replace(GRAPHS, &Fixed(vec!["a"])).unwrap();
        view.move_watermarks(&moved(&[("a b:é", 7), ("z", 9)])).unwrap();
        view.move_watermarks(&moved(&[("z", 12)])).unwrap();
        assert_eq!(view.store.len().unwrap(), 1);
        drop(view);
        let view = GraphView::open(folder.path()).unwrap();
        assert_eq!(view.watermarks().unwrap(), moved(&[("a b:é", 7), ("z", 12)]));
    }

    #[test]
    fn a_store_that_was_lost_takes_its_watermarks_along() {
        let folder = tempfile::tempdir().unwrap();
        let view = GraphView::open(folder.path()).unwrap();
        view.replace(GRAPHS, &Fixed(vec!["a"])).unwrap();
        view.move_watermarks(&moved(&[("z", 9)])).unwrap();
        drop(view);
        for path in std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()) {
            if path.extension().is_none_or(|extension| extension != "json") {
                std::fs::remove_file(path).unwrap();
            }
        }
        let view = GraphView::open(folder.path()).unwrap();
        assert_eq!(view.watermarks().unwrap(), BTreeMap::new());
        assert_eq!(values(&view), Vec::<String>::new());
    }

    #[test]
    fn watermarks_that_an_earlier_version_left_in_the_store_go() {
        let folder = tempfile::tempdir().unwrap();
        let view = GraphView::open(folder.path()).unwrap();
        let (subject, predicate) =
            (NamedNode::new_unchecked("urn:s"), NamedNode::new_unchecked("urn:p"));
        view.store.insert(&Quad::new(subject, predicate, Literal::from(7), STATE_GRAPH)).unwrap();
        view.replace(GRAPHS, &Fixed(vec!["a"])).unwrap();
        view.move_watermarks(&moved(&[("z", 9)])).unwrap();
        assert_eq!(view.store.len().unwrap(), 1);
        assert!(!view.store.contains_named_graph(STATE_GRAPH).unwrap());
    }
}
