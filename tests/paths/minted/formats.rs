//! One definition, named in every format of a learning record, at every site of the extraction table.

use serde_json::{Value, json};

use crate::paths::minted::own::{credential, doors, item};
use crate::support::carried::picture::{Chunk, png, svg_body};
use crate::support::carried::token::jws;

/// Checks that a resource is found at these sites, each with its pointer or what the pointer begins with, and that
/// nothing else that is asked about resolves to anything.
#[track_caller]
pub(super) fn check_found(badge: &Value, key: &str, sites: &[(&str, &str)]) {
    let mentions = badge["mentions"].as_array().unwrap();
    let place = |mention: &Value| {
        let text = |name: &str| mention["mention"][name].as_str().unwrap().to_owned();
        (text("site"), text("pointer"))
    };
    for (site, pointer) in sites {
        let found = mentions.iter().find(|mention| {
            let (its_site, its_pointer) = place(mention);
            its_site == *site && its_pointer.starts_with(pointer)
        });
        let all: Vec<_> = mentions.iter().map(place).collect();
        let Some(found) = found else { panic!("no `{site}` at `{pointer}` in {all:?}") };
        let named =
            &found["resolution"]["found"][0]["chosen"]["card"]["resource"]["identity"]["key"];
        assert_eq!(named, key, "{site} at {pointer}: {found}");
        assert_eq!(found["asked"], true, "{site} at {pointer}");
    }
    let n_resolved =
        mentions.iter().filter(|mention| mention["resolution"]["verdict"] == "resolved");
    assert_eq!(
        n_resolved.count(),
        sites.len(),
        "{:?}",
        mentions.iter().map(place).collect::<Vec<_>>()
    );
}

/// A document of each format, the word for the format, and where a definition is named in it.
fn documents(url: &str) -> Vec<(&'static str, Value, Vec<(&'static str, &'static str)>)> {
    let ob2 = json!({ "targetName": "x", "targetUrl": url });
    let class = |alignments: Value| {
        json!({
            "@context": "https://w3id.org/openbadges/v2",
            "type": "Assertion",
            "id": "https://issuer.example/assertions/1",
            "recipient": { "type": "email", "hashed": true, "identity": "sha256$00" },
            "badge": {
                "type": "BadgeClass", "id": "https://issuer.example/badges/1", "name": "x",
                "issuer": "https://issuer.example", "alignment": alignments,
            },
        })
    };
    let clr1 = json!({
        "@context": "https://purl.imsglobal.org/spec/clr/v1p0/context/clr_v1p0.jsonld",
        "id": "urn:uuid:5b2c7f10-0000-4000-8000-000000000003",
        "type": "Clr",
        "learner": { "id": "urn:uuid:5b2c7f10-0000-4000-8000-000000000004", "name": "A Learner" },
        "assertions": [{
            "id": "urn:uuid:5b2c7f10-0000-4000-8000-000000000005",
            "achievement": {
                "id": "urn:uuid:5b2c7f10-0000-4000-8000-000000000006", "name": "x",
                "alignments": [{ "frameworkName": "Knots", "targetName": "x", "targetType": "CFItem", "targetUrl": url }],
                "resultDescriptions": [{
                    "alignments": [{ "targetName": "x", "targetUrl": url }],
                    "rubricCriterionLevels": [{ "alignments": [{ "targetName": "x", "targetUrl": url }] }],
                }],
            },
            "results": [{ "value": "4", "alignments": [{ "targetName": "x", "targetUrl": url }] }],
        }],
        "achievements": [{ "id": url, "name": "x" }],
    });
    let ler_rs = json!({
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "type": ["VerifiableCredential", "LER-RS VC"],
        "credentialSubject": { "skills": [{
            "definitionReference": { "reference": url, "scheme": "https://framework.example" },
        }] },
    });
    let elm = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "http://data.europa.eu/snb/model/context/edc-ap"],
        "id": "urn:credential:1",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialSubject": {
            "id": "urn:epass:person:1", "type": "Person",
            "hasClaim": { "type": "LearningAchievement", "specifiedBy": {
                "type": "Qualification",
                "learningOutcome": [{ "relatedSkill": [{ "id": url, "type": "Concept" }], "relatedESCOSkill": { "id": url, "type": "Concept" } }],
            } },
        },
    });
    vec![
        ("ob2", class(json!([ob2])), vec![("alignment", "/badge/alignment/0")]),
        ("ob2 with one", class(ob2.clone()), vec![("alignment", "/badge/alignment")]),
        (
            "ob1",
            class(json!([{ "name": "x", "url": url }])),
            vec![("alignment", "/badge/alignment/0")],
        ),
        (
            "ob2 class",
            json!({ "type": "BadgeClass", "id": "https://issuer.example/badges/1", "name": "x", "alignment": [ob2] }),
            vec![("alignment", "/alignment/0")],
        ),
        (
            "ob2 class that is it",
            json!({ "type": "BadgeClass", "id": url, "name": "x" }),
            vec![("badgeClassId", "")],
        ),
        (
            "ob3 achievement",
            json!({ "type": ["Achievement"], "id": url, "name": "x" }),
            vec![("achievementId", "")],
        ),
        (
            "clr1",
            clr1,
            vec![
                ("alignment", "/assertions/0/achievement/alignments/0"),
                (
                    "resultDescriptionAlignment",
                    "/assertions/0/achievement/resultDescriptions/0/alignments/0",
                ),
                (
                    "rubricCriterionLevelAlignment",
                    "/assertions/0/achievement/resultDescriptions/0/rubricCriterionLevels/0/alignments/0",
                ),
                ("resultAlignment", "/assertions/0/results/0/alignments/0"),
                ("achievementId", "/achievements/0"),
            ],
        ),
        (
            "ler-rs",
            ler_rs,
            vec![("skillReference", "/credentialSubject/skills/0/definitionReference")],
        ),
        (
            "elm",
            elm,
            vec![
                (
                    "relatedSkill",
                    "/credentialSubject/hasClaim/specifiedBy/learningOutcome/0/relatedSkill/0",
                ),
                (
                    "relatedSkill",
                    "/credentialSubject/hasClaim/specifiedBy/learningOutcome/0/relatedESCOSkill",
                ),
            ],
        ),
    ]
}

