//! What is taken away: written down by the program or given over HTTP, and taken in again elsewhere.

mod again;
mod dumps;
mod forms;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::DataDir;
use crate::support::package::{numbered, package, save};
use crate::support::registry::{dump, enveloped, knots, transaction};

/// What is asked of two directories that have to answer alike.
const QUESTIONS: [&[&str]; 9] = [
    &["resolve", "00000001-0000-4000-8000-000000000001"],
    &["resolve", "00000001-0000-4000-8000-000000000002"],
    &["resolve", "T.7", "--framework", "Knots by Number"],
    &["resolve", "00000009-0000-4000-8000-000000000001"],
    &["resolve", "ce-00000001-c7d1-4000-8000-0000000003cb"],
    &["show", "00000001-0000-4000-8000-000000000002"],
    &["show", "00000002-0000-4000-8000-000000000000"],
    &["search", "knot", "--facet", "framework", "--limit", "50"],
    &["search", "guild", "--limit", "50"],
];

/// What was fetched, with what became of it: frameworks of CASE, one of which has lost an item and changed another; records of the Registry of
/// all sorts, one with a provisional state, one with contact values, one that was deleted.
fn shelf() -> (TempDir, DataDir) {
    let folder = tempfile::tempdir().unwrap();
    let data = DataDir::new();
    let case = folder.path().join("case");
    let registry = folder.path().join("registry");
    fs::create_dir_all(&case).unwrap();
    fs::create_dir_all(&registry).unwrap();
    save(&case, "more.json", &numbered(2, "Knots by Number", 12));
    let before = [(1, "Ties a bowline"), (2, "Ties a sheet bend"), (3, "Coils a rope")];
    save(&case, "knots.json", &package(1, "Knots at Sea", &before));
    let lines = [
        transaction("created", &enveloped(9, &knots(9, "Splices a rope"))),
        transaction("deleted", &enveloped(9, &knots(9, "Splices a rope"))),
    ];
    fs::write(registry.join("dump-2016-06-02.txt.gz"), dump(&lines)).unwrap();
    let ctdl = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/ctdl");
    assert_eq!(data.import(&[&case, &registry, &ctdl]).status, 0);
    let after = [(1, "Ties a running bowline"), (3, "Coils a rope")];
    save(&case, "knots.json", &package(1, "Knots at Sea", &after));
    assert_eq!(data.import(&[&case]).status, 0);
    assert_eq!(data.resolution("00000001-0000-4000-8000-000000000002")["verdict"], "resolved");
    (folder, data)
}

/// Exports into a file of this name, and gives its path and its bytes unpacked.
#[track_caller]
fn export(data: &DataDir, name: &str, args: &[&str]) -> (PathBuf, Vec<u8>) {
    let path = data.path().parent().unwrap().join(name);
    let output = data.run(&[&["export", "--output", path.to_str().unwrap()], args].concat());
    assert_eq!(output.status, 0, "{output:?}");
    assert_eq!(output.stdout, "", "what is said stands beside what is written");
    let bytes = unpacked(&fs::read(&path).unwrap(), name);
    (path, bytes)
}

fn unpacked(bytes: &[u8], name: &str) -> Vec<u8> {
    if name.ends_with(".zst") { zstd::decode_all(bytes).unwrap() } else { bytes.to_vec() }
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// An answer without what tells where and when it was given.
fn timeless(mut answer: Value) -> Value {
    match &mut answer {
        Value::Object(members) => {
            for name in ["generation", "seq", "cursor", "next", "score"] {
                members.remove(name);
            }
            for value in members.values_mut() {
                *value = timeless(value.take());
            }
        }
        Value::Array(values) => {
            for value in values {
                *value = timeless(value.take());
            }
        }
        _ => {}
    }
    answer
}

/// Checks that two directories show the same.
#[track_caller]
fn check_alike(one: &DataDir, other: &DataDir) {
    assert_eq!(one.content(), other.content());
    for name in ["all.nq", "all.csv"] {
        let ([one, other], args) = ([one, other], ["--withdrawn"]);
        let [one, other] = [one, other].map(|data| text(export(data, name, &args).1));
        assert!(one.lines().count() > 10, "{name}: {one}");
        assert_eq!(one, other, "{name}");
    }
    for question in QUESTIONS {
        let [one, other] = [one, other].map(|data| timeless(data.json(question)));
        assert_eq!(one, other, "{question:?}");
    }
}
