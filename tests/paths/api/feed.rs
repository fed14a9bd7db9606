//! What has changed, for whoever keeps a copy, and the history of a resource.

use std::fs;

use serde_json::{Value, json};

use crate::paths::api::{ask, good, items, linked, texts};
use crate::paths::serve::problem;
use crate::support::DataDir;
use crate::support::http::{Answer, Server, request};
use crate::support::package::{guid, package, save};

fn import(data: &DataDir, name: &str, document: &Value) {
    let folder = tempfile::tempdir().unwrap();
    let path = save(folder.path(), name, document);
    let imported = data.run(&["import", "--accept", path.to_str().unwrap()]);
    assert_eq!(imported.status, 0, "{imported:?}");
}

/// Three generations: three knots, one with other words, one less.
fn three() -> DataDir {
    three_of("Knots")
}

fn three_of(title: &str) -> DataDir {
    let data = DataDir::new();
    let folder = tempfile::tempdir().unwrap();
    for items in [
        vec![(1, "Ties a bowline"), (2, "Ties a bend"), (3, "Ties a hitch")],
        vec![(1, "Ties a running bowline"), (2, "Ties a bend"), (3, "Ties a hitch")],
        vec![(1, "Ties a running bowline"), (3, "Ties a hitch")],
    ] {
        save(folder.path(), "knots.json", &package(1, title, &items));
        assert_eq!(data.import(&[folder.path()]).status, 0);
    }
    data
}

fn lines(answer: &Answer) -> Vec<Value> {
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.field("content-type"), Some("application/x-ndjson"));
    let text = String::from_utf8(answer.body.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn as_json(server: &Server, path: &str) -> Value {
    let fields = [("Accept", "application/json")];
    good(&server.send(&request("GET", path, &fields, b"")))
}

fn subject(n: u32) -> String {
    format!("urn:uuid:{}", guid(1, n))
}

#[test]
fn every_change_is_told_in_order_with_old_words_and_new() {
    let data = three();
    let server = Server::of(&data);
    let all = lines(&server.get("/v1/changes"));
    let told: Vec<(u64, &str)> = all
        .iter()
        .map(|line| (line["generation"].as_u64().unwrap(), line["change"].as_str().unwrap()))
        .collect();
    let added = [(1, "added"); 4];
    assert_eq!(told, [added.as_slice(), &[(2, "changed"), (3, "retired")]].concat());
    assert_eq!(all[4]["subject"], subject(1));
    assert_eq!(all[4]["old"]["text"], "Ties a bowline");
    assert_eq!(all[4]["new"]["text"], "Ties a running bowline");
    assert_eq!((&all[5]["subject"], &all[5]["new"]), (&json!(subject(2)), &Value::Null));
    // Whoever stops anywhere goes on behind that.
    for (at, line) in all.iter().enumerate() {
        let after = line["cursor"].as_str().unwrap();
        let rest = lines(&server.get(&format!("/v1/changes?after={after}")));
        assert_eq!(rest, all[at + 1..], "{at}");
    }
    for limit in 1..=7 {
        let (mut path, mut found) = (format!("/v1/changes?limit={limit}"), Vec::new());
        loop {
            let answer = server.get(&path);
            found.extend(lines(&answer));
            let Some(next) = linked(&answer) else { break };
            path = next;
        }
        assert_eq!(found, all, "{limit}");
    }
    // A number is a generation of which all is known.
    assert_eq!(lines(&server.get("/v1/changes?after=0")), all);
    assert_eq!(lines(&server.get("/v1/changes?after=1")), all[4..]);
    assert_eq!(lines(&server.get("/v1/changes?after=3")), all[6..]);
    let whole = as_json(&server, "/v1/changes?limit=4");
    assert_eq!(whole["changes"], json!(all[..4]));
    let next = whole["next"].as_str().unwrap();
    assert_eq!(whole["after"], next);
    let rest = as_json(&server, &format!("/v1/changes?after={next}"));
    assert_eq!((&rest["changes"], &rest["next"]), (&json!(all[4..]), &Value::Null));
}

#[test]
fn whoever_is_at_the_end_goes_on_when_there_is_more() {
    let data = three();
    let server = Server::of(&data);
    let end = as_json(&server, "/v1/changes?after=3");
    let after = end["after"].as_str().unwrap().to_owned();
    assert_eq!(end["changes"], json!([]));
    import(&data, "stars.json", &package(2, "Stars", &[(1, "Finds a star")]));
    server.wait_for("/readyz", |answer| answer.json()["generation"] == 4);
    let more = lines(&server.get(&format!("/v1/changes?after={after}")));
    let expected = [0, 1].map(|n| format!("urn:uuid:{}", guid(2, n)));
    assert_eq!(texts(&more, "subject"), expected);
}

#[test]
fn what_is_kept_no_longer_is_gone_and_says_how_to_begin_again() {
    let data = DataDir::new();
    let folder = tempfile::tempdir().unwrap();
    for words in ["one", "two", "three", "four"] {
        let path = save(folder.path(), "knots.json", &package(1, "Knots", &[(1, words)]));
        let keep = ["--set", "publish.keep_changes=2", "import", path.to_str().unwrap()];
        let imported = data.run(&keep);
        assert_eq!(imported.status, 0, "{imported:?}");
    }
    let server = Server::of(&data);
    let all = lines(&server.get("/v1/changes"));
    assert_eq!(all.iter().map(|line| line["generation"].as_u64().unwrap()).min(), Some(3));
    assert_eq!(lines(&server.get("/v1/changes?after=2")), all);
    let answer = server.get("/v1/changes?after=1");
    let gone = problem(&answer, 410, "generation-gone");
    assert_eq!((&gone["oldest"], &gone["generation"]), (&json!(3), &json!(4)));
    assert_eq!(gone["first"], "/v1/changes");
    assert_eq!(answer.field("link"), Some("</v1/changes>; rel=\"first\""));
    // Whoever knows more than there is has it from somewhere else.
    let none = problem(&server.get("/v1/changes?after=5"), 410, "generation-gone");
    assert_eq!((&none["generation"], &none["first"]), (&json!(4), &json!("/v1/changes")));
    problem(&server.get("/v1/changes?after=x"), 400, "invalid-parameter");
    problem(&server.get("/v1/changes?limit=0"), 400, "invalid-parameter");
    // The files of what is not kept are not there either, and nothing is damaged.
    let entries = fs::read_dir(data.path().join("generations/4/changes")).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["3.lines", "3.ndjson", "4.lines", "4.ndjson", "contents.json"]);
    data.content();
    let refused = data.run(&["--set", "publish.keep_changes=0", "rebuild"]);
    assert!(refused.stderr.contains("publish.keep_changes"), "{refused:?}");
}

