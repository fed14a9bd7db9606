//! The process that evaluates a query: what ends it, and that nothing of it is left.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::support::http::Server;
use crate::support::package::{numbered, save};
use crate::support::{DataDir, Output, forget_surroundings};

/// More joins than anybody will see the end of, over a handful of statements.
pub(super) const ENDLESS: &str =
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }";

/// How often something is looked for, a hundredth of a second apart, before it is given up.
const LOOKS: usize = 6_000;

fn knots() -> DataDir {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "knots.json", &numbered(1, "Knots at Sea", 12));
    DataDir::holding(&[folder.path()])
}

/// The state of a process and its parent; `None` where there is none.
fn state(pid: u32) -> Option<(char, u32)> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    Some((fields.next()?.chars().next()?, fields.next()?.parse().ok()?))
}

pub(super) fn is_gone(pid: u32) -> bool {
    // Who was started by a process that was killed may wait as a zombie for somebody to look after it.
    state(pid).is_none_or(|(state, _)| state == 'Z')
}

/// Looks until there is something to see.
#[track_caller]
pub(super) fn wait_for<T>(what: &str, look: impl Fn() -> Option<T>) -> T {
    for _ in 0..LOOKS {
        if let Some(seen) = look() {
            return seen;
        }
        sleep(Duration::from_millis(10));
    }
    panic!("{what} is not to be seen");
}

/// The worker that a process has started.
fn worker_of(parent: &Child) -> u32 {
    wait_for("the worker", || workers_of(parent.id()).first().copied())
}

/// The workers that a process has at present.
pub(super) fn workers_of(parent: u32) -> Vec<u32> {
    let pids = fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok());
    let is_worker = |pid: &u32| {
        let command = fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        state(*pid).is_some_and(|(_, of)| of == parent) && command.contains("sparql-worker")
    };
    pids.filter(is_worker).collect()
}

pub(super) fn is_skipped() -> bool {
    let is_here = fs::exists("/proc/self/stat").unwrap();
    if !is_here {
        println!("skipped: there is no /proc to find a worker in");
    }
    !is_here
}

