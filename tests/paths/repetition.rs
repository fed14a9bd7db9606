//! The same again.

use std::fs;
use std::path::Path;

use crate::support::listing::lasting;
use crate::support::package::{numbered, save};
use crate::support::{DataDir, shared};

/// Imports a folder twice; the second time nothing may be written, and the program has to say so.
#[track_caller]
fn check(folder: &Path) {
    let data = DataDir::holding(&[folder]);
    let before = (lasting(&data.path()), data.content());
    for _ in 0..2 {
        let again = data.import(&[folder]);
        assert_eq!(again.status, 0, "{again:?}");
        assert!(again.stdout.contains("nothing: everything was known already"), "{}", again.stdout);
        assert!(again.stdout.contains("0 documents accepted"), "{}", again.stdout);
    }
    let report = data.json(&["import", folder.to_str().unwrap()]);
    let documents = report["documents"].as_array().unwrap();
    assert!(documents.iter().all(|document| document["state"] == "unchanged"), "{report}");
    assert!(!documents.is_empty() && report["generation"].is_null(), "{report}");
    assert_eq!((lasting(&data.path()), data.content()), before);
}

#[test]
fn importing_the_same_folder_again_writes_nothing_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "a.json", &numbered(1, "Knots at Sea", 30));
    fs::create_dir(folder.path().join("more")).unwrap();
    save(&folder.path().join("more"), "b.json", &numbered(2, "Knots on Land", 3));
    check(folder.path());
}

#[test]
fn importing_the_real_frameworks_again_writes_nothing_and_says_so() {
    let Some(folder) = shared("case") else { return };
    check(&folder);
}

#[test]
fn a_file_that_was_only_touched_is_the_same_file() {
    let folder = tempfile::tempdir().unwrap();
    let package = numbered(1, "Knots at Sea", 3);
    let path = save(folder.path(), "a.json", &package);
    let data = DataDir::holding(&[folder.path()]);
    let before = lasting(&data.path());
    fs::remove_file(&path).unwrap();
    save(folder.path(), "a.json", &package);
    assert_eq!(data.import(&[&path]).status, 0);
    assert_eq!(lasting(&data.path()), before);
}

#[test]
fn the_same_bytes_in_another_folder_are_one_body_and_a_copy() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    for folder in &folders {
        save(folder.path(), "a.json", &numbered(1, "Knots at Sea", 3));
    }
    let data = DataDir::holding(&[folders[0].path(), folders[1].path()]);
    let verified = data.json(&["verify"]);
    let bodies = verified["checks"]
        .as_array()
        .unwrap()
        .iter()
        .find(|check| check["name"] == "bodies")
        .unwrap();
    assert_eq!(bodies["nChecked"], 1, "{verified}");
    let context = data.context(&crate::support::package::guid(1, 2));
    assert_eq!(context["chosen"]["copies"].as_array().unwrap().len(), 1, "{context}");
}
