//! One answer of each door, as it was accepted. A card is shown by its key, and scores are left out.

use serde_json::{Value, json};

use crate::paths::search::{good, key, shop};
use crate::support::http::Server;
use crate::support::package::guid;

/// Puts at rest what differs from one run to the next, and what fills pages.
fn at_rest(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(at_rest),
        Value::Object(object) => {
            if object.contains_key("card") {
                let key = key(&Value::Object(object.clone()));
                object.insert("card".to_owned(), key.into());
            }
            for (name, value) in object.iter_mut() {
                if ["score", "next"].contains(&name.as_str()) || name == "lanes" {
                    *value = "…".into();
                }
                at_rest(value);
            }
        }
        _ => {}
    }
}

#[track_caller]
fn check(name: &str, mut answer: Value) {
    at_rest(&mut answer);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let text = serde_json::to_string_pretty(&answer).unwrap();
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn every_door_answers_as_it_was_accepted() {
    let server = Server::of(&shop());
    let search = "q=halve+bread&kind=competency&facets=kind,publisher&highlight=true&limit=1&asOf=2024-05-06";
    check("answer-search", good(&server.get(&format!("/v1/search?{search}"))));
    let body =
        json!({ "searches": [{ "q": "B.2", "limit": 1 }, { "q": "bread", "sort": "size" }] });
    check("answer-multi-search", good(&server.post("/v1/multi-search", &body.to_string())));
    check("answer-autocomplete", good(&server.get("/v1/autocomplete?q=Adds+fr")));
    let body = json!({ "text": "They halve a recipe for bread.", "limit": 1 });
    check("answer-suggest", good(&server.post("/v1/suggest", &body.to_string())));
    let body = json!({ "id": guid(1, 1), "elsewhere": true });
    check("answer-similar", good(&server.post("/v1/similar", &body.to_string())));
}
