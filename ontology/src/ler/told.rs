//! Where a credential tells about its learner and about its own award.
//!
//! Members are named here by their [`letters`].

use serde_json::{Map, Value};

use crate::ler::literal::types;
use crate::ler::privacy::Withheld;

/// What the award says about itself, and not about its learner.
pub(super) const AWARD: &[(&str, Withheld)] = &[
    ("id", Withheld::CredentialId),
    ("uid", Withheld::CredentialId),
    ("jti", Withheld::CredentialId),
    ("credentialstatus", Withheld::CredentialId),
    ("refreshservice", Withheld::CredentialId),
    ("verify", Withheld::CredentialId),
    ("verification", Withheld::CredentialId),
    ("evidence", Withheld::EvidenceId),
    ("holder", Withheld::SubjectId),
    ("sub", Withheld::SubjectId),
    ("recipient", Withheld::SubjectId),
    // The APIs of Badgr and Credly.
    ("openbadgeid", Withheld::CredentialId),
    ("entityid", Withheld::CredentialId),
    ("recipientemail", Withheld::SubjectId),
    ("licensenumber", Withheld::LearnerDetail),
    ("user", Withheld::LearnerDetail),
    ("issuedto", Withheld::LearnerDetail),
    ("issuedtofirstname", Withheld::LearnerDetail),
    ("issuedtolastname", Withheld::LearnerDetail),
    // CLR 1.0, LER-RS, the LER wrapper, and a résumé of another application.
    ("learner", Withheld::SubjectId),
    ("person", Withheld::LearnerDetail),
    ("communication", Withheld::LearnerDetail),
    ("contact", Withheld::LearnerDetail),
    ("documentid", Withheld::CredentialId),
    ("learnerrecord", Withheld::SubjectId),
    // The number of a European certificate.
    ("identifier", Withheld::CredentialId),
];

/// What an `AchievementSubject` says about the learner.
pub(super) const SUBJECT: &[(&str, Withheld)] = &[
    ("id", Withheld::SubjectId),
    ("identifier", Withheld::SubjectId),
    ("sourcedid", Withheld::SubjectId),
    ("studentid", Withheld::SubjectId),
    ("email", Withheld::SubjectId),
    ("phone", Withheld::SubjectId),
    ("telephone", Withheld::SubjectId),
    ("url", Withheld::SubjectId),
    ("uri", Withheld::SubjectId),
    ("username", Withheld::SubjectId),
    ("preferredusername", Withheld::SubjectId),
    ("phonenumber", Withheld::SubjectId),
    ("evidence", Withheld::EvidenceId),
    ("name", Withheld::LearnerDetail),
    ("givenname", Withheld::LearnerDetail),
    ("additionalname", Withheld::LearnerDetail),
    ("familyname", Withheld::LearnerDetail),
    ("licensenumber", Withheld::LearnerDetail),
    ("fullname", Withheld::LearnerDetail),
    ("displayname", Withheld::LearnerDetail),
    ("nickname", Withheld::LearnerDetail),
    ("firstname", Withheld::LearnerDetail),
    ("middlename", Withheld::LearnerDetail),
    ("lastname", Withheld::LearnerDetail),
    ("formattedname", Withheld::LearnerDetail),
    ("streetaddress", Withheld::LearnerDetail),
    ("birthname", Withheld::LearnerDetail),
    ("patronymicname", Withheld::LearnerDetail),
    ("alternatename", Withheld::LearnerDetail),
    ("dateofbirth", Withheld::LearnerDetail),
    ("birthdate", Withheld::LearnerDetail),
    ("nationalid", Withheld::SubjectId),
    ("contactpoint", Withheld::SubjectId),
    ("address", Withheld::LearnerDetail),
    ("location", Withheld::LearnerDetail),
    ("documentid", Withheld::CredentialId),
    ("person", Withheld::LearnerDetail),
    ("communication", Withheld::LearnerDetail),
    ("contact", Withheld::LearnerDetail),
    ("learner", Withheld::SubjectId),
];

/// What a `Profile` says about an issuer who is a person.
pub(super) const PERSON: &[(&str, Withheld)] = &[
    ("id", Withheld::SelfIssuer),
    ("url", Withheld::SelfIssuer),
    ("email", Withheld::SelfIssuer),
    ("phone", Withheld::SelfIssuer),
    ("name", Withheld::SelfIssuer),
    ("givenname", Withheld::SelfIssuer),
    ("familyname", Withheld::SelfIssuer),
    ("dateofbirth", Withheld::SelfIssuer),
];

/// The members in which an identity, a status or a piece of evidence names what it stands for, at any depth.
pub(super) const NAMES: &[&str] = &[
    "id",
    "value",
    "pocid",
    "identifier",
    "identity",
    "identityhash",
    "notation",
    "sourcedid",
    "studentid",
    "url",
];
/// The members in which somebody is called by a name or an address, at any depth.
pub(super) const CALLED: &[&str] = &[
    "address",
    "birthdate",
    "dateofbirth",
    "dialnumber",
    "displayname",
    "email",
    "emailaddress",
    "family",
    "familyname",
    "formattedaddress",
    "formattedname",
    "formattednumber",
    "firstname",
    "fulladdress",
    "fullname",
    "github",
    "given",
    "givenname",
    "lastname",
    "legalname",
    "line",
    "linkedin",
    "middle",
    "middlename",
    "name",
    "nickname",
    "noteliteral",
    "phone",
    "phonenumber",
    "preferred",
    "preferredusername",
    "streetaddress",
    "username",
];
/// Members of an identity that name no identity: kinds, countries, schemes, and what a wrapper wraps.
pub(super) const PUBLIC: &[&str] = &[
    "type",
    "countrycode",
    "countrysubdivisions",
    "inscheme",
    "payload",
    "preflabel",
    "schemeagency",
    "schemeid",
    "schemename",
    "spatial",
    "spatialcode",
];

/// The members that give somebody's whole name.
pub(super) const FULL_NAMES: &[&str] =
    &["birthname", "displayname", "formattedname", "fullname", "issuedto", "legalname", "name"];
/// The members that give the first part of somebody's name.
pub(super) const GIVEN_NAMES: &[&str] =
    &["firstname", "given", "givenname", "issuedtofirstname", "preferred"];
/// The members that give what stands between the parts of somebody's name.
pub(super) const MIDDLE_NAMES: &[&str] = &["additionalname", "middle", "middlename"];
/// The members that give the last part of somebody's name.
pub(super) const FAMILY_NAMES: &[&str] =
    &["family", "familyname", "issuedtolastname", "lastname", "surname"];
/// The members of a credential or a definition that say who is behind it.
pub(super) const PROFILES: &[&str] = &["issuer", "creator", "publisher"];
/// Members that only people have.
const OF_PEOPLE: &[&str] = &[
    "birthdate",
    "dateofbirth",
    "familyname",
    "firstname",
    "givenname",
    "lastname",
    "patronymicname",
];

/// A key as it is compared: its letters, in lower case.
pub(super) fn letters(key: &str) -> String {
    key.chars()
        .filter(char::is_ascii_alphabetic)
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

/// Whether a profile is of a person: by its type, or by what it says.
pub(super) fn describes_a_person(profile: &Map<String, Value>) -> bool {
    let has = |(key, value): (&String, &Value)| {
        let is_said = !matches!(value, Value::Null) && value.as_str() != Some("");
        is_said && OF_PEOPLE.contains(&letters(key).as_str())
    };
    types(profile).contains(&"Person") || profile.iter().any(has)
}
