//! What comes first: an exact identifier, label or code, in its framework and overall.

use crate::paths::search::{CERTIFICATE, SHARED, ask, item, keys, shop};
use crate::support::http::{Server, encoded};
use crate::support::package::guid;

#[test]
fn a_label_typed_whole_comes_first_in_its_framework_and_overall() {
    let server = Server::of(&shop());
    for label in [
        SHARED,
        "adds FRACTIONS with unlike denominators.",
        "  Adds fractions, with unlike denominators ",
    ] {
        let q = encoded(label);
        // Those that say it both are tied, and then the key decides.
        assert_eq!(
            keys(&ask(&server, &format!("q={q}")))[..2],
            [item(1, 1), item(2, 1)],
            "{label}"
        );
        for framework in [1, 2] {
            let query = format!("q={q}&framework={}", guid(framework, 0));
            assert_eq!(keys(&ask(&server, &query))[0], item(framework, 1), "{label}");
        }
    }
    for (label, expected) in [
        ("Weighs flour", item(2, 3)),
        ("Sums for Bakers", item(2, 0)),
        ("sums for carpenters", item(1, 0)),
        ("Baker of Bread", format!("ctid:{CERTIFICATE}")),
    ] {
        assert_eq!(keys(&ask(&server, &format!("q={}", encoded(label))))[0], expected, "{label}");
    }
}

#[test]
fn a_code_or_an_identifier_comes_first_in_whatever_spelling() {
    let server = Server::of(&shop());
    for (text, expected) in [
        ("B.2", item(2, 2)),
        ("b-2", item(2, 2)),
        ("T.3", item(1, 3)),
        (&guid(2, 3), item(2, 3)),
        (&guid(2, 3).to_uppercase(), item(2, 3)),
        (&format!("urn:uuid:{}", guid(1, 0)), item(1, 0)),
        (&format!("https://case.loom.example/uri/{}", guid(1, 2)), item(1, 2)),
        (CERTIFICATE, format!("ctid:{CERTIFICATE}")),
    ] {
        assert_eq!(keys(&ask(&server, &format!("q={}", encoded(text))))[0], expected, "{text}");
    }
}

#[test]
fn the_beginning_of_a_code_finds_what_goes_on_with_it() {
    let server = Server::of(&shop());
    let results = ask(&server, "q=B.&kind=competency");
    assert_eq!(keys(&results)[..3], [item(2, 1), item(2, 2), item(2, 3)], "{results}");
}

#[test]
fn the_reason_of_a_place_is_told_where_it_is_asked_for() {
    let server = Server::of(&shop());
    for (text, tier) in [
        (guid(2, 3), "identifier"),
        (SHARED.to_owned(), "label"),
        ("B.2".to_owned(), "code"),
        ("fractions unlike".to_owned(), "allWords"),
    ] {
        let results = ask(&server, &format!("q={}&explain=true", encoded(&text)));
        let explanation = &results["hits"][0]["explanation"];
        assert_eq!(explanation["tier"], tier, "{text}: {explanation}");
        assert!(explanation["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{text}");
        let silent = ask(&server, &format!("q={}", encoded(&text)));
        assert!(silent["hits"][0].get("explanation").is_none(), "{text}");
    }
    let results = ask(&server, "q=fractions+unlike&explain=true");
    let hit = &results["hits"][0];
    let parts = hit["explanation"]["parts"].as_array().unwrap();
    let sum: f64 = parts.iter().map(|part| part["score"].as_f64().unwrap()).sum();
    assert!((sum - hit["score"].as_f64().unwrap()).abs() < 0.01, "{hit}");
}
