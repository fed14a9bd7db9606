//! What of a text is shown as met.

use std::collections::BTreeSet;

use crate::language::Token;
use crate::search::question::Question;
use crate::search::reading::Reading;
use crate::search::words::{Word, stems_of};

/// The words that a question was asked with: its own, those that go on from its last one, and those that it was corrected to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Terms {
    /// Their stems, in every language that the question may be in.
    pub stems: BTreeSet<String>,
    /// The words themselves, folded.
    pub words: BTreeSet<String>,
}

impl Terms {
    /// The words of a question with what the index has of them.
    pub(super) fn of(question: &Question, reading: &Reading) -> Self {
        let languages = &question.languages;
        let quoted = question.phrases.iter().flat_map(|text| Word::all_of(text, languages));
        let quoted: Vec<Word> = quoted.collect();
        let mut terms = Self::default();
        for word in reading.words.iter().map(|read| &read.word).chain(&quoted) {
            for word in std::iter::once(word).chain(&word.parts) {
                terms.words.extend(word.words.iter().cloned());
                terms.stems.extend(word.all_stems().cloned());
            }
        }
        for word in reading.words.iter().flat_map(|read| read.ahead.iter().chain(&read.instead)) {
            terms.words.insert(word.clone());
            terms.stems.extend(stems_of(word, languages));
        }
        terms
    }

    /// Tells whether a word of a text is one that was asked for.
    pub(super) fn meet(&self, token: &Token) -> bool {
        self.words.contains(&token.word) || (!token.is_stop && self.stems.contains(&token.stem))
    }
}
