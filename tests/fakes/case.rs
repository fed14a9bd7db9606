//! The fake CASE server, switch by switch.

use serde_json::Value;

use super::caller::{ask, get};
use crate::support::fake_case::{
    Door, FakeCase, Framework, Link, ListShape, Listed, Negotiation, PackageAddress, PackageShape,
    PackageUri, Quirks, Standing, Stead, Total, Validation, Versions,
};
use crate::support::fake_server::FakeServer;
use crate::support::fake_server::site::Said;
use crate::support::generated::{framework, reassociated, reworded, shortened};
use crate::support::http::Answer;
use crate::support::package::{guid, numbered};
use crate::support::shared;

const ROOT: &str = "/ims/case/v1p1";

fn behaving(switch: impl FnOnce(&mut Quirks)) -> FakeServer<FakeCase> {
    FakeCase::behaving((1..=5).map(|number| numbered(number, "Knots", 2)), switch)
}

fn list(server: &FakeServer<FakeCase>, query: &str) -> Answer {
    get(server.address(), &format!("{ROOT}/CFDocuments{query}"))
}

/// The numbers of the frameworks on a page.
fn numbers(answer: &Answer) -> Vec<u32> {
    let body = answer.json();
    let found = ["CFDocuments", "cfDocuments"].iter().find_map(|name| body[name].as_array());
    let documents = found.or_else(|| body.as_array()).unwrap();
    let number = |document: &Value| {
        u32::from_str_radix(&document["identifier"].as_str().unwrap()[..8], 16).unwrap()
    };
    documents.iter().map(number).collect()
}

fn package(server: &FakeServer<FakeCase>, number: u32) -> Answer {
    get(server.address(), &format!("{ROOT}/CFPackages/{}", guid(number, 0)))
}

#[test]
fn pages_follow_limit_and_offset_and_say_so() {
    let server = behaving(|_| {});
    let page = list(&server, "?limit=2&offset=2");
    assert_eq!(numbers(&page), [3, 4]);
    assert_eq!(page.field("x-total-count"), Some("5"));
    assert!(page.field("link").unwrap().contains("limit=2&offset=4>; rel=\"next\""));
    let capped = behaving(|quirks| quirks.caps_limit = Some(3));
    assert_eq!(numbers(&list(&capped, "?limit=100")), [1, 2, 3]);
    let silent = behaving(|quirks| {
        quirks.total = Total::Missing;
        quirks.link = Link::Absent;
    });
    let page = list(&silent, "?limit=2");
    assert_eq!((page.field("x-total-count"), page.field("link")), (None, None));
    let other = behaving(|quirks| quirks.link = Link::On("http://other.example".to_owned()));
    assert!(list(&other, "?limit=2").field("link").unwrap().starts_with("<http://other.example/"));
}

#[test]
fn a_list_ignores_what_it_is_asked_for_or_moves() {
    let server = behaving(|quirks| quirks.ignores_offset = true);
    assert_eq!(numbers(&list(&server, "?limit=2&offset=2")), [1, 2]);
    let server = behaving(|quirks| quirks.ignores_limit = true);
    assert_eq!(numbers(&list(&server, "?limit=2")), [1, 2, 3, 4, 5]);
    let server = behaving(|quirks| quirks.default_limit = Some(2));
    assert_eq!(numbers(&list(&server, "")), [1, 2]);
    let server = behaving(|quirks| quirks.moves_order = true);
    assert_ne!(numbers(&list(&server, "")), numbers(&list(&server, "")));
}

#[test]
fn a_page_in_the_middle_is_empty_where_it_is_cut_before_it_is_filtered() {
    let server = behaving(|quirks| {
        quirks.slices_before_filtering = true;
        quirks.list = ListShape::Totals;
        quirks.total = Total::CountsPrivate;
    });
    server.change(|case| {
        for number in [3, 4] {
            case.framework(&guid(number, 0)).standing = Standing::Private;
        }
    });
    let page = list(&server, "?limit=2&offset=2");
    assert_eq!((numbers(&page), page.json()["total"].as_u64()), (vec![], Some(5)));
    assert_eq!(numbers(&list(&server, "?limit=2&offset=4")), [5]);
    assert_eq!(list(&server, "").json()["total"], Value::Null);
    assert_eq!(package(&server, 3).status, 404);
}

