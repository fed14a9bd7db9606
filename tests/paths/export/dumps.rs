//! `/dumps`: what is exported, over HTTP.

use std::fs;

use index::digest::Digest;
use serde_json::Value;

use super::{export, shelf, text, unpacked};
use crate::paths::serve::problem;
use crate::support::DataDir;
use crate::support::http::{Answer, Server, request};
use crate::support::listing::listing;
use crate::support::package::guid;

/// Asks in a way that an answer without a length comes in one piece.
#[track_caller]
fn fetch(server: &Server, path: &str) -> Answer {
    server.send(format!("GET {path} HTTP/1.0\r\nHost: alidade.test\r\n\r\n").as_bytes())
}

#[track_caller]
fn dump(server: &Server, path: &str) -> (Answer, Vec<u8>) {
    let answer = fetch(server, path);
    assert_eq!(answer.status, 200, "{path}: {answer:?}");
    assert_eq!(answer.field("content-type"), Some("application/zstd"));
    assert_eq!(answer.field("content-encoding"), None);
    let name = path.rsplit('/').next().unwrap();
    let disposition = format!("attachment; filename=\"{name}\"");
    assert_eq!(answer.field("content-disposition"), Some(disposition.as_str()));
    let inside = unpacked(&answer.body, name);
    (answer, inside)
}

#[test]
fn everything_is_given_as_the_command_line_writes_it() {
    let (_folder, data) = shelf();
    let server = Server::of(&data);
    let listed = fetch(&server, "/dumps").json();
    let all = listed["all"].as_array().unwrap();
    assert_eq!(all.len(), 3, "{listed}");
    for (file, media_type) in
        all.iter().zip(["application/n-quads", "application/x-ndjson", "text/csv; header=present"])
    {
        assert_eq!(file["mediaType"], media_type);
        let path = file["href"].as_str().unwrap();
        let (_, inside) = dump(&server, path);
        let name = path.rsplit('/').next().unwrap();
        assert!(inside == export(&data, name, &[]).1, "{path}");
    }
}

#[test]
fn a_framework_is_given_by_the_hash_of_its_key() {
    let (_folder, data) = shelf();
    let server = Server::of(&data);
    let listed = fetch(&server, "/dumps").json();
    let key = format!("guid:{}", guid(2, 0));
    let found = listed["frameworks"].as_array().unwrap();
    assert_eq!(found.len() as u64, listed["total"].as_u64().unwrap());
    let framework = found.iter().find(|framework| framework["key"] == key.as_str()).unwrap();
    let hash: String = Digest::of(key.as_bytes()).to_string().chars().take(16).collect();
    assert_eq!(framework["hash"], hash.as_str());
    assert_eq!(framework["title"], "Knots by Number");
    for file in framework["dumps"].as_array().unwrap() {
        let path = file["href"].as_str().unwrap();
        let (_, inside) = dump(&server, path);
        let name = path.rsplit('/').next().unwrap();
        assert!(inside == export(&data, name, &["--framework", &key]).1, "{path}");
    }
    for framework in found {
        for file in framework["dumps"].as_array().unwrap() {
            dump(&server, file["href"].as_str().unwrap());
        }
    }
}

#[test]
fn the_digest_is_that_of_the_bytes_and_is_known_from_then_on() {
    let (_folder, data) = shelf();
    let server = Server::of(&data);
    for name in ["all.nq.zst", "all.ndjson.zst", "all.csv.zst"] {
        let path = format!("/dumps/{name}");
        let told = fetch(&server, &format!("{path}.sha256"));
        assert_eq!(told.status, 200, "{told:?}");
        let (first, _) = dump(&server, &path);
        let (second, _) = dump(&server, &path);
        assert!(first.body == second.body, "{name}: one generation has the same bytes");
        let digest = Digest::of(&first.body);
        assert_eq!(told.body, format!("{digest}  {name}\n").into_bytes());
        let field = second.field("repr-digest").unwrap();
        assert!(field.starts_with("sha-256=:") && field.ends_with("=:"), "{field}");
        assert_eq!(second.field("content-length"), Some(second.body.len().to_string().as_str()));
        let listed = fetch(&server, "/dumps").json();
        let all = listed["all"].as_array().unwrap();
        let file = all.iter().find(|file| file["href"] == path.as_str()).unwrap();
        assert_eq!(file["sha256"], digest.to_string());
        assert_eq!(file["bytes"], first.body.len());
    }
    // Who takes a dump whole has worked its digest out for the next one.
    let fresh = Server::of(&data);
    let (first, _) = dump(&fresh, "/dumps/all.csv.zst");
    assert_eq!(first.field("repr-digest"), None);
    fresh.wait_for("/dumps", |answer| {
        answer.json()["all"][2]["bytes"].as_u64() == Some(first.body.len() as u64)
    });
}

