//! The badges in a JSON document.
//!
//! A badge arrives alone, in a list, in a presentation, in the answer of an API, or as the part of it that somebody
//! cut out. This file finds the badges; `open_badge` reads them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::mem;
use std::rc::Rc;

use serde_json::{Map, Value};

use crate::ler::container::{ContainerError, text_format};
use crate::ler::format::{Format, UnreadFormat};
use crate::ler::nested::{self, Nested};
use crate::ler::place::{Place, members};
use crate::ler::prefix::Prefixes;
use crate::ler::recognise::{CREDENTIALS, Recognised, SIGNED, Shape, recognise};

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
    /// The prefixes that it, and what is around it, declares.
    pub prefixes: Rc<Prefixes<'a>>,
    /// The number of the outermost document around it, or its own: all in one record have one learner.
    pub record: usize,
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
    /// What the containers, and the keys of holders, say about the holder and the award.
    pub holders: Vec<Cow<'a, Value>>,
    /// The prefixes that hold where the search for badges is.
    pub prefixes: Rc<Prefixes<'a>>,
}

/// The members of a container that name the holder, the subject or the award.
const HOLDERS: &[&str] = &["holder", "sub", "jti", "learner", "person", "recipient", "student"];
/// The members of a `cnf` claim, or of the key in it, that name the key.
const KEYS: &[&str] = &["kid", "jkt"];

impl<'a> Documents<'a> {
    /// Finds the badges in `value`.
    pub(super) fn of(value: &'a Value) -> Self {
        let mut documents = Self::default();
        documents.visit(&Place::default(), value, None);
        documents
    }

    /// Why a value in which no badge was found is refused.
    pub(super) fn refusal(&self, value: &Value) -> ContainerError {
        match self.unread.first_key_value() {
            Some((format, _)) => ContainerError::Unsupported { format: *format },
            None => ContainerError::UnknownContainer { found: general_word(value) },
        }
    }

    fn visit(&mut self, place: &Place, value: &'a Value, within: Option<usize>) {
        match value {
            Value::Array(_) => {
                for (place, member) in members(place, value) {
                    self.visit(&place, member, within);
                }
            }
            Value::Object(object) => self.visit_object(place, object, within),
            Value::String(text) => match text_format(text) {
                Some(format) => self.count_unread(format),
                None => self.n_malformed += 1,
            },
            Value::Null | Value::Bool(_) | Value::Number(_) => self.n_malformed += 1,
        }
    }

    fn visit_object(
        &mut self,
        place: &Place,
        object: &'a Map<String, Value>,
        within: Option<usize>,
    ) {
        self.keep_key(object);
        let own = Prefixes::of(object, &self.prefixes);
        let around = mem::replace(&mut self.prefixes, own);
        self.visit_recognised(place, object, within);
        self.prefixes = around;
    }

    fn visit_recognised(
        &mut self,
        place: &Place,
        object: &'a Map<String, Value>,
        within: Option<usize>,
    ) {
        match recognise(object) {
            Recognised::Badge(shape, format) => {
                let number = self.badges.len();
                let record = within.unwrap_or(number);
                let (place_of, prefixes) = (place.clone(), Rc::clone(&self.prefixes));
                self.badges.push(Document {
                    place: place_of,
                    shape,
                    format,
                    object,
                    prefixes,
                    record,
                });
                if has_credentials_inside(shape) {
                    self.visit_inside(place, object, record);
                }
            }
            Recognised::Unread(format) => self.count_unread(format),
            Recognised::Enveloped(key) => {
                for (place, member) in
                    members(&place.key(key), object.get(key).unwrap_or(&Value::Null))
                {
                    self.visit(&place, member, within);
                }
            }
            Recognised::Container => self.visit_container(place, object, within),
            Recognised::Unknown => self.n_malformed += 1,
        }
    }

