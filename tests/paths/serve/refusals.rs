//! What is refused, and how it is said.

use std::io::Write;

use serde_json::json;

use crate::paths::serve::{good, knots, problem};
use crate::support::http::{Answer, Server, encoded, request};
use crate::support::package::guid;

#[test]
fn a_path_or_a_method_that_is_not_there_is_told() {
    let server = Server::of(&knots());
    for path in ["/v1", "/v1/resolve/", "/v1/resources/", "/v1/resources/a/b", "/v2/search"] {
        problem(&server.get(path), 404, "no-such-route");
    }
    for (method, path, allowed) in [
        ("POST", "/v1/search?q=a", "GET,HEAD,OPTIONS"),
        ("GET", "/v1/suggest", "POST,OPTIONS"),
        ("DELETE", "/v1/resolve", "GET,HEAD,POST,OPTIONS"),
        ("PUT", "/v1/resources/a", "GET,HEAD,OPTIONS"),
    ] {
        let answer = server.send(&request(method, path, &[], b""));
        problem(&answer, 405, "no-such-method");
        assert_eq!(answer.field("allow"), Some(allowed), "{method} {path}");
    }
    problem(&server.get("/v1/resources/%ff"), 400, "invalid-path");
}

#[test]
fn a_parameter_that_is_not_understood_is_named() {
    let server = Server::of(&knots());
    let id = guid(1, 1);
    let check = |path: &str, code: &str, parameter: &str| {
        let told = problem(&server.get(path), 400, code);
        assert_eq!(told["parameter"], parameter, "{path}: {told}");
    };
    check(&format!("/v1/resolve?id={id}&asof=2020-01-01"), "unknown-parameter", "asof");
    check(&format!("/v1/resources/{id}?as_of=2020-01-01"), "unknown-parameter", "as_of");
    check("/v1/search?q=a&page=2", "unknown-parameter", "page");
    check("/v1/resolve", "missing-parameter", "id");
    check("/v1/similar?limit=1", "missing-parameter", "id");
    check("/v1/resolve?id=a&id=b", "repeated-parameter", "id");
    check("/v1/resolve?id=", "invalid-parameter", "id");
    check("/v1/resolve?id=%ff", "invalid-parameter", "id");
    check("/v1/resolve?id=a&asOf=yesterday", "invalid-parameter", "asOf");
    check("/v1/resources/a?asOf=2023-02-29", "invalid-parameter", "asOf");
    check("/v1/search?q=a&kind=planet", "invalid-parameter", "kind");
    check("/v1/search?q=a&framework=a%20b", "invalid-parameter", "framework");
    check("/v1/search?q=a&limit=101", "invalid-parameter", "limit");
    check("/v1/search?q=a&limit=-1", "invalid-parameter", "limit");
    check("/v1/search?q=a&offset=10001", "invalid-parameter", "offset");
    check(&format!("/v1/search?q={}", "a".repeat(4_001)), "invalid-parameter", "q");
    let answer = server.post("/v1/resolve?framework=a", r#"{"ids":["a"]}"#);
    assert_eq!(problem(&answer, 400, "unknown-parameter")["parameter"], "framework");
}

#[test]
fn a_body_that_is_not_understood_is_told() {
    let server = Server::of(&knots());
    for body in ["", "{", "ids", "{\"ids\":[\"a\"]} {}", "\u{0}", &"[".repeat(1_000)] {
        problem(&server.post("/v1/resolve", body), 400, "invalid-json");
    }
    let many = json!({ "ids": vec!["a"; 1_001] }).to_string();
    for (body, pointer) in [
        ("[]", ""),
        ("{}", "/ids"),
        (many.as_str(), "/ids"),
        (r#"{"ids":"a"}"#, "/ids"),
        (r#"{"ids":["a"],"limit":7}"#, ""),
        (r#"{"ids":["a"],"asOf":"yesterday"}"#, "/asOf"),
    ] {
        let told = problem(&server.post("/v1/resolve", body), 400, "invalid-body");
        assert_eq!(told["pointer"], pointer, "{told}");
    }
    let ids = br#"{"ids":["a"]}"#;
    for fields in
        [&[][..], &[("Content-Type", "text/plain")], &[("Content-Type", "application/jsonl")]]
    {
        let answer = server.send(&request("POST", "/v1/resolve", fields, ids));
        problem(&answer, 415, "media-type");
        let taken = Some("application/json, application/x-ndjson");
        assert_eq!(answer.field("accept-post"), taken);
    }
    let fields = [("Content-Type", "Application/JSON; charset=utf-8")];
    good(&server.send(&request("POST", "/v1/resolve", &fields, ids)));
}

#[test]
fn what_is_too_long_is_refused_and_the_caller_is_told_so() {
    let server = Server::of(&knots());
    let path = |n: usize| format!("/v1/resolve?id={}", "a".repeat(n));
    good(&server.get(&path(8_000)));
    problem(&server.get(&path(8_200)), 414, "address-too-long");
    let long = "a".repeat(33 << 10);
    let answer = server.send(&request("GET", "/livez", &[("X-Long", &long)], b""));
    problem(&answer, 431, "headers-too-large");
    let fields = [("X-Many", "a"); 70];
    problem(&server.send(&request("GET", "/livez", &fields, b"")), 431, "headers-too-large");
    let body = |n: usize| json!({ "ids": ["a".repeat(n)] }).to_string();
    good(&server.post("/v1/resolve", &body((2 << 20) - 100)));
    problem(&server.post("/v1/resolve", &body(2 << 20)), 413, "body-too-large");
    // Far more than the buffers on the way hold: the caller still writes when the answer is there.
    problem(&server.post("/v1/resolve", &body(20 << 20)), 413, "body-too-large");
    let head = request(
        "POST",
        "/v1/resolve",
        &[("Content-Type", "application/json"), ("Transfer-Encoding", "chunked")],
        b"",
    );
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x1_0000));
    let chunked = [head.as_slice(), chunk.repeat(33).as_bytes(), b"0\r\n\r\n"].concat();
    problem(&server.send(&chunked), 413, "body-too-large");
}

#[test]
fn a_body_that_does_not_come_is_not_waited_for() {
    let server = Server::with(&knots(), &["--time-limit", "1"]);
    let fields = [("Content-Type", "application/json")];
    let whole = request("POST", "/v1/resolve", &fields, br#"{"ids":["a"]}"#);
    let mut slow = server.connect();
    slow.write_all(&whole[..whole.len() - 3]).unwrap();
    let told = problem(&Answer::read(&mut slow), 408, "body-incomplete");
    assert!(told["detail"].as_str().unwrap().contains("in time"), "{told}");
}

#[test]
fn what_looks_like_a_credential_is_not_read() {
    let server = Server::of(&knots());
    let token = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJkaWQ6ZXhhbXBsZToxIn0.c2lnbmF0dXJl";
    let subject =
        json!({ "type": ["VerifiableCredential"], "credentialSubject": { "id": "did:example:1" } });
    let assertion =
        json!({ "type": "Assertion", "recipient": { "identity": "a@learners.example" } });
    let proof = json!({ "ids": ["a"], "proof": { "type": "DataIntegrityProof" } });
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    png.resize(1 << 20, 0);
    let bodies: [(&str, Vec<u8>, &str); 9] = [
        ("application/json", subject.to_string().into(), "credentialSubject"),
        ("application/vc+ld+json", subject.to_string().into(), "credentialSubject"),
        ("application/json", assertion.to_string().into(), "recipient"),
        ("application/json", proof.to_string().into(), "proof"),
        (
            "application/json",
            json!({ "ids": [guid(1, 1), token] }).to_string().into(),
            "compact JWS",
        ),
        ("text/plain", token.into(), "compact JWS"),
        ("application/jwt", format!("{token}\n").into(), "compact JWS"),
        ("image/png", png, "PNG image"),
        ("image/svg+xml", b"<svg></svg>".to_vec(), "markup"),
    ];
    for (media_type, body, mark) in bodies {
        let fields = [("Content-Type", media_type)];
        let answer = server.send(&request("POST", "/v1/resolve", &fields, &body));
        let told = problem(&answer, 422, "credential");
        assert_eq!(told["mark"], mark, "{told}");
        assert!(!told.to_string().contains("learners.example"), "{told}");
    }
    for path in [
        format!("/v1/resolve?id={token}"),
        format!("/v1/resources/{token}"),
        format!("/v1/search?q={}", encoded(&assertion.to_string())),
    ] {
        problem(&server.get(&path), 422, "credential");
    }
    // The rest of a body is not waited for: this one never comes to its end.
    let begun = request("POST", "/v1/resolve", &[("Content-Length", "60000")], b"");
    let mut stream = server.connect();
    stream.write_all(&[begun.as_slice(), br#"{"credentialSubject":"#].concat()).unwrap();
    problem(&Answer::read(&mut stream), 422, "credential");
}
