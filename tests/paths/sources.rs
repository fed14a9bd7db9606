//! What is known of the sources: on the command line and over HTTP.

mod page;

use std::fs;

use serde_json::{Value, json};

use crate::support::http::Server;
use crate::support::package::{numbered, save};
use crate::support::{DataDir, forget_surroundings};

const CONFIGURATION: &str = r#"
[harvest]
contact = "mailto:ops@example.org"

[sources.georgia]
kind = "case"
url = "https://case.example.org"
schedule = "7d"
licence = "https://creativecommons.org/licenses/by/4.0/"
terms = "https://case.example.org/terms"
redistribute = false

[sources.new]
kind = "registry"
url = "https://credentialengineregistry.org"

[sources.quiet]
kind = "case"
url = "https://quiet.example.org"
schedule = "manual"
"#;

/// A data directory with a source that was imported, one that was harvested and failed lately, and two that never ran.
fn setup() -> (tempfile::TempDir, DataDir) {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "knots.json", &numbered(1, "Knots by Number", 3));
    let data = DataDir::holding(&[folder.path()]);
    fs::write(folder.path().join("alidade.toml"), CONFIGURATION).unwrap();
    let runs = json!({
        "georgia": {
            "kind": "case",
            "url": "https://old.example.org/",
            "schedule": "7days",
            "lastRun": {
                "startedAt": "2026-03-01T12:00:00Z",
                "finishedAt": "2026-03-01T12:34:00Z",
                "report": {
                    "ending": "failed",
                    "error": "`https://case.example.org/ims/case/v1p1/CFDocuments` answers 503",
                    "accepted": 1200,
                    "unchanged": 3,
                    "remarks": ["it says there are 21 documents and shows 20"],
                },
            },
            "lastSuccess": "2026-02-22T12:34:00Z",
            "failures": 2,
            "lastChanges": {
                "added": 4,
                "reworded": 1,
                "examples": [
                    change("changed", &json!({ "name": "Ties" }), &json!({ "name": "Unties" })),
                    change("added", &json!(null), &json!({ "name": "Splices" })),
                ],
            },
        },
    });
    fs::write(data.path().join("runs.json"), runs.to_string()).unwrap();
    (folder, data)
}

/// A change as a generation tells it.
fn change(what: &str, old: &Value, new: &Value) -> Value {
    json!({ "change": what, "subject": "urn:x", "kind": "competency", "source": "georgia", "record": "r", "old": old, "new": new })
}

fn config(folder: &tempfile::TempDir) -> String {
    folder.path().join("alidade.toml").to_str().unwrap().to_owned()
}

#[test]
fn what_is_shown_what_ran_and_what_is_configured_is_joined() {
    let (folder, data) = setup();
    let json = data.json(&["sources", "--config", &config(&folder)]);
    assert_eq!(json["generation"], 1);
    let sources = json["sources"].as_object().unwrap();
    assert_eq!(sources.len(), 4, "{json}");

    let georgia = &sources["georgia"];
    assert_eq!(georgia["kind"], "case");
    assert_eq!(georgia["url"], "https://case.example.org/", "the configuration is newer");
    assert_eq!(georgia["lastRun"]["startedAt"], "2026-03-01T12:00:00Z");
    assert_eq!(georgia["lastRun"]["ending"], "failed");
    assert_eq!(georgia["lastRun"]["accepted"], 1200);
    assert_eq!(georgia["lastSuccess"], "2026-02-22T12:34:00Z");
    assert_eq!(georgia["nextDue"], "2026-03-01T14:34:00Z", "two hours after the second failure");
    assert_eq!(georgia["lastChanges"]["reworded"], 1);
    assert_eq!(georgia["terms"]["redistribute"], false);
    assert_eq!((&georgia["records"], &georgia["conflicts"]), (&json!(0), &json!([])));

    assert!(sources["new"]["nextDue"].is_string() && sources["new"].get("lastRun").is_none());
    assert!(sources["quiet"].get("nextDue").is_none());
    let imported = &sources[&data.source()];
    assert_eq!((&imported["kind"], &imported["records"]), (&json!("files"), &json!(1)));
    assert!(imported["fetchedAt"].is_string() && imported.get("nextDue").is_none());
}

#[test]
fn a_person_reads_a_paragraph_for_each_source() {
    let (folder, data) = setup();
    let said = data.run(&["sources", "--config", &config(&folder)]);
    assert_eq!(said.status, 0, "{said:?}");
    for words in [
        "georgia (case)\n",
        "licence     https://creativecommons.org/licenses/by/4.0/\n",
        "not to be handed on",
        "last run    failed at 2026-03-01T12:34:00Z\n",
        "1,200 new or changed, 3 unchanged\n",
        "answers 503",
        "remark      it says there are 21 documents",
        "succeeded   2026-02-22T12:34:00Z\n",
        "resources   4 added, 1 reworded\n",
        "Unties: “Ties” is now “Unties”\n",
        "next due    now\n",
        "new (registry)\n",
        "last run    never\n",
        "only when `alidade harvest quiet` says so\n",
        "holds       1 records, 4 resources\n",
    ] {
        assert!(said.stdout.contains(words), "`{words}` is not in\n{}", said.stdout);
    }
    assert!(!said.stdout.contains("Splices"), "what is new needs no example");
}

#[test]
fn the_same_is_answered_over_http_also_before_anything_is_published() {
    let (folder, data) = setup();
    let config = config(&folder);
    let mut told =
        data.json(&["sources", "--config", &config, "--set", "sources.new.schedule=manual"]);
    let quiet = [
        "--config",
        &config,
        "--set",
        "sources.new.schedule=manual",
        "--set",
        "sources.georgia.schedule=manual",
    ];
    let server = Server::with(&data, &quiet);
    let mut answer = server.get("/v1/sources").json();
    for told in [&mut told, &mut answer] {
        let georgia = told["sources"]["georgia"].as_object_mut().unwrap();
        georgia.remove("schedule");
        georgia.remove("nextDue");
    }
    assert_eq!(answer, told);
    assert_eq!(server.get("/v1/sources?x=1").status, 400);

    let empty = DataDir::new();
    let server = Server::with(&empty, &quiet);
    let answer = server.get("/v1/sources");
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.json()["generation"], Value::Null);
    assert_eq!(answer.json()["sources"].as_object().unwrap().len(), 3);
}

#[test]
fn nothing_known_is_1() {
    let empty = DataDir::new();
    let mut command = empty.command(&["sources", "--config", "/dev/null"]);
    forget_surroundings(&mut command);
    let said = crate::support::output_of(&mut command);
    assert_eq!(said.status, 1, "{said:?}");
    assert!(said.stdout.contains("no source"), "{said:?}");
}
