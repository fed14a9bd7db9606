//! Badges of every version in which everything about the learner is a canary.

use serde_json::{Value, json};

use crate::paths::canaries::learner::Learner;
use crate::paths::canaries::word::DAY;
use crate::support::carried::token::jws;
use crate::support::package::guid;

/// What is aligned without anything about anybody.
fn clean() -> Value {
    let url = format!("https://case.loom.example/ims/case/v1p0/CFItems/{}", guid(1, 1));
    json!({ "type": ["Alignment"], "targetName": "Ties a bowline", "targetUrl": url })
}

/// Joins the members of objects; the later win.
pub(super) fn joined(parts: &[Value]) -> Value {
    let mut all = serde_json::Map::new();
    all.extend(parts.iter().flat_map(|part| part.as_object().unwrap().clone()));
    Value::Object(all)
}

/// An Open Badges 3.0 credential that an organization issued.
pub(super) fn open_badge_3() -> Value {
    let learner = Learner::new();
    let c = &learner.canaries;
    let mut alignments = vec![clean()];
    alignments.extend(learner.slips());
    let subject = joined(&[
        learner.person(),
        json!({
            "type": ["AchievementSubject"],
            "identifier": learner.identities(),
            "narrative": c.prose(), "licenseNumber": learner.licence, "role": c.word(), "term": c.word(),
            "source": { "id": c.url(), "type": ["Profile"], "name": c.word(), "email": c.mail() },
            "activityStartDate": DAY, "activityEndDate": DAY, "creditsEarned": c.number(),
            "result": [{
                "id": c.url(), "type": ["Result"], "value": c.word(), "status": c.word(), "achievedLevel": c.url(),
                "alignment": [clean(), { "targetName": format!("{} did it", learner.name), "targetUrl": learner.id }],
            }],
            c.word(): { "alignment": [clean()] },
            "achievement": {
                "id": format!("https://issuer.example/achievements/{}", learner.number),
                "type": ["Achievement"],
                "name": format!("Badge of {}", learner.name),
                "description": format!("Made for {}", learner.mail),
                "criteria": { "id": learner.evidence, "narrative": c.prose() },
                "creator": { "id": learner.id, "type": ["Profile"], "name": learner.name, "email": learner.mail },
                "humanCode": learner.licence, "fieldOfStudy": learner.name, "specialization": learner.mail,
                "achievementType": format!("ext:{}", learner.name), "version": learner.number, "inLanguage": learner.family,
                "image": { "id": c.url(), "type": "Image", "caption": c.prose() },
                "tag": [learner.name, learner.mail, "knots"],
                "alignment": alignments,
                "related": [{ "id": learner.award, "type": ["Related"] }, { "id": learner.id }],
                "otherIdentifier": [
                    { "type": "IdentifierEntry", "identifier": c.word(), "identifierType": "emailAddress" },
                    { "type": "IdentifierEntry", "identifier": c.word(), "identifierType": "nationalIdentityNumber" },
                    { "type": "IdentifierEntry", "identifier": c.word(), "identifierType": "userName" },
                    { "type": "IdentifierEntry", "identifier": c.word(), "identifierType": "accountId" },
                    { "type": "IdentifierEntry", "identifier": learner.licence, "identifierType": "identifier" },
                    { "type": "IdentifierEntry", "identifier": "SA-1", "identifierType": "ext:schemeAgencyId" },
                ],
                "resultDescription": [{
                    "id": learner.status, "type": ["ResultDescription"], "name": "Grade", "requiredLevel": learner.evidence,
                    "alignment": [{ "targetName": learner.name, "targetUrl": learner.award }],
                    "rubricCriterionLevel": [{ "id": learner.id, "name": "Good", "alignment": [{ "targetUrl": learner.evidence, "targetName": "Ties" }] }],
                }],
                "endorsement": [{ "id": c.url(), "credentialSubject": { "id": learner.id, "endorsementComment": c.prose() } }],
                "endorsementJwt": [jws(&json!({ "sub": c.word(), "vc": { "credentialSubject": { "endorsementComment": c.prose() } } }))],
            },
        }),
    ]);
    joined(&[
        learner.award(),
        json!({
            "@context": learner.context(),
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "issuer": { "id": "https://issuer.example", "type": ["Profile"], "name": "The Loom Guild" },
            "credentialSubject": subject,
        }),
    ])
}

/// An Open Badges 3.0 credential that the learner issued.
pub(super) fn self_issued() -> Value {
    let learner = Learner::new();
    let mut badge = open_badge_3();
    badge["issuer"] =
        joined(&[learner.person(), json!({ "description": learner.canaries.prose() })]);
    badge["credentialSubject"]["id"] = learner.id.clone().into();
    let achievement = &mut badge["credentialSubject"]["achievement"];
    achievement["creator"] = learner.person();
    achievement["id"] = learner.id.clone().into();
    let slip = json!({ "targetName": format!("By {}", learner.name), "targetUrl": format!("https://framework.example/of/{}", learner.id) });
    achievement["alignment"].as_array_mut().unwrap().push(slip);
    badge
}

