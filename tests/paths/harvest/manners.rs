//! How a guest behaves: the log of the servers tells.

use std::time::{Duration, Instant};

use super::trades::{Trades, document, trades};
use crate::support::fake_case::FakeCase;
use crate::support::fake_server::bad_day::{Busy, Mishap, MishapKind, RetryAfter};
use crate::support::fake_server::log::{Line, least_gap, most_at_once};
use crate::support::fake_server::robots::Robots;
use crate::support::mirror::Mirror;

/// What is left of a pace of 150 ms where a scheduler delays one request and not the next.
const PACE: Duration = Duration::from_millis(110);

#[test]
fn requests_are_spaced_and_one_at_a_time() {
    let mut trades = Trades::behaving(|_| {});
    trades.configure("pace = \"150ms\"");
    trades.server.conduct(|conduct| conduct.delay = Duration::from_millis(20));
    trades.check_as_clean("at a pace");
    let lines = trades.server.log().lines();
    assert!(lines.len() >= 7, "robots, a list and packages: {lines:?}");
    let gap = least_gap(&lines).unwrap();
    assert!(gap >= PACE, "{gap:?}");
    assert_eq!(most_at_once(&lines), 1);
}

#[test]
fn no_more_are_under_way_than_allowed() {
    let mut trades = Trades::behaving(|_| {});
    trades.configure("at_once = 3");
    trades.server.conduct(|conduct| conduct.delay = Duration::from_millis(60));
    trades.check_as_clean("three at once");
    assert!(most_at_once(&trades.server.log().lines()) <= 3);
}

#[test]
fn two_sources_on_one_host_share_its_pace() {
    let server = FakeCase::serving(trades());
    server.conduct(|conduct| conduct.delay = Duration::from_millis(20));
    let mut mirror = Mirror::new();
    for (name, number) in [("first", 1), ("second", 2)] {
        let lines = format!("pace = \"150ms\"\nframeworks = [\"{}\"]", document(number));
        mirror.source(name, "case", &server.url(), &lines);
    }
    mirror.harvest().check_complete();
    let lines = server.log().lines();
    assert_eq!(most_at_once(&lines), 1, "{lines:?}");
    assert!(least_gap(&lines).unwrap() >= PACE, "{lines:?}");
}

#[test]
fn every_request_says_who_asks_and_what_for() {
    let trades = Trades::harvested(|_| {});
    trades.mirror.harvest().check_complete();
    let lines = trades.server.log().lines();
    for line in &lines {
        let agent = line.user_agent.as_deref().unwrap_or_default();
        assert!(agent.starts_with("alidade") && agent.contains("mirror@guild.example"), "{line:?}");
        let is_json =
            line.accept.as_deref().is_some_and(|accept| accept.contains("application/json"));
        assert!(is_json || line.path.starts_with("/robots.txt"), "{line:?}");
        assert_eq!(line.method, "GET", "{line:?}");
    }
}

fn beyond_robots(lines: &[Line]) -> usize {
    lines.iter().filter(|line| !line.path.starts_with("/robots.txt")).count()
}

#[test]
fn robots_are_asked_first_and_obeyed() {
    for text in [
        "User-agent: *\nDisallow: /\n",
        "User-agent: *\nDisallow: /ims/case/\n",
        "User-agent: *\nAllow: /\n\nUser-agent: alidade\nDisallow: /ims/\n",
    ] {
        let trades = Trades::behaving(|_| {});
        trades.server.conduct(|conduct| conduct.robots = Robots::Text(text));
        let harvested = trades.mirror.harvest();
        harvested.check_said("case");
        assert!(harvested.words("case").contains("robots"), "{harvested:?}");
        let lines = trades.server.log().lines();
        assert_eq!(beyond_robots(&lines), 0, "{text}: {lines:?}");
        assert!(!lines.is_empty(), "{text}");
    }
}

#[test]
fn robots_that_cannot_be_read_stop_a_run_and_robots_that_are_not_there_do_not() {
    let trades = Trades::behaving(|_| {});
    trades.server.conduct(|conduct| conduct.robots = Robots::Broken);
    trades.mirror.harvest().check_said("case");
    assert_eq!(beyond_robots(&trades.server.log().lines()), 0);
    for robots in [
        Robots::NotFoundElsewhere,
        Robots::Text("User-agent: *\nDisallow: /private\n"),
        Robots::Text("User-agent: *\nDisallow: /\n\nUser-agent: alidade\nAllow: /\n"),
    ] {
        let trades = Trades::behaving(|_| {});
        trades.server.conduct(|conduct| conduct.robots = robots.clone());
        trades.check_as_clean(&format!("{robots:?}"));
        assert!(trades.server.log().lines()[0].path.starts_with("/robots.txt"), "{robots:?}");
    }
}

