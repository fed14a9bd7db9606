//! Walks from page to page while generations that add, change and remove are published.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::paths::api::{ask, good};
use crate::paths::serve::problem;
use crate::support::DataDir;
use crate::support::http::{Server, encoded};
use crate::support::package::{guid, package, save};

/// How many items the first framework begins with.
const N: u32 = 60;

/// A framework whose words say the round, so that all of them change with it.
fn write(folder: &Path, framework: u32, numbers: &[u32], round: u32) {
    let items: Vec<(u32, String)> =
        numbers.iter().map(|n| (*n, format!("Ties the knot {n} in round {round}"))).collect();
    let title = format!("Knots {framework:03}");
    save(folder, &format!("{framework}.json"), &package(framework, &title, &items));
}

/// The data, and the folder that it is imported from again and again.
fn knots() -> (DataDir, TempDir) {
    let (data, folder) = (DataDir::new(), tempfile::tempdir().unwrap());
    write(folder.path(), 1, &(1..=N).collect::<Vec<_>>(), 0);
    (2..=30).for_each(|framework| write(folder.path(), framework, &[1], 0));
    import(&data, &folder);
    (data, folder)
}

fn import(data: &DataDir, folder: &TempDir) {
    let imported = data.run(&["import", "--accept", folder.path().to_str().unwrap()]);
    assert_eq!(imported.status, 0, "{imported:?}");
}

/// Adds a framework, adds items to the first and changes all of them, and takes every third away.
fn publish(data: &DataDir, folder: &TempDir, server: &Server, round: u32) {
    let left: Vec<u32> = (1..=N + 20).filter(|n| n % 3 != round % 3).collect();
    write(folder.path(), 1, &left, round);
    write(folder.path(), 40 + round, &[1, 2], round);
    let before = data.generation();
    import(data, folder);
    assert_eq!(data.generation(), before + 1);
    server.wait_for("/readyz", |answer| answer.json()["generation"] == before + 1);
}

/// What a page lists, by whatever names it.
fn names(page: &Value) -> Vec<String> {
    let hits = page["results"]["hits"].as_array().or(page["items"].as_array()).unwrap();
    let name = |hit: &Value| {
        let key = hit.pointer("/card/resource/identity/key").unwrap_or(&hit["key"]);
        key.as_str().unwrap().to_owned()
    };
    hits.iter().map(name).collect()
}

fn next(page: &Value) -> Option<String> {
    let next = page["results"]["next"].as_str().or(page["next"].as_str())?;
    Some(encoded(next))
}

/// Everything a list has in the generation of now, in as few strides as there are.
fn in_strides(server: &Server, path: &str) -> (u64, BTreeSet<String>) {
    let mut page = ask(server, &format!("{path}&limit=100"));
    let generation = page["generation"].as_u64().unwrap();
    let mut all: BTreeSet<String> = names(&page).into_iter().collect();
    while let Some(cursor) = next(&page) {
        page = ask(server, &format!("{path}&limit=100&cursor={cursor}"));
        all.extend(names(&page));
    }
    (generation, all)
}

#[test]
fn a_walk_shows_everything_of_its_generation_once_whatever_is_published() {
    let (data, folder) = knots();
    let server = Server::of(&data);
    let mut round = 0;
    for path in [
        "/v1/search?q=knot&kind=competency".to_owned(),
        "/v1/search?kind=competency&sort=title".to_owned(),
        "/v1/search?sort=date&q=".to_owned(),
        "/v1/frameworks?asOf=2026-01-01".to_owned(),
        format!("/v1/resources/{}/children?provisional=false", guid(1, 0)),
    ] {
        let (generation, expected) = in_strides(&server, &path);
        let mut page = ask(&server, &format!("{path}&limit=7"));
        let (mut found, mut n_pages) = (names(&page), 1);
        while let Some(cursor) = next(&page) {
            // Again and again, so that it goes on in one that is not the last before the current one.
            if (2..=4).contains(&n_pages) {
                round += 1;
                publish(&data, &folder, &server, round);
            }
            page = good(&server.get(&format!("{path}&limit=7&cursor={cursor}")));
            assert_eq!(page["generation"], generation, "{path}: page {n_pages}");
            found.extend(names(&page));
            n_pages += 1;
        }
        assert!(n_pages > 4, "{path} had only {n_pages} pages");
        let distinct: BTreeSet<String> = found.iter().cloned().collect();
        assert_eq!(distinct.len(), found.len(), "{path} has some twice");
        assert_eq!(distinct, expected, "{path}");
    }
}

#[test]
fn a_cursor_of_what_is_served_no_longer_is_answered_with_a_fresh_start() {
    let (data, folder) = knots();
    let paths = [
        "/v1/search?q=knot&limit=7".to_owned(),
        "/v1/frameworks?limit=7".to_owned(),
        format!("/v1/resources/{}/children?limit=7", guid(1, 0)),
    ];
    let server = Server::of(&data);
    let begin = |path: &String| (path.clone(), next(&ask(&server, path)).unwrap());
    let begun: Vec<(String, String)> = paths.iter().map(begin).collect();
    publish(&data, &folder, &server, 1);
    drop(server);
    // A server that begins now has never held what was before.
    let server = Server::of(&data);
    for (path, cursor) in begun {
        let answer = server.get(&format!("{path}&cursor={cursor}"));
        let gone = problem(&answer, 410, "generation-gone");
        let first = gone["first"].as_str().unwrap();
        assert_eq!(answer.field("link"), Some(format!("<{first}>; rel=\"first\"").as_str()));
        assert!(!first.contains("cursor="), "{first}");
        assert_eq!(ask(&server, first)["generation"], data.generation(), "{first}");
    }
}

#[test]
fn a_list_goes_on_although_several_generations_were_published_in_a_row() {
    let (data, folder) = knots();
    let server = Server::of(&data);
    let path = "/v1/search?q=knot&limit=7";
    let first = ask(&server, path);
    for round in 1..=4 {
        publish(&data, &folder, &server, round);
    }
    let second = ask(&server, &format!("{path}&cursor={}", next(&first).unwrap()));
    assert_eq!(second["generation"], first["generation"]);
}

#[test]
fn a_cursor_of_another_data_directory_goes_on_nowhere() {
    let ((one, _), (other, folder)) = (knots(), knots());
    fs::remove_dir_all(other.path()).unwrap();
    write(folder.path(), 2, &[1], 1);
    import(&other, &folder);
    let (one, other) = (Server::of(&one), Server::of(&other));
    for path in [
        "/v1/search?q=knot&limit=7".to_owned(),
        "/v1/frameworks?limit=7".to_owned(),
        format!("/v1/resources/{}/children?limit=7", guid(1, 0)),
    ] {
        let page = ask(&one, &path);
        assert_eq!(page["generation"], ask(&other, &path)["generation"]);
        let going_on = format!("{path}&cursor={}", next(&page).unwrap());
        good(&one.get(&going_on));
        problem(&other.get(&going_on), 410, "generation-gone");
    }
}
