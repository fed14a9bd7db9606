//! What a caller sends is found nowhere, and the service writes nothing.

use std::path::PathBuf;

use serde_json::json;

use crate::paths::serve::{good, knots, problem};
use crate::support::closed::Closed;
use crate::support::http::{Answer, Server, request};
use crate::support::listing::{listing, occurrences};
use crate::support::package::guid;

/// Stands in everything that is sent.
const CANARY: &str = "quillfeather";

/// Every way to ask, good and bad, with the canary in each part of it.
fn ask_in_every_way(server: &Server) -> Vec<Answer> {
    let paths = [
        format!("/v1/resolve?id={CANARY}-1&framework={CANARY}-2"),
        format!("/v1/resolve?id=a&asOf={CANARY}"),
        format!("/v1/resolve?{CANARY}=a"),
        format!("/v1/resources/https%3A%2F%2F{CANARY}.example%2Furi%2F1"),
        format!("/v1/resources/%ff{CANARY}"),
        format!("/v1/search?q={CANARY}+knot"),
        format!("/v1/search?q=knot&kind={CANARY}"),
        format!("/v1/search?q=knot&subject={CANARY}&cursor={CANARY}"),
        format!("/v1/autocomplete?q={CANARY}"),
        format!("/v1/similar?text=ties+the+{CANARY}+knot"),
        format!("/v1/similar?id={CANARY}"),
        format!("/{CANARY}"),
        format!("/livez?{CANARY}"),
        format!("/readyz?{CANARY}"),
        format!("/v1/resolve?id={}", CANARY.repeat(800)),
    ];
    let bodies = [
        json!({ "ids": [CANARY, { "targetUrl": format!("https://{CANARY}.example"), "targetName": CANARY }] }).to_string(),
        json!({ "ids": [{ CANARY: CANARY }] }).to_string(),
        json!({ "credentialSubject": { "name": CANARY } }).to_string(),
        format!("{{ {CANARY}"),
        CANARY.repeat(200_000),
    ];
    let agent = format!("{CANARY}/1.0");
    let referer = format!("https://{CANARY}.example/page");
    let fields = [
        ("User-Agent", agent.as_str()),
        ("Referer", referer.as_str()),
        ("Forwarded", "for=quillfeather"),
        ("X-Quillfeather", CANARY),
        ("Content-Type", "application/json"),
    ];
    let gets = paths.iter().map(|path| server.send(&request("GET", path, &fields, b"")));
    let mut answers: Vec<Answer> = gets.collect();
    for body in &bodies {
        answers.push(server.send(&request("POST", "/v1/resolve", &fields, body.as_bytes())));
        let plain = [("Content-Type", "text/quillfeather")];
        answers.push(server.send(&request("POST", "/v1/resolve", &plain, body.as_bytes())));
    }
    let texts = [
        ("/v1/suggest", json!({ "text": format!("ties the {CANARY} knot") })),
        ("/v1/suggest", json!({ "texts": [CANARY, { CANARY: CANARY }] })),
        ("/v1/similar", json!({ "text": CANARY })),
        ("/v1/multi-search", json!({ "searches": [{ "q": CANARY, "subject": CANARY }] })),
    ];
    for (path, body) in &texts {
        answers.push(server.send(&request("POST", path, &fields, body.to_string().as_bytes())));
    }
    answers.push(server.send(&request("DELETE", &format!("/{CANARY}"), &fields, b"")));
    // What is no HTTP at all, and what breaks off.
    answers.push(server.send(format!("{CANARY}\r\n\r\n").as_bytes()));
    drop(std::io::Write::write_all(&mut server.connect(), format!("GET /{CANARY}").as_bytes()));
    answers
}

#[test]
fn nothing_that_is_sent_is_found_in_the_log_or_in_a_file() {
    let data = knots();
    let before = listing(&data.path());
    for args in [&[][..], &["-vv"]] {
        let server = Server::with(&data, args);
        let address = server.address().to_string();
        let statuses: Vec<u16> =
            ask_in_every_way(&server).iter().map(|answer| answer.status).collect();
        for status in [200, 400, 404, 413, 414, 415, 422] {
            assert!(statuses.contains(&status), "{status} is not among {statuses:?}");
        }
        let ended = server.stop("TERM");
        assert_eq!(ended.status, 0, "{ended:?}");
        assert!(ended.stderr.contains("serving") && ended.stderr.contains(&address), "{ended:?}");
        let said = format!("{}{}", ended.stdout, ended.stderr).to_lowercase();
        assert!(!said.contains(CANARY), "{said}");
        // The address in the log is our own; callers come from other ports.
        let other = said.match_indices("127.0.0.1").all(|(at, _)| said[at..].starts_with(&address));
        assert!(other, "{said}");
    }
    assert_eq!(occurrences(&data.path(), CANARY), Vec::<PathBuf>::new());
    assert!(!occurrences(&data.path(), "bowline").is_empty(), "nothing would be found at all");
    assert_eq!(listing(&data.path()), before);
}

#[test]
fn a_read_only_directory_of_another_user_is_served_and_not_touched() {
    let data = knots();
    let Some(closed) = Closed::new(&data) else { return };
    let before = listing(&data.path());
    let server = Server::start(&mut closed.command(&["serve", "--listen", "127.0.0.1:0"]));
    good(&server.get("/readyz"));
    good(&server.get(&format!("/v1/resources/{}", guid(2, 7))));
    good(&server.get("/v1/search?q=knot&limit=100"));
    good(&server.post("/v1/resolve", r#"{"ids":["T.1"]}"#));
    problem(&server.get("/v1/resources/nothing"), 404, "unknown-resource");
    let ended = server.stop("TERM");
    assert_eq!(ended.status, 0, "{ended:?}");
    assert_eq!(listing(&data.path()), before);
}
