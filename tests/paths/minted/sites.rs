//! One definition, named at every place where an Open Badge may name it.

use serde_json::{Value, json};

use crate::paths::minted::badge;
use crate::paths::minted::formats::check_found;
use crate::paths::minted::own::{credential, doors, item};

/// A badge that names a credential of the registry, or an item of a framework, wherever one can be named.
fn everywhere(url: &str) -> Value {
    let alignment = json!({ "type": ["Alignment"], "targetName": "x", "targetUrl": url });
    let mut badge = badge(std::slice::from_ref(&alignment));
    let subject = &mut badge["credentialSubject"];
    subject["result"] = json!([
        { "type": ["Result"], "resultDescription": "urn:uuid:5b2c7f10-0000-4000-8000-000000000001", "value": "4", "alignment": [alignment] },
        { "type": ["Result"], "status": "Completed", "alignment": alignment },
    ]);
    let achievement = &mut subject["achievement"];
    achievement["id"] = url.into();
    achievement["alignments"] = json!([alignment]);
    achievement["resultDescription"] = json!([{
        "id": "urn:uuid:5b2c7f10-0000-4000-8000-000000000001",
        "type": ["ResultDescription"],
        "name": "Grade",
        "resultType": "Result",
        "alignment": [alignment],
        "rubricCriterionLevel": [{
            "id": "urn:uuid:5b2c7f10-0000-4000-8000-000000000002",
            "type": ["RubricCriterionLevel"],
            "name": "Good",
            "alignment": [alignment],
        }],
    }]);
    achievement["otherIdentifier"] = json!([
        { "type": "IdentifierEntry", "identifier": url, "identifierType": "identifier" },
    ]);
    achievement["related"] = json!([{ "id": url, "type": ["Related"], "inLanguage": "de" }]);
    achievement["endorsement"] = json!([{ "credentialSubject": { "alignment": [alignment] } }]);
    badge
}

#[test]
fn a_definition_is_found_at_every_place_that_may_name_it() {
    let doors = doors();
    let sites = [
        ("achievementId", "/credentialSubject/achievement"),
        ("alignment", "/credentialSubject/achievement/alignment/0"),
        ("alignment", "/credentialSubject/achievement/alignments/0"),
        (
            "resultDescriptionAlignment",
            "/credentialSubject/achievement/resultDescription/0/alignment/0",
        ),
        (
            "rubricCriterionLevelAlignment",
            "/credentialSubject/achievement/resultDescription/0/rubricCriterionLevel/0/alignment/0",
        ),
        ("otherIdentifier", "/credentialSubject/achievement/otherIdentifier/0"),
        ("related", "/credentialSubject/achievement/related/0"),
        ("resultAlignment", "/credentialSubject/result/0/alignment/0"),
        ("resultAlignment", "/credentialSubject/result/1/alignment"),
    ];
    let (credential, item) = (credential(), item());
    let registry =
        credential.key.replace("ctid:", "https://credentialengineregistry.org/resources/");
    for (key, url) in [(&credential.key, registry.as_str()), (&item.target.key, item.uri.as_str())]
    {
        let read = doors.read(url, everywhere(url).to_string().as_bytes());
        check_found(&read, key, &sites);
    }
}
