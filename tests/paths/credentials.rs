//! The doors for credentials: what is extracted, what the report says, what the service answers.

mod alignments;
mod batch;
mod extract;
mod report;
mod whole;

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::DataDir;
use crate::support::package::{guid, package, save};

/// Stands in everything that is said about the invented learner.
const CANARY: &str = "quillfeather";

/// A framework of two knots, in a folder whose name is its source.
fn knots() -> (TempDir, DataDir) {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("knots");
    fs::create_dir(&folder).unwrap();
    let items = [(1, "Ties a bowline"), (2, "Ties a sheet bend")];
    save(&folder, "knots.json", &package(1, "Knots at Sea and on Land", &items));
    let data = DataDir::holding(&[&folder]);
    (place, data)
}

fn item(n: u32) -> String {
    format!("https://case.loom.example/uri/{}", guid(1, n))
}

/// An alignment of Open Badges 2.0 and 3.0 to an item.
fn alignment(n: u32, words: &str) -> Value {
    json!({ "targetName": words, "targetUrl": item(n), "targetCode": format!("T.{n}"), "targetFramework": "Knots at Sea and on Land" })
}

/// An Open Badge 3.0 about a learner, with these alignments.
fn open_badge_3(alignments: &[Value]) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": format!("https://loom.example/credentials/{CANARY}"),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": { "id": "https://loom.example/issuers/1", "type": ["Profile"], "name": "The Loom Guild" },
        "validFrom": "2025-01-01T00:00:00Z",
        "credentialSubject": {
            "id": format!("did:example:{CANARY}"),
            "type": ["AchievementSubject"],
            "name": "Ada Quillfeather",
            "achievement": {
                "id": "https://loom.example/badges/knots",
                "type": ["Achievement"],
                "name": "Knots",
                "description": "Ties knots.",
                "criteria": { "id": "https://loom.example/badges/knots/criteria", "narrative": "Ties three." },
                "tag": ["rope", "sailing"],
                "alignment": alignments,
            },
        },
    })
}

/// An Open Badge 2.0 about a learner, with these alignments.
fn open_badge_2(alignments: &[Value]) -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": format!("https://loom.example/assertions/{CANARY}"),
        "recipient": { "type": "email", "hashed": false, "identity": format!("{CANARY}@learners.example") },
        "issuedOn": "2025-01-01T00:00:00Z",
        "verification": { "type": "HostedBadge" },
        "badge": {
            "type": "BadgeClass",
            "id": "https://loom.example/badges/knots",
            "name": "Knots",
            "description": "Ties knots.",
            "criteria": "https://loom.example/badges/knots/criteria",
            "issuer": { "type": "Profile", "id": "https://loom.example/issuers/1", "name": "The Loom Guild" },
            "alignment": alignments,
        },
    })
}

/// An Open Badge 1.1, whose alignments have other names.
fn open_badge_1() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v1",
        "type": "Assertion",
        "uid": CANARY,
        "recipient": { "type": "email", "hashed": false, "identity": format!("{CANARY}@learners.example") },
        "issuedOn": "2015-01-01",
        "verify": { "type": "hosted", "url": format!("https://loom.example/assertions/{CANARY}") },
        "badge": {
            "name": "Knots",
            "description": "Ties knots.",
            "image": "https://loom.example/knots.png",
            "criteria": "https://loom.example/badges/knots/criteria",
            "issuer": "https://loom.example/issuer.json",
            "alignment": [{ "name": "Ties a sheet bend", "url": item(2), "description": "of two ropes" }],
        },
    })
}

/// A presentation of two badges.
fn presentation() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": format!("did:example:{CANARY}"),
        "verifiableCredential": [
            open_badge_3(&[alignment(1, "Ties a bowline")]),
            open_badge_3(&[alignment(2, "Ties a sheet bend")]),
        ],
    })
}

/// The claims of one badge whose answers differ: as it stands, in other words, by code, unknown, by name alone.
fn mixed() -> Vec<Value> {
    vec![
        alignment(1, "Ties a bowline"),
        alignment(2, "Ties a granny knot"),
        json!({ "targetName": "Ties a bowline", "targetUrl": "https://loom.example/old#1", "targetCode": "T.1", "targetFramework": "Knots at Sea and on Land" }),
        json!({ "targetName": "Splices a rope", "targetUrl": format!("https://case.loom.example/uri/{}", guid(9, 9)) }),
        json!({ "targetName": "Whips a rope's end" }),
        json!({ "targetName": "Coils a rope", "targetUrl": format!("mailto:{CANARY}@learners.example") }),
    ]
}

fn write(folder: &Path, name: &str, document: &Value) -> String {
    save(folder, name, document).to_str().unwrap().to_owned()
}

#[track_caller]
fn check_silent(said: &[&str]) {
    for text in said {
        assert!(!text.to_lowercase().contains(CANARY), "{text}");
    }
}
