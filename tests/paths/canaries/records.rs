//! Learning and employment records in which everything about the learner is a canary.

use serde_json::{Value, json};

use crate::paths::canaries::badges::{joined, open_badge_2, open_badge_3};
use crate::paths::canaries::learner::Learner;
use crate::paths::canaries::word::DAY;
use crate::support::carried::token::jws;

/// A Comprehensive Learner Record 2.0 of a badge, a token, and what was only planned.
pub(super) fn clr_2() -> Value {
    let learner = Learner::new();
    let c = &learner.canaries;
    let claims = json!({ "iss": "https://issuer.example", "sub": c.word(), "jti": c.url(), "vc": open_badge_3() });
    joined(&[
        learner.award(),
        json!({
            "@context": learner.context(),
            "type": ["VerifiableCredential", "ClrCredential"],
            "issuer": { "id": "https://school.example", "type": ["Profile"], "name": "A School" },
            "partial": false,
            "credentialSubject": joined(&[learner.person(), json!({
                "type": ["ClrSubject"],
                "identifier": learner.identities(),
                "verifiableCredential": [open_badge_3(), jws(&claims), jws(&open_badge_3())],
                "achievement": [{
                    "id": learner.award, "type": ["Achievement"], "name": format!("Of {}", learner.name),
                    "criteria": { "narrative": c.prose() }, "description": c.prose(), "alignment": learner.slips(),
                }],
                "association": [{ "type": ["Association"], "associationType": "isRelatedTo", "sourceId": learner.award, "targetId": c.url() }],
            })]),
        }),
    ])
}

/// A CLR 1.0, alone.
pub(super) fn clr_1() -> Value {
    let learner = Learner::new();
    let c = &learner.canaries;
    let achievement = json!({
        "id": learner.evidence, "type": "Achievement", "name": format!("Of {}", learner.name), "description": format!("Awarded to {}", learner.name),
        "humanCode": learner.licence, "tags": [learner.name],
        "alignments": learner.slips(),
        "identifiers": [{ "type": "IdentifierEntry", "identifier": learner.licence, "identifierType": "identifier" },
                        { "type": "IdentifierEntry", "identifier": c.word(), "identifierType": "userName" }],
        "resultDescriptions": [{
            "id": learner.award, "alignments": [{ "targetName": learner.name, "targetUrl": learner.id, "frameworkName": learner.mail }],
            "rubricCriterionLevels": [{ "id": learner.status, "alignments": [{ "targetName": "Ties", "targetUrl": learner.evidence }] }],
        }],
        "endorsements": [{ "id": c.url(), "claim": { "endorsementComment": c.prose() } }],
    });
    json!({
        "@context": "https://purl.imsglobal.org/spec/clr/v1p0/context/clr_v1p0.jsonld",
        "id": learner.award,
        "type": "Clr",
        "name": format!("Record of {}", learner.name),
        "issuedOn": DAY,
        "learner": learner.person(),
        "publisher": { "id": "https://school.example", "name": "A School", "email": c.mail() },
        "verification": { "id": c.url(), "type": "Signed" },
        "assertions": [{
            "id": learner.status, "type": "Assertion", "achievement": achievement,
            "recipient": { "id": learner.id, "type": "id", "identity": learner.id, "salt": c.word(), "sourcedId": learner.number },
            "results": [{ "id": c.url(), "value": c.word(), "achievedLevel": c.url(), "alignments": [{ "targetName": learner.name, "targetUrl": learner.id }] }],
            "evidence": [{ "id": learner.evidence, "name": c.word(), "description": c.prose(), "artifacts": [{ "url": c.url(), "name": c.word() }] }],
            "narrative": c.prose(), "role": c.word(), "term": c.word(), "licenseNumber": learner.licence, "creditsEarned": c.number(),
            "activityStartDate": DAY, "activityEndDate": DAY, "issuedOn": DAY, "image": c.url(),
            "source": { "id": c.url(), "name": c.word() },
            "endorsements": [{ "id": c.url(), "claim": { "endorsementComment": c.prose() } }],
            "signedEndorsements": [jws(&json!({ "sub": c.word() }))],
        }],
        "achievements": [achievement],
        "signedAssertions": [jws(&open_badge_2())],
    })
}

