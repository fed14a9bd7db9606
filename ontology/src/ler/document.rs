//! The badges in a JSON document.
//!
//! A badge arrives alone, in a list, in a presentation, in the answer of an API, or as the part of it that somebody
//! cut out. This file finds the badges; `open_badge` reads them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::ler::container::{ContainerError, text_format};
use crate::ler::format::{Format, UnreadFormat};
use crate::ler::literal::types;
use crate::ler::place::{Place, members};

/// Which part of a badge a JSON object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A verifiable credential with a `credentialSubject`.
    Credential,
    /// An endorsement: what a third party says about somebody, and so nothing to read.
    Endorsement,
    /// An `AchievementSubject`, or anything else that has an `achievement`.
    Subject,
    /// An Open Badges 3.0 `Achievement`.
    Achievement,
    /// An Open Badges 1.x or 2.x `Assertion`.
    Assertion,
    /// An Open Badges 1.x or 2.x `BadgeClass`.
    BadgeClass,
    /// An `Alignment` or `AlignmentObject`.
    Alignment,
}

/// One badge, or part of one, that stands for itself in the document.
#[derive(Clone, Debug)]
pub(super) struct Document<'a> {
    /// Where it stands.
    pub place: Place,
    /// Which part of a badge it is.
    pub shape: Shape,
    /// The standard it is written in.
    pub format: Format,
    /// The object itself.
    pub object: &'a Map<String, Value>,
}

/// Everything found in a JSON document.
#[derive(Clone, Debug, Default)]
pub(super) struct Documents<'a> {
    /// The badges that are read, in document order.
    pub badges: Vec<Document<'a>>,
    /// How many credentials of which format are recognised but not read.
    pub unread: BTreeMap<UnreadFormat, u64>,
    /// How many members are nothing that is known.
    pub n_malformed: u64,
    /// The identifiers of the holder and the award that the containers give.
    pub holders: Vec<&'a Value>,
}

/// What an object turned out to be.
enum Recognised {
    Badge(Shape, Format),
    Unread(UnreadFormat),
    Container,
    Unknown,
}

/// The members of a presentation or an API answer that hold credentials.
const CREDENTIALS: &[&str] =
    &["verifiableCredential", "credential", "credentials", "assertions", "assertion", "vc", "vp"];
/// The members of an API answer that hold compact JWS strings.
const SIGNED: &[&str] =
    &["compactJwsString", "compactJwsStrings", "signedAssertions", "signedAssertion"];
/// The members of a container that name the holder, the subject or the award.
const HOLDERS: &[&str] = &["holder", "sub", "jti"];

impl<'a> Documents<'a> {
    /// Finds the badges in `value`.
    pub(super) fn of(value: &'a Value) -> Self {
        let mut documents = Self::default();
        documents.visit(&Place::default(), value);
        documents
    }

    /// Why a value in which no badge was found is refused.
    pub(super) fn refusal(&self, value: &Value) -> ContainerError {
        match self.unread.first_key_value() {
            Some((format, _)) => ContainerError::Unsupported { format: *format },
            None => ContainerError::UnknownContainer { found: general_word(value) },
        }
    }

    fn visit(&mut self, place: &Place, value: &'a Value) {
        match value {
            Value::Array(_) => {
                for (place, member) in members(place, value) {
                    self.visit(&place, member);
                }
            }
            Value::Object(object) => self.visit_object(place, object),
            Value::String(text) => match text_format(text) {
                Some(format) => self.count_unread(format),
                None => self.n_malformed += 1,
            },
            Value::Null | Value::Bool(_) | Value::Number(_) => self.n_malformed += 1,
        }
    }

    fn visit_object(&mut self, place: &Place, object: &'a Map<String, Value>) {
        match recognise(object) {
            Recognised::Badge(shape, format) => {
                self.badges.push(Document { place: place.clone(), shape, format, object });
            }
            Recognised::Unread(format) => self.count_unread(format),
            Recognised::Container => self.visit_container(place, object),
            Recognised::Unknown => self.n_malformed += 1,
        }
    }

    fn visit_container(&mut self, place: &Place, object: &'a Map<String, Value>) {
        self.holders.extend(HOLDERS.iter().filter_map(|key| object.get(*key)));
        // Badge Connect 2.1: beside a signed assertion, the unsigned one must be ignored.
        let is_signed = object.get("signedAssertion").is_some_and(|signed| !signed.is_null());
        for (key, value) in object {
            let credentials = CREDENTIALS.iter().find(|known| **known == key);
            if let Some(key) = credentials.filter(|key| !(is_signed && **key == "assertion")) {
                for (place, member) in members(&place.key(key), value) {
                    self.visit(&place, member);
                }
            } else if SIGNED.contains(&key.as_str()) {
                for _ in members(place, value) {
                    self.count_unread(UnreadFormat::CompactJws);
                }
            }
        }
    }

