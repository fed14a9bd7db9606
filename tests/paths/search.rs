//! Searching through every door: what comes first, what is let pass, how pages follow one another, and what is suggested.

mod answers;
mod corrections;
mod earlier;
mod first;
mod hostile;
mod likeness;
mod many;
mod narrowing;
mod pages;
mod suggestions;
mod terminal;
mod typing;

use serde_json::{Value, json};

use crate::support::DataDir;
use crate::support::http::{Answer, Server};
use crate::support::package::{guid, package, save};

/// Two frameworks that share a statement and are aligned by it, and a credential.
///
/// `T.1` to `T.4` are the carpenters', `B.1` to `B.3` the bakers'; `T.4` ended with the year 2019.
fn shop() -> DataDir {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "carpenters.json", &carpenters());
    save(folder.path(), "bakers.json", &bakers());
    save(folder.path(), "certificate.json", &certificate());
    DataDir::holding(&[folder.path()])
}

const SHARED: &str = "Adds fractions with unlike denominators";

fn carpenters() -> Value {
    let items = [
        (1, SHARED),
        (2, "Marks halves and quarters on a ruler"),
        (3, "Reads the drawing of a staircase"),
        (4, "Sharpens a chisel on a wet stone"),
    ];
    let mut carpenters = package(1, "Sums for Carpenters", &items);
    carpenters["CFDocument"]["subject"] = json!(["Carpentry"]);
    carpenters["CFDocument"]["publisher"] = json!("The Joiners");
    for (at, level) in
        [json!(["03"]), json!(["KG"]), json!(["09", "10", "11", "12"])].into_iter().enumerate()
    {
        carpenters["CFItems"][at]["educationLevel"] = level;
    }
    carpenters["CFItems"][3]["statusEndDate"] = json!("2019-12-31");
    let uri = |n: u32, item: u32| {
        let identifier = guid(n, item);
        json!({
            "identifier": identifier,
            "uri": format!("https://case.loom.example/ims/case/v1p0/CFItems/{identifier}"),
            "title": "an item",
        })
    };
    let identifier = "00000001-0000-4000-a000-000000000001";
    carpenters["CFAssociations"].as_array_mut().unwrap().push(json!({
        "identifier": identifier,
        "uri": format!("https://case.loom.example/ims/case/v1p0/CFAssociations/{identifier}"),
        "associationType": "exactMatchOf",
        "originNodeURI": uri(1, 1),
        "destinationNodeURI": uri(2, 1),
        "lastChangeDateTime": "2024-01-01T00:00:00+00:00",
    }));
    carpenters
}

fn bakers() -> Value {
    let items = [(1, SHARED), (2, "Halves a recipe for bread"), (3, "Weighs flour")];
    let mut bakers = package(2, "Sums for Bakers", &items);
    bakers["CFDocument"]["subject"] = json!(["Baking"]);
    bakers["CFDocument"]["publisher"] = json!("The Bakers");
    for at in 0..items.len() {
        bakers["CFItems"][at]["humanCodingScheme"] = format!("B.{}", at + 1).into();
    }
    bakers
}

/// The CTID of the certificate.
const CERTIFICATE: &str = "ce-0000002b-5ea1-4000-8000-000000000001";

fn certificate() -> Value {
    json!({
        "@context": "https://credreg.net/ctdl/schema/context/json",
        "@id": format!("https://credentialengineregistry.org/graph/{CERTIFICATE}"),
        "@graph": [{
            "@id": format!("https://credentialengineregistry.org/resources/{CERTIFICATE}"),
            "@type": "ceterms:Certificate",
            "ceterms:ctid": CERTIFICATE,
            "ceterms:name": { "en-US": "Baker of Bread" },
            "ceterms:description": { "en-US": "Its holder bakes bread by the tables of the guild." },
            "ceterms:inLanguage": ["en-US"],
        }],
    })
}

/// Checks what every good answer has.
#[track_caller]
fn good(answer: &Answer) -> Value {
    let text = String::from_utf8_lossy(&answer.body);
    assert_eq!(answer.status, 200, "{text}");
    let json = answer.json();
    assert_eq!(
        json["generation"].to_string(),
        answer.field("alidade-generation").unwrap(),
        "{text}"
    );
    json
}

/// The results of a search over HTTP.
#[track_caller]
fn ask(server: &Server, query: &str) -> Value {
    good(&server.get(&format!("/v1/search?{query}")))["results"].take()
}

/// The keys of the hits.
fn keys(results: &Value) -> Vec<String> {
    let hits = results["hits"].as_array().unwrap_or_else(|| panic!("no hits: {results}"));
    hits.iter().map(key).collect()
}

/// The key of a card of a hit, a suggestion, or whatever else has one.
fn key(found: &Value) -> String {
    found["card"]["resource"]["identity"]["key"].as_str().unwrap().to_owned()
}

/// The key of an item.
fn item(framework: u32, n: u32) -> String {
    format!("guid:{}", guid(framework, n))
}

/// Checks that a search finds just these, in whatever order.
#[track_caller]
fn check_found(server: &Server, query: &str, expected: &[String]) {
    let results = ask(server, &format!("{query}&limit=100"));
    let (mut found, mut expected) = (keys(&results), expected.to_vec());
    found.sort();
    expected.sort();
    assert_eq!(found, expected, "{query}");
    assert_eq!(results["total"], expected.len(), "{query}");
}
