//! A learner of whom every word is a canary, and what an award says of itself.

use serde_json::{Value, json};

use crate::paths::canaries::word::{Canaries, DAY};
use crate::support::carried::token::jws;

/// Who earned a badge, and the award.
pub(super) struct Learner {
    pub canaries: Canaries,
    pub given: String,
    pub family: String,
    pub name: String,
    pub mail: String,
    pub id: String,
    pub number: String,
    pub licence: String,
    /// The identifier of the award.
    pub award: String,
    pub evidence: String,
    pub status: String,
}

impl Learner {
    pub(super) fn new() -> Self {
        let canaries = Canaries::default();
        let (given, family) = (canaries.word(), canaries.word());
        Self {
            name: format!("{given} {family}"),
            mail: canaries.mail(),
            id: format!("did:web:people.example:{}", canaries.word()),
            number: canaries.word(),
            licence: format!("{}-{}", canaries.word(), canaries.word()),
            award: format!("urn:uuid:{}", canaries.uuid()),
            evidence: canaries.url(),
            status: canaries.url(),
            given,
            family,
            canaries,
        }
    }

    /// One of whom a badge of version 2 tells no more than an address and the award.
    pub(super) fn known_by_award() -> Self {
        let learner = Self::new();
        let uuid = learner.award.replace("urn:uuid:", "");
        Self {
            id: learner.status.clone(),
            number: uuid.clone(),
            licence: uuid.clone(),
            given: uuid,
            ..learner
        }
    }

    /// The learner as a person of any standard: the members that they have for one.
    pub(super) fn person(&self) -> Value {
        let c = &self.canaries;
        json!({
            "id": self.id,
            "type": ["Profile"],
            "name": self.name,
            "givenName": self.given,
            "familyName": self.family,
            "additionalName": c.word(),
            "patronymicName": c.word(),
            "honorificPrefix": c.word(),
            "email": self.mail,
            "phone": c.number().to_string(),
            "telephone": c.number().to_string(),
            "url": c.url(),
            "dateOfBirth": DAY,
            "birthDate": DAY,
            "studentId": self.number,
            "sourcedId": c.word(),
            "address": { "streetAddress": c.word(), "addressLocality": c.word(), "geo": { "latitude": c.number() } },
            "image": { "id": c.url(), "type": "Image", "caption": c.prose() },
            "parentOrg": { "id": c.url(), "name": c.word() },
            "otherIdentifier": [{ "type": "IdentifierEntry", "identifier": c.word(), "identifierType": "nationalIdentityNumber" }],
        })
    }

    pub(super) fn identities(&self) -> Value {
        let c = &self.canaries;
        json!([
            { "type": "IdentityObject", "hashed": true, "identityHash": format!("sha256${}", c.word()), "identityType": "emailAddress", "salt": c.word() },
            { "type": "IdentityObject", "hashed": false, "identityHash": self.mail, "identityType": "emailAddress" },
        ])
    }

    /// What every verifiable credential says of its award.
    pub(super) fn award(&self) -> Value {
        let c = &self.canaries;
        let endorsement = json!({
            "id": c.url(),
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "name": c.prose(),
            "issuer": { "id": c.url(), "name": c.word(), "email": c.mail() },
            "credentialSubject": { "id": self.id, "type": ["EndorsementSubject"], "endorsementComment": c.prose() },
        });
        json!({
            "id": self.award,
            "name": format!("Awarded to {}", self.name),
            "description": c.prose(),
            "image": { "id": c.url(), "type": "Image", "caption": c.prose() },
            "validFrom": DAY, "validUntil": DAY, "issuanceDate": DAY, "expirationDate": DAY, "awardedDate": DAY, "issued": DAY,
            "evidence": [{
                "id": self.evidence, "type": ["Evidence"], "name": c.word(), "narrative": c.prose(),
                "description": c.prose(), "genre": c.word(), "audience": c.word(),
            }],
            "credentialStatus": { "id": self.status, "type": "BitstringStatusListEntry", "statusListIndex": c.number().to_string(), "statusListCredential": c.url() },
            "refreshService": { "id": c.url(), "type": "1EdTechCredentialRefresh" },
            "termsOfUse": [{ "id": c.url(), "type": "TermsOfUse", "prohibition": c.prose() }],
            "proof": [{
                "type": "DataIntegrityProof", "created": DAY, "challenge": c.word(), "domain": c.url(), "jws": jws(&json!({ "sub": c.word() })),
                "verificationMethod": format!("did:key:{}", c.word()), "proofValue": c.word(),
            }],
            "endorsement": [endorsement.clone()],
            "endorsementJwt": [jws(&endorsement)],
            "relatedResource": [{ "id": c.url(), "digestSRI": c.word() }],
            "confidenceMethod": { "id": c.url() },
            c.word(): c.word(),
        })
    }