    /// Visits the credentials that stand inside another.
    fn visit_inside(&mut self, place: &Place, object: &'a Map<String, Value>, record: usize) {
        let mut inside = Vec::new();
        nested::find(place, object, &mut inside);
        for (place, inner) in inside {
            match inner {
                Nested::Credential(value) => self.visit(&place, value, Some(record)),
                Nested::File => self.count_unread(UnreadFormat::Attachment),
            }
        }
    }

    fn visit_container(
        &mut self,
        place: &Place,
        object: &'a Map<String, Value>,
        within: Option<usize>,
    ) {
        self.holders.extend(HOLDERS.iter().filter_map(|key| object.get(*key)).map(Cow::Borrowed));
        // Badge Connect 2.1: beside a signed assertion, the unsigned one must be ignored.
        let is_signed = object.get("signedAssertion").is_some_and(|signed| !signed.is_null());
        for (key, value) in object {
            let credentials = CREDENTIALS.iter().find(|known| **known == key);
            let signed = SIGNED.iter().find(|known| **known == key);
            if let Some(key) = credentials.filter(|key| !(is_signed && **key == "assertion")) {
                for (place, member) in members(&place.key(key), value) {
                    self.visit(&place, member, within);
                }
            } else if let Some(key) = signed {
                for (place, member) in members(&place.key(key), value) {
                    match member {
                        Value::String(text) => {
                            self.count_unread(
                                text_format(text).unwrap_or(UnreadFormat::CompactJws),
                            );
                        }
                        opened => self.visit(&place, opened, within),
                    }
                }
            }
        }
    }

    /// Keeps what names the key of the holder ([RFC 7800](https://www.rfc-editor.org/rfc/rfc7800#section-3)): a DID, less the
    /// fragment that selects one of its keys, names the holder.
    fn keep_key(&mut self, object: &Map<String, Value>) {
        let claim = object.get("cnf");
        let key = claim.and_then(|claim| claim.get("jwk"));
        for owner in [claim, key].into_iter().flatten() {
            let names =
                KEYS.iter().filter_map(|name| owner.get(*name)?.as_str()?.split('#').next());
            self.holders.extend(names.map(|name| Cow::Owned(name.into())));
        }
    }

    fn count_unread(&mut self, format: UnreadFormat) {
        *self.unread.entry(format).or_default() += 1;
    }
}

