//! Words that no text has, and words that are marked.

use crate::paths::search::{ask, item, keys, shop};
use crate::support::http::{Server, encoded};

#[test]
fn a_word_with_a_slip_finds_what_was_meant_and_says_so() {
    let data = shop();
    let server = Server::of(&data);
    for text in ["fratcions", "fractons denominators", "recipee bread", "stairacse"] {
        let results = ask(&server, &format!("q={}", encoded(text)));
        assert!(!keys(&results).is_empty(), "{text}");
        assert_eq!(results["corrections"].as_array().map(Vec::len), Some(1), "{text}: {results}");
    }
    let results = ask(&server, "q=fratcions&kind=competency");
    assert_eq!(keys(&results), [item(1, 1), item(2, 1)]);
    assert_eq!(results["corrections"][0]["word"], "fratcions");
    assert_eq!(results["corrections"][0]["instead"][0], "fractions");
    let said = data.run(&["search", "fratcions"]);
    assert!(
        said.stdout.contains("nothing has `fratcions`; looked for `fractions`"),
        "{}",
        said.stdout
    );
    let right = ask(&server, "q=fractions");
    assert!(right.get("corrections").is_none(), "{right}");
}

#[test]
fn short_words_codes_and_numbers_are_not_corrected() {
    let server = Server::of(&shop());
    for text in ["wed", "B.9", "T.44", "2019"] {
        let results = ask(&server, &format!("q={}", encoded(text)));
        assert!(results.get("corrections").is_none(), "{text}: {results}");
    }
}

#[test]
fn a_phrase_is_met_as_it_stands() {
    let server = Server::of(&shop());
    let found = |text: &str| keys(&ask(&server, &format!("q={}&kind=competency", encoded(text))));
    assert_eq!(found("\"a recipe for bread\""), [item(2, 2)]);
    assert_eq!(found("\"bread recipe\""), Vec::<String>::new());
    assert_eq!(found("“wet stone” chisel"), [item(1, 4)]);
}

#[test]
fn the_words_that_were_met_are_told_by_their_characters() {
    let server = Server::of(&shop());
    let results = ask(&server, "q=halve+breads&kind=competency&highlight=true");
    let hit = &results["hits"][0];
    assert_eq!(crate::paths::search::key(hit), item(2, 2));
    let highlight = &hit["highlights"][0];
    let text: Vec<char> = highlight["text"].as_str().unwrap().chars().collect();
    let words = highlight["spans"].as_array().unwrap().iter().map(|span| {
        let at = |end: &str| usize::try_from(span[end].as_u64().unwrap()).unwrap();
        text[at("from")..at("to")].iter().collect::<String>()
    });
    assert_eq!(words.collect::<Vec<_>>(), ["Halves", "bread"], "{highlight}");
    let silent = ask(&server, "q=halve+breads&kind=competency");
    assert!(silent["hits"][0].get("highlights").is_none());
}
