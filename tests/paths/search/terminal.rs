//! How what is found is told to a person.

use crate::paths::search::{SHARED, item, shop};
use crate::support::package::{guid, package, save};
use crate::support::{DataDir, output_of};

#[test]
fn hits_are_counted_narrowed_and_gone_on_with() {
    let data = shop();
    let said = data.run(&[
        "search",
        "--kind",
        "competency",
        "--sort",
        "title",
        "--limit",
        "2",
        "--facet",
        "publisher",
    ]);
    assert_eq!(said.status, 0, "{said:?}");
    for words in [
        "7 found",
        SHARED,
        "competency in Sums for",
        "The Joiners",
        "The Bakers",
        "go on with --offset 2",
    ] {
        assert!(said.stdout.contains(words), "`{words}` is not in {}", said.stdout);
    }
    let counted = data.run(&["search", "--facet", "kind", "--limit", "0"]);
    assert_eq!(counted.status, 0, "{counted:?}");
    assert!(counted.stdout.contains("7  competency"), "{}", counted.stdout);
    assert_eq!(data.run(&["search", "--subject", "Sailing"]).status, 1);
    for args in [
        &["--kind", "planet"][..],
        &["--status", "gone"],
        &["--facet", "size"],
        &["--sort", "size"],
    ] {
        assert_eq!(data.run(&[&["search", "a"], args].concat()).status, 2, "{args:?}");
    }
    for args in
        [&["--as-of", "yesterday"][..], &["--aligned", "--not-aligned"], &["--cursor", "abc"]]
    {
        assert_eq!(data.run(&[&["search", "a"], args].concat()).status, 2, "{args:?}");
    }
}

#[test]
fn the_words_that_were_met_are_bold_where_there_are_colours() {
    let data = shop();
    let args = ["search", "chisel", "--highlight"];
    let plain = data.run(&args);
    assert!(plain.stdout.contains("T.4  Sharpens a chisel on a wet stone"), "{}", plain.stdout);
    let coloured = output_of(data.command(&args).env("CLICOLOR_FORCE", "1"));
    assert!(
        coloured.stdout.contains("Sharpens a \u{1b}[1mchisel\u{1b}[0m"),
        "{:?}",
        coloured.stdout
    );
}

#[test]
fn reasons_are_told_where_they_are_asked_for() {
    let data = shop();
    let said = data.run(&["search", "B.2", "--explain"]);
    assert!(said.stdout.contains("because") && said.stdout.contains("(code)"), "{}", said.stdout);
}

#[test]
fn suggestions_come_with_the_words_that_caused_them() {
    let data = shop();
    let text = "They halve a recipe for bread.";
    let said = data.run(&["suggest", text]);
    assert_eq!(said.status, 0, "{said:?}");
    for words in
        ["B.2  Halves a recipe for bread", "in Sums for Bakers", "because of", "“", &guid(2, 2)]
    {
        assert!(said.stdout.contains(words), "`{words}` is not in {}", said.stdout);
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("course.txt");
    std::fs::write(&file, text).unwrap();
    assert_eq!(data.run(&["suggest", "--file", file.to_str().unwrap()]).stdout, said.stdout);
    assert_eq!(data.feed(&["suggest", "-"], text).stdout, said.stdout);
    let json = data.json(&["suggest", text]);
    assert_eq!(json["suggestions"][0]["card"]["resource"]["identity"]["key"], item(2, 2));
    assert_eq!(data.run(&["suggest", "zymurgy"]).status, 1);
    for args in [&["--file", "/nowhere/course.txt"][..], &[], &["--threshold", "7", "a"]] {
        assert_eq!(data.run(&[&["suggest"], args].concat()).status, 2, "{args:?}");
    }
}

#[test]
fn likenesses_come_with_the_words_that_differ() {
    let data = shop();
    let said = data.run(&["similar", "Adds simple fractions with unlike denominators"]);
    assert_eq!(said.status, 0, "{said:?}");
    for words in [SHARED, "only here", "simple"] {
        assert!(said.stdout.contains(words), "`{words}` is not in {}", said.stdout);
    }
}

#[test]
fn no_control_sequence_of_a_publisher_or_of_a_text_reaches_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let items = [(1, "Ties a \u{1b}[31m bowline \u{1b}[0m\u{7} knot")];
    save(folder.path(), "knots.json", &package(1, "Knots \u{1b}]0;at sea\u{7}", &items));
    let data = DataDir::holding(&[folder.path()]);
    let text = "ties a \u{1b}[5mbowline\u{7} knot";
    for args in [
        &["search", "bowline", "--highlight", "--explain", "--facet", "framework"][..],
        &["search", "bowlnie\u{1b}[5m"],
        &["suggest", text],
        &["similar", text],
    ] {
        let said = data.run(args);
        assert!(!said.stdout.contains(['\u{1b}', '\u{7}']), "{args:?}: {:?}", said.stdout);
        assert!(said.status <= 1 && said.stderr.is_empty(), "{args:?}: {said:?}");
    }
    // A blinking text; nothing of ours blinks.
    let hostile = "x\u{1b}[5mred\u{7}";
    for (args, status) in [
        (vec!["search", "--framework", hostile], 2),
        (vec!["search", "--kind", hostile], 2),
        (vec!["search", "--as-of", hostile], 2),
        (vec![hostile], 2),
        (vec!["similar", "--report", hostile], 1),
        (vec!["show", hostile], 1),
        (vec!["resolve", hostile], 1),
    ] {
        let said = output_of(data.command(&args).env("CLICOLOR_FORCE", "1").env("TERM", "xterm"));
        assert_eq!(said.status, status, "{args:?}: {said:?}");
        assert!(!said.stderr.contains(['\u{1b}', '\u{7}']), "{args:?}: {said:?}");
        let is_controlled = said.stdout.contains("\u{1b}[5m") || said.stdout.contains('\u{7}');
        assert!(!is_controlled, "{args:?}: {said:?}");
    }
}

#[test]
fn the_help_of_a_search_has_plain_quotation_marks() {
    let data = shop();
    let said = data.run(&["search", "--help"]);
    assert_eq!(said.status, 0, "{said:?}");
    assert!(said.stdout.contains("\"phrases\"") && !said.stdout.contains('\\'), "{}", said.stdout);
}
