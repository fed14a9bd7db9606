//! The same package, however it is packed.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::support::containers::{gzip, zip, zstd};
use crate::support::package::package;
use crate::support::{DataDir, shared};

/// What a package gives, without where it lay: its counts, and every resource with its words.
fn gives(name: &str, bytes: &[u8]) -> (Value, BTreeSet<String>) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    let data = DataDir::new();
    let report = data.json(&["import", folder.path().to_str().unwrap()]);
    let documents = report["documents"].as_array().unwrap();
    assert_eq!(documents.len(), 1, "{name}: {report}");
    let mut document = documents[0].clone();
    let fields = document.as_object_mut().unwrap();
    for place in ["source", "record"] {
        fields.remove(place);
    }
    let changes = data.changes(1).into_iter().map(|mut change| {
        let change = change.as_object_mut().unwrap();
        assert!(change.remove("record").unwrap().as_str().unwrap().starts_with(name), "{name}");
        change.remove("source");
        serde_json::to_string(change).unwrap()
    });
    let changes = changes.collect();
    assert_eq!(data.run(&["verify"]).status, 0, "{name}");
    (document, changes)
}

#[track_caller]
fn check(package: &Value) {
    let bytes = serde_json::to_vec_pretty(package).unwrap();
    let line = format!("{package}\n");
    let plain = gives("knots.json", &bytes);
    assert!(!plain.1.is_empty());
    let packed: [(&str, Vec<u8>); 7] = [
        ("knots.json.gz", gzip(&bytes)),
        ("knots.json.zst", zstd(&bytes)),
        ("knots.zip", zip(&[("folder/knots.json", &bytes)])),
        ("knots.ndjson", line.clone().into_bytes()),
        ("knots.ndjson.gz", gzip(line.as_bytes())),
        ("packed.zip", zip(&[("knots.json.gz", &gzip(&bytes))])),
        ("array.json", [b"[", bytes.as_slice(), b"]"].concat()),
    ];
    for (name, bytes) in packed {
        assert_eq!(gives(name, &bytes), plain, "{name}");
    }
}

#[test]
fn a_package_gives_the_same_resources_however_it_is_packed() {
    check(&package(
        1,
        "Knots at Sea",
        &[(1, "Ties a bowline"), (2, "Macht einen Palstek – zweifach"), (3, "\u{1D451}")],
    ));
}

#[test]
fn a_real_package_gives_the_same_resources_however_it_is_packed() {
    let Some(path) = shared("case/sbac-hs-math-itemspec.cfpackage.json") else { return };
    check(&crate::support::read_json(&path));
}

#[test]
fn an_archive_that_is_cut_off_gives_nothing_and_says_where() {
    let bytes =
        serde_json::to_vec_pretty(&package(1, "Knots at Sea", &[(1, "Ties a bowline")])).unwrap();
    let packed = [
        ("knots.json.gz", gzip(&bytes)),
        ("knots.json.zst", zstd(&bytes)),
        ("knots.zip", zip(&[("knots.json", &bytes)])),
    ];
    for (name, packed) in packed {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(name), &packed[..packed.len() - 30]).unwrap();
        let data = DataDir::new();
        let imported = data.import(&[folder.path()]);
        assert_eq!(imported.status, 1, "{name}: {imported:?}");
        assert!(imported.stdout.contains(name), "{name}: {}", imported.stdout);
    }
}
