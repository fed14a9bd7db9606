//! Where an [HR Open](https://www.hropenstandards.org/) LER-RS, and the types of its common library, name definitions.
//!
//! The document is a résumé: all but a few of its members are about its person. An identifier of a certificate or a
//! licence may be the holder's own number, so it is kept only where its scheme is a public one.

use crate::ler::mention::Site;
use crate::ler::table::{Part, Table};

/// An LER-RS: alone, as the subject of a credential, or under `lerrsType` of one.
pub(super) static LER_RS: Table = Table(&[
    ("issuer", Part::Organization(Site::Issuer)),
    ("credentialSubject", Part::Objects(&LER_RS, None)),
    ("lerrsType", Part::Objects(&LER_RS, None)),
    ("skills", Part::Objects(&SKILL, Some(Site::SkillName))),
    ("certifications", Part::Objects(&CERTIFICATION, None)),
    ("licenses", Part::Objects(&CERTIFICATION, None)),
    ("educationAndLearnings", Part::Objects(&EDUCATION, None)),
    ("educationAndLearning", Part::Objects(&EDUCATION, None)),
    ("employmentHistories", Part::Objects(&EMPLOYMENT, None)),
    ("positionPreferences", Part::Objects(&POSITION, None)),
    ("job", Part::Search),
]);

/// A competency of the common library: of a person, of a position, or by itself.
pub(super) static COMPETENCY: Table = Table(&[
    ("competencyIds", Part::SchemedIds(Site::Competency)),
    ("taxonomyIds", Part::SchemedIds(Site::Competency)),
    ("competencyId", Part::SchemedIds(Site::Competency)),
]);

static SKILL: Table = Table(&[
    ("name", Part::Words(Site::SkillName)),
    ("definitionReference", Part::SchemedReference(Site::SkillReference)),
    ("schemeReference", Part::SchemedReference(Site::SkillReference)),
    ("competencyIds", Part::SchemedIds(Site::Competency)),
    ("taxonomyIds", Part::SchemedIds(Site::Competency)),
    // The résumé of another application puts a list into an object.
    ("items", Part::Objects(&SKILL, Some(Site::SkillName))),
]);

static CERTIFICATION: Table = Table(&[
    ("name", Part::Words(Site::Certification)),
    ("id", Part::SchemedIds(Site::Certification)),
    ("items", Part::Objects(&CERTIFICATION, None)),
]);

static EDUCATION: Table = Table(&[
    ("educationDegrees", Part::Objects(&DEGREE, None)),
    ("educationLevelCodes", Part::SchemedIds(Site::EducationCode)),
]);

static DEGREE: Table = Table(&[
    ("competencies", Part::Objects(&COMPETENCY, None)),
    ("id", Part::SchemedIds(Site::EducationCode)),
    ("codes", Part::SchemedIds(Site::EducationCode)),
    ("educationLevelCodes", Part::SchemedIds(Site::EducationCode)),
    ("iscedEducationLevelCode", Part::CodeOf(Site::EducationCode, "ISCED")),
]);

static EMPLOYMENT: Table = Table(&[
    ("jobCategories", Part::Objects(&JOB_CATEGORY, None)),
    ("positionHistories", Part::Objects(&POSITION, None)),
]);

static POSITION: Table = Table(&[
    ("competencies", Part::Objects(&COMPETENCY, None)),
    ("jobCategories", Part::Objects(&JOB_CATEGORY, None)),
]);

