//! The brake: what would take away much of a source waits.

use std::fs;

use tempfile::TempDir;

use crate::support::listing::lasting;
use crate::support::package::{guid, numbered, package, save};
use crate::support::{DataDir, Output};

const TITLE: &str = "Knots at Sea";

/// An imported framework of 200 items.
struct Source {
    folder: TempDir,
    data: DataDir,
}

impl Source {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        save(folder.path(), "sea.json", &numbered(1, TITLE, 200));
        let data = DataDir::holding(&[folder.path()]);
        Self { folder, data }
    }

    /// Imports the framework with its first `n` items only.
    fn cut_to(&self, n: u32) -> Output {
        save(self.folder.path(), "sea.json", &numbered(1, TITLE, n));
        self.data.import(&[self.folder.path()])
    }

    fn state(&self, item: u32) -> String {
        let resolution = self.data.resolution(&guid(1, item));
        let state = resolution["found"][0]["standing"]["state"].as_str();
        state.unwrap_or_else(|| panic!("item {item}: {resolution}")).to_owned()
    }

    fn is_held(&self) -> bool {
        let status = self.data.json(&["status"]);
        status["sources"][self.data.source()]["held"].is_string()
    }

    fn accept(&self) -> Output {
        self.data.run(&["publish", "--accept", &self.data.source()])
    }
}

#[test]
fn a_version_that_drops_much_is_held_shown_and_released() {
    let source = Source::new();
    let before = source.data.content();
    let held = source.cut_to(140);
    assert_eq!(held.status, 3, "{held:?}");
    assert!(held.stdout.contains("would retire 60 of 201"), "{}", held.stdout);
    assert!(held.stdout.contains("publish --accept"), "{}", held.stdout);
    assert_eq!((source.data.content(), source.state(200)), (before.clone(), "current".to_owned()));
    assert!(source.is_held());
    let status = source.data.run(&["status"]);
    assert!(
        status.stdout.contains("held") && status.stdout.contains("would retire 60"),
        "{}",
        status.stdout
    );

    let rebuilt = source.data.run(&["rebuild"]);
    assert!(rebuilt.stdout.contains("would retire 60"), "{}", rebuilt.stdout);
    assert_eq!(
        (source.data.content(), source.is_held()),
        (before, true),
        "a rebuild releases nothing"
    );
    assert_eq!(source.data.run(&["publish"]).status, 3, "a publication releases nothing by itself");
    assert_eq!(source.cut_to(140).status, 3, "the same again releases nothing");
    assert!(source.is_held());

    let accepted = source.accept();
    assert_eq!((accepted.status, source.is_held()), (0, false), "{accepted:?}");
    assert_eq!(
        (source.state(140), source.state(141)),
        ("current".to_owned(), "withdrawn".to_owned())
    );
    let gone = source.data.context(&guid(1, 200));
    assert_eq!(
        gone["chosen"]["card"]["resource"]["statement"]["en"][0],
        "Ties the knot number 200"
    );
    let notices = source.data.resolution(&guid(1, 200))["notices"].take();
    assert!(
        notices.as_array().unwrap().iter().any(|notice| notice["kind"] == "withdrawn"),
        "{notices}"
    );
    let after = source.data.content();
    assert_eq!(source.data.run(&["rebuild"]).status, 0);
    assert_eq!(
        (source.data.content(), source.is_held()),
        (after, false),
        "a rebuild keeps it released"
    );
    assert_eq!(source.cut_to(140).status, 0);
}

#[test]
fn an_import_may_bring_the_operators_word_along() {
    let source = Source::new();
    save(source.folder.path(), "sea.json", &numbered(1, TITLE, 140));
    let accepted = source.data.run(&["import", "--accept", source.folder.path().to_str().unwrap()]);
    assert_eq!((accepted.status, source.is_held()), (0, false), "{accepted:?}");
    assert_eq!(source.state(200), "withdrawn");
}

