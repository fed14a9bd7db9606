//! What is kept by callers and on the way to them: tags, codings, and what HEAD and OPTIONS say.

use std::io::Read;

use crate::paths::serve::{good, knots, problem, samples};
use crate::support::http::{Answer, Server, request};
use crate::support::package::{guid, numbered, save};

/// Fields that are others in every answer, and what only says how a body comes.
const PASSING: [&str; 4] = ["date", "ratelimit", "transfer-encoding", "x-request-id"];

const SEARCH: &str = "/v1/search?q=fractions&limit=100";

fn with(server: &Server, path: &str, fields: &[(&str, &str)]) -> Answer {
    server.send(&request("GET", path, fields, b""))
}

/// The body of an answer, put together out of its chunks where it came in chunks.
fn body(answer: &Answer) -> Vec<u8> {
    if answer.field("transfer-encoding") != Some("chunked") {
        return answer.body.clone();
    }
    let (mut rest, mut whole) = (answer.body.as_slice(), Vec::new());
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n").unwrap();
        let len = usize::from_str_radix(std::str::from_utf8(&rest[..end]).unwrap(), 16).unwrap();
        if len == 0 {
            return whole;
        }
        whole.extend(&rest[end + 2..end + 2 + len]);
        rest = &rest[end + 2 + len + 2..];
    }
}

#[test]
fn what_is_public_may_be_kept_and_is_told_by_its_tag() {
    let data = knots();
    let server = Server::of(&data);
    let resource = format!("/v1/resources/{}", guid(1, 1));
    for path in [
        resource.as_str(),
        &format!("{resource}/alignment"),
        "/v1/search?q=knot",
        "/v1/autocomplete?q=kn",
    ] {
        let answer = server.get(path);
        good(&answer);
        let caching = answer.field("cache-control");
        assert_eq!(caching, Some("public, max-age=60, stale-while-revalidate=600"), "{path}");
        assert_eq!(answer.field("vary"), Some("Accept, Accept-Encoding"), "{path}");
        let tag = answer.field("etag").unwrap();
        assert!(tag.starts_with('"') && tag.ends_with('"'), "{tag}");
        assert_eq!(server.get(path).field("etag"), Some(tag), "{path}");
        for known in [tag.to_owned(), format!("\"other\", {tag}"), format!("W/{tag}")] {
            let held = with(&server, path, &[("If-None-Match", &known)]);
            assert_eq!((held.status, held.body.len()), (304, 0), "{path}: {held:?}");
            for name in ["etag", "cache-control", "vary", "alidade-generation"] {
                assert_eq!(held.field(name), answer.field(name), "{path}: {name}");
            }
        }
        let other = with(&server, path, &[("If-None-Match", "\"other\""), ("Accept", "*/*")]);
        assert_eq!(other.status, 200, "{path}");
        assert_ne!(other.field("etag"), Some(tag), "{path}: another `Accept` is another question");
    }
    let tag = server.get(&resource).field("etag").unwrap().to_owned();
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "new.json", &numbered(3, "Knots to Come", 4));
    assert_eq!(data.import(&[folder.path()]).status, 0);
    let next = Some("2".to_owned());
    server.wait_for("/livez", |answer| answer.field("alidade-generation") == next.as_deref());
    let anew = with(&server, &resource, &[("If-None-Match", &tag)]);
    assert_eq!(anew.status, 200, "another generation has other answers");
}

