//! What of a text is shown as met.

use std::collections::BTreeSet;

use crate::language::Token;

/// The words that a question was asked with: its own, those that go on from its last one, and those that it was corrected to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Terms {
    /// Their stems, in every language that the question may be in.
    pub stems: BTreeSet<String>,
    /// The words themselves, folded.
    pub words: BTreeSet<String>,
}

impl Terms {
    /// Tells whether a word of a text is one that was asked for.
    pub(super) fn meet(&self, token: &Token) -> bool {
        self.words.contains(&token.word) || (!token.is_stop && self.stems.contains(&token.stem))
    }
}
