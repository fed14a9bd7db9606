//! The text view: every record's cards in tantivy, replaced whole, with the watermarks in the payload of each commit.
//!
//! tantivy's plain `commit` writes an empty payload and so would erase the watermarks; the lints forbid it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::directory::MmapDirectory;
use tantivy::schema::Term;
use tantivy::{Index, IndexWriter, ReloadPolicy, TantivyDocument};

use crate::cards::Cards;
use crate::crash;
use crate::directory::ReadOnlyDirectory;
use crate::document;
use crate::durable;
use crate::error::IndexError;
use crate::record::Record;
use crate::schema::{Fields, SCHEMA_VERSION, register_tokenizers};

/// How much memory the writer fills before it writes a segment.
const WRITER_MEMORY: usize = 48 * 1024 * 1024;

/// What a commit says about itself.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Payload {
    schema: u64,
    watermarks: BTreeMap<String, u64>,
}

/// The index that is written; readers see links to its files in generations.
pub struct TextView {
    index: Index,
    writer: IndexWriter<TantivyDocument>,
    fields: Fields,
    path: PathBuf,
    watermarks: BTreeMap<String, u64>,
}

impl std::fmt::Debug for TextView {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("TextView").field("path", &self.path).finish_non_exhaustive()
    }
}

impl TextView {
    /// Opens the index, or makes an empty one. An index with other fields than today's is an error.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        durable::create_dir(path)?;
        let fields = Fields::new();
        let index = Index::open_or_create(
            MmapDirectory::open(path).map_err(tantivy::TantivyError::from)?,
            fields.schema.clone(),
        )?;
        register_tokenizers(&index);
        let payload = read_payload(&index)?;
        let writer = index.writer_with_num_threads(1, WRITER_MEMORY)?;
        Ok(Self { index, writer, fields, path: path.to_owned(), watermarks: payload.watermarks })
    }

    /// The watermark of every source: the last ledger entry whose effect is wholly here.
    pub fn watermarks(&self) -> &BTreeMap<String, u64> {
        &self.watermarks
    }

    /// Replaces everything a record has in the index; it is seen after the next commit.
    pub fn replace(&self, record: &Record, quads: u64) -> Result<(), IndexError> {
        crash::point("text.before_record");
        let graph = record.provenance().asserted_graph();
        self.writer.delete_term(Term::from_field_text(self.fields.record, &graph));
        crash::point("text.after_removal");
        for card in record.cards() {
            self.writer.add_document(document::of_card(&self.fields, &graph, &card)?)?;
        }
        for card in record.alignment_cards() {
            self.writer.add_document(document::of_alignment(&self.fields, &graph, &card)?)?;
        }
        let card = record.record_card(quads);
        self.writer.add_document(document::of_record(&self.fields, &graph, &card)?)?;
        crash::point("text.after_record");
        Ok(())
    }

    /// Looks at the last commit, at everything in it.
    pub fn searcher(&self) -> Result<Cards, IndexError> {
        let reader = self.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Cards::new(&reader, self.fields.clone()).with_provisional())
    }

    /// Takes a record out of the index; it is gone after the next commit.
    pub fn remove(&self, graph: &str) {
        self.writer.delete_term(Term::from_field_text(self.fields.record, graph));
    }

    /// Commits what was replaced, together with the watermarks that it reaches.
    pub fn commit(&mut self, moved: &BTreeMap<String, u64>) -> Result<(), IndexError> {
        let mut watermarks = self.watermarks.clone();
        watermarks.extend(moved.iter().map(|(source, seq)| (source.clone(), *seq)));
        let payload = Payload { schema: SCHEMA_VERSION, watermarks };
        let payload_text =
            serde_json::to_string(&payload).map_err(|source| IndexError::Card { source })?;
        crash::point("text.before_prepare");
        let mut prepared = self.writer.prepare_commit()?;
        prepared.set_payload(&payload_text);
        crash::point("text.before_commit");
        prepared.commit()?;
        crash::point("text.after_commit");
        // tantivy syncs its folder before it renames `meta.json`, and not after.
        durable::sync_dir(&self.path)?;
        crash::point("text.after_sync");
        self.watermarks = payload.watermarks;
        Ok(())
    }

    /// Links the files of the last commit into a folder that exists and is empty.
    pub fn link_into(&self, to: &Path) -> Result<(), IndexError> {
        use tantivy::directory::{Directory, META_LOCK};
        // While this lock is held, no merge may take files away that the last commit lists.
        let _lock = self
            .index
            .directory()
            .acquire_lock(&META_LOCK)
            .map_err(|source| IndexError::TextLock { source })?;
        let meta = self.path.join("meta.json");
        std::fs::copy(&meta, to.join("meta.json")).map_err(IndexError::io(&meta))?;
        // A merge may write `meta.json` again at any time, so the copy says what belongs to it.
        let listed = Index::open(ReadOnlyDirectory::open(to)?)?.load_metas()?.list_segment_files();
        for file in listed {
            let from = self.path.join(&file);
            match std::fs::hard_link(&from, to.join(&file)) {
                Ok(()) => {}
                // tantivy lists files that a segment may have and this one has not.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(source) => return Err(IndexError::io(&from)(source)),
            }
        }
        Ok(())
    }
}

fn read_payload(index: &Index) -> Result<Payload, IndexError> {
    let Some(text) = index.load_metas()?.payload else { return Ok(Payload::default()) };
    let payload: Payload =
        serde_json::from_str(&text).map_err(|source| IndexError::Card { source })?;
    if payload.schema != SCHEMA_VERSION {
        return Err(IndexError::Version {
            found: payload.schema.to_string(),
            wanted: SCHEMA_VERSION.to_string(),
        });
    }
    Ok(payload)
}
