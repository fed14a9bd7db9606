//! Where Open Badges of every version name definitions.

use crate::ler::ctdl::{DEFINITION, KEYWORD, LINKED};
use crate::ler::mention::Site;
use crate::ler::table::{NOTHING, Part, Table};

/// An [`AchievementCredential`](https://www.imsglobal.org/spec/ob/v3p0/#achievementcredential).
pub(super) static CREDENTIAL: Table = Table(&[
    ("issuer", Part::Organization(Site::Issuer)),
    ("credentialSubject", Part::Objects(&SUBJECT, None)),
]);

/// An [`AchievementSubject`](https://www.imsglobal.org/spec/ob/v3p0/#achievementsubject), and what others put in its place.
pub(super) static SUBJECT: Table = Table(&[
    ("achievement", Part::Objects(&ACHIEVEMENT, Some(Site::AchievementId))),
    ("result", Part::Objects(&RESULT, None)),
    ("hasAchieved", Part::Things(Site::AchievementId, &DEFINITION)),
    ("hasCredential", Part::Things(Site::AchievementId, &DEFINITION)),
]);

/// An [`Achievement`](https://www.imsglobal.org/spec/ob/v3p0/#achievement), which may have members of CTDL.
///
/// CLR 1.0 writes the same members in the plural.
pub(super) static ACHIEVEMENT: Table = Table(&[
    ("id", Part::Identifier(Site::AchievementId)),
    ("@id", Part::Identifier(Site::AchievementId)),
    ("ceterms:ctid", Part::Ctid(Site::AchievementId)),
    ("ctid", Part::Ctid(Site::AchievementId)),
    ("ceasn:ctid", Part::Ctid(Site::AchievementId)),
    ("alignment", Part::Alignments(Site::Alignment)),
    ("alignments", Part::Alignments(Site::Alignment)),
    ("resultDescription", Part::Objects(&RESULT_DESCRIPTION, None)),
    ("resultDescriptions", Part::Objects(&RESULT_DESCRIPTION, None)),
    ("otherIdentifier", Part::OtherIdentifiers),
    ("identifiers", Part::OtherIdentifiers),
    ("related", Part::Related),
    ("criteria", Part::Criteria),
    ("requirement", Part::Criteria),
    ("tag", Part::Words(Site::Tag)),
    ("tags", Part::Words(Site::Tag)),
    ("humanCode", Part::Words(Site::HumanCode)),
    ("fieldOfStudy", Part::Words(Site::FieldOfStudy)),
    ("specialization", Part::Words(Site::FieldOfStudy)),
    ("creator", Part::Organization(Site::Creator)),
    ("issuer", Part::Organization(Site::Creator)),
    ("owl:sameAs", Part::Things(Site::SameAs, &LINKED)),
    ("sameAs", Part::Things(Site::SameAs, &LINKED)),
    ("ceterms:sameAs", Part::Things(Site::SameAs, &LINKED)),
    ("hasCode", Part::Things(Site::DefinedTerm, &NOTHING)),
    ("requires", Part::Things(Site::Linked, &LINKED)),
    ("teaches", Part::Things(Site::Linked, &LINKED)),
    ("assesses", Part::Things(Site::Linked, &LINKED)),
    ("hasPart", Part::Things(Site::Linked, &LINKED)),
    ("ceterms:requires", Part::Things(Site::Linked, &LINKED)),
    ("ceterms:teaches", Part::Things(Site::Linked, &LINKED)),
    ("ceterms:assesses", Part::Things(Site::Linked, &LINKED)),
    ("ceterms:hasPart", Part::Things(Site::Linked, &LINKED)),
    ("ceterms:isPartOf", Part::Things(Site::Linked, &LINKED)),
    ("ceterms:ownedBy", Part::Organization(Site::Creator)),
    ("ceterms:offeredBy", Part::Organization(Site::Creator)),
    ("ceterms:accreditedBy", Part::Organization(Site::Creator)),
    ("ceterms:subject", Part::Objects(&KEYWORD, Some(Site::Tag))),
    ("ceterms:targetCompetency", Part::Alignments(Site::Alignment)),
    ("ceterms:occupationType", Part::Alignments(Site::Alignment)),
    ("ceterms:instructionalProgramType", Part::Alignments(Site::Alignment)),
    ("targetCompetency", Part::Alignments(Site::Alignment)),
    ("occupationType", Part::Alignments(Site::Alignment)),
    ("instructionalProgramType", Part::Alignments(Site::Alignment)),
    ("educationalAlignment", Part::Alignments(Site::Alignment)),
    ("ceasn:isPartOf", Part::Things(Site::Linked, &LINKED)),
]);

