//! What robots.txt is worth.

use std::sync::Arc;
use std::time::Duration;

use crate::client::FetchError;
use crate::client::tests::fake::{Fake, Said, json, raw, redirect, said};
use crate::client::tests::{Names, Party, access, all_came, came, client, fetch, named, refused};

/// What a site says of its robots.txt.
type Robots = fn() -> Option<Said>;

async fn site(robots: impl Fn() -> Option<Said> + Send + Sync + 'static) -> Fake {
    Fake::start(move |seen| match seen.target.as_str() {
        "/robots.txt" => robots(),
        _ => Some(json("{}")),
    })
    .await
}

#[tokio::test]
async fn what_a_site_disallows_is_not_fetched() {
    let fake = site(|| Some(said(200, &[], "User-agent: alidade\nDisallow: /private\n"))).await;
    let client = client(access(&fake.url("/")));
    came(fetch(&client, &fake.url("/a")).await);
    match fetch(&client, &fake.url("/private/a")).await {
        Err(FetchError::Robots { url, reason, .. }) => {
            assert_eq!(url, fake.url("/private/a").to_string());
            assert_eq!(reason, "the site's robots.txt disallows it");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(fake.asked(), ["/a"]);
    assert_eq!(fake.n_asked("/robots.txt"), 1);
}

#[tokio::test]
async fn a_site_without_rules_allows_everything() {
    let without: [Robots; 6] = [
        || None,
        || Some(said(403, &[], "User-agent: *\nDisallow: /")),
        || Some(said(200, &[], "<!DOCTYPE html>\nUser-agent: *\nDisallow: /")),
        || Some(said(204, &[], "")),
        || Some(redirect(302, "/robots.txt")),
        || Some(said(300, &[], "")),
    ];
    for (at, robots) in without.into_iter().enumerate() {
        let fake = site(robots).await;
        let client = client(access(&fake.url("/")));
        assert_eq!(came(fetch(&client, &fake.url("/a")).await), "{}", "{at}");
    }
}

#[tokio::test]
async fn a_site_whose_rules_cannot_be_read_allows_nothing() {
    let without: [(Robots, usize); 4] = [
        (|| Some(said(500, &[], "")), 3),
        (|| Some(said(501, &[], "")), 1),
        (|| Some(raw("")), 3),
        (|| Some(redirect(302, "http://127.0.0.1:9/robots.txt")), 1),
    ];
    for (at, (robots, n_asked)) in without.into_iter().enumerate() {
        let fake = site(robots).await;
        let client = client(access(&fake.url("/")));
        for _ in 0..2 {
            let result = fetch(&client, &fake.url("/a")).await;
            assert!(matches!(result, Err(FetchError::Robots { .. })), "{at} {result:?}");
        }
        assert_eq!(fake.seen().len(), n_asked, "{at}");
    }
}

#[tokio::test]
async fn a_site_whose_rules_could_not_be_read_is_asked_again_after_its_rest() {
    let fake = Fake::start(|seen| match (seen.target.as_str(), seen.n_before) {
        ("/robots.txt", 0..3) => Some(said(500, &[], "")),
        ("/robots.txt", _) => None,
        _ => Some(json("{}")),
    })
    .await;
    let mut gentle = access(&fake.url("/"));
    gentle.retry.rest = Duration::from_millis(50);
    let client = client(gentle);
    refused(fetch(&client, &fake.url("/a")).await);
    tokio::time::sleep(Duration::from_millis(60)).await;
    came(fetch(&client, &fake.url("/a")).await);
}

#[tokio::test]
async fn rules_may_lie_on_another_host() {
    let other = site(|| Some(said(200, &[], "User-agent: *\nDisallow: /private"))).await;
    let port = other.port();
    let fake =
        site(move || Some(redirect(301, &format!("http://other.test:{port}/robots.txt")))).await;
    let names = Names::of("one.test", &[&["127.0.0.1"]]).and("other.test", &[&["127.0.0.1"]]);
    let base = format!("http://one.test:{}/", fake.port());
    let client = Party::of_names(names).client(named(&base));
    came(fetch(&client, &format!("{base}a").parse().unwrap()).await);
    refused(fetch(&client, &format!("{base}private").parse().unwrap()).await);
    assert_eq!((fake.asked(), other.asked()), (vec!["/a".to_owned()], vec![]));
}

#[tokio::test]
async fn rules_are_fetched_once_for_all_sources_of_a_host() {
    let fake = site(|| Some(said(200, &[], "").after(Duration::from_millis(30)))).await;
    let party = Party::new();
    let clients: Vec<_> = (0..3).map(|_| Arc::new(party.client(access(&fake.url("/"))))).collect();
    let url = fake.url("/a");
    let results = futures_util::future::join_all(clients.iter().map(|client| fetch(client, &url)));
    all_came(results.await);
    assert_eq!(fake.n_asked("/robots.txt"), 1);
    assert_eq!(fake.n_asked("/a"), 3);
}

#[tokio::test]
async fn a_crawl_delay_lengthens_the_pace() {
    let fake = site(|| Some(said(200, &[], "User-agent: *\nCrawl-delay: 0.1\n"))).await;
    let client = client(access(&fake.url("/")));
    for _ in 0..3 {
        came(fetch(&client, &fake.url("/a")).await);
    }
    for pair in fake.seen().windows(2) {
        assert!(pair[1].at - pair[0].at >= Duration::from_millis(85), "{pair:?}");
    }
}
