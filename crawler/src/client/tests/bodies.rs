//! What a body may be.

use std::io::Write;

use crate::client::tests::fake::{Fake, Said, json, raw, said};
use crate::client::tests::{access, ask, came, client, fetch, refused};
use crate::client::{FetchError, Halt, Head, Reply, Request, Taker};

fn gzipped(body: &[u8]) -> Said {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(body).unwrap();
    said(200, &[("content-encoding", "gzip")], gzip.finish().unwrap())
}

#[tokio::test]
async fn a_body_is_handed_over_as_it_came() {
    let fake = Fake::start(|seen| match seen.target.as_str() {
        "/plain" => Some(said(200, &[("content-type", "text/html")], "{\"a\":1}")),
        "/gzip" => Some(gzipped(b"{\"a\":1}")),
        "/zstd" => {
            let body = zstd::encode_all(&b"{\"a\":1}"[..], 0).unwrap();
            Some(said(200, &[("content-encoding", "zstd")], body))
        }
        "/chunked" => Some(raw(
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n",
        )),
        "/mark" => Some(said(201, &[], "\u{feff}{\"a\":1}")),
        "/endless" => Some(raw("HTTP/1.1 200 OK\r\n\r\n{\"a\":1}")),
        _ => None,
    })
    .await;
    let client = client(access(&fake.url("/")));
    for path in ["/plain", "/gzip", "/zstd", "/chunked", "/mark", "/endless"] {
        assert_eq!(came(fetch(&client, &fake.url(path)).await), "{\"a\":1}", "{path}");
    }
}

#[tokio::test]
async fn a_body_that_is_cut_off_is_asked_for_again() {
    let cut: [fn() -> Said; 5] = [
        || raw("HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{\"a\":1}"),
        || raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n7\r\n{\"a\":1}\r\n"),
        || raw("HTTP/1.1 200 OK\r\n\r\n{\"a\":[1,2"),
        || json("{\"a\":[1,2"),
        || {
            let whole = "{\"a\":1}".as_bytes();
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            gzip.write_all(whole).unwrap();
            let mut packed = gzip.finish().unwrap();
            packed.truncate(packed.len() - 6);
            said(200, &[("content-encoding", "gzip")], packed)
        },
    ];
    for (at, cut) in cut.into_iter().enumerate() {
        let fake = Fake::start(move |seen| match (seen.target.as_str(), seen.n_before) {
            ("/a", 0) | ("/always", _) => Some(cut()),
            ("/a", _) => Some(json("{\"b\":2}")),
            _ => None,
        })
        .await;
        let client = client(access(&fake.url("/")));
        assert_eq!(came(fetch(&client, &fake.url("/a")).await), "{\"b\":2}", "{at}");
        assert_eq!(fake.n_asked("/a"), 2, "{at}");
        refused(fetch(&client, &fake.url("/always")).await);
        assert_eq!(fake.n_asked("/always"), 3, "{at}");
    }
}

#[tokio::test]
async fn what_is_no_json_is_refused_with_a_reason() {
    let check = async |said: Said, reason: &str, n_asked: usize| {
        let fake = Fake::saying(said).await;
        let client = client(access(&fake.url("/")));
        match fetch(&client, &fake.url("/a")).await {
            Err(FetchError::Unusable { reason: given, .. }) => assert_eq!(given, reason),
            other => panic!("{other:?}"),
        }
        assert_eq!(fake.n_asked("/a"), n_asked, "{reason}");
    };
    check(json(" <!DOCTYPE html><p>Sign in</p>"), "it is HTML, not JSON", 3).await;
    check(json(""), "it is empty", 3).await;
    check(said(204, &[], ""), "it is empty", 3).await;
    check(json("{}\n{}"), "`{` follows the value on the same line", 3).await;
    let deep = format!("{}{}", "[".repeat(129), "]".repeat(129));
    check(json(deep), "brackets nest deeper than 128 levels", 1).await;
}

