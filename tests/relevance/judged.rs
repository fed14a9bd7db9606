//! Texts of which is known what they are about.

use std::collections::BTreeSet;

/// A text and what is right for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    pub text: String,
    /// The numbers of the right items.
    pub right: BTreeSet<usize>,
}

/// A set of judged texts over a framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Judged {
    /// The name of the set, as its file or folder has it.
    pub name: String,
    /// The language of the texts.
    pub language: String,
    /// What a person should know of how the set was read.
    pub note: String,
    pub questions: Vec<Question>,
}
