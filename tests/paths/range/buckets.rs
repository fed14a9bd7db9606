//! What is served: every bucket, of one size, the same for everyone.

use std::collections::{BTreeMap, BTreeSet};

use crate::paths::range::{add, filled, knots, layout, prefixes};
use crate::support::fake_case::FakeCase;
use crate::support::generated::framework;
use crate::support::http::{Answer, Server, encoded, request};
use crate::support::mirror::Mirror;
use crate::support::package::guid;

/// The bodies of all buckets, by prefix.
fn all(server: &Server) -> BTreeMap<String, Vec<u8>> {
    let layout = layout(server);
    let body = |prefix: String| {
        let answer = server.get(&format!("/v1/range/{prefix}"));
        assert_eq!(answer.status, 200, "{prefix}");
        (prefix, answer.body)
    };
    prefixes(&layout).into_iter().map(body).collect()
}

#[test]
fn every_prefix_has_a_bucket_and_all_are_of_one_size() {
    let server = Server::of(&knots());
    let layout = layout(&server);
    let version = layout["version"].as_str().unwrap();
    let mut hashes = BTreeSet::new();
    for prefix in prefixes(&layout) {
        let now = server.get(&format!("/v1/range/{prefix}"));
        assert_eq!(now.status, 200, "{prefix}: {now:?}");
        assert_eq!(layout["bucketBytes"], now.body.len(), "{prefix}");
        assert_eq!(now.field("content-length"), Some(now.body.len().to_string().as_str()));
        assert_eq!(now.json()["version"], version);
        let versioned = server.get(&format!("/v1/range/{version}/{prefix}"));
        assert!(versioned.body == now.body, "{prefix}");
        for (answer, caching) in [
            (&now, "public, max-age=300, no-transform"),
            (&versioned, "public, max-age=31536000, immutable, no-transform"),
        ] {
            assert_eq!(answer.field("cache-control"), Some(caching));
            assert_eq!(answer.field("content-type"), Some("application/json"));
            assert_eq!(answer.field("referrer-policy"), Some("no-referrer"));
            assert_eq!(answer.field("access-control-allow-origin"), Some("*"));
            assert_eq!(answer.field("etag"), Some(format!("\"{version}\"").as_str()));
            assert_eq!(answer.field("set-cookie"), None);
        }
        hashes.extend(filled(&now));
    }
    assert_eq!(layout["names"], hashes.len());
    assert!(hashes.len() > 80, "{}", hashes.len());
}

#[test]
fn everyone_gets_the_same_bytes_whoever_asks_and_however() {
    let data = knots();
    let (one, other) = (Server::of(&data), Server::of(&data));
    let expected = all(&one);
    assert!(all(&other) == expected, "two servers differ");
    let fields = [
        ("User-Agent", "quillfeather/1.0"),
        ("Cookie", "a=b"),
        ("Accept", "text/html"),
        ("Accept-Language", "de"),
        ("Accept-Encoding", "gzip, br, zstd"),
    ];
    for (prefix, body) in &expected {
        let asked = request("GET", &format!("/v1/range/{prefix}"), &fields, b"");
        let answer = one.send(&asked);
        assert_eq!((answer.status, answer.field("content-encoding")), (200, None));
        assert!(answer.body == *body, "{prefix}");
    }
}

#[test]
fn what_is_no_prefix_is_a_problem_that_says_what_one_is() {
    let server = Server::of(&knots());
    let long = encoded(&format!("https://quillfeather.example/uri/{}", guid(1, 1)));
    for path in ["A", "00", "g", "-", "%ff", "%20", "0x1", &guid(1, 1), &long] {
        let answer = server.get(&format!("/v1/range/{path}"));
        let problem = problem(&answer, 400, "invalid-prefix");
        assert_eq!(problem["prefixDigits"], 1, "{problem}");
        assert!(problem["detail"].as_str().unwrap().contains("1 hexadecimal digits"), "{problem}");
        assert!(!problem.to_string().contains("quillfeather"), "{problem}");
        assert_eq!(answer.field("cache-control"), Some("no-store"));
    }
    let version = layout(&server)["version"].as_str().unwrap().to_owned();
    let other = server.get("/v1/range/00000000000000000000000000000000/0");
    assert_eq!(problem(&other, 404, "another-version")["version"], version.as_str());
    assert_eq!(other.field("cache-control"), Some("no-store"));
    problem(&server.get("/v1/range/0?x=1"), 400, "unknown-parameter");
    problem(&server.get("/v1/range?x=1"), 400, "unknown-parameter");
    let posted = server.post("/v1/range/0", "{}");
    assert_eq!(posted.status, 405, "{posted:?}");
}