#[test]
fn a_list_has_the_shape_of_the_switch() {
    for (shape, is_array) in [
        (ListShape::CFDocuments, false),
        (ListShape::CfDocuments, false),
        (ListShape::BareArray, true),
    ] {
        let page = list(&behaving(|quirks| quirks.list = shape), "");
        assert_eq!((numbers(&page).len(), page.json().is_array()), (5, is_array));
    }
    let listed = |listed| list(&behaving(|quirks| quirks.listed = listed), "");
    assert!(numbers(&listed(Listed::Nothing)).is_empty());
    let short = listed(Listed::CutShort(2));
    assert_eq!((numbers(&short), short.field("x-total-count")), (vec![1, 2], Some("5")));
    assert!(listed(Listed::Page).body.starts_with(b"<!DOCTYPE html>"));
    assert_eq!(listed(Listed::Stub).json()["imsx_codeMajor"], "failure");
}

#[test]
fn the_package_of_a_document_is_named_in_every_way() {
    let named = |package_uri| {
        let server = behaving(|quirks| quirks.package_uri = package_uri);
        let uri = list(&server, "").json()["CFDocuments"][0]["CFPackageURI"].take();
        (uri, format!("{}{ROOT}/CFPackages/{}", server.url(), guid(1, 0)))
    };
    let (uri, here) = named(PackageUri::Object);
    assert_eq!(uri["uri"], here);
    let (uri, here) = named(PackageUri::Text);
    assert_eq!(uri, here);
    assert_eq!(named(PackageUri::Missing).0, Value::Null);
    let (uri, _) = named(PackageUri::Relative);
    assert_eq!(uri["uri"], format!("{ROOT}/CFPackages/{}", guid(1, 0)));
    let (uri, _) = named(PackageUri::OffHost("http://other.example".to_owned()));
    assert!(uri["uri"].as_str().unwrap().starts_with("http://other.example/ims/case/v1p1/"));
    let (uri, _) = named(PackageUri::Given);
    assert!(uri["uri"].as_str().unwrap().starts_with("https://case.loom.example/"));
}

#[test]
fn a_package_may_have_an_identifier_of_its_own() {
    for (address, names_it) in [(PackageAddress::Own, true), (PackageAddress::OwnInUriOnly, false)]
    {
        let server = behaving(|quirks| quirks.package_address = address);
        assert_eq!(package(&server, 1).status, 404);
        let link = list(&server, "").json()["CFDocuments"][0]["CFPackageURI"].take();
        let own = Framework::of(numbered(1, "Knots", 2)).own_identifier();
        assert_eq!(link["identifier"] == own, names_it);
        let path = link["uri"].as_str().unwrap().replace(&server.url(), "");
        assert_eq!(get(server.address(), &path).json()["CFItems"].as_array().unwrap().len(), 2);
    }
}