    fn count_unread(&mut self, format: UnreadFormat) {
        *self.unread.entry(format).or_default() += 1;
    }
}

fn recognise(object: &Map<String, Value>) -> Recognised {
    let types = types(object);
    let is_a = |names: &[&str]| types.iter().any(|name| names.contains(name));
    let has = |keys: &[&str]| keys.iter().any(|key| object.contains_key(*key));
    if let Some(format) = unread_format(object, &types) {
        return Recognised::Unread(format);
    }
    if is_a(&["VerifiablePresentation"]) {
        return Recognised::Container;
    }
    if is_a(&[
        "VerifiableCredential",
        "OpenBadgeCredential",
        "AchievementCredential",
        "EndorsementCredential",
    ]) || has(&["credentialSubject"])
    {
        return credential(object, &types);
    }
    if is_a(&["Assertion"]) || has(&["badge"]) {
        return Recognised::Badge(Shape::Assertion, version(object, !types.is_empty()));
    }
    if has(CREDENTIALS) || has(SIGNED) {
        return Recognised::Container;
    }
    if is_a(&["AchievementSubject"]) || has(&["achievement"]) {
        return Recognised::Badge(Shape::Subject, Format::OpenBadge3);
    }
    definition(object, &types)
}

/// A credential by its types, by its context, or by having an achievement.
fn credential(object: &Map<String, Value>, types: &[&str]) -> Recognised {
    if types.contains(&"EndorsementCredential") {
        return Recognised::Badge(Shape::Endorsement, Format::OpenBadge3);
    }
    let is_badge =
        types.iter().any(|name| matches!(*name, "OpenBadgeCredential" | "AchievementCredential"));
    if is_badge || is_in_context(object, "/ob/v3p0/") {
        return Recognised::Badge(Shape::Credential, Format::OpenBadge3);
    }
    if subjects(object).any(|subject| subject.contains_key("achievement")) {
        return Recognised::Badge(Shape::Credential, Format::VerifiableCredential);
    }
    Recognised::Unread(UnreadFormat::OtherCredential)
}

/// A definition without an award around it.
fn definition(object: &Map<String, Value>, types: &[&str]) -> Recognised {
    let is_a = |names: &[&str]| types.iter().any(|name| names.contains(name));
    let has = |keys: &[&str]| keys.iter().any(|key| object.contains_key(*key));
    if is_a(&["AlignmentObject"]) {
        return Recognised::Badge(Shape::Alignment, version(object, true));
    }
    if is_a(&["Alignment"]) || has(&["targetUrl", "targetCode", "targetName"]) {
        return Recognised::Badge(Shape::Alignment, Format::OpenBadge3);
    }
    let is_about_somebody =
        is_a(&["Profile", "Issuer", "Person", "Organization"]) || has(&["recipient"]);
    if is_about_somebody {
        return Recognised::Unknown;
    }
    if is_a(&["Achievement"])
        || has(&["achievementType", "creator", "resultDescription", "otherIdentifier"])
        || is_in_context(object, "/ob/v3p0/")
    {
        return Recognised::Badge(Shape::Achievement, Format::OpenBadge3);
    }
    if is_a(&["BadgeClass"])
        || has(&["criteria", "criteriaUrl", "issuer", "alignment", "alignments", "related"])
    {
        return Recognised::Badge(Shape::BadgeClass, version(object, !types.is_empty()));
    }
    Recognised::Unknown
}

/// The records that carry badges or skills in other forms.
fn unread_format(object: &Map<String, Value>, types: &[&str]) -> Option<UnreadFormat> {
    let subject_types: Vec<&str> = subjects(object).flat_map(self::types).collect();
    let is_a = |names: &[&str]| types.iter().chain(&subject_types).any(|name| names.contains(name));
    let has_all = |keys: &[&str]| keys.iter().all(|key| object.contains_key(*key));
    let subject_has = |key| subjects(object).any(|subject| subject.contains_key(key));
    let is_ler_rs = |name: &&str| name.starts_with("LER-RS") || *name == "LERRSCredential";
    if is_a(&["EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation"]) {
        return Some(UnreadFormat::Enveloped);
    }
    if is_a(&["ClrCredential", "ClrSubject", "Clr", "CLR"])
        || has_all(&["learner", "assertions"])
        || subject_has("verifiableCredential")
    {
        return Some(UnreadFormat::Clr);
    }
    if types.iter().chain(&subject_types).any(is_ler_rs) || subject_has("lerrsType") {
        return Some(UnreadFormat::LerRs);
    }
    if is_a(&["LearnerRecordWrapper"]) || has_all(&["learnerRecord"]) {
        return Some(UnreadFormat::LearnerRecordWrapper);
    }
    if is_a(&["EuropeanDigitalCredential", "EuropeanDigitalPresentation"]) {
        return Some(UnreadFormat::Elm);
    }
    has_all(&["payload", "signatures"]).then_some(UnreadFormat::JsonJws)
}

