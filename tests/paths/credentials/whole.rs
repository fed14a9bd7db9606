//! `POST /v1/credentials/resolve`: off, unless whoever runs the service says otherwise; and then it keeps nothing.

use std::path::PathBuf;

use serde_json::json;

use crate::paths::credentials::{
    CANARY, check_silent, knots, mixed, open_badge_1, open_badge_2, open_badge_3, presentation,
};
use crate::support::http::{Answer, Server, request};
use crate::support::listing::{listing, occurrences};

const PATH: &str = "/v1/credentials/resolve";
const ON: [&str; 2] = ["--set", "serve.credentials=true"];

fn send(server: &Server, path: &str, media_type: &str, body: &[u8]) -> Answer {
    server.send(&request("POST", path, &[("Content-Type", media_type)], body))
}

#[test]
fn it_is_off_unless_the_configuration_says_otherwise() {
    let (_place, data) = knots();
    let badge = open_badge_3(&mixed()).to_string();
    let server = Server::of(&data);
    let answer = send(&server, PATH, "application/json", badge.as_bytes());
    assert_eq!(answer.status, 404, "{answer:?}");
    let told = answer.json();
    assert_eq!(told["type"], "/problems/credentials-off");
    assert!(told["detail"].as_str().unwrap().contains("`credentials = true`"), "{told}");
    check_silent(&[&told.to_string()]);
    let told = data.run(&["check-config"]);
    assert!(told.stdout.contains("credentials = false"), "{told:?}");
    let mut by_variable = data.command(&["check-config"]);
    by_variable.env("ALIDADE_SERVE__CREDENTIALS", "true");
    let told = crate::support::output_of(&mut by_variable);
    assert!(told.stdout.contains("credentials = true"), "{told:?}");
    let wrong = data.run(&["check-config", "--set", "serve.credentials=perhaps"]);
    assert_eq!(wrong.status, 2, "{wrong:?}");
}

#[test]
fn where_it_is_on_it_says_what_the_command_line_says() {
    let (_place, data) = knots();
    let server = Server::with(&data, &ON);
    for badge in [open_badge_3(&mixed()), open_badge_2(&mixed()), open_badge_1(), presentation()] {
        for media_type in ["application/json", "application/vc+ld+json", "application/octet-stream"]
        {
            let body = badge.to_string();
            let path = format!("{PATH}?asOf=2024-05-06");
            let answer = send(&server, &path, media_type, body.as_bytes());
            assert_eq!(answer.status, 200, "{answer:?}");
            assert_eq!(answer.field("cache-control"), Some("no-store"));
            let said = data.feed(&["resolve", "--json", "--as-of", "2024-05-06", "-"], &body);
            let expected: serde_json::Value = serde_json::from_str(&said.stdout).unwrap();
            assert_eq!(answer.json(), expected);
        }
    }
    let wrong = send(&server, &format!("{PATH}?asof=a"), "application/json", b"{}");
    assert_eq!(wrong.json()["type"], "/problems/unknown-parameter");
    // The other door still takes identifiers only.
    let badge = open_badge_3(&mixed()).to_string();
    assert_eq!(server.post("/v1/resolve", &badge).status, 422);
}

#[test]
fn what_is_no_credential_or_too_long_is_refused_in_words_that_repeat_nothing() {
    let (_place, data) = knots();
    let server = Server::with(&data, &ON);
    for body in [
        format!("{{\"{CANARY}\": 1}}"),
        format!("{{\"credentialSubject\": \"{CANARY}\""),
        CANARY.to_owned(),
        String::from(" "),
        json!({ "credentialSubject": { "id": CANARY } }).to_string().repeat(2),
        " ".repeat(3 << 20),
    ] {
        let answer = send(&server, PATH, "application/json", body.as_bytes());
        assert_eq!(answer.status, 422, "{answer:?}");
        assert_eq!(answer.json()["type"], "/problems/unreadable-credential");
        check_silent(&[&answer.json().to_string()]);
    }
    let answer = send(&server, PATH, "image/png", &vec![0; (16 << 20) + 1]);
    assert_eq!(answer.status, 413, "{answer:?}");
}

#[test]
fn nothing_of_a_credential_is_logged_or_written() {
    let (_place, data) = knots();
    let before = listing(&data.path());
    let server = Server::with(&data, &[&ON[..], &["-vv"]].concat());
    let mut broken = open_badge_3(&mixed()).to_string();
    broken.truncate(broken.len() - 10);
    let bodies = [open_badge_3(&mixed()).to_string(), open_badge_2(&mixed()).to_string(), broken];
    let statuses = bodies.map(|body| {
        let answer = send(&server, PATH, "application/json", body.as_bytes());
        check_silent(&[&String::from_utf8_lossy(&answer.body)]);
        answer.status
    });
    assert_eq!(statuses, [200, 200, 422]);
    let ended = server.stop("TERM");
    check_silent(&[&ended.stdout, &ended.stderr]);
    assert_eq!(occurrences(&data.path(), CANARY), Vec::<PathBuf>::new());
    assert_eq!(listing(&data.path()), before);
}

#[test]
fn many_at_once_are_all_answered() {
    let (_place, data) = knots();
    let server = Server::with(&data, &ON);
    let badge = open_badge_3(&mixed()).to_string();
    std::thread::scope(|scope| {
        for _ in 0..24 {
            scope.spawn(|| {
                let answer = send(&server, PATH, "application/json", badge.as_bytes());
                assert_eq!(answer.status, 200, "{answer:?}");
            });
        }
    });
}