#[tokio::test]
async fn a_body_is_not_read_beyond_its_limit() {
    let bomb = format!("\"{}\"", "a".repeat(64 << 20));
    let fake = Fake::start(move |seen| match seen.target.as_str() {
        "/bomb" => Some(gzipped(bomb.as_bytes())),
        "/long" => Some(json(format!("\"{}\"", "a".repeat(2000)))),
        "/endless" => {
            Some(raw(&format!("HTTP/1.1 200 OK\r\n\r\n\"{}", "a".repeat(2000))).and_stalls())
        }
        _ => None,
    })
    .await;
    for path in ["/bomb", "/long", "/endless"] {
        let client = client(access(&fake.url("/")));
        let said = refused(ask(&client, &Request::get(fake.url(path)).at_most(1000)).await);
        assert!(said.ends_with("it is longer than 1000 bytes"), "{path} {said}");
        assert_eq!(fake.n_asked(path), 1);
        let (_, n_bytes) = client.usage();
        assert!(n_bytes < 1 << 20, "{path} {n_bytes}");
    }
}

#[tokio::test]
async fn an_archive_is_taken_where_one_is_wanted() {
    let fake = Fake::saying(said(200, &[], "PK\u{3}\u{4}<")).await;
    let client = client(access(&fake.url("/")));
    let request = Request::get(fake.url("/a")).of_any_kind();
    assert_eq!(came(ask(&client, &request).await), "PK\u{3}\u{4}<");
    assert_eq!(fake.seen().last().unwrap().header("accept"), Some("*/*"));
}

/// Says the same at every body, and counts them.
struct Halting {
    halt: fn(n_begun: usize) -> Option<Halt>,
    n_begun: usize,
    bytes: Vec<u8>,
}

impl Taker for Halting {
    fn begin(&mut self, _: &Head) -> Result<(), Halt> {
        self.n_begun += 1;
        self.bytes.clear();
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), Halt> {
        self.bytes.extend_from_slice(bytes);
        (self.halt)(self.n_begun).map_or(Ok(()), Err)
    }
}

async fn halted(halt: fn(usize) -> Option<Halt>) -> (Result<Reply, FetchError>, Halting) {
    let half = raw("HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{\"a\":1");
    let fake = Fake::start(move |seen| match (seen.target.as_str(), seen.n_before) {
        ("/a", 0) => Some(half.clone()),
        ("/a", _) => Some(json("{\"b\":2}")),
        _ => None,
    })
    .await;
    let client = client(access(&fake.url("/")));
    let mut taker = Halting { halt, n_begun: 0, bytes: Vec::new() };
    let result = client.fetch(&Request::get(fake.url("/a")), &mut taker).await;
    (result, taker)
}

#[tokio::test]
async fn whoever_takes_a_body_may_end_it() {
    let (result, taker) = halted(|_| Some(Halt::Enough)).await;
    assert!(matches!(result, Ok(Reply::Whole(_))), "{result:?}");
    assert_eq!((taker.n_begun, taker.bytes.as_slice()), (1, &b"{\"a\":1"[..]));

    let (result, taker) =
        halted(|n_begun| (n_begun < 3).then(|| Halt::Unusable("odd".to_owned()))).await;
    assert!(matches!(result, Ok(Reply::Whole(_))), "{result:?}");
    assert_eq!((taker.n_begun, taker.bytes.as_slice()), (3, &b"{\"b\":2}"[..]));

    let (result, taker) = halted(|_| Some(Halt::Unusable("odd".to_owned()))).await;
    assert!(matches!(result, Err(FetchError::Unusable { reason, .. }) if reason == "odd"));
    assert_eq!(taker.n_begun, 3);

    let (result, taker) = halted(|_| Some(Halt::Store("full".into()))).await;
    assert!(matches!(result, Err(FetchError::Store(_))));
    assert_eq!(taker.n_begun, 1);
}
