//! What a JSON object is: which part of a credential, in which standard.
//!
//! An object is known by its types, else by its context, else by its members: real documents leave out each of them.

use serde_json::{Map, Value};

use crate::ler::format::{Format, UnreadFormat};
use crate::ler::literal::types;
use crate::ler::place::each;

/// Which part of a credential a JSON object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A verifiable credential with an achievement in its `credentialSubject`.
    Credential,
    /// A verifiable credential of another type.
    UnknownCredential,
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
    /// A definition of CTDL or schema.org.
    Definition,
    /// A Comprehensive Learner Record 2.0: its own achievements, without the credentials in it.
    Clr2,
    /// A Comprehensive Learner Record 1.0.
    Clr1,
    /// An assertion of a Comprehensive Learner Record 1.0, which may be signed by itself.
    ClrAssertion,
    /// An LER-RS, without the credentials in it.
    LerRs,
    /// A competency of the common library of HR Open.
    Competency,
    /// A job description of JDX, or a part of one.
    Job,
    /// A European Digital Credential.
    Elm,
    /// A T3 learner record wrapper, which says nothing itself about what is in it.
    Wrapper,
}

/// The members of a presentation or an API answer that hold credentials.
pub(super) const CREDENTIALS: &[&str] = &[
    "verifiableCredential",
    "credential",
    "credentials",
    "assertions",
    "assertion",
    "vc",
    "vp",
    "data",
];
/// The members of an API answer that hold compact JWS strings.
pub(super) const SIGNED: &[&str] =
    &["compactJwsString", "compactJwsStrings", "signedAssertions", "signedAssertion"];
