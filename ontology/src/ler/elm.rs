//! Where a European Digital Credential of the [European Learning Model](https://europa.eu/europass/elm-browser/) 3 names
//! definitions.

use crate::ler::mention::Site;
use crate::ler::table::{NOTHING, Part, Table};

/// A `EuropeanDigitalCredential`.
pub(super) static CREDENTIAL: Table = Table(&[
    ("issuer", Part::Organization(Site::Issuer)),
    ("credentialSubject", Part::Objects(&PERSON, None)),
]);

static PERSON: Table = Table(&[("hasClaim", Part::Objects(&CLAIM, None))]);

/// A `LearningAchievement`, or the activity, the assessment or the entitlement beside it.
static CLAIM: Table = Table(&[
    ("specifiedBy", Part::Objects(&SPECIFICATION, Some(Site::AchievementId))),
    ("hasPart", Part::Objects(&CLAIM, None)),
    ("influencedBy", Part::Objects(&CLAIM, None)),
    ("provenBy", Part::Objects(&CLAIM, None)),
    ("entitlesTo", Part::Objects(&CLAIM, None)),
]);

/// A `LearningAchievementSpecification` or a `Qualification`.
static SPECIFICATION: Table = Table(&[
    ("id", Part::Identifier(Site::AchievementId)),
    ("learningOutcome", Part::Objects(&LEARNING_OUTCOME, Some(Site::LearningOutcome))),
    ("eqfLevel", Part::Things(Site::Classification, &NOTHING)),
    ("nqfLevel", Part::Things(Site::Classification, &NOTHING)),
    ("thematicArea", Part::Things(Site::Classification, &NOTHING)),
    ("hasPart", Part::Objects(&SPECIFICATION, Some(Site::AchievementId))),
]);

static LEARNING_OUTCOME: Table = Table(&[
    ("id", Part::Identifier(Site::LearningOutcome)),
    ("relatedESCOSkill", Part::Things(Site::RelatedSkill, &NOTHING)),
    ("relatedSkill", Part::Things(Site::RelatedSkill, &NOTHING)),
    ("hasPart", Part::Objects(&LEARNING_OUTCOME, Some(Site::LearningOutcome))),
]);

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::ler::expectation::{check, check_asks};

    #[test]
    fn every_site_of_a_european_credential_is_read_and_nothing_of_its_person() {
        let skill = |id: &str| {
            json!({"id": id, "type": "Concept", "inScheme": {"id": "http://data.europa.eu/esco/concept-scheme/skills"},
                "prefLabel": {"en": "draw maps", "nl": "kaarten tekenen"}})
        };
        let esco = "http://data.europa.eu/esco/skill/00000000-1111-2222-3333-444444444444";
        let document = json!({"credential": {
            "type": ["VerifiableCredential", "EuropeanDigitalCredential"], "id": "urn:credential:1",
            "identifier": {"id": "urn:epass:identifier:3", "notation": "CERT-4711"},
            "issuer": {"id": "urn:epass:org:1", "type": "Organisation"},
            "displayParameter": {"title": {"en": "Certificate"}, "individualDisplay": [{"ce-00000000-1111-2222-3333-444444444444": ""}]},
            "credentialSubject": {
                "id": "urn:epass:person:1", "type": "Person", "givenName": {"en": "Ada"}, "familyName": {"en": "Example"},
                "fullName": {"en": "Ada Example"}, "dateOfBirth": "1999-10-01",
                "contactPoint": {"emailAddress": {"id": "mailto:ada@people.example"}},
                "hasClaim": {
                    "id": "urn:epass:learningAchievement:1", "title": {"en": "Maps"},
                    "provenBy": {"grade": {"noteLiteral": {"en": "Pass"}}, "specifiedBy": {"id": "urn:epass:assessment:1"}},
                    "specifiedBy": {
                        "id": "urn:epass:qualification:1", "type": "Qualification", "title": {"en": "Maps of Ada Example"},
                        "eqfLevel": {"id": "http://data.europa.eu/snb/eqf/6", "type": "Concept", "prefLabel": {"en": "Level 6"}},
                        "thematicArea": [{"id": "http://data.europa.eu/snb/isced-f/0532", "type": "Concept"}],
                        "learningOutcome": [{
                            "id": "urn:epass:learningOutcome:1", "title": {"en": "Drawing"},
                            "relatedESCOSkill": skill(esco),
                            "relatedSkill": [skill("http://data.europa.eu/snb/dcf/1"), "CERT-4711"],
                        }],
                        "hasPart": {"id": "urn:epass:person:1"},
                    },
                    "hasPart": [{"specifiedBy": "https://org.example/specifications/2"}],
                },
            },
        }});
        let claim = "/credential/credentialSubject/hasClaim";
        let outcome = format!("{claim}/specifiedBy/learningOutcome/0");
        let scheme = "http://data.europa.eu/esco/concept-scheme/skills";
        check(
            &document,
            &[
                &format!(
                    "{claim}/provenBy/specifiedBy/id achievementId url=urn:epass:assessment:1"
                ),
                &format!(
                    "{claim}/specifiedBy/id achievementId url=urn:epass:qualification:1 type=Qualification -learnerDetail"
                ),
                &format!(
                    "{claim}/specifiedBy/eqfLevel classification url=http://data.europa.eu/snb/eqf/6 name=Level 6"
                ),
                &format!(
                    "{claim}/specifiedBy/thematicArea/0 classification url=http://data.europa.eu/snb/isced-f/0532"
                ),
                &format!(
                    "{outcome}/id learningOutcome url=urn:epass:learningOutcome:1 name=Drawing"
                ),
                &format!(
                    "{outcome}/relatedESCOSkill relatedSkill url={esco} name=draw maps framework={scheme}"
                ),
                &format!(
                    "{outcome}/relatedSkill/0 relatedSkill url=http://data.europa.eu/snb/dcf/1 name=draw maps framework={scheme}"
                ),
                &format!("{outcome}/relatedSkill/1 relatedSkill -credentialId"),
                &format!("{claim}/specifiedBy/hasPart/id achievementId -subjectId"),
                &format!(
                    "{claim}/hasPart/0/specifiedBy achievementId url=https://org.example/specifications/2"
                ),
            ],
        );
        check_asks(
            &document,
            &json!([
                {"targetUrl": "http://data.europa.eu/snb/eqf/6", "targetName": "Level 6"},
                {"targetUrl": "http://data.europa.eu/snb/isced-f/0532"},
                {"targetUrl": esco, "targetName": "draw maps", "targetFramework": scheme},
                {"targetUrl": "http://data.europa.eu/snb/dcf/1", "targetName": "draw maps", "targetFramework": scheme},
            ]),
        );
    }
}
