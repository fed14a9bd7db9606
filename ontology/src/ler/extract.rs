//! From the bytes of a badge to what it mentions.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::ler::carrier::Carrier;
use crate::ler::container::{self, ContainerError, Limit, Opened};
use crate::ler::document::Documents;
use crate::ler::draft::Findings;
use crate::ler::format::{Format, UnreadFormat};
use crate::ler::learner::Secrets;
use crate::ler::mention::Mention;
use crate::ler::privacy::{Filter, Withheld};
use crate::ler::reader;

/// How many secrets of all the credentials in a document may be looked for inside each value.
const MOST_PARTS: usize = 1000;

/// What a badge mentions, and how much of it was left behind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Extraction {
    /// What the credentials were carried in.
    pub carrier: Carrier,
    /// The format of the badge; of the first one, if there are several.
    pub format: Format,
    /// The credentials that were read, in document order.
    pub credentials: Vec<CredentialOutline>,
    /// The mentions, one for each occurrence, in document order: first those of the first credential, then those of the next.
    pub mentions: Vec<Mention>,
    /// How many values were withheld, or cut, for which reason.
    pub withheld: BTreeMap<Withheld, u64>,
    /// How many credentials beside the badges are in a format that is recognised but not read.
    pub unread: BTreeMap<UnreadFormat, u64>,
    /// How many members had nothing readable where a badge, an alignment or an identifier belongs.
    pub malformed: u64,
}

/// One credential, or part of one, that stands for itself in a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CredentialOutline {
    /// The JSON pointer of the credential.
    pub pointer: String,
    /// The standard it is written in.
    pub format: Format,
    /// How many of the mentions are its own.
    pub mentions: usize,
}

