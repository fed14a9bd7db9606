//! From a text to the competencies that it is about.

use serde_json::{Value, json};

use crate::paths::search::{good, item, key, shop};
use crate::paths::serve::problem;
use crate::support::http::{Server, request};
use crate::support::package::guid;

/// The words stand behind characters that take more than a byte each.
const TEXT: &str =
    "Für 🥖-Bäcker: apprentices halve every recipe for bread, and they weigh the flour.";

fn suggest(server: &Server, body: &Value) -> Vec<Value> {
    let mut json = good(&server.post("/v1/suggest", &body.to_string()));
    match json["suggestions"].take() {
        Value::Array(suggestions) => suggestions,
        other => panic!("{other}"),
    }
}

/// The words of a text that speak for a suggestion.
fn evidence(text: &str, suggested: &Value) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let spans = suggested["evidence"].as_array().unwrap().iter();
    let words = spans.map(|span| {
        let at = |end: &str| usize::try_from(span[end].as_u64().unwrap()).unwrap();
        characters[at("from")..at("to")].iter().collect::<String>()
    });
    words.collect()
}

#[test]
fn a_text_names_its_competencies_and_the_words_that_speak_for_each() {
    let server = Server::of(&shop());
    let found = suggest(&server, &json!({ "text": TEXT }));
    let keys: Vec<String> = found.iter().map(key).collect();
    assert!(keys.contains(&item(2, 2)) && keys.contains(&item(2, 3)), "{keys:?}");
    let recipe = found.iter().find(|suggested| key(suggested) == item(2, 2)).unwrap();
    let words = evidence(TEXT, recipe).join(" ");
    for word in ["halve", "recipe", "bread"] {
        assert!(words.contains(word), "`{word}` is not in `{words}`");
    }
    let scores: Vec<f64> =
        found.iter().map(|suggested| suggested["score"].as_f64().unwrap()).collect();
    assert!(scores.iter().all(|score| (0.0..=1.0).contains(score)), "{scores:?}");
    assert!(scores.windows(2).all(|pair| pair[0] >= pair[1]), "{scores:?}");
    assert!(
        found
            .iter()
            .all(|suggested| suggested["card"]["resource"].to_string().contains("statement"))
    );
    assert_eq!(suggest(&server, &json!({ "text": "zymurgy qwertz" })), Vec::<Value>::new());
}

#[test]
fn filters_a_limit_and_a_threshold_hold() {
    let server = Server::of(&shop());
    let keys = |body: Value| suggest(&server, &body).iter().map(key).collect::<Vec<_>>();
    let text = "She adds fractions with unlike denominators.";
    let carpenters = keys(json!({ "text": text, "framework": guid(1, 0) }));
    assert_eq!(carpenters[0], item(1, 1));
    assert!(!carpenters.contains(&item(2, 1)));
    assert_eq!(
        keys(json!({ "text": text, "publisher": ["The Bakers"], "limit": 1 })),
        [item(2, 1)]
    );
    assert_eq!(keys(json!({ "text": text, "level": "8" })), Vec::<String>::new());
    let best = suggest(&server, &json!({ "text": text }))[0]["score"].as_f64().unwrap();
    let kept = suggest(&server, &json!({ "text": text, "threshold": best }));
    assert!(!kept.is_empty());
    assert!(kept.iter().all(|suggested| suggested["score"].as_f64().unwrap() >= best - 1e-6));
}

#[test]
fn many_texts_are_answered_in_their_order() {
    let server = Server::of(&shop());
    let alone = suggest(&server, &json!({ "text": TEXT, "limit": 1 }));
    let body = json!({ "texts": [TEXT, { "text": "chisel", "limit": 2 }, 7, { "text": TEXT, "kind": "planet" }], "limit": 1 });
    let json = good(&server.post("/v1/suggest", &body.to_string()));
    let answers = json["answers"].as_array().unwrap();
    assert_eq!(answers.len(), 4);
    assert_eq!(answers[0]["suggestions"], Value::from(alone.clone()));
    assert!(answers[1]["suggestions"].is_array());
    assert_eq!(answers[2]["error"]["pointer"], "/texts/2");
    assert_eq!(answers[3]["error"]["pointer"], "/texts/3/kind");
    let lines = format!("{}\n{}\n", json!(TEXT), json!({ "text": TEXT, "limit": 1 }));
    let fields = [("Content-Type", "application/x-ndjson")];
    let answer = server.send(&request("POST", "/v1/suggest?limit=1", &fields, lines.as_bytes()));
    let text = String::from_utf8(answer.body).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    for (at, line) in lines.iter().enumerate() {
        assert_eq!((&line["index"], &line["line"]), (&json!(at), &json!(at + 1)));
        assert_eq!(line["suggestions"], Value::from(alone.clone()));
    }
}

#[test]
fn what_cannot_be_read_is_pointed_at() {
    let server = Server::of(&shop());
    for (body, pointer) in [
        (json!({}), "/text"),
        (json!({ "text": "" }), "/text"),
        (json!({ "text": "a".repeat(10_001) }), "/text"),
        (json!({ "text": "a", "threshold": 1.5 }), "/threshold"),
        (json!({ "text": "a", "limit": 1000 }), "/limit"),
        (json!({ "text": "a", "txt": "b" }), ""),
        (json!({ "texts": [] }), "/texts"),
        (json!({ "texts": vec!["a"; 101] }), "/texts"),
    ] {
        let told = problem(&server.post("/v1/suggest", &body.to_string()), 400, "invalid-body");
        assert_eq!(told["pointer"], pointer, "{told}");
    }
    assert!(suggest(&server, &json!({ "text": "a ".repeat(5_000) })).len() <= 10);
    for (body, pointer) in [
        (json!({ "texts": ["a"], "limit": 101 }), "/limit"),
        (json!({ "texts": ["a"], "kind": "planet" }), "/kind"),
        (json!({ "texts": ["a"], "txt": "b" }), ""),
        (json!({ "texts": ["a"], "text": "b" }), "/text"),
    ] {
        let told = problem(&server.post("/v1/suggest", &body.to_string()), 400, "invalid-body");
        assert_eq!(told["pointer"], pointer, "{told}");
    }
    for (query, code, parameter) in [
        ("text=private", "unknown-parameter", "text"),
        ("limit=101", "invalid-parameter", "limit"),
        ("kind=planet", "invalid-parameter", "kind"),
    ] {
        let answer = server.post(&format!("/v1/suggest?{query}"), r#"{"text":"a"}"#);
        assert_eq!(problem(&answer, 400, code)["parameter"], parameter);
    }
    problem(&server.get("/v1/suggest?text=a"), 405, "no-such-method");
}

#[test]
fn what_looks_like_a_credential_is_not_read() {
    let server = Server::of(&shop());
    let token = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJkaWQ6ZXhhbXBsZToxIn0.c2lnbmF0dXJl";
    for path in ["/v1/suggest", "/v1/similar", "/v1/multi-search"] {
        for body in [
            json!({ "credentialSubject": { "id": "did:example:1" } }),
            json!({ "text": token }),
            json!({ "text": "a", "recipient": { "identity": "a@learners.example" } }),
        ] {
            problem(&server.post(path, &body.to_string()), 422, "credential");
        }
    }
}
