//! What a generation says of the one before, and what is remembered of what is gone.

use serde_json::{Value, json};

use crate::support::DataDir;
use crate::support::package::{guid, package, save};

/// A change in a line: what happened, to which item, its words before and now.
fn in_brief(changes: &[Value]) -> Vec<(String, String, Value, Value)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let brief = |change: &Value| {
        (
            text(&change["change"]),
            text(&change["subject"]),
            change["old"]["text"].clone(),
            change["new"]["text"].clone(),
        )
    };
    let mut brief: Vec<_> =
        changes.iter().filter(|change| change["kind"] == "competency").map(brief).collect();
    brief.sort_by(|a, b| a.1.cmp(&b.1));
    brief
}

fn subject(n: u32) -> String {
    format!("urn:uuid:{}", guid(1, n))
}

fn line(
    change: &str,
    n: u32,
    old: Option<&str>,
    new: Option<&str>,
) -> (String, String, Value, Value) {
    (change.to_owned(), subject(n), json!(old), json!(new))
}

#[test]
fn every_generation_says_what_it_added_changed_and_retired() {
    let folder = tempfile::tempdir().unwrap();
    let import = |data: &DataDir, items: &[(u32, &str)]| {
        save(folder.path(), "sea.json", &package(1, "Knots at Sea", items));
        let imported = data.import(&[folder.path()]);
        assert_eq!(imported.status, 0, "{imported:?}");
        data.generation()
    };
    let data = DataDir::new();
    let first = import(&data, &[(1, "Ties a bowline"), (2, "Ties a clove hitch")]);
    let added = [
        line("added", 1, None, Some("Ties a bowline")),
        line("added", 2, None, Some("Ties a clove hitch")),
    ];
    assert_eq!(in_brief(&data.changes(first)), added);
    let second = import(&data, &[(1, "Ties a running bowline"), (3, "Splices a rope")]);
    let changed = [
        line("changed", 1, Some("Ties a bowline"), Some("Ties a running bowline")),
        line("retired", 2, Some("Ties a clove hitch"), None),
        line("added", 3, None, Some("Splices a rope")),
    ];
    assert_eq!(in_brief(&data.changes(second)), changed);
    let third = import(
        &data,
        &[(1, "Ties a running bowline"), (2, "Ties a clove hitch"), (3, "Splices a rope")],
    );
    assert_eq!(
        in_brief(&data.changes(third)),
        [line("added", 2, None, Some("Ties a clove hitch"))]
    );
    assert_eq!(data.changes(first).len(), 3, "two items and their framework");
}

#[test]
fn an_item_that_its_source_no_longer_has_is_withdrawn_with_its_last_words() {
    let folder = tempfile::tempdir().unwrap();
    let data = DataDir::new();
    for words in ["Ties a reef knot", "Ties a square knot"] {
        save(
            folder.path(),
            "sea.json",
            &package(1, "Knots at Sea", &[(1, "Ties a bowline"), (2, words)]),
        );
        assert_eq!(data.import(&[folder.path()]).status, 0);
    }
    save(folder.path(), "sea.json", &package(1, "Knots at Sea", &[(1, "Ties a bowline")]));
    assert_eq!(data.import(&[folder.path()]).status, 0);
    let check = || {
        for text in [
            guid(1, 2),
            subject(2),
            format!("https://case.loom.example/ims/case/v1p0/CFItems/{}", guid(1, 2)),
        ] {
            let resolution = data.resolution(&text);
            assert_eq!(resolution["verdict"], "resolved", "{resolution}");
            let found = &resolution["found"][0];
            assert_eq!(found["standing"]["state"], "withdrawn");
            assert_eq!(
                found["chosen"]["card"]["resource"]["statement"]["en"][0],
                "Ties a square knot"
            );
        }
        let by_code = data.json(&["resolve", "T.2", "--framework", "Knots at Sea"]);
        assert_eq!(
            by_code["answers"][0]["resolution"]["found"][0]["standing"]["state"],
            "withdrawn"
        );
        let children = data.context(&guid(1, 0))["children"].take();
        assert_eq!(children["n"], 1, "what is withdrawn is no child: {children}");
        assert_eq!(data.json(&["status"])["manifest"]["counts"]["withdrawn"], 1);
    };
    check();
    let before = data.content();
    assert_eq!(data.run(&["rebuild"]).status, 0);
    assert_eq!(data.content(), before);
    check();
}