/// How long after a request was turned away the next one came.
fn pause_after_busy(trades: &Trades) -> Duration {
    let lines = trades.server.log().lines();
    let at = lines.iter().position(|line| line.status >= 429).unwrap();
    lines[at + 1].begun - lines[at].ended.unwrap()
}

#[test]
fn a_busy_server_is_waited_for_as_long_as_it_says() {
    let ways = [
        (RetryAfter::Seconds(2), Duration::from_millis(1_950)),
        // A date has no fractions: what is left of its second may already be over.
        (RetryAfter::Date(3), Duration::from_millis(1_950)),
    ];
    for (retry_after, least) in ways {
        for (status, about) in [(429, "CFDocuments"), (503, "CFPackages")] {
            let trades = Trades::behaving(|_| {});
            let busy = Busy { about, times: 1, status, retry_after };
            trades.server.conduct(|conduct| conduct.busy = Some(busy));
            trades.check_as_clean(&format!("{status} with {retry_after:?}"));
            let pause = pause_after_busy(&trades);
            assert!(pause >= least, "{retry_after:?}: {pause:?}");
        }
    }
    let trades = Trades::behaving(|_| {});
    let busy = Busy { about: "CFPackages", times: 2, status: 429, retry_after: RetryAfter::Absent };
    trades.server.conduct(|conduct| conduct.busy = Some(busy));
    trades.check_as_clean("429 and nothing more");
}

#[test]
fn a_server_that_wants_to_be_left_alone_for_long_is_left_alone() {
    let mut trades = Trades::behaving(|_| {});
    trades.configure("longest_wait = \"1s\"");
    let busy = Busy {
        about: "CFPackages",
        times: 100,
        status: 429,
        retry_after: RetryAfter::Seconds(3_600),
    };
    trades.server.conduct(|conduct| conduct.busy = Some(busy));
    let begun = Instant::now();
    let harvested = trades.mirror.harvest();
    harvested.check_said("case");
    assert!(begun.elapsed() < Duration::from_mins(5), "nobody waits an hour");
    assert_eq!(trades.server.log().about("CFPackages").len(), 1, "{harvested:?}");
}

#[test]
fn a_server_that_fails_and_fails_is_not_pestered() {
    let mut trades = Trades::behaving(|_| {});
    trades.configure("attempts = 3\nbreaker = 4\nrest = \"1h\"");
    let mishap = Mishap { about: "CFPackages".to_owned(), times: 1_000, kind: MishapKind::Broken };
    trades.server.conduct(|conduct| conduct.mishaps = vec![mishap]);
    trades.mirror.harvest().check_said("case");
    let n_asked = trades.server.log().about("CFPackages").len();
    assert!(
        (1..=6).contains(&n_asked),
        "asked {n_asked} times for what five in a row did not give"
    );
}

#[test]
fn a_run_takes_no_more_than_its_budget_and_the_next_goes_on() {
    let mut trades = Trades::behaving(|_| {});
    trades.configure("max_requests = 6");
    let stopped = trades.mirror.harvest();
    assert_eq!((stopped.status, stopped.ending("case")), (3, "stopped"), "{stopped:?}");
    assert!(trades.server.log().lines().len() <= 6);
    trades.configure("max_requests = 1000");
    trades.check_as_clean("with room enough");
    let mut trades = Trades::behaving(|_| {});
    trades.configure("max_bytes = 20000");
    let stopped = trades.mirror.harvest();
    assert_eq!((stopped.status, stopped.ending("case")), (3, "stopped"), "{stopped:?}");
}

#[test]
fn what_is_not_due_is_not_asked() {
    let mut trades = Trades::behaving(|_| {});
    trades.configure("schedule = \"7d\"");
    let due = trades.mirror.harvest_with(&["--due"]);
    assert_eq!(due.ending("case"), "complete", "a source that was never harvested is due: {due:?}");
    trades.server.log().take();
    let again = trades.mirror.run(&["harvest", "--due", "--json"]);
    assert_eq!(again.status, 0, "{again:?}");
    assert!(trades.server.log().lines().is_empty());
}
