//! What a badge says about its learner, collected so that it can be kept secret.
//!
//! An issuer may use the learner's identifier as the identifier of the achievement, put it into the address of an
//! alignment, or coin an achievement for one award. So the secrets of a badge are read first, and every value on its
//! way out is held against them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::ler::container::{ContainerError, Limit};
use crate::ler::document::Document;
use crate::ler::literal::{is_language_tag, number};
use crate::ler::place::each;
use crate::ler::privacy::Withheld;
use crate::ler::privacy::address::shorter;
use crate::ler::privacy::folding::{Part, folded, key, plain};
use crate::ler::recognise::Shape;
use crate::ler::told::{
    AWARD, CALLED, FAMILY_NAMES, FULL_NAMES, GIVEN_NAMES, MIDDLE_NAMES, NAMES, PERSON, PROFILES,
    PUBLIC, SUBJECT, describes_a_person, letters,
};

/// More secrets than this are in no honest badge, and would make every comparison slow.
const MOST_SECRETS: usize = 1000;
/// A shorter secret is only compared as a whole: it would be found inside many an innocent value.
const SHORTEST_PART: usize = 8;
/// The shortest secret that is compared with the segments of an address, and the shortest with a digit in it.
const SHORTEST_WORD: usize = 5;
const SHORTEST_NUMBER: usize = 3;
const LENGTH_OF_UUID: usize = 36;
/// How many names of one kind are joined with those of another.
const MOST_NAMES: usize = 4;
/// Letters before this one are Latin, once their accents are gone.
const LAST_LATIN: char = '\u{250}';

type Object = Map<String, Value>;