#[test]
fn what_somebody_asks_for_himself_and_what_went_wrong_is_kept_nowhere() {
    let server = Server::of(&knots());
    let mut answers: Vec<Answer> = [
        "/v1/resolve?id=T.1",
        "/v1/similar?text=a+knot",
        "/v1/sources",
        "/v1/range",
        "/livez",
        "/readyz",
        "/nowhere",
        "/v1/resources/nothing",
        "/v1/search?wrong=1",
    ]
    .into_iter()
    .map(|path| server.get(path))
    .collect();
    answers.push(server.post("/v1/resolve", r#"{"ids":["T.1"]}"#));
    answers.push(server.post("/v1/multi-search", r#"{"searches":[{"q":"knot"}]}"#));
    for answer in answers {
        assert_eq!(answer.field("cache-control"), Some("no-store"), "{answer:?}");
        assert_eq!(answer.field("etag"), None, "{answer:?}");
    }
}

#[test]
fn an_answer_comes_in_the_coding_that_is_liked_best_and_each_has_its_tag() {
    let server = Server::of(&samples());
    let plain = server.get(SEARCH);
    assert_eq!(plain.field("content-encoding"), None);
    let mut tags = vec![plain.field("etag").unwrap().to_owned()];
    for (accepted, coding) in
        [("gzip", "gzip"), ("br", "br"), ("zstd", "zstd"), ("deflate, gzip, br, zstd", "zstd")]
    {
        let coded = with(&server, SEARCH, &[("Accept-Encoding", accepted)]);
        assert_eq!((coded.status, coded.field("content-encoding")), (200, Some(coding)));
        assert_eq!(coded.field("vary"), Some("Accept, Accept-Encoding"));
        let bytes = body(&coded);
        assert!(bytes.len() < plain.body.len() / 2, "{coding}: {}", bytes.len());
        let mut read = Vec::new();
        match coding {
            "gzip" => drop(flate2::read::GzDecoder::new(&*bytes).read_to_end(&mut read).unwrap()),
            "zstd" => read = zstd::decode_all(&*bytes).unwrap(),
            _ => read.clone_from(&plain.body),
        }
        assert!(read == plain.body, "{coding}");
        let tag = coded.field("etag").unwrap().to_owned();
        let fields = [("Accept-Encoding", accepted), ("If-None-Match", &tag)];
        let held = with(&server, SEARCH, &fields);
        assert_eq!((held.status, held.field("etag")), (304, Some(tag.as_str())));
        // Whoever does not take this coding is not sent to it.
        assert_eq!(with(&server, SEARCH, &[("If-None-Match", &tag)]).status, 200);
        tags.push(tag);
    }
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 4, "{tags:?}");
    for (path, accepted) in
        [("/livez", "gzip"), ("/nowhere", "gzip"), (SEARCH, "gzip;q=0"), (SEARCH, "identity;q=0")]
    {
        let answer = with(&server, path, &[("Accept-Encoding", accepted)]);
        assert_eq!(answer.field("content-encoding"), None, "{path}");
        assert!([200, 404].contains(&answer.status), "{path}: {}", answer.status);
    }
    let script = with(&server, "/alidade.js", &[("Accept-Encoding", "gzip")]);
    let tag = script.field("etag").unwrap().to_owned();
    let fields = [("Accept-Encoding", "gzip"), ("If-None-Match", &tag)];
    assert_eq!(with(&server, "/alidade.js", &fields).status, 304);
}

#[test]
fn head_has_the_headers_of_get_and_no_body() {
    let server = Server::of(&samples());
    for (path, fields) in [
        (SEARCH, &[][..]),
        (SEARCH, &[("Accept-Encoding", "gzip")]),
        ("/v1/resolve?id=x", &[]),
        ("/v1/range/0", &[]),
        ("/badge", &[("Accept-Encoding", "br")]),
        ("/livez", &[]),
        ("/nowhere", &[]),
        ("/v1/resources/nothing", &[]),
        ("/v1/suggest", &[]),
        ("/problems", &[]),
    ] {
        let lasting = |answer: &Answer| {
            let mut fields = answer.fields.clone();
            fields.retain(|(name, _)| !PASSING.contains(&name.as_str()));
            fields.sort();
            fields
        };
        let get = with(&server, path, fields);
        let head = server.send(&request("HEAD", path, fields, b""));
        assert_eq!((head.status, head.body.len()), (get.status, 0), "{path}: {head:?}");
        assert_eq!(lasting(&head), lasting(&get), "{path} {fields:?}");
    }
}

#[test]
fn options_names_the_methods_of_every_path() {
    let server = Server::of(&knots());
    for (path, allowed) in [
        ("/livez", "GET,HEAD,OPTIONS"),
        ("/v1/resolve", "GET,HEAD,POST,OPTIONS"),
        ("/v1/suggest", "POST,OPTIONS"),
        ("/v1/resources/a", "GET,HEAD,OPTIONS"),
    ] {
        let answer = server.send(&request("OPTIONS", path, &[], b""));
        assert_eq!((answer.status, answer.body.len()), (204, 0), "{path}: {answer:?}");
        assert_eq!(answer.field("allow"), Some(allowed), "{path}");
        assert_eq!(answer.field("access-control-allow-origin"), Some("*"), "{path}");
    }
    problem(&server.send(&request("OPTIONS", "/nowhere", &[], b"")), 404, "no-such-route");
}
