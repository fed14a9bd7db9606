//! Why an answer is what it is: how a resource was found, and where what is said of it came from.

use ontology::{CanonicalKey, Strength};
use serde::Serialize;
use utoipa::ToSchema;

use crate::card::Card;
use crate::resolve::verdict::Rung;

/// What an answer rests on, as data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// The step on which the resource was found.
    pub rung: Rung,
    /// How strongly what was given names it.
    pub strength: Strength,
    /// The name by which it was found.
    pub via: CanonicalKey,
    /// The source that has it.
    pub source: String,
    /// The record of the source that says so.
    pub record: String,
    /// The address the record was read from; none where that was a file.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// When it was read.
    pub retrieved: String,
    /// The SHA-256 of the bytes that were read.
    pub digest: String,
    /// How the issuer of the badge stands to the credential, where the badge names an issuer and its target is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<IssuerStanding>,
}

impl Evidence {
    /// What is known of a card that was found by a name.
    pub(super) fn of(card: &Card, rung: Rung, strength: Strength, via: &CanonicalKey) -> Self {
        let origin = &card.origin;
        Self {
            rung,
            strength,
            via: via.clone(),
            source: origin.source.clone(),
            record: origin.record.clone(),
            url: origin.url.clone(),
            retrieved: origin.fetched_at.clone(),
            digest: origin.digest.clone(),
            issuer: None,
        }
    }
}

/// How the issuer of a badge stands to the published credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum IssuerStanding {
    /// It is published as the owner (`ceterms:ownedBy`).
    Owner,
    /// It is published as one that offers it (`ceterms:offeredBy`).
    Offerer,
    /// Others are published as owner and offerers.
    Differs,
    /// It goes by a name that nothing held here has, so that it cannot be compared.
    UnknownIssuer,
    /// Neither owner nor offerer is published.
    NoOwner,
}

impl IssuerStanding {
    /// The standing in a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Offerer => "offerer",
            Self::Differs => "differs",
            Self::UnknownIssuer => "unknownIssuer",
            Self::NoOwner => "noOwner",
        }
    }
}
