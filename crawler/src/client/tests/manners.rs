//! How a guest behaves: pace, permits, waiting when told to, and leaving a host alone.

use std::time::{Duration, UNIX_EPOCH};

use crate::access::{Access, Budget, Retry};
use crate::client::tests::fake::{Fake, Said, json, raw, said};
use crate::client::tests::{Party, access, all_came, ask, came, client, clock, fetch, refused};
use crate::client::{FetchError, Reply, Request};

/// The server sees a request a little later than it is made, and one of two may be held up longer.
const SLACK: Duration = Duration::from_millis(15);

fn busy(retry_after: &str) -> Said {
    said(429, &[("retry-after", retry_after)], "slowly please")
}

#[tokio::test]
async fn requests_begin_no_faster_than_the_pace() {
    let fake = Fake::start(|seen| match (seen.target.as_str(), seen.n_before) {
        ("/moved", _) => Some(said(307, &[("location", "/flaky")], "")),
        ("/flaky", 0) => Some(said(500, &[], "")),
        ("/flaky", _) => Some(json("{}")),
        _ => None,
    })
    .await;
    let pace = Duration::from_millis(80);
    let client = client(Access { pace, ..access(&fake.url("/")) });
    came(fetch(&client, &fake.url("/moved")).await);
    let seen = fake.seen();
    let targets: Vec<&str> = seen.iter().map(|seen| seen.target.as_str()).collect();
    assert_eq!(targets, ["/robots.txt", "/moved", "/flaky", "/moved", "/flaky"]);
    for pair in seen.windows(2) {
        assert!(pair[1].at - pair[0].at + SLACK >= pace, "{pair:?}");
    }
}

#[tokio::test]
async fn sources_of_one_host_share_its_gate_and_the_strictest_manners() {
    let fake = Fake::saying(json("{}").after(Duration::from_millis(10))).await;
    let party = Party::new();
    let quick = party.client(Access { at_once: 4, ..access(&fake.url("/")) });
    let slow = party.client(Access {
        at_once: 1,
        pace: Duration::from_millis(40),
        ..access(&fake.url("/"))
    });
    let url = fake.url("/a");
    let results = futures_util::future::join_all(
        (0..4).flat_map(|_| [fetch(&quick, &url), fetch(&slow, &url)]),
    );
    all_came(results.await);
    assert_eq!(fake.most_at_once(), 1);
    for pair in fake.seen().windows(2) {
        assert!(pair[1].at - pair[0].at + SLACK >= Duration::from_millis(40), "{pair:?}");
    }
}

#[tokio::test]
async fn no_more_requests_are_under_way_than_there_are_permits() {
    let fake = Fake::saying(json("{}").after(Duration::from_millis(40))).await;
    let client = client(Access { at_once: 3, ..access(&fake.url("/")) });
    let url = fake.url("/a");
    let results = futures_util::future::join_all((0..9).map(|_| fetch(&client, &url))).await;
    all_came(results);
    assert!((2..=3).contains(&fake.most_at_once()), "{}", fake.most_at_once());
    assert_eq!(fake.n_asked("/robots.txt"), 1);
}

#[tokio::test]
async fn a_permit_is_held_until_the_body_has_ended() {
    let half = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{\"a\":";
    let fake = Fake::start(move |seen| match seen.target.as_str() {
        "/slow" => Some(raw(half).and_stalls()),
        "/quick" => Some(json("{}")),
        _ => None,
    })
    .await;
    let party = Party::new();
    let client = party.client(access(&fake.url("/")));
    let (slow, quick) = (fake.url("/slow"), fake.url("/quick"));
    let both = async { tokio::join!(fetch(&client, &slow), fetch(&client, &quick)) };
    let waited = tokio::time::timeout(Duration::from_millis(200), both).await;
    assert!(waited.is_err());
    assert_eq!(fake.asked(), ["/slow"]);
}

#[tokio::test]
async fn a_server_is_left_alone_as_long_as_it_asks_in_seconds() {
    let fake = Fake::start(|seen| match (seen.target.as_str(), seen.n_before) {
        ("/robots.txt", _) => None,
        ("/a", 0) => Some(busy("1")),
        _ => Some(json("{}")),
    })
    .await;
    let party = Party::new();
    let (one, other) = (party.client(access(&fake.url("/"))), party.client(access(&fake.url("/"))));
    came(fetch(&other, &fake.url("/before")).await);
    let (a, b) = (fake.url("/a"), fake.url("/b"));
    let later = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        fetch(&other, &b).await
    };
    let (first, second) = tokio::join!(fetch(&one, &a), later);
    came(first);
    came(second);
    let seen = fake.seen();
    let asked = seen.iter().position(|seen| seen.target == "/a").unwrap();
    for after in &seen[asked + 1..] {
        assert!(after.at - seen[asked].at + SLACK >= Duration::from_secs(1), "{after:?}");
    }
    assert_eq!(fake.n_asked("/b"), 1);
}

