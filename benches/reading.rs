//! Reading a package and writing its quads, beside parsing the same bytes into a tree of JSON.

use std::time::{Duration, Instant};

use criterion::Criterion;
use ontology::{Provenance, normalize, write_quads};
use serde_json::Value;

use crate::package;
use crate::pair::{Pair, best, timed};

const N_ITEMS: usize = 5_000;

/// Measures it.
pub(crate) fn measure(criterion: &mut Criterion) {
    let mut bytes = Vec::new();
    package::write(N_ITEMS, &mut bytes).unwrap();
    let mut group = criterion.benchmark_group("reading");
    group
        .sample_size(10)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(10));
    let mut parts: [Vec<Duration>; 2] = Default::default();
    Pair {
        name: "package to quads",
        unit: ("MB", bytes.len() as f64 / 1e6),
        ours: &mut || {
            let took = read(&bytes);
            parts.iter_mut().zip(took).for_each(|(part, took)| part.push(took));
            took.iter().sum()
        },
        floor: &mut || timed(|| serde_json::from_slice::<Value>(&bytes).unwrap()),
    }
    .measure(&mut group);
    group.finish();
    if let [Some(normalize), Some(write)] = parts.each_ref().map(|part| best(part)) {
        println!(
            "of it: normalize {} ms, write quads {} ms\n",
            normalize.as_millis(),
            write.as_millis()
        );
    }
}

/// Reads the package and writes its quads; says how long each took.
fn read(bytes: &[u8]) -> [Duration; 2] {
    let provenance = Provenance {
        source: "bench".to_owned(),
        record: "package".to_owned(),
        ..Provenance::default()
    };
    let begun = Instant::now();
    let normalized = normalize(bytes, &provenance).unwrap();
    let read = begun.elapsed();
    let write = timed(|| {
        write_quads(&normalized, &provenance, &mut |quad| drop(std::hint::black_box(quad)));
    });
    [read, write]
}
