//! Queries that were made to do harm, against a service that runs.

use std::fs;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use crate::paths::sparql::sample_set;
use crate::support::http::{Answer, Server, request};
use crate::support::shared;

/// The seconds that a query has here.
const LIMIT: Duration = Duration::from_secs(2);

/// A machine that does other things besides is slow: no test is about a few seconds, and an answer that does not end at its limit
/// at all takes for ever.
const GUARD: u32 = 10;

/// The most by which the memory of the service may grow over all of them, in KiB: two answers that were held, and what an allocator keeps.
const GROWTH: u64 = 48 << 10;

/// The statuses of a query that is answered, and of one that is refused or stopped.
const STATUSES: [u16; 9] = [200, 400, 403, 406, 413, 414, 422, 503, 504];

fn ask(server: &Server, query: &[u8]) -> Answer {
    let fields = [
        ("Content-Type", "application/sparql-query"),
        ("Accept", "text/turtle, application/sparql-results+json"),
    ];
    server.send(&request("POST", "/sparql", &fields, query))
}

/// The memory that a process has at present, in KiB; `None` where the system does not tell.
fn resident(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[test]
fn every_hostile_query_is_answered_in_time_and_the_service_stays_as_it_was() {
    let Some(folder) = shared("abuse/generated/sparql") else { return };
    let data = sample_set();
    let trap = TcpListener::bind("127.0.0.1:7999");
    let server =
        Server::with(&data, &["--set", "sparql.time_limit=2s", "--set", "sparql.memory=536870912"]);
    // What is allocated once is allocated before.
    for _ in 0..3 {
        assert_eq!(ask(&server, b"SELECT * { ?s ?p ?o } LIMIT 1000").status, 200);
    }
    let before = resident(server.id());
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert_eq!(files.len(), 35);
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let query = fs::read(&file).unwrap();
        let begun = Instant::now();
        let answer = ask(&server, &query);
        let took = begun.elapsed();
        let told = String::from_utf8_lossy(&answer.body);
        let shown: String = told.chars().take(150).collect();
        println!("{name}: {} after {} ms: {shown}", answer.status, took.as_millis());
        assert!(STATUSES.contains(&answer.status), "{name}: {} {shown}", answer.status);
        assert!(took < LIMIT * GUARD, "{name}: {took:?}");
        if answer.status == 200 {
            whole(&name, &answer);
        } else {
            assert_eq!(answer.field("content-type"), Some("application/problem+json"), "{name}");
        }
        let expected = match name.split('_').next().unwrap() {
            "upd" | "ssrf" => &[403][..],
            "nest" => &[400, 413, 422],
            _ => &STATUSES,
        };
        assert!(expected.contains(&answer.status), "{name}: {} {shown}", answer.status);
        assert_eq!(ask(&server, b"ASK {}").json()["boolean"], true, "after {name}");
    }
    if let (Some(before), Some(after)) = (before, resident(server.id())) {
        println!("the service had {before} KiB before and {after} KiB after");
        assert!(after < before + GROWTH, "from {before} KiB to {after} KiB");
    }
    if let Ok(trap) = trap {
        trap.set_nonblocking(true).unwrap();
        assert!(trap.accept().is_err(), "the service has asked somebody");
    }
    let log = server.stop("TERM");
    assert_eq!(log.status, 0, "{log:?}");
}

/// An answer that says it is one ends as one.
#[track_caller]
fn whole(name: &str, answer: &Answer) {
    let length: usize = answer.field("content-length").unwrap().parse().unwrap();
    assert_eq!(answer.body.len(), length, "{name}");
    match answer.field("content-type").unwrap() {
        "application/sparql-results+json" => {
            answer.json();
        }
        "text/turtle; charset=utf-8" => {
            let parser = oxigraph::io::RdfParser::from_format(oxigraph::io::RdfFormat::Turtle);
            assert!(parser.for_slice(&answer.body).all(|quad| quad.is_ok()), "{name}");
        }
        other => panic!("{name}: {other}"),
    }
}
