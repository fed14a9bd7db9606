//! What was exported, imported elsewhere.

use std::fs;

use serde_json::Value;

use super::{check_alike, export, shelf, text};
use crate::support::DataDir;
use crate::support::listing::{lasting, occurrences};
use crate::support::package::{guid, package, save};

/// The lines of a dump without its first one, which tells where it was made.
fn lines(dump: &str) -> Vec<Value> {
    dump.lines().skip(1).map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Why an import failed.
fn failure(report: &Value) -> &str {
    report["failed"][0]["reason"].as_str().unwrap()
}

#[test]
fn what_is_exported_and_imported_elsewhere_gives_the_same_answers() {
    let (_folder, data) = shelf();
    let (path, dump) = export(&data, "all.ndjson.zst", &[]);
    let copy = DataDir::new();
    let imported = copy.import(&[&path]);
    assert_eq!(imported.status, 0, "{imported:?}");
    check_alike(&data, &copy);
    let dump = text(dump);
    let again = text(export(&copy, "all.ndjson", &[]).1);
    assert_eq!(lines(&dump), lines(&again), "a dump of the copy is the same dump");
    assert!(dump.lines().count() > 20, "{dump}");
    assert_eq!(copy.run(&["rebuild"]).status, 0);
    assert_eq!(copy.content(), data.content());
    let withdrawn = copy.context(&guid(1, 2));
    assert_eq!(withdrawn["chosen"]["card"]["withdrawn"], true, "{withdrawn}");
    let deleted = copy.context(&guid(9, 1));
    assert_eq!(deleted["chosen"]["card"]["withdrawn"], true, "{deleted}");
}

#[test]
fn a_dump_that_was_imported_is_imported_again_and_writes_nothing() {
    let (_folder, data) = shelf();
    let (path, _) = export(&data, "all.ndjson", &[]);
    let copy = DataDir::new();
    assert_eq!(copy.import(&[&path]).status, 0);
    for directory in [&copy, &data] {
        let before = lasting(&directory.path());
        let report = directory.json(&["import", path.to_str().unwrap()]);
        let states = report["documents"].as_array().unwrap().iter();
        assert!(states.clone().count() > 20);
        assert!(states.clone().all(|document| document["state"] == "unchanged"), "{report}");
        assert_eq!(report["withdrawn"], 0);
        assert!(report["withdrawnBefore"].as_u64().unwrap() > 0, "{report}");
        assert_eq!(lasting(&directory.path()), before);
    }
}

#[test]
fn no_contact_value_leaves_and_the_rest_says_what_it_said() {
    let (_folder, data) = shelf();
    assert!(!occurrences(&data.path(), "canary-1@glass.example").is_empty(), "it is in a body");
    for name in ["all.ndjson", "all.nq", "all.csv"] {
        let written = text(export(&data, name, &["--withdrawn"]).1);
        assert!(written.contains("The Quiet Guild"), "{name}");
        assert!(!written.contains("canary-"), "{name}");
    }
    let (path, dump) = export(&data, "all.ndjson", &[]);
    let lines = lines(&text(dump));
    let withheld: Vec<&Value> = lines.iter().filter(|line| line["withheld"] == true).collect();
    assert!(withheld.iter().any(|line| line["record"] == "contacts.json"), "{withheld:?}");
    let copy = DataDir::new();
    assert_eq!(copy.import(&[&path]).status, 0);
    assert!(occurrences(&copy.path(), "canary-").is_empty());
    assert_eq!(copy.content(), data.content(), "the copy tells which bytes were fetched");
    for line in &lines {
        let is_whole = line["op"] != "upsert" || line["withheld"] == true;
        let body = line["body"].as_str().unwrap_or_default();
        let digest = index::digest::Digest::of(body.as_bytes()).to_string();
        assert!(is_whole || line["digest"] == digest.as_str(), "{}", line["record"]);
    }
}

#[test]
fn a_dump_of_one_framework_brings_that_framework_alone() {
    let (_folder, data) = shelf();
    let (path, dump) = export(&data, "knots.ndjson", &["--framework", "Knots by Number"]);
    assert_eq!(lines(&text(dump)).len(), 2, "a document, and the end");
    let copy = DataDir::new();
    assert_eq!(copy.import(&[&path]).status, 0);
    assert_eq!(copy.resolution(&guid(2, 7))["verdict"], "resolved");
    assert_eq!(copy.resolution(&guid(1, 1))["verdict"], "unknown");
    let [one, other] =
        [&data, &copy].map(|data| text(export(data, "one.nq", &["--framework", &guid(2, 0)]).1));
    assert_eq!(one, other);
    assert!(one.contains(&guid(2, 7)) && !one.contains(&guid(1, 1)));
}

#[test]
fn a_dump_that_is_cut_or_changed_says_so_and_brings_nothing_wrong() {
    let (_folder, data) = shelf();
    let (path, dump) = export(&data, "all.ndjson", &[]);
    let dump = text(dump);
    let last = dump.trim_end().rfind('\n').unwrap();
    let cut = DataDir::new();
    fs::write(&path, &dump[..=last]).unwrap();
    let report = cut.json(&["import", path.to_str().unwrap()]);
    assert!(failure(&report).contains("ends early"), "{report}");
    assert_eq!(cut.import(&[&path]).status, 3);
    assert_eq!(cut.resolution(&guid(2, 7))["verdict"], "resolved", "what came before is good");

    let changed = DataDir::new();
    fs::write(&path, dump.replace("Coils a rope", "Coils a wire")).unwrap();
    let report = changed.json(&["import", path.to_str().unwrap()]);
    let refused = report["refused"].as_array().unwrap();
    assert_eq!(refused.len(), 2, "both versions had it: {refused:?}");
    for refusal in refused {
        assert!(refusal["reason"].as_str().unwrap().contains("digest"), "{refusal}");
        assert!(refusal["place"].as_str().unwrap().starts_with("all.ndjson#L"), "{refusal}");
    }
    assert_eq!(changed.resolution(&guid(1, 3))["verdict"], "unknown");
    assert_eq!(changed.resolution(&guid(2, 7))["verdict"], "resolved");

    let other = DataDir::new();
    fs::write(&path, dump.replacen("\"version\":1", "\"version\":2", 1)).unwrap();
    let report = other.json(&["import", path.to_str().unwrap()]);
    assert!(failure(&report).contains("version 2"), "{report}");
}

#[test]
fn an_older_dump_takes_nothing_back() {
    let folder = tempfile::tempdir().unwrap();
    let data = DataDir::new();
    save(folder.path(), "knots.json", &package(1, "Knots at Sea", &[(1, "Ties a bowline")]));
    assert_eq!(data.import(&[folder.path()]).status, 0);
    let (path, dump) = export(&data, "old.ndjson", &[]);
    save(folder.path(), "knots.json", &package(1, "Knots at Sea", &[(1, "Ties a clove hitch")]));
    assert_eq!(data.import(&[folder.path()]).status, 0);
    let before = lasting(&data.path());
    assert_eq!(data.import(&[&path]).status, 0);
    assert_eq!(lasting(&data.path()), before);
    // The same document, heard of later, is news.
    let dump = text(dump);
    let fetched_at = lines(&dump)[0]["fetchedAt"].as_str().unwrap().to_owned();
    fs::write(&path, dump.replace(&fetched_at, "2999-01-01T00:00:00Z")).unwrap();
    assert_eq!(data.run(&["import", "--accept", path.to_str().unwrap()]).status, 0);
    let found = data.context(&guid(1, 1)).to_string();
    assert!(found.contains("Ties a bowline") && found.contains("2999-01-01"), "{found}");
}

#[test]
fn what_was_purged_here_stays_out_of_a_dump_from_elsewhere() {
    let (_folder, data) = shelf();
    let (path, _) = export(&data, "all.ndjson", &[]);
    let source = data.context(&guid(2, 7))["chosen"]["card"]["origin"]["source"].clone();
    assert_eq!(data.run(&["purge", source.as_str().unwrap(), "more.json"]).status, 0);
    let content = data.content();
    let written = text(export(&data, "after.ndjson", &[]).1);
    assert!(!written.contains("Knots by Number"), "what was purged is exported no more");
    data.import(&[&path]);
    assert_eq!(data.resolution(&guid(2, 7))["verdict"], "unknown");
    assert_eq!(data.content(), content);
}

#[test]
fn a_dump_names_no_place_on_the_disk_that_it_comes_from() {
    let (folder, data) = shelf();
    let parent = folder.path().parent().unwrap().to_str().unwrap();
    for name in ["all.ndjson", "all.nq", "all.csv"] {
        let written = text(export(&data, name, &[]).1);
        assert!(!written.contains("file:") && !written.contains(parent), "{name}");
    }
}