#[test]
fn a_definition_is_found_in_every_format() {
    let doors = doors();
    let (credential, item) = (credential(), item());
    let registry =
        credential.key.replace("ctid:", "https://credentialengineregistry.org/resources/");
    for (key, url) in [(&credential.key, registry.as_str()), (&item.target.key, item.uri.as_str())]
    {
        for (what, document, sites) in documents(url) {
            let read = doors.read(what, document.to_string().as_bytes());
            check_found(&read, key, &sites);
        }
    }
}

#[test]
fn a_record_that_stands_in_a_credential_itself_is_found_by_its_prefix() {
    let doors = doors();
    let credential = credential();
    let curie = credential.key.replace("ctid:", "res:");
    let around = |subject: Value| {
        json!({
            "@context": [
                "https://www.w3.org/2018/credentials/v1",
                { "res": "https://credentialengineregistry.org/resources/", "ceterms": "https://purl.org/ctdl/terms/" },
            ],
            "type": ["VerifiableCredential"],
            "id": "urn:uuid:5b2c7f10-0000-4000-8000-000000000007",
            "issuer": "https://issuer.example",
            "credentialSubject": subject,
        })
    };
    for (what, subject, at) in [
        (
            "hasAchieved",
            json!({ "id": "did:example:1", "hasAchieved": { "id": curie, "type": "ceterms:Credential" } }),
            "/credentialSubject/hasAchieved",
        ),
        (
            "hasAchieved in a list",
            json!([{ "id": "did:example:1", "hasAchieved": [{ "@id": curie, "@type": "ceterms:Certification" }] }]),
            "/credentialSubject/0/hasAchieved/0",
        ),
        (
            "achievement",
            json!({ "id": "did:example:1", "achievement": [{ "id": curie, "type": "ceterms:Certification", "ceterms:name": { "en-US": "x" } }] }),
            "/credentialSubject/achievement/0",
        ),
        (
            "owl:sameAs",
            json!({ "id": "did:example:1", "achievement": { "id": "https://issuer.example/a", "type": "ceterms:Certification", "owl:sameAs": curie } }),
            "/credentialSubject/achievement",
        ),
        (
            "ceterms:requires",
            json!({ "id": "did:example:1", "achievement": { "id": "https://issuer.example/a", "type": "ceterms:Certification", "ceterms:requires": [curie] } }),
            "/credentialSubject/achievement",
        ),
        (
            "schema.org",
            json!({ "id": "did:example:1", "hasCredential": { "id": curie, "name": "x" } }),
            "/credentialSubject/hasCredential",
        ),
        (
            "unknown type",
            json!({ "id": "did:example:1", "attainment": { "alignment": [{ "targetName": "x", "targetUrl": curie }] } }),
            // The names of members that nobody knows may tell of the learner.
            "/credentialSubject",
        ),
    ] {
        let read = doors.read(what, around(subject).to_string().as_bytes());
        let mentions = read["mentions"].as_array().unwrap();
        let found: Vec<&Value> = mentions
            .iter()
            .filter(|mention| mention["resolution"]["verdict"] == "resolved")
            .collect();
        let [found] = found.as_slice() else { panic!("{what}: {mentions:?}") };
        let key = &found["resolution"]["found"][0]["chosen"]["card"]["resource"]["identity"]["key"];
        assert_eq!(*key, credential.key, "{what}: {found}");
        assert!(found["mention"]["pointer"].as_str().unwrap().starts_with(at), "{what}: {found}");
    }
}

#[test]
fn badges_of_version_2_are_found_in_pictures_tokens_and_lists() {
    let doors = doors();
    let item = item();
    let (_, assertion, _) = documents(&item.uri).remove(0);
    let text = assertion.to_string();
    for (what, at, bytes) in [
        ("token", "", jws(&assertion).into_bytes()),
        ("picture", "", png(&[Chunk::plain("openbadges", &text)])),
        ("picture of a token", "", png(&[Chunk::plain("openbadges", &jws(&assertion))])),
        ("old picture", "", png(&[Chunk::legacy("openbadges", &text)])),
        ("drawing", "", svg_body("http://openbadges.org", "assertion", &text)),
        ("list", "/0", json!([assertion]).to_string().into_bytes()),
        (
            "assertions",
            "/assertions/0",
            json!({ "status": {}, "assertions": [assertion], "signedAssertions": [] })
                .to_string()
                .into_bytes(),
        ),
        (
            "signed",
            "/signedAssertions/0",
            json!({ "assertions": [], "signedAssertions": [jws(&assertion)] })
                .to_string()
                .into_bytes(),
        ),
        ("one", "/assertion", json!({ "assertion": assertion }).to_string().into_bytes()),
        (
            "one signed",
            "/signedAssertion",
            json!({ "signedAssertion": jws(&assertion) }).to_string().into_bytes(),
        ),
    ] {
        let read = doors.read(what, &bytes);
        let pointer = format!("{at}/badge/alignment/0");
        check_found(&read, &item.target.key, &[("alignment", pointer.as_str())]);
    }
}
