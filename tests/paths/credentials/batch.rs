//! `POST /v1/resolve`: many questions, one answer each.

use std::fs;

use serde_json::{Value, json};

use crate::paths::credentials::{alignment, check_silent, item, knots, mixed};
use crate::support::http::{Answer, Server, request};
use crate::support::package::guid;
use crate::support::shared;

fn ask(server: &Server, path: &str, fields: &[(&str, &str)], body: &str) -> Answer {
    server.send(&request("POST", path, fields, body.as_bytes()))
}

const NDJSON: (&str, &str) = ("Content-Type", "application/x-ndjson");
const JSON: (&str, &str) = ("Content-Type", "application/json");

fn lines(answer: &Answer) -> Vec<Value> {
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.field("content-type"), Some("application/x-ndjson"));
    let text = String::from_utf8(answer.body.clone()).unwrap();
    assert!(text.ends_with('\n'));
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn verdicts<'a>(answers: impl IntoIterator<Item = &'a Value>) -> Vec<&'a str> {
    answers.into_iter().map(|answer| answer["resolution"]["verdict"].as_str().unwrap()).collect()
}

/// Questions of which some cannot be read, and what each comes to: the verdict, and the pointer within the question.
fn questions() -> Vec<(Value, &'static str, Option<&'static str>)> {
    vec![
        (json!(guid(1, 1)), "resolved", None),
        (json!(7), "malformed", Some("")),
        (json!({ "targetUri": guid(1, 1), "id": "a" }), "malformed", Some("")),
        (alignment(2, "Ties a sheet bend"), "resolved", None),
        (json!({ "id": { "a": 1 } }), "malformed", Some("/id")),
        (json!({ "targetName": "x".repeat(5_000) }), "malformed", Some("/targetName")),
        (json!(""), "malformed", None),
        (json!(["a"]), "malformed", Some("")),
        (json!({ "id": guid(1, 2), "issuer": "https://loom.example/issuers/1" }), "resolved", None),
        (json!(guid(9, 9)), "unknown", None),
    ]
}

#[test]
fn one_bad_question_spoils_no_other() {
    let (_place, data) = knots();
    let server = Server::of(&data);
    let ids: Vec<Value> = questions().into_iter().map(|(id, ..)| id).collect();
    let answer = server.post("/v1/resolve", &json!({ "ids": ids }).to_string());
    assert_eq!(answer.status, 200, "{answer:?}");
    let json = answer.json();
    let answers = json["answers"].as_array().unwrap();
    let expected: Vec<&str> = questions().iter().map(|(_, verdict, _)| *verdict).collect();
    assert_eq!(verdicts(answers), expected);
    for (at, (answer, (_, _, pointer))) in answers.iter().zip(questions()).enumerate() {
        let Some(pointer) = pointer else {
            assert!(answer.get("error").is_none(), "{answer}");
            continue;
        };
        assert_eq!(answer["error"]["type"], "/problems/invalid-body", "{answer}");
        assert_eq!(answer["error"]["pointer"], format!("/ids/{at}{pointer}"), "{answer}");
        assert_eq!(answer["error"]["detail"], answer["resolution"]["reason"], "{answer}");
    }
}