#[test]
fn a_cursor_from_another_data_directory_is_answered_with_a_fresh_start() {
    let (one, other) = (three(), three_of("Other Knots"));
    let (one, other) = (Server::of(&one), Server::of(&other));
    for path in ["/v1/changes?after=3", "/v1/changes?limit=2"] {
        let after = as_json(&one, path)["after"].as_str().unwrap().to_owned();
        let next = format!("/v1/changes?after={after}");
        assert_eq!(one.get(&next).status, 200);
        let gone = problem(&other.get(&next), 410, "generation-gone");
        assert_eq!(gone["first"], "/v1/changes");
    }
}

#[test]
fn a_purge_leaves_nothing_of_what_went_in_the_feed() {
    let data = three();
    import(&data, "stars.json", &package(2, "Stars", &[(1, "Finds the quillfeather star")]));
    let server = Server::of(&data);
    let before = lines(&server.get("/v1/changes?after=3"));
    assert!(Value::from(before.clone()).to_string().contains("quillfeather"));
    let source = before[0]["source"].as_str().unwrap();
    assert_eq!(data.run(&["purge", source, "stars.json"]).status, 0);
    server.wait_for("/readyz", |answer| answer.json()["generation"] == 5);
    let after = lines(&server.get("/v1/changes"));
    assert!(!Value::from(after).to_string().contains("quillfeather"));
    problem(&server.get("/v1/changes?after=4"), 410, "generation-gone");
    for entry in fs::read_dir(data.path().join("generations/5/changes")).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("quillfeather"));
    }
}

#[test]
fn a_resource_tells_its_history_newest_first() {
    let data = three();
    let server = Server::of(&data);
    let of = |n: u32| items(&server, &format!("/v1/resources/{}/history?limit=1", guid(1, n)));
    let bowline = of(1);
    assert_eq!(texts(&bowline, "change"), ["changed", "added"]);
    assert_eq!(bowline[0]["new"]["text"], "Ties a running bowline");
    assert_eq!(texts(&of(2), "change"), ["retired", "added"]);
    let whole = ask(&server, &format!("/v1/resources/{}/history", guid(1, 3)));
    assert_eq!((&whole["n"], &whole["items"][0]["generation"]), (&json!(1), &json!(1)));
}
