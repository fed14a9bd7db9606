//! A check against published badges, where they lie beside the repository.
//!
//! The badges have owners, so they are no fixtures. An independent extractor has written down what it finds in each;
//! this check explains every difference between its findings and ours.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::ler::container::ContainerError;
use crate::ler::extract::extract;
use crate::ler::format::UnreadFormat;
use crate::ler::mention::{Mention, Site};
use crate::ler::privacy::Withheld;

/// Where we differ from the manifest on purpose.
enum Difference {
    /// We refuse the document.
    Refused(ContainerError),
    /// We withhold the identifier of the achievement.
    Withheld(Withheld),
    /// We find one more mention at this site.
    More(Site),
    /// We find identifiers of what was achieved where the manifest has none.
    MoreIds(&'static [&'static str]),
    /// We withhold both the identifier of the achievement and the address of the alignment.
    Person,
    /// We find a name where the manifest has none.
    ByLanguage,
}

/// The badges in which we differ, and why.
const DIFFERENCES: &[(&str, Difference)] = &[
    // Nothing is baked into the one picture, and only an address into the other.
    (
        "baked/ob20-assets-robotics-badge.png",
        Difference::Refused(ContainerError::Unbaked { picture: "PNG" }),
    ),
    ("baked/derived-legacy-tEXt-url.png", Difference::Refused(ContainerError::HostedUrl)),
    // Words that stand for tokens.
    (
        "ob3/spec-api-getcredentials-example.json",
        Difference::Refused(ContainerError::Unsupported { format: UnreadFormat::CompactJws }),
    ),
    // A JSON schema, and no document of one.
    (
        "ler-rs/hropen-sample_CompetencyType.json",
        Difference::Refused(ContainerError::UnknownContainer {
            found: "a JSON object of no known type",
        }),
    ),
    // The manifest does not look for the specifications of the European Learning Model.
    ("other/elm-Sample-MC-Annex1-unsigned.jsonld", Difference::MoreIds(SPECIFICATIONS)),
    ("other/elm-Sample-MC-Annex1-signed.trimmed.jsonld", Difference::MoreIds(SPECIFICATIONS)),
    ("other/elm-Sample-MC-Annex1-unsigned-uploadable.json", Difference::MoreIds(SPECIFICATIONS)),
    (
        "other/elm-Sample-CertOfPart-unsigned.jsonld",
        Difference::MoreIds(&["urn:epass:learningActivitySpec:1"]),
    ),
    // The achievement is a DID of a method other than `web`, and only `did:web` passes.
    ("ob3/v-simple-eddsa-2022.json", Difference::Withheld(Withheld::PersonScheme)),
    // A mail address and an address with one in it; the manifest keeps both.
    ("other/derived-pii-in-identifiers.json", Difference::Person),
    // The manifest reads no text by language.
    ("other/derived-alignment-language-map.json", Difference::ByLanguage),
    // The fragment of an achievement's identifier is cut; the manifest keeps it.
    ("ob3/edubadges-ob3-with-related.json", Difference::Withheld(Withheld::QueryOrFragment)),
    // A badge class without a type; the manifest reads only its `related`.
    ("ob2/spec-related-20.json", Difference::More(Site::BadgeClassId)),
    // An alignment that is the whole document; the manifest reads only alignments inside a badge.
    ("ob2/v-rdf-validation-valid-alignment-object.json", Difference::More(Site::Alignment)),
];

/// The specifications in the micro-credential of the European Learning Model.
const SPECIFICATIONS: &[&str] = &[
    "urn:epass:learningActivitySpec:1",
    "urn:epass:learningAssessmentSpec:1",
    "urn:epass:qualification:1",
];

const FIELDS: &[&str] = &["targetUrl", "targetCode", "targetType", "targetFramework", "targetName"];

#[test]
fn published_badges_say_what_an_independent_extractor_finds() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/credentials");
    let Ok(manifest) = fs::read(samples.join("manifest.json")) else {
        println!("skipped: ../shared is not here");
        return;
    };
    let manifest: Vec<Value> = serde_json::from_slice(&manifest).unwrap();
    let mut n_checked = 0;
    for entry in &manifest {
        let file = entry["file"].as_str().unwrap();
        if let Ok(badge) = fs::read(samples.join(file)) {
            check_silent(entry, &badge);
            check(entry, &badge);
            n_checked += 1;
        }
    }
    assert!(n_checked > 0);
    println!("{n_checked} badges checked");
}

