//! Folding: what two spellings of one word have in common.

use icu_casemap::CaseMapper;
use icu_normalizer::DecomposingNormalizer;

/// Folds a text: compatibility forms, case and the marks of letters do not matter.
pub(crate) fn fold(text: &str) -> String {
    let decomposed = DecomposingNormalizer::new_nfkd().normalize(text);
    let bare: String = decomposed.chars().filter(|c| !is_mark(*c)).collect();
    CaseMapper::new().fold_string(&bare).into_owned()
}

fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

/// Folds a whole label for comparison: its words, whatever stands between them.
pub(crate) fn fold_label(text: &str) -> String {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
