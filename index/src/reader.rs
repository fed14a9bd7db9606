//! Readers: one generation, read-only, for a whole answer.
//!
//! A reader writes nothing, so it works on a read-only mount and in a directory that belongs to another user.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use ontology::Provenance;
use oxigraph::store::Store;
use oxrdf::{GraphNameRef, NamedNode, Quad};
use tantivy::{Index, ReloadPolicy};

use crate::cards::Cards;
use crate::error::IndexError;
use crate::feed::ChangeLog;
use crate::generations::Generations;
use crate::graph::{self, is_record};
use crate::manifest::{MANIFEST, Manifest};
use crate::range::{Layout, Ranges, lay_out};
use crate::schema::{Fields, register_tokenizers};
use crate::sources::{SOURCES, SourceStatus};

/// One generation, open for reading.
pub struct Reader {
    cards: Cards,
    manifest: Manifest,
    sources: BTreeMap<String, SourceStatus>,
    folder: PathBuf,
    changes: ChangeLog,
    /// How the names are dealt out; worked out by whoever asks first.
    layout: OnceLock<Layout>,
    /// The graph; opened by whoever asks first.
    store: OnceLock<Store>,
    /// Shared as long as the reader lives, so that the writer leaves the generation in place.
    _in_use: File,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Reader").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl Reader {
    /// Opens the current generation of a data directory.
    ///
    /// # Errors
    /// [`IndexError::NothingPublished`] where there is none.
    pub fn open(data: &Path) -> Result<Self, IndexError> {
        Self::open_if_any(data)?
            .ok_or_else(|| IndexError::NothingPublished { path: data.to_owned() })
    }

    /// Opens the current generation; `None` where nothing was ever published.
    pub fn open_if_any(data: &Path) -> Result<Option<Self>, IndexError> {
        let generations = Generations::of(data);
        loop {
            let Some(number) = generations.current()? else { return Ok(None) };
            match Self::open_generation(&generations.path(number)) {
                Ok(reader) => return Ok(Some(reader)),
                // The writer may have moved on, and taken this generation away, since the pointer was read.
                Err(error) if generations.current()? == Some(number) => return Err(error),
                Err(_) => {}
            }
        }
    }

    /// Opens a generation by its folder.
    pub(crate) fn open_generation(folder: &Path) -> Result<Self, IndexError> {
        let path = folder.join(MANIFEST);
        let in_use = File::open(&path).map_err(IndexError::io(&path))?;
        in_use.lock_shared().map_err(IndexError::io(&path))?;
        let manifest = Manifest::read(folder)?;
        let path = folder.join(SOURCES);
        let text = fs::read_to_string(&path).map_err(IndexError::io(&path))?;
        let sources: BTreeMap<String, SourceStatus> =
            serde_json::from_str(&text).map_err(|source| IndexError::Manifest { path, source })?;
        let said = sources.iter().filter_map(|(name, status)| Some((name, status.terms.as_ref()?)));
        let terms = said.map(|(name, terms)| (name.clone(), terms.clone())).collect();
        let cards = open_cards(&folder.join("text"))?.under_terms(terms);
        let cards = cards.of_edition(manifest.edition());
        let changes = ChangeLog::open(folder)?;
        let (folder, layout, store) = (folder.to_owned(), OnceLock::new(), OnceLock::new());
        Ok(Self { cards, manifest, sources, folder, changes, layout, store, _in_use: in_use })
    }

    /// The cards of the generation.
    pub fn cards(&self) -> &Cards {
        &self.cards
    }

    /// What the generation says about itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// What is known of the sources.
    pub fn sources(&self) -> &BTreeMap<String, SourceStatus> {
        &self.sources
    }

    /// The folder of the generation.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What the generations up to this one have changed, as far back as that is kept.
    pub fn changes(&self) -> &ChangeLog {
        &self.changes
    }

    /// The names of the generation, dealt out by the first digits of their hashes. Who asks first waits until they are counted.
    pub fn ranges(&self) -> Result<Ranges<'_>, IndexError> {
        if let Some(layout) = self.layout.get() {
            return Ok(Ranges::new(&self.cards, layout));
        }
        let layout = lay_out(&self.cards, &self.manifest)?;
        Ok(Ranges::new(&self.cards, self.layout.get_or_init(|| layout)))
    }

    /// The graph of the generation, for look-ups that are known beforehand. What a stranger asks in SPARQL is evaluated elsewhere.
    pub(crate) fn store(&self) -> Result<&Store, IndexError> {
        if let Some(store) = self.store.get() {
            return Ok(store);
        }
        let store = graph::open_generation(&self.folder.join("graph"))?;
        Ok(self.store.get_or_init(|| store))
    }

    /// Hands over every quad that says something about a record; the state of the view is left out.
    pub fn quads(&self, sink: &mut dyn FnMut(Quad)) -> Result<(), IndexError> {
        let store = graph::open_generation(&self.folder.join("graph"))?;
        for quad in &store {
            let quad = quad?;
            if is_record(&quad) {
                sink(quad);
            }
        }
        Ok(())
    }
}

/// Opens the text index of a generation.
pub(crate) fn open_cards(text: &Path) -> Result<Cards, IndexError> {
    let index = Index::open(crate::directory::ReadOnlyDirectory::open(text)?)?;
    register_tokenizers(&index);
    let fields = Fields::new();
    if index.schema() != fields.schema {
        return Err(IndexError::Schema { path: text.to_owned() });
    }
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    Ok(Cards::new(&reader, fields))
}

/// Compares records between the two views of a generation: each must have as many quads as its card says. Counting
/// means decoding, at about 60,000 quads a second; so of many records a sample is taken, and of those no more than a
/// budget of quads.
pub(crate) fn compare_views(
    folder: &Path,
    cards: &Cards,
    samples: usize,
    budget: u64,
) -> Result<(), IndexError> {
    let store = graph::open_generation(&folder.join("graph"))?;
    let records = cards.records()?;
    let step = records.len().checked_div(samples).unwrap_or(0).max(1);
    let mut left = budget;
    for record in records.iter().step_by(step) {
        let Some(rest) = left.checked_sub(record.quads) else { continue };
        left = rest;
        let provenance = Provenance {
            source: record.origin.source.clone(),
            record: record.origin.record.clone(),
            ..Provenance::default()
        };
        let graphs = [provenance.asserted_graph(), provenance.derived_graph()];
        let found = graphs.iter().map(|name| count_quads(&store, name)).sum::<Result<u64, _>>()?;
        if found != record.quads {
            return Err(IndexError::ViewsDiffer {
                record: record.origin.record.clone(),
                in_graph: found,
                in_text: record.quads,
            });
        }
    }
    Ok(())
}

fn count_quads(store: &Store, graph: &str) -> Result<u64, IndexError> {
    let graph = NamedNode::new_unchecked(graph);
    let mut n = 0;
    for quad in
        store.quads_for_pattern(None, None, None, Some(GraphNameRef::NamedNode(graph.as_ref())))
    {
        drop(quad?);
        n += 1;
    }
    Ok(n)
}