/// Takes out of a badge what it says about definitions, and nothing that it says about its learner.
///
/// `bytes` is a credential in one of the formats that this module reads, a part of one, or a list, a presentation or an API
/// answer with some in it. Endorsements are read as having no mentions: they are what third parties say.
///
/// # Errors
///
/// [`ContainerError`] if nothing in the document can be read, or if it passes a [`Limit`]. No error
/// quotes the document.
pub fn extract(bytes: &[u8]) -> Result<Extraction, ContainerError> {
    let Opened { carrier, value } = container::open(bytes)?;
    let documents = Documents::of(&value);
    let Some(first) = documents.badges.first() else {
        return Err(documents.refusal(&value));
    };
    let holders: Vec<_> = documents.holders.iter().map(AsRef::as_ref).collect();
    let holder = Secrets::of_holders(&holders)?;
    let records = Secrets::of_records(&documents.badges)?;
    let whole = records.values().chain([&holder]).flat_map(Secrets::whole);
    let everywhere: BTreeMap<_, _> =
        whole.map(|(secret, reason)| (secret.clone(), *reason)).collect();
    // Whoever holds the document is the learner of all that is in it, so no credential tells what another keeps secret.
    let parts: BTreeMap<_, _> =
        [&holder].into_iter().chain(records.values()).flat_map(Secrets::parts).collect();
    if parts.len() > MOST_PARTS {
        return Err(ContainerError::TooLarge { limit: Limit::LearnerValues });
    }

    let mut findings = Findings { n_malformed: documents.n_malformed, ..Findings::default() };
    let mut credentials = Vec::with_capacity(documents.badges.len());
    for badge in &documents.badges {
        let n_before = findings.mentions.len();
        reader::read(badge, Filter { everywhere: &everywhere, parts: &parts }, &mut findings)?;
        credentials.push(CredentialOutline {
            pointer: badge.place.clone().into_pointer(),
            format: badge.format,
            mentions: findings.mentions.len() - n_before,
        });
    }
    Ok(Extraction {
        carrier,
        format: first.format,
        credentials,
        mentions: findings.mentions,
        withheld: findings.withheld,
        unread: documents.unread,
        malformed: findings.n_malformed,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, Strategy, any, prop, prop_oneof, proptest};
    use serde_json::{Map, Value, json};

    use super::*;
    use crate::ler::container::Limit;

    /// Everything that `extract` says about a document, in every form it can be printed in.
    fn everything_said(document: &[u8]) -> String {
        match extract(document) {
            Ok(extraction) => {
                format!("{} {extraction:?}", serde_json::to_string(&extraction).unwrap())
            }
            Err(error) => format!("{error} {error:?}"),
        }
    }

    /// Whatever the test badges say about a learner has this word in it.
    #[track_caller]
    fn check_silent(document: &[u8]) {
        let said = everything_said(document).to_lowercase();
        assert!(!said.contains("canary"), "{said}");
    }

    /// An Open Badge 3.0 in which everything about the learner is a canary, and is repeated where it can leak.
    fn open_badge_3() -> Value {
        let person = json!({
            "type": ["Profile", "Person"], "id": "https://canary.example/issuer", "name": "Canary Issuer",
            "email": "issuer@canary.example", "phone": "+31canary", "dateOfBirth": "canary",
        });
        let alignment = |leak: &str| {
            json!({
                "type": ["Alignment"], "targetUrl": leak, "targetCode": leak, "targetName": leak, "targetType": leak,
                "targetDescription": format!("the work of {leak}"), "targetFramework": leak,
            })
        };
        let leaks = [
            "did:web:canary.example:subject",
            "https://issuer.example/of/did:web:canary.example:subject/skills",
            "https://issuer.example/credentials/canary",
            "http://issuer.example/credentials/canary#achievement",
            "canary@people.example",
            "https://issuer.example/canary%40people.example",
            "Canary Learner",
            "https://canary:word@issuer.example/",
            "canary-4711",
            "https://canary.example/issuer",
            "did:web:canary.example:holder",
        ];
        let achievement = json!({
            "id": "did:web:canary.example:subject", "name": "Canary Learner", "achievementType": "canary@x.example",
            "alignment": leaks.map(alignment), "creator": person, "tag": leaks, "related": leaks,
            "criteria": {"id": "https://canary.example/evidence", "narrative": "canary"},
            "endorsement": [{"credentialSubject": {"id": "urn:canary"}}],
            "otherIdentifier": [
                {"identifier": "canary", "identifierType": "nationalIdentityNumber"},
                {"identifier": "canary@people.example", "identifierType": "identifier"},
                {"identifier": "canary-4711", "identifierType": "systemId"},
            ],
            "resultDescription": [{"name": "canary", "requiredValue": "canary", "allowedValue": ["canary"]}],
        });
        let subject = json!({
            "id": "did:web:canary.example:subject", "type": ["AchievementSubject"],
            "identifier": [{"identityHash": "canary@people.example", "identityType": "emailAddress"}],
            "name": "Canary Learner", "givenName": "Canary", "familyName": "Learner",
            "email": "canary@people.example", "image": "https://canary.example/face", "narrative": "canary",
            "licenseNumber": "canary-4711", "role": "canary", "term": "canary", "source": person,
            "activityStartDate": "canary", "creditsEarned": "canary",
            "result": [{
                "value": "canary", "status": "canary", "achievedLevel": "urn:canary:level",
                "resultDescription": "urn:canary:description", "alignment": leaks.map(alignment),
            }],
            "achievement": achievement,
        });
        let context = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
        let credential = json!({
            "@context": [context, {"canary": "https://canary.example/"}],
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "id": "https://issuer.example/credentials/canary",
            "name": "Canary Learner", "description": "canary", "image": {"id": "https://canary.example/i"},
            "issuer": person, "validFrom": "canary", "validUntil": "canary", "awardedDate": "canary",
            "evidence": [{"id": "https://canary.example/evidence", "narrative": "canary", "name": "canary"}],
            "endorsement": [{"credentialSubject": {"id": "urn:canary", "endorsementComment": "canary"}}],
            "endorsementJwt": ["canary"], "credentialStatus": {"id": "https://canary.example/status#1"},
            "refreshService": {"id": "https://canary.example/refresh"}, "termsOfUse": {"id": "urn:canary"},
            "proof": [{"verificationMethod": "did:key:canary", "proofValue": "canary"}],
            "credentialSubject": subject,
        });
        json!({
            "holder": "did:web:canary.example:holder",
            "type": ["VerifiablePresentation"],
            "id": "urn:canary:presentation",
            "proof": {"proofValue": "canary"},
            "verifiableCredential": [credential],
        })
    }

    /// An Open Badge 2.0 in which everything about the learner is a canary, and is repeated where it can leak.
    fn open_badge_2() -> Value {
        let leaks = [
            "https://issuer.example/assertions/canary",
            "https://issuer.example/assertions/canary/badge",
            "sha256$canary",
            "https://issuer.example/?who=sha256$canary",
            "mailto:canary",
            "did:key:zcanary",
        ];
        json!({
            "@context": "https://w3id.org/openbadges/v2",
            "type": "Assertion",
            "id": "https://issuer.example/assertions/canary",
            "uid": "canary",
            "recipient": {"type": "email", "hashed": true, "salt": "canary", "identity": "sha256$canary"},
            "evidence": [{"id": "https://canary.example/evidence", "narrative": "canary"}, "https://canary.example/2"],
            "verification": {"type": "hosted", "url": "https://issuer.example/hosted/canary"},
            "image": "https://canary.example/i", "narrative": "canary", "issuedOn": "canary", "expires": "canary",
            "badge": {
                "id": "https://issuer.example/assertions/canary",
                "name": "https://canary.example/2",
                "alignment": leaks.map(|leak| json!({"targetUrl": leak, "targetCode": leak, "targetName": format!("{leak} ")})),
                "criteria": "https://canary.example/evidence",
                "issuer": {"name": "canary", "email": "canary@people.example", "id": "https://issuer.example"},
                "related": leaks,
            },
        })
    }

    /// Values that leak what a record says about its learner, at every field of an alignment.
    fn leaking(leaks: &[&str]) -> Value {
        let alignment = |leak: &&str| {
            json!({
                "targetUrl": leak, "targetCode": leak, "targetName": format!("by {leak}."), "targetType": leak,
                "targetDescription": leak, "targetFramework": leak, "frameworkName": leak,
            })
        };
        leaks.iter().map(alignment).collect()
    }

    /// A Comprehensive Learner Record 2.0 with canaries; what the record says must stay secret in the badge inside it.
    fn clr_2() -> Value {
        let leaks = [
            "urn:uuid:canary-learner",
            "https://issuer.example/learners/urn:uuid:canary-learner",
            "https://issuer.example/records/canary",
            "Canary Learner",
            "https://issuer.example/awards/canary",
        ];
        let achievement = json!({"id": leaks[0], "name": leaks[3], "alignment": leaking(&leaks), "tag": leaks, "related": leaks});
        json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential", "ClrCredential"],
            "id": "https://issuer.example/records/canary", "name": "Canary Learner", "description": "canary", "partial": true,
            "issuer": {"id": "https://org.example", "email": "canary@org.example", "name": "Canary Org"},
            "credentialSubject": {
                "type": ["ClrSubject"], "id": "urn:uuid:canary-learner", "name": "Canary Learner",
                "identifier": [{"identityHash": "canary", "identityType": "name"}],
                "achievement": [achievement], "association": [{"sourceId": "urn:canary", "targetId": "urn:canary"}],
                "verifiableCredential": [{
                    "type": ["VerifiableCredential", "OpenBadgeCredential"], "id": "https://issuer.example/awards/canary",
                    "credentialSubject": {"achievement": achievement, "narrative": "canary", "result": [{"value": "canary"}]},
                }, "https://canary.example/award", "eyJjYW5hcnkiOjF9.canary.canary"],
            },
        })
    }

    /// A Comprehensive Learner Record 1.0 with canaries.
    fn clr_1() -> Value {
        let leaks = [
            "urn:uuid:canary-learner",
            "Canary Learner",
            "canary-4711",
            "sha256$canary",
            "https://issuer.example/assertions/canary",
        ];
        json!({
            "id": "urn:uuid:canary-record", "name": "canary",
            "learner": {"id": leaks[0], "givenName": "Canary", "familyName": "Learner", "studentId": "canary-4711", "address": {"streetAddress": "canary"}},
            "publisher": {"id": "https://org.example", "name": "canary"},
            "assertions": [{
                "id": leaks[4], "recipient": {"identity": leaks[3]}, "evidence": [{"id": "https://canary.example/evidence"}],
                "term": "canary", "role": "canary", "narrative": "canary",
                "results": [{"value": "canary", "alignments": leaking(&leaks)}],
                "achievement": {"id": leaks[4], "name": leaks[1], "alignments": leaking(&leaks), "tags": leaks, "identifiers": [
                    {"identifier": "canary-4711", "identifierType": "systemId"}, {"identifier": "canary", "identifierType": "studentId"},
                ]},
            }],
            "achievements": [{"id": "urn:uuid:canary-record", "humanCode": "canary-4711", "fieldOfStudy": "Canary Learner"}],
        })
    }

    /// An LER-RS in a credential with canaries.
    fn ler_rs() -> Value {
        let reference = |leak: &str| json!({"reference": leak, "scheme": leak});
        json!({
            "type": ["VerifiableCredential", "LER-RS VC"], "id": "https://issuer.example/canary-resume", "issuer": "Canary Learner",
            "credentialSubject": {
                "documentId": {"value": "88802e91-canary"}, "narratives": [{"name": "canary"}],
                "person": {"name": {"formattedName": "Canary Learner", "given": "Canary"}, "birthDate": "canary", "legalId": {"value": "canary-4711"}},
                "communication": {
                    "email": [{"address": "canary@people.example"}], "web": [{"url": "https://people.example/in/canary"}],
                    "phone": [{"formattedNumber": "+31canary"}], "address": [{"line": "1 Canary Street", "city": "canary"}],
                },
                "skills": [
                    {"name": "Canary Learner", "comments": ["canary"], "definitionReference": reference("https://people.example/in/canary")},
                    {"name": "by Canary Learner", "endorsers": [{"name": "canary"}], "schemeReference": reference("88802e91-canary")},
                    "canary@people.example",
                    "Canary",
                ],
                "certifications": [{"name": "1 Canary Street", "id": {"value": "canary-number", "schemeId": "Licence"}}],
                "licenses": [{"id": "canary"}, {"id": {"value": "canary-4711", "schemeId": "SOC"}}],
                "educationAndLearnings": [{
                    "educationDegrees": [{"name": "canary", "codes": ["canary", {"value": "canary", "schemeId": "canary"}], "id": {"value": "canary"}}],
                    "verifications": [{"reference": "https://canary.example/award"}, {
                        "@context": [], "type": ["OpenBadgeCredential"],
                        "credentialSubject": {"achievement": {"id": "https://people.example/in/canary", "alignment": leaking(&["Canary Learner", "canary-4711"])}},
                    }],
                }],
                "employmentHistories": [{"organization": {"name": "canary"}, "positionHistories": [{"title": "canary", "jobCategories": [{"codes": ["canary"]}]}]}],
                "employmentPreferences": ["canary"], "attachments": [{"content": {"value": "canary"}}],
                "job": {"positionOpening": {"positionTitle": "canary", "documentId": {"value": "canary"}}},
            },
        })
    }

    /// A learner record wrapper with canaries.
    fn wrapper() -> Value {
        json!({
            "type": ["VerifiableCredential", "LearnerRecordWrapper"], "id": "did:web:canary.example:record", "name": "Canary Learner",
            "description": "canary", "issuerId": "did:example:canary",
            "learnerRecord": [
                {"POCid": "did:web:canary.example:poc", "payload": {"type": "canary", "data": {
                    "type": "Assertion", "id": "https://issuer.example/canary", "recipient": "canary@people.example",
                    "badge": {"name": "https://issuer.example/canary", "alignment": leaking(&["did:web:canary.example:poc", "did:web:canary.example:record"])},
                }}},
                {"payload": {"format": "application/pdf", "data": "canary"}},
                {"payload": {"data": {"canary": "canary"}}},
            ],
        })
    }

    /// A European Digital Credential with canaries.
    fn elm() -> Value {
        let concept = |id: &str| json!({"id": id, "prefLabel": {"en": "Canary Learner"}, "notation": "canary", "inScheme": {"id": "canary-4711"}});
        json!({
            "id": "urn:credential:canary", "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
            "identifier": {"id": "urn:epass:identifier:canary", "notation": "canary-certificate"},
            "issuer": {"id": "urn:epass:org:canary", "legalName": {"en": "canary"}},
            "displayParameter": {"title": {"en": "canary"}, "individualDisplay": [{"displayDetail": [{"image": {"content": "canary"}}]}]},
            "credentialSubject": {
                "id": "urn:epass:person:canary", "type": "Person", "givenName": {"en": "Canary"}, "familyName": {"en": ["Learner"]},
                "fullName": {"en": "Canary Learner"}, "dateOfBirth": "1999-canary", "nationalID": {"notation": "canary-4711"},
                "contactPoint": [{"emailAddress": {"id": "mailto:canary@people.example"}, "phone": [{"phoneNumber": "canary"}]}],
                "hasClaim": {
                    "id": "urn:epass:learningAchievement:canary", "title": {"en": "canary"}, "awardedBy": {"awardingDate": "canary"},
                    "provenBy": {"grade": {"noteLiteral": {"en": "canary"}}, "specifiedBy": {"id": "urn:epass:person:canary"}},
                    "specifiedBy": {
                        "id": "urn:credential:canary", "title": {"en": "canary"}, "eqfLevel": concept("urn:epass:identifier:canary"),
                        "learningOutcome": [{
                            "id": "canary-certificate", "title": {"en": "canary"}, "relatedESCOSkill": concept("urn:epass:person:canary"),
                            "relatedSkill": [concept("canary-4711"), "Canary Learner", "1999-canary"],
                        }],
                    },
                },
            },
        })
    }

    /// A credential of no known type, with terms of CTDL and schema.org, with canaries.
    fn unknown() -> Value {
        let ctid = "ce-00000000-1111-2222-3333-444444444444";
        json!({
            "@context": [{"canary": "mailto:"}], "type": ["VerifiableCredential", "CanaryCredential"], "id": format!("https://issuer.example/canary/{ctid}"),
            "issuer": {"type": ["Person"], "id": "https://people.example/canary"}, "evidence": [{"id": format!("urn:canary:{ctid}")}],
            "credentialSubject": {
                "id": "did:web:people.example:canary", "givenName": "Canary", "familyName": "Learner", "image": format!("urn:canary:{ctid}"),
                "achievement": {"id": "canary:ada", "ceterms:name": "Canary Learner", "ceterms:requires": ["did:web:people.example:canary", "Canary Learner"]},
                "hasAchieved": {"id": "did:web:people.example:canary", "ceterms:name": {"en": "Canary Learner"}, "owl:sameAs": format!("canary:{ctid}")},
                "hasCredential": {"name": "Canary Learner", "competencyRequired": ["did:web:people.example:canary", "canary@people.example"]},
                "Canary": {"canary": [{"targetName": "by Canary Learner"}, format!("Canary: {ctid}"), {"alignment": leaking(&["Canary Learner"])}]},
                "photo": {"targetName": "canary"}, "learner": {"targetName": "canary"}, "endorsement": [{"targetName": "canary"}],
            },
        })
    }

    #[test]
    fn nothing_about_the_learner_comes_out_of_any_format() {
        for document in [clr_2(), clr_1(), ler_rs(), wrapper(), elm(), unknown()] {
            check_silent(document.to_string().as_bytes());
            let list = json!([document, {"type": "Achievement", "id": "urn:free"}]);
            check_silent(list.to_string().as_bytes());
            let held = json!({"type": "VerifiablePresentation", "verifiableCredential": [{"type": "OpenBadgeCredential"}, document]});
            check_silent(held.to_string().as_bytes());
        }
    }

    #[test]
    fn nothing_about_the_learner_comes_out() {
        check_silent(open_badge_3().to_string().as_bytes());
        check_silent(open_badge_2().to_string().as_bytes());
        check_silent(br#"{"recipient": "canary@people.example", "badge": {"name": "canary@people.example", "criteria": "/c"}}"#);
    }

    #[test]
    fn what_is_withheld_is_counted_and_keeps_its_place() {
        let badge = json!({"credentialSubject": {"id": "urn:s", "achievement": {
            "id": "urn:s", "name": "Reads maps", "alignment": {"targetUrl": "mailto:a@b.example", "targetName": "Maps"},
        }}});
        let extraction = extract(badge.to_string().as_bytes()).unwrap();
        assert_eq!(
            serde_json::to_value(&extraction).unwrap(),
            json!({
                "carrier": "json",
                "format": "verifiableCredential",
                "credentials": [{"pointer": "", "format": "verifiableCredential", "mentions": 2}],
                "mentions": [
                    {
                        "site": "achievementId", "class": "definition", "withheld": ["subjectId"],
                        "pointer": "/credentialSubject/achievement/id",
                    },
                    {
                        "site": "alignment", "class": "definition", "withheld": ["personScheme"],
                        "pointer": "/credentialSubject/achievement/alignment", "targetName": "Maps",
                    },
                ],
                "withheld": {"personScheme": 1, "subjectId": 1},
                "unread": {},
                "malformed": 0,
            }),
        );
        let is_withheld: Vec<_> = extraction.mentions.iter().map(Mention::is_withheld).collect();
        assert_eq!(is_withheld, [true, false]);
    }

    #[test]
    fn no_error_quotes_the_document() {
        for document in [
            r#"{"name": "canary" "x"}"#,
            r#"{"name": "canary\q"}"#,
            r#"{"canary": canary}"#,
            r#"{"canary": "canary"}"#,
            r#"["canary"]"#,
            r#""canary""#,
            "canary",
            "https://canary.example/assertions/1",
            "eyJjYW5hcnkiOjF9.canary.canary",
            "<svg>canary</svg>",
            "<canary/>",
            "{\"canary\": \"\u{7}\"}",
            r#"{"$serde_json::private::Number": "canary"}"#,
            r#"{"type": "Profile", "name": "canary"}"#,
            r#"{"type": "EnvelopedVerifiableCredential", "id": "data:text/plain,canary"}"#,
        ] {
            assert!(extract(document.as_bytes()).is_err(), "{document}");
            check_silent(document.as_bytes());
        }
        let long = json!({"achievement": {"name": "canary".repeat(1000), "id": "urn:a"}});
        assert_eq!(
            extract(long.to_string().as_bytes()),
            Err(ContainerError::TooLarge { limit: Limit::Text })
        );
        check_silent(long.to_string().as_bytes());
    }

    #[test]
    fn another_badge_of_the_same_document_keeps_the_secret_too() {
        let badge = |subject: &str, id: &str| json!({"credentialSubject": {"id": subject, "achievement": {"id": id}}});
        let list = json!([
            badge("urn:one", "urn:two"),
            badge("urn:two", "urn:one"),
            badge("urn:three", "urn:free")
        ]);
        let extraction = extract(list.to_string().as_bytes()).unwrap();
        let urls: Vec<_> =
            extraction.mentions.into_iter().filter_map(|mention| mention.target_url).collect();
        assert_eq!(urls, ["urn:free"]);
    }

    #[test]
    fn an_endorsement_says_nothing_and_makes_no_secret_of_what_it_endorses() {
        let achievement = json!({"id": "https://issuer.example/achievements/1"});
        let endorsement =
            json!({"type": "EndorsementCredential", "credentialSubject": achievement});
        let list = json!([endorsement, {"credentialSubject": {"achievement": achievement}}]);
        let extraction = extract(list.to_string().as_bytes()).unwrap();
        let pointers: Vec<_> =
            extraction.mentions.iter().map(|mention| mention.pointer.as_str()).collect();
        assert_eq!(pointers, ["/1/credentialSubject/achievement/id"]);
        assert_eq!(extraction.withheld, BTreeMap::new());
    }

    /// The members that are read, without the indices of lists.
    const READ: &[&str] = &[
        "/issuer/id",
        "/credentialSubject/achievement/creator/id",
        "/credentialSubject/achievement/type",
        "/credentialSubject/achievement/resultDescription/name",
        "/credentialSubject/achievement/id",
        "/credentialSubject/achievement/name",
        "/credentialSubject/achievement/achievementType",
        "/credentialSubject/achievement/criteria/id",
        "/credentialSubject/achievement/related",
        "/credentialSubject/achievement/tag",
        "/credentialSubject/achievement/otherIdentifier/identifier",
    ];
    const ALIGNMENT: &[&str] = &[
        "targetUrl",
        "targetCode",
        "targetType",
        "targetName",
        "targetDescription",
        "targetFramework",
    ];

    fn is_read(pointer: &str) -> bool {
        let mut parts: Vec<&str> =
            pointer.split('/').filter(|part| part.parse::<usize>().is_err()).collect();
        let is_member = READ.contains(&parts.join("/").as_str());
        let last = parts.pop().unwrap_or_default();
        is_member || (parts.last() == Some(&"alignment") && ALIGNMENT.contains(&last))
    }

    /// The pointers of all strings in a value.
    fn strings(value: &Value, pointer: &str, found: &mut Vec<String>) {
        match value {
            Value::String(_) => found.push(pointer.to_owned()),
            Value::Array(list) => {
                for (index, member) in list.iter().enumerate() {
                    strings(member, &format!("{pointer}/{index}"), found);
                }
            }
            Value::Object(object) => {
                for (key, member) in object {
                    strings(member, &format!("{pointer}/{key}"), found);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn only_members_that_are_named_come_out() {
        let badge = open_badge_3()["verifiableCredential"][0].clone();
        let mut pointers = Vec::new();
        strings(&badge, "", &mut pointers);
        assert!(pointers.len() > 100);
        for pointer in pointers.into_iter().filter(|pointer| !is_read(pointer)) {
            let mut changed = badge.clone();
            *changed.pointer_mut(&pointer).unwrap() = json!("quokka");
            let said = everything_said(changed.to_string().as_bytes());
            assert!(!said.contains("quokka"), "{pointer}");
        }
    }

    /// JSON made of the words that badges are made of.
    fn badge_like() -> impl Strategy<Value = Value> {
        const KEYS: &[&str] = &[
            "@context",
            "@id",
            "@language",
            "@value",
            "achievement",
            "achievementType",
            "achievements",
            "alignment",
            "alignments",
            "assertion",
            "assertions",
            "badge",
            "badge_template",
            "ceterms:requires",
            "certifications",
            "competencyIds",
            "competencyRequired",
            "credential",
            "credentialSubject",
            "criteria",
            "eqfLevel",
            "evidence",
            "hasAchieved",
            "hasClaim",
            "hasPart",
            "holder",
            "id",
            "identifier",
            "identifierType",
            "inLanguage",
            "issuer",
            "job",
            "learner",
            "learnerRecord",
            "learningOutcome",
            "lerrsType",
            "name",
            "otherIdentifier",
            "payload",
            "person",
            "recipient",
            "related",
            "result",
            "resultDescription",
            "relatedSkill",
            "rubricCriterionLevel",
            "schemeId",
            "signatures",
            "skills",
            "specifiedBy",
            "sub",
            "tag",
            "tags",
            "targetCode",
            "targetName",
            "targetUrl",
            "type",
            "url",
            "value",
            "vc",
            "verifiableCredential",
            "verifications",
            "vp",
        ];
        const WORDS: &[&str] = &[
            "",
            " ",
            "%",
            "%%40",
            "@",
            "a@b.example",
            "Achievement",
            "Alignment",
            "Assertion",
            "BadgeClass",
            "ce-00000000-1111-2222-3333-444444444444",
            "Clr",
            "ClrCredential",
            "did:key:z",
            "did:web:a",
            "en",
            "EnvelopedVerifiableCredential",
            "EuropeanDigitalCredential",
            "ext:schemeAgencyId",
            "https://a.example/%zz?b=c#d",
            "http://[::1",
            "https:\\\\a@b",
            "identifier",
            "LER-RS VC",
            "mailto:a",
            "OpenBadgeCredential",
            "res:a",
            "https://a.example/",
            "//",
            ":",
            "::",
            "VerifiableCredential",
            "\u{ff20}",
            "É/ß?ı#İ",
        ];
        let text =
            prop_oneof![prop::sample::select(WORDS).prop_map(str::to_owned), any::<String>()];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            text.prop_map(Value::from),
        ];
        leaf.prop_recursive(8, 64, 6, |inner| {
            let member = (prop::sample::select(KEYS).prop_map(str::to_owned), inner.clone());
            let object = prop::collection::vec(member, 0..6)
                .prop_map(|members| Value::from(Map::from_iter(members)));
            prop_oneof![object, prop::collection::vec(inner, 0..4).prop_map(Value::from)]
        })
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(document in any::<Vec<u8>>()) {
            drop(extract(&document));
        }

        #[test]
        fn arbitrary_badges_never_panic_and_no_mail_address_comes_out(value in badge_like()) {
            let subject = json!({"credentialSubject": {"achievement": value}});
            for document in [&value, &subject] {
                if let Ok(extraction) = extract(document.to_string().as_bytes()) {
                    let mut identifiers = extraction.mentions.iter().flat_map(|mention| [&mention.target_url, &mention.target_code]).flatten();
                    assert!(identifiers.all(|identifier| !identifier.contains('@')));
                    let counted: usize = extraction.credentials.iter().map(|outline| outline.mentions).sum();
                    assert_eq!(counted, extraction.mentions.len());
                    assert!(extraction.mentions.iter().all(|mention| document.pointer(&mention.pointer).is_some()));
                }
            }
        }
    }
}