#[tokio::test]
async fn a_server_is_left_alone_until_the_date_that_it_names() {
    let fake = Fake::start(|seen| match (seen.target.as_str(), seen.n_before) {
        ("/a", 0) => {
            // Dates have whole seconds, so this is one to two seconds from now.
            let until = u64::try_from(clock().unix_timestamp()).unwrap() + 2;
            let until = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(until));
            Some(said(503, &[("retry-after", until.as_str())], ""))
        }
        ("/a", _) => Some(json("{}")),
        _ => None,
    })
    .await;
    let client = client(access(&fake.url("/")));
    came(fetch(&client, &fake.url("/a")).await);
    let seen = fake.seen();
    assert!(seen[2].at - seen[1].at + SLACK >= Duration::from_secs(1), "{seen:?}");
}

#[tokio::test]
async fn a_host_that_asks_for_longer_than_we_wait_rests_for_everybody() {
    let fake = Fake::saying(busy("3600")).await;
    let party = Party::new();
    let (one, other) = (party.client(access(&fake.url("/"))), party.client(access(&fake.url("/"))));
    for (client, path) in [(&one, "/a"), (&one, "/b"), (&other, "/c")] {
        match fetch(client, &fake.url(path)).await {
            Err(FetchError::Resting { host, until, reason }) => {
                assert_eq!(host, format!("127.0.0.1:{}", fake.port()));
                let wait = (until - clock()).whole_seconds();
                assert!((3590..=3600).contains(&wait), "{wait}");
                assert_eq!(reason, "it asks for that");
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(fake.asked(), ["/a"]);
}

#[tokio::test]
async fn a_host_that_fails_again_and_again_is_left_alone() {
    let fake =
        Fake::start(|seen| (seen.target != "/robots.txt").then(|| said(500, &[], "no"))).await;
    let party = Party::new();
    let mut gentle = access(&fake.url("/"));
    gentle.retry =
        Retry { attempts: 2, breaker: 3, rest: Duration::from_millis(120), ..gentle.retry };
    let client = party.client(gentle);
    assert!(refused(fetch(&client, &fake.url("/a")).await).contains("answers 500: no"));
    for path in ["/b", "/c"] {
        let said = refused(fetch(&client, &fake.url(path)).await);
        assert!(said.contains("it failed 3 times in a row"), "{said}");
    }
    assert_eq!(fake.asked(), ["/a", "/a", "/b"]);
    // After its rest one request goes first, and one failure is enough.
    tokio::time::sleep(Duration::from_millis(130)).await;
    let said = refused(fetch(&client, &fake.url("/d")).await);
    assert!(said.contains("it failed 4 times in a row"), "{said}");
    assert_eq!(fake.asked(), ["/a", "/a", "/b", "/d"]);
}

#[tokio::test]
async fn one_document_that_cannot_be_had_does_not_keep_us_from_the_others() {
    let fake = Fake::start(|seen| match seen.target.as_str() {
        "/robots.txt" => None,
        "/bad" => Some(said(500, &[], "")),
        _ => Some(json("{}")),
    })
    .await;
    let mut usual = access(&fake.url("/"));
    usual.retry = Retry { attempts: 5, breaker: 5, ..usual.retry };
    let client = client(usual);
    refused(fetch(&client, &fake.url("/bad")).await);
    came(fetch(&client, &fake.url("/good")).await);
    refused(fetch(&client, &fake.url("/bad")).await);
    came(fetch(&client, &fake.url("/good")).await);
    assert_eq!(fake.n_asked("/bad"), 10);
}

#[tokio::test]
async fn after_a_rest_one_request_goes_first() {
    let fake = Fake::start(|seen| match (seen.target.as_str(), seen.n_before) {
        ("/robots.txt", _) => None,
        ("/a", 0 | 1) => Some(said(502, &[], "")),
        _ => Some(json("{}").after(Duration::from_millis(50))),
    })
    .await;
    let mut gentle = access(&fake.url("/"));
    gentle.at_once = 4;
    gentle.retry =
        Retry { attempts: 1, breaker: 1, rest: Duration::from_millis(50), ..gentle.retry };
    let client = client(gentle);
    let (a, b) = (fake.url("/a"), fake.url("/b"));
    refused(fetch(&client, &a).await);
    refused(fetch(&client, &a).await);
    tokio::time::sleep(Duration::from_millis(60)).await;
    let results = futures_util::future::join_all((0..3).map(|_| fetch(&client, &b))).await;
    all_came(results);
    let seen = fake.seen();
    let times: Vec<_> =
        seen.iter().filter(|seen| seen.target == "/b").map(|seen| seen.at).collect();
    assert!(times[1] - times[0] >= Duration::from_millis(50), "{seen:?}");
}

#[tokio::test]
async fn the_word_to_stop_ends_every_wait() {
    let half = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{\"a\":";
    let fake = Fake::start(move |seen| match seen.target.as_str() {
        "/busy" => Some(busy("60")),
        "/slow" => Some(raw(half).and_stalls()),
        "/silent" => Some(json("{}").after(Duration::from_mins(1))),
        _ => None,
    })
    .await;
    for path in ["/busy", "/slow", "/silent"] {
        let party = Party::new();
        let mut patient = access(&fake.url("/"));
        patient.retry.base = Duration::from_mins(1);
        let client = party.client(patient);
        let url = fake.url(path);
        let stopping = async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            party.stopper.stop();
        };
        let both = async { tokio::join!(fetch(&client, &url), stopping) };
        let (result, ()) = tokio::time::timeout(Duration::from_secs(20), both).await.unwrap();
        assert!(matches!(result, Err(FetchError::Stopped)), "{path} {result:?}");
        assert_eq!(refused(fetch(&client, &url).await), "the run was stopped");
    }
}

#[tokio::test]
async fn a_run_takes_no_more_than_its_budget() {
    let fake = Fake::saying(json("[1,2,3,4,5]")).await;
    let used = |budget: Budget| {
        let client = client(Access { budget, ..access(&fake.url("/")) });
        let url = fake.url("/a");
        async move {
            let mut n_came = 0;
            loop {
                match fetch(&client, &url).await {
                    Ok(_) => n_came += 1,
                    Err(error) => return (n_came, error.to_string(), client.usage()),
                }
            }
        }
    };
    let plenty = Budget::default();
    let (n_came, said, (n_requests, _)) = used(Budget { requests: 4, ..plenty }).await;
    assert_eq!((n_came, said.as_str(), n_requests), (3, "the run has used its requests", 4));
    let (n_came, said, _) = used(Budget { bytes: 30, ..plenty }).await;
    assert_eq!((n_came, said.as_str()), (2, "the run has used its bytes"));
    let (_, said, _) = used(Budget { time: Duration::from_millis(100), ..plenty }).await;
    assert_eq!(said, "the run has used its time");
}

#[tokio::test]
async fn a_guest_says_who_it_is_and_little_else() {
    let fake = Fake::start(|seen| match (seen.target.as_str(), seen.n_before) {
        ("/a", _) => Some(said(302, &[("location", "/b"), ("set-cookie", "id=1")], "")),
        ("/b", _) => Some(said(200, &[("set-cookie", "id=2")], "{}")),
        _ => None,
    })
    .await;
    let client = client(access(&fake.url("/")));
    came(fetch(&client, &fake.url("/a")).await);
    came(fetch(&client, &fake.url("/b")).await);
    for seen in fake.seen() {
        assert_eq!(seen.header("user-agent"), Some("Alidade/tests (mailto:tests@example.org)"));
        for unwanted in ["cookie", "referer", "authorization", "if-none-match"] {
            assert_eq!(seen.header(unwanted), None, "{seen:?}");
        }
        if seen.target != "/robots.txt" {
            assert_eq!(seen.header("accept"), Some("application/json"));
        }
        let mut packings: Vec<&str> = seen.header("accept-encoding").unwrap().split(',').collect();
        packings.sort_unstable();
        assert_eq!(packings, ["br", "gzip", "zstd"]);
    }
}

#[tokio::test]
async fn a_server_may_say_that_nothing_has_changed() {
    let fake = Fake::start(|seen| match seen.target.as_str() {
        "/a" if seen.header("if-none-match") == Some("\"1\"") => {
            Some(said(304, &[("etag", "\"1\"")], ""))
        }
        "/a" => Some(said(200, &[("etag", "\"1\"")], "{}")),
        "/liar" => Some(said(304, &[], "")),
        _ => None,
    })
    .await;
    let client = client(access(&fake.url("/")));
    let (reply, _) = fetch(&client, &fake.url("/a")).await.unwrap();
    let mut validators = reply.head().validators();
    assert_eq!(validators.etag.as_deref(), Some("\"1\""));
    validators.last_modified = Some("Sun, 22 Nov 2026 10:00:00 GMT".to_owned());
    let request = Request::get(fake.url("/a")).validated_by(validators);
    let (reply, body) = ask(&client, &request).await.unwrap();
    assert!(matches!(reply, Reply::NotModified(_)), "{reply:?}");
    assert_eq!(body, "");
    let last = fake.seen().pop().unwrap();
    assert_eq!(last.header("if-modified-since"), Some("Sun, 22 Nov 2026 10:00:00 GMT"));
    let said = refused(fetch(&client, &fake.url("/liar")).await);
    assert!(said.ends_with("it says that nothing has changed, and was told of nothing"), "{said}");
}
