//! From the first moment of a service to its last: readiness, generations, signals.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use crate::paths::serve::{good, knots, problem};
use crate::support::DataDir;
use crate::support::http::{Answer, Server, encoded, request};
use crate::support::package::{guid, numbered, save};

#[test]
fn a_service_begins_before_anything_is_imported_and_picks_it_up() {
    let data = DataDir::new();
    let server = Server::of(&data);
    let live = server.get("/livez");
    assert_eq!((live.status, live.field("alidade-generation")), (200, None), "{live:?}");
    let asked = ["/readyz", "/v1/resolve?id=a", "/v1/resources/a", "/v1/search?q=a"];
    for path in asked {
        let answer = server.get(path);
        problem(&answer, 503, "nothing-published");
        assert!(answer.field("retry-after").is_some(), "{path}");
    }
    problem(&server.post("/v1/resolve", r#"{"ids":["a"]}"#), 503, "nothing-published");
    assert!(!data.path().exists(), "a service makes no directory");
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "knots.json", &numbered(1, "Knots by Number", 3));
    assert_eq!(data.import(&[folder.path()]).status, 0);
    let ready = server.wait_for("/readyz", |answer| answer.status == 200);
    assert_eq!(good(&ready)["status"], "ready");
    good(&server.get(&format!("/v1/resources/{}", guid(1, 3))));
}

#[test]
fn a_new_generation_takes_its_place_under_callers_who_notice_nothing() {
    let data = knots();
    let server = Server::of(&data);
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "new.json", &numbered(3, "Knots to Come", 40));
    let known = format!("/v1/resources/{}", guid(2, 7));
    let new = format!("/v1/resources/{}", guid(3, 33));
    problem(&server.get(&new), 404, "unknown-resource");
    let (is_over, n_asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        for path in [known.as_str(), "/v1/search?q=knot", "/v1/resolve?id=T.1", "/readyz"] {
            let (server, is_over, n_asked) = (&server, &is_over, &n_asked);
            scope.spawn(move || {
                let mut last = 0;
                while !is_over.load(Ordering::Relaxed) {
                    let generation = good(&server.get(path))["generation"].as_u64().unwrap();
                    assert!(generation >= last, "from {last} back to {generation}");
                    last = generation;
                    n_asked.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        assert_eq!(data.import(&[folder.path()]).status, 0);
        let answer = server.wait_for(&new, |answer| answer.status == 200);
        assert_eq!(good(&answer)["generation"], 2);
        is_over.store(true, Ordering::Relaxed);
    });
    assert!(n_asked.load(Ordering::Relaxed) > 4);
    assert_eq!(good(&server.get(&known))["generation"], 2);
    let ended = server.stop("TERM");
    assert!(ended.stderr.contains("serving another generation generation=2"), "{ended:?}");
}

#[test]
fn what_is_purged_is_served_no_longer() {
    let data = knots();
    let server = Server::of(&data);
    let path = format!("/v1/resources/{}", guid(1, 1));
    good(&server.get(&path));
    assert_eq!(data.run(&["purge", &data.source(), "knots.json"]).status, 0);
    server.wait_for(&path, |answer| answer.status == 404);
}

#[test]
fn a_directory_that_was_filled_anew_is_told_from_the_old_one_by_more_than_its_number() {
    let data = knots();
    let server = Server::of(&data);
    fs::remove_dir_all(data.path()).unwrap();
    // The generation that is open is there as long as it is open.
    good(&server.get(&format!("/v1/resources/{}", guid(1, 1))));
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "new.json", &numbered(3, "Knots to Come", 4));
    assert_eq!(data.import(&[folder.path()]).status, 0);
    assert_eq!(data.generation(), 1);
    let path = format!("/v1/resources/{}", guid(3, 4));
    let answer = server.wait_for(&path, |answer| answer.status == 200);
    assert_eq!(good(&answer)["generation"], 1);
}

#[test]
fn a_generation_that_cannot_be_opened_leaves_the_one_before_in_place() {
    let data = knots();
    let server = Server::of(&data);
    let path = format!("/v1/resolve?id={}", encoded(&guid(1, 1)));
    let pointer = data.path().join("current");
    let was = fs::read_to_string(&pointer).unwrap();
    for damage in ["seven", "7"] {
        // In one step: a service that looks in between would see an empty pointer, and complain of that too.
        let new = data.path().join("current.damaged");
        fs::write(&new, damage).unwrap();
        fs::rename(new, &pointer).unwrap();
        server.wait_for_log(if damage == "7" { "generations/7" } else { "seven" });
        assert_eq!(good(&server.get(&path))["generation"], 1);
    }
    fs::write(&pointer, was).unwrap();
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "new.json", &numbered(3, "Knots to Come", 4));
    assert_eq!(data.import(&[folder.path()]).status, 0);
    server.wait_for(&path, |answer| good(answer)["generation"] == 2);
    let ended = server.stop("TERM");
    let n_complaints = ended.stderr.matches("cannot open the current generation").count();
    assert_eq!(n_complaints, 2, "{ended:?}");
}

#[test]
fn a_service_ends_with_0_when_the_answers_under_way_are_given() {
    for signal in ["TERM", "INT"] {
        let data = knots();
        let server = Server::of(&data);
        let fields = [("Content-Type", "application/json")];
        let whole = request("POST", "/v1/resolve", &fields, br#"{"ids":["T.1"]}"#);
        let (begin, end) = whole.split_at(whole.len() - 5);
        let mut under_way = server.connect();
        under_way.write_all(begin).unwrap();
        // Somebody who has asked and keeps the connection, and somebody who never asks.
        let mut kept = server.connect();
        kept.write_all(b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
        assert!(kept.read(&mut [0; 512]).unwrap() > 0);
        let _silent = server.connect();
        server.signal(signal);
        // The door is closed before the rest comes.
        while std::net::TcpStream::connect(server.address()).is_ok() {
            thread::yield_now();
        }
        under_way.write_all(end).unwrap();
        good(&Answer::read(&mut under_way));
        let ended = server.wait();
        assert_eq!(ended.status, 0, "{signal}: {ended:?}");
        assert!(ended.stderr.contains("stopped"), "{signal}: {ended:?}");
    }
}

#[test]
fn a_service_that_cannot_begin_says_why() {
    let data = knots();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let refused = data.run(&["serve", "--listen", &address]);
    assert_eq!((refused.status, refused.stdout.as_str()), (2, ""), "{refused:?}");
    assert!(refused.stderr.contains(&format!("cannot listen on `{address}`")), "{refused:?}");
    for args in [&["--listen", "nowhere"][..], &["--listen", "127.0.0.1"], &["--time-limit", "0"]] {
        let refused = data.run(&[&["serve"], args].concat());
        assert_eq!(refused.status, 2, "{args:?}: {refused:?}");
    }
    fs::write(data.path().join("current"), "seven").unwrap();
    let damaged = data.run(&["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!((damaged.status, damaged.stdout.as_str()), (4, ""), "{damaged:?}");
    assert_eq!(damaged.stderr.lines().count(), 1, "{damaged:?}");
}