static RESULT_DESCRIPTION: Table = Table(&[
    ("id", Part::Identifier(Site::LocalReference)),
    ("requiredLevel", Part::Objects(&NOTHING, Some(Site::LocalReference))),
    ("alignment", Part::Alignments(Site::ResultDescriptionAlignment)),
    ("alignments", Part::Alignments(Site::ResultDescriptionAlignment)),
    ("rubricCriterionLevel", Part::Objects(&RUBRIC_CRITERION_LEVEL, None)),
    ("rubricCriterionLevels", Part::Objects(&RUBRIC_CRITERION_LEVEL, None)),
]);

static RUBRIC_CRITERION_LEVEL: Table = Table(&[
    ("id", Part::Identifier(Site::LocalReference)),
    ("alignment", Part::Alignments(Site::RubricCriterionLevelAlignment)),
    ("alignments", Part::Alignments(Site::RubricCriterionLevelAlignment)),
]);

/// A [`Result`](https://www.imsglobal.org/spec/ob/v3p0/#result): neither the value nor the level that was reached.
pub(super) static RESULT: Table = Table(&[
    ("alignment", Part::Alignments(Site::ResultAlignment)),
    ("alignments", Part::Alignments(Site::ResultAlignment)),
]);

/// An `Assertion` of Open Badges 2, the `BadgeInstance` of the Badgr API, or the badge of the Credly API.
pub(super) static ASSERTION: Table = Table(&[
    ("badge", Part::Objects(&BADGE_CLASS, Some(Site::BadgeClassId))),
    ("badgeclassOpenBadgeId", Part::Objects(&NOTHING, Some(Site::BadgeClassId))),
    ("badge_template", Part::Objects(&BADGE_CLASS, None)),
]);

/// A `BadgeClass`.
pub(super) static BADGE_CLASS: Table = Table(&[
    ("id", Part::Identifier(Site::BadgeClassId)),
    ("@id", Part::Identifier(Site::BadgeClassId)),
    ("ceterms:ctid", Part::Ctid(Site::BadgeClassId)),
    ("ctid", Part::Ctid(Site::BadgeClassId)),
    ("ceasn:ctid", Part::Ctid(Site::BadgeClassId)),
    ("openBadgeId", Part::Identifier(Site::BadgeClassId)),
    ("entityId", Part::Identifier(Site::LocalReference)),
    ("issuer", Part::Organization(Site::Issuer)),
    ("issuerOpenBadgeId", Part::Organization(Site::Issuer)),
    ("alignment", Part::Alignments(Site::Alignment)),
    ("alignments", Part::Alignments(Site::Alignment)),
    ("related", Part::Related),
    ("criteria", Part::Criteria),
    ("criteriaUrl", Part::Criteria),
    ("tags", Part::Words(Site::Tag)),
    ("skills", Part::Objects(&SKILL, Some(Site::Tag))),
]);