#[test]
fn a_package_comes_in_every_shape_or_something_in_its_stead() {
    let shaped = |shape| package(&behaving(|quirks| quirks.package = shape), 1).json();
    assert!(shaped(PackageShape::Array).is_array());
    assert!(shaped(PackageShape::Wrapped)["CFPackage"]["CFDocument"].is_object());
    assert_eq!(shaped(PackageShape::EmptyDefinitions)["CFDefinitions"], serde_json::json!([]));
    assert!(shaped(PackageShape::Nulls).as_object().unwrap()["CFRubrics"].is_null());
    let server = behaving(|quirks| quirks.rewrites_uris = true);
    let rewritten = package(&server, 1).json();
    assert!(rewritten["CFItems"][0]["uri"].as_str().unwrap().starts_with(&server.url()));
    let end = &rewritten["CFAssociations"][0]["originNodeURI"]["uri"];
    assert!(end.as_str().unwrap().starts_with("https://case.loom.example/"));
    let instead = |stead: Stead| {
        server.change(|case| case.framework(&guid(1, 0)).stead = Some(stead));
        package(&server, 1)
    };
    assert_eq!(instead(Stead::Refusal(403, r#"{"message":"no"}"#)).status, 403);
    assert_eq!(instead(Stead::Stub).json()["imsx_codeMajor"], "failure");
    assert!(instead(Stead::Page).body.starts_with(b"<!DOCTYPE"));
    let other = Stead::Other(Box::new(numbered(2, "Another", 1)));
    assert_eq!(instead(other).json()["CFDocument"]["title"], "Another");
}

#[test]
fn versions_are_there_gone_led_to_or_in_conflict() {
    let status = |server: &FakeServer<FakeCase>, path: &str| get(server.address(), path).status;
    let [old, new] = ["v1p0", "v1p1"].map(|version| format!("/ims/case/{version}/CFDocuments"));
    let discovery = format!("{ROOT}/discovery/imscasev1p1_openapi3_v1p0.json");
    for (versions, expected) in [
        (Versions::Both, [200, 200, 200]),
        (Versions::V1p0, [200, 404, 404]),
        (Versions::V1p1, [404, 200, 200]),
        (Versions::V1p0LeadsToV1p1, [301, 200, 200]),
    ] {
        let server = behaving(|quirks| quirks.versions = versions);
        let found = [&old, &new, &discovery].map(|path| status(&server, path));
        assert_eq!(found, expected, "{versions:?}");
    }
    let server = behaving(|quirks| quirks.versions = Versions::V1p0LeadsToV1p1);
    let led = get(server.address(), &format!("{old}?limit=2"));
    assert_eq!(led.field("location"), Some(format!("{}{new}?limit=2", server.url()).as_str()));
    let server = behaving(|quirks| {
        quirks.prefix = "/some/tenant";
        quirks.has_discovery = false;
    });
    assert_eq!(status(&server, &new), 404);
    assert_eq!(status(&server, &format!("/some/tenant{new}")), 200);
    assert_eq!(status(&server, &format!("/some/tenant{discovery}")), 404);
    let server = behaving(|_| {});
    server.change(|case| case.framework(&guid(1, 0)).is_v1p0 = true);
    let conflict = package(&server, 1);
    assert_eq!(
        (conflict.status, conflict.json()["imsx_codeMajor"].as_str()),
        (409, Some("failure"))
    );
    assert_eq!(status(&server, &format!("/ims/case/v1p0/CFPackages/{}", guid(1, 0))), 200);
}

#[test]
fn a_caller_who_accepts_anything_gets_a_page_or_choices() {
    let with = |negotiation, accept: Option<&str>| {
        let server = behaving(|quirks| quirks.negotiation = negotiation);
        let fields: Vec<(&str, &str)> =
            accept.map(|accept| ("Accept", accept)).into_iter().collect();
        ask(server.address(), &format!("{ROOT}/CFDocuments"), &fields).unwrap()
    };
    assert_eq!(with(Negotiation::Choices, None).status, 300);
    assert_eq!(with(Negotiation::Choices, Some("application/json")).status, 200);
    let page = with(Negotiation::PageForAny, Some("*/*"));
    assert_eq!((page.status, page.body.starts_with(b"<!DOCTYPE")), (200, true));
    assert!(with(Negotiation::PageForAny, Some("application/json")).json().is_object());
}

#[test]
fn what_did_not_change_is_recognised_by_its_validator() {
    let path = format!("{ROOT}/CFPackages/{}", guid(1, 0));
    let validated = |validation, field: &'static str, named: &str| {
        let server = behaving(|quirks| quirks.validation = validation);
        let value = package(&server, 1).field(field).unwrap().to_owned();
        let again = ask(server.address(), &path, &[(named, &value)]).unwrap();
        server.change(|case| case.put(reworded(numbered(1, "Knots", 2), 0, "Ties it anew")));
        let changed = ask(server.address(), &path, &[(named, &value)]).unwrap();
        (value, again.status, changed.status)
    };
    let (strong, again, changed) = validated(Validation::Strong, "etag", "If-None-Match");
    assert!(
        strong.starts_with('"') && (again, changed) == (304, 200),
        "{strong} {again} {changed}"
    );
    let (weak, again, changed) = validated(Validation::Weak, "etag", "If-None-Match");
    assert!(weak.starts_with("W/") && (again, changed) == (304, 200), "{weak} {again} {changed}");
    // The stamp of the document did not move, and so the server does not tell.
    let (date, again, changed) = validated(Validation::Stamp, "last-modified", "If-Modified-Since");
    assert_eq!((date.as_str(), again, changed), ("Mon, 01 Jan 2024 00:00:00 GMT", 304, 304));
    let server = behaving(|quirks| quirks.validation = Validation::Absent);
    assert_eq!(package(&server, 1).field("etag"), None);
    let server = behaving(|quirks| quirks.says_not_modified = false);
    let etag = package(&server, 1).field("etag").unwrap().to_owned();
    assert_eq!(ask(server.address(), &path, &[("If-None-Match", &etag)]).unwrap().status, 200);
}

#[test]
fn frameworks_come_change_hide_and_go_while_the_server_runs() {
    let server = behaving(|_| {});
    server.change(|case| {
        case.put(numbered(6, "New", 1));
        case.remove(&guid(1, 0));
        case.framework(&guid(2, 0)).standing = Standing::Archived;
    });
    assert_eq!(numbers(&list(&server, "")), [3, 4, 5, 6]);
    assert_eq!((package(&server, 1).status, package(&server, 2).status), (404, 200));
    let server = behaving(|quirks| {
        quirks.leads_packages_to = Some((302, "http://other.example".to_owned()));
    });
    let led = package(&server, 1);
    assert_eq!(led.status, 302);
    assert!(led.field("location").unwrap().starts_with("http://other.example/ims/case/"));
    let server =
        behaving(|quirks| quirks.leads_list_to = Some((307, "http://other.example".to_owned())));
    assert_eq!(list(&server, "").status, 307);
}

#[test]
fn strangers_are_stopped_at_the_door_or_told_nothing() {
    let server = behaving(|_| {});
    server.change(|case| {
        case.framework(&guid(1, 0)).standing = Standing::Private;
        case.tokens.admit("good");
    });
    let as_known =
        |path: &str| ask(server.address(), path, &[("Authorization", "Bearer good")]).unwrap();
    for (door, [for_list, for_package]) in [
        (Door::Open, [200, 404]),
        (Door::Locked, [401, 401]),
        (Door::Forbidden, [403, 403]),
        (Door::Silent(401), [200, 401]),
    ] {
        server.change(|case| case.door = door);
        assert_eq!([list(&server, "").status, package(&server, 1).status], [for_list, for_package]);
        assert_eq!(numbers(&as_known(&format!("{ROOT}/CFDocuments"))), [1, 2, 3, 4, 5], "{door:?}");
    }
    assert_eq!(numbers(&list(&server, "")), [2, 3, 4, 5], "an expired token is answered with less");
    server.change(|case| case.tokens.turned_away = 1);
    let path = format!("{ROOT}/CFDocuments");
    assert_eq!((as_known(&path).status, as_known(&path).status), (401, 200));
}

#[test]
fn generated_frameworks_are_the_same_for_the_same_numbers_and_change_on_demand() {
    let package = framework(3, 50);
    assert_eq!(package, framework(3, 50));
    let reworded = reworded(package.clone(), 4, "Anew");
    assert_eq!(reworded["CFItems"][4]["fullStatement"], "Anew");
    assert_eq!(reworded["CFDocument"], package["CFDocument"], "no stamp moved");
    let short = shortened(package.clone(), 10);
    assert_eq!(short["CFItems"].as_array().unwrap().len(), 40);
    let renamed = reassociated(package.clone());
    assert_ne!(
        renamed["CFAssociations"][0]["identifier"],
        package["CFAssociations"][0]["identifier"]
    );
    assert_eq!(
        renamed["CFAssociations"][0]["originNodeURI"],
        package["CFAssociations"][0]["originNodeURI"]
    );
}

#[test]
fn a_real_package_is_served_as_it_is() {
    let Some(path) = shared("case/sbac-webb-dok.cfpackage.json") else { return };
    let framework = Framework::read(&path);
    let (identifier, whole) = (framework.identifier().to_owned(), framework.package.clone());
    let server = FakeCase::serving([whole.clone()]);
    let answer = get(server.address(), &format!("{ROOT}/CFPackages/{identifier}"));
    assert_eq!(answer.json(), whole);
    assert_eq!(answer.body, Said::json(200, &whole).body);
}
