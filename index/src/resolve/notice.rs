//! What a reader should know besides the answer.

use serde::Serialize;
use utoipa::ToSchema;

use crate::card::{Card, Step};

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// Another resource has taken its place: `others` is the chain of them, the next one first.
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
    /// The code of the badge is the published code in another spelling.
    CodeSpelling,
    /// The address and the code of the badge name different things: `others` is what the code names.
    Conflict,
    /// The address of the badge names the whole, and its code the part that is answered: `others` is the whole.
    Refined,
    /// The address of the badge says nothing here, and its code was used.
    AddressNotUsed,
    /// The badge says it is of another class than it is.
    TypeMismatch,
    /// The issuer of the badge is neither the owner nor an offerer: `others` is who they are.
    IssuerDiffers,
    /// The identifier belongs to a test registry or another instance.
    OtherEnvironment,
    /// Something held here has the same UUID in another standard.
    InferredIdentity,
    /// Only a name was given.
    NameOnly,
    /// The framework was found although its name was written otherwise: `others` is what the name fits too.
    FrameworkSpelling,
    /// Others had the code, and their sources no longer have them: `others` is what they were.
    OthersWithdrawn,
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
            Self::Suspended => "suspended",
            Self::NotYetInForce => "not_yet_in_force",
            Self::TextDiffers => "text_differs",
            Self::CodeDiffers => "code_differs",
            Self::CodeSpelling => "code_spelling",
            Self::Conflict => "conflict",
            Self::Refined => "refined",
            Self::AddressNotUsed => "address_not_used",
            Self::TypeMismatch => "type_mismatch",
            Self::IssuerDiffers => "issuer_differs",
            Self::OtherEnvironment => "other_environment",
            Self::InferredIdentity => "inferred_identity",
            Self::NameOnly => "name_only",
            Self::FrameworkSpelling => "framework_spelling",
            Self::OthersWithdrawn => "others_withdrawn",
            Self::Provisional => "provisional",
        }
    }
}

/// A notice with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Notice {
    /// What it is about.
    pub kind: NoticeKind,
    /// One sentence, as a clause.
    pub text: String,
    /// What the badge says, where two things are compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
    /// What is published, where two things are compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// The other resources that it speaks of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Step>,
}

impl Notice {
    /// A notice of one sentence.
    pub fn new(kind: NoticeKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), given: None, published: None, others: Vec::new() }
    }

    /// The same notice, with what the badge says and what is published.
    #[must_use]
    pub(super) fn comparing(self, given: &str, published: impl Into<Option<String>>) -> Self {
        Self { given: Some(given.to_owned()), published: published.into(), ..self }
    }

    /// The same notice, speaking of other resources.
    #[must_use]
    pub(super) fn about(self, others: Vec<Step>) -> Self {
        Self { others, ..self }
    }
}

/// A resource that a notice speaks of.
pub(super) fn other(card: &Card) -> Step {
    Step {
        key: card.key().clone(),
        code: card.resource.code().map(str::to_owned),
        label: card.label(),
    }
}
