//! The pages of frameworks: all of them, one with its tree, and two side by side.

use std::path::{Path, PathBuf};

use crate::support::http::{Answer, Server, request};
use crate::support::{DataDir, shared};

/// The most bytes of a page.
const MAX_BYTES: usize = 100_000;

/// A framework of the demonstration that is aligned to the next.
const HARBOR: &str = "1d873aeb-c66d-468b-911f-530b3e20a627";

/// The framework of the demonstration, something on its third level, and what stands under that.
const NORTHFIELD: &str = "363ed1ab-968c-5728-aafb-19128739b9e2";
const FRACTIONS: &str = "3ba1401a-5131-56a9-9e6c-9db6db6f6060";
const NUMBER_LINE: &str = "2373ee03-1b81-5d6f-9869-0a5bee3226c7";

/// The mathematics of the Common Core, and what is aligned to it.
const CCSS: &str = "c6496676-d7cb-11e8-824f-0242ac160002";
const SBAC: &str = "255adad7-2854-47d7-9aa4-c5e1750eb8ca";

fn demo() -> DataDir {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    DataDir::holding(&[&demo.join("frameworks"), &demo.join("records")])
}

/// A page, which has to be one.
#[track_caller]
fn page(server: &Server, path: &str) -> String {
    let answer = server.get(path);
    let text = text(&answer);
    assert_eq!(answer.status, 200, "{path}: {text}");
    assert_eq!(answer.field("content-type"), Some("text/html; charset=utf-8"), "{path}");
    assert!(!answer.field("content-security-policy").unwrap().contains("unsafe"), "{path}");
    assert!(answer.body.len() < MAX_BYTES, "{path} has {} bytes", answer.body.len());
    assert_eq!(text.matches("<h1").count(), 1, "{path}");
    for mark in [" style=", " onclick=", "<script>", "<style"] {
        assert!(!text.contains(mark), "{path} has {mark}");
    }
    text
}

fn text(answer: &Answer) -> String {
    String::from_utf8(answer.body.clone()).unwrap()
}

#[track_caller]
fn has(page: &str, parts: &[&str]) {
    for part in parts {
        assert!(page.contains(part), "`{part}` is not in:\n{page}");
    }
}

#[test]
fn frameworks_are_listed_narrowed_and_found_by_name() {
    let data = demo();
    let server = Server::of(&data);
    let all = page(&server, "/frameworks");
    has(
        &all,
        &[
            "2 frameworks",
            "Northfield Mathematics Framework 2019",
            "Northfield Department of Learning",
            "27 competencies",
            "Version 2019.3",
            "CC0 1.0 Universal",
            "Changed on 2023-03-20",
            &format!("href=\"/frameworks/{NORTHFIELD}\""),
        ],
    );
    // A form sends what was left empty too.
    let narrowed = page(&server, "/frameworks?q=&subject=Mathematics&publisher=&language=");
    has(
        &narrowed,
        &["1 framework<", "<option value=\"Mathematics\" selected>", "Show all frameworks"],
    );
    assert!(!narrowed.contains("Harbor Workforce"), "{narrowed}");
    let found = page(&server, "/frameworks?q=northfield+mathematics");
    has(&found, &["Northfield Mathematics Framework 2019", "value=\"northfield mathematics\""]);
    has(&page(&server, "/frameworks?q=zebra"), &["No framework is found", "0 frameworks"]);
    let refused = server.get("/frameworks?kind=competency");
    assert_eq!(refused.status, 400);
}

#[test]
fn the_list_goes_on_page_by_page_in_the_order_of_titles() {
    let data = demo();
    let server = Server::of(&data);
    let first = page(&server, "/frameworks?limit=1");
    has(&first, &["2 frameworks", "Harbor Workforce Skills Framework", "rel=\"next\""]);
    let next = first.split("href=\"/frameworks?").nth(1).unwrap().split('"').next().unwrap();
    let next = page(&server, &format!("/frameworks?{}", next.replace("&#38;", "&")));
    has(&next, &["Northfield Mathematics Framework 2019", "First page"]);
    assert!(!next.contains("rel=\"next\""), "{next}");
}

#[test]
fn a_framework_says_what_it_is_what_is_in_it_and_how_to_take_it_along() {
    let data = demo();
    let server = Server::of(&data);
    let shown = page(&server, &format!("/frameworks/{NORTHFIELD}"));
    has(
        &shown,
        &[
            "Framework in CASE",
            "What learners in grades 3 and 4",
            "https://www.northfield.example/standards/mathematics-2019",
            "NMF.3.FR",
            "Understand a fraction as a number of its own.",
            &format!("?at={FRACTIONS}#here"),
            "Items by type",
            "Standard",
            "Level 3",
            "1 code stands at several items",
            "<code>NMF.4.ME.2</code>",
            ".nq.zst",
            ".ndjson.zst",
            ".csv.zst",
            &format!("/doc/{NORTHFIELD}.ttl"),
            &format!("/v1/resources/{NORTHFIELD}"),
            &format!("href=\"/r/{NORTHFIELD}\""),
            "\"@type\":\"DefinedTermSet\"",
            "\"inLanguage\":\"en\"",
            "<dd>English</dd>",
            "SHA-256 of what was read",
        ],
    );
    // What lies deeper is behind a link.
    assert!(!shown.contains("Fractions on a number line"), "{shown}");
    let dump = shown.split("href=\"/dumps/frameworks/").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(server.get(&format!("/dumps/frameworks/{dump}")).status, 200);
}

