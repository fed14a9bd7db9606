//! Pages: to the end, with nothing twice and nothing left out.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::paths::search::{good, item, keys};
use crate::paths::serve::problem;
use crate::support::DataDir;
use crate::support::http::{Server, encoded};
use crate::support::package::{numbered, save};

const N_KNOTS: u32 = 230;

/// More items than any page holds.
fn knots() -> DataDir {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "knots.json", &numbered(1, "Knots by Number", N_KNOTS));
    DataDir::holding(&[folder.path()])
}

fn all_items() -> BTreeSet<String> {
    (1..=N_KNOTS).map(|n| item(1, n)).collect()
}

/// The next page, by the cursor of the one before.
fn go_on(server: &Server, query: &str, page: &Value) -> Option<Value> {
    let cursor = page["results"]["next"].as_str()?;
    Some(good(&server.get(&format!("/v1/search?{query}&cursor={}", encoded(cursor)))))
}

/// Every hit of every page, in their order.
fn walk(server: &Server, query: &str) -> Vec<String> {
    let mut page = good(&server.get(&format!("/v1/search?{query}")));
    let (mut found, total) = (keys(&page["results"]), page["results"]["total"].clone());
    while let Some(next) = go_on(server, query, &page) {
        assert_eq!(next["results"]["total"], total, "{query}");
        assert!(!keys(&next["results"]).is_empty(), "an empty page after {found:?}");
        found.extend(keys(&next["results"]));
        assert!(found.len() <= N_KNOTS as usize + 1, "{query} has no end");
        page = next;
    }
    assert_eq!(total, found.len(), "{query}");
    found
}

#[test]
fn a_cursor_goes_on_to_the_end_with_nothing_twice_and_nothing_left_out() {
    let server = Server::of(&knots());
    for query in [
        "q=knot&kind=competency&limit=7",
        "q=ties+the+knot&kind=competency&limit=100",
        "kind=competency&limit=40",
        "kind=competency&sort=title&limit=33",
        "q=knot&kind=competency&sort=title&limit=50",
        "q=knot&kind=competency&sort=date&limit=50",
    ] {
        let found = walk(&server, query);
        let distinct: BTreeSet<String> = found.iter().cloned().collect();
        assert_eq!(distinct.len(), found.len(), "{query} has some twice");
        assert_eq!(distinct, all_items(), "{query}");
        // In one stride or in small steps, the order is the same.
        let large = query.split("&limit=").next().unwrap();
        assert_eq!(walk(&server, &format!("{large}&limit=100")), found, "{query}");
    }
}

#[test]
fn an_offset_and_a_cursor_lead_to_the_same_page() {
    let server = Server::of(&knots());
    let query = "q=knot&kind=competency&limit=9";
    let first = good(&server.get(&format!("/v1/search?{query}")));
    let second = go_on(&server, query, &first).unwrap();
    let by_offset = good(&server.get(&format!("/v1/search?{query}&offset=9")));
    assert_eq!(keys(&second["results"]), keys(&by_offset["results"]));
}

#[test]
fn the_next_page_is_linked_and_the_last_has_none() {
    let server = Server::of(&knots());
    let mut path = "/v1/search?q=knot&kind=competency&limit=100&offset=20".to_owned();
    let mut found = Vec::new();
    loop {
        let answer = server.get(&path);
        found.extend(keys(&good(&answer)["results"]));
        let Some(link) = answer.field("link") else { break };
        let target = link.strip_prefix('<').unwrap().strip_suffix(">; rel=\"next\"").unwrap();
        assert!(target.contains("asOf=") && !target.contains("offset="), "{target}");
        target.clone_into(&mut path);
    }
    assert_eq!(found.len(), N_KNOTS as usize - 20);
    let exposed = server.get("/livez");
    assert!(exposed.field("access-control-expose-headers").unwrap().contains("Link"));
}

#[test]
fn a_cursor_that_was_not_given_is_refused() {
    let server = Server::of(&knots());
    let cursor = good(&server.get("/v1/search?q=knot&limit=3"))["results"]["next"].take();
    let cursor = encoded(cursor.as_str().unwrap());
    for query in [
        "q=knot&cursor=abc".to_owned(),
        "cursor=%00".to_owned(),
        format!("q=number&cursor={cursor}"),
    ] {
        let told = problem(&server.get(&format!("/v1/search?{query}")), 400, "invalid-parameter");
        assert_eq!(told["parameter"], "cursor", "{query}: {told}");
    }
}

#[test]
fn titles_are_in_the_order_of_a_dictionary() {
    let server = Server::of(&knots());
    let found = walk(&server, "kind=competency&sort=title&limit=100");
    let mut labels: Vec<(String, String)> =
        (1..=N_KNOTS).map(|n| (format!("Ties the knot number {n}"), item(1, n))).collect();
    labels.sort();
    assert_eq!(found, labels.into_iter().map(|(_, key)| key).collect::<Vec<_>>());
}
