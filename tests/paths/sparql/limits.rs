//! The limits of `/sparql`: each is a problem of its own, and none of them harms anybody else.

use std::net::Shutdown;
use std::thread::{scope, sleep};
use std::time::Duration;

use crate::paths::serve::problem;
use crate::paths::sparql::sample_set;
use crate::paths::workers::{ENDLESS, is_gone, is_skipped, wait_for, workers_of};
use crate::support::http::{Answer, Server, request};

fn ask(server: &Server, query: &str) -> Answer {
    server.send(&asking(query))
}

fn asking(query: &str) -> Vec<u8> {
    let fields = [("Content-Type", "application/sparql-query")];
    request("POST", "/sparql", &fields, query.as_bytes())
}

fn repeated(n: usize, part: impl Fn(usize) -> String) -> String {
    (0..n).map(part).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_query_that_is_too_long_or_too_much_is_refused_before_it_is_planned() {
    let data = sample_set();
    let server = Server::of(&data);
    let long = format!("ASK {{}} #{}", "x".repeat(16 << 10));
    let refused = problem(&ask(&server, &long), 413, "query-too-long");
    assert_eq!(refused["max"], 16 << 10);
    problem(&ask(&server, &" ".repeat(65 << 10)), 413, "body-too-large");
    let optional = |n| format!("?s ?p{n} ?o{n}");
    for (query, words) in [
        (format!("ASK {{ FILTER({}1{}) }}", "(".repeat(70), ")".repeat(70)), "levels of brackets"),
        (format!("ASK {{ {} }}", repeated(101, |n| optional(n) + " .")), "101 triple patterns"),
        (
            format!("ASK {{ {} }}", repeated(21, |n| format!("OPTIONAL {{ {} }}", optional(n)))),
            "21 OPTIONAL",
        ),
        (format!("ASK {{ {{}} {} }}", repeated(51, |_| "UNION {}".to_owned())), "51 UNION"),
        (
            format!("ASK {{ VALUES ?v {{ {} }} }}", repeated(1_001, |n| n.to_string())),
            "1001 values",
        ),
        (
            format!(
                "ASK {{ ?a (skos:broader{})* ?b }}",
                repeated(21, |_| "/skos:broader".to_owned())
            ),
            "21 steps",
        ),
    ] {
        let refused = problem(&ask(&server, &query), 422, "query-too-complex");
        assert!(refused["detail"].as_str().unwrap().contains(words), "{refused}");
    }
    let as_much_as_goes = format!("ASK {{ {} }}", repeated(100, |n| optional(n) + " ."));
    assert_ne!(ask(&server, &as_much_as_goes).status, 422);
}

#[test]
fn nobody_else_is_asked_not_even_in_silence() {
    let data = sample_set();
    let server = Server::of(&data);
    for query in [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { VALUES ?u { <urn:a> } SERVICE ?u { ?s ?p ?o } }",
    ] {
        problem(&ask(&server, query), 403, "service-refused");
    }
    // A graph that is not held is empty; it is never fetched.
    let from = ask(&server, "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }").json();
    assert_eq!(from["results"]["bindings"].as_array().unwrap().len(), 0);
}

#[test]
fn an_answer_that_is_cut_is_a_problem_and_no_answer() {
    let data = sample_set();
    let few =
        ["--set", "sparql.rows=5", "--set", "sparql.bytes=4096", "--set", "sparql.memory=67108864"];
    let server = Server::with(&data, &[&few[..], &["--set", "sparql.time_limit=2s"]].concat());
    assert_eq!(ask(&server, "SELECT * { ?s ?p ?o } LIMIT 5").status, 200);
    let cut = problem(&ask(&server, "SELECT * { ?s ?p ?o } LIMIT 6"), 422, "result-too-large");
    assert_eq!(cut["max"], 5);
    problem(&ask(&server, "CONSTRUCT WHERE { ?s ?p ?o }"), 422, "result-too-large");
    let tenfold = repeated(4, |n| {
        format!("BIND(CONCAT({}) AS ?v{})", vec![format!("?v{n}"); 10].join(", "), n + 1)
    });
    let long = format!("SELECT ?v4 {{ BIND(\"0123456789\" AS ?v0) {tenfold} }}");
    let cut = problem(&ask(&server, &long), 422, "result-too-large");
    assert_eq!(cut["max"], 4_096);
    let sorted = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i";
    problem(&ask(&server, sorted), 503, "query-memory");
    let late = ask(&server, ENDLESS);
    let told = problem(&late, 504, "query-time-out");
    assert_eq!((&told["seconds"], late.field("retry-after")), (&2.into(), None));
    assert_eq!(ask(&server, "ASK { ?s ?p ?o }").json()["boolean"], true);
}

#[test]
fn so_many_run_so_many_wait_and_others_are_turned_away() {
    if is_skipped() {
        return;
    }
    let data = sample_set();
    let limits =
        ["--set", "sparql.at_once=1", "--set", "sparql.queue=1", "--set", "sparql.time_limit=60s"];
    let server = Server::with(&data, &limits);
    let connect = || server.connect();
    let mut running = connect();
    std::io::Write::write_all(&mut running, &asking(ENDLESS)).unwrap();
    let worker = wait_for("the worker", || workers_of(server.id()).first().copied());
    scope(|scope| {
        // Where another was there first, it comes again.
        let waiting = scope.spawn(|| {
            wait_for("a place", || {
                Some(ask(&server, "ASK {}")).filter(|answer| answer.status == 200)
            })
        });
        // As soon as one waits, the next is turned away; until then it takes the place itself, and leaves it again.
        let full = wait_for("a full queue", || {
            let mut stream = connect();
            std::io::Write::write_all(&mut stream, &asking("ASK {}")).unwrap();
            stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
            let mut first = [0; 1];
            let is_answered = stream.peek(&mut first).is_ok();
            is_answered.then(|| Answer::read(&mut stream))
        });
        problem(&full, 503, "too-many-queries");
        assert!(full.field("retry-after").is_some());
        assert_eq!(workers_of(server.id()), [worker], "one runs at once");
        // Whoever waits gets the place of one that leaves.
        running.shutdown(Shutdown::Both).unwrap();
        drop(running);
        assert_eq!(waiting.join().unwrap().json()["boolean"], true);
    });
    wait_for("the end of the worker", || is_gone(worker).then_some(()));
    assert_eq!(ask(&server, "ASK {}").status, 200);
}

#[test]
fn a_caller_who_leaves_takes_the_worker_along() {
    if is_skipped() {
        return;
    }
    let data = sample_set();
    let server = Server::with(&data, &["--set", "sparql.time_limit=60s"]);
    let mut caller = server.connect();
    std::io::Write::write_all(&mut caller, &asking(ENDLESS)).unwrap();
    let worker = wait_for("the worker", || workers_of(server.id()).first().copied());
    sleep(Duration::from_millis(50));
    assert!(!is_gone(worker));
    drop(caller);
    wait_for("the end of the worker", || is_gone(worker).then_some(()));
    let log = server.stop("TERM").stderr;
    assert!(!log.contains("ERROR"), "{log}");
}

#[test]
fn a_worker_ends_with_the_service() {
    if is_skipped() {
        return;
    }
    let data = sample_set();
    let server = Server::with(&data, &["--set", "sparql.time_limit=60s"]);
    let mut caller = server.connect();
    std::io::Write::write_all(&mut caller, &asking(ENDLESS)).unwrap();
    let worker = wait_for("the worker", || workers_of(server.id()).first().copied());
    drop(server.stop("KILL"));
    wait_for("the end of the worker", || is_gone(worker).then_some(()));
}
