//! Tokens: the words of a text with their places in it.

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

use crate::language::fold::fold;
use crate::language::stem::{is_stop_word, stem};
use crate::language::tag::Language;

/// The most characters of a word that is indexed.
const MAX_WORD: usize = 80;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// The word, folded.
    pub word: String,
    /// Its stem in the language of the text.
    pub stem: String,
    /// Whether it says nothing by itself.
    pub is_stop: bool,
    /// The place among the words of the text, from 0; several tokens may share one.
    pub position: usize,
    /// The byte of the text where it begins.
    pub from: usize,
    /// The byte of the text behind its end.
    pub to: usize,
}

/// Takes a plain text apart.
pub(crate) fn tokens(text: &str, language: Language) -> Vec<Token> {
    let segmenter = WordSegmenter::new_auto(WordBreakInvariantOptions::default());
    let mut tokens = Vec::new();
    let mut from = 0;
    let mut position = 0;
    for (to, kind) in segmenter.segment_str(text).iter_with_word_type() {
        let piece = text.get(from..to).unwrap_or_default();
        if kind.is_word_like() && piece.chars().count() <= MAX_WORD {
            let word = fold(piece);
            let stem = stem(&word, language);
            let is_stop = is_stop_word(&word, language);
            tokens.push(Token { word, stem, is_stop, position, from, to });
            position += 1;
        }
        from = to;
    }
    tokens
}