static JOB_CATEGORY: Table = Table(&[
    ("id", Part::SchemedIds(Site::JobCategory)),
    ("ids", Part::SchemedIds(Site::JobCategory)),
    ("codes", Part::SchemedIds(Site::JobCategory)),
    ("code", Part::SchemedIds(Site::JobCategory)),
]);

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::ler::expectation::{check, check_asks, check_credentials};

    #[test]
    fn every_site_of_an_ler_rs_is_read_under_each_of_its_wrappings() {
        let resume = json!({
            "person": {"name": {"formattedName": "Ada Example", "given": "Ada", "family": "Example"}},
            "communication": {"email": [{"address": "ada@people.example"}], "web": [{"url": "https://people.example/in/ada-example"}]},
            "documentId": {"value": "88802e91-a760-4173-a595-97bdfb514a63"},
            "skills": [
                {
                    "name": "Maps", "comments": ["I draw maps."], "yearsOfExperience": 5,
                    "definitionReference": {"reference": "https://framework.example/1", "scheme": "https://framework.example/"},
                    "schemeReference": {"reference": "https://people.example/in/ada-example"},
                },
                {"name": "The art of Ada Example"},
                "Rivers",
            ],
            "certifications": [{
                "name": "Map maker", "id": {"value": "4711-0815"},
                "verifications": [{"reference": "https://org.example/awards/1"}],
            }],
            "licenses": [{"id": {"value": "ce-00000000-1111-2222-3333-444444444444", "schemeId": "CTID"}}],
            "educationAndLearnings": [{"educationDegrees": [{
                "name": "Bachelor of Ada Example", "iscedEducationLevelCode": 6, "codes": ["BS", {"value": "30.01", "schemeId": "CIP 2020"}],
            }]}],
            "employmentHistories": [{"organization": {"name": "Org"}, "positionHistories": [{
                "title": "Map maker", "jobCategories": [{"name": "Cartographers", "codes": [{"value": "17-1021", "schemeId": "SOC"}]}],
            }]}],
            "job": {"JDXjobDescription": {"skills": [{"AnnotatedDefinedTerm": {
                "name": "Surveying", "termCode": "S-1", "inDefinedTermSet": {"name": "Geography", "url": "https://framework.example/"},
            }}], "competencies": [{"competencyName": "Reading", "competencyIds": [{"value": "2.A.1.a", "schemeId": "O*NET"}]}]}},
            "attachments": [{"content": {"value": "ce-00000000-1111-2222-3333-444444444445"}}],
        });
        let expected = [
            "/skills/0/name skillName name=Maps",
            "/skills/0/definitionReference skillReference url=https://framework.example/1 name=Maps framework=https://framework.example/",
            "/skills/0/schemeReference skillReference -learnerDetail",
            "/skills/1/name skillName -learnerDetail",
            "/skills/2 skillName name=Rivers",
            "/certifications/0/name certification name=Map maker",
            "/certifications/0/id certification -personIdentifierType",
            "/licenses/0/id certification code=ce-00000000-1111-2222-3333-444444444444 framework=CTID",
            "/educationAndLearnings/0/educationDegrees/0/iscedEducationLevelCode educationCode code=6 framework=ISCED",
            "/educationAndLearnings/0/educationDegrees/0/codes/0 educationCode -personIdentifierType",
            "/educationAndLearnings/0/educationDegrees/0/codes/1 educationCode code=30.01 framework=CIP 2020 -learnerDetail",
            "/employmentHistories/0/positionHistories/0/jobCategories/0/codes/0 jobCategory code=17-1021 name=Cartographers framework=SOC",
            "/job/JDXjobDescription/skills/0/AnnotatedDefinedTerm definedTerm code=S-1 name=Surveying framework=Geography",
            "/job/JDXjobDescription/competencies/0/competencyIds/0 competency code=2.A.1.a name=Reading framework=O*NET",
        ];
        check(&resume, &expected);
        for (wrapped, prefix) in [
            (json!({"credentialSubject": resume}), "/credentialSubject"),
            (json!({"credentialSubject": {"lerrsType": resume}}), "/credentialSubject/lerrsType"),
        ] {
            let expected = expected.map(|line| format!("{prefix}{line}"));
            check(&wrapped, &expected.each_ref().map(String::as_str));
        }
        check_asks(
            &resume,
            &json!([
                {"targetUrl": "https://framework.example/1", "targetName": "Maps", "targetFramework": "https://framework.example/"},
                {"targetCode": "ce-00000000-1111-2222-3333-444444444444", "targetFramework": "CTID"},
                {"targetCode": "6", "targetFramework": "ISCED"},
                {"targetCode": "30.01", "targetFramework": "CIP 2020"},
                {"targetCode": "17-1021", "targetName": "Cartographers", "targetFramework": "SOC"},
                {"targetCode": "S-1", "targetName": "Surveying", "targetFramework": "Geography"},
                {"targetCode": "2.A.1.a", "targetName": "Reading", "targetFramework": "O*NET"},
            ]),
        );
    }

    #[test]
    fn a_verification_with_a_context_is_a_credential_of_its_own() {
        let badge = json!({
            "@context": "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
            "type": ["VerifiableCredential", "OpenBadgeCredential"], "id": "urn:uuid:award",
            "credentialSubject": {"achievement": {"id": "urn:a", "type": "Certification", "name": "Work of Ada Example"}},
        });
        let transcript = json!({
            "@context": [], "type": ["VerifiableCredential", "FullTranscriptCredential"],
            "credentialSubject": {"id": "did:x", "educationAndLearning": {"educationDegrees": [{"iscedEducationLevelCode": "6"}]}},
        });
        let resume = json!({"type": ["VerifiableCredential", "LER-RS VC"], "issuer": "Resume Builder", "credentialSubject": {
            "person": {"name": {"formattedName": "Ada Example"}},
            "certifications": [{"verifications": [badge]}],
            "educationAndLearnings": [{"verifications": [{"Verification": transcript}]}],
        }});
        let certificate = "/credentialSubject/certifications/0/verifications/0";
        let degree = "/credentialSubject/educationAndLearnings/0/verifications/0/Verification";
        check_credentials(
            &resume,
            &[("", "lerRs", 0), (certificate, "openBadge3", 1), (degree, "lerRs", 1)],
        );
        check(
            &resume,
            &[
                &format!(
                    "{certificate}/credentialSubject/achievement/id achievementId url=urn:a type=Certification -learnerDetail"
                ),
                &format!(
                    "{degree}/credentialSubject/educationAndLearning/educationDegrees/0/iscedEducationLevelCode educationCode code=6 framework=ISCED"
                ),
            ],
        );
    }

    #[test]
    fn a_competency_of_the_common_library_is_read_alone() {
        check(
            &json!({
                "name": "Reading Comprehension", "competencyIds": [{"value": "2.A.1.a", "schemeId": "O*NET", "schemeAgencyId": "DOL"}],
                "taxonomyIds": "https://framework.example/1", "proficiencyLevel": {"scoresText": [{"value": "80"}]},
            }),
            &[
                "/competencyIds/0 competency code=2.A.1.a name=Reading Comprehension framework=O*NET",
                "/taxonomyIds competency url=https://framework.example/1 name=Reading Comprehension",
            ],
        );
    }

    #[test]
    fn what_a_learner_record_wraps_is_read_and_the_wrapper_says_nothing() {
        let wrapper = json!({
            "type": ["VerifiableCredential", "LearnerRecordWrapper"], "id": "did:example:1", "name": "Award of Ada Example",
            "learnerRecord": [
                {"POCid": "did:web:people.example:ada", "payload": {"format": "application/ld+json", "data": {
                    "type": "Assertion", "badge": "https://org.example/badges/1",
                }}},
                {"payload": {"data": {"type": "Assertion", "badge": "https://org.example/of/did:web:people.example:ada"}}},
            ],
        });
        check(
            &wrapper,
            &[
                "/learnerRecord/0/payload/data/badge badgeClassId url=https://org.example/badges/1",
                "/learnerRecord/1/payload/data/badge badgeClassId -subjectId",
            ],
        );
    }
}
