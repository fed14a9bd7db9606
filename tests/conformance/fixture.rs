//! The fixtures, and how a document is read on its way in.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use crawler::FileFault;
use crawler::source::files::{DocumentSink, FileSource, Place, Skip, Stop};
use ontology::{Normalized, Provenance};
use serde::Deserialize;

/// What the manifest says of one file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fixture {
    pub path: String,
    pub source: String,
    pub licence: String,
    pub why: String,
    pub accepted: bool,
    #[serde(default = "one")]
    pub records: usize,
    #[serde(default)]
    pub counts: BTreeMap<String, u64>,
    #[serde(default)]
    pub resources: BTreeMap<String, u64>,
    #[serde(default)]
    pub alignments: usize,
    #[serde(default)]
    pub warnings: BTreeMap<String, u64>,
}

#[derive(Deserialize)]
struct Manifest {
    fixture: Vec<Fixture>,
}

fn one() -> usize {
    1
}

/// Every fixture, in the order of the manifest.
pub(super) fn all() -> Vec<Fixture> {
    let text = fs::read_to_string(folder().join("MANIFEST.toml")).unwrap();
    toml::from_str::<Manifest>(&text).unwrap().fixture
}

pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// One document as it was cut from its file: its bytes, or why there are none.
pub(super) struct Document {
    pub record: String,
    pub bytes: Result<Vec<u8>, String>,
}

impl Document {
    /// Reads the document as an import does; a refusal is given in words.
    pub(super) fn normalize(&self) -> Result<Normalized, String> {
        let bytes = self.bytes.as_ref().map_err(Clone::clone)?;
        ontology::normalize(bytes, &self.provenance()).map_err(|error| in_words(&error))
    }

    pub(super) fn provenance(&self) -> Provenance {
        Provenance {
            source: "fixtures".to_owned(),
            record: self.record.clone(),
            url: format!("file:///fixtures/{}", self.record),
            fetched_at: "2024-01-01T00:00:00Z".to_owned(),
            digest: "00".repeat(32),
        }
    }

    /// The quads of what was read, as sorted lines of N-Quads; a graph is a set.
    pub(super) fn quads(&self) -> Vec<String> {
        let mut lines = Vec::new();
        ontology::write_quads(&self.normalize().unwrap(), &self.provenance(), &mut |quad| {
            lines.push(format!("{quad} ."));
        });
        lines.sort();
        lines.dedup();
        lines
    }
}

/// The documents in a file, by the way that an import takes.
pub(super) fn documents(path: &Path) -> Vec<Document> {
    let mut collector = Collector::default();
    FileSource::of(path).unwrap().documents(path, &mut collector).unwrap();
    collector.documents
}

/// The one document in a fixture.
pub(super) fn document(name: &str) -> Document {
    let mut documents = documents(&folder().join(name));
    assert_eq!(documents.len(), 1, "{name}");
    documents.remove(0)
}

#[derive(Default)]
struct Collector {
    open: Vec<u8>,
    record: String,
    documents: Vec<Document>,
}

impl Collector {
    fn refuse(&mut self, place: &Place, why: String) {
        self.documents.push(Document { record: place.record.clone(), bytes: Err(why) });
    }
}

impl DocumentSink for Collector {
    fn begin(&mut self, place: &Place) -> Result<(), Stop> {
        self.record.clone_from(&place.record);
        self.open.clear();
        Ok(())
    }

    fn bytes(&mut self, chunk: &[u8]) -> Result<(), Stop> {
        self.open.extend_from_slice(chunk);
        Ok(())
    }

    fn end(&mut self, outcome: Result<(), FileFault>) {
        let bytes = match outcome {
            Ok(()) => Ok(std::mem::take(&mut self.open)),
            Err(fault) => Err(in_words(&fault)),
        };
        self.documents.push(Document { record: std::mem::take(&mut self.record), bytes });
    }

    fn knows(&self, _: &Place) -> bool {
        false
    }

    fn withdrawn(&mut self, place: &Place) {
        self.refuse(place, "it is withdrawn by a deletion".to_owned());
    }

    fn skipped(&mut self, place: &Place, why: Skip) {
        self.refuse(place, why.to_string());
    }

    fn faulted(&mut self, place: &Place, fault: FileFault) {
        self.refuse(place, in_words(&fault));
    }
}

/// An error with its causes, on one line.
fn in_words(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

/// Every file below a folder, as paths from it, sorted.
pub(super) fn files_below(folder: &Path) -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    files.sort();
    files
}