#[test]
fn questions_may_come_and_answers_go_line_by_line() {
    let (_place, data) = knots();
    let server = Server::of(&data);
    let mut body: Vec<String> = questions().iter().map(|(id, ..)| id.to_string()).collect();
    body.insert(2, String::new());
    body.insert(5, "{\"id\": ".to_owned());
    let answers =
        lines(&ask(&server, "/v1/resolve?asOf=2024-05-06", &[NDJSON], &body.join("\r\n")));
    let mut expected: Vec<&str> = questions().iter().map(|(_, verdict, _)| *verdict).collect();
    expected.insert(4, "malformed");
    assert_eq!(verdicts(&answers), expected);
    let numbers: Vec<Value> =
        answers.iter().map(|answer| json!([answer["index"], answer["line"]])).collect();
    let at = [1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    let counted: Vec<Value> = at.iter().enumerate().map(|(n, line)| json!([n, line])).collect();
    assert_eq!(numbers, counted);
    for answer in &answers {
        assert_eq!((&answer["generation"], &answer["asOf"]), (&json!(1), &json!("2024-05-06")));
        assert!(answer["notChecked"].as_str().unwrap().contains("not verification"));
    }
    assert_eq!(answers[4]["error"]["type"], "/problems/invalid-json");
    assert_eq!(answers[2]["error"]["pointer"], "");
}

#[test]
fn the_answer_has_the_form_that_is_asked_for() {
    let (_place, data) = knots();
    let server = Server::of(&data);
    let in_lines = format!("\"{}\"\n\"{}\"\n", guid(1, 1), guid(9, 9));
    let in_json = json!({ "ids": [guid(1, 1), guid(9, 9)] }).to_string();
    let to_json = [NDJSON, ("Accept", "application/json")];
    let whole = ask(&server, "/v1/resolve", &to_json, &in_lines);
    assert_eq!(whole.field("content-type"), Some("application/json"));
    let usual = ask(&server, "/v1/resolve", &[JSON], &in_json);
    assert_eq!(whole.json(), usual.json());
    let to_lines = [JSON, ("Accept", "application/x-ndjson, application/json;q=0.5")];
    let answers = lines(&ask(&server, "/v1/resolve", &to_lines, &in_json));
    assert_eq!(verdicts(&answers), ["resolved", "unknown"]);
    assert!(answers[0].get("line").is_none());
    for (answer, usual) in answers.iter().zip(usual.json()["answers"].as_array().unwrap()) {
        assert_eq!(answer["resolution"], usual["resolution"]);
    }
}

#[test]
fn a_thousand_are_answered_and_one_more_is_not() {
    let (_place, data) = knots();
    let server = Server::of(&data);
    let long = |n: usize| {
        let mut question = alignment(1, "Ties a bowline");
        question["targetDescription"] = json!("of rope, ".repeat(150));
        vec![question; n]
    };
    let answer = server.post("/v1/resolve", &json!({ "ids": long(1_000) }).to_string());
    assert_eq!(answer.status, 200, "{answer:?}");
    let json = answer.json();
    assert_eq!(verdicts(json["answers"].as_array().unwrap()), ["resolved"; 1_000]);
    let too_many = server.post("/v1/resolve", &json!({ "ids": long(1_001) }).to_string());
    assert_eq!(too_many.status, 400, "{too_many:?}");
    assert_eq!(
        (&too_many.json()["pointer"], &too_many.json()["max"]),
        (&json!("/ids"), &json!(1_000))
    );
    let lines = "\"a\"\n".repeat(1_001);
    let too_many = ask(&server, "/v1/resolve", &[NDJSON], &lines);
    assert_eq!((too_many.status, &too_many.json()["max"]), (400, &json!(1_000)));
    assert_eq!(ask(&server, "/v1/resolve", &[NDJSON], "\n").status, 400);
}

#[test]
fn the_day_stands_in_one_place() {
    let (_place, data) = knots();
    let server = Server::of(&data);
    let body = json!({ "ids": ["a"], "asOf": "2024-05-06" }).to_string();
    assert_eq!(server.post("/v1/resolve", &body).json()["asOf"], "2024-05-06");
    let twice = server.post("/v1/resolve?asOf=2024-05-06", &body).json();
    assert_eq!((&twice["status"], &twice["pointer"]), (&json!(400), &json!("/asOf")));
    let wrong = ask(&server, "/v1/resolve?asOf=May", &[NDJSON], "\"a\"").json();
    assert_eq!((&wrong["status"], &wrong["parameter"]), (&json!(400), &json!("asOf")));
}

#[test]
fn every_sample_is_a_credential_and_a_fair_list_of_alignments_is_none() {
    let (_place, data) = knots();
    let server = Server::of(&data);
    for fields in [[JSON], [NDJSON]] {
        let body = match fields {
            [JSON] => json!({ "ids": mixed() }).to_string(),
            _ => mixed().iter().map(|entry| entry.to_string() + "\n").collect(),
        };
        let answer = ask(&server, "/v1/resolve", &fields, &body);
        assert_eq!(answer.status, 200, "{answer:?}");
    }
    let Some(folder) = shared("credentials") else { return };
    let mut n_files = 0;
    for kind in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let Ok(files) = fs::read_dir(&kind) else { continue };
        for path in files.map(|entry| entry.unwrap().path()) {
            let body = fs::read(&path).unwrap();
            for media_type in
                ["application/json", "application/x-ndjson", "text/plain", "image/png"]
            {
                let fields = [("Content-Type", media_type)];
                let answer = server.send(&request("POST", "/v1/resolve", &fields, &body));
                assert_eq!(answer.status, 422, "{} as {media_type}: {answer:?}", path.display());
                let told = answer.json();
                assert_eq!(told["type"], "/problems/credential");
                assert!(told["detail"].as_str().unwrap().contains("alidade resolve FILE"));
            }
            n_files += 1;
        }
    }
    assert!(n_files > 70, "{n_files}");
}

#[test]
fn no_problem_repeats_what_was_asked() {
    let (_place, data) = knots();
    let server = Server::of(&data);
    let word = crate::paths::credentials::CANARY;
    let bodies = [
        format!("{{ {word}"),
        format!("{{\"ids\": [{word}]}}"),
        json!({ "ids": [{ "id": [word] }, { "id": word, "targetUrl": word }, [word]] }).to_string(),
        json!({ "ids": word }).to_string(),
    ];
    for body in bodies {
        let answer = server.post("/v1/resolve", &body);
        check_silent(&[&String::from_utf8_lossy(&answer.body)]);
    }
    assert!(server.post("/v1/resolve", &json!({ "ids": [item(1)] }).to_string()).status == 200);
}