/// What an object turned out to be.
#[derive(Debug)]
pub(super) enum Recognised {
    /// A credential, or a part of one.
    Badge(Shape, Format),
    /// A known format that is not read.
    Unread(UnreadFormat),
    /// An envelope, and the member that holds what is in it.
    Enveloped(&'static str),
    /// A presentation, the answer of an API, the claims of a token.
    Container,
    /// Nothing known.
    Unknown,
}

/// Addresses in the contexts of Open Badges 3.0, final and before.
const OPEN_BADGES_3: &[&str] =
    &["/ob/v3p0/", "imsglobal.github.io/openbadges-specification", "jff-vc-edu-plugfest"];

/// Says what an object is.
pub(super) fn recognise(object: &Map<String, Value>) -> Recognised {
    let types = types(object);
    let is_a = |names: &[&str]| types.iter().any(|name| names.contains(name));
    let has = |keys: &[&str]| keys.iter().any(|key| object.contains_key(*key));
    if let Some(recognised) = envelope(object, &types).or_else(|| record(object, &types)) {
        return recognised;
    }
    if is_a(&["VerifiablePresentation", "EuropeanDigitalPresentation"]) {
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
    // The Badgr and Credly APIs have names of their own for an assertion.
    if has(&["badgeclassOpenBadgeId", "badge_template"]) {
        return Recognised::Badge(Shape::Assertion, Format::OpenBadge2);
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

/// What only carries something else.
fn envelope(object: &Map<String, Value>, types: &[&str]) -> Option<Recognised> {
    let is_enveloped = types.iter().any(|name| {
        matches!(*name, "EnvelopedVerifiableCredential" | "EnvelopedVerifiablePresentation")
    });
    let opened = |key: &str| object.get(key).is_some_and(Value::is_object);
    if is_enveloped {
        let unread = Recognised::Unread(UnreadFormat::Enveloped);
        return Some(if opened("id") { Recognised::Enveloped("id") } else { unread });
    }
    let has_signature = ["signatures", "signature"].iter().any(|key| object.contains_key(*key));
    if has_signature && object.contains_key("payload") {
        let unread = Recognised::Unread(UnreadFormat::JsonJws);
        return Some(if opened("payload") { Recognised::Enveloped("payload") } else { unread });
    }
    // An answer of the Badgr API.
    let is_answer =
        object.contains_key("status") && object.get("result").is_some_and(Value::is_array);
    is_answer.then_some(Recognised::Enveloped("result"))
}

/// A record that holds credentials, or that is about much more than one.
fn record(object: &Map<String, Value>, types: &[&str]) -> Option<Recognised> {
    let subject_types: Vec<&str> = subjects(object).flat_map(self::types).collect();
    let is_a = |names: &[&str]| types.iter().chain(&subject_types).any(|name| names.contains(name));
    let has = |keys: &[&str]| keys.iter().all(|key| object.contains_key(*key));
    let subject_has = |keys: &[&str]| {
        subjects(object).any(|subject| keys.iter().all(|key| subject.contains_key(*key)))
    };
    let badge = |shape, format| Some(Recognised::Badge(shape, format));
    if is_a(&["EuropeanDigitalCredential"]) {
        return badge(Shape::Elm, Format::Elm);
    }
    if is_a(&["ClrCredential", "ClrSubject"]) || subject_has(&["verifiableCredential"]) {
        return badge(Shape::Clr2, Format::Clr2);
    }
    if has(&["achievement", "verifiableCredential"]) {
        return badge(Shape::Clr2, Format::Clr2);
    }
    if is_clr_assertion(object, types) {
        return badge(Shape::ClrAssertion, Format::Clr1);
    }
    let learner = &["learner", "assertions"];
    if is_a(&["Clr", "CLR"]) || has(learner) || subject_has(learner) {
        return badge(Shape::Clr1, Format::Clr1);
    }
    if types.iter().chain(&subject_types).any(|name| is_ler_rs(name)) || has_resume(object) {
        return badge(Shape::LerRs, Format::LerRs);
    }
    if is_a(&["LearnerRecordWrapper"]) || has(&["learnerRecord"]) {
        return badge(Shape::Wrapper, Format::LearnerRecordWrapper);
    }
    let is_competency =
        ["competencyIds", "taxonomyIds"].iter().any(|key| object.contains_key(*key));
    if is_competency { badge(Shape::Competency, Format::LerRs) } else { None }
}

/// Whether an object with an achievement is an assertion, and not the subject of one.
fn is_clr_assertion(object: &Map<String, Value>, types: &[&str]) -> bool {
    let has = |keys: &[&str]| keys.iter().any(|key| object.contains_key(*key));
    let is_assertion = types.contains(&"Assertion")
        || (has(&["results", "recipient"]) && !types.contains(&"AchievementSubject"));
    has(&["achievement"]) && is_assertion && !has(&["badge", "credentialSubject"])
}

/// Whether a type is one of those that LER-RS documents have had.
fn is_ler_rs(name: &str) -> bool {
    name.starts_with("LER-RS") || name == "LERRSCredential"
}

/// Whether an object, or the subject in it, has the members of an LER-RS.
fn has_resume(object: &Map<String, Value>) -> bool {
    const PERSON: &[&str] = &["person", "communication", "contact"];
    const RESUME: &[&str] =
        &["skills", "certifications", "licenses", "educationAndLearnings", "employmentHistories"];
    let has_any = |object: &Map<String, Value>, keys: &[&str]| {
        keys.iter().any(|key| object.contains_key(*key))
    };
    let is_resume = |object: &Map<String, Value>| {
        has_any(object, &["lerrsType", "educationAndLearning"])
            || (has_any(object, PERSON) && has_any(object, RESUME))
    };
    is_resume(object) || subjects(object).any(is_resume)
}

/// A credential by its types, or by its context.
fn credential(object: &Map<String, Value>, types: &[&str]) -> Recognised {
    if types.contains(&"EndorsementCredential") {
        return Recognised::Badge(Shape::Endorsement, Format::OpenBadge3);
    }
    let is_badge =
        types.iter().any(|name| matches!(*name, "OpenBadgeCredential" | "AchievementCredential"));
    if is_badge || is_in_context(object, OPEN_BADGES_3) {
        return Recognised::Badge(Shape::Credential, Format::OpenBadge3);
    }
    Recognised::Badge(Shape::UnknownCredential, Format::VerifiableCredential)
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
    if is_a(&["EducationalOccupationalCredential"]) {
        return Recognised::Badge(Shape::Definition, Format::VerifiableCredential);
    }
    let is_about_somebody =
        is_a(&["Profile", "Issuer", "Person", "Organization"]) || has(&["recipient"]);
    if is_about_somebody {
        return Recognised::Unknown;
    }
    if is_a(&["Achievement"])
        || has(&["achievementType", "creator", "resultDescription", "otherIdentifier"])
        || is_in_context(object, OPEN_BADGES_3)
    {
        return Recognised::Badge(Shape::Achievement, Format::OpenBadge3);
    }
    if is_a(&["BadgeClass"])
        || has(&["criteria", "criteriaUrl", "issuer", "alignment", "alignments", "related"])
    {
        return Recognised::Badge(Shape::BadgeClass, version(object, !types.is_empty()));
    }
    if is_job(object) {
        return Recognised::Badge(Shape::Job, Format::LerRs);
    }
    Recognised::Unknown
}

/// Whether an object is a job description of JDX, or has lists of the terms or competencies of one.
fn is_job(object: &Map<String, Value>) -> bool {
    const TERMS: &[&str] = &["AnnotatedDefinedTerm", "competencyIds", "taxonomyIds"];
    let is_term = |value: &Value| TERMS.iter().any(|key| value.get(*key).is_some());
    ["JDXjobDescription", "AnnotatedDefinedTerm"].iter().any(|key| object.contains_key(*key))
        || object.values().flat_map(each).any(is_term)
}

fn subjects(object: &Map<String, Value>) -> impl Iterator<Item = &Map<String, Value>> {
    let subject = object.get("credentialSubject").unwrap_or(&Value::Null);
    each(subject).filter_map(Value::as_object)
}

/// Whether one of the context's addresses contains one of `parts`.
fn is_in_context(object: &Map<String, Value>, parts: &[&str]) -> bool {
    let context = object.get("@context").unwrap_or(&Value::Null);
    each(context)
        .filter_map(Value::as_str)
        .any(|address| parts.iter().any(|part| address.contains(part)))
}

/// Whether an assertion, a badge class or an alignment of theirs is written in version 1 or 2 of Open Badges.
///
/// Versions 0.5 and 1.0 have neither a context nor a type, version 1.1 has a context of its own; and only from version
/// 2 on does an alignment have a `targetName`.
fn version(object: &Map<String, Value>, is_typed: bool) -> Format {
    let is_plain = !object.contains_key("@context") && !is_typed;
    if is_in_context(object, &["openbadges/v1"]) || (is_plain && !has_target(object)) {
        Format::OpenBadge1
    } else {
        Format::OpenBadge2
    }
}

fn has_target(object: &Map<String, Value>) -> bool {
    let alignments = ["alignment", "alignments"].iter().filter_map(|key| object.get(*key));
    alignments.flat_map(each).any(|alignment| {
        alignment.get("targetUrl").or_else(|| alignment.get("targetName")).is_some()
    })
}
