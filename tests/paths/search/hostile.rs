//! Texts that were made to break things: whatever is asked, no door fails.

use std::fs;

use serde_json::json;

use crate::paths::search::shop;
use crate::support::http::{Answer, Server, encoded};
use crate::support::shared;

/// The doors that take a text in an address.
const IN_ADDRESS: [(&str, usize); 3] = [
    ("/v1/search?q=", MAX_SEARCH),
    ("/v1/autocomplete?q=", MAX_SEARCH),
    ("/v1/similar?text=", MAX_TEXT),
];

/// The longest text that is sent in an address; longer ones are refused before anybody reads them.
const MAX_BYTES: usize = 2_000;

/// The most characters of a search, of a text, and of a label that is completed.
const MAX_SEARCH: usize = 4_000;
const MAX_TEXT: usize = 10_000;

/// A text within the limits is answered, whatever it is; a 4xx needs a reason that is named here.
#[track_caller]
fn check(answer: &Answer, what: &str, (text, max): (&str, usize)) {
    let is_long = text.chars().count() > max;
    let is_empty = text.trim().is_empty();
    let expected: &[u16] = match what {
        _ if text.contains(char::REPLACEMENT_CHARACTER) => &[200, 400, 422],
        _ if is_long || (is_empty && !what.ends_with("q=")) => &[400, 422],
        // It may look like a credential.
        _ if answer.status == 422 => {
            assert_eq!(answer.json()["type"], "/problems/credential", "{text:?}");
            return;
        }
        _ => &[200],
    };
    let beginning: String = text.chars().take(100).collect();
    assert!(
        expected.contains(&answer.status),
        "{what}, {}: {beginning:?}: {answer:?}",
        answer.status
    );
}

fn ask_everywhere(server: &Server, text: &str) {
    if text.len() <= MAX_BYTES {
        for (door, max) in IN_ADDRESS {
            check(&server.get(&format!("{door}{}", encoded(text))), door, (text, max));
        }
    }
    for path in ["/v1/suggest", "/v1/similar"] {
        let body = json!({ "text": text });
        check(&server.post(path, &body.to_string()), path, (text, MAX_TEXT));
    }
    let body = json!({ "searches": [{ "q": text, "highlight": true, "explain": true }] });
    let answer = server.post("/v1/multi-search", &body.to_string());
    if answer.status == 200 {
        let answers = answer.json();
        let is_long = text.chars().count() > MAX_SEARCH;
        assert_eq!(answers["answers"][0]["error"].is_null(), !is_long, "{answers}");
    }
    check(&answer, "multi-search?q=", (text, usize::MAX));
}

#[test]
fn naughty_strings_break_no_door() {
    let Some(path) = shared("abuse/blns/blns.json") else { return };
    let texts: Vec<String> = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    assert!(texts.len() > 400, "only {} strings", texts.len());
    let server = Server::of(&shop());
    for text in &texts {
        ask_everywhere(&server, text);
    }
    let ended = server.stop("TERM");
    assert_eq!(ended.status, 0, "{ended:?}");
    assert!(!ended.stderr.contains("panic"), "{ended:?}");
}

#[test]
fn hostile_searches_break_no_door() {
    let Some(folder) = shared("abuse/generated/search") else { return };
    let server = Server::of(&shop());
    let mut n_texts = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        ask_everywhere(&server, &text);
        let limited: String = text.chars().take(4_000).collect();
        ask_everywhere(&server, &limited);
        n_texts += 1;
    }
    assert!(n_texts > 0);
    let ended = server.stop("TERM");
    assert!(ended.status == 0 && !ended.stderr.contains("panic"), "{ended:?}");
}

#[test]
fn what_is_as_long_as_it_may_be_breaks_no_door() {
    let server = Server::of(&shop());
    for text in [
        "(".repeat(4_000),
        "\"".repeat(3_999),
        "fractions ".repeat(400),
        "ä".repeat(4_000),
        "学".repeat(4_000),
        "a-".repeat(2_000),
        "3.".repeat(2_000),
        "\u{202e}".repeat(100),
    ] {
        ask_everywhere(&server, &text);
    }
}
