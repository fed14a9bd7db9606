//! The page of a resource.

use serde_json::Value;

use crate::paths::linked::{SKILL, samples};
use crate::support::DataDir;
use crate::support::http::{Answer, Server};
use crate::support::package::{guid, package, save};

/// What a page says in the words of schema.org.
#[track_caller]
fn structured(page: &Answer) -> Value {
    let text = String::from_utf8_lossy(&page.body);
    let (_, rest) = text.split_once("<script type=\"application/ld+json\">").unwrap();
    let (data, _) = rest.split_once("</script>").unwrap();
    serde_json::from_str(data).unwrap_or_else(|error| panic!("{error}: {data}"))
}

#[test]
fn a_page_says_what_a_person_and_a_search_engine_want_to_know() {
    let data = samples();
    let server = Server::of(&data);
    let page = server.get(&format!("/doc/{SKILL}.html"));
    let text = String::from_utf8_lossy(&page.body);
    for expected in [
        ">Select unit and instrument</h1>",
        "<code>HWS.ME.1</code>",
        "Selects the unit and the instrument",
        "Harbor Workforce Skills Framework",
        "In use</span>",
        &format!("href=\"/doc/{SKILL}.ttl\""),
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let data = structured(&page);
    assert_eq!(data["@context"], "https://schema.org");
    assert_eq!(data["@type"], "DefinedTerm");
    assert_eq!(data["@id"], format!("urn:uuid:{SKILL}"));
    assert_eq!(data["termCode"], "HWS.ME.1");
    assert_eq!(data["inDefinedTermSet"]["name"], "Harbor Workforce Skills Framework");
    let framework = server.get("/doc/1d873aeb-c66d-468b-911f-530b3e20a627.html");
    assert_eq!(structured(&framework)["@type"], "DefinedTermSet");
}

#[test]
fn what_a_publisher_writes_is_text_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let words = "</script><script>alert(1)</script><img src=x onerror=\"alert(2)\">&";
    let mut knots = package(1, words, &[(1, words)]);
    knots["CFItems"][0]["alternativeLabel"] = words.into();
    knots["CFItems"][0]["humanCodingScheme"] = "\"><u>".into();
    save(folder.path(), "knots.json", &knots);
    let data = DataDir::holding(&[folder.path()]);
    let server = Server::of(&data);
    for item in [0, 1] {
        let page = server.get(&format!("/doc/{}.html", guid(1, item)));
        assert_eq!(page.status, 200, "{page:?}");
        let text = String::from_utf8_lossy(&page.body);
        // The data, the module of every page, and that of this one.
        assert_eq!(text.matches("<script").count(), 3, "{text}");
        assert_eq!(text.matches("</script>").count(), 3, "{text}");
        // The mark of the house alone.
        assert_eq!(text.matches("<img").count(), 1, "{text}");
        assert!(!text.contains("\"><u>"), "{text}");
        assert!(structured(&page)["description"].is_null() || item == 1);
        let policy = page.field("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'; script-src 'self'; "), "{policy}");
    }
}
