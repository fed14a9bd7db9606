//! Importing many small records: envelopes of the Credential Registry, one a line, beside the three stores fed with the same bytes, quads
//! and documents.
//!
//! Two thousand are imported in turns with their floor. `ALIDADE_BENCH_ENVELOPES` names another number, which is then imported once.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Duration;

use criterion::{Criterion, SamplingMode};
use index::Reader;
use serde_json::{Value, json};

use crate::floor::Floor;
use crate::import::import;
use crate::pair::{Pair, timed};

const REGISTRY: &str = "https://credentialengineregistry.org";

/// Measures the import of envelopes.
pub(crate) fn measure(criterion: &mut Criterion) {
    let n_envelopes = 2_000;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("envelopes.ndjson");
    write(n_envelopes, &file);
    let data = folder.path().join("data");
    import(&file, &data);
    let lines = fs::read_to_string(&file).unwrap();
    let bodies: Vec<Vec<u8>> = lines.lines().map(|line| line.as_bytes().to_vec()).collect();
    let floor = Floor::of(&Reader::open(&data).unwrap(), &bodies);
    let mut group = criterion.benchmark_group("envelopes");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    group.warm_up_time(Duration::from_millis(1)).measurement_time(Duration::from_secs(20));
    Pair {
        name: "envelopes to generation",
        unit: ("records", n_envelopes as f64),
        ours: &mut || {
            let data = tempfile::tempdir().unwrap();
            timed(|| import(&file, data.path()))
        },
        floor: &mut || {
            let stores = tempfile::tempdir().unwrap();
            timed(|| floor.feed(stores.path()))
        },
    }
    .measure(&mut group);
    floor.print_parts();
    group.finish();
}

/// Imports many envelopes once, and their floor once after it.
pub(crate) fn measure_once(n_envelopes: u64) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("envelopes.ndjson");
    write(n_envelopes, &file);
    let data = folder.path().join("data");
    let ours = timed(|| import(&file, &data));
    let lines = fs::read_to_string(&file).unwrap();
    let bodies: Vec<Vec<u8>> = lines.lines().map(|line| line.as_bytes().to_vec()).collect();
    let floor = Floor::of(&Reader::open(&data).unwrap(), &bodies);
    let stores = folder.path().join("stores");
    fs::create_dir(&stores).unwrap();
    let least = timed(|| floor.feed(&stores));
    let [of_ours, of_floor] = [ours, least].map(|took| n_envelopes as f64 / took.as_secs_f64());
    let ratio = ours.as_secs_f64() / least.as_secs_f64();
    println!(
        "{n_envelopes} envelopes: {of_ours:.0} records/s, floor {of_floor:.0} records/s, ratio {ratio:.2}"
    );
    floor.print_parts();
}

fn write(n_envelopes: u64, path: &Path) {
    let mut file = BufWriter::new(File::create(path).unwrap());
    for number in 0..n_envelopes {
        writeln!(file, "{}", envelope(number)).unwrap();
    }
    file.flush().unwrap();
}

/// A CTID that depends on its number alone.
fn ctid(class: u64, number: u64) -> String {
    let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    format!(
        "ce-{:08x}-{:04x}-4{:03x}-8{:03x}-{number:012x}",
        mixed >> 32,
        (mixed >> 16) & 0xFFFF,
        class,
        mixed & 0xFFF
    )
}

/// A certificate with an owner, two competencies that it requires, and words.
pub(crate) fn envelope(number: u64) -> Value {
    let own = ctid(1, number);
    let resource = |ctid: &str| format!("{REGISTRY}/resources/{ctid}");
    let owner = resource(&ctid(2, number % 200));
    let words = |n: u64| {
        let all =
            ["measures", "joins", "records", "explains", "safely", "steel", "circuits", "soil"];
        let chosen = (0..n).map(|at| all[usize::try_from((number * 7 + at * at) % 8).unwrap()]);
        chosen.collect::<Vec<_>>().join(" ")
    };
    let required = |at: u64| {
        json!({
            "@type": "ceterms:CredentialAlignmentObject",
            "ceterms:targetNode": resource(&ctid(3, (number * 2 + at) % 3_000)),
            "ceterms:targetNodeName": {"en-US": words(6)},
        })
    };
    json!({
        "envelope_community": "ce_registry",
        "envelope_id": own.trim_start_matches("ce-"),
        "envelope_ceterms_ctid": own,
        "envelope_ctdl_type": "ceterms:Certificate",
        "envelope_version": "1.0.0",
        "decoded_resource": {
            "@context": "https://credreg.net/ctdl/schema/context/json",
            "@id": format!("{REGISTRY}/graph/{own}"),
            "@graph": [{
                "@id": resource(&own),
                "@type": "ceterms:Certificate",
                "ceterms:ctid": own,
                "ceterms:name": {"en-US": words(4)},
                "ceterms:description": {"en-US": words(30)},
                "ceterms:ownedBy": [owner],
                "ceterms:offeredBy": [owner],
                "ceterms:inLanguage": ["en-US"],
                "ceterms:subjectWebpage": format!("https://example.org/{number}"),
                "ceterms:requires": [{
                    "@type": "ceterms:ConditionProfile",
                    "ceterms:targetCompetency": [required(0), required(1)],
                }],
            }],
        },
        "updated_at": "2025-02-03T08:00:00.000Z",
    })
}
