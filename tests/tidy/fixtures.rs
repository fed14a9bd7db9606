//! The fixtures and what is said of them.

use std::collections::BTreeSet;
use std::fs;

use crate::tidy::sources::root;

#[test]
fn every_fixture_is_accounted_for() {
    let folder = root().join("tests/fixtures");
    let manifest = fs::read_to_string(folder.join("MANIFEST.toml")).unwrap();
    let manifest: toml::Table = toml::from_str(&manifest).unwrap();
    let mut described = BTreeSet::new();
    for fixture in manifest["fixture"].as_array().unwrap() {
        for key in ["path", "source", "licence", "why"] {
            let text = fixture.get(key).and_then(toml::Value::as_str).unwrap_or_default();
            assert!(!text.trim().is_empty(), "no {key}: {fixture}");
        }
        let path = fixture["path"].as_str().unwrap();
        assert!(described.insert(path.to_owned()), "{path} is described twice");
    }
    let mut there = BTreeSet::new();
    let mut folders = vec![folder.clone()];
    while let Some(at) = folders.pop() {
        for path in fs::read_dir(&at).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|name| name != "MANIFEST.toml") {
                there.insert(path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    assert_eq!(described, there);
}

#[test]
fn every_snapshot_is_accepted() {
    let snapshots = fs::read_dir(root().join("tests/snapshots")).unwrap();
    for path in snapshots.map(|entry| entry.unwrap().path()) {
        assert!(path.extension().is_some_and(|extension| extension == "snap"), "{path:?}");
    }
}