/// The secrets of one record: of a credential, and of those inside it.
#[derive(Clone, Debug, Default)]
pub(super) struct Secrets {
    whole: BTreeMap<String, Withheld>,
    parts: BTreeMap<String, Part>,
}

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
            check_number(secrets.whole.len())?;
        }
        Ok(records)
    }

    fn collect_document(&mut self, document: &Document<'_>) {
        let object = document.object;
        match document.shape {
            Shape::Subject => {
                self.collect_subject(object);
                self.collect_profiles(object);
            }
            // The subject of an endorsement may be an achievement, and so no secret.
            Shape::Assertion | Shape::Endorsement => {
                self.collect(AWARD, object);
                self.collect_profiles(object);
            }
            // An award in the words of schema.org has its recipient beside its definition.
            Shape::Definition if object.contains_key("recipient") => self.collect(AWARD, object),
            Shape::Achievement | Shape::BadgeClass => self.collect_profiles(object),
            Shape::Alignment | Shape::Definition | Shape::Competency => {}
            _ => self.collect_credential(object),
        }
        if matches!(document.shape, Shape::Clr1 | Shape::Clr2 | Shape::Wrapper) {
            self.collect_title(object);
        }
    }

    /// Collects the name of a record, which may be its learner's, unless an achievement in it is called the same.
    fn collect_title(&mut self, record: &Object) {
        let Some(name) = record.get("name").and_then(Value::as_str) else { return };
        let title = folded(name);
        if !record.values().any(|value| calls_an_achievement(value, &title, false)) {
            self.keep(name, Withheld::LearnerDetail);
        }
    }

    /// Collects from a credential, or from a record that may be the subject of one.
    fn collect_credential(&mut self, credential: &Object) {
        self.collect(AWARD, credential);
        let subjects = credential.get("credentialSubject").unwrap_or(&Value::Null);
        for subject in objects(subjects) {
            self.collect_subject(subject);
            self.collect_resume(subject);
            self.collect_assertions(subject);
        }
        self.collect_resume(credential);
        self.collect_people(credential);
        self.collect_assertions(credential);
        self.collect_profiles(credential);
    }

    /// Collects from the wrapper that some put around an LER-RS.
    fn collect_resume(&mut self, record: &Object) {
        for subject in record.get("lerrsType").map(objects).unwrap_or_default() {
            self.collect_subject(subject);
        }
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
        check_number(secrets.whole.len())?;
        Ok(secrets)
    }

    /// The secrets that no value may equal.
    pub(super) fn whole(&self) -> &BTreeMap<String, Withheld> {
        &self.whole
    }

    /// The secrets that no value may contain.
    pub(super) fn parts(&self) -> BTreeMap<String, Part> {
        self.parts.clone()
    }

    fn collect_subject(&mut self, subject: &Object) {
        self.collect(SUBJECT, subject);
        self.keep_full_names(subject, Withheld::LearnerDetail);
        self.collect_people(subject);
    }

    /// Collects the people that a record describes in members of their own.
    fn collect_people(&mut self, record: &Object) {
        for key in ["learner", "person"] {
            for person in record.get(key).map(objects).unwrap_or_default() {
                self.collect_subject(person);
            }
        }
    }

    /// Collects the issuers, creators and publishers who are people, or the learner.
    fn collect_profiles(&mut self, record: &Object) {
        for profile in PROFILES.iter().filter_map(|key| record.get(*key)).flat_map(objects) {
            let id = profile.get("id").or_else(|| profile.get("@id")).and_then(Value::as_str);
            let is_learner = id.is_some_and(|id| self.whole.contains_key(&folded(id)));
            if is_learner || describes_a_person(profile) {
                self.collect(PERSON, profile);
                self.keep_full_names(profile, Withheld::SelfIssuer);
            }
        }
        for key in ["badge", "achievement", "achievements", "assertions", "credentialSubject"] {
            for inner in record.get(key).map(objects).unwrap_or_default() {
                self.collect_profiles(inner);
            }
        }
    }

    fn collect(&mut self, table: &[(&str, Withheld)], object: &Object) {
        let members: Vec<_> = object.iter().map(|(key, value)| (letters(key), value)).collect();
        for (name, reason) in table {
            for (_, value) in members.iter().filter(|(key, _)| key == name) {
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
        // What evidence, or an award, is called says nothing about the learner.
        let is_award = matches!(reason, Withheld::CredentialId | Withheld::EvidenceId);
        if !is_award {
            self.keep_full_names(identity, reason);
        }
        for (key, value) in identity {
            let name = letters(key);
            if PUBLIC.contains(&name.as_str()) {
                continue;
            }
            let is_called = CALLED.contains(&name.as_str()) || is_language_tag(key);
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

    /// Keeps the whole names of somebody: those that stand as one, and those that stand in parts.
    fn keep_full_names(&mut self, person: &Object, reason: Withheld) {
        for name in named(person, FULL_NAMES) {
            self.note_full_name(name, reason);
        }
        let middles = named(person, MIDDLE_NAMES);
        for given in named(person, GIVEN_NAMES) {
            for family in named(person, FAMILY_NAMES) {
                let whole = format!("{given} {family}");
                self.keep(&whole, reason);
                self.note_full_name(&whole, reason);
                self.note(&format!("{family}{given}"), reason, false);
                for middle in &middles {
                    self.note_full_name(&format!("{given} {middle} {family}"), reason);
                }
            }
        }
    }

    /// Notes a name that is looked for inside values, with the family before or behind.
    fn note_full_name(&mut self, name: &str, reason: Withheld) {
        let folded = folded(name);
        let is_latin = |letter: char| letter < LAST_LATIN;
        let is_long = folded.chars().count() >= 2 && !folded.contains(is_latin);
        if let Some((first, rest)) = folded.split_once(' ') {
            self.note(&folded, reason, false);
            self.note(&format!("{rest} {first}"), reason, false);
            if let Some((rest, last)) = folded.rsplit_once(' ') {
                self.note(&format!("{last} {rest}"), reason, false);
            }
        } else if is_long {
            self.note(&folded, reason, false);
        }
    }

    fn keep(&mut self, text: &str, reason: Withheld) {
        let plain = plain(text);
        let secret = key(&plain);
        if secret.is_empty() {
            return;
        }
        self.whole.entry(folded(&plain)).or_insert(reason);
        let is_web = plain.starts_with("http://") || plain.starts_with("https://");
        if tells_as_a_part(secret, reason, is_web) {
            self.note(&plain, reason, false);
            // Evidence may stand at one address with much else, told apart by its query alone.
            let forms = if reason == Withheld::EvidenceId { Vec::new() } else { shorter(&plain) };
            for form in forms {
                self.note(form, reason, false);
            }
        } else if !is_web && tells_as_a_segment(secret, reason) {
            self.note(&plain, reason, true);
        }
    }

    fn note(&mut self, text: &str, reason: Withheld, is_segment: bool) {
        let part = self.parts.entry(folded(text)).or_insert(Part { reason, is_segment });
        part.is_segment &= is_segment;
    }
}

/// The texts among certain members of a person, in every language; no honest name has more than a few.
fn named<'a>(person: &'a Object, names: &[&str]) -> Vec<&'a str> {
    let members = person.iter().filter(|(key, _)| names.contains(&letters(key).as_str()));
    members.flat_map(|(_, value)| texts(value)).take(MOST_NAMES).collect()
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
        Value::Object(object) => {
            let texts = object.iter().filter(|(key, _)| is_language_tag(key) || *key == "@value");
            texts
                .flat_map(|(_, text)| match text {
                    Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
                    single => Vec::from_iter(single.as_str()),
                })
                .collect()
        }
        _ => Vec::new(),
    }
}

