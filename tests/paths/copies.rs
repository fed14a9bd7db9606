//! One resource in several files.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::package::{guid, package, save};
use crate::support::{DataDir, read_json, shared};

fn records(context: &Value) -> BTreeSet<String> {
    let chosen = &context["chosen"];
    let copies = chosen["copies"].as_array().into_iter().flatten();
    let origins = copies.map(|copy| &copy["origin"]).chain([&chosen["card"]["origin"]]);
    origins.map(|origin| origin["record"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_framework_in_two_files_is_two_copies_and_their_difference_is_said() {
    let folder = tempfile::tempdir().unwrap();
    save(
        folder.path(),
        "a.json",
        &package(1, "Knots at Sea", &[(1, "Ties a bowline"), (2, "Ties a reef knot")]),
    );
    let mut newer = package(1, "Knots at Sea", &[(1, "Ties a bowline"), (2, "Ties a square knot")]);
    newer["CFItems"][1]["lastChangeDateTime"] = "2025-01-01T00:00:00+00:00".into();
    save(folder.path(), "b.json", &newer);
    let data = DataDir::holding(&[folder.path()]);

    let same = data.context(&guid(1, 1));
    assert_eq!(records(&same), ["a.json", "b.json"].map(str::to_owned).into());
    assert!(same["chosen"]["copies"][0]["differs"].is_null(), "{same}");

    let differing = data.context(&guid(1, 2));
    let chosen = &differing["chosen"];
    assert_eq!(records(&differing), ["a.json", "b.json"].map(str::to_owned).into());
    assert_eq!(chosen["card"]["origin"]["record"], "b.json", "the newest is chosen: {chosen}");
    assert_eq!(chosen["card"]["resource"]["statement"]["en"][0], "Ties a square knot");
    let differs = chosen["copies"][0]["differs"].as_object().unwrap();
    assert_eq!(differs["text"], "Ties a reef knot");
    assert_eq!(differs["lastChange"], "2024-01-01T00:00:00+00:00");
    assert!(!differs.contains_key("code"), "{differs:?}");

    let resolution = data.resolution(&guid(1, 2));
    assert_eq!(
        (&resolution["verdict"], resolution["found"].as_array().unwrap().len()),
        (&"resolved".into(), 1)
    );
    let children = data.context(&guid(1, 0))["children"].take();
    assert_eq!(children["n"], 2, "a child with copies is listed once: {children}");
    let hits = data.json(&["search", "square knot"])["results"]["hits"].take();
    assert_eq!(
        hits.as_array()
            .unwrap()
            .iter()
            .filter(|hit| hit["card"]["resource"]["code"] == "T.2")
            .count(),
        1,
        "{hits}"
    );
    let shown = data.run(&["show", &guid(1, 2)]).stdout;
    assert!(shown.contains("a.json") && shown.contains("differs in"), "{shown}");
}

#[test]
fn the_newest_copy_is_chosen_whichever_came_first() {
    let folder = tempfile::tempdir().unwrap();
    let mut newest = package(1, "Knots at Sea", &[(1, "Ties a running bowline")]);
    newest["CFItems"][0]["lastChangeDateTime"] = "2025-01-01T00:00:00+00:00".into();
    let new = save(folder.path(), "b.json", &newest);
    let old = save(folder.path(), "a.json", &package(1, "Knots at Sea", &[(1, "Ties a bowline")]));
    for paths in [[&new, &old], [&old, &new]] {
        let data = DataDir::new();
        for path in paths {
            assert_eq!(data.import(&[path]).status, 0);
        }
        let chosen = data.context(&guid(1, 1))["chosen"].take();
        assert_eq!(chosen["card"]["origin"]["record"], "b.json", "{chosen}");
    }
}

#[test]
fn different_documents_with_one_identifier_are_all_listed() {
    const IDENTIFIER: &str = "d0000000-0000-0000-0000-000000000000";
    let Some(folder) = shared("case") else { return };
    let mut expected = BTreeSet::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let is_package = path.to_str().unwrap().ends_with(".cfpackage.json");
        if is_package && read_json(&path)["CFDocument"]["identifier"] == IDENTIFIER {
            expected.insert(path.file_name().unwrap().to_str().unwrap().to_owned());
        }
    }
    assert_eq!(expected.len(), 6, "{expected:?}");
    let data = DataDir::holding(&[&folder]);
    let context = data.context(IDENTIFIER);
    assert_eq!(records(&context), expected);
    for copy in context["chosen"]["copies"].as_array().unwrap() {
        assert!(copy["differs"]["name"].is_string(), "the titles differ: {copy}");
    }
    let titles: BTreeSet<String> = expected
        .iter()
        .map(|name| {
            read_json(&folder.join(name))["CFDocument"]["title"].as_str().unwrap().to_owned()
        })
        .collect();
    let shown = data.run(&["show", IDENTIFIER]).stdout;
    assert!(expected.iter().all(|record| shown.contains(record.as_str())), "{titles:?} in {shown}");
}

/// The conflicts of each source, by the number of its last folder.
fn conflicts(data: &DataDir) -> Vec<Value> {
    let status = data.json(&["status"]);
    let sources = status["sources"].as_object().unwrap();
    sources
        .values()
        .flat_map(|source| source["conflicts"].as_array().cloned().unwrap_or_default())
        .collect()
}

#[test]
fn a_document_that_two_sources_have_is_reported_by_both() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b, c] = ["a", "b", "c"].map(|name| folder.path().join(name));
    for path in [&a, &b, &c] {
        std::fs::create_dir(path).unwrap();
    }
    let document = package(1, "Knots at Sea", &[(1, "Ties a bowline")]);
    save(&a, "sea.json", &document);
    save(&c, "land.json", &package(2, "Knots on Land", &[(1, "Ties a shoe")]));
    let data = DataDir::holding(&[&a, &c]);
    assert_eq!(conflicts(&data), Vec::<Value>::new());

    let mut same = document.clone();
    same["CFItems"][0]["uri"] = "https://mirror.example/ims/case/v1p0/CFItems/1".into();
    save(&b, "sea.json", &same);
    data.import(&[&b]);
    let told = conflicts(&data);
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[0], told[1]);
    assert_eq!(told[0]["subject"], format!("urn:uuid:{}", guid(1, 0)));
    assert_eq!(told[0]["differs"], false, "other addresses are no other words: {told:?}");
    assert_eq!(told[0]["records"].as_array().unwrap().len(), 2);

    save(&b, "sea.json", &package(1, "Knots at Sea", &[(1, "Ties a running bowline")]));
    data.import(&[&b]);
    assert_eq!(conflicts(&data)[0]["differs"], true);
}
