//! What the pages show around a resource: its equivalents, who asks for it, and what its record says.

use std::path::Path;

use crate::support::DataDir;
use crate::support::http::{Server, encoded};

/// The competencies and records of the sample set.
const RULE: &str = "2373ee03-1b81-5d6f-9869-0a5bee3226c7";
const EQUIPMENT: &str = "ce-8c001111-524e-4ded-85f2-2fe58c765981";
const EQUIPMENT_IN_CASE: &str = "8c001111-524e-4ded-85f2-2fe58c765981";
const WELDER: &str = "ce-b1f7c0de-2a3b-4c4d-8e5f-6a7b8c9d0e1f";
const COURSE: &str = "ce-c2e8d1ef-3b4c-4d5e-9f60-7b8c9d0e1f20";
const COUNCIL: &str = "ce-7d3c2b1a-5e4f-4a69-8b78-90c1d2e3f4a5";

fn samples() -> DataDir {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    DataDir::holding(&[&demo.join("frameworks"), &demo.join("records")])
}

#[track_caller]
fn page(server: &Server, path: &str) -> String {
    let answer = server.get(path);
    assert_eq!(answer.status, 200, "{path}");
    assert_eq!(answer.field("content-type"), Some("text/html; charset=utf-8"), "{path}");
    String::from_utf8(answer.body).unwrap()
}

/// A page without its markup, white space folded.
fn words(page: &str) -> String {
    let texts = page.split('<').filter_map(|part| part.split_once('>').map(|(_, text)| text));
    texts.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn has(page: &str, parts: &[&str]) {
    let words = words(page);
    for part in parts {
        assert!(words.contains(part), "`{part}` is not in:\n{words}");
    }
}

#[test]
fn equivalents_are_drawn_and_listed_and_only_exact_matches_are_called_so() {
    let data = samples();
    let server = Server::of(&data);
    let page = page(&server, &format!("/r/{RULE}"));
    has(
        &page,
        &[
            "Equivalent and related elsewhere",
            "Exact match harbor-workforce-skills.json frameworks",
            "Derived: Exact match: HWS.ME.3 Exact match: HWS.FA.3",
            "derived from 2 statements",
            "Related northfield-mathematics-2019.json",
        ],
    );
    assert_eq!(page.matches("<path class=\"edge").count(), 4);
    // The four, and the resource itself.
    assert_eq!(page.matches("role=\"img\"><title>").count(), 5);
    for (class, n) in [("same", 3), ("related", 1)] {
        assert_eq!(page.matches(&format!("class=\"edge {class}\"")).count(), n, "{class}");
    }
    assert!(!page.contains("style=") && !page.contains("<style"), "{page}");
    assert!(page.contains(&format!("href=\"/v1/resources/{RULE}/crosswalk\"")));
    assert_eq!(server.get(&format!("/v1/resources/{RULE}/crosswalk")).json()["n"], 4);
}

#[test]
fn a_skill_leads_to_who_asks_for_it_and_its_twin_to_the_same() {
    let data = samples();
    let server = Server::of(&data);
    let skill = page(&server, &format!("/r/{EQUIPMENT}"));
    has(
        &skill,
        &[
            "Assessed by (1) W-12 Welding in Twelve Weeks Learning opportunity by Harbor Skills Council",
            "Required by (1) Harbor Welder, Level 1 Credential by Harbor Skills Council weight 0.2",
            "Same UUID in the other standard, and the same words. Nobody states that the two are one.",
        ],
    );
    assert!(skill.contains(&format!("href=\"/r/{COURSE}\"")));
    let twin = page(&server, &format!("/r/{EQUIPMENT_IN_CASE}"));
    has(&twin, &["By its identifier in the other standard", "Required by (1)"]);
    let list = format!("/r/{EQUIPMENT}/referenced-by?relation=requiredBy");
    assert!(twin.contains(&format!("href=\"{list}\"")), "{twin}");
    has(&page(&server, &list), &["Required by", "1 to 1 of 1", "Harbor Welder, Level 1"]);
}

#[test]
fn a_list_of_referrers_is_read_page_by_page() {
    let data = samples();
    let server = Server::of(&data);
    let all = page(&server, &format!("/r/{COURSE}/referenced-by?relation=teaches&limit=3"));
    has(&all, &["Teaches", "1 to 3 of 4", "HWS.ME.3", "Next page"]);
    let rest = all.split_once("rel=\"next\" href=\"").unwrap().1.split('"').next().unwrap();
    let rest = page(&server, &rest.replace("&amp;", "&").replace("&#38;", "&"));
    has(&rest, &["4 to 4 of 4", "HWS.WE.3"]);
    assert!(!words(&rest).contains("Next page"));
    let counts = page(&server, &format!("/r/{COUNCIL}/referenced-by"));
    has(&counts, &["Who refers to it", "Owns (", "Offers ("]);
    for (path, status) in [
        (format!("/r/{COURSE}/referenced-by?relation=kissedBy"), 400),
        (format!("/r/{COURSE}/referenced-by?relation=teaches&cursor=x"), 400),
        (format!("/r/{COURSE}/referenced-by?nothing=1"), 400),
        (format!("/r/{}/referenced-by", encoded("ce-00000000-0000-4000-8000-000000000000")), 404),
    ] {
        assert_eq!(server.get(&path).status, status, "{path}");
    }
}

#[test]
fn what_a_credential_takes_and_gives_is_told_in_plain_words() {
    let data = samples();
    let server = Server::of(&data);
    let credential = page(&server, &format!("/r/{WELDER}"));
    has(
        &credential,
        &[
            "What it takes and gives",
            "Type Certification",
            "Owned by Harbor Skills Council",
            "Estimated cost 240 USD, Aggregate Cost",
            "Duration 12 weeks",
            "51-4121 Welder Harbor List of Occupations",
            "Status Active",
            "In effect from 2024-01-01",
            "What a candidate shows",
            "Replaces",
        ],
    );
    assert!(credential.contains(&format!("href=\"/r/{COUNCIL}\"")));
    assert!(credential.contains("<time datetime=\"2024-01-01\">"));
    let course = page(&server, &format!("/r/{COURSE}"));
    has(&course, &["Teaches (4)", "HWS.WE.1", "Harbor Workforce Skills Framework"]);
}

#[test]
fn an_organization_is_shown_with_what_it_owns_and_without_any_person() {
    let data = samples();
    let server = Server::of(&data);
    let council = page(&server, &format!("/r/{COUNCIL}"));
    has(
        &council,
        &[
            "About the organization",
            "Type of organization Certification Body",
            "Sector Private Non-Profit",
            "Address Oldport, Harbor",
            "Owns (",
            "Offers (",
        ],
    );
    assert!(council.contains("href=\"https://www.harbor.example/\" rel=\"nofollow noopener\""));
    for kept in ["Orla", "Samplesworth", "555", "desk@"] {
        assert!(!council.contains(kept), "{kept}");
    }
}
