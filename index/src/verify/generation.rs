//! The current generation: its files, both its views, and that they tell the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use ontology::Kind;
use tantivy::Index;
use tantivy::directory::error::OpenReadError;

use crate::card::RecordCard;
use crate::directory::ReadOnlyDirectory;
use crate::error::IndexError;
use crate::generations::Generations;
use crate::manifest::{MANIFEST, Manifest};
use crate::reader::{self, Reader};
use crate::verify::content::{ContentDigest, content_digest};
use crate::verify::report::{Check, Checking};

/// The names of the checks that need a generation which can be opened.
const COUNTS: &str = "counts";
const VIEWS: &str = "records in both views";

/// A generation that is looked at.
#[derive(Debug)]
pub(super) struct Generation {
    folder: PathBuf,
    /// What it says about itself.
    manifest: Manifest,
    /// Shared, so that the writer leaves the generation in place.
    _in_use: File,
}

/// What a generation whose files are whole holds.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// Its numbers and digest.
    pub content: Option<ContentDigest>,
    /// Its records.
    pub records: Option<Vec<RecordCard>>,
}

impl Generation {
    /// What it says about itself.
    pub(super) fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Finds the current generation; `None` where nothing was published yet.
    ///
    /// # Errors
    /// Where the pointer or the manifest cannot be read.
    pub(super) fn current(data: &Path) -> Result<Option<Self>, IndexError> {
        let generations = Generations::of(data);
        loop {
            let Some(number) = generations.current()? else { return Ok(None) };
            match Self::open(&generations.path(number)) {
                Ok(generation) => return Ok(Some(generation)),
                // The writer may have moved on, and taken this generation away, since the pointer was read.
                Err(error) if generations.current()? == Some(number) => return Err(error),
                Err(_) => {}
            }
        }
    }

    fn open(folder: &Path) -> Result<Self, IndexError> {
        let path = folder.join(MANIFEST);
        let in_use = File::open(&path).map_err(IndexError::io(&path))?;
        in_use.lock_shared().map_err(IndexError::io(&path))?;
        Ok(Self { folder: folder.to_owned(), manifest: Manifest::read(folder)?, _in_use: in_use })
    }

    /// Checks every file against the manifest.
    pub(super) fn check_files(&self) -> Check {
        let mut checking = Checking::begin("generation files");
        self.manifest.files.iter().for_each(|_| checking.count());
        let faults = checking.absorb(self.manifest.faults(&self.folder));
        faults.into_iter().flatten().for_each(|fault| checking.fault(fault));
        checking.end()
    }

    /// Checks the files of the text index against the checksums that tantivy wrote into them.
    pub(super) fn check_text(&self) -> Check {
        let mut checking = Checking::begin("text checksums");
        let checked = self.sum_up_text(&mut checking);
        checking.absorb(checked);
        checking.end()
    }

    /// `Index::validate_checksum` looks only at files that `.managed.json` lists, and a generation has none.
    fn sum_up_text(&self, checking: &mut Checking) -> Result<(), IndexError> {
        let index = Index::open(ReadOnlyDirectory::open(&self.folder.join("text"))?)?;
        let listed: BTreeSet<PathBuf> =
            index.load_metas()?.list_segment_files().into_iter().collect();
        for file in listed {
            match index.directory().validate_checksum(&file) {
                Ok(true) => checking.count(),
                // tantivy lists files that a segment may have and this one has not; the manifest knows which.
                Err(OpenReadError::FileDoesNotExist(_)) => {}
                Ok(false) => {
                    checking.count();
                    checking.fault(format!("`text/{}` fails its own checksum", file.display()));
                }
                Err(error) => {
                    checking.count();
                    checking.fault(format!("`text/{}`: {error}", file.display()));
                }
            }
        }
        Ok(())
    }

    /// Opens the generation and checks that it holds as much as its manifest says, and both views the same.
    pub(super) fn check_views(&self) -> ([Check; 2], Held) {
        let mut counts = Checking::begin(COUNTS);
        let Some(reader) = counts.absorb(Reader::open_generation(&self.folder)) else {
            return (
                [counts.end(), Checking::skipped(VIEWS, "it cannot be opened")],
                Held::default(),
            );
        };
        let content = counts.absorb(content_digest(&reader));
        let records = counts.absorb(reader.cards().records());
        if let (Some(content), Some(records)) = (&content, &records) {
            let compared = self.compare_counts(&reader, content, records, &mut counts);
            counts.absorb(compared);
        }
        let mut views = Checking::begin(VIEWS);
        records.iter().flatten().for_each(|_| views.count());
        views.absorb(reader::compare_views(&self.folder, reader.cards(), usize::MAX, u64::MAX));
        ([counts.end(), views.end()], Held { content, records })
    }

    /// The checks of [`Generation::check_views`], not made.
    pub(super) fn skip_views(why: &str) -> ([Check; 2], Held) {
        ([COUNTS, VIEWS].map(|name| Checking::skipped(name, why)), Held::default())
    }

    fn compare_counts(
        &self,
        reader: &Reader,
        content: &ContentDigest,
        records: &[RecordCard],
        checking: &mut Checking,
    ) -> Result<(), IndexError> {
        let said = &self.manifest.counts;
        let cards = reader.cards();
        let n_records = u64::try_from(records.len()).unwrap_or(u64::MAX);
        checking.compare("records", &said.records, &n_records);
        let shown = cards.count_by_kind(&Kind::ALL)?;
        for kind in said.resources.keys().chain(shown.keys()).collect::<BTreeSet<_>>() {
            let count = |counts: &BTreeMap<String, u64>| counts.get(kind).copied().unwrap_or(0);
            checking.compare(&format!("`{kind}`"), &count(&said.resources), &count(&shown));
        }
        checking.compare("withdrawn resources", &said.withdrawn, &cards.count_withdrawn()?);
        checking.compare("provisional resources", &said.provisional, &cards.count_provisional()?);
        let n_shown = said.resources.values().sum::<u64>();
        let n_resources = n_shown + said.withdrawn + said.provisional;
        checking.compare("resources", &n_resources, &content.resources);
        checking.compare("alignments", &said.alignments, &content.alignments);
        checking.compare("quads", &said.quads, &content.quads);
        checking.compare("documents", &said.documents, &cards.count_documents());
        checking.compare("documents of a known sort", &said.documents, &content.documents);
        Ok(())
    }
}
