//! How what somebody types may go on.

use serde_json::Value;

use crate::paths::search::{SHARED, good, item, shop};
use crate::support::http::{Server, encoded};

fn complete(server: &Server, query: &str) -> Vec<Value> {
    let mut json = good(&server.get(&format!("/v1/autocomplete?{query}")));
    match json["completions"].take() {
        Value::Array(completions) => completions,
        other => panic!("{other}"),
    }
}

fn labels(completions: &[Value]) -> Vec<&str> {
    completions.iter().map(|completion| completion["label"].as_str().unwrap()).collect()
}

#[test]
fn the_beginning_of_a_label_goes_on_and_equal_labels_are_one() {
    let server = Server::of(&shop());
    for typed in ["Adds fr", "adds FRACTIONS wi", "Add"] {
        let found = complete(&server, &format!("q={}", encoded(typed)));
        assert_eq!(labels(&found)[0], SHARED, "{typed}");
        assert_eq!(found[0]["count"], 2, "{typed}: {found:?}");
        let resources = found[0]["resources"].as_array().unwrap();
        let keys: Vec<&str> = resources.iter().map(|one| one["key"].as_str().unwrap()).collect();
        assert_eq!(keys, [item(1, 1), item(2, 1)]);
        let frameworks: Vec<&str> =
            resources.iter().map(|one| one["framework"].as_str().unwrap()).collect();
        assert_eq!(frameworks, ["Sums for Carpenters", "Sums for Bakers"]);
        assert!(resources.iter().all(|one| one["kind"] == "competency" && one["id"].is_string()));
    }
}

#[test]
fn the_beginning_of_a_code_or_of_a_word_inside_goes_on_too() {
    let server = Server::of(&shop());
    assert!(labels(&complete(&server, "q=B.3")).contains(&"Weighs flour"));
    assert!(labels(&complete(&server, "q=flo")).contains(&"Weighs flour"));
    assert!(labels(&complete(&server, "q=stairc")).contains(&"Reads the drawing of a staircase"));
}

#[test]
fn filters_hold_here_too_and_nothing_typed_has_nothing_to_go_on() {
    let server = Server::of(&shop());
    let found = complete(&server, "q=Sums&kind=framework&limit=1");
    assert_eq!(found.len(), 1, "{found:?}");
    let found = complete(&server, "q=Adds&publisher=The+Bakers");
    assert_eq!((found.len(), &found[0]["count"]), (1, &Value::from(1)), "{found:?}");
    assert_eq!(complete(&server, "q="), Vec::<Value>::new());
    assert_eq!(complete(&server, "q=zymurgy"), Vec::<Value>::new());
}

#[test]
fn what_was_typed_is_told_by_its_characters() {
    let server = Server::of(&shop());
    let found = complete(&server, "q=Weig");
    assert_eq!(found[0]["label"], "Weighs flour");
    assert_eq!(found[0]["spans"].to_string(), r#"[{"from":0,"to":4}]"#);
}