#[track_caller]
fn check(entry: &Value, badge: &[u8]) {
    let file = entry["file"].as_str().unwrap();
    let difference =
        DIFFERENCES.iter().find(|(known, _)| *known == file).map(|(_, difference)| difference);
    if entry["encoding"].as_str().unwrap().starts_with("invalid-json") {
        assert!(matches!(extract(badge), Err(ContainerError::NotJson { .. })), "{file}");
        return;
    }
    if let Some(Difference::Refused(error)) = difference {
        assert_eq!(extract(badge), Err(*error), "{file}");
        return;
    }
    let extraction = extract(badge).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut mentions = extraction.mentions;
    if let Some(Difference::More(site)) = difference {
        let before = mentions.len();
        mentions.retain(|mention| mention.site != *site);
        assert_eq!(mentions.len() + 1, before, "{file}");
    }
    let mut expected: BTreeSet<String> =
        texts(&entry["achievement_ids"]).iter().map(|id| in_full(id)).collect();
    if let Some(Difference::MoreIds(ids)) = difference {
        expected.extend(ids.iter().map(|id| (*id).to_owned()));
    }
    if let Some(Difference::Withheld(reason)) = difference {
        assert!(extraction.withheld.contains_key(reason), "{file}");
        expected = match reason {
            Withheld::QueryOrFragment => {
                expected.iter().filter_map(|id| id.split('#').next()).map(str::to_owned).collect()
            }
            _ => BTreeSet::new(),
        };
    }
    if let Some(Difference::Person) = difference {
        expected.clear();
    }
    let ids = mentions
        .iter()
        .filter(|mention| matches!(mention.site, Site::AchievementId | Site::BadgeClassId));
    assert_eq!(
        ids.filter_map(|mention| mention.target_url.clone()).collect::<BTreeSet<_>>(),
        expected,
        "{file}"
    );
    check_alignments(entry, &mentions, difference);
    check_related(entry, &mentions);
    check_registries(entry, &mentions);
}

/// A compact IRI of the published samples in full.
fn in_full(id: &str) -> String {
    id.replace("res:", "https://credentialengineregistry.org/resources/")
}

/// Every CTID and every ESCO skill that the manifest lists is among what is mentioned.
#[track_caller]
fn check_registries(entry: &Value, mentions: &[Mention]) {
    let said: Vec<&String> = mentions
        .iter()
        .flat_map(|mention| [&mention.target_url, &mention.target_code])
        .flatten()
        .collect();
    for id in texts(&entry["ctids"]).iter().chain(&texts(&entry["esco"])) {
        assert!(said.iter().any(|said| said.contains(id)), "{} {id}", entry["file"]);
    }
}

#[track_caller]
fn check_alignments(entry: &Value, mentions: &[Mention], difference: Option<&Difference>) {
    let sites = [
        Site::Alignment,
        Site::ResultDescriptionAlignment,
        Site::RubricCriterionLevelAlignment,
        Site::ResultAlignment,
    ];
    let mut found: Vec<Vec<String>> = mentions
        .iter()
        .filter(|mention| sites.contains(&mention.site))
        .map(|mention| alignment(mention.pointer.clone(), &serde_json::to_value(mention).unwrap()))
        .collect();
    let listed = entry["alignments"].as_array().unwrap();
    let mut expected: Vec<Vec<String>> = listed
        .iter()
        .map(|listed| alignment(pointer(listed["path"].as_str().unwrap()), listed))
        .collect();
    // The second column is the address, the last one the name.
    match difference {
        Some(Difference::Person) => expected.iter_mut().for_each(|line| line[1].clear()),
        Some(Difference::ByLanguage) => found.iter_mut().for_each(|line| line[5].clear()),
        _ => {}
    }
    found.sort();
    expected.sort();
    assert_eq!(found, expected, "{}", entry["file"]);
}

#[track_caller]
fn check_related(entry: &Value, mentions: &[Mention]) {
    let related = mentions.iter().filter(|mention| mention.site == Site::Related);
    let found: BTreeSet<_> = related.filter_map(|mention| mention.target_url.clone()).collect();
    let listed = texts(&entry["related"]);
    let expected =
        listed.iter().filter_map(|id| id.split(['?', '#']).next()).map(str::to_owned).collect();
    assert_eq!(found, expected, "{}", entry["file"]);
}

/// Neither a mail address, nor the subject, nor the credential itself is said, whatever the sample is.
#[track_caller]
fn check_silent(entry: &Value, badge: &[u8]) {
    let said = match extract(badge) {
        Ok(extraction) => serde_json::to_string(&extraction).unwrap(),
        Err(error) => format!("{error} {error:?}"),
    };
    let value: Value = serde_json::from_slice(badge).unwrap_or_default();
    let secrets = [
        "/id",
        "/credentialSubject/id",
        "/credentialSubject/name",
        "/recipient",
        "/recipient/identity",
    ];
    let types = entry["types"].to_string();
    if types.contains("Credential\"") || types.contains("Assertion") {
        for pointer in secrets {
            let secret = value.pointer(pointer).and_then(Value::as_str).unwrap_or("no secret");
            assert!(!said.contains(&format!("\"{secret}\"")), "{} {pointer}", entry["file"]);
        }
    }
    for mail in texts(&entry["emails"]) {
        assert!(!said.contains(&mail), "{}", entry["file"]);
    }
}

fn alignment(pointer: String, fields: &Value) -> Vec<String> {
    let fields =
        FIELDS.iter().map(|field| fields[*field].as_str().unwrap_or_default().trim().to_owned());
    [pointer].into_iter().chain(fields).collect()
}

/// `$.a.b[0]` as `/a/b/0`.
fn pointer(path: &str) -> String {
    path.trim_start_matches('$').replace(['.', '['], "/").replace(']', "")
}

fn texts(list: &Value) -> BTreeSet<String> {
    list.as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_owned).collect()
}
