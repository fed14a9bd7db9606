//! Reading a package and writing its quads, beside parsing the same bytes into a tree of JSON.

use std::time::Duration;

use criterion::Criterion;
use ontology::{Provenance, normalize, write_quads};
use serde_json::Value;

use crate::package;
use crate::pair::{Pair, timed};

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
    Pair {
        name: "package to quads",
        unit: ("MB", bytes.len() as f64 / 1e6),
        ours: &mut || timed(|| count_quads(&bytes)),
        floor: &mut || timed(|| serde_json::from_slice::<Value>(&bytes).unwrap()),
    }
    .measure(&mut group);
    group.finish();
}

fn count_quads(bytes: &[u8]) -> u64 {
    let provenance = Provenance {
        source: "bench".to_owned(),
        record: "package".to_owned(),
        ..Provenance::default()
    };
    let normalized = normalize(bytes, &provenance).unwrap();
    let mut n_quads = 0;
    write_quads(&normalized, &provenance, &mut |quad| {
        std::hint::black_box(quad);
        n_quads += 1;
    });
    n_quads
}