/// Whether an achievement somewhere in a value has a name.
fn calls_an_achievement(value: &Value, title: &str, is_achievement: bool) -> bool {
    match value {
        Value::Array(list) => {
            list.iter().any(|member| calls_an_achievement(member, title, is_achievement))
        }
        Value::Object(object) => {
            let name = object.get("name").and_then(Value::as_str).filter(|_| is_achievement);
            let is_within = |key: &str| matches!(key, "achievement" | "achievements" | "badge");
            name.is_some_and(|name| folded(name) == title)
                || object
                    .iter()
                    .any(|(key, value)| calls_an_achievement(value, title, is_within(key)))
        }
        _ => false,
    }
}

fn check_number(n_secrets: usize) -> Result<(), ContainerError> {
    if n_secrets > MOST_SECRETS {
        return Err(ContainerError::TooLarge { limit: Limit::LearnerValues });
    }
    Ok(())
}

/// Whether a value that contains a secret gives it away; short and common ones stand in innocent values too.
fn tells_as_a_part(secret: &str, reason: Withheld, is_web: bool) -> bool {
    let has_path = secret.contains('/');
    let is_telling = match reason {
        Withheld::EvidenceId => is_web && has_path,
        // A `uid` may be a mere slug of the badge.
        Withheld::CredentialId => secret.contains(['/', ':']) || secret.len() >= LENGTH_OF_UUID,
        // A given name is an everyday word in some language.
        Withheld::LearnerDetail => secret.contains([' ', '-']),
        _ => true,
    };
    let is_bare_host = is_web && !has_path;
    is_telling && !is_bare_host && secret.len() >= SHORTEST_PART
}

/// Whether a secret gives somebody away where it is a whole segment of an address.
fn tells_as_a_segment(secret: &str, reason: Withheld) -> bool {
    let n_characters = secret.chars().count();
    let has_digit = secret.contains(|sign: char| sign.is_ascii_digit());
    let is_long = n_characters >= SHORTEST_WORD || (has_digit && n_characters >= SHORTEST_NUMBER);
    let is_telling = match reason {
        Withheld::EvidenceId => false,
        Withheld::CredentialId => has_digit,
        _ => true,
    };
    is_telling && is_long && !secret.contains('/')
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
                ("ada people example", Withheld::SubjectId),
                ("did web people example ada", Withheld::SubjectId),
                ("example", Withheld::LearnerDetail),
                ("issuer example credentials 77", Withheld::CredentialId),
                ("issuer example status 5", Withheld::CredentialId),
                ("work example 1", Withheld::EvidenceId),
                ("work example 2", Withheld::EvidenceId),
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
                ("issuer example assertions 77", Withheld::CredentialId),
                ("issuer example hosted 77", Withheld::CredentialId),
                ("sha256 00ff", Withheld::SubjectId),
            ],
        );
        check(
            &json!({"recipient": "ada@people.example", "badge": {}}),
            &[("ada people example", Withheld::SubjectId)],
        );
    }

    #[test]
    fn an_issuer_is_a_secret_where_it_is_the_learner_or_a_person() {
        let badge = |issuer: Value| json!({"credentialSubject": {"id": "urn:s", "achievement": {}}, "issuer": issuer});
        let subject = ("urn s", Withheld::SubjectId);
        check(&badge(json!("https://ada.example/")), &[subject]);
        check(
            &badge(json!({"id": "https://org.example", "url": "https://org.example/about"})),
            &[subject],
        );
        let own_page = ("ada example me", Withheld::SelfIssuer);
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
        let found = |is_segment| -> Vec<_> {
            let parts = parts.iter().filter(|(_, part)| part.is_segment == is_segment);
            parts.map(|(secret, _)| secret.as_str()).collect()
        };
        assert_eq!(found(false), ["12345678", "ada example", "example ada", "exampleada"]);
        assert_eq!(found(true), ["example", "teamwork", "urn s"]);
    }

    #[test]
    fn the_holder_of_a_presentation_has_secrets_too() {
        let holders = [json!("did:web:people.example:ada"), json!({"id": "urn:h"})];
        let secrets = Secrets::of_holders(&holders.iter().collect::<Vec<_>>()).unwrap();
        let found: Vec<_> = secrets.whole().keys().map(String::as_str).collect();
        assert_eq!(found, ["did web people example ada", "urn h"]);
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
