//! Problems, and the pages that explain them.

use std::collections::BTreeSet;

use crate::paths::serve::{knots, problem};
use crate::support::http::{Server, request};

#[test]
fn every_problem_names_its_request_and_a_caller_cannot_choose_the_number() {
    let server = Server::of(&knots());
    let mut seen = BTreeSet::new();
    for (path, status) in
        [("/livez", 200), ("/nowhere", 404), ("/v1/search?wrong=1", 400), ("/v1/resources/x", 404)]
    {
        let fields = [("X-Request-Id", "quillfeather"), ("X-Correlation-Id", "quillfeather")];
        let answer = server.send(&request("GET", path, &fields, b""));
        assert_eq!(answer.status, status, "{path}");
        let id = answer.field("x-request-id").unwrap().to_owned();
        assert!(id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
        if status != 200 {
            assert_eq!(answer.json()["instance"], format!("urn:alidade:request:{id}"), "{path}");
        }
        assert!(seen.insert(id), "two requests have one number");
    }
}

#[test]
fn the_type_of_a_problem_leads_to_a_page_that_explains_it() {
    let server = Server::of(&knots());
    for path in ["/nowhere", "/v1/search?wrong=1", "/v1/resources/x", "/v1/range/no"] {
        let told = server.get(path).json();
        let place = told["type"].as_str().unwrap();
        let page = server.get(place);
        assert_eq!(
            (page.status, page.field("content-type")),
            (200, Some("text/html; charset=utf-8"))
        );
        let page = String::from_utf8(page.body).unwrap();
        assert!(page.contains(told["title"].as_str().unwrap()), "{page}");
        let json =
            server.send(&request("GET", place, &[("Accept", "application/json")], b"")).json();
        for member in ["type", "title", "status"] {
            assert_eq!(json[member], told[member], "{json}");
        }
        assert!(json["meaning"].is_string() && json["remedy"].is_string(), "{json}");
    }
    let list =
        server.send(&request("GET", "/problems", &[("Accept", "application/json")], b"")).json();
    let codes: BTreeSet<&str> = list["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| problem["code"].as_str().unwrap())
        .collect();
    for code in ["too-many-requests", "media-type", "internal", "credential"] {
        assert!(codes.contains(code), "{codes:?}");
    }
    let page = String::from_utf8(server.get("/problems").body).unwrap();
    assert!(
        codes.iter().all(|code| page.contains(&format!("href=\"/problems/{code}\""))),
        "{page}"
    );
    let unknown = problem(&server.get("/problems/quillfeather"), 404, "no-such-route");
    assert!(!unknown.to_string().contains("quillfeather"), "{unknown}");
}

#[test]
fn a_service_that_knows_its_address_says_the_type_of_a_problem_whole() {
    let args = ["--set", "serve.public_url=https://alidade.example/"];
    let server = Server::with(&knots(), &args);
    let told = server.get("/nowhere").json();
    assert_eq!(told["type"], "https://alidade.example/problems/no-such-route", "{told}");
    // So does one that stands among the answers to many.
    let lines = |body: &str| {
        let fields = [("Content-Type", "application/x-ndjson")];
        server.send(&request("POST", "/v1/resolve", &fields, body.as_bytes())).json()
    };
    let nested = [
        lines("{\"targetUri\": \"T.1\"}")["error"].clone(),
        server.post("/v1/resolve", r#"{"ids":[7]}"#).json()["answers"][0]["error"].clone(),
        server.post("/v1/suggest", r#"{"texts":[7]}"#).json()["answers"][0]["error"].clone(),
        server.post("/v1/multi-search", r#"{"searches":[7]}"#).json()["answers"][0]["error"]
            .clone(),
    ];
    for error in nested {
        assert_eq!(error["type"], "https://alidade.example/problems/invalid-body", "{error}");
    }
    let description = server.get("/openapi.json").json();
    assert_eq!(description["servers"][0]["url"], "https://alidade.example");
}
