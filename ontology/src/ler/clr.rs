//! Where a Comprehensive Learner Record names definitions, beside the credentials in it.
//!
//! The credentials in a record are read each by itself. Its associations say how the achievements of this one record
//! hang together, and are left alone.

use crate::ler::mention::Site;
use crate::ler::open_badge::{ACHIEVEMENT, RESULT};
use crate::ler::table::{Part, Table};

/// A [`ClrCredential`](https://www.imsglobal.org/spec/clr/v2p0/#clrcredential), or its subject alone.
pub(super) static CLR_2: Table = Table(&[
    ("issuer", Part::Organization(Site::Issuer)),
    ("credentialSubject", Part::Objects(&CLR_2, None)),
    ("achievement", Part::Objects(&ACHIEVEMENT, Some(Site::AchievementId))),
]);

/// A `Clr` of version 1.0, which may be the subject of a credential.
pub(super) static CLR_1: Table = Table(&[
    ("issuer", Part::Organization(Site::Issuer)),
    ("publisher", Part::Organization(Site::Issuer)),
    ("credentialSubject", Part::Objects(&CLR_1, None)),
    ("assertions", Part::Objects(&ASSERTION, None)),
    ("achievements", Part::Objects(&ACHIEVEMENT, Some(Site::AchievementId))),
]);

/// An `Assertion` of version 1.0: in a record, or signed by itself.
pub(super) static ASSERTION: Table = Table(&[
    ("achievement", Part::Objects(&ACHIEVEMENT, Some(Site::AchievementId))),
    ("results", Part::Objects(&RESULT, None)),
    ("result", Part::Objects(&RESULT, None)),
]);

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::ler::expectation::{check, check_asks, check_credentials};

    #[test]
    fn each_credential_in_a_record_is_read_by_itself() {
        let clr = json!({
            "type": ["VerifiableCredential", "ClrCredential"], "issuer": {"id": "https://org.example"}, "name": "Ada Example",
            "credentialSubject": {
                "type": ["ClrSubject"], "id": "urn:uuid:ada", "name": "Ada Example",
                "verifiableCredential": [{
                    "type": ["VerifiableCredential", "OpenBadgeCredential"], "issuer": "https://other.example",
                    "credentialSubject": {"id": "urn:uuid:ada", "achievement": {
                        "id": "urn:uuid:1",
                        "alignment": [
                            {"targetUrl": "https://framework.example/1", "targetName": "Maps of Ada Example"},
                            {"targetCode": "A.1"},
                        ],
                    }},
                }],
                "achievement": [{"id": "urn:uuid:1", "name": "Maps"}, {"id": "urn:uuid:1", "name": "Rivers"}],
                "association": [{"sourceId": "urn:uuid:1", "targetId": "urn:uuid:2"}],
            },
        });
        let subject = "/credentialSubject";
        let badge = "/credentialSubject/verifiableCredential/0";
        check_credentials(&clr, &[("", "clr2", 3), (badge, "openBadge3", 4)]);
        check(
            &clr,
            &[
                "/issuer issuer url=https://org.example",
                &format!("{subject}/achievement/0/id achievementId url=urn:uuid:1 name=Maps"),
                &format!("{subject}/achievement/1/id achievementId url=urn:uuid:1 name=Rivers"),
                &format!("{badge}/issuer issuer url=https://other.example"),
                &format!("{badge}/credentialSubject/achievement/id achievementId url=urn:uuid:1"),
                &format!(
                    "{badge}/credentialSubject/achievement/alignment/0 alignment url=https://framework.example/1 -learnerDetail"
                ),
                &format!("{badge}/credentialSubject/achievement/alignment/1 alignment code=A.1"),
            ],
        );
        let issuer = "https://other.example";
        check_asks(
            &clr,
            &json!([
                {"targetUrl": "https://framework.example/1", "issuer": issuer},
                {"targetCode": "A.1", "issuer": issuer},
            ]),
        );
    }

    #[test]
    fn every_site_of_clr_1_is_read_also_inside_a_credential() {
        let clr = json!({
            "learner": {"id": "urn:uuid:ada", "name": "Ada Example", "sourcedId": "4711"},
            "publisher": {"id": "https://org.example", "name": "Org"},
            "assertions": [{
                "id": "urn:uuid:award", "recipient": {"identity": "ada@people.example"}, "evidence": [{"id": "https://e.example/1"}],
                "results": [{"value": "9", "alignments": [{"targetUrl": "https://framework.example/1"}]}],
                "achievement": {
                    "id": "did:web:org.example:1", "name": "Maps", "tags": ["maps"],
                    "identifiers": [{"identifier": "M-1", "identifierType": "systemId"}],
                    "alignments": [{"id": "urn:uuid:x", "frameworkName": "Geography", "targetCode": "4711", "targetName": "Maps", "targetType": "CFItem"}],
                    "resultDescriptions": [{
                        "alignments": [{"targetCode": "A.2"}],
                        "rubricCriterionLevels": [{"alignments": [{"targetCode": "A.3"}]}],
                    }],
                },
            }],
            "achievements": [{"id": "urn:uuid:2"}],
        });
        let expected = [
            "/publisher issuer url=https://org.example",
            "/assertions/0/results/0/alignments/0 resultAlignment url=https://framework.example/1",
            "/assertions/0/achievement/id achievementId url=did:web:org.example:1 name=Maps",
            "/assertions/0/achievement/tags/0 tag name=maps",
            "/assertions/0/achievement/identifiers/0 otherIdentifier code=M-1 type=systemId",
            "/assertions/0/achievement/alignments/0 alignment type=CFItem name=Maps framework=Geography -subjectId",
            "/assertions/0/achievement/resultDescriptions/0/alignments/0 resultDescriptionAlignment code=A.2",
            "/assertions/0/achievement/resultDescriptions/0/rubricCriterionLevels/0/alignments/0 rubricCriterionLevelAlignment code=A.3",
            "/achievements/0/id achievementId url=urn:uuid:2",
        ];
        check(&clr, &expected);
        let wrapped = json!({"type": ["VerifiableCredential", "Clr"], "credentialSubject": clr});
        check(
            &wrapped,
            &expected
                .map(|line| format!("/credentialSubject{line}"))
                .each_ref()
                .map(String::as_str),
        );
        check_credentials(&wrapped, &[("", "clr1", 9)]);
    }
}
