//! Harvests that are told to end, and a service that keeps schedules.

use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::trades::{Trades, clean, clean_without, record};
use crate::support::fake_case::FakeCase;
use crate::support::http::Server;
use crate::support::mirror::{Mirror, check_same};

/// How long a test waits for what must come; no test is about this time.
const PATIENCE: Duration = Duration::from_mins(1);

/// Waits until something is so.
#[track_caller]
fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "{what} never came");
        thread::sleep(Duration::from_millis(20));
    }
}

fn send(signal: &str, process: u32) {
    let sent = Command::new("kill").args([signal, &process.to_string()]).status().unwrap();
    assert!(sent.success());
}

#[test]
fn a_harvest_that_is_told_to_end_keeps_what_it_has_and_the_next_goes_on() {
    for signal in ["-TERM", "-INT"] {
        let mut trades = Trades::behaving(|_| {});
        trades.configure("pace = \"400ms\"");
        let mut command = trades.mirror.command(&["harvest", "--json"]);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let asks = || {
            let lines = trades.server.log().lines();
            lines.iter().filter(|line| line.path.contains("/CFPackages/")).count()
        };
        wait_until("a package", || asks() >= 2);
        send(signal, child.id());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(3), "{output:?}");
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let told = &report["sources"]["case"];
        assert_eq!(told["ending"], "stopped", "{told}");
        let n_accepted = told["accepted"].as_u64().unwrap();
        assert!((1..5).contains(&n_accepted), "{told}");
        trades.configure("");
        let next = trades.mirror.harvest();
        next.check_complete();
        assert_eq!(next.number("case", "accepted"), 5 - n_accepted, "{next:?}");
        check_same("after all", &trades.mirror.content(), clean());
    }
}

#[test]
fn a_service_with_schedules_mirrors_what_is_due_and_answers_from_it() {
    let server = FakeCase::serving(super::trades::trades());
    let mut mirror = Mirror::new();
    mirror.source("case", "case", &server.url(), "schedule = \"1h\"");
    let service = Server::start(&mut mirror.command(&["serve", "--listen", "127.0.0.1:0"]));
    let sources = service.wait_for("/v1/sources", |answer| {
        answer.json()["sources"]["case"]["lastRun"]["ending"] == "complete"
    });
    let told = &sources.json()["sources"]["case"];
    assert_eq!(told["lastRun"]["accepted"], 5, "{told}");
    assert!(told["nextDue"].as_str() > told["lastRun"]["finishedAt"].as_str(), "{told}");
    let identifier = super::trades::document(1);
    service.wait_for(&format!("/v1/resources/{identifier}"), |answer| {
        answer.status == 200
            && answer.json()["context"]["chosen"]["card"]["origin"]["record"] == record(1)
    });
    assert_eq!(service.stop("TERM").status, 0);
    check_same("by the service", &mirror.content(), clean());
}

#[test]
fn a_service_that_ends_takes_its_harvest_along() {
    let server = FakeCase::serving(super::trades::trades());
    let mut mirror = Mirror::new();
    mirror.source("case", "case", &server.url(), "schedule = \"1h\"\npace = \"5s\"");
    let service = Server::start(&mut mirror.command(&["serve", "--listen", "127.0.0.1:0"]));
    wait_until("the first request", || !server.log().lines().is_empty());
    assert_eq!(service.stop("TERM").status, 0);
    let n_requests = server.log().lines().len();
    // Whoever still had the lock would keep this from beginning.
    mirror.source("case", "case", &server.url(), "");
    mirror.harvest().check_complete();
    assert!(server.log().lines().len() > n_requests);
    check_same("afterwards", &mirror.content(), clean());
}

/// Loses or damages what the crawl remembers, and harvests again: nothing is written, and every package is asked for by what the ledger
/// knows of it.
#[track_caller]
fn check_recovers(what: &str, harm: impl FnOnce(&std::path::Path)) {
    let trades = Trades::harvested(|_| {});
    let ledger = trades.mirror.ledger();
    harm(&trades.mirror.data.path().join("crawl"));
    trades.server.log().take();
    let again = trades.mirror.harvest();
    again.check_complete();
    assert_eq!(again.number("case", "notModified"), 5, "{what}: {again:?}");
    let lines = trades.server.log().lines();
    let asked: Vec<_> = lines.iter().filter(|line| line.path.contains("/CFPackages/")).collect();
    assert_eq!(asked.len(), 5, "{what}: one request an address");
    assert!(asked.iter().all(|line| line.if_none_match.is_some()), "{what}: {asked:?}");
    assert_eq!(trades.mirror.ledger(), ledger, "{what}: nothing is written");
    check_same(what, &trades.mirror.content(), clean());
}

#[test]
fn a_memory_that_is_lost_or_damaged_costs_one_conditional_request_an_address() {
    check_recovers("lost", |crawl| std::fs::remove_dir_all(crawl).unwrap());
    check_recovers("damaged", |crawl| {
        let db = crawl.join("db");
        let n_bytes = std::fs::metadata(&db).unwrap().len();
        std::fs::write(&db, vec![0xA5; usize::try_from(n_bytes).unwrap()]).unwrap();
    });
}

#[test]
fn what_was_purged_does_not_come_back_with_the_next_harvest() {
    let trades = Trades::harvested(|_| {});
    let purged = trades.mirror.data.run(&["purge", "case", &record(2), "--reason", "a test"]);
    assert_eq!(purged.status, 0, "{purged:?}");
    for _ in 0..2 {
        let next = trades.mirror.harvest();
        assert!(next.words("case").contains("was purged here"), "{next:?}");
        check_same("without it", &trades.mirror.content(), &clean_without(&[2]));
    }
    // Other bytes are no other record.
    trades.server.change(|case| {
        let reworded = crate::support::generated::reworded(
            crate::support::generated::framework(2, 12),
            3,
            "Says it otherwise",
        );
        case.put(reworded);
    });
    trades.mirror.harvest();
    check_same("still without it", &trades.mirror.content(), &clean_without(&[2]));
}
