//! What is refused before it is looked at says and leaves nothing either: too much, too long, too slow, too many.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::paths::canaries::outlet::Outlets;
use crate::paths::canaries::word::Canaries;
use crate::paths::canaries::{check_silent, held};
use crate::support::http::{Answer, Server, request};
use crate::support::listing::listing;

/// Sends bytes and reads all that comes back, which may be nothing.
fn send(server: &Server, bytes: &[u8]) -> Vec<u8> {
    let mut stream = server.connect();
    drop(stream.write_all(bytes));
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer));
    answer
}

/// A request with a canary in its path, its query, its header fields and its body.
fn everywhere(canaries: &Canaries, method: &str, path: &str, body: &[u8]) -> Vec<u8> {
    let word = || canaries.word();
    let (agent, referer, cookie) =
        (format!("{}/1.0", word()), canaries.url(), format!("a={}", word()));
    let (forwarded, own, id) = (format!("for={}", word()), word(), word());
    let fields = [
        ("User-Agent", agent.as_str()),
        ("Referer", &referer),
        ("Cookie", &cookie),
        ("Forwarded", &forwarded),
        ("X-Forwarded-For", &own),
        ("X-Request-Id", &id),
        ("If-None-Match", &own),
        ("Content-Type", "application/json"),
    ];
    request(method, path, &fields, body)
}

/// The status of an answer, and 0 where nothing came.
fn status(answer: &[u8]) -> u16 {
    let text = String::from_utf8_lossy(answer);
    text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}

/// Every refusal of the things around the routes.
fn refused_in_every_way(server: &Server, canaries: &Canaries) -> Vec<Vec<u8>> {
    let word = canaries.word();
    let many: Vec<(String, String)> =
        (0..80).map(|n| (format!("X-{word}-{n}"), canaries.word())).collect();
    let many: Vec<(&str, &str)> =
        many.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let flood: Vec<(&str, &str)> = many.iter().chain(&many).copied().collect();
    let long = canaries.prose().repeat(1_000);
    let slow = String::from_utf8(everywhere(canaries, "POST", "/v1/resolve", b"")).unwrap();
    let slow = slow.replace("\r\n\r\n", "\r\nContent-Length: 99\r\n\r\n") + &word;
    let mut refused = vec![
        send(server, &request("GET", &format!("/{word}"), &many, b"")),
        send(server, &request("GET", &format!("/{word}"), &flood, b"")),
        send(server, &request("GET", "/livez", &[("X-Long", &long)], b"")),
        send(
            server,
            &everywhere(canaries, "GET", &format!("/v1/resolve?id={}", word.repeat(1_000)), b""),
        ),
        send(server, &everywhere(canaries, "POST", "/v1/resolve", word.repeat(300_000).as_bytes())),
        send(server, slow.as_bytes()),
        send(server, format!("GET /{word} HTTP/1.1\r\nX-Slow: {word}").as_bytes()),
        send(server, format!("{word} {word} {word}\r\n\r\n").as_bytes()),
        send(server, &everywhere(canaries, &word.to_uppercase(), "/livez", b"")),
        send(server, &everywhere(canaries, "OPTIONS", &format!("/{word}"), b"")),
        send(server, &everywhere(canaries, "HEAD", &format!("/problems/{word}?{word}"), b"")),
    ];
    let ask = everywhere(canaries, "GET", &format!("/{word}?{word}={word}"), b"");
    refused.extend((0..500).map(|_| send(server, &ask)).find(|answer| status(answer) == 429));
    refused
}

#[test]
fn what_is_refused_around_the_routes_says_and_logs_nothing_of_it() {
    let data = held();
    let before = listing(&data.path());
    let outlets = Outlets::new(&data);
    let args = ["-vv", "--time-limit", "1", "--set", "serve.rate=1", "--set", "serve.burst=40"];
    let server = outlets.serve(&args);
    let canaries = Canaries::default();
    let mut answers = refused_in_every_way(&server, &canaries);
    let statuses: Vec<u16> = answers.iter().map(|answer| status(answer)).collect();
    for expected in [0, 400, 404, 405, 408, 413, 414, 429, 431] {
        assert!(statuses.contains(&expected), "{expected} is not among {statuses:?}");
    }
    let ended = server.stop("TERM");
    assert!(ended.stderr.contains("answered"), "the log has no line about a request: {ended:?}");
    let mut said = vec![ended.stdout, ended.stderr];
    let server = outlets.serve(&["-vv", "--set", "serve.connections_per_address=4"]);
    let begun = everywhere(&canaries, "GET", "/livez", b"");
    let mut open: Vec<TcpStream> = (0..4).map(|_| server.connect()).collect();
    for stream in &mut open {
        stream.write_all(&begun[..begun.len() - 2]).unwrap();
    }
    let too_many = Answer::read(&mut server.connect());
    assert_eq!(too_many.status, 429);
    answers.push(too_many.raw());
    drop(open);
    let ended = server.stop("TERM");
    said.extend([ended.stdout, ended.stderr]);
    let mut found: Vec<String> =
        answers.iter().filter_map(|answer| outlets.sung("answer", answer)).collect();
    found.extend(outlets.sung("log", said.concat().as_bytes()));
    check_silent(&found);
    assert_eq!(listing(&data.path()), before, "refusing writes nothing");
}

#[test]
fn the_line_about_a_request_has_five_fields_and_no_more() {
    let data = held();
    let server = Outlets::new(&data).serve(&["-vv"]);
    server.get("/v1/resources/a?asOf=2020-01-01");
    server.get("/nowhere");
    let ended = server.stop("TERM");
    let lines: Vec<&str> =
        ended.stderr.lines().filter(|line| line.contains(" answered ")).collect();
    assert_eq!(lines.len(), 2, "{ended:?}");
    let names = |line: &str| {
        let fields = line.split(" answered ").nth(1).unwrap().split(' ');
        fields.map(|field| field.split('=').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for line in &lines {
        assert_eq!(names(line), ["id", "method", "route", "status", "duration_ms"], "{line}");
    }
    assert!(lines[0].contains("route=\"/v1/resources/{id}\" status=404"), "{}", lines[0]);
    assert!(lines[1].contains("route=\"none\" status=404"), "{}", lines[1]);
}
