//! How the answers look: JSON, width, colours, pipes, help.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::Stdio;

use crate::support::package::{guid, numbered, package, save};
use crate::support::{DataDir, Output, output_of, shared};

/// The widest line of an answer that is not for a terminal.
const COLUMNS: usize = 80;

/// A word of this length cannot be broken, and takes the line it needs.
const LONG_WORD: usize = 40;

const COMMANDS: [&str; 15] = [
    "import", "resolve", "extract", "show", "search", "suggest", "similar", "sparql", "status",
    "verify", "rebuild", "publish", "purge", "serve", "demo",
];

fn knots() -> DataDir {
    let folder = tempfile::tempdir().unwrap();
    let long =
        "Ties a knot of which one has to say a good deal more than fits on a line ".repeat(4);
    let title = "Knots at Sea and on Land, in Rivers and in Harbours, for Hands of Every Age and Every Skill, revised";
    save(
        folder.path(),
        "knots.json",
        &package(1, title, &[(1, long.as_str()), (2, "Ties a bowline")]),
    );
    save(folder.path(), "more.json", &numbered(2, "Knots by Number", 120));
    DataDir::holding(&[folder.path()])
}

fn reading() -> Vec<Vec<String>> {
    let calls = |id: String| [vec!["resolve".to_owned(), id.clone()], vec!["show".to_owned(), id]];
    let plain = [
        &["search", "knot"][..],
        &["search", "--limit", "100", "knot"],
        &["search", "--sort", "title", "--facet", "framework", "--explain", "knot"],
        &["suggest", "how to tie a bowline and other knots"],
        &["similar", "Ties the knot number 7"],
        &["status"],
        &["verify"],
    ];
    let ids = [
        guid(1, 1),
        guid(1, 0),
        guid(2, 5),
        "T.2".to_owned(),
        "no such code".to_owned(),
        guid(9, 9),
    ];
    let plain = plain.into_iter().map(|args| args.iter().map(|arg| (*arg).to_owned()).collect());
    ids.into_iter().flat_map(calls).chain(plain).collect()
}

fn args(call: &[String]) -> Vec<&str> {
    call.iter().map(String::as_str).collect()
}

#[track_caller]
fn check_width(output: &Output, what: &str) {
    for line in output.stdout.lines() {
        let has_long_word = line.split_whitespace().any(|word| word.chars().count() > LONG_WORD);
        assert!(line.chars().count() <= COLUMNS || has_long_word, "{what}: {line}");
    }
}

#[test]
fn every_reading_command_speaks_json_and_names_its_generation() {
    let data = knots();
    let names_none = |call: &Vec<String>| data.json(&args(call))["generation"] != 1;
    let silent: Vec<String> =
        reading().iter().filter(|call| names_none(call)).map(|call| call.join(" ")).collect();
    assert!(silent.is_empty(), "no generation in the answers to {silent:?}");
}

#[test]
fn lines_fit_into_the_width_of_an_answer() {
    let data = knots();
    for call in reading() {
        check_width(&data.run(&args(&call)), &call.join(" "));
    }
}

#[test]
fn lines_about_real_frameworks_fit_into_the_width_of_an_answer() {
    let Some(folder) = shared("case") else { return };
    let files = [
        "sbac-math-content-spec.cfpackage.json",
        "sbac-webb-dok.cfpackage.json",
        "ccss-math-2010.cfpackage.json",
    ];
    let paths: Vec<PathBuf> = files.iter().map(|name| folder.join(name)).collect();
    let data = DataDir::holding(&paths.iter().map(PathBuf::as_path).collect::<Vec<_>>());
    check_width(&data.import(&[&folder]), "import");
    let ids = [
        "6b9bf846-d7cc-11e8-824f-0242ac160002",
        "4dde0d73-54c3-5874-a1b8-7be322321d4d",
        "07a6fdcc-d644-4a3d-bd79-30167cb3879c",
        "255adad7-2854-47d7-9aa4-c5e1750eb8ca",
        "d0000000-0000-0000-0000-000000000000",
    ];
    for id in ids {
        check_width(&data.run(&["show", id]), id);
        check_width(&data.run(&["resolve", id]), id);
    }
    check_width(&data.run(&["search", "--limit", "100", "fractions"]), "search");
    check_width(&data.run(&["status"]), "status");
}

#[test]
fn a_pipe_gets_no_colours_and_no_color_takes_them_away() {
    let data = knots();
    let is_coloured =
        |output: &Output| output.stdout.contains('\u{1b}') || output.stderr.contains('\u{1b}');
    for call in reading() {
        let call = args(&call);
        assert!(!is_coloured(&data.run(&call)), "{call:?}");
        let forced = output_of(data.command(&call).env("CLICOLOR_FORCE", "1"));
        assert!(is_coloured(&forced), "{call:?} has no colours to take away");
        let colourless =
            output_of(data.command(&call).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1"));
        assert!(!is_coloured(&colourless), "{call:?}");
    }
}

#[test]
fn every_command_has_help_and_an_example_where_it_takes_something() {
    let data = DataDir::new();
    let general = data.run(&["--help"]);
    assert_eq!(general.status, 0);
    assert!(
        general.stdout.contains("Examples:") && general.stdout.contains("Exit codes:"),
        "{}",
        general.stdout
    );
    for code in 0..=4 {
        assert!(
            general.stdout.contains(&format!("\n  {code}  ")),
            "exit code {code} is not explained"
        );
    }
    for command in COMMANDS {
        assert!(general.stdout.contains(&format!("\n  {command} ")), "`{command}` is not listed");
        let help = data.run(&[command, "--help"]);
        assert_eq!(help.status, 0, "{help:?}");
        let takes_something = !["status", "verify", "rebuild", "demo"].contains(&command);
        if takes_something {
            assert!(help.stdout.contains(&format!("\n  alidade {command} ")), "{}", help.stdout);
        }
        assert!(help.stdout.lines().all(|line| line.chars().count() <= 120), "{}", help.stdout);
    }
}

#[test]
fn a_reader_that_stops_reading_is_no_failure() {
    let data = knots();
    let mut calls = reading();
    calls.retain(|call| data.run(&args(call)).status == 0);
    let json: Vec<Vec<String>> =
        calls.iter().map(|call| [call.clone(), vec!["--json".to_owned()]].concat()).collect();
    calls.extend(json);
    calls.push(vec!["--help".to_owned()]);
    for call in calls {
        for reads_a_line in [true, false] {
            let mut child = data
                .command(&args(&call))
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            let mut out = BufReader::new(child.stdout.take().unwrap());
            if reads_a_line {
                out.read_line(&mut String::new()).unwrap();
            }
            drop(out);
            let ended = Output::of(child.wait_with_output().unwrap());
            assert_eq!((ended.status, ended.stderr.as_str()), (0, ""), "`{}`", call.join(" "));
        }
    }
}

#[test]
fn an_import_whose_reader_stops_reading_has_imported() {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "knots.json", &numbered(1, "Knots by Number", 20));
    let data = DataDir::new();
    let mut command = data.command(&["import", folder.path().to_str().unwrap()]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(data.resolution(&guid(1, 20))["verdict"], "resolved");
}

#[test]
fn the_same_question_gets_the_same_bytes() {
    let data = knots();
    for call in reading() {
        let call = args(&call);
        assert_eq!(data.run(&call).stdout, data.run(&call).stdout, "{call:?}");
    }
}