/// A résumé of HR Open; `path` of it is what stands between the credential and the members.
fn ler_rs_members() -> Value {
    let learner = Learner::new();
    let c = &learner.canaries;
    let verification = json!({ "id": c.url(), "reference": learner.evidence, "scheme": c.url() });
    let own_id = |scheme: &str| json!({ "value": c.word(), "schemeId": scheme, "schemeLink": c.url(), "description": c.prose() });
    let organization = json!({ "name": c.word(), "id": own_id("EIN"), "communication": { "email": [{ "address": c.mail() }] } });
    json!({
        "type": "LER-RS",
        "documentId": { "value": c.uuid(), "schemeId": c.word() },
        "person": {
            "id": own_id("student"), "legalId": own_id("SSN"), "birthDate": DAY, "gender": c.word(), "citizenship": [c.word()],
            "militaryStatus": c.word(), "ethnicity": [c.word()], "nationality": c.word(),
            "name": { "formattedName": learner.name, "given": learner.given, "family": learner.family, "preferred": c.word() },
        },
        "communication": {
            "email": [{ "address": learner.mail }], "phone": [{ "formattedNumber": c.number().to_string() }],
            "address": [{ "line": c.word(), "city": c.word(), "postalCode": c.number().to_string() }],
            "social": [{ "uri": c.url(), "name": c.word() }], "web": [{ "url": c.url() }],
        },
        "narratives": [{ "name": c.word(), "text": c.prose() }],
        "skills": [
            { "name": "Ties knots", "comments": [c.prose()], "yearsOfExperience": c.number(), "endorsers": [{ "person": { "name": c.word() } }],
              "definitionReference": { "reference": "https://framework.example/uri/1", "scheme": "https://framework.example" },
              "verifications": [open_badge_3(), { "Verification": open_badge_3() }, verification] },
            { "name": format!("Knows {}", learner.name), "definitionReference": { "reference": learner.mail, "scheme": c.mail() } },
            { "name": learner.mail, "schemeReference": { "reference": format!("mailto:{}", c.mail()) } },
            learner.name,
        ],
        "educationAndLearnings": [{
            "institution": c.word(), "organization": organization, "comments": [c.prose()], "start": DAY, "end": DAY,
            "educationDegrees": [{ "name": c.word(), "id": own_id("transcript"), "codes": [c.word()], "specializations": [c.word()], "gpa": c.word() }],
            "verifications": [{ "otherW3CVerifiableCredential": open_badge_3() }],
        }],
        "employmentHistories": [{
            "organization": organization, "id": own_id("employment"), "description": c.prose(),
            "positionHistories": [{ "title": c.word(), "description": c.prose(), "start": DAY, "id": own_id("position"),
                "jobCategories": [{ "name": "Riggers", "id": { "value": "49-9096", "schemeId": "SOC" } }],
                "remunerationPackage": { "amount": c.number() } }],
        }],
        "licenses": [{ "name": format!("Licence of {}", learner.name), "id": own_id("state licence"), "issuingAuthority": { "name": c.word() }, "firstIssuedDate": DAY }],
        "certifications": [{ "name": "Rigger", "id": { "value": learner.licence }, "status": c.word(), "verifications": [open_badge_2()] }],
        "attachments": [{ "id": own_id("file"), "url": c.url(), "fileName": c.word(), "content": { "value": c.word(), "embeddedData": jws(&json!({ "sub": c.word() })) } }],
        "employmentPreferences": [{ "comments": [c.prose()], "locations": [c.word()] }],
        "positionPreferences": [{ "title": c.word(), "jobCategories": [{ "name": learner.name, "id": own_id("SOC of mine") }] }],
    })
}

/// An LER-RS in a credential, its members one level deeper where `nested`.
pub(super) fn ler_rs(nested: bool) -> Value {
    let learner = Learner::new();
    let members = ler_rs_members();
    let subject = if nested { json!({ "id": learner.id, "lerrsType": members }) } else { members };
    joined(&[
        learner.award(),
        json!({
            "@context": learner.context(),
            "type": ["VerifiableCredential", "LER-RS VC"],
            "issuer": learner.person(),
            "credentialSubject": subject,
        }),
    ])
}