#[test]
fn what_a_caller_has_already_is_not_written_again() {
    let (_folder, data) = shelf();
    let server = Server::of(&data);
    let (first, _) = dump(&server, "/dumps/all.csv.zst");
    let tag = first.field("etag").unwrap();
    let asked = |fields: &[(&str, &str)], method| {
        server.send(&request(method, "/dumps/all.csv.zst", fields, b""))
    };
    let again = asked(&[("If-None-Match", tag)], "GET");
    assert_eq!((again.status, again.body.len()), (304, 0), "{again:?}");
    assert_eq!(again.field("etag"), Some(tag));
    assert_eq!(asked(&[("If-None-Match", "\"other\"")], "GET").status, 200);
    let head = asked(&[], "HEAD");
    assert_eq!((head.status, head.body.len()), (200, 0), "{head:?}");
    assert_eq!(head.field("content-type"), Some("application/zstd"));
    let (other, _) = dump(&server, "/dumps/all.nq.zst");
    assert_ne!(other.field("etag"), Some(tag));
    // Nobody has what there is not, whatever the tag.
    let absent = "0000000000000000.csv.zst";
    let path = format!("/dumps/frameworks/{absent}");
    let of_absent = tag.replace("all.csv.zst", absent);
    for known in [of_absent.as_str(), "*"] {
        let answer = server.send(&request("GET", &path, &[("If-None-Match", known)], b""));
        problem(&answer, 404, "unknown-dump");
    }
    assert_eq!(asked(&[("If-None-Match", "*")], "GET").status, 200);
}

#[test]
fn who_asks_for_the_head_alone_has_nothing_written() {
    let (_folder, data) = shelf();
    let server = Server::of(&data);
    let head = server.send(&request("HEAD", "/dumps/all.csv.zst", &[], b""));
    assert_eq!(head.status, 200);
    dump(&server, "/dumps/all.nq.zst");
    let listed = server.wait_for("/dumps", |answer| answer.json()["all"][0]["bytes"].is_u64());
    assert!(listed.json()["all"][2]["bytes"].is_null(), "{listed:?}");
}

#[test]
fn a_name_that_names_no_dump_is_a_problem() {
    let (_folder, data) = shelf();
    let server = Server::of(&data);
    let item = Digest::of(format!("guid:{}", guid(2, 7)).as_bytes()).to_string();
    for path in [
        "/dumps/everything.nq.zst".to_owned(),
        "/dumps/all.nq".to_owned(),
        "/dumps/all.ttl.zst".to_owned(),
        "/dumps/frameworks/all.nq.zst".to_owned(),
        "/dumps/frameworks/0000000000000000.nq.zst".to_owned(),
        "/dumps/frameworks/0000000000000000.nq.zst.sha256".to_owned(),
        format!("/dumps/frameworks/{}.nq.zst", &item[..16]),
    ] {
        problem(&server.get(&path), 404, "unknown-dump");
    }
    let head = request("HEAD", "/dumps/frameworks/0000000000000000.nq.zst", &[], b"");
    assert_eq!(server.send(&head).status, 404);
    problem(&server.get("/dumps?limit=1001"), 400, "invalid-parameter");
    problem(&server.get("/dumps?after=zz"), 400, "invalid-parameter");
    problem(&server.get("/dumps/all.nq.zst?format=nq"), 400, "unknown-parameter");
}

#[test]
fn the_frameworks_are_listed_page_by_page() {
    let (_folder, data) = shelf();
    let server = Server::of(&data);
    let whole = fetch(&server, "/dumps").json();
    let mut path = Some("/dumps?limit=2".to_owned());
    let mut walked: Vec<Value> = Vec::new();
    while let Some(at) = path {
        let answer = fetch(&server, &at);
        let page = answer.json();
        let link = page["next"].as_str().map(|next| format!("<{next}>; rel=\"next\""));
        assert_eq!(answer.field("link"), link.as_deref());
        assert!(page["frameworks"].as_array().unwrap().len() <= 2);
        walked.extend(page["frameworks"].as_array().unwrap().iter().cloned());
        path = page["next"].as_str().map(str::to_owned);
    }
    assert!(walked.len() > 3, "{walked:?}");
    assert_eq!(&walked, whole["frameworks"].as_array().unwrap());
}

#[test]
fn a_replica_gives_what_it_has_and_says_what_it_has_not() {
    let (_folder, data) = shelf();
    let replica = DataDir::new();
    fs::create_dir_all(replica.path()).unwrap();
    for name in ["generations", "current", "layout"] {
        let copied = std::process::Command::new("cp")
            .args([
                "-a",
                data.path().join(name).to_str().unwrap(),
                replica.path().to_str().unwrap(),
            ])
            .status();
        assert!(copied.unwrap().success());
    }
    let server = Server::of(&replica);
    let refused = problem(&server.get("/dumps/all.ndjson.zst"), 404, "no-documents");
    assert_eq!(refused["formats"], serde_json::json!(["nq", "csv"]));
    problem(&server.get("/dumps/all.ndjson.zst.sha256"), 404, "no-documents");
    assert_eq!(fetch(&server, "/dumps").json()["all"].as_array().unwrap().len(), 2);
    let (_, inside) = dump(&server, "/dumps/all.nq.zst");
    assert!(inside == export(&data, "all.nq", &[]).1);
    let described = text(server.get("/void.ttl").body);
    assert!(described.contains(".csv.zst") && !described.contains(".ndjson"), "{described}");
    let cannot = replica.run(&["export", "--format", "ndjson"]);
    assert_eq!(cannot.status, 2, "{cannot:?}");
}

#[test]
fn a_dump_that_is_given_leaves_nothing_behind() {
    let (_folder, data) = shelf();
    let server = Server::of(&data);
    let before = listing(&data.path());
    for name in ["all.nq.zst", "all.ndjson.zst", "all.csv.zst"] {
        dump(&server, &format!("/dumps/{name}"));
        fetch(&server, &format!("/dumps/{name}.sha256"));
    }
    assert_eq!(listing(&data.path()), before);
}
