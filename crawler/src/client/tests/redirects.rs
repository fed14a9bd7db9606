//! Where redirects lead.

use crate::client::tests::fake::{Fake, json, redirect};
use crate::client::tests::{Names, Party, access, ask, came, client, fetch, named, refused};
use crate::client::{FetchError, Request};

#[tokio::test]
async fn redirects_are_followed_to_the_end() {
    let fake = Fake::start(|seen| match seen.target.as_str() {
        "/1" => Some(redirect(301, "/2")),
        "/2" => Some(redirect(302, &format!("http://{}/3", seen.header("host").unwrap()))),
        "/3" => Some(redirect(303, "4")),
        "/4" => Some(redirect(307, "?5")),
        "/4?5" => Some(redirect(308, "/6#part")),
        "/6" => Some(json("{}")),
        _ => None,
    })
    .await;
    let client = client(access(&fake.url("/")));
    let (reply, _) = fetch(&client, &fake.url("/1#part")).await.unwrap();
    assert_eq!(reply.head().url, fake.url("/6"));
    assert_eq!(fake.asked(), ["/1", "/2", "/3", "/4", "/4?5", "/6"]);
}

#[tokio::test]
async fn a_circle_of_redirects_is_left() {
    let fake = Fake::start(|seen| match seen.target.as_str() {
        "/1" => Some(redirect(302, "/2")),
        "/2" => Some(redirect(302, "/1")),
        _ => None,
    })
    .await;
    let client = client(access(&fake.url("/")));
    let said = refused(fetch(&client, &fake.url("/1")).await);
    assert!(said.ends_with("it redirects more than 5 times"), "{said}");
    assert_eq!(fake.asked().len(), 6);
}

#[tokio::test]
async fn a_post_is_repeated_only_where_that_is_said() {
    let fake = Fake::start(|seen| match seen.target.as_str() {
        "/307" => Some(redirect(307, "/end")),
        "/303" => Some(redirect(303, "/end")),
        "/302" => Some(redirect(302, "/end")),
        "/end" => Some(json("{}")),
        _ => None,
    })
    .await;
    let client = client(access(&fake.url("/")));
    let post = |path: &str| Request::post(fake.url(path), b"{\"q\":1}".to_vec());
    came(ask(&client, &post("/307")).await);
    let last = fake.seen().pop().unwrap();
    assert_eq!((last.method.as_str(), last.body.as_str()), ("POST", "{\"q\":1}"));
    assert_eq!(last.header("content-type"), Some("application/json"));
    came(ask(&client, &post("/303")).await);
    let last = fake.seen().pop().unwrap();
    assert_eq!((last.method.as_str(), last.body.as_str()), ("GET", ""));
    assert_eq!(last.header("content-type"), None);
    let said = refused(ask(&client, &post("/302")).await);
    assert!(said.contains("it answers a POST with 302"), "{said}");
}

#[tokio::test]
async fn a_redirect_into_this_machine_is_not_followed() {
    let trap = Fake::saying(json("{}")).await;
    let (port, of_localhost) = (trap.port(), format!("http://localhost:{}/", trap.port()));
    let locations = [
        format!("http://127.0.0.1:{port}/"),
        of_localhost,
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://0x7f.1:{port}/"),
        format!("http://0:{port}/"),
        format!("http://[::1]:{port}/"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://10.0.0.1/".to_owned(),
        "ftp://127.0.0.1/".to_owned(),
        "file:///etc/passwd".to_owned(),
        "http://user:pw@example.org/".to_owned(),
    ];
    for location in locations {
        let to = location.clone();
        let fake = Fake::start(move |seen| (seen.target == "/a").then(|| redirect(302, &to))).await;
        let client = client(access(&fake.url("/")));
        let result = fetch(&client, &fake.url("/a")).await;
        assert!(matches!(result, Err(FetchError::NotAllowed { .. })), "{location} {result:?}");
        assert_eq!(fake.asked(), ["/a"], "{location}");
    }
    assert_eq!(trap.seen().len(), 0);
}

#[tokio::test]
async fn another_host_has_its_own_rules() {
    let other = Fake::start(|seen| match seen.target.as_str() {
        "/robots.txt" => {
            Some(crate::client::tests::fake::said(200, &[], "User-agent: *\nDisallow: /private"))
        }
        _ => Some(json("{}")),
    })
    .await;
    let port = other.port();
    let fake = Fake::start(move |seen| match seen.target.as_str() {
        "/robots.txt" => None,
        target => Some(redirect(302, &format!("http://other.test:{port}{target}"))),
    })
    .await;
    let names = Names::of("one.test", &[&["127.0.0.1"]]).and("other.test", &[&["127.0.0.1"]]);
    let base = format!("http://one.test:{}/", fake.port());
    let client = Party::of_names(names).client(named(&base));
    came(fetch(&client, &format!("{base}public").parse().unwrap()).await);
    let said = refused(fetch(&client, &format!("{base}private").parse().unwrap()).await);
    assert!(said.ends_with("the site's robots.txt disallows it"), "{said}");
    assert_eq!(other.asked(), ["/public"]);
}
