//! Importing a package, from the file to the published generation, beside the three stores fed with the same bytes, quads
//! and documents.
//!
//! The path is that of `alidade import`, put together from the public parts: the file source, bodies and ledger, the views,
//! a generation. The floor makes its data durable, as the import does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crawler::FileFault;
use crawler::source::files::{DocumentSink, FileSource, Place, Skip, Stop};
use criterion::{Criterion, SamplingMode};
use index::Reader;
use index::incoming::BodyWriter;
use index::ledger::{NewEntry, Op};
use index::publish::{KEEP_CHANGES, Occasion, Publication, publish};
use index::truth::{Truth, TruthConfig};
use index::views::Views;
use ontology::{Provenance, normalize};
use tempfile::TempDir;
use time::OffsetDateTime;

use crate::floor::Floor;
use crate::package;
use crate::pair::{Pair, timed};

/// How many items the package has.
pub(crate) const N_ITEMS: usize = 5_000;

const NOW: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

/// A data directory into which the package was imported once.
pub(crate) struct Imported {
    folder: TempDir,
}

impl Imported {
    /// Opens its generation.
    pub(crate) fn reader(&self) -> Reader {
        Reader::open(&self.folder.path().join("data")).unwrap()
    }

    fn package(&self) -> PathBuf {
        self.folder.path().join("package.json")
    }
}

/// Measures the import, and leaves one for others to look into.
pub(crate) fn measure(criterion: &mut Criterion) -> Imported {
    let imported = Imported { folder: tempfile::tempdir().unwrap() };
    let mut file = BufWriter::new(File::create(imported.package()).unwrap());
    package::write(N_ITEMS, &mut file).unwrap();
    file.flush().unwrap();
    import(&imported.package(), &imported.folder.path().join("data"));

    let floor = Floor::of(&imported.reader(), &[fs::read(imported.package()).unwrap()]);
    let mut group = criterion.benchmark_group("import");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    group.warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(30));
    Pair {
        name: "package to generation",
        unit: ("quads", floor.n_quads() as f64),
        ours: &mut || {
            let data = tempfile::tempdir().unwrap();
            timed(|| import(&imported.package(), data.path()))
        },
        floor: &mut || {
            let stores = tempfile::tempdir().unwrap();
            timed(|| floor.feed(stores.path()))
        },
    }
    .measure(&mut group);
    floor.print_parts();
    group.finish();
    imported
}

pub(crate) fn import(package: &Path, data: &Path) {
    let mut truth = Truth::open(data, TruthConfig::default()).unwrap();
    let source = FileSource::of(package).unwrap();
    let mut intake = Intake { truth: &mut truth, source: source.name().to_owned(), open: None };
    source.documents(package, &mut intake).unwrap();
    truth.commit().unwrap();
    let mut views = Views::open(data).unwrap();
    views.catch_up(&mut truth, &BTreeSet::new(), &BTreeSet::new(), NOW).unwrap();
    let (held, occasion) = (&BTreeMap::new(), Occasion::Progress);
    let publication = Publication { held, occasion, keep_changes: KEEP_CHANGES, now: NOW };
    publish(&truth, &views, publication).unwrap().unwrap();
}

/// Takes documents in as the program does: through the filter, read once to see that they can be read, and kept.
struct Intake<'a> {
    truth: &'a mut Truth,
    source: String,
    open: Option<(Place, BodyWriter)>,
}

impl DocumentSink for Intake<'_> {
    fn begin(&mut self, place: &Place) -> Result<(), Stop> {
        self.open = Some((place.clone(), self.truth.receive().unwrap()));
        Ok(())
    }

    fn bytes(&mut self, chunk: &[u8]) -> Result<(), Stop> {
        self.open.as_mut().unwrap().1.write_all(chunk).map_err(|_| Stop::Walk)
    }

    fn end(&mut self, outcome: Result<(), FileFault>) {
        outcome.unwrap();
        let (place, writer) = self.open.take().unwrap();
        let received = writer.finish().unwrap();
        let mut bytes = Vec::new();
        received.open().unwrap().read_to_end(&mut bytes).unwrap();
        normalize(
            &bytes,
            &Provenance {
                source: self.source.clone(),
                record: place.record.clone(),
                ..Provenance::default()
            },
        )
        .unwrap();
        let entry = NewEntry::new(Op::Upsert, &self.source, &place.record, NOW);
        self.truth.keep(received, NewEntry { url: Some(place.url), ..entry }).unwrap();
    }

    fn knows(&self, _: &Place) -> bool {
        false
    }

    fn withdrawn(&mut self, place: &Place) {
        panic!("`{}` is withdrawn", place.record);
    }

    fn skipped(&mut self, _: &Place, _: Skip) {}

    fn faulted(&mut self, _: &Place, fault: FileFault) {
        panic!("{fault}");
    }
}