/// Whether credentials of their own are looked for inside a document of a shape.
fn has_credentials_inside(shape: Shape) -> bool {
    matches!(
        shape,
        Shape::UnknownCredential | Shape::Clr2 | Shape::Clr1 | Shape::LerRs | Shape::Wrapper
    )
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
        for subject in [json!({"achievement": {}}), json!([{}, {"achievement": {}}]), json!({})] {
            check(
                &json!({"type": "VerifiableCredential", "credentialSubject": subject}),
                Shape::UnknownCredential,
                Format::VerifiableCredential,
            );
        }
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
    fn a_record_is_known_by_its_type_or_its_members() {
        let learner = json!({"learner": {}, "assertions": []});
        let (clr_2, clr_1) = ((Shape::Clr2, Format::Clr2), (Shape::Clr1, Format::Clr1));
        let ler_rs = (Shape::LerRs, Format::LerRs);
        let named = "http://schema.example/4.5/recruiting/json/LER-RSType.json";
        let cases = [
            (json!({"type": ["VerifiableCredential", "ClrCredential"]}), clr_2),
            (json!({"credentialSubject": {"type": "ClrSubject"}}), clr_2),
            (json!({"type": ["ClrSubject"], "achievement": []}), clr_2),
            (learner.clone(), clr_1),
            (json!({"type": "Clr"}), clr_1),
            (json!({"type": "VerifiableCredential", "credentialSubject": learner}), clr_1),
            (json!({"type": ["VerifiableCredential", "LER-RS VC"]}), ler_rs),
            (json!({"type": ["VerifiableCredential", "LERRSCredential"]}), ler_rs),
            (json!({"credentialSubject": {"type": named}}), ler_rs),
            (json!({"credentialSubject": {"lerrsType": {}}}), ler_rs),
            (json!({"person": {}, "skills": []}), ler_rs),
            (json!({"competencyIds": []}), (Shape::Competency, Format::LerRs)),
            (json!({"learnerRecord": []}), (Shape::Wrapper, Format::LearnerRecordWrapper)),
            (
                json!({"credential": {"type": ["EuropeanDigitalCredential"]}}),
                (Shape::Elm, Format::Elm),
            ),
            (
                json!({"type": "EducationalOccupationalCredential", "name": "A"}),
                (Shape::Definition, Format::VerifiableCredential),
            ),
            (
                json!({"entityType": "BadgeInstance", "badgeclassOpenBadgeId": "urn:a"}),
                (Shape::Assertion, Format::OpenBadge2),
            ),
            (
                json!({"data": [{"id": "1", "badge_template": {}}]}),
                (Shape::Assertion, Format::OpenBadge2),
            ),
        ];
        for (value, (shape, format)) in cases {
            check(&value, shape, format);
        }
    }

    #[test]
    fn an_envelope_is_opened_where_it_holds_an_object() {
        let badge = json!({"type": "OpenBadgeCredential"});
        for (value, pointer) in [
            (json!({"type": "EnvelopedVerifiableCredential", "id": badge}), "/id"),
            (json!({"payload": badge, "signatures": []}), "/payload"),
            (json!({"compactJwsString": [badge]}), "/compactJwsString/0"),
            (
                json!({"type": "EnvelopedVerifiablePresentation", "id": {"vp": {"verifiableCredential": badge}}}),
                "/id/vp/verifiableCredential",
            ),
            (json!({"status": {}, "result": [badge]}), "/result/0"),
        ] {
            let documents = Documents::of(&value);
            let found: Vec<_> =
                documents.badges.iter().map(|badge| badge.place.clone().into_pointer()).collect();
            assert_eq!(found, [pointer]);
        }
        check_unread(&json!({"payload": "{}", "signatures": []}), UnreadFormat::JsonJws);
        check_unread(
            &json!({"type": "EnvelopedVerifiableCredential", "id": "data:,x"}),
            UnreadFormat::Enveloped,
        );
        check_unread(&json!("eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln"), UnreadFormat::CompactJws);
        check_unread(&json!(["https://issuer.example/1"]), UnreadFormat::Address);
    }

    #[test]
    fn what_stands_inside_a_record_is_found_and_belongs_to_it() {
        let badge = json!({"@context": [], "type": "OpenBadgeCredential"});
        let value = json!({
            "type": ["LER-RS VC"], "evidence": {"verifications": [badge]}, "proof": {"verifiableCredential": badge},
            "credentialSubject": {
                "certifications": [{"verifications": [badge, {"Verification": badge}, {"reference": "urn:a"}]}],
                "skills": {"verifications": {"otherW3CVerifiableCredential": badge}},
            },
        });
        let documents = Documents::of(&value);
        let found: Vec<_> = documents
            .badges
            .iter()
            .map(|badge| (badge.place.clone().into_pointer(), badge.record))
            .collect();
        let list = "/credentialSubject/certifications/0/verifications";
        let other = "/credentialSubject/skills/verifications/otherW3CVerifiableCredential";
        assert_eq!(
            found,
            [
                (String::new(), 0),
                (format!("{list}/0"), 0),
                (format!("{list}/1/Verification"), 0),
                (other.to_owned(), 0),
            ],
        );
        let value = json!({"learnerRecord": [{"payload": {"data": badge}}, {"payload": {"data": "JVBERi0="}}]});
        let documents = Documents::of(&value);
        assert_eq!(documents.badges.len(), 2);
        assert_eq!(documents.unread, BTreeMap::from([(UnreadFormat::Attachment, 1)]));
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
