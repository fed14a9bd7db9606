//! Several searches in one request.

use serde_json::{Value, json};

use crate::paths::search::{ask, good, item, keys, shop};
use crate::paths::serve::problem;
use crate::support::http::{Server, request};

#[test]
fn several_searches_are_answered_in_their_order_as_if_each_were_alone() {
    let server = Server::of(&shop());
    let body = json!({ "searches": [
        { "q": "fractions", "kind": ["competency"], "limit": 1, "facets": ["kind", "subject"] },
        { "q": "flour", "publisher": "The Bakers", "highlight": true },
        { "kind": ["framework", "credential"], "sort": "title" },
        {},
    ] });
    let json = good(&server.post("/v1/multi-search", &body.to_string()));
    let answers = json["answers"].as_array().unwrap();
    for (answer, query) in answers.iter().zip([
        "q=fractions&kind=competency&limit=1&facets=kind,subject",
        "q=flour&publisher=The+Bakers&highlight=true",
        "kind=framework&kind=credential&sort=title",
        "",
    ]) {
        assert_eq!(answer["results"], ask(&server, query), "{query}");
        assert_eq!(answer["generation"], 1);
    }
    assert_eq!(answers.len(), 4);
}

#[test]
fn what_stands_beside_the_searches_holds_for_all_of_them() {
    let server = Server::of(&shop());
    let body = json!({ "searches": [{ "q": "fractions" }, { "q": "fractions", "limit": 2 }], "limit": 1, "kind": "competency" });
    let json = good(&server.post("/v1/multi-search", &body.to_string()));
    let n_hits: Vec<usize> = json["answers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|answer| keys(&answer["results"]).len())
        .collect();
    assert_eq!(n_hits, [1, 2]);
}

#[test]
fn an_empty_list_lifts_a_filter_that_stands_beside() {
    let server = Server::of(&shop());
    let body = json!({ "searches": [{ "q": "bread" }, { "q": "bread", "kind": [] }], "kind": ["competency"] });
    let json = good(&server.post("/v1/multi-search", &body.to_string()));
    assert_eq!(json["answers"][0]["results"], ask(&server, "q=bread&kind=competency"));
    assert_eq!(json["answers"][1]["results"], ask(&server, "q=bread"));
    assert_ne!(json["answers"][0]["results"], json["answers"][1]["results"]);
}

#[test]
fn what_is_wrong_beside_the_searches_is_told_once() {
    let server = Server::of(&shop());
    for (shared, value, pointer) in [
        ("kind", json!("planet"), "/kind"),
        ("limit", json!(101), "/limit"),
        ("offset", json!(10_001), "/offset"),
        ("limt", json!(1), ""),
        ("cursor", json!("abc"), "/cursor"),
        ("highlight", json!({}), "/highlight"),
    ] {
        let mut body = json!({ "searches": [{ "q": "flour" }, { "q": "bread" }] });
        body[shared] = value;
        let told =
            problem(&server.post("/v1/multi-search", &body.to_string()), 400, "invalid-body");
        assert_eq!(told["pointer"], pointer, "{told}");
    }
    for (query, code) in [("limit=101", "invalid-parameter"), ("limt=1", "unknown-parameter")] {
        let path = format!("/v1/multi-search?{query}");
        problem(&server.post(&path, r#"{"searches":[{}]}"#), 400, code);
    }
}

#[test]
fn one_that_is_wrong_spoils_no_other() {
    let server = Server::of(&shop());
    let long = "a".repeat(4_001);
    let body = json!({ "searches": [
        { "q": "flour" }, { "q": "flour", "kind": "planet" }, { "q": "flour", "limt": 3 }, 7, { "q": long },
        { "q": { "a": 1 } }, { "q": "flour" },
    ] });
    let json = good(&server.post("/v1/multi-search", &body.to_string()));
    let answers = json["answers"].as_array().unwrap();
    let pointers: Vec<Option<&str>> =
        answers.iter().map(|answer| answer["error"]["pointer"].as_str()).collect();
    let expected = [
        None,
        Some("/searches/1/kind"),
        Some("/searches/2"),
        Some("/searches/3"),
        Some("/searches/4/q"),
        Some("/searches/5/q"),
        None,
    ];
    assert_eq!(pointers, expected, "{json}");
    assert!(answers[1]["error"]["known"].to_string().contains("competency"));
    assert_eq!(answers[0], answers[6]);
    assert_eq!(keys(&answers[0]["results"])[0], item(2, 3));
}

#[test]
fn too_many_searches_are_refused() {
    let server = Server::of(&shop());
    let post = |body: Value| server.post("/v1/multi-search", &body.to_string());
    let many = |n: usize| json!({ "searches": vec![json!({ "q": "flour", "limit": 1 }); n] });
    good(&post(many(20)));
    for body in [many(21), many(0), json!({}), json!({ "searches": "flour" })] {
        assert_eq!(problem(&post(body), 400, "invalid-body")["pointer"], "/searches");
    }
    problem(&post(json!([])), 400, "invalid-body");
    problem(&server.get("/v1/multi-search"), 405, "no-such-method");
}

#[test]
fn searches_come_and_are_answered_line_by_line() {
    let server = Server::of(&shop());
    let fields = [("Content-Type", "application/x-ndjson")];
    let body = b"{\"q\":\"flour\"}\n\n{\"q\"\n{\"kind\":\"framework\"}\n";
    let answer = server.send(&request("POST", "/v1/multi-search", &fields, body));
    assert_eq!((answer.status, answer.field("content-type")), (200, Some("application/x-ndjson")));
    let text = String::from_utf8(answer.body).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let seen: Vec<[&Value; 2]> = lines.iter().map(|line| [&line["index"], &line["line"]]).collect();
    assert_eq!(json!(seen), json!([[0, 1], [1, 3], [2, 4]]));
    assert_eq!(keys(&lines[0]["results"])[0], item(2, 3));
    assert_eq!(lines[1]["error"]["type"], "/problems/invalid-json");
    assert_eq!(lines[2]["results"]["total"], 2);
}
