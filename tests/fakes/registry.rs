//! The fake registry, path by path and switch by switch.

use std::fs;

use serde_json::{Value, json};

use super::caller::{ask, get, send};
use crate::support::fake_registry::{
    FakeRegistry, Published, RegistryQuirks, RegistryTotal, Shift, ShiftKind,
};
use crate::support::fake_server::FakeServer;
use crate::support::fake_server::clock::{now, precise_stamp};
use crate::support::fake_server::files::FakeFiles;
use crate::support::generated::{chosen, ctid, envelope, envelopes, owner, provisional};
use crate::support::http::{Answer, request};
use crate::support::shared;

fn behaving(switch: impl FnOnce(&mut RegistryQuirks)) -> FakeServer<FakeRegistry> {
    FakeRegistry::behaving(envelopes(30), switch)
}

fn page(server: &FakeServer<FakeRegistry>, query: &str) -> Answer {
    get(server.address(), &format!("/ce-registry/envelopes?{query}"))
}

fn ctids(answer: &Answer) -> Vec<String> {
    let ctid = |row: &Value| row["envelope_ceterms_ctid"].as_str().unwrap().to_owned();
    answer.json().as_array().unwrap().iter().map(ctid).collect()
}

fn bulk(server: &FakeServer<FakeRegistry>, ctids: &[String]) -> Answer {
    let body = json!({ "ctids": ctids }).to_string();
    let fields = [("Content-Type", "application/json")];
    let asked = request("POST", "/ce-registry/graph/search", &fields, body.as_bytes());
    send(server.address(), &asked).unwrap()
}

#[test]
fn envelopes_come_newest_first_page_by_page() {
    let server = behaving(|_| {});
    let first = page(&server, "page=1&per_page=20");
    assert_eq!((first.field("x-total"), ctids(&first).len()), (Some("30"), 20));
    assert_eq!(ctids(&first)[0], ctid(29));
    assert!(first.field("link").unwrap().contains("page=2"));
    let second = page(&server, "page=2&per_page=20");
    assert_eq!((ctids(&second).last(), second.field("link")), (Some(&ctid(0)), None));
    assert_eq!(ctids(&page(&server, "")).len(), 10, "ten a page where nothing is said");
    assert!(first.json()[0]["decoded_resource"]["@graph"].is_array());
    let bare = page(&server, "metadata_only=true");
    assert_eq!(bare.json()[0]["decoded_resource"], Value::Null);
}

#[test]
fn totals_are_said_in_either_way_wrongly_or_not_at_all() {
    let totals = |total| {
        let answer = page(&behaving(|quirks| quirks.total = total), "per_page=200");
        ["x-total", "total"].map(|field| answer.field(field).map(str::to_owned))
    };
    let said = |text: &str| Some(text.to_owned());
    assert_eq!(totals(RegistryTotal::XTotal), [said("30"), None]);
    assert_eq!(totals(RegistryTotal::Total), [None, said("30")]);
    assert_eq!(totals(RegistryTotal::Missing), [None, None]);
    assert_eq!(totals(RegistryTotal::Over(2)), [said("32"), None]);
    assert_eq!(totals(RegistryTotal::Under(2)), [said("28"), None]);
    let capped = behaving(|quirks| {
        quirks.caps_per_page = 7;
        quirks.has_link = false;
    });
    let answer = page(&capped, "per_page=200");
    assert_eq!((ctids(&answer).len(), answer.field("link")), (7, None));
}

#[test]
fn rows_move_while_somebody_walks() {
    let walk = |kind, waiting: Vec<Published>| {
        let server = behaving(|quirks| quirks.shift = Some(Shift { times: 1, kind }));
        server.change(|registry| registry.waiting = waiting);
        let pages =
            [1, 2, 3].map(|number| ctids(&page(&server, &format!("per_page=10&page={number}"))));
        let mut all = pages.concat();
        let n_rows = all.len();
        all.sort();
        all.dedup();
        (n_rows, all.len(), server.change(|registry| registry.len()))
    };
    assert_eq!(walk(ShiftKind::Creates, vec![envelope(99, 0)]), (30, 29, 31), "one comes twice");
    assert_eq!(walk(ShiftKind::Destroys, Vec::new()), (29, 29, 29), "one is on no page");
}

#[test]
fn graphs_are_found_by_every_ctid_in_them_and_in_bulk_by_their_own() {
    let server = behaving(|_| {});
    let framework = envelope(1, 0);
    let get = |path: &str| get(server.address(), path);
    for id in framework.inner.iter().chain([&framework.ctid, &framework.ctid.to_uppercase()]) {
        assert_eq!(get(&format!("/graph/{id}")).json(), framework.read(), "{id}");
    }
    let inner = get(&format!("/resources/{}", framework.inner[0])).json();
    assert_eq!(
        (inner["@type"].as_str(), inner["@graph"].is_null()),
        (Some("ceasn:Competency"), true)
    );
    let shown = get(&format!("/ce-registry/envelopes/{}", framework.ctid)).json();
    assert_eq!(shown["decoded_resource"], framework.read());
    let by_id = get(&format!("/ce_registry/envelopes/{}", shown["envelope_id"].as_str().unwrap()));
    assert_eq!(by_id.json(), shown);
    let asked = [framework.ctid.clone(), framework.inner[0].clone(), ctid(2), ctid(4_711)];
    assert_eq!(bulk(&server, &asked).json(), json!([framework.read(), envelope(2, 0).read()]));
    let unknown = get(&format!("/graph/{}", ctid(4_711)));
    assert_eq!((unknown.status, unknown.json()["errors"].is_array()), (404, true));
    assert_eq!(bulk(&behaving(|quirks| quirks.has_bulk = false), &asked).status, 404);
    assert_eq!(get("/robots.txt").status, 404);
    assert_eq!(get("/").json()["total_envelopes"], 30);
}

