//! What says nearly the same.

use serde_json::{Value, json};

use crate::paths::search::{SHARED, good, item, key, shop};
use crate::paths::serve::problem;
use crate::support::DataDir;
use crate::support::http::{Server, encoded, request};
use crate::support::package::{guid, package, save};

#[test]
fn the_same_words_are_found_for_a_text_and_for_a_resource() {
    let data = shop();
    let server = Server::of(&data);
    let by_text = good(&server.get(&format!("/v1/similar?text={}", encoded(SHARED))));
    let found = by_text["similar"].as_array().unwrap();
    let mut keys: Vec<String> = found.iter().take(2).map(key).collect();
    keys.sort();
    assert_eq!(keys, [item(1, 1), item(2, 1)], "{by_text}");
    assert!(found.iter().take(2).all(|similar| similar["grade"] == "same"), "{by_text}");
    for id in [guid(1, 1), format!("urn:uuid:{}", guid(1, 1)), item(1, 1)] {
        for elsewhere in ["", "&elsewhere=true"] {
            let path = format!("/v1/similar?id={}{elsewhere}", encoded(&id));
            let by_id = good(&server.get(&path));
            assert_eq!(by_id["key"], item(1, 1));
            assert_eq!(key(&by_id["similar"][0]), item(2, 1), "{by_id}");
        }
    }
    let body =
        json!({ "id": guid(1, 1), "elsewhere": true, "limit": 1, "publisher": "The Bakers" });
    let posted = good(&server.post("/v1/similar", &body.to_string()));
    assert_eq!(posted["similar"].as_array().unwrap().len(), 1);
    let typed = data.json(&[
        "similar",
        &guid(1, 1),
        "--elsewhere",
        "--limit",
        "1",
        "--publisher",
        "The Bakers",
    ]);
    assert_eq!(typed, posted);
}

#[test]
fn the_words_that_differ_are_told() {
    let server = Server::of(&shop());
    let text = "Adds simple fractions with unlike denominators";
    let json = good(&server.post("/v1/similar", &json!({ "text": text }).to_string()));
    let near = &json["similar"][0];
    assert_eq!(near["onlyHere"], json!(["simple"]), "{near}");
    assert_eq!(near["onlyThere"], json!([]));
    let score = near["score"].as_f64().unwrap();
    assert!((0.5..1.0).contains(&score), "{near}");
    let strict =
        good(&server.post("/v1/similar", &json!({ "text": text, "threshold": 1 }).to_string()));
    assert_eq!(strict["similar"], json!([]));
}

#[test]
fn a_report_goes_over_a_framework_line_by_line() {
    let data = shop();
    let server = Server::of(&data);
    let body = json!({ "report": guid(1, 0), "elsewhere": true });
    let answer = server.post("/v1/similar", &body.to_string());
    assert_eq!(answer.field("content-type"), Some("application/x-ndjson"), "{answer:?}");
    let text = String::from_utf8(answer.body.clone()).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [duplicates, end] = lines.as_slice() else { panic!("{text}") };
    assert_eq!(key(duplicates), item(1, 1));
    assert_eq!(key(&duplicates["similar"][0]), item(2, 1));
    let expected =
        json!({ "generation": 1, "framework": item(1, 0), "items": 4, "withDuplicates": 1 });
    assert_eq!(*end, expected);
    let typed = data.run(&["similar", "--report", &guid(1, 0), "--elsewhere", "--json"]);
    assert_eq!((typed.status, typed.stdout), (0, text));
    let table = data.run(&["similar", "--report", &guid(1, 0), "--elsewhere"]);
    assert!(table.stdout.contains("1 of 4 items have near-duplicates"), "{table:?}");
    let none =
        data.run(&["similar", "--report", &guid(1, 0), "--elsewhere", "--subject", "Sailing"]);
    assert_eq!(none.status, 1, "{none:?}");
}

#[test]
fn a_code_stands_for_the_one_resource_that_has_it() {
    let data = shop();
    let server = Server::of(&data);
    let by_code = good(&server.get("/v1/similar?id=T.1"));
    assert_eq!(by_code, good(&server.get(&format!("/v1/similar?id={}", guid(1, 1)))));
    assert_eq!(by_code["key"], item(1, 1));
    assert_eq!(data.json(&["similar", "T.1"]), by_code);
}

#[test]
fn a_code_that_several_have_is_never_taken_for_a_text() {
    let folder = tempfile::tempdir().unwrap();
    for n in [1, 2] {
        let items = [(1, "Ties a bowline")];
        save(folder.path(), &format!("{n}.json"), &package(n, &format!("Knots {n}"), &items));
    }
    let data = DataDir::holding(&[folder.path()]);
    let server = Server::of(&data);
    let told = problem(&server.get("/v1/similar?id=T.1"), 409, "ambiguous-resource");
    assert_eq!(told["candidates"].as_array().unwrap().len(), 2, "{told}");
    let said = data.run(&["similar", "T.1"]);
    assert_eq!(said.status, 1, "{said:?}");
    assert!(said.stdout.contains("Knots 1") && said.stdout.contains("Knots 2"), "{said:?}");
}