    /// Alignments into which something of the learner has slipped: what slipped has to be withheld.
    pub(super) fn slips(&self) -> Vec<Value> {
        let c = &self.canaries;
        let name = &self.name;
        let encoded =
            self.mail.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
        let wide = self.mail.replace('@', "\u{FF20}");
        let token = jws(&json!({ "sub": c.word(), "vc": { "id": c.word() } }));
        let at = |url: String| json!({ "type": ["Alignment"], "targetName": "Ties a knot", "targetUrl": url });
        let mut slips: Vec<Value> = [
            self.id.clone(),
            self.award.clone(),
            self.award.replace("urn:uuid:", ""),
            self.award.to_uppercase(),
            self.evidence.clone(),
            self.status.clone(),
            self.evidence.replace("https:", "http:") + "/",
            format!("mailto:{}", self.mail),
            format!("MAILTO:{encoded}"),
            format!("tel:{}", c.number()),
            format!("did:key:{}", c.word()),
            format!("did:peer:{}", c.word()),
            format!("data:text/plain,{}", c.word()),
            format!("javascript:alert('{}')", c.word()),
            format!("file:///home/{}/badge", c.word()),
            format!("https://{}:secret@framework.example/1", c.word()),
            format!("https://framework.example/1?learner={}", c.word()),
            format!("https://framework.example/of/{}", self.mail),
            format!("https://framework.example/of/{encoded}"),
            format!("https://framework.example/of/{}", encoded.replace('%', "%25")),
            format!("https://framework.example/of/{wide}"),
            format!("https://framework.example/of/{}", self.number),
            format!("https://framework.example/of/{}/1", self.licence.to_uppercase()),
            format!("https://framework.example/of/{}", self.id),
            format!("https://framework.example/awards/{}", self.award.replace("urn:uuid:", "")),
            format!("http://localhost/of/{}", c.word()),
            format!("http://10.0.0.7/of/{}", c.word()),
            format!("me:{}", "1"),
            format!("https://verify.example/#verify?vc={token}"),
            format!("data:application/vc+jwt,{token}"),
            token.clone(),
        ]
        .into_iter()
        .map(at)
        .collect();
        slips.extend([
            json!({ "targetName": format!("Awarded to {name}"), "targetUrl": "https://framework.example/2" }),
            json!({ "targetName": format!("Awarded to {}", name.to_uppercase()), "targetUrl": "https://framework.example/2" }),
            json!({ "targetName": { "en": format!("Awarded to {name}") }, "targetUrl": "https://framework.example/2" }),
            json!({ "targetName": "Ties a knot", "targetDescription": format!("Write to {}", self.mail), "targetUrl": "https://framework.example/3" }),
            json!({ "targetName": "Ties a knot", "targetFramework": format!("The work of {name}"), "targetCode": "1" }),
            json!({ "targetName": "Ties a knot", "targetCode": self.licence }),
            json!({ "targetName": "Ties a knot", "targetCode": self.mail }),
            json!({ "targetName": "Ties a knot", "targetCode": token }),
            json!({ "targetName": token, "targetUrl": "https://framework.example/4" }),
            json!({ "targetName": "Ties a knot", "targetCode": self.award.replace("urn:uuid:", "") }),
            json!({ "targetName": "Ties a knot", "targetUrl": { "id": self.id } }),
            json!({ "targetName": "Ties a knot", "targetUrl": [self.mail] }),
            json!({ "targetName": "Ties a knot", "targetUrl": "https://framework.example/6", c.word(): c.word(), "comment": c.prose() }),
            json!(self.mail),
        ]);
        slips
    }

    /// A prefix whose address is about the learner.
    pub(super) fn context(&self) -> Value {
        json!([
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            { "me": format!("https://people.example/{}/", self.number), self.canaries.word(): self.canaries.url() },
        ])
    }
}
