//! `alidade extract`: just what would be sent, and nothing else.

use std::fs;

use serde_json::{Value, json};

use crate::paths::credentials::{
    CANARY, alignment, check_silent, item, knots, mixed, open_badge_2, open_badge_3, presentation,
    write,
};
use crate::support::http::Server;
use crate::support::package::guid;
use crate::support::{DataDir, Output};

/// The bodies that were printed.
fn bodies(output: &Output) -> Vec<Value> {
    output.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn what_would_be_sent_is_printed_and_what_is_left_behind_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "badge.json", &open_badge_3(&mixed()));
    let data = DataDir::new();
    let said = data.run(&["extract", &file]);
    assert_eq!(said.status, 0, "{said:?}");
    let [body] = bodies(&said).try_into().unwrap();
    let asked: Vec<&Value> = body["ids"].as_array().unwrap().iter().collect();
    assert_eq!(asked.len(), 6, "{body}");
    assert_eq!(body.as_object().unwrap().len(), 1, "{body}");
    assert_eq!(asked[0]["targetUrl"], item(1));
    assert_eq!(asked[4]["targetName"], "Whips a rope's end");
    assert!(asked[5].get("targetUrl").is_none(), "{body}");
    assert_eq!(said.stderr.lines().count(), 1, "{said:?}");
    for words in ["badge.json: 6 identifiers, ", "withheld (", "hints kept here"] {
        assert!(said.stderr.contains(words), "{said:?}");
    }
    check_silent(&[&said.stdout, &said.stderr]);
    let fed = data.feed(&["extract", "-"], &open_badge_3(&mixed()).to_string());
    assert_eq!((fed.status, &fed.stdout), (0, &said.stdout));
    assert!(!data.path().exists(), "extracting needs no data directory and makes none");
}

#[test]
fn what_is_printed_can_be_sent_as_it_is() {
    let (place, data) = knots();
    let file = write(place.path(), "badge.json", &open_badge_2(&mixed()));
    let said = data.run(&["extract", &file]);
    let server = Server::of(&data);
    let answer = server.post("/v1/resolve", said.stdout.trim_end());
    assert_eq!(answer.status, 200, "{answer:?}");
    let answers = answer.json()["answers"].take();
    let report = data.json(&["resolve", &file])["answers"][0].take();
    let mentions = report["mentions"].as_array().unwrap().iter();
    let resolved: Vec<&Value> =
        mentions.filter(|held| held["asked"] == true).map(|held| &held["resolution"]).collect();
    let answered: Vec<&Value> =
        answers.as_array().unwrap().iter().map(|answer| &answer["resolution"]).collect();
    assert_eq!(answered[..5], resolved[..5]);
    // The command line knows that something was withheld; the service was not told.
    assert_eq!(resolved[5]["verdict"], "withheld");
    assert_eq!(answered[5]["verdict"], "unknown");
}

#[test]
fn every_file_has_a_line_of_its_own_and_one_that_cannot_be_read_stops_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let one = write(folder.path(), "one.json", &open_badge_3(&[alignment(1, "Ties a bowline")]));
    let two = write(folder.path(), "two.json", &presentation());
    let none = write(folder.path(), "none.json", &open_badge_3(&[]));
    let broken = folder.path().join("broken.json");
    fs::write(&broken, format!("{{\"credentialSubject\": \"{CANARY}\"")).unwrap();
    let (broken, missing) = (broken.to_str().unwrap(), "missing.json");
    let data = DataDir::new();
    let said = data.run(&["extract", &one, &none, &two]);
    assert_eq!(said.status, 0, "{said:?}");
    let sent: Vec<usize> =
        bodies(&said).iter().map(|body| body["ids"].as_array().unwrap().len()).collect();
    assert_eq!(sent, [1, 2]);
    assert_eq!(said.stderr.lines().count(), 3, "{said:?}");
    let said = data.run(&["extract", broken, missing, &one]);
    assert_eq!((said.status, bodies(&said).len()), (2, 1), "{said:?}");
    assert!(said.stderr.contains("not JSON from line 1"), "{said:?}");
    assert!(said.stderr.contains("`missing.json`: it cannot be read"), "{said:?}");
    check_silent(&[&said.stdout, &said.stderr]);
    let said = data.run(&["extract", &none]);
    assert_eq!((said.status, said.stdout.as_str()), (1, ""), "{said:?}");
    assert!(said.stderr.contains("none.json: 0 identifiers"), "{said:?}");
    assert_eq!(data.run(&["extract"]).status, 2);
}

#[test]
fn the_issuers_own_identifier_is_sent_only_where_it_is_one_of_a_registry() {
    let data = DataDir::new();
    let ctid = format!("https://credentialengineregistry.org/resources/ce-{}", guid(3, 1));
    let mut badge = open_badge_3(&[]);
    badge["credentialSubject"]["achievement"]["id"] = json!(ctid);
    let said = data.feed(&["extract", "-"], &badge.to_string());
    let ask = json!({ "targetUrl": ctid, "issuer": "https://loom.example/issuers/1" });
    assert_eq!(bodies(&said), [json!({ "ids": [ask] })], "{said:?}");
}
