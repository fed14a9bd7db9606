//! A sink for the tests that writes down what it is told, one line an event.

use std::collections::BTreeSet;
use std::io::{Cursor, Write};
use std::path::Path;

use crate::error::FileFault;
use crate::source::files::limits::FileLimits;
use crate::source::files::place::Place;
use crate::source::files::root::FileSource;
use crate::source::files::sink::{DocumentSink, Skip, Stop, Walked};

/// Writes `record = text` for a good document, `record - gone` for what is withdrawn, `record ~ reason` for what is passed over
/// and `record ! reason` for a fault.
#[derive(Default)]
pub(super) struct Recorder {
    pub lines: Vec<String>,
    pub places: Vec<Place>,
    pub progress: u64,
    pub largest_chunk: usize,
    pub known: BTreeSet<String>,
    pub stop: Option<(&'static str, Stop)>,
    pub open: Option<(String, Vec<u8>)>,
}

impl Recorder {
    fn fault(&mut self, fault: &FileFault) {
        let at = fault.at.map(|at| format!(" at {}:{}", at.line, at.column)).unwrap_or_default();
        self.lines.push(format!("{} ! {}{at}", fault.record, fault.kind));
    }
}

impl DocumentSink for Recorder {
    fn begin(&mut self, place: &Place) -> Result<(), Stop> {
        assert!(self.open.is_none(), "documents overlap");
        self.open = Some((place.record.clone(), Vec::new()));
        self.places.push(place.clone());
        Ok(())
    }

    fn bytes(&mut self, chunk: &[u8]) -> Result<(), Stop> {
        self.largest_chunk = self.largest_chunk.max(chunk.len());
        let (_, text) = self.open.as_mut().expect("bytes outside a document");
        text.extend_from_slice(chunk);
        match self.stop {
            Some((word, stop)) if String::from_utf8_lossy(text).contains(word) => Err(stop),
            _ => Ok(()),
        }
    }

    fn end(&mut self, outcome: Result<(), FileFault>) {
        let (record, text) = self.open.take().expect("an end without a beginning");
        match outcome {
            Ok(()) => {
                self.lines.push(format!("{record} = {}", String::from_utf8_lossy(&text)));
                self.known.insert(record);
            }
            Err(fault) => self.fault(&fault),
        }
    }

    fn knows(&self, place: &Place) -> bool {
        self.known.contains(&place.record)
    }

    fn withdrawn(&mut self, place: &Place) {
        assert!(self.open.is_none(), "a document is open");
        self.lines.push(format!("{} - gone", place.record));
        self.places.push(place.clone());
    }

    fn skipped(&mut self, place: &Place, why: Skip) {
        assert!(self.open.is_none(), "a document is open");
        self.lines.push(format!("{} ~ {why}", place.record));
    }

    fn faulted(&mut self, _place: &Place, fault: FileFault) {
        assert!(self.open.is_none(), "a document is open");
        self.fault(&fault);
    }

    fn progress(&mut self, bytes: u64) {
        self.progress += bytes;
    }
}

/// Imports a path with limits, and checks what must hold for every import.
pub(super) fn import(path: &Path, limits: FileLimits) -> (Recorder, Walked) {
    let source = FileSource::of(path).unwrap().with_limits(limits);
    let mut recorder = Recorder::default();
    let walked = source.documents(path, &mut recorder).unwrap();
    let count =
        |mark: &str| recorder.lines.iter().filter(|line| line.contains(mark)).count() as u64;
    assert!(recorder.open.is_none());
    assert_eq!(recorder.progress, source.size(path).unwrap());
    assert_eq!(
        (walked.documents, walked.withdrawn, walked.skipped, walked.faults),
        (count(" = "), count(" - gone"), count(" ~ "), count(" ! "))
    );
    (recorder, walked)
}

/// Imports one file of this name and content, given by its path, and says what the sink was told.
pub(super) fn import_file(name: &str, content: &[u8], limits: FileLimits) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    import(&path, limits).0.lines
}

/// Packs bytes as one gzip member.
pub(super) fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// Packs bytes as one zstd frame.
pub(super) fn zstd(content: &[u8]) -> Vec<u8> {
    zstd::encode_all(content, 3).unwrap()
}

/// Packs members as a ZIP archive.
pub(super) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
