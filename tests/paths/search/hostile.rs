//! Texts that were made to break things: whatever is asked, no door fails.

use std::fs;

use serde_json::json;

use crate::paths::search::shop;
use crate::support::http::{Answer, Server, encoded};
use crate::support::shared;

/// The doors that take a text in an address.
const IN_ADDRESS: [&str; 3] = ["/v1/search?q=", "/v1/autocomplete?q=", "/v1/similar?text="];

/// The longest text that is sent in an address; longer ones are refused before anybody reads them.
const MAX_BYTES: usize = 2_000;

fn check(answer: &Answer, what: &str, text: &str) {
    let beginning: String = text.chars().take(100).collect();
    assert!(
        (200..500).contains(&answer.status),
        "{what}, {}: {beginning:?}: {answer:?}",
        answer.status
    );
}

fn ask_everywhere(server: &Server, text: &str) {
    if text.len() <= MAX_BYTES {
        for door in IN_ADDRESS {
            check(&server.get(&format!("{door}{}", encoded(text))), door, text);
        }
    }
    for (path, body) in [
        ("/v1/suggest", json!({ "text": text })),
        ("/v1/similar", json!({ "text": text })),
        (
            "/v1/multi-search",
            json!({ "searches": [{ "q": text, "highlight": true, "explain": true }] }),
        ),
    ] {
        check(&server.post(path, &body.to_string()), path, text);
    }
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
