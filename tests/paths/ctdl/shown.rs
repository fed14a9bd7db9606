//! What is shown of records, to whom, and how much at a time.

use std::fs;

use serde_json::json;

use crate::paths::ctdl::{CONTEXT, PRODUCTION, ctid, fixture, found, holding, notices};
use crate::support::DataDir;
use crate::support::http::Server;
use crate::support::package::save;

#[test]
fn a_provisional_record_is_shown_to_who_asks_for_it() {
    let data = holding(&["ctdl/provisional.json", "ctdl/envelope-old.json"]);
    let id = ctid(1801);
    let hidden = data.resolution(&id);
    assert_eq!((&hidden["verdict"], notices(&hidden)), (&"unknown".into(), vec!["provisional"]));
    let asked = data.json(&["resolve", "--provisional", &id])["answers"][0]["resolution"].take();
    assert_eq!(found(&asked), format!("ctid:{id}"));
    assert_eq!(data.run(&["show", &id]).status, 1);
    assert_eq!(data.run(&["show", "--provisional", &id]).status, 0);
    let results = |args: &[&str]| data.json(args)["results"].take();
    let hidden = results(&["search", "sandblasting"]);
    assert_eq!(
        (&hidden["total"], hidden["hits"].as_array().unwrap().len()),
        (&0.into(), 0),
        "{hidden}"
    );
    let asked = results(&["search", "--provisional", "sandblasting"]);
    assert_eq!(
        (&asked["total"], asked["hits"].as_array().unwrap().len()),
        (&1.into(), 1),
        "{asked}"
    );
    // In a browser the search leads to a page that asks for it as well.
    let server = Server::of(&data);
    let seen = |path: &str| String::from_utf8(server.get(path).body).unwrap();
    let address = format!("/r/{id}?provisional=true");
    let hits = seen("/?q=sandblasting&provisional=true");
    assert!(hits.contains(&format!("href=\"{address}\"")), "{hits}");
    assert_eq!(server.get(&format!("/r/{id}")).status, 404);
    let page = seen(&address);
    assert!(page.contains("Its publisher has not released it yet."), "{page}");
    assert!(!page.contains("Nothing speaks against it"), "{page}");
}

#[test]
fn who_requires_a_competency_is_told_a_page_at_a_time() {
    let n = 7_u32;
    let folder = tempfile::tempdir().unwrap();
    let asked = format!("{PRODUCTION}/resources/{}", ctid(2002));
    // The last one is a draft, and not counted.
    for at in 1..=n + 1 {
        let status = if at > n {
            "graphPublicationStatus:Provisional"
        } else {
            "graphPublicationStatus:Published"
        };
        let own = ctid(50_000 + at);
        let target =
            json!([{ "@type": "ceterms:CredentialAlignmentObject", "ceterms:targetNode": asked }]);
        let record = json!({ "@context": CONTEXT, "@id": format!("{PRODUCTION}/graph/{own}"), "adms:status": status, "@graph": [{
            "@id": format!("{PRODUCTION}/resources/{own}"),
            "@type": "ceterms:Certificate",
            "ceterms:ctid": own,
            "ceterms:name": { "en": format!("Certificate {at}") },
            "ceterms:requires": [{ "@type": "ceterms:ConditionProfile", "ceterms:targetCompetency": target }],
        }]});
        save(folder.path(), &format!("{at}.json"), &record);
    }
    fs::copy(fixture("ctdl/resource.json"), folder.path().join("resource.json")).unwrap();
    let data = DataDir::holding(&[folder.path()]);
    let page = |limit: usize, offset: usize| {
        let (limit, offset) = (limit.to_string(), offset.to_string());
        let links = data.json(&[
            "show",
            &ctid(2002),
            "--relation",
            "requiredBy",
            "--limit",
            &limit,
            "--offset",
            &offset,
        ])["links"]
            .take();
        assert_eq!(links["n"], n, "{links}");
        let items = links["items"].as_array().unwrap().iter();
        items.map(|item| item["reached"]["label"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let all = page(100, 0);
    assert_eq!(all.len(), 7);
    let mut different = all.clone();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), 7, "{all:?}");
    assert_eq!([page(3, 0), page(3, 3), page(3, 6)].concat(), all);
    assert!(page(3, 7).is_empty());
}

#[test]
fn contact_values_come_out_of_no_door() {
    let data = holding(&["ctdl/contacts.json"]);
    let id = ctid(1971);
    for args in [
        vec!["show", &id],
        vec!["show", "--json", &id],
        vec!["resolve", "--json", &id],
        vec!["search", "--json", "quiet guild"],
        vec!["search", "--json", "canary"],
        vec!["status", "--json"],
        vec!["verify", "--json"],
    ] {
        let output = data.run(&args);
        assert!(!output.stdout.contains("canary-"), "{args:?}: {}", output.stdout);
        assert!(!output.stderr.contains("canary-"), "{args:?}: {}", output.stderr);
    }
    assert_eq!(data.json(&["search", "canary"])["results"]["total"], 0);
    assert_eq!(
        data.context(&id)["chosen"]["card"]["resource"]["name"]["en-US"][0],
        "The Quiet Guild"
    );
}

#[test]
fn the_most_nested_record_and_all_the_odd_ones_are_held_side_by_side() {
    let data = DataDir::holding(&[&fixture("ctdl")]);
    let content = data.content();
    assert_eq!(data.run(&["rebuild"]).status, 0);
    assert_eq!(data.content(), content);
    for (id, class) in [
        (ctid(1981), "ceterms:Course"),
        (ctid(1601), "ceterms:Certification"),
        (ctid(2501), "ceasn:Rubric"),
        (ctid(2601), "skos:ConceptScheme"),
        (ctid(2701), "ceterms:Pathway"),
        (ctid(1821), "ceasn:CompetencyFramework"),
        (ctid(1822), "ceasn:Competency"),
        (ctid(1903), "urn:alidade:term:Kiln"),
    ] {
        let card = data.context(&id)["chosen"]["card"].take();
        let node = &card["resource"]["identity"]["node"];
        assert_eq!(node["types"][0], class, "{id}: {card}");
    }
    // What stands behind an address that holds another CTID is found by both.
    for n in [1811, 1812] {
        assert_eq!(found(&data.resolution(&ctid(n))), format!("ctid:{}", ctid(1812)));
    }
}
