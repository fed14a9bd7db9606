//! What a badge says about its learner, collected so that it can be kept secret.
//!
//! An issuer may use the learner's identifier as the identifier of the achievement, put it into the address of an
//! alignment, or coin an achievement for one award. So the secrets of a badge are read first, and every value on its
//! way out is held against them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::ler::container::{ContainerError, Limit};
use crate::ler::document::Document;
use crate::ler::literal::{is_language_tag, number, types};
use crate::ler::place::each;
use crate::ler::privacy::Withheld;
use crate::ler::privacy::folding::{key, plain};
use crate::ler::recognise::Shape;
use crate::ler::told::{AWARD, CALLED, NAMES, PERSON, PUBLIC, SUBJECT};

/// More secrets than this are in no honest badge, and would make every comparison slow.
const MOST_SECRETS: usize = 1000;
/// A shorter secret is only compared as a whole: it would be found inside many an innocent value.
const SHORTEST_PART: usize = 8;
const LENGTH_OF_UUID: usize = 36;

type Object = Map<String, Value>;

/// The secrets of one record: of a credential, and of those inside it.
#[derive(Clone, Debug, Default)]
pub(super) struct Secrets(BTreeMap<String, Withheld>);

impl Secrets {
    /// Collects what the documents say about their learners and their own awards, by the number of the record: what one
    /// credential of a record says is secret in all of it.
    pub(super) fn of_records(
        documents: &[Document<'_>],
    ) -> Result<BTreeMap<usize, Self>, ContainerError> {
        let mut records: BTreeMap<usize, Self> = BTreeMap::new();
        for document in documents {
            let secrets = records.entry(document.record).or_default();
            secrets.collect_document(document);
            check_number(secrets.0.len())?;
        }
        Ok(records)
    }

    fn collect_document(&mut self, document: &Document<'_>) {
        let object = document.object;
        match document.shape {
            Shape::Subject => self.collect_subject(object),
            // The subject of an endorsement may be an achievement, and so no secret.
            Shape::Assertion | Shape::Endorsement => {
                self.collect(AWARD, object);
                self.collect_issuer(object);
            }
            Shape::Achievement
            | Shape::BadgeClass
            | Shape::Alignment
            | Shape::Definition
            | Shape::Competency => {}
            _ => self.collect_credential(object),
        }
    }

    /// Collects from a credential, or from a record that may be the subject of one.
    fn collect_credential(&mut self, credential: &Object) {
        self.collect(AWARD, credential);
        let subjects = credential.get("credentialSubject").unwrap_or(&Value::Null);
        for subject in objects(subjects) {
            self.collect_subject(subject);
            let inner = subject.get("lerrsType").map(objects).unwrap_or_default();
            for subject in inner {
                self.collect_subject(subject);
            }
            self.collect_assertions(subject);
        }
        self.collect_people(credential);
        self.collect_assertions(credential);
        self.collect_issuer(credential);
    }

    /// Collects from the assertions of a CLR 1.0.
    fn collect_assertions(&mut self, record: &Object) {
        for assertion in record.get("assertions").map(objects).unwrap_or_default() {
            self.collect(AWARD, assertion);
        }
    }

    /// Collects what the containers say about the holder.
    pub(super) fn of_holders(holders: &[&Value]) -> Result<Self, ContainerError> {
        let mut secrets = Self::default();
        for holder in holders {
            secrets.keep_names(holder, Withheld::SubjectId);
        }
        check_number(secrets.0.len())?;
        Ok(secrets)
    }

    /// The secrets that no value may equal.
    pub(super) fn whole(&self) -> &BTreeMap<String, Withheld> {
        &self.0
    }

    /// The secrets that no value may contain.
    pub(super) fn parts(&self) -> BTreeMap<String, Withheld> {
        let parts = self.0.iter().filter(|(secret, reason)| tells_as_a_part(secret, **reason));
        parts.map(|(secret, reason)| (secret.clone(), *reason)).collect()
    }

    fn collect_subject(&mut self, subject: &Object) {
        self.collect(SUBJECT, subject);
        let name = |key| subject.get(key).and_then(Value::as_str);
        if let Some((given, family)) = name("givenName").zip(name("familyName")) {
            self.keep(&format!("{given} {family}"), Withheld::LearnerDetail);
        }
        self.collect_people(subject);
        for achievement in subject.get("achievement").map(objects).unwrap_or_default() {
            for creator in achievement.get("creator").map(objects).unwrap_or_default() {
                if types(creator).contains(&"Person") {
                    self.collect(PERSON, creator);
                }
            }
        }
    }

    /// Collects the people that a record describes in members of their own.
    fn collect_people(&mut self, record: &Object) {
        for key in ["learner", "person"] {
            for person in record.get(key).map(objects).unwrap_or_default() {
                self.collect_subject(person);
            }
        }
    }

    /// Collects the issuer who is a person, or the learner.
    fn collect_issuer(&mut self, credential: &Object) {
        for issuer in credential.get("issuer").map(objects).unwrap_or_default() {
            let id = issuer.get("id").or_else(|| issuer.get("@id")).and_then(Value::as_str);
            let is_learner = id.is_some_and(|id| self.0.contains_key(key(&plain(id))));
            if is_learner || types(issuer).contains(&"Person") {
                self.collect(PERSON, issuer);
            }
        }
    }

    fn collect(&mut self, table: &[(&str, Withheld)], object: &Object) {
        for (key, reason) in table {
            if let Some(value) = object.get(*key) {
                self.keep_names(value, *reason);
            }
        }
    }

    fn keep_names(&mut self, value: &Value, reason: Withheld) {
        for member in each(value) {
            match member {
                Value::String(text) => self.keep(text, reason),
                Value::Number(value) => {
                    if let Some(text) = number(value) {
                        self.keep(&text, reason);
                    }
                }
                Value::Object(object) => self.keep_members(object, reason),
                _ => {}
            }
        }
    }

    /// Keeps the names among the members of an identity, which are texts by language here and there.
    fn keep_members(&mut self, identity: &Object, reason: Withheld) {
        let members = identity.iter().filter(|(name, _)| !PUBLIC.contains(&name.as_str()));
        for (name, value) in members {
            // What evidence, or an award, is called says nothing about the learner.
            let is_award = matches!(reason, Withheld::CredentialId | Withheld::EvidenceId);
            let is_called = CALLED.contains(&name.as_str()) || is_language_tag(name);
            let is_name = NAMES.contains(&name.as_str()) || (is_called && !is_award);
            if is_name || value.is_object() {
                self.keep_names(value, reason);
            } else {
                for inner in objects(value) {
                    self.keep_members(inner, reason);
                }
            }
        }
    }

    fn keep(&mut self, text: &str, reason: Withheld) {
        let plain = plain(text);
        let secret = key(&plain);
        if !secret.is_empty() {
            self.0.entry(secret.to_owned()).or_insert(reason);
        }
    }
}

fn check_number(n_secrets: usize) -> Result<(), ContainerError> {
    if n_secrets > MOST_SECRETS {
        return Err(ContainerError::TooLarge { limit: Limit::LearnerValues });
    }
    Ok(())
}

/// Whether a value that contains a secret gives it away; short and common ones stand in innocent values too.
fn tells_as_a_part(secret: &str, reason: Withheld) -> bool {
    let is_bare_host = secret.contains('.') && !secret.contains(['/', ':', ' ']);
    let is_telling = match reason {
        Withheld::EvidenceId => false,
        // A `uid` may be a mere slug of the badge.
        Withheld::CredentialId => secret.contains(['/', ':']) || secret.len() >= LENGTH_OF_UUID,
        // A given name is an everyday word in some language.
        Withheld::LearnerDetail => secret.contains([' ', '-']),
        _ => true,
    };
    is_telling && !is_bare_host && secret.len() >= SHORTEST_PART
}

fn objects(value: &Value) -> Vec<&Object> {
    each(value).filter_map(Value::as_object).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ler::document::Documents;

    #[track_caller]
    fn check(badge: &Value, expected: &[(&str, Withheld)]) {
        let documents = Documents::of(badge);
        let secrets = &Secrets::of_records(&documents.badges).unwrap()[&0];
        let found: Vec<_> =
            secrets.whole().iter().map(|(secret, reason)| (secret.as_str(), *reason)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_credential_has_secrets_about_its_subject_and_itself() {
        check(
            &json!({
                "type": "OpenBadgeCredential",
                "id": "https://issuer.example/credentials/77",
                "name": "not a secret",
                "issuer": {"id": "https://issuer.example", "type": "Profile"},
                "evidence": [{"id": "https://work.example/1"}, "https://work.example/2"],
                "credentialStatus": {"id": "https://issuer.example/status#5"},
                "credentialSubject": [{
                    "id": "did:web:people.example:ada",
                    "identifier": {"identityHash": "ada@people.example", "identityType": "emailAddress"},
                    "name": "Ada", "givenName": "Ada", "familyName": "Example", "licenseNumber": 4711,
                    "achievement": {"id": "https://issuer.example/achievements/1", "name": "not a secret"},
                }],
            }),
            &[
                ("4711", Withheld::LearnerDetail),
                ("ada", Withheld::LearnerDetail),
                ("ada example", Withheld::LearnerDetail),
                ("ada@people.example", Withheld::SubjectId),
                ("did:web:people.example:ada", Withheld::SubjectId),
                ("example", Withheld::LearnerDetail),
                ("issuer.example/credentials/77", Withheld::CredentialId),
                ("issuer.example/status#5", Withheld::CredentialId),
                ("work.example/1", Withheld::EvidenceId),
                ("work.example/2", Withheld::EvidenceId),
            ],
        );
    }

    #[test]
    fn an_assertion_has_secrets_about_its_recipient_and_itself() {
        check(
            &json!({
                "type": "Assertion",
                "id": "https://issuer.example/assertions/77",
                "recipient": {"type": "email", "hashed": true, "salt": "s", "identity": "sha256$00ff"},
                "verify": {"type": "hosted", "url": "https://issuer.example/hosted/77"},
                "badge": {"id": "https://issuer.example/badges/1"},
            }),
            &[
                ("issuer.example/assertions/77", Withheld::CredentialId),
                ("issuer.example/hosted/77", Withheld::CredentialId),
                ("sha256$00ff", Withheld::SubjectId),
            ],
        );
        check(
            &json!({"recipient": "ada@people.example", "badge": {}}),
            &[("ada@people.example", Withheld::SubjectId)],
        );
    }

    #[test]
    fn an_issuer_is_a_secret_where_it_is_the_learner_or_a_person() {
        let badge = |issuer: Value| json!({"credentialSubject": {"id": "urn:s", "achievement": {}}, "issuer": issuer});
        let subject = ("urn:s", Withheld::SubjectId);
        check(&badge(json!("https://ada.example/")), &[subject]);
        check(
            &badge(json!({"id": "https://org.example", "url": "https://org.example/about"})),
            &[subject],
        );
        let own_page = ("ada.example/me", Withheld::SelfIssuer);
        check(
            &badge(json!({"id": "urn:s", "url": "https://ada.example/me"})),
            &[own_page, subject],
        );
        check(
            &badge(json!({"type": ["Profile", "Person"], "id": "https://ada.example/me"})),
            &[own_page, subject],
        );
    }

    #[test]
    fn only_a_long_secret_is_looked_for_inside_a_value() {
        let badge = json!({"credentialSubject": {
            "id": "urn:s", "url": "https://people.example", "identifier": ["12345678"], "name": "Teamwork",
            "givenName": "Ada", "familyName": "Example", "achievement": {},
        }});
        let documents = Documents::of(&badge);
        let parts = Secrets::of_records(&documents.badges).unwrap()[&0].parts();
        let found: Vec<_> = parts.keys().map(String::as_str).collect();
        assert_eq!(found, ["12345678", "ada example"]);
    }

    #[test]
    fn the_holder_of_a_presentation_has_secrets_too() {
        let holders = [json!("did:web:people.example:ada"), json!({"id": "urn:h"})];
        let secrets = Secrets::of_holders(&holders.iter().collect::<Vec<_>>()).unwrap();
        let found: Vec<_> = secrets.whole().keys().map(String::as_str).collect();
        assert_eq!(found, ["did:web:people.example:ada", "urn:h"]);
    }

    #[test]
    fn a_badge_with_too_many_secrets_is_refused() {
        let identifiers: Vec<String> =
            (0..=MOST_SECRETS).map(|number| format!("urn:{number}")).collect();
        let badge = json!({"credentialSubject": {"identifier": identifiers, "achievement": {}}});
        let documents = Documents::of(&badge);
        let refused = Secrets::of_records(&documents.badges).unwrap_err();
        assert_eq!(refused, ContainerError::TooLarge { limit: Limit::LearnerValues });
    }
}
