//! Pages that follow one another while something new is published.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::paths::search::{good, item, keys};
use crate::paths::serve::problem;
use crate::support::DataDir;
use crate::support::http::{Server, encoded};
use crate::support::package::{numbered, save};

const N_KNOTS: u32 = 210;

fn import(data: &DataDir, framework: u32, title: &str, n: u32) {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), &format!("{framework}.json"), &numbered(framework, title, n));
    assert_eq!(data.import(&[folder.path()]).status, 0);
}

fn items(framework: u32) -> BTreeSet<String> {
    (1..=N_KNOTS).map(|n| item(framework, n)).collect()
}

#[test]
fn a_cursor_goes_on_in_its_own_generation_when_another_is_published() {
    let data = DataDir::new();
    import(&data, 2, "Knots by Number", N_KNOTS);
    let server = Server::of(&data);
    for query in ["q=knot&kind=competency&limit=23", "kind=competency&sort=title&limit=23"] {
        let begun = data.generation();
        let mut page = good(&server.get(&format!("/v1/search?{query}")));
        let (mut found, mut n_pages) = (keys(&page["results"]), 1);
        let total = page["results"]["total"].clone();
        while let Some(cursor) = page["results"]["next"].as_str() {
            if n_pages == 2 {
                // What is new would stand among what is still to come, and before what has been seen.
                let framework = u32::try_from(begun).unwrap() * 10;
                import(&data, framework, "Knots to Come", 30);
                server.wait_for("/readyz", |answer| answer.json()["generation"] == begun + 1);
            }
            page = good(&server.get(&format!("/v1/search?{query}&cursor={}", encoded(cursor))));
            assert_eq!(page["generation"], begun, "{query}: page {n_pages}");
            assert_eq!(page["results"]["total"], total, "{query}");
            found.extend(keys(&page["results"]));
            n_pages += 1;
        }
        let distinct: BTreeSet<String> = found.iter().cloned().collect();
        assert_eq!(distinct.len(), found.len(), "{query} has some twice");
        assert!(distinct.is_superset(&items(2)), "{query} leaves some out");
        assert_eq!(total, found.len());
        assert_eq!(good(&server.get(&format!("/v1/search?{query}")))["generation"], begun + 1);
    }
}

#[test]
fn a_cursor_of_a_generation_that_is_gone_goes_on_at_its_place() {
    let data = DataDir::new();
    import(&data, 2, "Knots by Number", N_KNOTS);
    let ask = |cursor: Option<&str>| -> Value {
        let mut args = vec!["search", "--kind", "competency", "--sort", "title", "--limit", "100"];
        args.extend(cursor.into_iter().flat_map(|cursor| ["--cursor", cursor]));
        data.json(&args)
    };
    let mut page = ask(None);
    let mut found = keys(&page["results"]);
    import(&data, 3, "Knots to Come", 30);
    while let Some(cursor) = page["results"]["next"].as_str() {
        page = ask(Some(cursor));
        assert_eq!(page["generation"], 2);
        found.extend(keys(&page["results"]));
    }
    let distinct: BTreeSet<String> = found.iter().cloned().collect();
    assert_eq!(distinct.len(), found.len(), "some come twice");
    assert!(distinct.is_superset(&items(2)), "some are left out");
}

#[test]
fn what_is_purged_is_not_held_for_cursors() {
    let data = DataDir::new();
    import(&data, 2, "Knots by Number", N_KNOTS);
    let source = data.source();
    import(&data, 3, "Knots to Come", 30);
    let server = Server::of(&data);
    let query = "q=knot&kind=competency&limit=23";
    let page = good(&server.get(&format!("/v1/search?{query}")));
    let cursor = encoded(page["results"]["next"].as_str().unwrap());
    assert_eq!(data.run(&["purge", &source, "2.json"]).status, 0);
    let path = format!("/v1/search?{query}&cursor={cursor}");
    let gone = server.wait_for(&path, |answer| answer.status != 200);
    let told = problem(&gone, 410, "generation-gone");
    let answer = good(&server.get(told["first"].as_str().unwrap()));
    let purged = items(2);
    assert!(keys(&answer["results"]).iter().all(|key| !purged.contains(key)));
}
