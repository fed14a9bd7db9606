//! Badges judged through the program: what they claim, held against what is published.

mod real;

use serde_json::{Value, json};

use crate::support::DataDir;
use crate::support::http::Server;
use crate::support::package::{guid, package, save};

/// A framework, its successor, and one that another states to be the same.
fn looms() -> DataDir {
    let folder = tempfile::tempdir().unwrap();
    let link = |n: u32, kind: &str, from: (u32, u32), to: (u32, u32)| {
        let end = |(framework, item): (u32, u32)| {
            let identifier = guid(framework, item);
            let uri = format!("https://case.loom.example/ims/case/v1p0/CFItems/{identifier}");
            json!({ "identifier": identifier, "uri": uri, "title": "an item" })
        };
        json!({
            "identifier": format!("{n:08x}-0000-4000-a000-000000000000"), "associationType": kind,
            "uri": format!("https://case.loom.example/ims/case/v1p0/CFAssociations/{n}"),
            "originNodeURI": end(from), "destinationNodeURI": end(to),
            "lastChangeDateTime": "2024-01-01T00:00:00+00:00",
        })
    };
    let mut old = package(
        1,
        "National Weaving Craft Standards 2019",
        &[(1, "Warps the loom with 2 &times; 40 <em>even</em> threads"), (2, "Throws the shuttle")],
    );
    let links = old["CFAssociations"].as_array_mut().unwrap();
    links.push(link(1, "replacedBy", (1, 2), (2, 2)));
    links.push(link(2, "exactMatchOf", (1, 1), (2, 1)));
    save(folder.path(), "old.json", &old);
    let new = package(2, "Weaving Anew", &[(1, "Warps a loom"), (2, "Throws a shuttle")]);
    save(folder.path(), "new.json", &new);
    DataDir::holding(&[folder.path()])
}

/// A badge with one alignment.
fn badge(alignment: &Value) -> String {
    json!({
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": { "id": "https://issuer.example/", "type": ["Profile"] },
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://issuer.example/achievements/1",
                "type": ["Achievement"],
                "name": "Weaver",
                "criteria": { "narrative": "Weaves." },
                "alignment": [alignment],
            },
        },
    })
    .to_string()
}