fn subjects(object: &Map<String, Value>) -> impl Iterator<Item = &Map<String, Value>> {
    let subject = object.get("credentialSubject").unwrap_or(&Value::Null);
    members(&Place::default(), subject).into_iter().filter_map(|(_, subject)| subject.as_object())
}

/// Whether one of the context's addresses contains `part`.
fn is_in_context(object: &Map<String, Value>, part: &str) -> bool {
    let context = object.get("@context").unwrap_or(&Value::Null);
    members(&Place::default(), context)
        .into_iter()
        .any(|(_, address)| address.as_str().is_some_and(|address| address.contains(part)))
}

/// Whether an assertion, a badge class or an alignment of theirs is written in version 1 or 2 of Open Badges.
///
/// Versions 0.5 and 1.0 have neither a context nor a type, version 1.1 has a context of its own; and only from version
/// 2 on does an alignment have a `targetName`.
fn version(object: &Map<String, Value>, is_typed: bool) -> Format {
    let is_plain = !object.contains_key("@context") && !is_typed;
    if is_in_context(object, "openbadges/v1") || (is_plain && !has_target(object)) {
        Format::OpenBadge1
    } else {
        Format::OpenBadge2
    }
}

fn has_target(object: &Map<String, Value>) -> bool {
    let alignments = ["alignment", "alignments"].iter().filter_map(|key| object.get(*key));
    alignments.flat_map(|value| members(&Place::default(), value)).any(|(_, alignment)| {
        alignment.get("targetUrl").or_else(|| alignment.get("targetName")).is_some()
    })
}

