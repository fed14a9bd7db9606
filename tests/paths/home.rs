//! `/` over HTTP, as a browser without scripts has it: the box, what is found by it, and what is wrong with a question.

use std::path::Path;

use crate::support::DataDir;
use crate::support::http::{Answer, Server, encoded, request};

/// Fractions on a number line, in the framework of Northfield.
const SKILL: &str = "2373ee03-1b81-5d6f-9869-0a5bee3226c7";

/// The sample set: frameworks of CASE and records of CTDL.
fn samples() -> DataDir {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    DataDir::holding(&[&demo.join("frameworks"), &demo.join("records")])
}

fn words(answer: &Answer) -> String {
    let body = String::from_utf8(answer.raw()).unwrap();
    assert_eq!(answer.field("content-type"), Some("text/html; charset=utf-8"), "{body}");
    let policy = answer.field("content-security-policy").unwrap();
    assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"), "{policy}");
    assert!(body.len() < 100_000, "{} bytes", body.len());
    body
}

/// Asks for a page that is as it should be.
#[track_caller]
fn page(server: &Server, path: &str) -> String {
    let answer = server.get(path);
    assert_eq!(answer.status, 200, "{path}: {answer:?}");
    words(&answer)
}

#[track_caller]
fn has(page: &str, words: &[&str]) {
    for word in words {
        assert!(page.contains(word), "`{word}` is not in:\n{page}");
    }
}

/// The addresses of the links with some words, in their order.
fn links<'a>(page: &'a str, words: &str) -> Vec<String> {
    let links = page
        .split("<a ")
        .skip(1)
        .filter(|link| link.split("</a>").next().is_some_and(|link| link.contains(words)));
    let address = |link: &'a str| link.split_once("href=\"")?.1.split('"').next();
    links.filter_map(address).map(|link| link.replace("&#38;", "&").replace("&amp;", "&")).collect()
}

#[test]
fn home_says_what_is_inside_and_its_examples_lead_somewhere() {
    let data = samples();
    let server = Server::of(&data);
    let home = page(&server, "/");
    has(
        &home,
        &[
            "<h1>What does this badge mean?</h1>",
            "competencies</a>",
            "Northfield Mathematics Framework 2019",
            "Harbor Skills Council",
            "The newest record was read on 20",
            "name=\"q\"",
        ],
    );
    let tries = home.split_once("class=\"try\"").unwrap().1.split_once("</p>").unwrap().0;
    let examples = links(tries, "");
    assert_eq!(examples.len(), 3, "{tries}");
    for address in examples {
        let found = page(&server, &address);
        assert!(found.contains("class=\"hit\""), "{address} finds nothing");
    }
    let identifier = &links(&home, "What an identifier looks like")[0];
    has(&page(&server, identifier), &["What this identifier means", "This is the competency"]);
    for address in ["/?kind=competency", "/?kind=credential", "/?q=*", "/about"] {
        page(&server, address);
    }
}

#[test]
fn results_show_of_each_hit_what_it_is_and_whether_it_may_be_used() {
    let data = samples();
    let server = Server::of(&data);
    let found = page(&server, "/?q=fractions+number+line&kind=competency");
    has(
        &found,
        &[
            "<mark>Fractions</mark> on a <mark>number</mark> <mark>line</mark>",
            "NMF.3.FR.2",
            "In use",
            "CC0 1.0 Universal",
            "Northfield Department of Learning",
            &format!("href=\"/r/{SKILL}\""),
            &format!("href=\"/r/{SKILL}#alignment\""),
            "name=\"kind\" value=\"competency\" checked",
            "noindex",
        ],
    );
    // A filter is taken away by its chip, and one is added by a form.
    let without = &links(&found, "Kind:")[0];
    assert_eq!(without, "/?q=fractions+number+line");
    assert!(!page(&server, without).contains("checked"));
    assert!(links(&found, "By name")[0].ends_with("&kind=competency&sort=title"));
    let mistyped = page(&server, "/?q=fractoins");
    has(&mistyped, &["Nothing has “fractoins”. Looked for instead: fraction"]);
}

#[test]
fn pages_follow_one_another_until_all_was_seen() {
    let data = samples();
    let server = Server::of(&data);
    let first = page(&server, "/?kind=competency&limit=7&sort=title");
    let n_hits = |page: &str| page.matches("<li class=\"hit\">").count();
    let total = first.split_once(" results</h2>").unwrap().0.rsplit_once('>').unwrap().1;
    let total: usize = total.parse().unwrap();
    let (mut seen, mut at, mut n_pages) = (n_hits(&first), first, 1);
    while let Some(next) = links(&at, "Next page").into_iter().next() {
        has(&at, &["rel=\"next\""]);
        at = page(&server, &next);
        assert_eq!(links(&at, "Back to the first page")[0], "/?kind=competency&limit=7&sort=title");
        seen += n_hits(&at);
        n_pages += 1;
    }
    assert_eq!((seen, n_pages), (total, total.div_ceil(7)));
}

