//! What stands around a resource, list by list.

use std::path::Path;

use serde_json::{Value, json};

use crate::paths::api::{ask, items, texts};
use crate::paths::serve::problem;
use crate::support::DataDir;
use crate::support::http::Server;
use crate::support::package::{guid, numbered, package, save};

/// A framework of three levels: 1 above 2 to 6, 2 above 7 and 8; 3 is the same as 1 of the second framework.
fn knots() -> DataDir {
    let folder = tempfile::tempdir().unwrap();
    let items: Vec<(u32, String)> = (1..=8).map(|n| (n, format!("Ties knot {n}"))).collect();
    let mut knots = package(1, "Knots", &items);
    let links = knots["CFAssociations"].as_array_mut().unwrap();
    for (child, parent) in [(2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (7, 2), (8, 2)] {
        let is_of_child = |link: &&mut Value| {
            link["originNodeURI"]["identifier"].as_str() == Some(guid(1, child).as_str())
        };
        let link = links.iter_mut().find(is_of_child).unwrap();
        // The last come first.
        link["sequenceNumber"] = json!(100 - child);
        link["destinationNodeURI"] = node(1, parent);
    }
    links.push(association(0x91, "exactMatchOf", (1, 3), (2, 1)));
    links.push(association(0x92, "isRelatedTo", (1, 4), (1, 3)));
    save(folder.path(), "knots.json", &knots);
    save(folder.path(), "more.json", &numbered(2, "More Knots", 45));
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    DataDir::holding(&[folder.path(), &demo.join("frameworks"), &demo.join("records")])
}

fn node(framework: u32, n: u32) -> Value {
    let id = guid(framework, n);
    let uri = format!("https://case.loom.example/ims/case/v1p0/CFItems/{id}");
    json!({ "identifier": id, "uri": uri, "title": "x" })
}

fn association(n: u32, kind: &str, from: (u32, u32), to: (u32, u32)) -> Value {
    let id = guid(0x77, n);
    json!({
        "identifier": id, "associationType": kind,
        "uri": format!("https://case.loom.example/ims/case/v1p0/CFAssociations/{id}"),
        "originNodeURI": node(from.0, from.1), "destinationNodeURI": node(to.0, to.1),
        "lastChangeDateTime": "2024-01-01T00:00:00+00:00",
    })
}

fn keys(framework: u32, numbers: &[u32]) -> Vec<String> {
    numbers.iter().map(|n| format!("guid:{}", guid(framework, *n))).collect()
}

#[test]
fn above_below_and_beside_are_in_the_publishers_order() {
    let data = knots();
    let server = Server::of(&data);
    let children = format!("/v1/resources/{}/children", guid(1, 1));
    for limit in ["", "?limit=1", "?limit=2", "?limit=100"] {
        let found = items(&server, &format!("{children}{limit}"));
        assert_eq!(texts(&found, "key"), keys(1, &[6, 5, 4, 3, 2]), "{limit}");
    }
    let beside = items(&server, &format!("/v1/resources/{}/siblings?limit=2", guid(1, 4)));
    assert_eq!(texts(&beside, "key"), keys(1, &[6, 5, 4, 3, 2]));
    let above = ask(&server, &format!("/v1/resources/{}/ancestors", guid(1, 8)));
    let way = above["items"].as_array().unwrap();
    assert_eq!(texts(way, "key"), keys(1, &[0, 1, 2]), "{above}");
    assert_eq!(texts(way, "label"), ["Knots", "Ties knot 1", "Ties knot 2"]);
    assert_eq!(texts(above["parents"].as_array().unwrap(), "key"), keys(1, &[2]));
    assert_eq!((&above["n"], &above["key"]), (&json!(3), &json!(keys(1, &[8])[0])));
    for list in ["ancestors", "siblings"] {
        let top = ask(&server, &format!("/v1/resources/{}/{list}", guid(1, 0)));
        assert_eq!(top["n"], 0, "{top}");
    }
    let shown = ask(&server, &format!("/v1/resources/{}", guid(1, 1)));
    let listed = ask(&server, &children);
    assert_eq!(shown["context"]["children"]["items"], listed["items"]);
}

#[test]
fn the_crosswalk_says_by_which_way_it_leads() {
    let data = knots();
    let server = Server::of(&data);
    for id in [guid(1, 3), guid(1, 4), guid(2, 1)] {
        let found = items(&server, &format!("/v1/resources/{id}/crosswalk?limit=1"));
        assert!(!found.is_empty(), "{id}");
        assert_eq!(Value::from(found), data.context(&id)["crosswalk"]);
    }
}

#[test]
fn what_refers_to_a_resource_is_counted_and_then_listed() {
    let data = knots();
    let server = Server::of(&data);
    let path = format!("/v1/resources/{}/referenced-by", guid(1, 3));
    let counted = ask(&server, &path);
    assert_eq!(counted["relations"], json!({ "isRelatedTo": 1 }), "{counted}");
    assert_eq!(counted["n"], 1);
    let found = items(&server, &format!("{path}?relation=isRelatedTo"));
    assert_eq!(found[0]["reached"]["key"], keys(1, &[4])[0]);
    assert_eq!(items(&server, &format!("{path}?relation=requiredBy")), Vec::<Value>::new());
    let told = problem(&server.get(&format!("{path}?relation=lovedBy")), 400, "invalid-parameter");
    assert!(told["known"].as_array().unwrap().contains(&json!("requiredBy")), "{told}");
    // A competency of the sample set, which a credential requires and a course teaches.
    let welding = "/v1/resources/ce-8b9a9ed0-1405-44e6-9e32-fb4a9c529812";
    let counted = ask(&server, &format!("{welding}/referenced-by"));
    let relations = counted["relations"].as_object().unwrap();
    assert!(!relations.is_empty(), "{counted}");
    for (relation, n) in relations {
        let page = format!("{welding}/referenced-by?relation={relation}&limit=1");
        let found = items(&server, &page);
        assert_eq!(json!(found.len()), *n, "{relation}");
        assert!(found.iter().all(|link| link["hops"][0]["reads"] == relation.as_str()));
    }
}

#[test]
fn frameworks_are_listed_by_title_and_narrowed_as_searches_are() {
    let data = knots();
    let server = Server::of(&data);
    for limit in [1, 2, 100] {
        let all = items(&server, &format!("/v1/frameworks?limit={limit}"));
        let titles = texts(&all, "title");
        assert!(titles.len() >= 4 && titles.is_sorted(), "{titles:?}");
        let knots = &all[titles.iter().position(|title| *title == "Knots").unwrap()];
        assert_eq!((&knots["nCompetencies"], &knots["withdrawn"]), (&json!(8), &json!(false)));
        assert_eq!(knots["creator"], "The Loom Guild");
    }
    let only = items(&server, &format!("/v1/frameworks?framework={}", guid(2, 0)));
    assert_eq!(texts(&only, "title"), ["More Knots"]);
    assert_eq!(items(&server, "/v1/frameworks?publisher=nobody").len(), 0);
    problem(&server.get("/v1/frameworks?kind=competency"), 400, "unknown-parameter");
    problem(&server.get("/v1/frameworks?cursor=x"), 400, "invalid-parameter");
}

/// How a branch is drawn: its code, how many stand under it, a star where some of these are left out, and those under it.
fn drawn(branch: &Value) -> String {
    let star = if branch["truncated"] == true { "*" } else { "" };
    let below = branch["children"].as_array().cloned().unwrap_or_default();
    let below: Vec<String> = below.iter().map(drawn).collect();
    let code = branch["resource"]["code"].as_str().unwrap_or("-");
    format!("{code}:{}{star}[{}]", branch["nChildren"], below.join(" "))
}

#[test]
fn a_tree_is_as_deep_as_is_asked_for() {
    let data = knots();
    let server = Server::of(&data);
    let tree = |query: &str| ask(&server, &format!("/v1/frameworks/{}/tree{query}", guid(1, 0)));
    let shallow = tree("?depth=1");
    assert_eq!((drawn(&shallow["tree"]), &shallow["n"]), ("-:1[T.1:5*[]]".to_owned(), &json!(2)));
    let whole = "-:1[T.1:5[T.6:0[] T.5:0[] T.4:0[] T.3:0[] T.2:2[T.8:0[] T.7:0[]]]]";
    assert_eq!(drawn(&tree("")["tree"]), whole);
    assert_eq!(drawn(&tree("?depth=16")["tree"]), whole);
    let below = ask(&server, &format!("/v1/frameworks/{}/tree", guid(1, 2)));
    assert_eq!(drawn(&below["tree"]), "T.2:2[T.8:0[] T.7:0[]]");
    let deep = server.get(&format!("/v1/frameworks/{}/tree?depth=17", guid(1, 0)));
    assert_eq!(problem(&deep, 400, "invalid-parameter")["max"], 16);
    let unknown = server.get(&format!("/v1/frameworks/{}/tree", guid(9, 9)));
    problem(&unknown, 404, "unknown-resource");
}

#[test]
fn a_list_that_cannot_be_is_a_problem() {
    let data = knots();
    let server = Server::of(&data);
    let children = format!("/v1/resources/{}/children", guid(2, 0));
    let page = ask(&server, &format!("{children}?limit=10"));
    let cursor = page["next"].as_str().unwrap();
    for path in [
        format!("{children}?limit=0"),
        format!("{children}?limit=101"),
        format!("{children}?cursor={cursor}x"),
        format!("{children}?cursor={cursor}&provisional=true"),
        format!("/v1/resources/{}/siblings?cursor={cursor}", guid(2, 1)),
    ] {
        problem(&server.get(&path), 400, "invalid-parameter");
    }
    problem(&server.get(&format!("{children}?relation=x")), 400, "unknown-parameter");
    problem(&server.get("/v1/frameworks?limit=0"), 400, "invalid-parameter");
    // Counts have no pages; how many a page would have may be said all the same.
    let counts = format!("/v1/resources/{}/referenced-by", guid(1, 3));
    assert_eq!(ask(&server, &format!("{counts}?limit=1")), ask(&server, &counts));
    for (query, parameter) in [("limit=0", "limit"), ("limit=101", "limit"), ("cursor=x", "cursor")]
    {
        let refused = server.get(&format!("{counts}?{query}"));
        assert_eq!(problem(&refused, 400, "invalid-parameter")["parameter"], parameter);
    }
    // A page of another size goes on where the one before ended.
    let rest = ask(&server, &format!("{children}?limit=7&cursor={cursor}"));
    assert_eq!(texts(rest["items"].as_array().unwrap(), "key")[0], keys(2, &[11])[0]);
}

#[test]
fn how_much_there_is_is_told_by_what_people_ask_for() {
    let data = knots();
    let server = Server::of(&data);
    let stats = ask(&server, "/v1/stats");
    assert!(stats["counts"]["resources"]["competency"].as_u64().unwrap() > 50, "{stats}");
    assert!(stats["counts"]["quads"].as_u64().unwrap() > 500, "{stats}");
    let kinds = stats["by"]["kind"].as_array().unwrap();
    let n: u64 = kinds.iter().map(|kind| kind["count"].as_u64().unwrap()).sum();
    assert_eq!(json!(n), stats["resources"], "{stats}");
    assert_eq!(stats["changes"]["oldest"], 1);
    assert!(stats["publishedAt"].as_str().unwrap().contains('T'));
}