fn general_word(value: &Value) -> &'static str {
    match value {
        Value::Array(list) if list.is_empty() => "an empty list",
        Value::Array(_) => "a JSON list of unknown things",
        Value::Object(_) => "a JSON object of no known type",
        _ => "a single JSON value",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(value: &Value, shape: Shape, format: Format) {
        let documents = Documents::of(value);
        let found: Vec<_> =
            documents.badges.iter().map(|badge| (badge.shape, badge.format)).collect();
        assert_eq!(found, [(shape, format)]);
    }

    #[track_caller]
    fn refusal(value: &Value) -> ContainerError {
        let documents = Documents::of(value);
        assert!(documents.badges.is_empty());
        documents.refusal(value)
    }

    #[track_caller]
    fn check_unread(value: &Value, format: UnreadFormat) {
        assert_eq!(refusal(value), ContainerError::Unsupported { format });
    }

    #[track_caller]
    fn check_unknown(value: &Value, found: &'static str) {
        assert_eq!(refusal(value), ContainerError::UnknownContainer { found });
    }

    #[test]
    fn a_credential_is_known_by_type_context_or_achievement() {
        let (credential, ob3) = (Shape::Credential, Format::OpenBadge3);
        check(&json!({"type": ["VerifiableCredential", "OpenBadgeCredential"]}), credential, ob3);
        check(&json!({"type": "AchievementCredential"}), credential, ob3);
        let context = [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
        ];
        check(&json!({"@context": context, "credentialSubject": {}}), credential, ob3);
        check(
            &json!({"credentialSubject": {"achievement": {}}}),
            credential,
            Format::VerifiableCredential,
        );
        check(
            &json!({"credentialSubject": [{}, {"achievement": {}}]}),
            credential,
            Format::VerifiableCredential,
        );
        check(&json!({"type": "EndorsementCredential"}), Shape::Endorsement, ob3);
    }

    #[test]
    fn a_badge_of_the_older_standards_is_known_by_type_or_shape() {
        let v2 = "https://w3id.org/openbadges/v2";
        check(&json!({"@context": v2, "type": "Assertion"}), Shape::Assertion, Format::OpenBadge2);
        check(
            &json!({"type": "Assertion", "badge": "urn:a"}),
            Shape::Assertion,
            Format::OpenBadge2,
        );
        check(
            &json!({"@context": "https://w3id.org/openbadges/v1", "badge": "urn:a"}),
            Shape::Assertion,
            Format::OpenBadge1,
        );
        check(&json!({"uid": "1", "badge": "urn:a"}), Shape::Assertion, Format::OpenBadge1);
        check(
            &json!({"recipient": "x", "badge": {"version": "0.5.0"}}),
            Shape::Assertion,
            Format::OpenBadge1,
        );
        check(
            &json!({"@context": v2, "type": "BadgeClass"}),
            Shape::BadgeClass,
            Format::OpenBadge2,
        );
        check(&json!({"name": "A", "criteria": "urn:c"}), Shape::BadgeClass, Format::OpenBadge1);
        check(&json!({"alignment": [{"targetName": "A"}]}), Shape::BadgeClass, Format::OpenBadge2);
        check(
            &json!({"@context": v2, "name": "A", "related": []}),
            Shape::BadgeClass,
            Format::OpenBadge2,
        );
    }

    #[test]
    fn a_part_that_was_cut_out_is_known() {
        let ob3 = Format::OpenBadge3;
        check(&json!({"achievement": {"name": "A"}}), Shape::Subject, ob3);
        check(&json!({"type": ["Achievement"], "id": "urn:a"}), Shape::Achievement, ob3);
        check(&json!({"achievementType": "Course", "criteria": {}}), Shape::Achievement, ob3);
        check(&json!({"type": ["Alignment"]}), Shape::Alignment, ob3);
        check(&json!({"targetUrl": "urn:a"}), Shape::Alignment, ob3);
        check(
            &json!({"type": "AlignmentObject", "url": "urn:a"}),
            Shape::Alignment,
            Format::OpenBadge2,
        );
    }

    #[test]
    fn badges_are_found_in_lists_presentations_and_answers() {
        let badge = json!({"type": "OpenBadgeCredential"});
        for value in [
            json!([badge]),
            json!([[badge]]),
            json!({"credential": badge}),
            json!({"credential": [badge]}),
            json!({"type": "VerifiablePresentation", "verifiableCredential": badge}),
            json!({"vp": {"type": ["VerifiablePresentation"], "verifiableCredential": [badge]}}),
            json!({"vc": badge, "iss": "https://issuer.example", "sub": "urn:s"}),
        ] {
            check(&value, Shape::Credential, Format::OpenBadge3);
        }
        let answer =
            json!({"status": {}, "assertions": [{"type": "Assertion"}], "signedAssertions": []});
        check(&answer, Shape::Assertion, Format::OpenBadge2);
    }

    #[test]
    fn what_stands_beside_a_badge_is_counted() {
        let jws = "eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln";
        let value = json!({"credential": [{"type": "OpenBadgeCredential"}, null, 4, {}], "compactJwsString": [jws, jws]});
        let documents = Documents::of(&value);
        assert_eq!((documents.badges.len(), documents.n_malformed), (1, 3));
        assert_eq!(documents.unread, BTreeMap::from([(UnreadFormat::CompactJws, 2)]));
        assert_eq!(documents.badges[0].place.clone().into_pointer(), "/credential/0");
    }

    #[test]
    fn an_unsigned_assertion_beside_a_signed_one_is_ignored() {
        let value = json!({"assertion": {"type": "Assertion"}, "signedAssertion": "a.b.c"});
        check_unread(&value, UnreadFormat::CompactJws);
    }

    #[test]
    fn other_records_are_named() {
        check_unread(
            &json!({"type": ["VerifiableCredential", "ClrCredential"]}),
            UnreadFormat::Clr,
        );
        check_unread(&json!({"credentialSubject": {"type": "ClrSubject"}}), UnreadFormat::Clr);
        check_unread(&json!({"learner": {}, "assertions": []}), UnreadFormat::Clr);
        check_unread(&json!({"type": ["VerifiableCredential", "LER-RS VC"]}), UnreadFormat::LerRs);
        let named = "http://schema.example/4.5/recruiting/json/LER-RSType.json";
        check_unread(&json!({"credentialSubject": {"type": named}}), UnreadFormat::LerRs);
        check_unread(
            &json!({"type": "VerifiableCredential", "learnerRecord": []}),
            UnreadFormat::LearnerRecordWrapper,
        );
        check_unread(
            &json!({"credential": {"type": ["EuropeanDigitalCredential"]}}),
            UnreadFormat::Elm,
        );
        check_unread(&json!({"payload": "{}", "signatures": []}), UnreadFormat::JsonJws);
        check_unread(
            &json!({"type": "EnvelopedVerifiableCredential", "id": "data:,x"}),
            UnreadFormat::Enveloped,
        );
        check_unread(
            &json!({"type": "VerifiableCredential", "credentialSubject": {}}),
            UnreadFormat::OtherCredential,
        );
        check_unread(&json!("eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln"), UnreadFormat::CompactJws);
        check_unread(&json!(["https://issuer.example/1"]), UnreadFormat::Address);
    }

    #[test]
    fn what_is_no_badge_is_unknown() {
        check_unknown(&json!([]), "an empty list");
        check_unknown(&json!([1, {}]), "a JSON list of unknown things");
        check_unknown(&json!({}), "a JSON object of no known type");
        check_unknown(&json!({"credential": []}), "a JSON object of no known type");
        check_unknown(
            &json!({"type": "Profile", "name": "A", "related": []}),
            "a JSON object of no known type",
        );
        check_unknown(&json!(4), "a single JSON value");
    }
}
