//! Where a credential tells about its learner and about its own award.

use crate::ler::privacy::Withheld;

/// What the award says about itself, and not about its learner.
pub(super) const AWARD: &[(&str, Withheld)] = &[
    ("id", Withheld::CredentialId),
    ("@id", Withheld::CredentialId),
    ("uid", Withheld::CredentialId),
    ("jti", Withheld::CredentialId),
    ("credentialStatus", Withheld::CredentialId),
    ("refreshService", Withheld::CredentialId),
    ("verify", Withheld::CredentialId),
    ("verification", Withheld::CredentialId),
    ("evidence", Withheld::EvidenceId),
    ("holder", Withheld::SubjectId),
    ("sub", Withheld::SubjectId),
    ("recipient", Withheld::SubjectId),
    // The APIs of Badgr and Credly.
    ("openBadgeId", Withheld::CredentialId),
    ("entityId", Withheld::CredentialId),
    ("recipient_email", Withheld::SubjectId),
    ("user", Withheld::LearnerDetail),
    ("issued_to", Withheld::LearnerDetail),
    ("issued_to_first_name", Withheld::LearnerDetail),
    ("issued_to_last_name", Withheld::LearnerDetail),
    // CLR 1.0, LER-RS, the LER wrapper, and a résumé of another application.
    ("learner", Withheld::SubjectId),
    ("person", Withheld::LearnerDetail),
    ("communication", Withheld::LearnerDetail),
    ("contact", Withheld::LearnerDetail),
    ("documentId", Withheld::CredentialId),
    ("learnerRecord", Withheld::SubjectId),
    // The number of a European certificate.
    ("identifier", Withheld::CredentialId),
];

/// What an `AchievementSubject` says about the learner.
pub(super) const SUBJECT: &[(&str, Withheld)] = &[
    ("id", Withheld::SubjectId),
    ("@id", Withheld::SubjectId),
    ("identifier", Withheld::SubjectId),
    ("sourcedId", Withheld::SubjectId),
    ("studentId", Withheld::SubjectId),
    ("email", Withheld::SubjectId),
    ("phone", Withheld::SubjectId),
    ("telephone", Withheld::SubjectId),
    ("url", Withheld::SubjectId),
    ("name", Withheld::LearnerDetail),
    ("givenName", Withheld::LearnerDetail),
    ("additionalName", Withheld::LearnerDetail),
    ("familyName", Withheld::LearnerDetail),
    ("licenseNumber", Withheld::LearnerDetail),
    ("fullName", Withheld::LearnerDetail),
    ("birthName", Withheld::LearnerDetail),
    ("patronymicName", Withheld::LearnerDetail),
    ("alternateName", Withheld::LearnerDetail),
    ("dateOfBirth", Withheld::LearnerDetail),
    ("birthDate", Withheld::LearnerDetail),
    ("nationalID", Withheld::SubjectId),
    ("contactPoint", Withheld::SubjectId),
    ("address", Withheld::LearnerDetail),
    ("location", Withheld::LearnerDetail),
    ("documentId", Withheld::CredentialId),
    ("person", Withheld::LearnerDetail),
    ("communication", Withheld::LearnerDetail),
    ("contact", Withheld::LearnerDetail),
    ("learner", Withheld::SubjectId),
];

/// What a `Profile` says about an issuer who is a person.
pub(super) const PERSON: &[(&str, Withheld)] = &[
    ("id", Withheld::SelfIssuer),
    ("@id", Withheld::SelfIssuer),
    ("url", Withheld::SelfIssuer),
    ("email", Withheld::SelfIssuer),
    ("phone", Withheld::SelfIssuer),
    ("name", Withheld::SelfIssuer),
];

/// The members in which an identity, a status or a piece of evidence names what it stands for, at any depth.
pub(super) const NAMES: &[&str] = &[
    "@id",
    "@value",
    "POCid",
    "id",
    "identifier",
    "identity",
    "identityHash",
    "notation",
    "sourcedId",
    "studentId",
    "url",
    "value",
];
/// The members in which somebody is called by a name or an address, at any depth.
pub(super) const CALLED: &[&str] = &[
    "address",
    "birthDate",
    "dialNumber",
    "email",
    "emailAddress",
    "family",
    "familyName",
    "formattedAddress",
    "formattedName",
    "formattedNumber",
    "fullAddress",
    "fullName",
    "github",
    "given",
    "givenName",
    "legalName",
    "line",
    "linkedin",
    "middle",
    "name",
    "noteLiteral",
    "phone",
    "preferred",
];
/// Members of an identity that name no identity: kinds, countries, schemes, and what a wrapper wraps.
pub(super) const PUBLIC: &[&str] = &[
    "type",
    "countryCode",
    "countrySubDivisions",
    "inScheme",
    "payload",
    "prefLabel",
    "schemeAgency",
    "schemeId",
    "schemeName",
    "spatial",
    "spatialCode",
];