#[test]
fn an_identifier_is_explained_before_what_is_like_it() {
    let data = samples();
    let server = Server::of(&data);
    for id in [
        SKILL.to_owned(),
        SKILL.to_uppercase(),
        format!("https://case.northfield.example/ims/case/v1p0/CFItems/{SKILL}"),
    ] {
        let found = page(&server, &format!("/?q={}", encoded(&id)));
        has(&found, &["What this identifier means", "This is the competency NMF.3.FR.2"]);
        let (meaning, hits) = found.split_once("class=\"found\"").unwrap_or((&found, ""));
        let page = format!("href=\"/r/{SKILL}\"");
        assert!(meaning.contains(&page) || hits.contains(&page), "{id}");
    }
    let unknown = page(&server, "/?q=6b9bf846-0000-11e8-824f-0242ac160002");
    has(&unknown, &["Nothing that is held here goes by it", "Nothing was found"]);
    // Filters that let nothing pass do not hide what an identifier means.
    let elsewhere = page(&server, &format!("/?q={SKILL}&kind=job"));
    has(&elsewhere, &["This is the competency NMF.3.FR.2", "Look without the filters."]);
}

#[test]
fn what_is_wrong_with_a_question_is_said_above_the_box_that_keeps_it() {
    let data = samples();
    let server = Server::of(&data);
    for (query, status, said) in [
        ("q=knots&kind=planet", 400, "`planet` is no kind. Known here: framework, competency"),
        ("q=knots&sort=size", 400, "`size` is no order"),
        ("q=knots&colour=red", 400, "this route has no parameter `colour`"),
        ("q=knots&subject=", 400, "the parameter `subject` is empty"),
        ("q=knots&cursor=nonsense", 400, "the cursor is damaged"),
        ("q=knots&limit=1000", 400, "a limit of 1000 is more than 100"),
    ] {
        let answer = server.get(&format!("/?{query}"));
        let shown = words(&answer);
        assert_eq!(answer.status, status, "{query}");
        let (above, below) = shown.split_once("name=\"q\"").unwrap();
        assert!(above.contains(said), "{query}: {above}");
        has(below, &["value=\"knots\"", "href=\"/?q=knots\""]);
        assert_eq!(answer.field("etag"), None);
        assert_eq!(answer.field("cache-control"), Some("no-store"));
    }
}

#[test]
fn hostile_words_are_shown_and_do_nothing() {
    let data = samples();
    let server = Server::of(&data);
    for hostile in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' autofocus onfocus='alert(1)",
        "{{ 7 * 7 }}${7*7}",
        "javascript:alert(1)",
        "\u{202e}fractions\u{0}",
        "&lt;b&gt;",
    ] {
        for name in ["q", "publisher", "subject", "jurisdiction", "asOf", "framework"] {
            let answer = server.get(&format!("/?{name}={}", encoded(hostile)));
            let shown = words(&answer);
            for mark in
                ["<script>alert", "<img src=x", "' autofocus onfocus='", "href=\"javascript"]
            {
                assert!(!shown.contains(mark), "{name}={hostile}: {shown}");
            }
        }
    }
    // A credential is not looked for, and no word of it comes back.
    let credential = "{\"recipient\": \"quillfeather\", \"badge\": {}}";
    let answer = server.get(&format!("/?q={}", encoded(credential)));
    let shown = words(&answer);
    assert_eq!(answer.status, 422);
    has(&shown, &["This looks like a badge", "href=\"/badge\""]);
    assert!(!shown.contains("quillfeather"), "{shown}");
    let log = server.stop("TERM").stderr;
    assert!(!log.contains("fractions") && !log.contains("quillfeather"), "{log}");
}

#[test]
fn an_empty_directory_says_what_to_do_next() {
    let server = Server::of(&DataDir::new());
    for path in ["/", "/?q=knots", "/?q="] {
        has(&page(&server, path), &["Nothing is inside yet", "alidade import"]);
    }
    has(&page(&server, "/about"), &["What it does not do", env!("CARGO_PKG_VERSION")]);
}

#[test]
fn pages_may_be_kept_until_something_else_is_published() {
    let data = samples();
    let server = Server::of(&data);
    for path in ["/", "/?q=fractions", "/about"] {
        let answer = server.get(path);
        let tag = answer.field("etag").unwrap();
        let again = server.send(&request("GET", path, &[("If-None-Match", tag)], b""));
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
    }
    assert_eq!(server.get("/?q=").body, server.get("/").body);
}

#[test]
fn a_browser_is_told_how_to_search_here() {
    let address = "serve.public_url=https://alidade.example/";
    let data = samples();
    let server = Server::with(&data, &["--set", address]);
    let answer = server.get("/opensearch.xml");
    assert_eq!(answer.field("content-type"), Some("application/opensearchdescription+xml"));
    let text = String::from_utf8(answer.body.clone()).unwrap();
    has(&text, &["template=\"https://alidade.example/?q={searchTerms}\""]);
    has(&page(&server, "/"), &["href=\"/opensearch.xml\""]);
}