#[track_caller]
fn problem(answer: &Answer, status: u16, code: &str) -> serde_json::Value {
    let json = answer.json();
    assert_eq!(answer.status, status, "{json}");
    assert_eq!(json["type"], format!("/problems/{code}"), "{json}");
    json
}

#[test]
fn what_a_caller_has_already_is_not_sent_again() {
    let server = Server::of(&knots());
    let tag = server.get("/v1/range/0").field("etag").unwrap().to_owned();
    for known in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}")] {
        let fields = [("If-None-Match", known.as_str())];
        let answer = server.send(&request("GET", "/v1/range/0", &fields, b""));
        assert_eq!((answer.status, answer.body.len()), (304, 0), "{answer:?}");
        assert_eq!(answer.field("etag"), Some(tag.as_str()));
    }
    let head = server.send(&request("HEAD", "/v1/range/0", &[], b""));
    let length = layout(&server)["bucketBytes"].to_string();
    assert_eq!((head.status, head.body.len()), (200, 0), "{head:?}");
    assert_eq!(head.field("content-length"), Some(length.as_str()));
}

#[test]
fn another_generation_is_another_version_and_a_rebuild_is_not() {
    let data = knots();
    let server = Server::of(&data);
    let (before, version) = (all(&server), layout(&server)["version"].clone());
    assert_eq!(data.run(&["rebuild"]).status, 0);
    server.wait_for("/readyz", |answer| answer.json()["generation"] == 2);
    assert_eq!(layout(&server)["version"], version);
    assert!(all(&server) == before, "a rebuild changes what is served");
    add(&data);
    server.wait_for("/readyz", |answer| answer.json()["generation"] == 3);
    assert_ne!(layout(&server)["version"], version);
    let after = all(&server);
    assert!(after.values().all(|body| !before.values().any(|old| old == body)));
    let gone = server.get(&format!("/v1/range/{}/0", version.as_str().unwrap()));
    problem(&gone, 404, "another-version");
}

#[test]
fn the_layout_says_what_a_prefix_hides_and_what_it_does_not() {
    let data = knots();
    let server = Server::of(&data);
    let said = server.get("/v1/range").json();
    assert_eq!(said["generation"], 1);
    assert_eq!(said["layout"]["bits"], 4);
    assert_eq!(said["layout"]["buckets"], 16);
    for member in ["hides", "doesNotHide", "instead"] {
        assert!(said[member].as_array().is_some_and(|words| words.len() > 1), "{member}: {said}");
    }
    assert!(said["doesNotHide"].to_string().contains("one framework"), "{said}");
}

#[test]
fn texts_that_may_not_be_handed_on_in_bulk_are_left_out() {
    let case = FakeCase::serving([framework(3, 5)]);
    let mut mirror = Mirror::new();
    mirror.source("case", "case", &case.url(), "redistribute = false");
    mirror.harvest().check_complete();
    let server = Server::of(&mirror.data);
    let mut n_cards = 0;
    for prefix in prefixes(&layout(&server)) {
        let bucket = server.get(&format!("/v1/range/{prefix}")).json();
        for slot in bucket["slots"].as_array().unwrap() {
            let Some(card) = slot["card"].as_object() else { continue };
            n_cards += 1;
            assert_eq!(card["textsWithheld"], true, "{slot}");
            assert!(card["id"].is_string() && card["status"].is_string(), "{slot}");
            for member in ["label", "code", "framework", "publisher"] {
                assert!(!card.contains_key(member), "{slot}");
            }
        }
    }
    assert!(n_cards > 10, "{n_cards}");
}
