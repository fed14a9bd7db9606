//! Exit codes, and words for what cannot be done.

use std::fs;

use tempfile::TempDir;

use crate::support::listing::{lasting, paths};
use crate::support::package::{guid, numbered, save};
use crate::support::{DataDir, Output};

fn knots() -> (TempDir, DataDir) {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "knots.json", &numbered(1, "Knots at Sea", 5));
    let data = DataDir::holding(&[folder.path()]);
    (folder, data)
}

/// Checks the exit code, that nothing panicked, and that whatever failed says why in one line.
#[track_caller]
fn check(output: &Output, status: i32, words: &str) {
    assert_eq!(output.status, status, "{output:?}");
    assert!(!output.stderr.contains("panicked"), "{output:?}");
    let said = format!("{}{}", output.stdout, output.stderr);
    assert!(said.contains(words), "`{words}` is not in {said}");
}

#[test]
fn what_is_found_is_0_and_what_is_not_is_1() {
    let (folder, data) = knots();
    let known = guid(1, 3);
    check(&data.run(&["resolve", &known]), 0, "resolved");
    check(&data.run(&["resolve", "T.3"]), 1, "ambiguous");
    check(&data.run(&["resolve", "nothing-like-it", &known]), 1, "unknown");
    check(&data.run(&["resolve", "nothing-like-it"]), 1, "unknown");
    check(&data.run(&["resolve", &guid(9, 9)]), 1, "unknown");
    check(&data.run(&["show", &known]), 0, "T.3");
    check(&data.run(&["show", &guid(9, 9)]), 1, "unknown");
    check(&data.run(&["search", "knot"]), 0, "T.3");
    check(&data.run(&["search", "zymurgy"]), 1, "0 found");
    check(&data.run(&["suggest", "zymurgy"]), 1, "nothing is suggested");
    check(&data.run(&["similar", "zymurgy"]), 1, "nothing says nearly the same");
    check(&data.run(&["status"]), 0, "Generation 1");
    check(&data.run(&["verify"]), 0, "sound");
    fs::write(folder.path().join("knots.json"), "{}").unwrap();
    check(&data.import(&[folder.path()]), 1, "knots.json");
    let empty = tempfile::tempdir().unwrap();
    check(&data.import(&[empty.path()]), 1, "0 documents");
}

#[test]
fn nothing_was_imported_yet_is_1_and_makes_no_directory() {
    let data = DataDir::new();
    for args in [&["resolve", "T.1"][..], &["show", "T.1"], &["search", "knot"], &["status"]] {
        check(&data.run(args), 1, "nothing has been imported");
        assert!(paths(&data.path()).is_empty(), "{args:?}");
    }
}

#[test]
fn a_wrong_command_line_is_2() {
    let (_folder, data) = knots();
    check(&data.run(&["resolve"]), 2, "Usage");
    check(&data.run(&["resolve", "--nonsense", "T.1"]), 2, "--nonsense");
    check(&data.run(&["frobnicate"]), 2, "frobnicate");
    check(&data.run(&["import"]), 2, "PATH");
    check(&data.run(&["resolve", "T.1", "--as-of", "yesterday"]), 2, "`yesterday` is no day");
    check(&data.run(&["resolve", "T.1", "--as-of", "2024-02-30"]), 2, "`2024-02-30` is no day");
    check(&data.run(&["search", "knot", "--framework", "no identifier"]), 2, "no identifier");
    check(&data.run(&["search", "knot", "--limit", "1000000"]), 2, "1000000");
    check(&data.run(&["search", "knot", "--kind", "sailor"]), 2, "sailor");
    check(&data.run(&["publish", "--accept", "nobody"]), 2, "no source is called `nobody`");
}

#[test]
fn a_source_that_fails_is_3_and_stops_no_other() {
    let (folder, _) = knots();
    let data = DataDir::new();
    let missing = folder.path().join("not-here");
    let imported = data.import(&[&missing, folder.path()]);
    check(&imported, 3, "not-here");
    assert_eq!(data.resolution(&guid(1, 3))["verdict"], "resolved");
}

#[test]
fn a_damaged_store_is_4_and_says_which_file() {
    let (_folder, data) = knots();
    let blob = paths(&data.path().join("blobs")).into_iter().find(|path| path.is_file()).unwrap();
    let mut bytes = fs::read(&blob).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xFF;
    fs::write(&blob, bytes).unwrap();
    check(&data.run(&["verify"]), 4, "damaged");
    let name = blob.file_stem().unwrap().to_str().unwrap();
    assert!(data.run(&["verify", "--json"]).stdout.contains(name));
    check(&data.run(&["resolve", &guid(1, 3)]), 0, "resolved");
    let rebuilt = data.run(&["rebuild"]);
    check(&rebuilt, 4, name);
    check(&data.run(&["resolve", &guid(1, 3)]), 0, "resolved");
}

