//! Views that are lost or damaged.

use std::fs;

use tempfile::TempDir;

use crate::support::DataDir;
use crate::support::package::{guid, numbered, package, save};

/// What of the views is deleted.
const LOSSES: [&[&str]; 4] =
    [&["views/graph"], &["views/text"], &["views/graph", "views/text"], &["views"]];

/// A folder whose framework was imported in two versions, so that something is withdrawn.
fn twice() -> (TempDir, DataDir) {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "sea.json", &numbered(1, "Knots at Sea", 12));
    save(folder.path(), "land.json", &package(2, "Knots on Land", &[(1, "Ties a bowline")]));
    let data = DataDir::holding(&[folder.path()]);
    save(folder.path(), "sea.json", &numbered(1, "Knots at Sea", 10));
    assert_eq!(data.import(&[folder.path()]).status, 0);
    (folder, data)
}

fn lose(data: &DataDir, parts: &[&str]) {
    for part in parts {
        fs::remove_dir_all(data.path().join(part)).unwrap();
    }
}

#[test]
fn a_rebuild_after_the_loss_of_a_view_ends_the_same() {
    let (_folder, data) = twice();
    let before = data.content();
    for parts in LOSSES {
        lose(&data, parts);
        assert_eq!(data.content(), before, "readers need no views");
        let rebuilt = data.run(&["rebuild"]);
        assert_eq!(rebuilt.status, 0, "{parts:?}: {rebuilt:?}");
        assert_eq!(data.content(), before, "{parts:?}");
        assert_eq!(data.resolution(&guid(1, 12))["found"][0]["standing"]["state"], "withdrawn");
    }
}

#[test]
fn an_import_after_the_loss_of_a_view_heals_it() {
    for parts in LOSSES {
        let (folder, data) = twice();
        let before = data.content();
        lose(&data, parts);
        let healed = data.import(&[folder.path()]);
        assert_eq!(healed.status, 0, "{parts:?}: {healed:?}");
        assert_eq!(data.content(), before, "{parts:?}");
        save(folder.path(), "river.json", &numbered(3, "Knots on Rivers", 4));
        assert_eq!(data.import(&[folder.path()]).status, 0, "{parts:?}");
        let (healed, rebuilt) = (data.content(), data.run(&["rebuild"]));
        assert_eq!((rebuilt.status, data.content()), (0, healed), "{parts:?}");
    }
}

#[test]
fn a_view_that_cannot_be_opened_is_named_with_its_cure() {
    let (folder, data) = twice();
    let before = data.content();
    for file in ["views/text/meta.json", "views/graph/CURRENT"] {
        fs::write(data.path().join(file), "damaged").unwrap();
        let refused = data.import(&[folder.path()]);
        assert_eq!(refused.status, 4, "{file}: {refused:?}");
        assert!(refused.stderr.contains("alidade rebuild"), "{file}: {}", refused.stderr);
        assert_eq!(data.content(), before, "{file}");
        let rebuilt = data.run(&["rebuild"]);
        assert_eq!((rebuilt.status, data.content()), (0, before.clone()), "{file}: {rebuilt:?}");
    }
}

#[test]
fn a_rebuild_of_nothing_is_no_failure_of_a_store() {
    let data = DataDir::new();
    let rebuilt = data.run(&["rebuild"]);
    assert!(matches!(rebuilt.status, 0 | 1), "{rebuilt:?}");
}