#[test]
fn what_happens_is_an_event_and_a_search_by_time_finds_it() {
    let server = behaving(|_| {});
    let before = precise_stamp(now());
    server.change(|registry| {
        registry.update(envelope(1, 1));
        registry.create(envelope(50, 0));
        registry.destroy(&ctid(7));
        registry.destroy(&ctid(8));
        registry.create(envelope(8, 1));
    });
    let events = get(
        server.address(),
        &format!("/ce-registry/envelopes/events?after={before}&per_page=200"),
    );
    let told: Vec<(String, String)> = events
        .json()
        .as_array()
        .unwrap()
        .iter()
        .map(|event| {
            let text = |name: &str| event[name].as_str().unwrap().to_owned();
            (text("event"), text("envelope_ceterms_ctid"))
        })
        .collect();
    let event = |what: &str, number| (what.to_owned(), ctid(number));
    let expected = [
        event("create", 8),
        event("destroy", 8),
        event("destroy", 7),
        event("create", 50),
        event("update", 1),
    ];
    assert_eq!(told, expected);
    let destroyed = get(server.address(), "/ce-registry/envelopes/events?event=destroy");
    assert_eq!(destroyed.field("x-total"), Some("2"));
    let search = |query: &str| get(server.address(), &format!("/ce-registry/search?{query}"));
    let found = search(&format!(
        "from={before}&metadata_only=true&sort_by=updated_at&sort_order=asc&per_page=100"
    ));
    let of_framework = ctids(&found).iter().filter(|found| **found == ctid(1)).count();
    assert_eq!((ctids(&found).len(), of_framework), (6, 4), "a row for each resource of a graph");
    assert!(found.json()[0]["inner_resource"].is_object());
    let typo = search(&format!("form={before}"));
    assert_eq!((typo.status, typo.field("x-total"), &typo.body[..]), (200, Some("0"), &b"[]"[..]));
    let older = behaving(|quirks| quirks.has_events = false);
    assert_eq!(get(older.address(), "/ce-registry/envelopes/events").status, 404);
}

#[test]
fn provisional_envelopes_are_left_out_unless_they_are_asked_for_and_events_have_them() {
    let server = FakeRegistry::serving(envelopes(3).chain([provisional(3)]));
    let total = |query: &str| page(&server, query).field("x-total").unwrap().to_owned();
    assert_eq!(
        [total(""), total("provisional=include"), total("provisional=only")],
        ["3", "4", "1"]
    );
    let events = get(server.address(), "/ce-registry/envelopes/events");
    assert_eq!(events.field("x-total"), Some("4"));
}

#[test]
fn an_organization_has_its_envelopes() {
    let server = behaving(|_| {});
    let path = format!("/metadata/organizations/{}/envelopes?per_page=100", owner(3));
    let owned = ctids(&get(server.address(), &path));
    assert!(owned.len() > 10 && !owned.contains(&ctid(0)), "{owned:?}");
}

#[test]
fn a_secured_community_and_a_dump_need_the_token() {
    let server = behaving(|quirks| quirks.is_secured = true);
    let with = |path: &str| {
        let fields = [("Authorization", "Token token-of-the-registry")];
        ask(server.address(), path, &fields).unwrap()
    };
    let refused = page(&server, "");
    assert_eq!((refused.status, refused.json()), (401, json!({ "errors": ["401 Unauthorized"] })));
    assert_eq!(with("/ce-registry/envelopes").status, 200);
    server.change(|registry| registry.quirks.is_secured = false);
    let download = "/ce-registry/envelopes/download";
    assert_eq!(get(server.address(), download).json(), json!({ "errors": ["Invalid token"] }));
    assert_eq!(with(download).json()["status"], "pending");
    let files = FakeFiles::serving("/dump.zip", server.change(|registry| registry.packed()));
    server.change(|registry| registry.dump = Some(format!("{}/dump.zip", files.url())));
    assert_eq!(with(download).json()["url"], format!("{}/dump.zip", files.url()));
    assert!(get(files.address(), "/dump.zip").body.starts_with(b"PK"));
    assert_eq!(get(files.address(), "/other.zip").status, 404);
}

#[test]
fn an_old_envelope_is_shown_as_it_was_found() {
    let Some(path) = shared("ctdl/envelopes/OrganizationEnvelope.json") else { return };
    let old = Published::found(&fs::read_to_string(path).unwrap());
    let server = FakeRegistry::serving([old.clone()]);
    let shown = page(&server, "").json();
    assert!(shown[0]["resource"].as_str().unwrap().split('.').count() == 3);
    assert_eq!(get(server.address(), &format!("/graph/{}", old.ctid)).json(), old.read());
}

#[test]
fn the_chosen_are_the_same_for_the_same_seed_and_each_is_there_once() {
    let few = chosen(1_000, 10, 5);
    assert_eq!((few.len(), few.clone()), (10, chosen(1_000, 10, 5)));
    assert_ne!(few, chosen(1_000, 10, 6));
}