#[test]
fn a_damaged_pointer_is_4() {
    let (_folder, data) = knots();
    fs::write(data.path().join("current"), "nonsense").unwrap();
    check(&data.run(&["status"]), 4, "current");
    check(&data.run(&["verify"]), 4, "damaged");
}

/// Flips a bit of the ledger at a place that is chosen by its length.
fn damage_ledger(data: &DataDir, at: impl Fn(usize) -> usize) {
    let ledger =
        paths(&data.path().join("ledger")).into_iter().find(|path| path.is_file()).unwrap();
    let mut bytes = fs::read(&ledger).unwrap();
    let at = at(bytes.len());
    bytes[at] ^= 0x10;
    fs::write(&ledger, bytes).unwrap();
}

#[test]
fn a_damaged_ledger_is_4_and_is_not_cut_off() {
    let (folder, data) = knots();
    for n in 2..8 {
        save(folder.path(), &format!("knots-{n}.json"), &numbered(n, "More Knots", 2));
        assert_eq!(data.import(&[folder.path()]).status, 0);
    }
    damage_ledger(&data, |len| len / 10);
    let before = lasting(&data.path());
    check(&data.import(&[folder.path()]), 4, "ledger");
    check(&data.run(&["verify"]), 4, "damaged");
    assert_eq!(lasting(&data.path()), before, "what cannot be read is left as it is");
    check(&data.run(&["resolve", &guid(1, 3)]), 0, "resolved");
}

#[test]
fn an_entry_that_a_generation_was_made_of_is_no_torn_tail() {
    let (folder, data) = knots();
    save(folder.path(), "more.json", &numbered(2, "More Knots", 2));
    assert_eq!(data.import(&[folder.path()]).status, 0);
    damage_ledger(&data, |len| len - 20);
    let before = lasting(&data.path());
    check(&data.run(&["verify"]), 4, "damaged");
    check(&data.import(&[folder.path()]), 4, "ledger");
    assert_eq!(lasting(&data.path()), before, "what was acknowledged and published is not cut off");
}

#[test]
fn a_directory_of_another_layout_is_4_and_left_alone() {
    let (folder, data) = knots();
    fs::write(data.path().join("layout"), "99\n").unwrap();
    check(&data.import(&[folder.path()]), 4, "layout `99`");
}

#[test]
fn odd_inputs_are_answered_and_crash_nothing() {
    let (_folder, data) = knots();
    let long = "a".repeat(5_000);
    let long_words = "knot ".repeat(1_000);
    let long_address = format!("https://case.loom.example/{long}");
    let odd = [
        "",
        " ",
        "\n",
        "missing-badge.json",
        "./missing/badge.json",
        ".",
        "/",
        "%",
        "\u{202E}",
        "-1",
    ];
    for text in odd.into_iter().chain([long.as_str(), long_words.as_str(), long_address.as_str()]) {
        for command in ["resolve", "show"] {
            let said = data.run(&[command, "--json", "--", text]);
            assert_eq!(said.status, 1, "`{text}`: {said:?}");
            assert!(said.stderr.is_empty(), "`{text}`: {said:?}");
            let plain = data.run(&[command, "--", text]);
            assert_eq!((plain.status, plain.stderr.as_str()), (1, ""), "`{text}`: {plain:?}");
        }
        let found = data.run(&["search", "--", text]);
        assert!(
            !found.stderr.contains("panicked") && (0..=2).contains(&found.status),
            "`{text}`: {found:?}"
        );
    }
    assert_eq!(data.resolution("")["verdict"], "malformed");
}

#[test]
fn a_file_that_is_not_there_is_said_to_be_missing() {
    let (_folder, data) = knots();
    for name in ["./missing/badge.json", "badge.json"] {
        check(&data.run(&["resolve", name]), 1, "file");
    }
}

#[test]
fn what_is_no_badge_on_the_standard_input_is_refused_in_words() {
    let (_folder, data) = knots();
    for input in ["", "not JSON", "[]", "{}", "\u{0}\u{1}"] {
        let said = data.feed(&["resolve", "-"], input);
        assert_eq!(said.status, 2, "`{input}`: {said:?}");
        assert!(
            said.stdout.contains("refused") || said.stdout.contains("0 identifiers"),
            "`{input}`: {said:?}"
        );
    }
}
