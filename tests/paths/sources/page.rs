//! The page of the sources.

use std::fs;

use crate::paths::pages::load;
use crate::paths::sources::{config, setup};
use crate::support::DataDir;
use crate::support::html::{tags, unescaped};
use crate::support::http::Server;
use crate::support::package::{guid, numbered, package, save};

/// What a page says, without its tags and with its spaces drawn together.
fn words(server: &Server) -> String {
    let page = load(server, "/sources");
    assert_eq!(page.status, 200, "{page:?}");
    assert_eq!(page.field("cache-control"), Some("no-store"), "what is due changes with the clock");
    let mut text = String::new();
    let page = String::from_utf8(page.body).unwrap();
    for part in page.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
        text.push(' ');
    }
    unescaped(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn has(words: &str, expected: &[&str]) {
    for expected in expected {
        assert!(words.contains(expected), "`{expected}` is not in\n{words}");
    }
}

#[test]
fn freshness_health_and_terms_are_told_in_plain_words() {
    let (folder, data) = setup();
    let server = Server::with(
        &data,
        &[
            "--config",
            &config(&folder),
            "--set",
            "sources.new.schedule=manual",
            "--set",
            "sources.georgia.schedule=manual",
        ],
    );
    let told = words(&server);
    has(
        &told,
        &[
            "4 sources, 1 record, 4 resources",
            "georgia Failed CASE service",
            "https://creativecommons.org/licenses/by/4.0/",
            "It may be searched here, and is in no dump and no export.",
            "2026-02-22 12:34 UTC",
            "It failed.",
            "1,200 records new or changed",
            "3 records the same as before",
            "answers 503",
            "it says there are 21 documents and shows 20",
            "4 added 1 changed",
            "Unties formerly Ties",
            "When somebody says so: alidade harvest quiet",
            "new Never read Credential Registry",
            "Imported files",
            "Never by itself: it was imported.",
            "Nobody has said",
            "Generation 1",
            "4 added",
            "Every change, for programs",
            "No document is described twice.",
        ]
        .map(|words| words.trim_matches(' ')),
    );
    let page = String::from_utf8(load(&server, "/sources").body).unwrap();
    let tags = tags(&page);
    let times: Vec<&str> = tags
        .iter()
        .filter(|tag| tag.name == "time")
        .filter_map(|tag| tag.get("datetime"))
        .collect();
    assert!(times.contains(&"2026-02-22T12:34:00Z") && times.len() >= 4, "{times:?}");
    assert!(tags.iter().any(|tag| tag.get("id") == Some("source-georgia")), "{page}");
    let link = format!("/frameworks/{}", guid(1, 0));
    assert!(tags.iter().any(|tag| tag.get("href") == Some(&link)), "{link}: {page}");
}

#[test]
fn a_held_source_says_why_and_how_it_is_let_through() {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "sea.json", &numbered(1, "Knots at Sea", 200));
    let data = DataDir::holding(&[folder.path()]);
    save(folder.path(), "sea.json", &numbered(1, "Knots at Sea", 140));
    assert_eq!(data.import(&[folder.path()]).status, 3);
    let server = Server::of(&data);
    let command = format!("alidade publish --accept {}", data.source());
    has(&words(&server), &["Waiting for a decision", "would retire 60 of 201 resources", &command]);
    data.run(&["publish", "--accept", &data.source()]);
    let server = Server::of(&data);
    let told = words(&server);
    assert!(!told.contains("Waiting for a decision"), "{told}");
    has(&told, &["Generation 3", "60 retired", "Retired T."]);
}

#[test]
fn documents_that_several_records_describe_are_listed_with_what_answers() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b] = ["a", "b"].map(|name| folder.path().join(name));
    for path in [&a, &b] {
        fs::create_dir(path).unwrap();
    }
    save(&a, "sea.json", &package(1, "Knots at Sea", &[(1, "Ties a bowline")]));
    save(&b, "ocean.json", &package(1, "Knots at Sea", &[(1, "Ties a <running> bowline")]));
    // The same words twice in one folder are no conflict, other words are.
    save(&b, "one.json", &package(2, "Knots on Land", &[(1, "Ties a shoe")]));
    save(&b, "two.json", &package(2, "Knots on Land", &[(1, "Ties both shoes")]));
    save(&b, "three.json", &package(3, "Knots in Air", &[(1, "Ties a kite")]));
    save(&b, "four.json", &package(3, "Knots in Air", &[(1, "Ties a kite")]));
    let data = DataDir::holding(&[&a, &b]);
    let server = Server::of(&data);
    let told = words(&server);
    has(
        &told,
        &[
            "Knots at Sea Differ",
            "sea.json",
            "ocean.json",
            "Knots on Land Differ",
            "one.json",
            "two.json",
        ],
    );
    assert!(
        !told.contains("Knots in Air Differ") && !told.contains("Knots in Air The same"),
        "{told}"
    );
}

#[test]
fn before_there_is_any_source_the_page_says_how_to_begin() {
    let server = Server::of(&DataDir::new());
    has(&words(&server), &["There is no source yet", "alidade import FOLDER"]);
}
