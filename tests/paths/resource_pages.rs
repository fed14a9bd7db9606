//! `/r/{id}`: the page of a resource.

use std::path::Path;

use serde_json::Value;

use crate::support::DataDir;
use crate::support::http::{Answer, Server, request};
use crate::support::package::{guid, package, save};

/// A standard of the sample set that ended in 2021.
const ENDED: &str = "9de3ae51-ba14-575a-8031-a8c1936e33c4";

/// A standard that another one has replaced, and that one.
const REPLACED: &str = "d5136671-91aa-5b2a-b0d2-ce4bf5d13824";
const SUCCESSOR: &str = "4a255cd8-af36-5197-b1fa-59925d091b70";

/// The framework of both.
const FRAMEWORK: &str = "363ed1ab-968c-5728-aafb-19128739b9e2";

/// What a browser says that it takes.
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

fn samples() -> DataDir {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    DataDir::holding(&[&demo.join("frameworks"), &demo.join("records")])
}

/// Asks as a browser does.
fn visit(server: &Server, path: &str) -> Answer {
    server.send(&request("GET", path, &[("Accept", BROWSER)], b""))
}

fn html(answer: &Answer) -> String {
    String::from_utf8(answer.body.clone()).unwrap()
}

#[track_caller]
fn has(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "`{word}` is not in:\n{text}");
    }
}

/// What a page says in the words of schema.org.
#[track_caller]
fn structured(page: &str) -> Value {
    let (_, rest) = page.split_once("<script type=\"application/ld+json\">").unwrap();
    let (data, _) = rest.split_once("</script>").unwrap();
    serde_json::from_str(data).unwrap_or_else(|error| panic!("{error}: {data}"))
}

#[test]
fn a_page_says_what_a_resource_is_and_whether_it_holds_before_everything_else() {
    let data = samples();
    let server = Server::of(&data);
    let answer = visit(&server, &format!("/r/{ENDED}"));
    assert_eq!(answer.status, 200);
    assert!(answer.body.len() < 100_000, "{}", answer.body.len());
    let links = answer.field("link").unwrap();
    has(
        links,
        &["rel=\"cite-as\"", "schema.org/DefinedTerm", "rel=\"describedby\"", "rel=\"collection\""],
    );
    let page = html(&answer);
    has(
        &page,
        &[
            "Competency NMF.3.NU.4 of Northfield Mathematics Framework 2019, published by Northfield Department of Learning.",
            "It ended on 2021-07-31.",
            "<strong class=\"badge bad\">Out of use</strong>",
            &format!("href=\"/frameworks/{FRAMEWORK}\""),
            "<dt>Education levels</dt>",
            "<link rel=\"alternate\" type=\"text/turtle\"",
            &format!("href=\"/v1/resources/{ENDED}\""),
            "https://case.northfield.example/ims/case/v1p0/CFItems/",
            "CC0 1.0 Universal",
            "The whole record was read.",
        ],
    );
    let warned = page.find("Out of use").unwrap();
    assert!(warned < page.find("<h1").unwrap(), "what is wrong is said after the name");
    let same = visit(&server, &format!("/doc/{ENDED}"));
    let (_, same) = html(&same)
        .split_once("<main")
        .map(|(head, rest)| (head.to_owned(), rest.to_owned()))
        .unwrap();
    assert_eq!(same, page.split_once("<main").unwrap().1, "the document is another page");
}

#[test]
fn the_day_is_chosen_and_kept() {
    let data = samples();
    let server = Server::of(&data);
    let before = html(&visit(&server, &format!("/r/{ENDED}?asOf=2021-01-01")));
    has(
        &before,
        &[
            "Nothing speaks against it on 2021-01-01.",
            "Judged for 2021-01-01.",
            "value=\"2021-01-01\"",
        ],
    );
    assert!(!before.contains("Out of use"), "{before}");
    has(&before, &["?asOf=2021-01-01\""]);
    let wrong = visit(&server, &format!("/r/{ENDED}?asOf=yesterday"));
    assert_eq!(
        (wrong.status, wrong.field("content-type")),
        (400, Some("text/html; charset=utf-8"))
    );
}

#[test]
fn what_takes_its_place_and_what_stands_around_it_is_linked() {
    let data = samples();
    let server = Server::of(&data);
    let page = html(&visit(&server, &format!("/r/{REPLACED}")));
    has(
        &page,
        &[
            "Replaced",
            &format!("In its place: <a href=\"/r/{SUCCESSOR}\""),
            "Replaced by",
            "4 side by side",
        ],
    );
    has(&page, &["aria-current=\"true\"", &format!("?at={REPLACED}#here")]);
    let above = html(&visit(&server, "/r/eb2c2f42-5e30-5905-b5b3-1cd892821c44"));
    has(&above, &["One stands under it", "4 below", "data-below=\"4\""]);
}

#[test]
fn the_alignment_is_that_of_the_interface() {
    let data = samples();
    let server = Server::of(&data);
    let page = html(&visit(&server, &format!("/r/{SUCCESSOR}")));
    let api = server.get(&format!("/v1/resources/{SUCCESSOR}/alignment")).json();
    for (id, member) in [("ob3", "openBadges3"), ("ob2", "openBadges2"), ("ctdl", "ctdl")] {
        let (_, rest) = page.split_once(&format!("<pre id=\"alignment-{id}-json\"")).unwrap();
        let (_, rest) = rest.split_once('>').unwrap();
        let (json, _) = rest.split_once("</pre>").unwrap();
        let json = json.replace("&#34;", "\"").replace("&#39;", "'").replace("&amp;", "&");
        let shown: Value =
            serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
        assert_eq!(shown, api[member], "{member}");
    }
}

