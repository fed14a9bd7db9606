//! What is tried again, and what is final.

use std::time::Duration;

use crate::access::Patience;
use crate::client::tests::fake::{Fake, json, raw, said};
use crate::client::tests::{access, came, client, fetch, refused};
use crate::client::{FetchError, Reply};

#[tokio::test]
async fn what_should_pass_is_tried_again() {
    for status in [408, 425, 429, 500, 502, 503, 504] {
        let fake = Fake::start(move |seen| match (seen.target.as_str(), seen.n_before) {
            ("/a", 0 | 1) => Some(said(status, &[("retry-after", "garbage")], "")),
            ("/a", _) => Some(json("{}")),
            _ => None,
        })
        .await;
        let client = client(access(&fake.url("/")));
        came(fetch(&client, &fake.url("/a")).await);
        assert_eq!(fake.n_asked("/a"), 3, "{status}");
    }
}

#[tokio::test]
async fn what_does_not_pass_is_said_after_the_last_attempt() {
    let fake = Fake::saying(said(503, &[], r#"{"errors":["heavy load"]}"#)).await;
    let client = client(access(&fake.url("/")));
    match fetch(&client, &fake.url("/a")).await {
        Err(FetchError::Unavailable { url, status: 503, words }) => {
            assert_eq!((url, words.as_str()), (fake.url("/a").to_string(), "heavy load"));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(fake.n_asked("/a"), 3);
}

#[tokio::test]
async fn any_other_status_is_final() {
    for (status, headers) in
        [(300, ""), (301, ""), (400, ""), (403, "5"), (404, ""), (409, ""), (501, "")]
    {
        let headers = if headers.is_empty() { vec![] } else { vec![("retry-after", headers)] };
        let fake = Fake::saying(said(status, &headers, "<!DOCTYPE html><p>Sorry")).await;
        let client = client(access(&fake.url("/")));
        match fetch(&client, &fake.url("/a")).await {
            Ok((Reply::Refusal(head, words), _)) => {
                assert_eq!((head.status, words.as_str()), (status, "an HTML page"));
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(fake.n_asked("/a"), 1, "{status}");
    }
}

#[tokio::test]
async fn little_is_read_of_a_refusal() {
    let fake = Fake::saying(said(404, &[], "word ".repeat(1_000_000))).await;
    let client = client(access(&fake.url("/")));
    let (reply, _) = fetch(&client, &fake.url("/a")).await.unwrap();
    let Reply::Refusal(_, words) = reply else { panic!("{reply:?}") };
    assert!(words.len() <= 4096, "{}", words.len());
    let (_, n_bytes) = client.usage();
    assert!(n_bytes < 2_000_000, "{n_bytes}");
}

#[tokio::test]
async fn a_connection_that_breaks_is_tried_again() {
    let fake = Fake::start(|seen| match (seen.target.as_str(), seen.n_before) {
        ("/a", 0) => Some(raw("")),
        ("/a", 1) => Some(raw("HTTP/1.1 200 OK\r\nconte")),
        ("/a", _) => Some(json("{}")),
        _ => None,
    })
    .await;
    let client = client(access(&fake.url("/")));
    came(fetch(&client, &fake.url("/a")).await);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_said_not_to_be() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
    drop(listener);
    let said = refused(fetch(&client(access(&base)), &base).await);
    assert!(said.contains("robots.txt cannot be read: Connection refused"), "{said}");
}

#[tokio::test]
async fn patience_ends() {
    let half = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{\"a\":";
    let fake = Fake::start(move |seen| match seen.target.as_str() {
        "/silent" => Some(json("{}").after(Duration::from_mins(1))),
        "/stalls" => Some(raw(half).and_stalls()),
        _ => None,
    })
    .await;
    let said = async |path: &str, patience: Patience| {
        let client = client(crate::access::Access { patience, ..access(&fake.url("/")) });
        refused(fetch(&client, &fake.url(path)).await)
    };
    let usual = Patience { connect: Duration::from_millis(50), ..Patience::default() };
    let idle = Patience { idle: Duration::from_millis(100), ..usual };
    assert!(said("/stalls", idle).await.ends_with("nothing came for 100ms"));
    assert!(said("/silent", idle).await.ends_with("nothing came for 150ms"));
    let answer = Patience { answer: Duration::from_millis(100), ..usual };
    assert!(said("/stalls", answer).await.ends_with("the answer took longer than 100ms"));
    assert!(said("/silent", answer).await.ends_with("the answer took longer than 100ms"));
}
