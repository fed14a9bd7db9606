//! `alidade.toml`: who reads it, and who gets along without it.

use std::fs;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::http::Server;
use crate::support::package::{guid, package, save};
use crate::support::{Output, forget_surroundings, output_of};

const GEORGIA: &str = "data = \"held\"\n[harvest]\ncontact = \"mailto:ops@example.org\"\n[sources.georgia]\n\
                       kind = \"case\"\nurl = \"https://case.example.org\"\n";

/// A folder to call the program in, and a home that holds nothing else.
fn folder(configuration: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("alidade.toml"), configuration).unwrap();
    let items = [(1, "Ties a bowline"), (2, "Ties a sheet bend")];
    save(folder.path(), "knots.json", &package(1, "Knots", &items));
    folder
}

fn command(folder: &TempDir, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_alidade"));
    command.current_dir(folder.path()).args(args).env("HOME", folder.path().join("home"));
    command.env_remove("XDG_CONFIG_HOME").env_remove("XDG_DATA_HOME");
    forget_surroundings(&mut command);
    command
}

fn run(folder: &TempDir, args: &[&str]) -> Output {
    output_of(&mut command(folder, args))
}

#[track_caller]
fn check(output: &Output, status: i32, words: &[&str]) {
    assert_eq!(output.status, status, "{output:?}");
    for word in words {
        let said = if status == 0 { &output.stdout } else { &output.stderr };
        assert!(said.contains(word), "`{word}` is not in {output:?}");
    }
}

#[test]
fn the_configuration_is_printed_as_toml_with_the_origin_of_each_value() {
    let folder = folder(GEORGIA);
    let mut command = command(&folder, &["check-config", "--set", "sources.georgia.at_once=2"]);
    command.env("ALIDADE_SOURCES__GEORGIA__CREDENTIALS__TOKEN", "hunter2");
    let output = output_of(&mut command);
    let words = [
        "data = \"held\"",
        "# alidade.toml, line 1\n",
        "\n[sources.georgia]\n",
        "# flag --set\n",
        "pace = \"2s\"",
        "# default\n",
        "token = \"***\"",
        "# variable ALIDADE_SOURCES__GEORGIA__CREDENTIALS__TOKEN\n",
    ];
    check(&output, 0, &words);
    assert!(!output.stdout.contains("hunter2"), "{output:?}");
    let read: toml::Table = output.stdout.parse().unwrap();
    assert_eq!(read["sources"]["georgia"]["at_once"].as_integer(), Some(2));
    assert_eq!(read["serve"]["listen"].as_str(), Some("127.0.0.1:8080"));

    let output = run(&folder, &["check-config", "--json", "--data", "elsewhere"]);
    let json: Value = serde_json::from_str(&output.stdout).unwrap();
    let values = json["values"].as_array().unwrap();
    let data = values.iter().find(|value| value["key"] == "data").unwrap();
    assert_eq!(data["value"], "elsewhere");
    assert_eq!(data["origin"], serde_json::json!({ "kind": "flag", "name": "--data" }));
    assert_eq!(json["warnings"], serde_json::json!([]));
}

#[test]
fn a_mistake_is_2_with_its_place_and_what_was_probably_meant() {
    let folder = folder(&format!("{GEORGIA}pase = \"5s\"\nschedule = \"2 parsecs\"\n"));
    let output = run(&folder, &["check-config"]);
    let words = [
        "`sources.georgia.pase` (alidade.toml, line 7): there is no such key; did you mean `pace`?",
        "`sources.georgia.schedule` (alidade.toml, line 8): `2 parsecs` is no schedule",
    ];
    check(&output, 2, &words);
    let output = run(&folder, &["check-config", "--json"]);
    let json: Value = serde_json::from_str(&output.stdout).unwrap();
    assert_eq!(json["faults"][0]["origin"]["line"], 7, "{json}");
    assert_eq!(output.status, 2);
}

#[test]
fn the_file_is_the_one_that_is_named_first() {
    let folder = folder("wrong");
    let other = folder.path().join("other.toml");
    fs::write(&other, GEORGIA).unwrap();
    check(&run(&folder, &["check-config", "--config", "other.toml"]), 0, &["other.toml, line 1"]);
    let mut by_variable = command(&folder, &["check-config"]);
    check(&output_of(by_variable.env("ALIDADE_CONFIG", &other)), 0, &["line 1"]);
    check(&run(&folder, &["check-config", "--config", "/dev/null"]), 0, &["# default"]);
    check(&run(&folder, &["check-config", "--config", "no.toml"]), 2, &["`no.toml` is not there"]);
    check(&run(&folder, &["check-config"]), 2, &["`alidade.toml`, line 1: "]);
    fs::remove_file(folder.path().join("alidade.toml")).unwrap();
    let usual = folder.path().join("home/.config/alidade");
    fs::create_dir_all(&usual).unwrap();
    fs::write(usual.join("alidade.toml"), GEORGIA).unwrap();
    check(&run(&folder, &["check-config"]), 0, &["home/.config/alidade/held"]);
}

#[test]
fn the_data_directory_may_stand_in_the_file_and_flag_and_variable_win() {
    let folder = folder(GEORGIA);
    check(&run(&folder, &["import", "knots.json"]), 0, &["1 documents accepted"]);
    assert!(folder.path().join("held/current").exists());
    let id = guid(1, 1);
    check(&run(&folder, &["resolve", &id]), 0, &["resolved"]);
    assert_eq!(run(&folder, &["--data", "other", "resolve", &id]).status, 1);
    let mut by_variable = command(&folder, &["resolve", &id]);
    assert_eq!(output_of(by_variable.env("ALIDADE_DATA", "other")).status, 1);
    check(&run(&folder, &["--set", "data=held", "resolve", &id]), 0, &["resolved"]);
}

#[test]
fn whoever_needs_no_configuration_is_not_kept_by_a_broken_one() {
    let folder = folder("data = \"held\"\nwrong = 1\n");
    let data = ["--data", "held"];
    check(
        &run(&folder, &[&data[..], &["import", "knots.json"]].concat()),
        0,
        &["1 documents accepted"],
    );
    for command in [vec!["resolve", &guid(1, 1)], vec!["status"], vec!["search", "bowline"]] {
        check(&run(&folder, &[&data[..], &command].concat()), 0, &[]);
        let words = ["`wrong` (alidade.toml, line 2): there is no such key"];
        check(&run(&folder, &command), 2, &words);
    }
    check(
        &run(&folder, &[&data[..], &["serve", "--listen", "127.0.0.1:0"]].concat()),
        2,
        &["`wrong`"],
    );
}

#[test]
fn the_service_listens_where_the_file_says_unless_the_flag_says_otherwise() {
    let folder =
        folder("data = \"held\"\n[serve]\nlisten = \"127.0.0.1:0\"\ntime_limit = \"7s\"\n");
    assert_eq!(run(&folder, &["import", "knots.json"]).status, 0);
    let server = Server::start(&mut command(&folder, &["serve"]));
    assert_ne!(server.address().port(), 8080);
    assert_eq!(server.get("/readyz").status, 200);
    assert_eq!(server.stop("TERM").status, 0);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let set = format!("serve.listen={address}");
    check(&run(&folder, &["serve", "--set", &set]), 2, &[&format!("cannot listen on `{address}`")]);
    check(&run(&folder, &["serve", "--set", "serve.time_limit=11m"]), 2, &["ten minutes"]);
    let server = Server::start(&mut command(
        &folder,
        &["serve", "--set", &set, "--listen", "127.0.0.1:0", "--time-limit", "3"],
    ));
    assert_eq!(server.get("/livez").status, 200);
}
