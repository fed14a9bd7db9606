//! What goes wrong on the wire, and what is remembered of the requests.

use std::io::ErrorKind;
use std::thread;
use std::time::Duration;

use super::caller::{ask, get};
use crate::support::fake_case::FakeCase;
use crate::support::fake_server::FakeServer;
use crate::support::fake_server::bad_day::{Busy, Mishap, MishapKind, RetryAfter, Storm};
use crate::support::fake_server::log::{least_gap, most_at_once, parameters};
use crate::support::fake_server::robots::Robots;
use crate::support::fake_server::trap::Trap;
use crate::support::package::numbered;

const LIST: &str = "/ims/case/v1p1/CFDocuments";

fn server() -> FakeServer<FakeCase> {
    FakeCase::serving((1..=3).map(|number| numbered(number, "Knots", 3)))
}

/// What becomes of an answer that something befalls.
#[derive(Debug, PartialEq)]
enum Outcome {
    CutOff(ErrorKind),
    NotJson,
    Status(u16),
}

fn befallen(kind: MishapKind) -> Outcome {
    let server = server();
    let mishap = Mishap { about: "CFDocuments".to_owned(), times: 1, kind };
    server.conduct(|conduct| conduct.mishaps = vec![mishap]);
    let first = ask(server.address(), LIST, &[]);
    assert_eq!(get(server.address(), LIST).json()["CFDocuments"].as_array().unwrap().len(), 3);
    match first {
        Ok(answer) if answer.status == 200 => {
            assert!(serde_json::from_slice::<serde_json::Value>(&answer.body).is_err());
            Outcome::NotJson
        }
        Ok(answer) => Outcome::Status(answer.status),
        Err(error) => Outcome::CutOff(error.kind()),
    }
}

#[test]
fn an_answer_is_dropped_cut_reset_halved_or_broken_once_and_whole_after_that() {
    let cut_off = Outcome::CutOff;
    assert_eq!(befallen(MishapKind::Dropped), cut_off(ErrorKind::ConnectionAborted));
    assert_eq!(befallen(MishapKind::Short), cut_off(ErrorKind::UnexpectedEof));
    assert_eq!(befallen(MishapKind::Reset), cut_off(ErrorKind::ConnectionReset));
    assert_eq!(befallen(MishapKind::Halved), Outcome::NotJson);
    assert_eq!(befallen(MishapKind::Broken), Outcome::Status(500));
}

#[test]
fn a_storm_spoils_about_one_answer_in_ten_and_the_same_ones_for_the_same_seed() {
    let spoiled = || {
        let server = server();
        server.conduct(|conduct| conduct.storm = Some(Storm { one_in: 10, seed: 4 }));
        (0..200)
            .filter(|_| !ask(server.address(), LIST, &[]).is_ok_and(|answer| answer.status == 200))
            .count()
    };
    let n_spoiled = spoiled();
    assert!((10..=35).contains(&n_spoiled), "{n_spoiled} of 200");
    assert_eq!(spoiled(), n_spoiled);
}

#[test]
fn a_slow_body_comes_whole_and_in_pieces() {
    let server = server();
    server.conduct(|conduct| conduct.slow = Some((200, Duration::from_millis(2))));
    assert_eq!(get(server.address(), LIST).status, 200);
}

#[test]
fn a_body_is_packed_marked_or_mislabelled() {
    let server = server();
    server.conduct(|conduct| {
        conduct.gzip = true;
        conduct.byte_order_mark = true;
        conduct.content_type = Some("text/html");
    });
    let plain = get(server.address(), LIST);
    assert!(plain.body.starts_with(b"\xEF\xBB\xBF{"));
    assert_eq!(plain.field("content-type"), Some("text/html"));
    let packed = ask(server.address(), LIST, &[("Accept-Encoding", "br, gzip")]).unwrap();
    assert_eq!(packed.field("content-encoding"), Some("gzip"));
    assert!(packed.body.starts_with(&[0x1F, 0x8B]));
}

#[test]
fn a_busy_server_says_when_to_come_back_in_both_forms_or_not() {
    let server = server();
    let retry_after = |retry_after| {
        let busy = Busy { about: "CFDocuments", times: 1, status: 429, retry_after };
        server.conduct(|conduct| conduct.busy = Some(busy));
        let answer = get(server.address(), LIST);
        assert_eq!((answer.status, get(server.address(), LIST).status), (429, 200));
        answer.field("retry-after").map(str::to_owned)
    };
    assert_eq!(retry_after(RetryAfter::Absent), None);
    assert_eq!(retry_after(RetryAfter::Seconds(7)).as_deref(), Some("7"));
    let date = retry_after(RetryAfter::Date(7)).unwrap();
    assert!(date.ends_with(" GMT") && date.contains(", "), "{date}");
}

#[test]
fn robots_find_what_the_switch_says() {
    let server = server();
    let robots = |robots: Robots| {
        server.conduct(|conduct| conduct.robots = robots);
        get(server.address(), "/robots.txt")
    };
    assert_eq!(robots(Robots::NotFound).status, 404);
    assert_eq!(robots(Robots::Broken).status, 500);
    assert_eq!(
        robots(Robots::Text("User-agent: *\nAllow: /\n")).body,
        b"User-agent: *\nAllow: /\n"
    );
    let elsewhere = robots(Robots::NotFoundElsewhere);
    let to = format!("{}/robots.txt/", server.url());
    assert_eq!((elsewhere.status, elsewhere.field("location")), (307, Some(to.as_str())));
    let page = get(server.address(), "/robots.txt/");
    assert_eq!(page.status, 404);
    assert!(page.field("content-type").unwrap().starts_with("text/html"));
}

#[test]
fn the_log_remembers_who_asked_what_and_how_many_at_once() {
    let server = server();
    server.conduct(|conduct| conduct.delay = Duration::from_millis(50));
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| get(server.address(), LIST));
        }
    });
    let together = server.log().take();
    assert_eq!(most_at_once(&together), 3);
    let fields = [
        ("Authorization", "Bearer x"),
        ("If-None-Match", "\"y\""),
        ("If-Modified-Since", "z"),
        ("Accept", "application/json"),
        ("User-Agent", "somebody"),
    ];
    ask(server.address(), &format!("{LIST}?limit=2&sort=title"), &fields).unwrap();
    get(server.address(), LIST);
    let lines = server.log().lines();
    assert_eq!((lines.len(), most_at_once(&lines)), (2, 1));
    assert!(least_gap(&lines).unwrap() >= Duration::from_millis(50));
    assert_eq!(lines[0].place(), format!("{LIST}?limit=2&sort=title"));
    assert!(lines[0].is_authorized && lines[0].is_conditional() && !lines[1].is_conditional());
    assert_eq!(lines[0].accept.as_deref(), Some("application/json"));
    assert_eq!(lines[0].user_agent.as_deref(), Some("somebody"));
    assert_eq!((lines[0].method.as_str(), lines[0].status), ("GET", 200));
    assert_eq!(parameters(&lines).into_iter().collect::<Vec<_>>(), ["limit", "sort"]);
    assert_eq!(server.log().about("CFPackages").len(), 0);
}

#[test]
fn a_trap_counts_whoever_connects() {
    let trap = Trap::new();
    assert_eq!(trap.n_caught(), 0);
    let address = trap.url().trim_start_matches("http://").parse().unwrap();
    assert!(ask(address, "/", &[]).is_err());
    assert_eq!(trap.n_caught(), 1);
}