#[test]
fn a_tree_opens_the_way_down_to_something_and_marks_it() {
    let data = demo();
    let server = Server::of(&data);
    let opened = page(&server, &format!("/frameworks/{NORTHFIELD}?at={FRACTIONS}"));
    has(&opened, &["Fractions on a number line", "Show the tree from its root", "id=\"here\""]);
    let marked = opened.split("id=\"here\"").nth(1).unwrap();
    let marked = &marked[..marked.find("</a>").unwrap()];
    assert!(marked.contains("aria-current=\"true\"") && marked.contains("NMF.3.FR.A"), "{marked}");
    let leaf = page(&server, &format!("/frameworks/{NORTHFIELD}?at={NUMBER_LINE}"));
    has(&leaf, &["Fractions on a number line", "Understand a fraction"]);
    // From another child on, with the way back.
    let later = page(&server, &format!("/frameworks/{NORTHFIELD}?at={FRACTIONS}&from=2"));
    has(&later, &["Show the 2 before"]);
    assert!(!later.contains("Fractions on a number line"), "{later}");
}

#[test]
fn what_is_no_framework_is_led_on_and_what_is_nothing_is_told() {
    let data = demo();
    let server = Server::of(&data);
    let led = server.get(&format!("/frameworks/{NUMBER_LINE}"));
    assert_eq!((led.status, led.field("location")), (303, Some(&*format!("/r/{NUMBER_LINE}"))));
    let elsewhere = server.get(&format!("/frameworks/{HARBOR}?at={NUMBER_LINE}"));
    let place = format!("/frameworks/{NORTHFIELD}?at={NUMBER_LINE}#here");
    assert_eq!((elsewhere.status, elsewhere.field("location")), (303, Some(&*place)));
    let nothing = "/frameworks/00000000-0000-4000-8000-000000000000";
    let nothing = server.send(&request("GET", nothing, &[("Accept", "text/html")], b""));
    assert_eq!(nothing.status, 404);
    assert!(text(&nothing).contains("<h1"));
    assert_eq!(server.get(&format!("/frameworks/{NORTHFIELD}?depth=2")).status, 400);
}

#[test]
fn a_search_inside_finds_what_is_there_with_its_path() {
    let data = demo();
    let server = Server::of(&data);
    let found = page(&server, &format!("/frameworks/{NORTHFIELD}?q=number+line"));
    has(
        &found,
        &[
            "in this framework",
            "<mark>",
            "NMF.3.FR › NMF.3.FR.A",
            &format!("href=\"/frameworks/{NORTHFIELD}?at={NUMBER_LINE}#here\""),
        ],
    );
    // What another framework says is not inside this one.
    let other = page(&server, &format!("/frameworks/{NORTHFIELD}?q=welding"));
    has(&other, &["Nothing in this framework has these words."]);
}

#[test]
fn two_frameworks_stand_side_by_side_and_the_second_is_found_by_name() {
    let data = demo();
    let server = Server::of(&data);
    let offered = page(&server, &format!("/frameworks/compare?a={NORTHFIELD}"));
    has(&offered, &["Choose a second framework", "Harbor Workforce Skills Framework"]);
    let chosen = page(&server, &format!("/frameworks/compare?a={NORTHFIELD}&b=harbor"));
    has(&chosen, &["Choose a second framework", "Harbor Workforce Skills Framework"]);
    let address = chosen.split("href=\"/frameworks/compare?").nth(1).unwrap();
    let address = address.split('"').next().unwrap().replace("&#38;", "&");
    let both = page(&server, &format!("/frameworks/compare?{address}"));
    has(
        &both,
        &["Items 1 to 10 of 27", "More items", "Alone", "NMF.3.NU", "Look from the other side"],
    );
    let stated = page(&server, &format!("/frameworks/compare?a={NORTHFIELD}&b={HARBOR}&from=10"));
    has(
        &stated,
        &[
            // NMF.3.FR.2 and NMF.4.ME.1 directly; what is the same as those over a second statement.
            "2 items are stated to be the same",
            "Exact match",
            "stated directly",
            "over 2 statements",
            "HWS.ME.3",
            "HWS.FA.3",
            "Related",
        ],
    );
    let next = page(&server, &format!("/frameworks/compare?{address}&from=20"));
    has(&next, &["Items 21 to 27 of 27", "Items before"]);
    let same = page(&server, &format!("/frameworks/compare?a={NORTHFIELD}&b={NORTHFIELD}"));
    has(&same, &["one and the same framework"]);
    assert_eq!(server.get("/frameworks/compare").status, 400);
    assert_eq!(server.get(&format!("/frameworks/compare?a={NUMBER_LINE}")).status, 404);
}

/// The real frameworks; `None` where they are not here.
fn real() -> Option<DataDir> {
    let files: Vec<PathBuf> = ["ccss-math-2010", "sbac-math-content-spec"]
        .iter()
        .filter_map(|name| shared(&format!("case/{name}.cfpackage.json")))
        .collect();
    let [ccss, sbac] = files.as_slice() else { return None };
    Some(DataDir::holding(&[ccss, sbac]))
}

#[test]
fn large_frameworks_are_shown_and_compared_a_page_at_a_time() {
    let Some(data) = real() else { return };
    let server = Server::of(&data);
    let shown = page(&server, &format!("/frameworks/{CCSS}"));
    has(
        &shown,
        &[
            "Common Core State Standards for Math",
            "746 competencies",
            "Nobody states an alignment",
            "Its publisher states none.",
        ],
    );
    assert!(shown.matches("class=\"twig").count() <= 150, "{shown}");
    let other = page(&server, &format!("/frameworks/{SBAC}"));
    has(&other, &["585 competencies", "Show what stands under"]);
    let both = page(&server, &format!("/frameworks/compare?a={SBAC}&b={CCSS}&from=40"));
    has(
        &both,
        &["Items 41 to 50 of 585", "Similar words", "3.NF.A.3.a", "rel=\"next\"", "rel=\"prev\""],
    );
}
