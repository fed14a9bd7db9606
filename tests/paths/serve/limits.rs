//! Each limit, met: connections, time, and how much anybody may ask.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

use crate::paths::serve::{good, knots, problem};
use crate::support::http::{Answer, Server, encoded, request};

/// How long a test lets a connection be quiet before it goes on; no test is about this time.
const A_WHILE: Duration = Duration::from_millis(100);

/// Reads a whole answer of a connection that stays open.
fn ask_and_stay(stream: &mut TcpStream) -> String {
    stream.write_all(b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"}") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        answer.extend(byte);
    }
    String::from_utf8(answer).unwrap()
}

/// What comes within a while; none where nothing does.
fn within_a_while(stream: &mut TcpStream) -> Option<Vec<u8>> {
    stream.set_read_timeout(Some(A_WHILE)).unwrap();
    let mut space = [0; 4096];
    match stream.read(&mut space) {
        Ok(n) => Some(space[..n].to_vec()),
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => None,
        // Whoever goes on sending into a connection that is closed is told so.
        Err(_) => Some(Vec::new()),
    }
}

#[test]
fn a_head_that_does_not_come_is_not_waited_for() {
    let server = Server::with(&knots(), &["--time-limit", "1"]);
    for begun in ["", "GET /livez HTTP/1.1\r\nHost: a\r\nX-Slow: "] {
        let mut stream = server.connect();
        stream.write_all(begun.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        assert!(answer.is_empty(), "{}", String::from_utf8_lossy(&answer));
    }
    // Byte by byte, each soon after the other, it does not come either.
    let mut stream = server.connect();
    stream.write_all(b"GET /livez HTTP/1.1\r\nX-Slow: ").unwrap();
    let ended = loop {
        if let Some(read) = within_a_while(&mut stream) {
            break read;
        }
        drop(stream.write_all(b"a"));
    };
    assert!(ended.is_empty(), "{}", String::from_utf8_lossy(&ended));
    good_life(&server);
}

#[track_caller]
fn good_life(server: &Server) {
    assert_eq!(server.get("/livez").status, 200);
}

#[test]
fn a_body_that_drips_is_not_waited_for() {
    let server = Server::with(&knots(), &["--time-limit", "1"]);
    let fields = [("Content-Type", "application/json"), ("Content-Length", "60000")];
    let mut stream = server.connect();
    stream.write_all(&request("POST", "/v1/resolve", &fields, b"")).unwrap();
    let begun = loop {
        if let Some(read) = within_a_while(&mut stream) {
            break read;
        }
        drop(stream.write_all(b" "));
    };
    assert!(begun.starts_with(b"HTTP/1.1 408 "), "{}", String::from_utf8_lossy(&begun));
}

#[test]
fn one_address_has_so_many_connections_and_is_told_so() {
    let server = Server::with(&knots(), &["--set", "serve.connections_per_address=3"]);
    let mut open: Vec<TcpStream> = (0..3).map(|_| server.connect()).collect();
    for stream in &mut open {
        assert!(ask_and_stay(stream).starts_with("HTTP/1.1 200 "));
    }
    // The answer is there although nothing was asked.
    let refused = Answer::read(&mut server.connect());
    let told = problem(&refused, 429, "too-many-connections");
    assert_eq!(refused.field("retry-after"), Some("1"), "{refused:?}");
    let id = refused.field("x-request-id").unwrap();
    assert_eq!(told["instance"], format!("urn:alidade:request:{id}"));
    problem(&server.get("/livez"), 429, "too-many-connections");
    assert!(ask_and_stay(&mut open[0]).starts_with("HTTP/1.1 200 "));
    open.pop();
    server.wait_for("/livez", |answer| answer.status == 200);
}

#[test]
fn behind_a_proxy_connections_are_not_counted_by_address() {
    let limits = ["--set", "serve.connections_per_address=2", "--set", "serve.trusted_proxies=1"];
    let server = Server::with(&knots(), &limits);
    let mut open: Vec<TcpStream> = (0..6).map(|_| server.connect()).collect();
    for stream in &mut open {
        assert!(ask_and_stay(stream).starts_with("HTTP/1.1 200 "));
    }
}

#[test]
fn who_comes_when_all_places_are_taken_waits_for_one() {
    let server = Server::with(&knots(), &["--set", "serve.connections=2"]);
    let mut open: Vec<TcpStream> = (0..2).map(|_| server.connect()).collect();
    for stream in &mut open {
        ask_and_stay(stream);
    }
    let mut waiting = server.connect();
    waiting.write_all(&request("GET", "/livez", &[], b"")).unwrap();
    assert_eq!(within_a_while(&mut waiting), None);
    open.pop();
    waiting.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    assert_eq!(Answer::read(&mut waiting).status, 200);
}

#[test]
fn a_flood_of_header_fields_is_refused() {
    let server = Server::of(&knots());
    let many = [("X-Many", "a"); 65];
    problem(&server.send(&request("GET", "/livez", &many, b"")), 431, "headers-too-large");
    // What is no head that anybody sends is refused without a word.
    let flood = [("X-Many", "a"); 200];
    assert_eq!(server.send(&request("GET", "/livez", &flood, b"")).status, 431);
    let long = "a".repeat(100 << 10);
    assert_eq!(server.send(&request("GET", "/livez", &[("X-Long", &long)], b"")).status, 431);
    good_life(&server);
}

/// Asks until there is nothing left.
fn exhaust(server: &Server, ask: &[u8]) -> Answer {
    (0..1_000).map(|_| server.send(ask)).find(|answer| answer.status == 429).unwrap()
}

#[test]
fn who_asks_too_much_is_told_when_to_ask_again() {
    let server = Server::with(&knots(), &["--set", "serve.rate=1", "--set", "serve.burst=9"]);
    let path = "/v1/resolve?id=T.1";
    let first = server.get(path);
    good(&first);
    assert_eq!(first.field("ratelimit-policy"), Some("\"client\";q=9;w=9"));
    assert_eq!(first.field("ratelimit"), Some("\"client\";r=8;t=1"));
    let refused = exhaust(&server, &request("GET", path, &[], b""));
    problem(&refused, 429, "too-many-requests");
    let wait: u64 = refused.field("retry-after").unwrap().parse().unwrap();
    assert!((1..=9).contains(&wait), "{refused:?}");
    assert!(refused.field("ratelimit").unwrap().starts_with("\"client\";r=0;t="), "{refused:?}");
    assert_eq!(refused.field("cache-control"), Some("no-store"));
    let exposed = refused.field("access-control-expose-headers").unwrap();
    for name in [
        "RateLimit",
        "RateLimit-Policy",
        "Retry-After",
        "X-Request-Id",
        "ETag",
        "Link",
        "Content-Location",
        "Content-Disposition",
        "Repr-Digest",
    ] {
        assert!(exposed.split(", ").any(|other| other == name), "{exposed}");
    }
    // What is not there counts as well; what costs nothing goes on.
    exhaust(&server, &request("GET", "/nowhere", &[], b""));
    exhaust(&server, &request("DELETE", path, &[], b""));
    for path in ["/livez", "/readyz", "/style.css", "/v1/range", "/problems/too-many-requests"] {
        let free = server.get(path);
        assert_eq!((free.status, free.field("ratelimit")), (200, None), "{path}");
    }
    server.wait_for(path, |answer| answer.status == 200);
}

/// What is left to whoever asked, as the answer says.
fn left(answer: &Answer) -> u32 {
    let field = answer.field("ratelimit").unwrap();
    field.split(";r=").nth(1).unwrap().split(';').next().unwrap().parse().unwrap()
}

#[test]
fn a_batch_costs_by_what_is_in_it_and_is_possible_for_who_has_asked_nothing_yet() {
    let data = knots();
    let args = ["--set", "serve.rate=1", "--set", "serve.burst=60"];
    let ids = |n: usize| format!(r#"{{"ids":{}}}"#, Value::from(vec!["T.1"; n]));
    let texts = |n: usize| format!(r#"{{"texts":{}}}"#, Value::from(vec!["knots"; n]));
    let searches = |n: usize| format!(r#"{{"searches":{}}}"#, Value::from(vec![json!({}); n]));
    for (path, few, many, cost) in [
        ("/v1/resolve", ids(20), ids(1_000), 50),
        ("/v1/resolve?suggest=true", ids(1), ids(1_000), 60),
        ("/v1/suggest", texts(1), texts(100), 50),
        ("/v1/multi-search", searches(1), searches(20), 20),
    ] {
        let server = Server::with(&data, &args);
        let whole = server.post(path, &many);
        good(&whole);
        // What comes in the meantime is added.
        assert!(left(&whole) < 60 - cost + 10, "{path}: {}", left(&whole));
        let server = Server::with(&data, &args);
        assert!(left(&server.post(path, &few)) >= 55, "{path}");
        // With what is left, two are too many.
        let refused = (0..60).map(|_| server.post(path, &many)).find(|asked| asked.status == 429);
        let refused = refused.unwrap();
        problem(&refused, 429, "too-many-requests");
        let wait: u64 = refused.field("retry-after").unwrap().parse().unwrap();
        assert!((1..=60).contains(&wait), "{refused:?}");
        assert_eq!(left(&refused), 0);
    }
}

#[test]
fn what_is_more_work_costs_more() {
    let server = Server::with(&knots(), &["--set", "serve.rate=1", "--set", "serve.burst=100"]);
    let first = left(&server.get("/v1/resolve?id=T.1"));
    let second = left(&server.post("/v1/suggest", r#"{"text":"knots"}"#));
    // What has come in the meantime is added.
    assert!(second < first, "{first}, {second}");
    let searched = server.get("/v1/search?q=knot");
    let tag = searched.field("etag").unwrap().to_owned();
    let known = request("GET", "/v1/search?q=knot", &[("If-None-Match", &tag)], b"");
    assert_eq!(server.send(&known).status, 304);
}

#[test]
fn behind_a_proxy_each_caller_is_counted_for_himself() {
    let args =
        ["--set", "serve.rate=1", "--set", "serve.burst=4", "--set", "serve.trusted_proxies=1"];
    let server = Server::with(&knots(), &args);
    let path = "/v1/resolve?id=T.1";
    let by = |forwarded: &str| request("GET", path, &[("X-Forwarded-For", forwarded)], b"");
    exhaust(&server, &by("192.0.2.7"));
    assert_eq!(server.send(&by("192.0.2.8")).status, 200);
    exhaust(&server, &by("192.0.2.7"));
    // Whoever writes other addresses before his own is the same all the same.
    let forged = (0..200).map(|n| server.send(&by(&format!("198.51.100.{n}, 192.0.2.9"))));
    assert!(forged.map(|answer| answer.status).any(|status| status == 429));
    let networks = (0..200).map(|n| server.send(&by(&format!("2001:db8:1:2::{n:x}"))));
    assert!(networks.map(|answer| answer.status).any(|status| status == 429));
}

#[test]
fn a_rate_of_nothing_counts_nobody() {
    let server = Server::with(&knots(), &["--set", "serve.rate=0"]);
    for _ in 0..100 {
        let answer = server.get(&format!("/v1/resolve?id={}", encoded("T.1")));
        assert_eq!((answer.status, answer.field("ratelimit")), (200, None));
    }
}