/// A wrapper of the T3 network with a badge, a badge as text, and a certificate that is printed.
pub(super) fn ler_wrapper() -> Value {
    let learner = Learner::new();
    let c = &learner.canaries;
    let payload = |data: Value| json!({ "POCid": c.word(), "payload": { "type": "Badge", "format": "application/json", "data": data } });
    joined(&[
        learner.award(),
        json!({
            "@context": learner.context(),
            "type": ["VerifiableCredential", "LearnerRecordWrapper"],
            "issuer": "https://school.example",
            "holder": learner.person(),
            "learnerRecord": [
                payload(open_badge_2()), payload(open_badge_3().to_string().into()), payload(jws(&open_badge_3()).into()),
                { "POCid": c.word(), "payload": { "type": "Transcript", "format": "application/pdf", "data": format!("JVBERi0x{}", c.word()) } },
            ],
        }),
    ])
}

/// A European Digital Credential for Learning.
pub(super) fn elm() -> Value {
    let learner = Learner::new();
    let c = &learner.canaries;
    let text = |text: String| json!({ "en": [text] });
    let concept = |id: &str| json!({ "id": id, "type": "Concept", "prefLabel": { "en": ["Ties knots"] }, "inScheme": { "id": "http://data.europa.eu/esco/concept-scheme/skills", "type": "ConceptScheme" } });
    let person = json!({
        "id": learner.id, "type": "Person", "birthName": text(c.word()), "dateOfBirth": DAY, "fullName": text(learner.name.clone()),
        "givenName": text(learner.given.clone()), "familyName": text(learner.family.clone()), "patronymicName": text(c.word()),
        "gender": { "id": c.url(), "prefLabel": text(c.word()) }, "citizenshipCountry": { "id": c.url() },
        "nationalID": { "id": c.url(), "type": "LegalIdentifier", "notation": c.word(), "spatial": { "id": c.url() } },
        "identifier": [{ "id": c.url(), "type": "Identifier", "notation": learner.number, "schemeName": c.word() }],
        "contactPoint": [{ "emailAddress": [{ "id": format!("mailto:{}", learner.mail) }], "phone": [{ "phoneNumber": c.number().to_string() }], "address": [{ "fullAddress": { "noteLiteral": text(c.word()) } }] }],
        "placeOfBirth": { "id": c.url(), "geographicName": text(c.word()) },
        "hasClaim": {
            "id": c.url(), "type": "LearningAchievement", "title": text(format!("Of {}", learner.name)), "description": text(c.prose()),
            "awardedBy": { "awardingDate": DAY, "awardingBody": [{ "id": "https://school.example", "legalName": text("A School".to_owned()) }] },
            "provenBy": [{ "id": c.url(), "type": "LearningAssessment", "grade": { "noteLiteral": text(c.word()) }, "date": DAY, "specifiedBy": { "id": learner.evidence, "title": text(learner.name.clone()) } }],
            "influencedBy": [{ "id": c.url(), "type": "LearningActivity", "description": text(c.prose()), "temporal": [{ "startDate": DAY }] }],
            "identifier": [{ "notation": c.word() }],
            "additionalNote": [{ "noteLiteral": text(c.prose()) }],
            "specifiedBy": {
                "id": format!("urn:epass:qualification:{}", learner.number), "type": "Qualification", "title": text(format!("Made for {}", learner.name)),
                "eqfLevel": concept("http://data.europa.eu/snb/eqf/4"), "nqfLevel": [concept(&learner.evidence)], "thematicArea": [concept(&learner.mail)],
                "learningOutcome": [
                    { "id": learner.award, "title": text(format!("{} ties knots", learner.name)), "relatedESCOSkill": concept("http://data.europa.eu/esco/skill/5b2c7f10-0000-4000-8000-000000000001") },
                    { "title": text("Ties".to_owned()), "relatedSkill": [concept(&learner.id), { "id": "https://framework.example/1", "prefLabel": text(learner.name.clone()) }] },
                ],
                "hasPart": [{ "id": learner.award, "learningOutcome": { "relatedSkill": concept(&learner.evidence) } }],
            },
            "hasPart": [{ "id": c.url(), "title": text(c.word()), "specifiedBy": { "id": learner.evidence, "title": text(learner.name.clone()) } }],
        },
    });
    joined(&[
        learner.award(),
        json!({
            "@context": ["https://www.w3.org/ns/credentials/v2", "http://data.europa.eu/snb/model/context/edc-ap"],
            "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
            "issuer": { "id": "https://school.example", "type": "Organisation", "legalName": text("A School".to_owned()), "contactPoint": [{ "emailAddress": { "id": c.mail() } }] },
            "identifier": { "notation": c.word(), "schemeName": "certificate number" },
            "credentialProfiles": [{ "id": "http://data.europa.eu/snb/credential/e34929035b" }],
            "displayParameter": {
                "title": text(learner.name.clone()), "description": text(c.prose()),
                "individualDisplay": [{ "displayDetail": [{ "image": { "content": c.word() }, "page": c.number() }] }],
            },
            "attachment": [{ "title": text(c.word()), "content": c.word() }],
            "credentialSubject": person,
        }),
    ])
}

