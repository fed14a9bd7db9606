//! What every page for people keeps to: strict, private, small, and to be read by everybody.

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::DataDir;
use crate::support::html::{Tag, tags};
use crate::support::http::{Answer, Server, request};

/// What browsers say that they take when they load a page.
pub(super) const BROWSER: &str =
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

/// What a page may do, without exceptions.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
    img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// A page is smaller than this.
const MAX_BYTES: usize = 100_000;

/// A competency and a framework of the sample set.
const COMPETENCY: &str = "2373ee03-1b81-5d6f-9869-0a5bee3226c7";
const FRAMEWORK: &str = "1d873aeb-c66d-468b-911f-530b3e20a627";

/// Every page, with the status that it comes with. What is not there has a page too: the one that says so.
const PAGES: [(&str, u16); 17] = [
    ("/", 200),
    ("/?q=fractions", 200),
    ("/about", 200),
    ("/badge", 200),
    ("/frameworks", 200),
    ("/picker", 200),
    ("/sources", 200),
    ("/sparql", 200),
    ("/docs", 200),
    ("/docs/search", 200),
    ("/docs/resolveMany", 200),
    ("/docs/schemas/Resolution", 200),
    ("/problems", 200),
    ("/problems/too-many-requests", 200),
    ("/nothing", 404),
    ("/r/nothing", 404),
    ("/sparql?query=nothing", 400),
];

fn samples() -> DataDir {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    DataDir::holding(&[&demo.join("frameworks"), &demo.join("records")])
}

/// Loads a page as a browser does.
pub(super) fn load(server: &Server, path: &str) -> Answer {
    server.send(&request("GET", path, &[("Accept", BROWSER)], b""))
}

#[track_caller]
fn check(path: &str, page: &Answer) {
    assert_eq!(page.field("content-type"), Some("text/html; charset=utf-8"), "{path}: {page:?}");
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(page.field(name), Some(value), "{path}");
    }
    assert_eq!(page.field("set-cookie"), None, "{path}");
    assert!(page.body.len() < MAX_BYTES, "{path} has {} bytes", page.body.len());
    let tags = tags(std::str::from_utf8(&page.body).unwrap());
    check_strict(path, &tags);
    check_readable(path, &tags);
    check_named(path, &tags);
}

/// Nothing inline, and nothing from elsewhere.
#[track_caller]
fn check_strict(path: &str, tags: &[Tag]) {
    for tag in tags {
        assert_ne!(tag.name, "style", "{path}");
        assert_ne!(tag.name, "base", "{path}");
        assert!(
            tag.name != "iframe" && tag.name != "object" && tag.name != "embed",
            "{path}: {tag:?}"
        );
        // Data for search engines is no script, and does not run.
        let is_data = tag.get("type") == Some("application/ld+json");
        assert!(tag.name != "script" || is_data || tag.get("src").is_some(), "{path}: {tag:?}");
        for (name, value) in &tag.attributes {
            assert!(name != "style" && !name.starts_with("on"), "{path}: {tag:?}");
            let is_loaded = name == "src"
                || name == "srcset"
                || name == "action"
                || (name == "href" && tag.name == "link");
            let is_own =
                value.starts_with('/') && !value.starts_with("//") || value.starts_with("data:");
            // A canonical address is read and not loaded.
            let is_read = matches!(tag.get("rel"), Some("canonical" | "alternate"));
            assert!(!is_loaded || is_own || is_read, "{path}: {tag:?}");
            let is_script = value.trim_start().to_ascii_lowercase().starts_with("javascript:");
            assert!(name != "href" || !is_script, "{path}: {tag:?}");
        }
        let leads_away =
            tag.name == "a" && tag.get("href").is_some_and(|href| href.starts_with("http"));
        let rel = tag.get("rel").unwrap_or_default();
        assert!(!leads_away || rel.contains("noopener"), "{path}: {tag:?}");
    }
}

/// A language, a title, one heading above all, landmarks.
#[track_caller]
fn check_readable(path: &str, tags: &[Tag]) {
    let named = |name: &str| tags.iter().filter(|tag| tag.name == name).collect::<Vec<_>>();
    assert_eq!(named("html")[0].get("lang"), Some("en"), "{path}");
    assert_eq!(named("h1").len(), 1, "{path}");
    let title = &named("title")[0].text;
    assert!(title.ends_with(" · Alidade") && title.len() > " · Alidade".len(), "{path}: {title}");
    for landmark in ["header", "main", "footer", "nav"] {
        assert!(!named(landmark).is_empty(), "{path} has no {landmark}");
    }
    let ids: Vec<&str> = tags.iter().filter_map(|tag| tag.get("id")).collect();
    let distinct: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(distinct.len(), ids.len(), "{path} has an id twice");
    // What names something that is hidden comes with what is shown in it.
    for tag in tags.iter().filter(|tag| tag.get("hidden").is_none()) {
        for name in ["aria-labelledby", "aria-describedby", "for"] {
            let led: Vec<&str> =
                tag.get(name).into_iter().flat_map(str::split_whitespace).collect();
            assert!(led.iter().all(|id| distinct.contains(id)), "{path}: {tag:?}");
        }
    }
}