/// A skill as the Credly API writes it.
static SKILL: Table = Table(&[("name", Part::Words(Site::Tag))]);

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::ler::container::{ContainerError, Limit};
    use crate::ler::expectation::{check, check_asks, check_malformed};
    use crate::ler::extract::extract;
    use crate::ler::mention::SiteClass;

    fn alignment(number: u8) -> Value {
        json!({"type": ["Alignment"], "targetUrl": format!("https://framework.example/{number}"), "targetName": "N"})
    }

    #[test]
    fn every_site_of_open_badges_3_is_read_in_document_order() {
        let badge = json!({
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "credentialSubject": {
                "result": [{"value": "9", "status": "Completed", "alignment": [alignment(1)]}],
                "achievement": {
                    "otherIdentifier": [
                        {"identifier": "AB-1", "identifierType": "systemId"},
                        {"identifier": "125", "identifierType": "identifier"},
                        {"identifier": "ACE", "identifierType": "ext:schemeAgencyId"},
                        {"identifier": "https://catalogue.example/9", "identifierType": "ext:catalogue"},
                    ],
                    "alignment": [alignment(2), alignment(3)],
                    "resultDescription": [{
                        "id": "urn:example:rd",
                        "alignment": [alignment(4)],
                        "rubricCriterionLevel": [{"id": "urn:example:level", "alignment": [alignment(5)]}],
                    }],
                    "related": [{"type": ["Related"], "id": "https://issuer.example/achievements/1/es"}],
                    "criteria": {"id": "https://issuer.example/criteria/1", "narrative": "Show it."},
                    "tag": ["maps", "rivers"],
                    "id": "https://issuer.example/achievements/1",
                    "name": "Map reading",
                    "achievementType": "Course",
                },
            },
        });
        let subject = "/credentialSubject";
        let achievement = "/credentialSubject/achievement";
        let level =
            "/resultDescription/0/rubricCriterionLevel/0/alignment/0 rubricCriterionLevelAlignment";
        check(
            &badge,
            &[
                &format!(
                    "{subject}/result/0/alignment/0 resultAlignment url=https://framework.example/1 name=N"
                ),
                &format!("{achievement}/otherIdentifier/0 otherIdentifier code=AB-1 type=systemId"),
                &format!(
                    "{achievement}/otherIdentifier/1 otherIdentifier code=125 type=identifier framework=ACE"
                ),
                &format!(
                    "{achievement}/otherIdentifier/3 otherIdentifier url=https://catalogue.example/9 type=ext:catalogue"
                ),
                &format!(
                    "{achievement}/alignment/0 alignment url=https://framework.example/2 name=N"
                ),
                &format!(
                    "{achievement}/alignment/1 alignment url=https://framework.example/3 name=N"
                ),
                &format!("{achievement}/resultDescription/0/id localReference url=urn:example:rd"),
                &format!(
                    "{achievement}/resultDescription/0/alignment/0 resultDescriptionAlignment url=https://framework.example/4 name=N"
                ),
                &format!(
                    "{achievement}/resultDescription/0/rubricCriterionLevel/0/id localReference url=urn:example:level"
                ),
                &format!("{achievement}{level} url=https://framework.example/5 name=N"),
                &format!(
                    "{achievement}/related/0 related url=https://issuer.example/achievements/1/es"
                ),
                &format!("{achievement}/criteria criteria url=https://issuer.example/criteria/1"),
                &format!("{achievement}/tag/0 tag name=maps"),
                &format!("{achievement}/tag/1 tag name=rivers"),
                &format!(
                    "{achievement}/id achievementId url=https://issuer.example/achievements/1 type=Course name=Map reading"
                ),
            ],
        );
    }

    #[test]
    fn only_the_alignment_of_a_result_belongs_to_the_learner() {
        let subject = json!({"achievement": {"alignment": alignment(1)}, "result": {"alignment": alignment(2)}});
        let extraction = extract(subject.to_string().as_bytes()).unwrap();
        let classes: Vec<_> = extraction.mentions.iter().map(|mention| mention.class).collect();
        assert_eq!(classes, [SiteClass::Definition, SiteClass::Learner]);
    }

    #[test]
    fn every_site_of_open_badges_2_is_read_in_document_order() {
        let badge = json!({
            "@context": "https://w3id.org/openbadges/v2",
            "type": "Assertion",
            "badge": {
                "type": "BadgeClass",
                "id": "https://issuer.example/badges/1?v=2_0",
                "name": "Map reading",
                "alignment": {
                    "targetName": "Reads maps",
                    "targetUrl": "https://framework.example/levels",
                    "targetDescription": "At any scale.",
                    "targetFramework": "Geography",
                    "targetCode": "4",
                },
                "tags": ["maps"],
                "criteria": "https://issuer.example/badges/1/criteria",
                "related": {"id": "https://issuer.example/badges/1/es", "@language": "es"},
            },
        });
        check(
            &badge,
            &[
                "/badge/id badgeClassId url=https://issuer.example/badges/1 name=Map reading -queryOrFragment",
                "/badge/alignment alignment url=https://framework.example/levels code=4 name=Reads maps description=At any scale. framework=Geography",
                "/badge/tags/0 tag name=maps",
                "/badge/criteria criteria url=https://issuer.example/badges/1/criteria",
                "/badge/related related url=https://issuer.example/badges/1/es",
            ],
        );
    }

    #[test]
    fn a_hosted_badge_class_is_named_by_its_address() {
        let badge = json!({"type": "Assertion", "badge": "https://issuer.example/badges/1"});
        check(&badge, &["/badge badgeClassId url=https://issuer.example/badges/1"]);
    }

    #[test]
    fn the_older_names_of_an_alignment_count_where_the_newer_are_absent() {
        let badge = |alignment: Value| json!({"badge": {"alignment": [alignment]}});
        check(
            &badge(
                json!({"name": "Reads maps", "url": "https://framework.example/1", "description": "All."}),
            ),
            &[
                "/badge/alignment/0 alignment url=https://framework.example/1 name=Reads maps description=All.",
            ],
        );
        check(
            &badge(
                json!({"name": "old", "targetName": "new", "url": "urn:old", "targetUrl": "urn:new"}),
            ),
            &["/badge/alignment/0 alignment url=urn:new name=new"],
        );
        check(
            &json!({"name": "A", "issuer": "urn:i", "alignments": [{"targetCode": 7, "frameworkName": "G"}]}),
            &["/alignments/0 alignment code=7 framework=G"],
        );
    }

    #[test]
    fn parts_of_a_badge_are_read_alone() {
        let achievement = json!({"type": "Achievement", "id": "urn:a", "alignment": alignment(1)});
        let found = [
            "id achievementId url=urn:a",
            "alignment alignment url=https://framework.example/1 name=N",
        ];
        let at = |prefix: &str| found.map(|line| format!("{prefix}/{line}"));
        check(&achievement, &at("").each_ref().map(String::as_str));
        check(
            &json!({"achievement": achievement}),
            &at("/achievement").each_ref().map(String::as_str),
        );
        check(
            &json!({"achievement": [achievement]}),
            &at("/achievement/0").each_ref().map(String::as_str),
        );
        check(&json!({"achievement": "urn:a"}), &["/achievement achievementId url=urn:a"]);
        check(&json!([alignment(1)]), &["/0 alignment url=https://framework.example/1 name=N"]);
        check(&alignment(1), &[" alignment url=https://framework.example/1 name=N"]);
    }

    #[test]
    fn a_compact_iri_is_written_in_full_where_the_badge_declares_its_prefix() {
        let badge = json!({
            "@context": ["https://www.w3.org/2018/credentials/v1", {"res": "https://registry.example/resources/", "mailto": "https://a.example/"}],
            "type": "VerifiableCredential",
            "credentialSubject": {"achievement": [{"id": "res:ce-1"}, {"id": "other:ce-2"}, {"id": "mailto:ada"}]},
        });
        check(
            &badge,
            &[
                "/credentialSubject/achievement/0/id achievementId url=https://registry.example/resources/ce-1",
                "/credentialSubject/achievement/1/id achievementId url=other:ce-2",
                "/credentialSubject/achievement/2/id achievementId -personScheme",
            ],
        );
    }

    #[test]
    fn words_are_taken_in_the_language_of_the_badge() {
        let name = json!({"en": "Reads maps", "nl": "Leest kaarten"});
        for (key, expected) in
            [("inLanguage", "Leest kaarten"), ("@language", "Leest kaarten"), ("x", "Reads maps")]
        {
            let badge = json!({"achievement": {key: "nl", "alignment": [{"targetName": name}]}});
            check(&badge, &[&format!("/achievement/alignment/0 alignment name={expected}")]);
        }
    }

    #[test]
    fn an_identifier_of_a_person_type_is_withheld() {
        for kind in [
            "emailAddress",
            "nationalIdentityNumber",
            "userName",
            "sourcedId",
            "ext:studentNumber",
            "",
        ] {
            let entry = json!({"identifier": "125", "identifierType": kind});
            let badge = json!({"achievement": {"otherIdentifier": entry}});
            check(&badge, &["/achievement/otherIdentifier otherIdentifier -personIdentifierType"]);
        }
    }

    #[test]
    fn a_related_assertion_is_somebodys_and_withheld() {
        let related = json!({"id": "https://issuer.example/assertions/7", "type": ["Related", "https://w3id.org/openbadges#Assertion"]});
        let badge = json!({"achievement": {"related": [related]}});
        check(&badge, &["/achievement/related/0 related -credentialId"]);
        let related = json!({"id": "https://issuer.example/badges/1", "type": ["Related", "https://w3id.org/openbadges#BadgeClass"]});
        let badge = json!({"achievement": {"related": [related]}});
        check(
            &badge,
            &["/achievement/related/0 related url=https://issuer.example/badges/1 type=BadgeClass"],
        );
    }

    #[test]
    fn what_cannot_be_read_is_counted() {
        let badge = |alignment: Value| json!({"achievement": {"alignment": alignment}});
        check_malformed(&badge(json!([])), 0);
        check_malformed(&badge(json!(null)), 0);
        check_malformed(&badge(json!([null, 4, true, "", {}, {"targetUrl": " "}, [[]]])), 7);
        check_malformed(
            &json!({"achievement": {"id": "_:b0", "otherIdentifier": ["x"], "tag": [{}]}}),
            3,
        );
        check(&badge(json!(["urn:a", null])), &["/achievement/alignment/0 alignment url=urn:a"]);
    }

    #[test]
    fn hints_and_local_references_are_read_and_never_asked_about() {
        let badge = json!({"type": "OpenBadgeCredential", "issuer": "https://org.example", "credentialSubject": {"achievement": {
            "humanCode": "R1", "fieldOfStudy": "Geography", "specialization": "Maps", "version": "1.0",
            "creator": {"id": "did:web:org.example", "name": "Org"},
            "resultDescription": {"requiredLevel": "urn:uuid:1"},
            "criteria": {"id": "https://org.example/criteria"},
        }}});
        let achievement = "/credentialSubject/achievement";
        check(
            &badge,
            &[
                "/issuer issuer url=https://org.example",
                &format!("{achievement}/humanCode humanCode code=R1"),
                &format!("{achievement}/fieldOfStudy fieldOfStudy name=Geography"),
                &format!("{achievement}/specialization fieldOfStudy name=Maps"),
                &format!("{achievement}/creator creator url=did:web:org.example"),
                &format!(
                    "{achievement}/resultDescription/requiredLevel localReference url=urn:uuid:1"
                ),
                &format!("{achievement}/criteria criteria url=https://org.example/criteria"),
            ],
        );
        check_asks(&badge, &json!([]));
    }

    #[test]
    fn an_issuer_is_named_by_an_address_a_ctid_or_a_did_web_unless_it_is_a_person() {
        for (issuer, expected) in [
            (json!({"id": "https://org.example/", "type": "Profile"}), " url=https://org.example/"),
            (json!("did:web:org.example"), " url=did:web:org.example"),
            (json!("did:key:z6Mk"), " -personScheme"),
            (json!({"id": "https://ada.example/", "type": ["Profile", "Person"]}), " -selfIssuer"),
            (json!({"id": "did:web:people.example:ada"}), " -subjectId"),
            (
                json!({"id": "did:example:4b", "owl:sameAs": "res:ce-00000000-1111-2222-3333-444444444444"}),
                " url=res:ce-00000000-1111-2222-3333-444444444444",
            ),
        ] {
            let badge = json!({"type": "OpenBadgeCredential", "issuer": issuer, "credentialSubject": {"id": "did:web:people.example:ada"}});
            check(&badge, &[&format!("/issuer issuer{expected}")]);
        }
        for issuer in [json!("Resume Builder"), json!({"name": "Org"}), json!(4), json!(null)] {
            check(&json!({"type": "OpenBadgeCredential", "issuer": issuer}), &[]);
        }
    }

    #[test]
    fn the_answers_of_other_apis_are_read() {
        let badgr = json!({"status": {"success": true}, "result": [{
            "entityType": "BadgeInstance", "entityId": "iX1", "openBadgeId": "https://api.example/assertions/iX1",
            "badgeclass": "bX1", "badgeclassOpenBadgeId": "https://api.example/badges/bX1",
            "recipient": {"identity": "ada@people.example"},
        }, {
            "entityType": "BadgeClass", "entityId": "bX1", "openBadgeId": "https://api.example/badges/bX1", "name": "Maps",
            "issuerOpenBadgeId": "https://api.example/issuers/1", "criteriaUrl": "https://api.example/criteria/1",
            "alignments": [{"targetName": "Maps", "targetUrl": "https://framework.example/1", "targetCode": null}],
            "tags": ["maps"],
        }]});
        check(
            &badgr,
            &[
                "/result/0/badgeclassOpenBadgeId badgeClassId url=https://api.example/badges/bX1",
                "/result/1/entityId localReference url=bX1 name=Maps",
                "/result/1/openBadgeId badgeClassId url=https://api.example/badges/bX1 name=Maps",
                "/result/1/issuerOpenBadgeId issuer url=https://api.example/issuers/1",
                "/result/1/criteriaUrl criteria url=https://api.example/criteria/1",
                "/result/1/alignments/0 alignment url=https://framework.example/1 name=Maps",
                "/result/1/tags/0 tag name=maps",
            ],
        );
        let credly = json!({"data": [{"id": "b1", "issued_to": "Ada Example", "recipient_email": "ada@people.example", "badge_template": {
            "id": "t1", "name": "Maps", "skills": [{"id": "s1", "name": "Cartography", "vanity_slug": "cartography"}, "Maps", "Ada Example"],
            "alignments": [{"id": "a1", "name": "Maps", "description": "All.", "url": "https://framework.example/1"}],
        }}]});
        let template = "/data/0/badge_template";
        check(
            &credly,
            &[
                &format!("{template}/id badgeClassId url=t1 name=Maps"),
                &format!("{template}/skills/0/name tag name=Cartography"),
                &format!("{template}/skills/1 tag name=Maps"),
                &format!("{template}/skills/2 tag -learnerDetail"),
                &format!(
                    "{template}/alignments/0 alignment url=https://framework.example/1 name=Maps description=All."
                ),
            ],
        );
    }

    #[test]
    fn limits_are_named() {
        let refused = |badge: &Value| extract(badge.to_string().as_bytes()).unwrap_err();
        let many = json!({"achievement": {"alignment": vec![alignment(1); 501]}});
        assert_eq!(refused(&many), ContainerError::TooLarge { limit: Limit::Alignments });
        let long = json!({"achievement": {"alignment": {"targetName": "n".repeat(4097)}}});
        assert_eq!(refused(&long), ContainerError::TooLarge { limit: Limit::Text });
        let unread = json!({"achievement": {"id": "urn:a", "description": "n".repeat(4097), "image": "n".repeat(9000)}});
        check(&unread, &["/achievement/id achievementId url=urn:a"]);
    }
}