#[test]
fn a_version_that_changes_much_is_held_too() {
    let source = Source::new();
    let words = |n: u32| {
        if n <= 60 { format!("Unties it, {n}") } else { format!("Ties the knot number {n}") }
    };
    let items: Vec<(u32, String)> = (1..=200).map(|n| (n, words(n))).collect();
    save(source.folder.path(), "sea.json", &package(1, TITLE, &items));
    let held = source.data.import(&[source.folder.path()]);
    assert_eq!((held.status, source.is_held()), (3, true), "{held:?}");
    assert!(held.stdout.contains("would change 60 of 201"), "{}", held.stdout);
}

#[test]
fn a_smaller_change_passes() {
    let source = Source::new();
    let passed = source.cut_to(160);
    assert_eq!((passed.status, source.is_held()), (0, false), "{passed:?}");
    assert_eq!(
        (source.state(160), source.state(161)),
        ("current".to_owned(), "withdrawn".to_owned())
    );
}

#[test]
fn another_source_in_the_same_run_goes_on() {
    let source = Source::new();
    let other = tempfile::tempdir().unwrap();
    save(other.path(), "land.json", &package(2, "Knots on Land", &[(1, "Ties a bowline")]));
    save(source.folder.path(), "sea.json", &numbered(1, TITLE, 140));
    let imported = source.data.import(&[source.folder.path(), other.path()]);
    assert_eq!(imported.status, 3, "{imported:?}");
    assert_eq!(source.state(200), "current");
    assert_eq!(source.data.resolution(&guid(2, 1))["verdict"], "resolved");
    save(other.path(), "land.json", &package(2, "Knots on Land", &[(1, "Ties a sheet bend")]));
    assert_eq!(source.data.import(&[other.path()]).status, 3, "the other source still waits");
    let context = source.data.context(&guid(2, 1));
    assert_eq!(context["chosen"]["card"]["resource"]["statement"]["en"][0], "Ties a sheet bend");
}

#[test]
fn a_good_version_after_a_held_one_needs_no_word() {
    let source = Source::new();
    let before = source.data.content();
    assert_eq!(source.cut_to(140).status, 3);
    let repaired = source.cut_to(200);
    assert_eq!((repaired.status, source.is_held()), (0, false), "{repaired:?}");
    assert_eq!((source.data.content(), source.state(200)), (before.clone(), "current".to_owned()));
    assert_eq!(source.data.run(&["rebuild"]).status, 0);
    assert_eq!(source.data.content(), before);
}

#[test]
fn a_second_hold_is_held_by_a_rebuild_as_well() {
    let source = Source::new();
    assert_eq!(source.cut_to(140).status, 3);
    assert_eq!(source.accept().status, 0);
    let between = source.data.content();
    assert_eq!(source.cut_to(70).status, 3);
    source.data.run(&["rebuild"]);
    assert_eq!((source.data.content(), source.is_held()), (between, true));
    assert_eq!(
        (source.state(71), source.state(141)),
        ("current".to_owned(), "withdrawn".to_owned())
    );
    assert_eq!(source.accept().status, 0);
    assert_eq!(source.state(71), "withdrawn");
}

#[test]
fn lost_views_do_not_loosen_the_brake() {
    for lost in ["views", "views/graph", "views/text"] {
        let source = Source::new();
        fs::remove_dir_all(source.data.path().join(lost)).unwrap();
        let held = source.cut_to(140);
        assert_eq!(
            (held.status, source.state(200)),
            (3, "current".to_owned()),
            "without `{lost}`: {held:?}"
        );
    }
}

#[test]
fn a_truncated_or_broken_file_changes_nothing() {
    let source = Source::new();
    let before = (lasting(&source.data.path()), source.data.content());
    let path = source.folder.path().join("sea.json");
    let whole = fs::read(&path).unwrap();
    let middle = whole.len() / 2;
    let broken: [&[u8]; 5] = [
        &whole[..middle],
        &whole[..whole.len() - 1],
        b"",
        b"<html>not here</html>",
        b"{\"message\":\"not found\"}",
    ];
    for bytes in broken {
        fs::write(&path, bytes).unwrap();
        let refused = source.data.import(&[&path]);
        assert_eq!(refused.status, 1, "nothing is accepted: {refused:?}");
        assert_eq!((lasting(&source.data.path()), source.data.content()), before, "{refused:?}");
    }
    assert_eq!(source.state(200), "current");
}
