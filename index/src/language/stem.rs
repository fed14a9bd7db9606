//! Stems and stop words, language by language.

use rust_stemmers::{Algorithm, Stemmer};

use crate::language::tag::Language;

/// Gives the stem of a folded word; the word itself where its language has no stemmer here.
pub(super) fn stem(word: &str, language: Language) -> String {
    match language {
        Language::English => Stemmer::create(Algorithm::English).stem(word).into_owned(),
        _ => word.to_owned(),
    }
}

/// Tells whether a folded word says nothing by itself in its language.
pub(super) fn is_stop_word(word: &str, language: Language) -> bool {
    language == Language::English && matches!(word, "a" | "an" | "and" | "in" | "of" | "the" | "to")
}
