//! Documents about people never get in.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::containers::{gzip, zip, zstd};
use crate::support::listing::{listing, occurrences};
use crate::support::package::{guid, package, save};
use crate::support::{DataDir, Output};

/// Stands in the name, the address and the DID of the invented learner, and in the names of the files about her.
const CANARY: &str = "quillfeather";

/// An Open Badge 3.0 whose alignment points at an item.
fn badge() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:uuid:1d0c0a11-0000-4000-8000-000000000001",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": { "id": "https://loom.example/issuers/1", "type": ["Profile"], "name": "The Loom Guild" },
        "validFrom": "2025-01-01T00:00:00Z",
        "name": "Knots, the first badge",
        "credentialSubject": {
            "id": format!("did:example:{CANARY}"),
            "type": ["AchievementSubject"],
            "name": "Ada Quillfeather",
            "email": format!("{CANARY}@learners.example"),
            "achievement": {
                "id": "https://loom.example/badges/knots",
                "type": ["Achievement"],
                "name": "Knots",
                "description": "Ties knots.",
                "criteria": { "narrative": "Ties three." },
                "alignment": [{
                    "type": ["Alignment"],
                    "targetName": "Ties a bowline",
                    "targetUrl": format!("https://case.loom.example/uri/{}", guid(1, 1)),
                }],
            },
        },
    })
}

fn framework(number: u32) -> Value {
    package(number, &format!("Knots, volume {number}"), &[(1, "Ties a bowline")])
}

fn bytes(value: &Value) -> Vec<u8> {
    serde_json::to_vec_pretty(value).unwrap()
}

