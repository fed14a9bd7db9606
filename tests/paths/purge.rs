//! What must not be kept goes, everywhere.

use std::fs;

use tempfile::TempDir;

use crate::support::DataDir;
use crate::support::listing::occurrences;
use crate::support::package::{guid, package, save};

const CANARY: &str = "Zwirbelfaden7731";
const OLD_CANARY: &str = "Quastenknoten4408";

/// Two records, one of which must go; it has an earlier version with other words.
fn with_canaries() -> (TempDir, DataDir) {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "stays.json", &package(2, "Knots on Land", &[(1, "Ties a reef knot")]));
    let data = DataDir::new();
    for canary in [OLD_CANARY, CANARY] {
        let wrong = package(1, &format!("The {canary} Book"), &[(1, format!("Ties the {canary}"))]);
        save(folder.path(), "wrong.json", &wrong);
        assert_eq!(data.import(&[folder.path()]).status, 0);
        assert!(occurrences(&data.path(), canary).len() > 2, "the search must be able to find it");
    }
    (folder, data)
}

#[test]
fn a_purged_record_is_gone_for_good_and_others_stay() {
    let (folder, data) = with_canaries();
    let purged = data.run(&["purge", &data.source(), "wrong.json", "--reason", "not ours to keep"]);
    assert_eq!(purged.status, 0, "{purged:?}");
    for canary in [CANARY, OLD_CANARY] {
        assert_eq!(occurrences(&data.path(), canary), Vec::<std::path::PathBuf>::new(), "{canary}");
        let found = data.run(&["search", canary]);
        assert_eq!(found.status, 1, "{found:?}");
    }
    for n in [0, 1] {
        assert_eq!(data.resolution(&guid(1, n))["verdict"], "unknown");
    }
    let generations = fs::read_dir(data.path().join("generations")).unwrap().count();
    assert_eq!(generations, 1, "earlier generations are gone");
    assert_eq!(data.resolution(&guid(2, 1))["verdict"], "resolved");
    let status = data.run(&["status"]).stdout;
    assert!(status.contains("stays.json") && !status.contains("wrong.json"), "{status}");

    let before = data.content();
    let again = data.import(&[folder.path()]);
    assert!(
        again.stdout.contains("wrong.json") && again.stdout.contains("purged"),
        "{}",
        again.stdout
    );
    assert_eq!(data.import(&[&folder.path().join("wrong.json")]).status, 1, "nothing is accepted");
    assert_eq!(occurrences(&data.path(), CANARY), Vec::<std::path::PathBuf>::new());
    assert_eq!(data.run(&["rebuild"]).status, 0);
    assert_eq!(data.content(), before);
}

#[test]
fn a_purged_record_may_come_back_with_other_bytes() {
    let (folder, data) = with_canaries();
    assert_eq!(data.run(&["purge", &data.source(), "wrong.json"]).status, 0);
    save(folder.path(), "wrong.json", &package(1, "The Book of Knots", &[(1, "Ties a bowline")]));
    assert_eq!(data.import(&[folder.path()]).status, 0);
    assert_eq!(data.resolution(&guid(1, 1))["verdict"], "resolved");
    assert_eq!(occurrences(&data.path(), CANARY), Vec::<std::path::PathBuf>::new());
    assert_eq!(data.content(), DataDir::holding(&[folder.path()]).content());
}

#[test]
fn what_was_never_there_cannot_be_purged() {
    let (_folder, data) = with_canaries();
    let source = data.source();
    let before = data.generation();
    for [source, record] in [[source.as_str(), "nothing.json"], ["nobody", "wrong.json"]] {
        let refused = data.run(&["purge", source, record]);
        assert_eq!(refused.status, 2, "{refused:?}");
        assert!(refused.stderr.contains(record), "{}", refused.stderr);
    }
    assert_eq!(data.generation(), before);
}

#[test]
fn of_two_records_with_the_same_bytes_the_other_one_stays_sound() {
    let folder = tempfile::tempdir().unwrap();
    let package = package(1, "Knots at Sea", &[(1, "Ties a bowline")]);
    save(folder.path(), "a.json", &package);
    save(folder.path(), "b.json", &package);
    let data = DataDir::holding(&[folder.path()]);
    assert_eq!(data.run(&["purge", &data.source(), "a.json"]).status, 0);
    let found = data.resolution(&guid(1, 1))["found"][0].take();
    assert_eq!(found["chosen"]["card"]["origin"]["record"], "b.json", "{found}");
    let before = data.content();
    assert_eq!(data.run(&["rebuild"]).status, 0);
    assert_eq!(data.content(), before);
}

#[test]
fn a_purge_of_a_held_record_leaves_nothing_of_it_either() {
    let folder = tempfile::tempdir().unwrap();
    let many = |n: u32, words: &str| -> Vec<(u32, String)> {
        (1..=n).map(|n| (n, format!("{words} {n}"))).collect()
    };
    save(
        folder.path(),
        "sea.json",
        &package(1, "Knots at Sea", &many(200, "Ties the knot number")),
    );
    let data = DataDir::holding(&[folder.path()]);
    save(folder.path(), "sea.json", &package(1, "Knots at Sea", &many(200, CANARY)));
    assert_eq!(data.import(&[folder.path()]).status, 3);
    data.run(&["purge", &data.source(), "sea.json"]);
    assert_eq!(occurrences(&data.path(), CANARY), Vec::<std::path::PathBuf>::new());
    assert_eq!(data.resolution(&guid(1, 1))["verdict"], "unknown");
    assert_eq!(data.run(&["verify"]).status, 0);
}