#[test]
fn search_engines_are_told_in_their_own_words() {
    let data = samples();
    let server = Server::with(&data, &["--set", "serve.public_url=https://alidade.example"]);
    let about = |id: &str| {
        let page = html(&visit(&server, &format!("/r/{id}")));
        has(
            &page,
            &[&format!("<link rel=\"canonical\" href=\"https://alidade.example/doc/{id}\">")],
        );
        structured(&page)
    };
    let competency = about(SUCCESSOR);
    assert_eq!(competency["@type"], "DefinedTerm");
    assert_eq!(competency["url"], format!("https://alidade.example/doc/{SUCCESSOR}"));
    assert_eq!(competency["inDefinedTermSet"]["name"], "Northfield Mathematics Framework 2019");
    let framework = about(FRAMEWORK);
    assert_eq!(framework["@type"], "DefinedTermSet");
    assert_eq!(framework["hasDefinedTerm"][0]["termCode"], "NMF.3.NU");
    assert_eq!(framework["publisher"]["name"], "Northfield Department of Learning");
    let credential = about("ce-b1f7c0de-2a3b-4c4d-8e5f-6a7b8c9d0e1f");
    assert_eq!(credential["@type"], "EducationalOccupationalCredential");
    assert_eq!(credential["credentialCategory"], "Certification");
    assert_eq!(credential["educationalAlignment"][0]["@type"], "AlignmentObject", "{credential}");
}

#[test]
fn nothing_that_is_published_is_markup() {
    let folder = tempfile::tempdir().unwrap();
    let words = "</script><script>alert(1)</script><img src=x onerror=\"alert(2)\"><b onclick=alert(3)>b</b> $\\text{<i>}$ ]]>&";
    let mut hostile = package(1, words, &[(1, words), (2, words)]);
    for field in [
        "alternativeLabel",
        "abbreviatedStatement",
        "notes",
        "CFItemType",
        "humanCodingScheme",
        "listEnumeration",
    ] {
        hostile["CFItems"][0][field] = words.into();
    }
    hostile["CFItems"][0]["conceptKeywords"] = Value::from(vec![words]);
    hostile["CFItems"][0]["educationLevel"] = Value::from(vec![words]);
    hostile["CFDocument"]["creator"] = words.into();
    hostile["CFDocument"]["officialSourceURL"] = "javascript:alert(4)".into();
    save(folder.path(), "hostile.json", &hostile);
    let data = DataDir::holding(&[folder.path()]);
    let server = Server::of(&data);
    for item in [0, 1, 2] {
        let answer = visit(&server, &format!("/r/{}", guid(1, item)));
        assert_eq!(answer.status, 200, "{answer:?}");
        let page = html(&answer);
        assert_eq!(page.matches("<script").count(), 3, "{page}");
        assert_eq!(page.matches("</script>").count(), 3, "{page}");
        for markup in ["<img src=x", "<b onclick", "href=\"javascript", "<i>", "style="] {
            assert!(!page.contains(markup), "`{markup}` is in:\n{page}");
        }
        let data = structured(&page);
        assert!(data["name"].is_string(), "{data}");
    }
}

#[test]
fn a_formula_is_mathematics() {
    let folder = tempfile::tempdir().unwrap();
    let words = "Knows that $x^2 \\ge 0$ for **every** number, for $5 or $10.";
    save(folder.path(), "formula.json", &package(1, "Formulas", &[(1, words)]));
    let data = DataDir::holding(&[folder.path()]);
    let server = Server::of(&data);
    let page = html(&visit(&server, &format!("/r/{}", guid(1, 1))));
    has(&page, &["<math display=\"inline\">", "<strong>every</strong>", "for $5 or $10."]);
}

#[test]
fn what_names_several_or_nothing_is_a_page_for_people_and_a_problem_for_programs() {
    let folder = tempfile::tempdir().unwrap();
    let mut twice = package(1, "Twice", &[(1, "One of two."), (2, "The other.")]);
    for item in [0, 1] {
        twice["CFItems"][item]["uri"] = "https://case.loom.example/same".into();
    }
    save(folder.path(), "twice.json", &twice);
    let data = DataDir::holding(&[folder.path()]);
    let server = Server::of(&data);
    let path = "/r/https%3A%2F%2Fcase.loom.example%2Fsame";
    let several = visit(&server, path);
    assert_eq!(several.status, 409, "{several:?}");
    let candidates = [1, 2].map(|item| format!("href=\"/r/{}\"", guid(1, item)));
    has(&html(&several), &["This names several", &candidates[0], &candidates[1]]);
    let path = "/r/00000000-1111-4222-8333-444444444444";
    let nothing = visit(&server, path);
    assert_eq!(nothing.status, 404);
    has(&html(&nothing), &["Nothing here has this identifier", "name=\"q\" value=\"00000000-1111"]);
    let problem = server.get(path);
    assert_eq!(
        (problem.status, problem.field("content-type")),
        (404, Some("application/problem+json"))
    );
}
