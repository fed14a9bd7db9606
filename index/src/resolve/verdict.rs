//! The words in which an answer is given.

use ontology::{CanonicalKey, Strength};
use serde::Serialize;

use crate::copies::Chosen;
use crate::standing::Standing;

/// How an identifier was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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
    /// The words.
    Text,
}

impl Rung {
    /// How the step reads in a sentence.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::ExactIri => "the exact address",
            Self::Identifier => "the identifier inside it",
            Self::DeclaredAlias => "an address that its publisher declares",
            Self::Code => "the code in its framework",
            Self::Text => "the words",
        }
    }
}

/// One step that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attempt {
    /// The step.
    pub rung: Rung,
    /// What was looked up.
    pub looked_up: String,
    /// How many resources were found.
    pub n_found: usize,
}

/// A resource that was found, and how.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// The resource with its copies.
    pub chosen: Chosen,
    /// The step on which it was found.
    pub rung: Rung,
    /// How strongly what was given names it.
    pub strength: Strength,
    /// The name by which it was found.
    pub via: CanonicalKey,
    /// Whether it may still be used.
    pub standing: Standing,
}

/// What a reader should know besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// Another resource has taken its place.
    Superseded,
    /// It is out of use.
    Deprecated,
    /// Its source no longer has it.
    Withdrawn,
    /// Its publisher has suspended it.
    Suspended,
    /// It is not in force yet.
    NotYetInForce,
    /// The words of the badge are not the published words.
    TextDiffers,
    /// The code of the badge is not the published code.
    CodeDiffers,
    /// The address and the code of the badge name different things.
    Conflict,
    /// The badge says it is of another class than it is.
    TypeMismatch,
    /// The identifier belongs to a test registry or another instance.
    OtherEnvironment,
    /// Something held here has the same UUID in another standard.
    InferredIdentity,
    /// Only a name was given.
    NameOnly,
    /// The framework was found although its name was written otherwise.
    FrameworkSpelling,
    /// A provisional record has the name, and is not shown.
    Provisional,
}

impl NoticeKind {
    /// The stable code of the notice.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Superseded => "superseded",
            Self::Deprecated => "deprecated",
            Self::Withdrawn => "withdrawn",
            Self::NotYetInForce => "not_yet_in_force",
            Self::TextDiffers => "text_differs",
            Self::CodeDiffers => "code_differs",
            Self::Conflict => "conflict",
            Self::TypeMismatch => "type_mismatch",
            Self::OtherEnvironment => "other_environment",
            Self::InferredIdentity => "inferred_identity",
            Self::NameOnly => "name_only",
            Self::FrameworkSpelling => "framework_spelling",
            Self::Provisional => "provisional",
            Self::Suspended => "suspended",
        }
    }
}

/// A notice with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// What it is about.
    pub kind: NoticeKind,
    /// One sentence.
    pub text: String,
    /// What the badge says, where two things are compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
    /// What is published, where two things are compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
}

impl Notice {
    /// A notice of one sentence.
    pub fn new(kind: NoticeKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), given: None, published: None }
    }
}

/// The whole answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Resolution {
    /// How the identifier was understood.
    pub verdict: Verdict,
    /// One sentence that says what was found and why we say so.
    pub reason: String,
    /// What was found: one where resolved, several where ambiguous.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub found: Vec<Found>,
    /// What has the same UUID in another standard; never the answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inferred: Vec<Found>,
    /// What the words suggest; never asserted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Found>,
    /// What a reader should know besides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Notice>,
    /// What was tried, in order.
    pub tried: Vec<Attempt>,
}

impl Resolution {
    /// The resource, where there is exactly one.
    pub fn resource(&self) -> Option<&Found> {
        self.found.first().filter(|_| self.verdict == Verdict::Resolved)
    }
}