fn asking(data: &DataDir, args: &[&str]) -> Child {
    let mut command = data.command(&["sparql"]);
    command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

#[test]
fn a_query_without_an_end_is_killed_at_its_deadline_and_nothing_is_left() {
    if is_skipped() {
        return;
    }
    let data = knots();
    let parent = asking(&data, &["--timeout", "2", ENDLESS]);
    let worker = worker_of(&parent);
    let ended = Output::of(parent.wait_with_output().unwrap());
    assert_eq!((ended.status, ended.stdout.as_str()), (3, ""), "{ended:?}");
    assert_eq!(ended.stderr, "alidade: the query was stopped: it took longer than 2 s\n");
    assert!(state(worker).is_none(), "the worker is still there");
    assert_eq!(data.run(&["sparql", "ASK {}"]).stdout, "true\n");
}

#[test]
fn a_worker_does_not_outlive_whoever_asked() {
    if is_skipped() {
        return;
    }
    let data = knots();
    let mut parent = asking(&data, &["--timeout", "3600", ENDLESS]);
    let worker = worker_of(&parent);
    assert!(!is_gone(worker));
    parent.kill().unwrap();
    parent.wait().unwrap();
    wait_for("the end of the worker", || is_gone(worker).then_some(()));
}

#[test]
fn a_worker_whose_input_ends_ends_too() {
    let data = knots();
    let folder = data.path().join("generations/1");
    let request = serde_json::json!({
        "folder": folder, "query": ENDLESS, "formats": ["csv"], "memory": 1_u64 << 30,
    });
    let request = format!("{request}\n");
    // Its input ends with the request, as if whoever asked had died of it. It ends wherever the query is, also while the store is opened.
    for _ in 0..50 {
        let mut command = data.command(&["sparql-worker"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(request.as_bytes()).unwrap();
        let ended = child.wait_with_output().unwrap();
        // By SIGKILL, and not by a fault.
        assert_eq!(ended.status.signal(), Some(9), "{ended:?}");
        assert!(ended.stdout.is_empty() && ended.stderr.is_empty(), "{ended:?}");
    }
    let unasked = data.run(&["sparql-worker"]);
    assert_eq!(unasked.status, 3, "{unasked:?}");
    assert!(unasked.stderr.contains("cannot read the request"), "{unasked:?}");
}

#[test]
fn a_generation_stays_while_it_is_asked() {
    if is_skipped() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let import = |data: &DataDir, n: u32| {
        save(folder.path(), "knots.json", &numbered(1, "Knots at Sea", n));
        assert_eq!(data.import(&[folder.path()]).status, 0);
    };
    let data = DataDir::new();
    import(&data, 12);
    let mut parent = asking(&data, &["--timeout", "3600", ENDLESS]);
    let worker = worker_of(&parent);
    for n in 13..18 {
        import(&data, n);
    }
    let first = data.path().join("generations/1");
    assert!(data.generation() > 4 && first.is_dir());
    parent.kill().unwrap();
    parent.wait().unwrap();
    wait_for("the end of the worker", || is_gone(worker).then_some(()));
    import(&data, 18);
    assert!(!first.exists(), "nobody asks it any more");
}

#[test]
fn a_query_that_is_nested_too_deeply_takes_nobody_along() {
    let data = knots();
    let nested = |n: usize| {
        let query = format!("ASK {{ FILTER {}1{} }}", "(".repeat(n), ")".repeat(n));
        data.feed(&["sparql", "-"], &query)
    };
    let answered = nested(3_000);
    assert_eq!((answered.status, answered.stdout.as_str()), (0, "true\n"), "{answered:?}");
    let refused = nested(300_000);
    assert_eq!((refused.status, refused.stdout.as_str()), (3, ""), "{refused:?}");
    assert_eq!(refused.stderr, "alidade: the query was stopped: it is nested too deeply\n");
}

#[test]
fn a_query_that_needs_too_much_memory_is_stopped() {
    let data = knots();
    let tenfold = (0..9).zip(1..).map(|(from, to)| {
        let ten = vec![format!("?v{from}"); 10].join(", ");
        format!("BIND(CONCAT({ten}) AS ?v{to})")
    });
    let tenfold = tenfold.collect::<Vec<_>>().join(" ");
    let growing = format!("SELECT (STRLEN(?v9) AS ?n) {{ BIND(\"0123456789\" AS ?v0) {tenfold} }}");
    let refused = data.run(&["sparql", "--memory", "64", &growing]);
    assert_eq!((refused.status, refused.stdout.as_str()), (3, ""), "{refused:?}");
    let words = "alidade: the query was stopped: it needs more than 64 MiB of memory\n";
    assert_eq!(refused.stderr, words);
    // Rows that have to be held all at once are no different.
    let sorted = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i";
    let refused = data.run(&["sparql", "--memory", "64", sorted]);
    assert_eq!((refused.status, refused.stderr.as_str()), (3, words), "{refused:?}");
    let modest = data.run(&["sparql", "--memory", "64", "ASK { ?a ?b ?c }"]);
    assert_eq!((modest.status, modest.stdout.as_str()), (0, "true\n"), "{modest:?}");
}

#[test]
fn an_answer_that_nobody_reads_on_is_no_failure_and_leaves_nothing() {
    if is_skipped() {
        return;
    }
    let data = knots();
    let endless_rows = "SELECT ?a ?d ?g ?j { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }";
    for format in ["table", "csv"] {
        let mut parent = asking(&data, &["--timeout", "3600", "--format", format, endless_rows]);
        let worker = worker_of(&parent);
        let mut out = BufReader::new(parent.stdout.take().unwrap());
        out.read_line(&mut String::new()).unwrap();
        drop(out);
        let ended = Output::of(parent.wait_with_output().unwrap());
        assert_eq!((ended.status, ended.stderr.as_str()), (0, ""), "{format}: {ended:?}");
        assert!(state(worker).is_none(), "the worker is still there");
    }
}

#[test]
fn the_worker_is_not_for_people() {
    let help = DataDir::new().run(&["--help"]);
    assert!(help.stdout.contains("sparql") && !help.stdout.contains("sparql-worker"));
}

#[test]
fn a_service_whose_program_was_replaced_still_answers_queries() {
    if is_skipped() {
        return;
    }
    let (data, folder) = (knots(), tempfile::tempdir().unwrap());
    let (built, program) = (env!("CARGO_BIN_EXE_alidade"), folder.path().join("alidade"));
    // A second name is enough; elsewhere it takes a copy.
    if fs::hard_link(built, &program).is_err() {
        fs::copy(built, &program).unwrap();
    }
    let usual = data.command(&["serve", "--listen", "127.0.0.1:0"]);
    let mut command = Command::new(&program);
    command.args(usual.get_args());
    forget_surroundings(&mut command);
    let server = Server::start(&mut command);
    fs::remove_file(&program).unwrap();
    let answer = server.get("/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D");
    assert_eq!((answer.status, answer.json()["boolean"].as_bool()), (200, Some(true)));
}
