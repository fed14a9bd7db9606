//! The forms of an export, and what is left out of each.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use index::digest::Digest;

use super::{export, shelf, text};
use crate::support::DataDir;
use crate::support::package::{guid, numbered, package, save};

/// The rows of a table by column, and the columns.
fn rows(table: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let columns = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        columns.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

#[test]
fn every_quad_is_written_once_and_packing_changes_nothing() {
    let (_folder, data) = shelf();
    let (_, plain) = export(&data, "all.nq", &[]);
    assert_eq!(export(&data, "all.nq.zst", &[]).1, plain);
    assert_eq!(export(&data, "packed.zst", &["--format", "nquads"]).1, plain);
    let said = data.run(&["export", "--format", "nquads"]);
    assert_eq!(said.stdout.as_bytes(), plain);
    assert!(said.stderr.contains("quads of"), "{}", said.stderr);
    let written = text(plain);
    let different: BTreeSet<&str> = written.lines().collect();
    assert_eq!(different.len(), written.lines().count());
    let quads = data.json(&["status"])["manifest"]["counts"]["quads"].as_u64().unwrap();
    assert_eq!(written.lines().count() as u64, quads);
    assert!(written.lines().all(|line| line.ends_with("> .")), "each lies in a named graph");
}

#[test]
fn a_file_is_written_with_its_digest_beside_it() {
    let (_folder, data) = shelf();
    for name in ["all.csv", "all.nq.zst"] {
        let (path, _) = export(&data, name, &[]);
        let digest = Digest::of(&fs::read(&path).unwrap());
        let beside = path.with_file_name(format!("{name}.sha256"));
        assert_eq!(fs::read_to_string(beside).unwrap(), format!("{digest}  {name}\n"));
        let said = data.run(&["export", "--output", path.to_str().unwrap()]);
        assert!(said.stderr.contains(&digest.to_string()), "{}", said.stderr);
    }
    let said = data.run(&["export", "--format", "csv"]);
    let digest = Digest::of(said.stdout.as_bytes()).to_string();
    assert!(said.stderr.contains(&digest), "{}", said.stderr);
}

#[test]
fn no_words_of_a_publisher_are_a_formula() {
    let folder = tempfile::tempdir().unwrap();
    let words = [(1, "=HYPERLINK(\"https://a.example/\")"), (2, "@SUM(A1)"), (3, "Ties = holds")];
    save(folder.path(), "sums.json", &package(2, "+Sums", &words));
    let data = DataDir::holding(&[folder.path()]);
    let rows = rows(&text(export(&data, "all.csv", &[]).1));
    let texts: Vec<&str> = rows.iter().map(|row| row["text"].as_str()).collect();
    let expected = ["'=HYPERLINK(\"https://a.example/\")", "'@SUM(A1)", "Ties = holds"];
    assert_eq!(texts[1..], expected);
    assert!(rows.iter().all(|row| row["frameworkTitle"] == "'+Sums"), "{rows:?}");
}

#[test]
fn a_row_has_what_a_table_needs_and_rows_follow_the_tree() {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "more.json", &numbered(2, "Knots by Number", 12));
    let data = DataDir::holding(&[folder.path()]);
    let rows = rows(&text(export(&data, "all.csv", &[]).1));
    let codes: Vec<&str> = rows.iter().map(|row| row["code"].as_str()).collect();
    let expected: Vec<String> = (1..=12).map(|n| format!("T.{n}")).collect();
    assert_eq!(codes[1..], expected, "in the order of the framework, and after it");
    assert_eq!(rows[0]["kind"], "framework");
    let row = &rows[7];
    let source = data.source();
    for (column, value) in [
        ("key", format!("guid:{}", guid(2, 7))),
        ("subject", format!("urn:uuid:{}", guid(2, 7))),
        ("address", format!("https://case.loom.example/ims/case/v1p0/CFItems/{}", guid(2, 7))),
        ("kind", "competency".to_owned()),
        ("label", "Ties the knot number 7".to_owned()),
        ("language", "en".to_owned()),
        ("framework", format!("guid:{}", guid(2, 0))),
        ("frameworkTitle", "Knots by Number".to_owned()),
        ("publisher", "The Loom Guild".to_owned()),
        ("parent", format!("guid:{}", guid(2, 0))),
        ("status", "current".to_owned()),
        ("adoptionStatus", "Adopted".to_owned()),
        ("source", source),
        ("record", "more.json".to_owned()),
    ] {
        assert_eq!(row[column], value, "{column}: {row:?}");
    }
}

