//! How an identifier was understood, and the steps by which it was looked for.

use serde::Serialize;
use utoipa::ToSchema;

/// How an identifier was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// It names exactly one resource that is held here.
    Resolved,
    /// It names several, or names too little to choose one.
    Ambiguous,
    /// It names nothing that is held here.
    Unknown,
    /// Its form cannot be resolved from what it says alone.
    Unsupported,
    /// It was held back, because it may be about the learner.
    Withheld,
    /// It is no identifier of any form.
    Malformed,
}

impl Verdict {
    /// The verdict in a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Resolved => "resolved",
            Self::Ambiguous => "ambiguous",
            Self::Unknown => "unknown",
            Self::Unsupported => "unsupported",
            Self::Withheld => "withheld",
            Self::Malformed => "malformed",
        }
    }
}

/// The steps of the ladder, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Rung {
    /// The exact address.
    ExactIri,
    /// The CTID or GUID inside it.
    Identifier,
    /// A name that the publisher declared.
    DeclaredAlias,
    /// A code in its framework.
    Code,
}

impl Rung {
    /// How the step reads in a sentence.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::ExactIri => "the exact address",
            Self::Identifier => "the identifier inside it",
            Self::DeclaredAlias => "an address that its publisher declares",
            Self::Code => "the code in its framework",
        }
    }
}

/// One step that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Attempt {
    /// The step.
    pub rung: Rung,
    /// What was looked up.
    pub looked_up: String,
    /// How many resources were found.
    pub n_found: usize,
}