/// Whatever is typed into or pressed has a name.
#[track_caller]
fn check_named(path: &str, tags: &[Tag]) {
    let labelled: BTreeSet<&str> =
        tags.iter().filter(|tag| tag.name == "label").filter_map(|tag| tag.get("for")).collect();
    for (at, tag) in tags.iter().enumerate() {
        let is_typed = matches!(tag.name.as_str(), "input" | "select" | "textarea")
            && tag.get("type") != Some("hidden");
        let is_labelled = tag.get("id").is_some_and(|id| labelled.contains(id))
            || tag.get("aria-label").is_some_and(|label| !label.is_empty())
            || tag.get("aria-labelledby").is_some()
            || at > 0 && tags[at - 1].name == "label";
        assert!(!is_typed || is_labelled, "{path}: {tag:?}");
        let is_pressed = tag.name == "button";
        let says = !tag.text.trim().is_empty() || tag.get("aria-label").is_some() || {
            let inner = tags.get(at + 1);
            inner.is_some_and(|inner| !inner.text.trim().is_empty())
        };
        assert!(!is_pressed || says, "{path}: {tag:?}");
        assert!(tag.name != "img" || tag.get("alt").is_some(), "{path}: {tag:?}");
    }
}

#[test]
fn every_page_is_strict_private_small_and_to_be_read_by_everybody() {
    let data = samples();
    let server = Server::with(&data, &["--set", "serve.rate=0"]);
    for (path, status) in PAGES {
        let page = load(&server, path);
        assert_eq!(page.status, status, "{path}");
        check(path, &page);
    }
    for path in [
        format!("/r/{COMPETENCY}"),
        format!("/r/{COMPETENCY}/referenced-by"),
        format!("/r/{COMPETENCY}/referenced-by?relation=exactMatchOf"),
        format!("/r/{FRAMEWORK}"),
        format!("/frameworks/{FRAMEWORK}"),
        format!("/frameworks/compare?a={FRAMEWORK}"),
    ] {
        let page = load(&server, &path);
        assert_eq!(page.status, 200, "{path}");
        check(&path, &page);
    }
}

#[test]
fn a_form_that_takes_a_badge_has_nothing_to_send() {
    let data = DataDir::new();
    let server = Server::of(&data);
    let tags = tags(std::str::from_utf8(&load(&server, "/badge").body).unwrap());
    let inside = tags.iter().skip_while(|tag| tag.get("id") != Some("badge")).skip(1);
    let fields: Vec<&Tag> = inside
        .take_while(|tag| tag.name != "form")
        .filter(|tag| matches!(tag.name.as_str(), "input" | "textarea" | "select" | "button"))
        .collect();
    assert!(fields.len() > 3, "{fields:?}");
    // A browser sends what has a name, and no more.
    assert!(fields.iter().all(|field| field.get("name").is_none()), "{fields:?}");
}

#[test]
fn every_operation_and_every_schema_has_a_page_and_every_link_among_them_leads_somewhere() {
    let data = DataDir::new();
    let server = Server::with(&data, &["--set", "serve.rate=0"]);
    let (mut open, mut seen) = (vec!["/docs".to_owned()], BTreeSet::new());
    while let Some(path) = open.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let page = load(&server, &path);
        assert_eq!(page.status, 200, "{path}");
        check(&path, &page);
        let tags = tags(std::str::from_utf8(&page.body).unwrap());
        let links = tags.iter().filter(|tag| tag.name == "a").filter_map(|tag| tag.get("href"));
        open.extend(links.filter(|href| href.starts_with("/docs/")).map(str::to_owned));
    }
    let description = server.get("/openapi.json").json();
    let paths = description["paths"].as_object().unwrap().values();
    let operations: Vec<&str> = paths
        .flat_map(|item| item.as_object().unwrap().values())
        .map(|operation| operation["operationId"].as_str().unwrap())
        .collect();
    assert!(operations.len() > 40, "{operations:?}");
    for id in operations {
        assert!(seen.contains(&format!("/docs/{id}")), "{id}");
    }
    assert!(seen.iter().filter(|path| path.starts_with("/docs/schemas/")).count() > 50, "{seen:?}");
}

#[test]
fn what_goes_wrong_is_told_to_people_as_a_page_and_to_programs_as_json() {
    let data = samples();
    let server = Server::with(&data, &["--set", "serve.rate=1", "--set", "serve.burst=30"]);
    for path in ["/nothing", "/r/nothing", "/problems/nothing", "/docs/nothing", "/sources?x=1"] {
        let page = load(&server, path);
        check(path, &page);
        let text = String::from_utf8(page.body).unwrap();
        assert!(text.contains("<meta name=\"robots\" content=\"noindex\">"), "{path}: {text}");
        assert!(text.contains("type=\"search\" name=\"q\""), "{path}: {text}");
        let program = server.send(&request(
            "GET",
            path,
            &[("Accept", "application/json, text/html;q=0.5")],
            b"",
        ));
        assert_eq!(program.field("content-type"), Some("application/problem+json"), "{path}");
    }
    let refused = (0..50).map(|_| load(&server, "/about")).find(|page| page.status == 429);
    let refused = refused.expect("nobody is refused");
    check("429", &refused);
    assert!(String::from_utf8(refused.body).unwrap().contains("That was too much at once"));
}
