//! The envelope that the Credential Registry keeps a record in, as far as it says anything about the record.

use serde::{Deserialize, Serialize};

/// What an envelope says about the record in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Envelope {
    /// The community it belongs to (`envelope_community`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub community: Option<String>,
    /// Its own identifier (`envelope_id`), which is not that of the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The CTID of the organization that owns the record (`owned_by`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owned_by: Option<String>,
    /// The CTID of the organization that published it (`published_by`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_by: Option<String>,
    /// When it was made, as the registry writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// When it was last changed, as the registry writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<String>,
    /// When it was deleted; registries of before 2025 kept such envelopes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<String>,
    /// What its signature proves.
    pub signature: Signature,
}

/// What the signature of an envelope proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signature {
    /// It is good, and what was signed says what the readable record says.
    VerifiedEqual,
    /// It is good, and what was signed is not what the readable record says.
    VerifiedDiffers,
    /// There is one, and it is not good: it was made otherwise, or of something else, or cannot be checked with the key.
    Invalid,
    /// There is none, or no key to check it with.
    Absent,
}

impl Signature {
    /// The answer in a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::VerifiedEqual => "verified-equal",
            Self::VerifiedDiffers => "verified-differs",
            Self::Invalid => "invalid",
            Self::Absent => "absent",
        }
    }
}