/// A record of CTDL in a credential.
pub(super) fn ctdl() -> Value {
    let learner = Learner::new();
    let c = &learner.canaries;
    let achieved = |id: &str, name: &str| {
        json!({
            "id": id, "type": "ceterms:Certification", "ceterms:name": { "en-US": name }, "ceasn:competencyText": { "en-US": name },
            "ceterms:earnings": c.number(), "ceterms:dateEffective": DAY, "owl:sameAs": [learner.award, learner.evidence],
            "ceterms:identifier": [{ "ceterms:identifierValueCode": learner.licence }],
            "ceterms:requires": [learner.id, { "@id": learner.status, "ceterms:name": { "en-US": learner.name } }],
            "ceterms:email": c.mail(),
        })
    };
    joined(&[
        learner.award(),
        json!({
            "@context": learner.context(),
            "type": ["VerifiableCredential"],
            "issuer": "res:ce-00000001-c7d1-4000-8000-000000000002",
            "credentialSubject": joined(&[learner.person(), json!({
                "hasAchieved": [achieved("https://credentialengineregistry.org/resources/ce-00000001-c7d1-4000-8000-000000000001", "Glass"), achieved(&learner.id, &learner.name), achieved("me:1", &learner.mail)],
                "achievement": [achieved(&learner.evidence, &format!("By {}", learner.name))],
            })]),
        }),
    ])
}

/// A credential in the words of schema.org.
pub(super) fn schema() -> Value {
    let learner = Learner::new();
    let c = &learner.canaries;
    joined(&[
        learner.award(),
        json!({
            "@context": learner.context(),
            "type": ["VerifiableCredential", "EducationalOccupationalCredential"],
            "issuer": { "id": "https://school.example", "name": "A School" },
            "credentialSubject": joined(&[learner.person(), json!({
                "type": "Person",
                "alumniOf": { "id": c.url(), "name": c.word() }, "jobTitle": c.word(), "knows": [{ "name": c.word() }],
                "hasCredential": [{
                    "id": learner.award, "type": "EducationalOccupationalCredential", "name": format!("Of {}", learner.name), "description": format!("Awarded to {}", learner.name),
                    "competencyRequired": [learner.name, learner.id, "https://framework.example/uri/1", { "id": learner.evidence, "name": learner.mail }],
                    "recognizedBy": { "id": c.url(), "name": c.word() }, "dateCreated": DAY, "awardedOnCompletionOf": { "id": learner.status, "name": learner.name },
                }],
            })]),
        }),
    ])
}

/// A credential of a type that nobody knows, with alignments at places that are named after the learner.
pub(super) fn unknown() -> Value {
    let learner = Learner::new();
    let c = &learner.canaries;
    joined(&[
        learner.award(),
        json!({
            "@context": learner.context(),
            "type": ["VerifiableCredential", c.word()],
            "issuer": learner.id,
            "credentialSubject": joined(&[learner.person(), json!({
                learner.mail.clone(): { "alignment": learner.slips() },
                learner.name.clone(): [{ learner.number.clone(): { "alignments": [{ "targetName": "Ties", "targetUrl": "https://framework.example/uri/1" }] } }],
                c.word(): "ce-00000001-c7d1-4000-8000-000000000001",
                c.word(): { "id": format!("https://credentialengineregistry.org/resources/ce-{}", c.uuid().replace("c0ffee5e-ed1e-4af0-8bad", "00000001-c7d1-4000-8000")), c.word(): c.word() },
            })]),
        }),
    ])
}