/// What the only alignment of a badge comes to.
fn judged(data: &DataDir, alignment: &Value, args: &[&str]) -> Value {
    let args = [&["resolve", "--json", "-"], args].concat();
    let output = data.feed(&args, &badge(alignment));
    let said: Value = serde_json::from_str(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
    let mentions = said["answers"][0]["mentions"].as_array().unwrap();
    let mention = mentions.iter().find(|mention| mention["mention"]["site"] == "alignment");
    mention.unwrap()["resolution"].clone()
}

fn kinds(resolution: &Value) -> Vec<&str> {
    let notices = resolution["notices"].as_array().into_iter().flatten();
    notices.map(|notice| notice["kind"].as_str().unwrap()).collect()
}

fn item(framework: u32, n: u32) -> String {
    format!("https://case.loom.example/ims/case/v1p0/CFItems/{}", guid(framework, n))
}

/// An alignment with the notices it has to come to.
fn alignments() -> Vec<(Value, &'static str, Vec<&'static str>)> {
    let framework = "National Weaving Craft Standards 2019";
    vec![
        (
            json!({ "targetName": "T.1: warps the loom with 2 × 40 **even** threads", "targetUrl": item(1, 1),
                    "targetCode": "T.1", "targetFramework": framework, "targetType": "CFItem" }),
            "resolved",
            vec![],
        ),
        (
            json!({ "targetName": "Warps the loom with 2 × 40…", "targetUrl": item(1, 1) }),
            "resolved",
            vec![],
        ),
        (
            json!({ "targetName": "Spins", "targetUrl": item(1, 1), "targetType": "CFRubric" }),
            "resolved",
            vec!["text_differs", "type_mismatch"],
        ),
        (json!({ "targetName": "T.2", "targetUrl": item(1, 2) }), "resolved", vec!["superseded"]),
        (
            json!({ "targetName": "Warps a loom", "targetUrl": item(2, 1), "targetCode": "T.2" }),
            "resolved",
            vec!["conflict"],
        ),
        (
            json!({ "targetName": "T.1", "targetUrl": "https://elsewhere.example/1", "targetCode": "t-1",
                    "targetFramework": "Weaving Craft Standards" }),
            "resolved",
            vec!["framework_spelling", "code_spelling", "address_not_used"],
        ),
        (
            json!({ "targetName": "T.1", "targetUrl": "https://elsewhere.example/1" }),
            "unknown",
            vec![],
        ),
        (
            json!({ "targetName": "T.1", "targetUrl": "https://credentialfinder.org/credential/20229/Weaving" }),
            "unsupported",
            vec![],
        ),
        (json!({ "targetName": "Throws the shuttle" }), "unknown", vec!["name_only"]),
    ]
}

#[test]
fn every_claim_of_a_badge_is_held_against_what_is_published() {
    let data = looms();
    for (alignment, verdict, notices) in alignments() {
        let resolution = judged(&data, &alignment, &[]);
        assert_eq!(resolution["verdict"], verdict, "{alignment}: {resolution}");
        let (mut found, mut expected) = (kinds(&resolution), notices);
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{alignment}: {resolution}");
        let reason = resolution["reason"].as_str().unwrap();
        assert!(reason.ends_with('.') && reason.starts_with(char::is_uppercase), "{reason}");
    }
}

#[test]
fn a_server_that_is_asked_says_the_same_of_an_alignment() {
    let data = looms();
    let server = Server::of(&data);
    let ids: Vec<Value> = alignments().into_iter().map(|(alignment, ..)| alignment).collect();
    let answer = server.post("/v1/resolve", &json!({ "ids": ids }).to_string());
    assert_eq!(answer.status, 200, "{answer:?}");
    let json = answer.json();
    let answers = json["answers"].as_array().unwrap();
    for (alignment, answer) in ids.iter().zip(answers) {
        assert_eq!(answer["resolution"], judged(&data, alignment, &[]), "{alignment}");
    }
}

#[test]
fn an_answer_carries_its_evidence_its_successors_and_its_equivalents() {
    let data = looms();
    let first = data.resolution(&item(1, 1));
    let evidence = &first["found"][0]["evidence"];
    assert_eq!((&evidence["rung"], &evidence["strength"]), (&"exactIri".into(), &"exact".into()));
    for member in ["via", "source", "record", "retrieved", "digest"] {
        assert!(evidence[member].as_str().is_some_and(|text| !text.is_empty()), "{evidence}");
    }
    let same = &first["equivalents"][0];
    assert_eq!(same["reached"]["key"], format!("guid:{}", guid(2, 1)), "{same}");
    assert_eq!(same["hops"][0]["kind"], "exactMatchOf");
    let second = data.resolution(&item(1, 2));
    let successor = &second["notices"][0]["others"][0];
    assert_eq!(successor["key"], format!("guid:{}", guid(2, 2)), "{second}");
    assert_eq!(successor["label"], "Throws a shuttle");
}

#[test]
fn words_are_suggested_to_only_where_that_is_asked_for() {
    let data = looms();
    let words = json!({ "targetName": "Throws the shuttle" });
    let plain = judged(&data, &words, &[]);
    assert!(plain.get("suggestions").is_none(), "{plain}");
    let asked = judged(&data, &words, &["--suggest"]);
    assert_eq!((&asked["verdict"], kinds(&asked)), (&"unknown".into(), vec!["name_only"]));
    let best = &asked["suggestions"][0];
    assert_eq!((&best["is"], &best["score"]), (&"suggestion".into(), &1.0.into()), "{best}");
    assert_eq!(best["key"], format!("guid:{}", guid(1, 2)));
    let server = Server::of(&data);
    let body = json!({ "ids": [words], "suggest": true }).to_string();
    let answer = server.post("/v1/resolve", &body).json();
    assert_eq!(answer["answers"][0]["resolution"], asked);
    let typed = data.json(&["resolve", "--suggest", "throws a shuttle"]);
    assert_eq!(typed["answers"][0]["resolution"]["suggestions"][0]["code"], "T.2", "{typed}");
}