#[test]
fn an_item_that_comes_back_is_current_again() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = ((1, "Ties a bowline"), (2, "Ties a reef knot"));
    let data = DataDir::new();
    for items in [&[one, two][..], &[one], &[one, two]] {
        save(folder.path(), "sea.json", &package(1, "Knots at Sea", items));
        assert_eq!(data.import(&[folder.path()]).status, 0);
    }
    assert_eq!(data.resolution(&guid(1, 2))["found"][0]["standing"]["state"], "current");
    assert_eq!(data.json(&["status"])["manifest"]["counts"]["withdrawn"], 0);
    assert_eq!(
        data.content(),
        DataDir::holding(&[folder.path()]).content(),
        "as if it had never been away"
    );
}

#[test]
fn an_item_that_moved_to_another_file_is_current() {
    let folder = tempfile::tempdir().unwrap();
    save(
        folder.path(),
        "a.json",
        &package(1, "Knots at Sea", &[(1, "Ties a bowline"), (2, "Ties a reef knot")]),
    );
    let data = DataDir::holding(&[folder.path()]);
    save(folder.path(), "a.json", &package(1, "Knots at Sea", &[(1, "Ties a bowline")]));
    let mut moved = package(2, "Knots on Land", &[(2, "Ties a reef knot")]);
    moved["CFItems"][0]["identifier"] = guid(1, 2).into();
    moved["CFAssociations"][0]["originNodeURI"]["identifier"] = guid(1, 2).into();
    save(folder.path(), "b.json", &moved);
    assert_eq!(data.import(&[folder.path()]).status, 0);
    let found = data.resolution(&guid(1, 2))["found"][0].take();
    assert_eq!(found["standing"]["state"], "current", "{found}");
    assert_eq!(found["chosen"]["card"]["origin"]["record"], "b.json");
    assert_eq!(found["chosen"]["copies"][0]["withdrawn"], true);
}

#[test]
fn a_record_that_changed_twice_is_what_a_rebuild_makes_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = DataDir::new();
    let versions: [&[(u32, &str)]; 3] = [
        &[(1, "Ties a bowline"), (2, "Ties a reef knot"), (3, "Whips an end")],
        &[(1, "Ties a running bowline"), (3, "Whips an end"), (4, "Splices a rope")],
        &[(1, "Ties a bowline on a bight"), (2, "Ties a reef knot"), (5, "Makes a net")],
    ];
    for items in versions {
        save(folder.path(), "sea.json", &package(1, "Knots at Sea", items));
        assert_eq!(data.import(&[folder.path()]).status, 0);
    }
    let before = (data.content(), data.json(&["status"])["manifest"]["counts"].take());
    assert_eq!(data.run(&["rebuild"]).status, 0);
    assert_eq!((data.content(), data.json(&["status"])["manifest"]["counts"].take()), before);
}

#[test]
fn importing_a_folder_retires_no_file_that_is_gone_from_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = save(folder.path(), "a.json", &package(1, "Knots at Sea", &[(1, "Ties a bowline")]));
    save(folder.path(), "b.json", &package(2, "Knots on Land", &[(1, "Ties a reef knot")]));
    let data = DataDir::holding(&[folder.path()]);
    std::fs::remove_file(path).unwrap();
    assert_eq!(data.import(&[folder.path()]).status, 0);
    assert_eq!(data.resolution(&guid(1, 1))["found"][0]["standing"]["state"], "current");
}

#[test]
fn an_item_that_gets_another_parent_is_told_as_moved() {
    let folder = tempfile::tempdir().unwrap();
    let items = [(1, "Ties a bowline"), (2, "Ties a clove hitch")];
    let mut document = package(1, "Knots at Sea", &items);
    save(folder.path(), "sea.json", &document);
    let data = DataDir::holding(&[folder.path()]);
    document["CFAssociations"][1]["destinationNodeURI"]["identifier"] = guid(1, 1).into();
    save(folder.path(), "sea.json", &document);
    let imported = data.import(&[folder.path()]);
    assert_eq!(imported.status, 0, "{imported:?}");
    let changes = data.changes(data.generation());
    let moved: Vec<&Value> = changes.iter().filter(|change| change["change"] == "moved").collect();
    assert_eq!(moved.len(), 1, "{changes:?}");
    assert_eq!(moved[0]["subject"], subject(2));
    assert_eq!(moved[0]["old"]["under"], "Knots at Sea");
    assert_eq!(moved[0]["new"]["under"], "Knots at Sea › Ties a bowline");
}

#[test]
fn associations_that_only_got_other_identifiers_change_no_resource() {
    let folder = tempfile::tempdir().unwrap();
    let mut document = package(1, "Knots at Sea", &[(1, "Ties a bowline")]);
    save(folder.path(), "sea.json", &document);
    let data = DataDir::holding(&[folder.path()]);
    document["CFAssociations"][0]["identifier"] = guid(7, 7).into();
    save(folder.path(), "sea.json", &document);
    data.import(&[folder.path()]);
    assert_eq!(data.changes(data.generation()), Vec::<Value>::new());
}
