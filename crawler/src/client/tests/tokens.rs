//! Whose eyes the credentials are for.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use url::Url;

use crate::access::{Access, Credentials, Secret};
use crate::client::tests::fake::{Fake, Said, Seen, json, redirect, said};
use crate::client::tests::{
    Names, Party, access, all_came, ask, came, client, clock, fetch, named, refused,
};
use crate::client::{Client, FetchError, Reply, Request};
use crate::stop::stop;

fn with_token(base: &Url, token: &str) -> Access {
    Access { credentials: Credentials::Token(Secret::new(token)), ..access(base) }
}

fn with_client(base: &Url, token_url: &Url, comma_separated: bool, in_body: bool) -> Access {
    let credentials = Credentials::Client {
        token_url: token_url.clone(),
        client_id: "alidade".to_owned(),
        client_secret: Secret::new("s3cret&more"),
        scopes: vec!["one".to_owned(), "two".to_owned()],
        comma_separated,
        in_body,
    };
    Access { credentials, ..access(base) }
}

fn bearer(seen: &Seen) -> Option<&str> {
    seen.header("authorization")?.strip_prefix("Bearer ")
}

/// A source that gives documents for a token of its own endpoint; each token that it gives has the next number.
async fn source(token: impl Fn(usize) -> Said + Send + Sync + 'static) -> Fake {
    Fake::start(move |seen| match seen.target.as_str() {
        "/robots.txt" => None,
        "/token" => Some(token(seen.n_before)),
        "/a" if bearer(seen).is_some_and(|token| token.starts_with("good")) => Some(json("{}")),
        _ => Some(said(401, &[], r#"{"errors":["Invalid token"]}"#)),
    })
    .await
}

fn token(value: &str) -> Said {
    json(format!(r#"{{"access_token":"{value}","expires_in":3600}}"#))
}

#[tokio::test]
async fn a_token_goes_to_its_own_host_alone() {
    let other = Fake::saying(json("{}")).await;
    let to = other.port();
    let fake = Fake::start(move |seen| match seen.target.as_str() {
        "/here" => Some(json("{}")),
        "/there" => Some(redirect(302, &format!("http://127.0.0.1:{to}/"))),
        "/elsewhere" => Some(redirect(307, &format!("http://other.test:{to}/"))),
        "/back" => Some(redirect(307, "/here")),
        _ => None,
    })
    .await;
    let party = Party::of_names(Names::of("other.test", &[&["127.0.0.1"]]));
    let mut access = with_token(&fake.url("/"), "t0ken");
    access.private_networks = named("http://other.test/").private_networks;
    let client = party.client(access);
    for path in ["/here", "/there", "/elsewhere", "/back"] {
        came(fetch(&client, &fake.url(path)).await);
    }
    came(fetch(&client, &other.url("/fed")).await);
    for seen in fake.seen().iter().filter(|seen| seen.target != "/robots.txt") {
        assert_eq!(bearer(seen), Some("t0ken"), "{seen:?}");
    }
    assert_eq!(other.asked().len(), 3);
    assert!(other.seen().iter().all(|seen| seen.header("authorization").is_none()));
    came(ask(&client, &Request::get(fake.url("/here")).anonymous()).await);
    assert_eq!(bearer(fake.seen().last().unwrap()), None);
}

#[tokio::test]
async fn a_redirect_that_carries_the_token_away_is_not_followed() {
    let other = Fake::saying(json("{}")).await;
    let to = other.url("/").to_string();
    let fake =
        Fake::start(move |seen| Some(redirect(302, &format!("{to}?token={}", bearer(seen)?))))
            .await;
    let mut access = with_token(&fake.url("/"), "t0ken");
    access.private_networks = named("http://other.test/").private_networks;
    let said = refused(fetch(&client(access), &fake.url("/a")).await);
    assert!(said.ends_with("it redirects to an address with our credentials in it"), "{said}");
    assert!(!said.contains("t0ken"));
    assert_eq!(other.seen().len(), 0);
}

#[tokio::test]
async fn credentials_are_not_sent_in_the_open() {
    let (_stopper, stop) = stop();
    let said = |access: Access| {
        Client::new(access, Arc::default(), clock, stop.clone())
            .err()
            .map(|error| error.to_string())
    };
    let url = |text: &str| Url::parse(text).unwrap();
    let expected = "`http://case.example.org/` is not asked: credentials are sent by https alone";
    assert_eq!(said(with_token(&url("http://case.example.org/"), "t")).as_deref(), Some(expected));
    assert_eq!(said(with_token(&url("https://case.example.org/"), "t")), None);
    assert_eq!(said(with_token(&url("http://localhost:8000/"), "t")), None);
    assert_eq!(said(with_token(&url("http://[::1]:8000/"), "t")), None);
    let (safe, open) = (url("https://case.example.org/"), url("http://case.example.org/"));
    assert!(said(with_client(&safe, &open, false, false)).is_some());
    assert!(said(with_client(&safe, &safe, false, false)).is_none());
}

#[tokio::test]
async fn a_token_that_has_ended_is_not_sent() {
    let fake = source(|_| said(404, &[], "")).await;
    let jwt = |end: i64| {
        let claims = BASE64_URL_SAFE_NO_PAD.encode(format!("{{\"exp\":{end}}}"));
        format!("good.{claims}.c2ln")
    };
    let now = clock().unix_timestamp();
    let ended = client(with_token(&fake.url("/"), &jwt(now - 10)));
    match fetch(&ended, &fake.url("/a")).await {
        Err(FetchError::NoToken { url, reason }) => {
            assert_eq!(url, fake.url("/").to_string());
            assert!(
                reason.starts_with("the token that was given to us has ended on 2026-11-22 "),
                "{reason}"
            );
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(fake.asked(), Vec::<String>::new());
    came(fetch(&client(with_token(&fake.url("/"), &jwt(now + 3600))), &fake.url("/a")).await);
}

#[tokio::test]
async fn a_token_is_asked_for_as_the_server_wants_it() {
    for (comma_separated, in_body) in [(false, false), (true, true)] {
        let fake =
            source(|_| said(201, &[("content-type", "text/html")], r#"{"access_token":"good"}"#))
                .await;
        let endpoint = fake.url("/token");
        let client = client(with_client(&fake.url("/"), &endpoint, comma_separated, in_body));
        came(fetch(&client, &fake.url("/a")).await);
        came(fetch(&client, &fake.url("/a")).await);
        assert_eq!(fake.asked(), ["/token", "/a", "/a"]);
        let seen = fake.seen().into_iter().find(|seen| seen.target == "/token").unwrap();
        assert_eq!(seen.method, "POST");
        assert_eq!(seen.header("content-type"), Some("application/x-www-form-urlencoded"));
        if in_body {
            let form = "grant_type=client_credentials&scope=one%2Ctwo&client_id=alidade&client_secret=s3cret%26more";
            assert_eq!((seen.body.as_str(), seen.header("authorization")), (form, None));
        } else {
            let basic = format!("Basic {}", BASE64_STANDARD.encode("alidade:s3cret%26more"));
            assert_eq!(seen.body, "grant_type=client_credentials&scope=one+two");
            assert_eq!(seen.header("authorization"), Some(basic.as_str()));
        }
    }
}

#[tokio::test]
async fn a_token_is_renewed_before_it_ends() {
    // A life of one second is renewed a tenth of it before its end.
    let fake =
        source(|n_before| json(format!(r#"{{"access_token":"good{n_before}","expires_in":1}}"#)))
            .await;
    let client = client(with_client(&fake.url("/"), &fake.url("/token"), false, false));
    came(fetch(&client, &fake.url("/a")).await);
    came(fetch(&client, &fake.url("/a")).await);
    assert_eq!(fake.n_asked("/token"), 1);
    tokio::time::sleep(Duration::from_millis(950)).await;
    came(fetch(&client, &fake.url("/a")).await);
    assert_eq!(fake.n_asked("/token"), 2);
    assert_eq!(bearer(fake.seen().last().unwrap()), Some("good1"));
}

#[tokio::test]
async fn a_token_that_is_refused_is_renewed_once() {
    let fake = source(|n_before| token(if n_before == 0 { "bad" } else { "good" })).await;
    let client_of_one = client(with_client(&fake.url("/"), &fake.url("/token"), false, false));
    came(fetch(&client_of_one, &fake.url("/a")).await);
    assert_eq!(fake.asked(), ["/token", "/a", "/token", "/a"]);

    let never = source(|_| token("bad")).await;
    let client_of_other = client(with_client(&never.url("/"), &never.url("/token"), false, false));
    let (reply, _) = fetch(&client_of_other, &never.url("/a")).await.unwrap();
    assert!(
        matches!(&reply, Reply::Refusal(head, words) if head.status == 401 && words == "Invalid token")
    );
    assert_eq!(never.asked(), ["/token", "/a", "/token", "/a"]);
}

#[tokio::test]
async fn a_token_that_was_given_to_us_is_not_renewed() {
    let fake = source(|_| token("good")).await;
    let client = client(with_token(&fake.url("/"), "bad"));
    let (reply, _) = fetch(&client, &fake.url("/a")).await.unwrap();
    assert_eq!(reply.status(), 401);
    assert_eq!(fake.asked(), ["/a"]);
}

#[tokio::test]
async fn a_token_is_asked_for_once_however_many_need_it() {
    let fake = source(|_| token("good").after(Duration::from_millis(30))).await;
    let access = with_client(&fake.url("/"), &fake.url("/token"), false, false);
    let client = client(Access { at_once: 4, ..access });
    let url = fake.url("/a");
    let results = futures_util::future::join_all((0..4).map(|_| fetch(&client, &url))).await;
    all_came(results);
    assert_eq!(fake.n_asked("/token"), 1);
}

#[tokio::test]
async fn whoever_renews_a_token_waits_for_nobody_who_needs_one() {
    // One permit for documents and tokens together, and a first token that nobody takes.
    let fake = source(|n_before| {
        token(if n_before == 0 { "bad" } else { "good" }).after(Duration::from_millis(10))
    })
    .await;
    let client = client(with_client(&fake.url("/"), &fake.url("/token"), false, false));
    let url = fake.url("/a");
    let results = futures_util::future::join_all((0..8).map(|_| fetch(&client, &url)));
    all_came(tokio::time::timeout(Duration::from_secs(20), results).await.unwrap());
    assert_eq!(fake.n_asked("/token"), 2);
}

#[tokio::test]
async fn an_endpoint_without_a_token_is_quoted_without_secrets() {
    let echo = |seen: &Seen| {
        let sent = seen.header("authorization").unwrap_or_default();
        format!(r#"{{"error_description":"no client s3cret&more {sent}"}}"#)
    };
    let fake = Fake::start(move |seen| match seen.target.as_str() {
        "/robots.txt" => Some(said(200, &[], "User-agent: *\nDisallow: /token-")),
        "/token-400" => Some(said(400, &[], echo(seen))),
        "/token-500" => Some(said(500, &[], echo(seen))),
        "/token-302" => Some(redirect(302, "/token-200")),
        "/token-200" => Some(said(200, &[], "<html>")),
        _ => Some(said(401, &[], echo(seen))),
    })
    .await;
    for (path, expected, n_asked) in [
        ("/token-400", "it answers 400: no client *** Basic ***", 1),
        ("/token-500", "it answers 500: no client *** Basic ***", 3),
        ("/token-302", "it answers 302: no words", 1),
        ("/token-200", "its answer is no JSON: expected value at line 1 column 1", 1),
    ] {
        let client = client(with_client(&fake.url("/"), &fake.url(path), false, false));
        match fetch(&client, &fake.url("/a")).await {
            Err(FetchError::NoToken { url, reason }) => {
                assert_eq!((url, reason.as_str()), (fake.url(path).to_string(), expected));
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(fake.n_asked(path), n_asked, "{path}");
        assert!(!format!("{client:?}").contains("s3cret"));
    }
    assert_eq!(fake.n_asked("/a"), 0);
    let client = client(with_token(&fake.url("/"), "t0ken"));
    let (reply, _) = fetch(&client, &fake.url("/a")).await.unwrap();
    assert!(
        matches!(&reply, Reply::Refusal(_, words) if words == "no client s3cret&more Bearer ***"),
        "{reply:?}"
    );
}

#[tokio::test]
async fn an_authority_is_that_of_the_credentials() {
    let base = Url::parse("https://case.example.org/").unwrap();
    let of = |access: Access| client(access).authority();
    assert_eq!(of(access(&base)), "");
    assert_ne!(of(with_token(&base, "one")), of(with_token(&base, "two")));
}
