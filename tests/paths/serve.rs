//! The HTTP door: what it answers, what it refuses, what it lets nobody see.

mod caching;
mod life;
mod limits;
mod privacy;
mod problems;
mod refusals;
mod writing;

use std::path::Path;

use serde_json::{Value, json};

use crate::support::DataDir;
use crate::support::http::{Answer, Server, encoded};
use crate::support::package::{guid, numbered, package, save};

/// Two frameworks; the code `T.1` stands in both, `T.120` only in the second.
fn knots() -> DataDir {
    let folder = tempfile::tempdir().unwrap();
    let items = [(1, "Ties a bowline"), (2, "Ties a sheet bend")];
    save(folder.path(), "knots.json", &package(1, "Knots at Sea and on Land", &items));
    save(folder.path(), "more.json", &numbered(2, "Knots by Number", 120));
    DataDir::holding(&[folder.path()])
}

/// The sample set that comes with the program.
fn samples() -> DataDir {
    DataDir::holding(&[&Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/frameworks")])
}

/// Checks what every good answer has.
#[track_caller]
fn good(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.field("content-type"), Some("application/json"));
    let json = answer.json();
    assert_eq!(json["generation"].to_string(), answer.field("alidade-generation").unwrap());
    json
}

/// Checks what every problem has, and gives it.
#[track_caller]
pub(super) fn problem(answer: &Answer, status: u16, code: &str) -> Value {
    let json = answer.json();
    assert_eq!(answer.status, status, "{json}");
    assert_eq!(answer.field("content-type"), Some("application/problem+json"), "{json}");
    assert_eq!(json["type"], format!("/problems/{code}"), "{json}");
    assert_eq!(json["status"], status, "{json}");
    for member in ["title", "detail"] {
        assert!(json[member].as_str().is_some_and(|text| !text.is_empty()), "{json}");
    }
    json
}

#[test]
fn an_identifier_is_resolved_as_on_the_command_line() {
    let data = knots();
    let server = Server::of(&data);
    for id in [
        guid(1, 1),
        guid(1, 1).to_uppercase(),
        format!("https://case.loom.example/ims/case/v1p0/CFItems/{}", guid(2, 7)),
        "T.1".to_owned(),
        "T.120".to_owned(),
        guid(9, 9),
        "ce-6b9bf846-d7cc-11e8-824f-0242ac160002".to_owned(),
    ] {
        let json = good(&server.get(&format!("/v1/resolve?id={}", encoded(&id))));
        assert_eq!(json["resolution"], data.resolution(&id), "{id}");
        assert!(json["notChecked"].as_str().unwrap().contains("were not checked"));
    }
    let path = format!(
        "/v1/resolve?id=T.1&framework={}&asOf=2020-02-29",
        encoded("Knots at Sea and on Land")
    );
    let json = good(&server.get(&path));
    assert_eq!(json["asOf"], "2020-02-29");
    assert_eq!(json["resolution"]["verdict"], "resolved");
    assert_eq!(json["resolution"]["found"][0]["evidence"]["rung"], "code");
}

#[test]
fn many_identifiers_are_answered_in_their_order() {
    let data = knots();
    let server = Server::of(&data);
    let alignment = json!({
        "type": ["Alignment"],
        "targetUrl": format!("https://case.loom.example/uri/{}", guid(1, 1)),
        "targetCode": "T.1",
        "targetName": "Ties a granny knot",
        "targetFramework": "Knots at Sea and on Land",
        "targetDescription": "of rope",
    });
    let ids = json!([
        guid(1, 2), alignment, guid(9, 9), { "id": "T.2", "framework": guid(2, 0) },
        { "targetCode": "T.2" }, "", { "targetName": "Ties a bowline" },
    ]);
    let body = json!({ "ids": ids, "asOf": "2024-05-06" }).to_string();
    let json = good(&server.post("/v1/resolve", &body));
    assert_eq!(json["asOf"], "2024-05-06");
    let answers = json["answers"].as_array().unwrap();
    let verdicts: Vec<&str> =
        answers.iter().map(|answer| answer["resolution"]["verdict"].as_str().unwrap()).collect();
    let expected =
        ["resolved", "resolved", "unknown", "resolved", "ambiguous", "malformed", "unknown"];
    assert_eq!(verdicts, expected);
    let alone = data.json(&["resolve", &guid(1, 2), "--as-of", "2024-05-06"]);
    assert_eq!(answers[0]["resolution"], alone["answers"][0]["resolution"]);
    let notices = answers[1]["resolution"]["notices"].as_array().unwrap();
    assert!(notices.iter().any(|notice| notice["kind"] == "text_differs"), "{notices:?}");
    assert!(answers[3].to_string().contains(&guid(2, 2)), "{}", answers[3]);
    let hundred: Vec<String> = (1..=100).map(|n| guid(2, n)).collect();
    let json = good(&server.post("/v1/resolve", &json!({ "ids": hundred }).to_string()));
    let answers = json["answers"].as_array().unwrap();
    let is_in_place = |(id, answer): (&String, &Value)| answer.to_string().contains(id.as_str());
    assert!(answers.len() == 100 && hundred.iter().zip(answers).all(is_in_place));
}

#[test]
fn a_resource_is_shown_in_every_spelling_as_on_the_command_line() {
    let data = knots();
    let server = Server::of(&data);
    let id = guid(2, 7);
    let shown = data.json(&["show", &id]);
    for spelling in [
        id.clone(),
        id.to_uppercase(),
        format!("urn:uuid:{id}"),
        format!("{{{id}}}"),
        format!("https://case.loom.example/ims/case/v1p0/CFItems/{id}"),
        format!("https://elsewhere.example/uri/{id}/?a=b&c=d#e"),
    ] {
        let json = good(&server.get(&format!("/v1/resources/{}", encoded(&spelling))));
        assert_eq!(json, shown, "{spelling}");
    }
    let then = good(&server.get(&format!("/v1/resources/{id}?asOf=1999-12-31")));
    assert_eq!(then["asOf"], "1999-12-31");
    assert_eq!(then, data.json(&["show", &id, "--as-of", "1999-12-31"]));
}

#[test]
fn a_resource_that_is_unknown_or_ambiguous_is_a_problem_that_says_what_was_tried() {
    let server = Server::of(&knots());
    let unknown = problem(
        &server.get(&format!("/v1/resources/{}?asOf=2024-01-01", guid(9, 9))),
        404,
        "unknown-resource",
    );
    assert_eq!(unknown["verdict"], "unknown");
    assert_eq!(unknown["generation"], 1);
    assert_eq!(unknown["asOf"], "2024-01-01");
    assert!(unknown["tried"].to_string().contains(&format!("guid:{}", guid(9, 9))), "{unknown}");
    let ambiguous = problem(&server.get("/v1/resources/T.1"), 409, "ambiguous-resource");
    let candidates = ambiguous["candidates"].as_array().unwrap();
    assert_eq!(candidates.len(), 2, "{ambiguous}");
    for (candidate, framework) in candidates.iter().zip([1, 2]) {
        assert_eq!(candidate["key"], format!("guid:{}", guid(framework, 1)), "{ambiguous}");
        assert_eq!(candidate["code"], "T.1");
        assert!(candidate["framework"].as_str().unwrap().starts_with("Knots"), "{ambiguous}");
    }
    let malformed = server.get("/v1/resources/%20");
    assert_eq!(problem(&malformed, 400, "invalid-path")["verdict"], "malformed");
}

#[test]
fn words_are_searched_as_on_the_command_line() {
    let data = samples();
    let server = Server::of(&data);
    let framework = data.json(&["search", "--kind", "framework", "Northfield"]);
    let framework = framework["results"]["hits"][0]["card"]["resource"]["identity"]["key"].clone();
    let framework = framework.as_str().unwrap();
    for (path, args) in [
        ("q=fractions+on+a+number+line", vec!["fractions on a number line"]),
        ("q=fractions&limit=3&offset=2", vec!["fractions", "--limit", "3", "--offset", "2"]),
        ("q=bead&kind=rubricCriterionLevel", vec!["bead", "--kind", "rubricCriterionLevel"]),
        (
            &format!("q=fractions&framework={}", encoded(framework)),
            vec!["fractions", "--framework", framework],
        ),
        ("q=zymurgy", vec!["zymurgy"]),
    ] {
        let json = good(&server.get(&format!("/v1/search?{path}")));
        assert_eq!(json, data.json(&[&["search"], args.as_slice()].concat()), "{path}");
    }
    let all = good(&server.get("/v1/search?q=fractions+on+a+number+line&limit=100"));
    assert!(all["results"]["hits"].as_array().unwrap().len() > 10, "{all}");
}

#[test]
fn every_answer_may_be_read_from_any_page() {
    let server = Server::of(&knots());
    let id = guid(1, 1);
    for path in
        ["/v1/search?q=knot", "/livez", "/readyz", "/nowhere", "/v1/search", "/v1/resources/x"]
    {
        let answer = server.get(path);
        for (name, value) in [
            ("access-control-allow-origin", "*"),
            ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            ("alidade-generation", "1"),
        ] {
            assert_eq!(answer.field(name), Some(value), "{path}: {answer:?}");
        }
        assert_eq!(answer.field("access-control-allow-credentials"), None);
    }
    let fields = [
        ("Origin", "https://page.example"),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", "content-type"),
    ];
    let preflight =
        server.send(&crate::support::http::request("OPTIONS", "/v1/resolve", &fields, b""));
    assert_eq!((preflight.status, preflight.body.len()), (204, 0), "{preflight:?}");
    assert_eq!(preflight.field("access-control-allow-origin"), Some("*"));
    let headers = preflight.field("access-control-allow-headers");
    let allowed = "Accept, Accept-Language, Content-Type, If-None-Match, Range, X-Requested-With";
    assert_eq!(headers, Some(allowed));
    assert!(preflight.field("access-control-allow-methods").unwrap().contains("POST"));
    let path = format!("/v1/resources/{id}");
    let head = server.send(&crate::support::http::request("HEAD", &path, &[], b""));
    assert_eq!((head.status, head.body.len()), (200, 0), "{head:?}");
}