/// A folder with one framework, and beside it what a test puts there.
fn folder(others: &[(&str, Vec<u8>)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "knots.json", &framework(1));
    for (name, bytes) in others {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn is_clean(output: &Output) -> bool {
    [&output.stdout, &output.stderr].iter().all(|text| !text.to_lowercase().contains(CANARY))
}

/// Imports a folder in both manners; the people are counted, and nothing of them is said or kept.
#[track_caller]
fn check(folder: &Path, n_people: u64, frameworks: &[u32]) {
    let data = DataDir::new();
    let path = folder.to_str().unwrap();
    let imported = data.run(&["import", "-vv", path]);
    assert_eq!(imported.status, 0, "{imported:?}");
    assert!(imported.stdout.contains("about people"), "{}", imported.stdout);
    assert!(is_clean(&imported), "{imported:?}");
    let again = data.run(&["import", "--json", path]);
    assert!(is_clean(&again), "{again:?}");
    let report: Value = serde_json::from_str(&again.stdout).unwrap();
    assert_eq!(report["aboutPeople"], n_people, "{report}");
    assert_eq!(occurrences(&data.path(), CANARY), Vec::<PathBuf>::new());
    for number in frameworks {
        assert_eq!(data.resolution(&guid(*number, 1))["verdict"], "resolved", "framework {number}");
    }
    for args in [["status", "--json"], ["verify", "--json"]] {
        let said = data.run(&args);
        assert!(said.status == 0 && is_clean(&said), "{said:?}");
    }
}

#[test]
fn a_badge_beside_a_framework_is_counted_and_neither_named_nor_kept() {
    let folder = folder(&[("quillfeather.json", bytes(&badge()))]);
    check(folder.path(), 1, &[1]);
}

#[test]
fn a_packed_badge_is_counted_and_neither_named_nor_kept() {
    let badge = bytes(&badge());
    let two = bytes(&framework(2));
    let folder = folder(&[
        ("quillfeather-1.json.gz", gzip(&badge)),
        ("quillfeather-2.json.zst", zstd(&badge)),
        ("volumes.zip", zip(&[("quillfeather.json", &badge), ("knots.json", &two)])),
        ("quillfeather-3.zip", zip(&[("badge.json", &badge)])),
    ]);
    check(folder.path(), 4, &[1, 2]);
}

#[test]
fn a_badge_among_frameworks_in_one_file_is_counted_and_not_kept() {
    let array = json!([framework(2), badge(), framework(3)]);
    let lines =
        [framework(4), badge(), badge(), framework(5)].map(|value| value.to_string()).join("\n");
    let folder = folder(&[("volumes.json", bytes(&array)), ("volumes.ndjson", lines.into_bytes())]);
    check(folder.path(), 3, &[1, 2, 3, 4, 5]);
}

#[test]
fn other_documents_about_people_are_counted_too() {
    let assertion = json!({
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": "https://loom.example/assertions/1",
        "recipient": { "type": "email", "hashed": false, "identity": format!("{CANARY}@learners.example") },
        "badge": "https://loom.example/badges/knots",
        "verification": { "type": "hosted" },
        "issuedOn": "2025-01-01T00:00:00Z",
    });
    let escaped = badge().to_string().replace("credentialSubject", "credential\\u0053ubject");
    assert!(escaped.contains("\\u0053") && !escaped.contains("credentialSubject"));
    let in_a_package =
        json!({ "CFDocument": framework(2)["CFDocument"], "CFItems": [], "extra": badge() });
    let folder = folder(&[
        ("quillfeather-1.json", bytes(&assertion)),
        ("quillfeather-2.json", escaped.into_bytes()),
        ("quillfeather-3.json", bytes(&in_a_package)),
    ]);
    check(folder.path(), 3, &[1]);
}

#[test]
fn a_signed_badge_is_counted_too() {
    // A compact JWS: header, payload and signature, each in base64url.
    let jws =
        "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJkaWQ6ZXhhbXBsZTpxdWlsbCJ9.c2lnbmF0dXJl";
    let folder = folder(&[("quillfeather.json", jws.into())]);
    check(folder.path(), 1, &[1]);
}

#[test]
fn a_badge_that_is_cut_off_is_counted_and_not_named() {
    let badge = bytes(&badge());
    let cut_off = badge[..badge.len() - 200].to_vec();
    let folder = folder(&[
        ("quillfeather.json", cut_off.clone()),
        ("volumes.json", [b"[", cut_off.as_slice()].concat()),
    ]);
    check(folder.path(), 2, &[1]);
}

#[test]
fn a_framework_that_speaks_of_subjects_of_credentials_is_kept() {
    let words = "Explains `credentialSubject` and \"recipient\" in a badge";
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "badges.json", &package(1, "Badges about Badges", &[(1, words)]));
    let data = DataDir::holding(&[folder.path()]);
    assert_eq!(data.resolution(&guid(1, 1))["verdict"], "resolved");
}

#[test]
fn resolving_a_badge_answers_its_alignments_and_writes_and_repeats_nothing_of_its_learner() {
    let folder = folder(&[]);
    let data = DataDir::holding(&[folder.path()]);
    let before = listing(&data.path());
    let file = tempfile::tempdir().unwrap();
    let path = save(file.path(), "badge.json", &badge());
    let badge = badge().to_string();
    let said = [
        data.run(&["resolve", path.to_str().unwrap()]),
        data.run(&["resolve", "--json", path.to_str().unwrap()]),
        data.feed(&["resolve", "-"], &badge),
        data.feed(&["resolve", "--json", "-"], &badge),
    ];
    for output in &said {
        assert_eq!(output.status, 0, "{output:?}");
        assert!(output.stdout.contains(&guid(1, 1)) && is_clean(output), "{output:?}");
        assert!(output.stdout.replace("\n  ", " ").contains("were not checked"), "{output:?}");
    }
    let answer: Value = serde_json::from_str(&said[3].stdout).unwrap();
    let mentions = answer["answers"][0]["mentions"].as_array().unwrap();
    assert!(
        mentions.iter().any(|mention| mention["resolution"]["verdict"] == "resolved"),
        "{answer}"
    );
    assert_eq!(listing(&data.path()), before);
}