#[test]
fn what_is_like_a_resource_is_of_its_kind_unless_a_kind_is_named() {
    let folder = tempfile::tempdir().unwrap();
    for n in [1, 2] {
        let items = [(1, "Knots and splices")];
        save(folder.path(), &format!("{n}.json"), &package(n, "Knots and splices", &items));
    }
    let data = DataDir::holding(&[folder.path()]);
    let server = Server::of(&data);
    let ask = |filter: &str| {
        let found = good(&server.get(&format!("/v1/similar?id={}{filter}", guid(1, 0))));
        found["similar"].as_array().unwrap().iter().map(key).collect::<Vec<_>>()
    };
    assert_eq!(ask(""), [item(2, 0)]);
    let mut items = ask("&kind=competency");
    items.sort();
    assert_eq!(items, [item(1, 1), item(2, 1)]);
}

#[test]
fn a_report_over_http_is_bounded_and_one_that_is_typed_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let texts: Vec<String> = (1..=320).map(|n| format!("Ties knot number {n}")).collect();
    let items: Vec<(u32, &str)> = (1..).zip(texts.iter().map(String::as_str)).collect();
    save(folder.path(), "knots.json", &package(1, "Knots", &items));
    let data = DataDir::holding(&[folder.path()]);
    let server = Server::of(&data);
    let path = format!("/v1/similar?report={}", guid(1, 0));
    let told = problem(&server.get(&path), 400, "invalid-parameter");
    assert_eq!((&told["parameter"], &told["max"]), (&json!("report"), &json!(300)), "{told}");
    let told = problem(&server.get(&format!("{path}&limit=11")), 400, "invalid-parameter");
    assert_eq!((&told["parameter"], &told["max"]), (&json!("limit"), &json!(10)), "{told}");
    let said = data.run(&["similar", "--report", &guid(1, 0), "--threshold", "1"]);
    assert!(said.stdout.contains("0 of 320 items have near-duplicates"), "{said:?}");
}

#[test]
fn only_a_resource_has_an_elsewhere() {
    let data = shop();
    let server = Server::of(&data);
    let told = problem(&server.get("/v1/similar?text=a&elsewhere=true"), 400, "invalid-parameter");
    assert_eq!(told["parameter"], "elsewhere");
    let body = json!({ "text": "a", "elsewhere": true });
    let told = problem(&server.post("/v1/similar", &body.to_string()), 400, "invalid-body");
    assert_eq!(told["pointer"], "/elsewhere");
    assert_eq!(data.run(&["similar", "adds fractions", "--elsewhere"]).status, 2);
}

#[test]
fn a_body_says_of_what_and_is_one_json_text() {
    let server = Server::of(&shop());
    for (query, code) in [("text=a", "unknown-parameter"), ("limit=x", "invalid-parameter")] {
        let path = format!("/v1/similar?{query}");
        problem(&server.post(&path, r#"{"text":"a"}"#), 400, code);
    }
    let fields = [("Content-Type", "application/x-ndjson")];
    let answer = server.send(&request("POST", "/v1/similar", &fields, b"{\"text\":\"a\"}\n"));
    problem(&answer, 415, "media-type");
    assert_eq!(answer.field("accept-post"), Some("application/json"));
}

#[test]
fn what_cannot_be_looked_for_is_told() {
    let data = shop();
    let server = Server::of(&data);
    problem(&server.get(&format!("/v1/similar?id={}", guid(9, 9))), 404, "unknown-resource");
    problem(&server.get("/v1/similar"), 400, "missing-parameter");
    for (query, second) in
        [("id=T.1&text=a", "text"), ("text=a&report=b", "report"), ("id=a&report=b", "report")]
    {
        let told = problem(&server.get(&format!("/v1/similar?{query}")), 400, "invalid-parameter");
        assert_eq!(told["parameter"], second);
    }
    problem(&server.get("/v1/similar?text=a&threshold=2"), 400, "invalid-parameter");
    let told = problem(
        &server.get(&format!("/v1/similar?report={}", guid(1, 1))),
        400,
        "invalid-parameter",
    );
    assert_eq!(told["parameter"], "report");
    let told =
        problem(&server.post("/v1/similar", r#"{"text":"a","limit":"x"}"#), 400, "invalid-body");
    assert_eq!(told["pointer"], "/limit");
    for (args, status) in [
        (vec!["similar", &guid(9, 9)], 1),
        (vec!["similar", "nothing", "says", "zymurgy"], 1),
        (vec!["similar", "--report", &guid(1, 1)], 2),
        (vec!["similar", "--report", &guid(9, 9)], 1),
        (vec!["similar", "--threshold", "2", "a"], 2),
        (vec!["similar"], 2),
    ] {
        let said = data.run(&args);
        assert_eq!(said.status, status, "{args:?}: {said:?}");
    }
}
