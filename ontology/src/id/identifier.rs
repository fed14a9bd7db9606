//! What one string says about the thing it names.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::id::case_entity::CaseEntity;
use crate::id::environment::Environment;
use crate::id::guid::Guid;
use crate::id::key::CanonicalKey;
use crate::id::strength::Strength;
use crate::id::unresolvable::Unresolvable;

/// What sort of identifier a string is.
#[derive(
    Clone, Copy, Debug, Default, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum IdentifierKind {
    /// A CTID, alone or inside an address.
    Ctid,
    /// A GUID, alone or inside an address of CASE.
    Guid,
    /// An address of CASE whose identifier is no UUID.
    CaseLocal,
    /// Any other absolute IRI.
    Iri,
    /// A human code, which means something only within a framework.
    Code,
    /// A term of the CTDL vocabularies.
    Term,
    /// A blank node of the Registry.
    BlankNode,
    /// Words.
    #[default]
    Text,
    /// An identifier that cannot be resolved from what it says alone.
    Unresolvable,
}

impl IdentifierKind {
    /// The word that answers and vectors use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ctid => "ctid",
            Self::Guid => "guid",
            Self::CaseLocal => "case-local",
            Self::Iri => "iri",
            Self::Code => "code",
            Self::Term => "term",
            Self::BlankNode => "blank-node",
            Self::Text => "text",
            Self::Unresolvable => "unresolvable",
        }
    }
}

impl fmt::Display for IdentifierKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// What a string says about the thing it names, without looking anything up.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Identifier {
    /// The string as it came; of one that is too long, its first [`MAX_CHARS`](crate::id::identify::MAX_CHARS) characters.
    pub raw: String,
    /// What sort of identifier it is.
    pub kind: IdentifierKind,
    /// The identity found in it.
    pub key: Option<CanonicalKey>,
    /// The key of the whole string where it is an absolute IRI, for exact matches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iri: Option<CanonicalKey>,
    /// How surely the string names what `key` names; the weakest where there is no key.
    pub strength: Strength,
    /// The registry that the string speaks of.
    pub environment: Environment,
    /// The CASE entity that the path speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<CaseEntity>,
    /// The GUID of the framework that the string names beside the item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framework: Option<Guid>,
    /// The short name of a framework that stands beside a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framework_hint: Option<String>,
    /// The human code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The key of the possible sibling in the other world: a GUID for a production CTID, a production CTID for a GUID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inferred: Option<CanonicalKey>,
    /// Why the string cannot be resolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unresolvable: Option<Unresolvable>,
    /// The host of the address, in its normal form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// A UUID that stands in the string without being known for its identity; it may be tried after the key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contained: Option<Guid>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serde_says_the_words_of_the_kinds() {
        for kind in [
            IdentifierKind::Ctid,
            IdentifierKind::Guid,
            IdentifierKind::CaseLocal,
            IdentifierKind::Iri,
            IdentifierKind::Code,
            IdentifierKind::Term,
            IdentifierKind::BlankNode,
            IdentifierKind::Text,
            IdentifierKind::Unresolvable,
        ] {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
    }
}
