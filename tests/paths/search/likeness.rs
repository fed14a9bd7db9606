//! What says nearly the same.

use serde_json::{Value, json};

use crate::paths::search::{SHARED, good, item, key, shop};
use crate::paths::serve::problem;
use crate::support::http::{Server, encoded};
use crate::support::package::guid;

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
fn what_cannot_be_looked_for_is_told() {
    let data = shop();
    let server = Server::of(&data);
    problem(&server.get(&format!("/v1/similar?id={}", guid(9, 9))), 404, "unknown-resource");
    problem(&server.get("/v1/similar"), 400, "missing-parameter");
    problem(&server.get("/v1/similar?id=T.1&text=a"), 400, "invalid-parameter");
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
        (vec!["similar", "--threshold", "2", "a"], 2),
        (vec!["similar"], 2),
    ] {
        let said = data.run(&args);
        assert_eq!(said.status, status, "{args:?}: {said:?}");
    }
}
