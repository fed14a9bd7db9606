//! What is found in a document, and what it means.

use std::fmt;

/// The spellings of [`Person`](https://schema.org/Person) as the value of a type.
const PERSON: [&[u8]; 6] = [
    b"Person",
    b"schema:Person",
    b"http://schema.org/Person",
    b"https://schema.org/Person",
    b"http://www.schema.org/Person",
    b"https://www.schema.org/Person",
];

/// What made a document one about a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PersonMark {
    /// The key [`credentialSubject`](https://www.w3.org/TR/vc-data-model-2.0/#credential-subject).
    CredentialSubject,
    /// The key `recipient` of an [Open Badges 2.0 Assertion](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#Assertion).
    Recipient,
    /// A node whose type is [`schema:Person`](https://schema.org/Person).
    SchemaPerson,
    /// The whole text is a [JWS in compact serialisation](https://www.rfc-editor.org/rfc/rfc7515#section-7.1).
    CompactJws,
}

impl PersonMark {
    /// The mark as it is counted and logged; it repeats nothing of the document.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CredentialSubject => "credentialSubject",
            Self::Recipient => "recipient",
            Self::SchemaPerson => "schema:Person",
            Self::CompactJws => "compact JWS",
        }
    }

    pub(super) fn of_key(key: &[u8]) -> Option<Self> {
        match key {
            b"credentialSubject" => Some(Self::CredentialSubject),
            b"recipient" => Some(Self::Recipient),
            _ => None,
        }
    }
}

impl fmt::Display for PersonMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The outermost form of a text, by its first byte that says anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// It begins with `{`.
    Object,
    /// It begins with `[`.
    Array,
    /// It begins with anything else, or is empty.
    #[default]
    Other,
}

/// What one pass over a document found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// What makes the document one about a person, if anything does.
    pub person: Option<PersonMark>,
    /// The outermost form of the text.
    pub shape: Shape,
    /// The first keys of the first object, in the order of the text; keys longer than 64 bytes are left out.
    pub top_level_keys: Vec<String>,
}

/// Whether the value of a type means a person, with or without a trailing slash, fragment or query.
pub(super) fn names_person(value: &[u8]) -> bool {
    let value = value.trim_ascii();
    PERSON.iter().any(|name| {
        value
            .strip_prefix(*name)
            .is_some_and(|rest| matches!(rest.first(), None | Some(b'/' | b'#' | b'?')))
    })
}