#[test]
fn rows_of_what_is_withdrawn_come_only_where_they_are_asked_for() {
    let (_folder, data) = shelf();
    let usual = rows(&text(export(&data, "all.csv", &[]).1));
    assert!(usual.iter().all(|row| row["status"] == "current"));
    let all = rows(&text(export(&data, "all.csv", &["--withdrawn"]).1));
    let withdrawn: Vec<_> = all.iter().filter(|row| row["status"] == "withdrawn").collect();
    assert!(withdrawn.iter().any(|row| row["key"] == format!("guid:{}", guid(1, 2))));
    assert_eq!(all.len(), usual.len() + withdrawn.len());
}

#[test]
fn what_may_not_be_given_away_is_left_out_of_every_form_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    for (name, n) in [("open", 1), ("closed", 2)] {
        fs::create_dir(folder.path().join(name)).unwrap();
        let title = format!("Knots of the {name} shelf");
        save(&folder.path().join(name), "knots.json", &numbered(n, &title, 3));
    }
    let configuration = folder.path().join("alidade.toml");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (open, closed) = (path("open"), path("closed"));
    let text_of = format!(
        "[sources.open]\nkind = \"files\"\npath = \"{open}\"\nlicence = \"https://a.example/cc0\"\n\n[sources.closed]\nkind = \"files\"\npath = \"{closed}\"\nredistribute = false\n"
    );
    fs::write(&configuration, text_of).unwrap();
    let data = DataDir::new();
    let harvested = data.run(&["harvest", "--config", configuration.to_str().unwrap()]);
    assert_eq!(harvested.status, 0, "{harvested:?}");
    for format in ["nquads", "ndjson", "csv"] {
        let output = data.run(&["export", "--format", format]);
        assert_eq!(output.status, 0, "{output:?}");
        assert!(output.stdout.contains("open shelf"), "{format}");
        assert!(!output.stdout.contains("closed shelf"), "{format}");
        assert!(output.stderr.contains("1 records of closed"), "{}", output.stderr);
        for args in [["--source", "closed"], ["--framework", "Knots of the closed shelf"]] {
            let none = data.run(&[&["export", "--format", format], args.as_slice()].concat());
            assert_eq!(none.status, 1, "{none:?}");
            assert!(!none.stdout.contains("closed shelf"), "{format}");
        }
    }
    let (dump, _) = export(&data, "all.ndjson", &[]);
    let copy = DataDir::new();
    assert_eq!(copy.import(&[&dump]).status, 0);
    let terms = copy.context(&guid(1, 1))["chosen"]["card"]["origin"]["terms"].take();
    assert_eq!(terms["licence"], "https://a.example/cc0", "the terms go along: {terms}");
}

#[test]
fn what_cannot_be_exported_as_asked_is_refused() {
    let (_folder, data) = shelf();
    for args in [
        ["--format", "nquads", "--source", "nobody"],
        ["--format", "nquads", "--framework", "Knots of Nobody"],
        ["--format", "nquads", "--framework", &guid(2, 7)],
        ["--output", "somewhere.txt", "--source", "nobody"],
    ] {
        let refused = data.run(&[&["export"], args.as_slice()].concat());
        assert_eq!(refused.status, 2, "{refused:?}");
        assert_eq!(refused.stdout, "");
    }
    let nowhere = data.run(&["export", "--output", "/nowhere/all.nq"]);
    assert_eq!(nowhere.status, 3, "{nowhere:?}");
    assert_eq!(DataDir::new().run(&["export", "--format", "csv"]).status, 1, "nothing is there");
}