/// An assertion of Open Badges 2.0, as a badge of Badgr or Canvas would have it too.
pub(super) fn open_badge_2() -> Value {
    let learner = Learner::known_by_award();
    let c = &learner.canaries;
    let identity = format!("sha256${}", c.word());
    let mut alignments = vec![clean()];
    alignments.extend(learner.slips());
    alignments.push(json!({ "targetName": "Ties", "targetUrl": format!("https://framework.example/of/{identity}") }));
    json!({
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": learner.award,
        "uid": learner.status,
        "entityId": c.word(),
        "openBadgeId": c.url(),
        "recipient": {
            "type": "email", "hashed": true, "salt": c.word(), "identity": identity,
            "name": learner.name, "plaintextIdentity": learner.mail,
        },
        "image": { "id": c.url(), "caption": c.prose() },
        "evidence": [{ "id": learner.evidence, "narrative": c.prose(), "name": c.word(), "genre": c.word() }, c.url()],
        "narrative": c.prose(),
        "issuedOn": DAY, "expires": DAY,
        "revocationReason": c.prose(),
        "verification": { "type": "SignedBadge", "url": c.url(), "creator": c.url() },
        "extensions:recipientProfile": { "name": learner.name, "type": ["Extension"] },
        c.word(): c.word(),
        "badge": {
            "type": "BadgeClass",
            "id": learner.evidence,
            "name": format!("Badge of {}", learner.mail),
            "description": c.prose(),
            "criteria": { "id": learner.status, "narrative": c.prose() },
            "criteriaUrl": learner.evidence,
            "tags": [learner.mail, "knots"],
            "issuer": { "id": "https://issuer.example", "type": "Profile", "name": "The Loom Guild", "email": c.mail() },
            "alignment": alignments,
            "alignments": [{ "name": learner.mail, "url": learner.evidence }],
            "related": [{ "id": learner.award }],
            "endorsement": [{ "id": c.url(), "claim": { "id": learner.id, "endorsementComment": c.prose() } }],
        },
    })
}

/// An assertion of Open Badges 1.1.
pub(super) fn open_badge_1() -> Value {
    let learner = Learner::known_by_award();
    let c = &learner.canaries;
    json!({
        "@context": "https://w3id.org/openbadges/v1",
        "type": "Assertion",
        "id": learner.award,
        "uid": c.word(),
        "recipient": { "type": "email", "hashed": false, "identity": learner.mail },
        "verify": { "type": "hosted", "url": learner.status },
        "evidence": learner.evidence,
        "image": c.url(),
        "issuedOn": DAY,
        "badge": {
            "name": format!("For {}", learner.mail), "description": c.prose(), "image": c.url(),
            "criteria": format!("https://issuer.example/criteria?user={}", c.word()),
            "issuer": "https://issuer.example",
            "tags": [format!("of {}", learner.mail)],
            "alignment": [
                { "name": "Ties a bowline", "url": "https://framework.example/uri/1", "description": format!("see {}", learner.mail) },
                { "name": learner.mail, "url": learner.status },
                { "name": "Ties", "url": format!("https://framework.example/of/{}", learner.number) },
            ],
        },
    })
}

/// An assertion of Open Badges 0.5, with the address of its earner in clear.
pub(super) fn open_badge_half() -> Value {
    let learner = Learner::new();
    let c = &learner.canaries;
    json!({
        "recipient": learner.mail,
        "salt": c.word(),
        "evidence": format!("/evidence/{}", c.word()),
        "issued_on": DAY,
        "badge": {
            "version": "0.5.0",
            "name": format!("Badge for {}", learner.mail),
            "image": format!("/image/{}.png", c.word()),
            "description": c.prose(),
            "criteria": format!("/criteria/{}", learner.mail),
            "issuer": { "origin": "https://issuer.example", "name": "The Loom Guild", "contact": c.mail() },
            "alignment": [
                { "name": "Ties a bowline", "url": "https://framework.example/uri/1" },
                { "name": learner.mail, "url": format!("https://framework.example/of/{}", learner.mail) },
            ],
        },
    })
}

/// A badge that fits into an address.
pub(super) fn small() -> Value {
    let learner = Learner::new();
    json!({
        "id": learner.award,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "credentialSubject": {
            "id": learner.id,
            "achievement": { "id": learner.id, "type": ["Achievement"], "name": "Knots", "alignment": [clean()] },
        },
    })
}
