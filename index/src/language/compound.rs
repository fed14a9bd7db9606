//! Words of several parts, and whether they are asked for whole or in parts.

use crate::language::fold::fold;
use crate::language::part::{Part, parts};

/// The most letters of a part of an abbreviation.
const ABBREVIATED: usize = 3;

/// How the parts of a word belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compound {
    /// A number whose thousands are marked: `1,000`. It has no parts.
    Number,
    /// Something with digits or `&`: a code (`3.NF.A.1`), a range (`9-12`), `R&D`. Its joiners are a part of it.
    Coded,
    /// An abbreviation: `U.S.A.`, `Ph.D.`. Its letters are no words.
    Abbreviation,
    /// A letter and a word: `e-mail`, `X-ray`. People write it in one word as well.
    Lettered,
    /// Words that stand together: `problem-solving`. People write them in one word or in several.
    Words,
}

impl Compound {
    /// Tells what the parts of one word make.
    pub(super) fn of(parts: &[Part<'_>]) -> Self {
        let is_joined = |by: char| parts.iter().any(|part| part.joiner == Some(by));
        let length = |part: &Part<'_>| part.raw.chars().count();
        if is_joined(',') {
            return Self::Number;
        }
        if is_joined('&') || parts.iter().any(|part| part.raw.contains(char::is_numeric)) {
            return Self::Coded;
        }
        let is_short = parts.iter().all(|part| length(part) <= ABBREVIATED && !part.is_dotted);
        let has_letter = parts.iter().any(|part| length(part) == 1);
        let is_dotted = parts.iter().skip(1).all(|part| part.joiner == Some('.'));
        match parts {
            _ if is_short && has_letter && is_dotted => Self::Abbreviation,
            [first, second] if length(first) == 1 && second.joiner == Some('-') => Self::Lettered,
            _ => Self::Words,
        }
    }
}

/// Folds a whole label for comparison: its words, whatever stands between them. A label without words is its signs.
pub(crate) fn fold_label(text: &str) -> String {
    let parts = parts(text);
    let words = parts.chunk_by(|_, next| next.joiner.is_some()).map(label);
    let label = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if label.is_empty() {
        return fold(text).split_whitespace().collect();
    }
    label
}

fn label(parts: &[Part<'_>]) -> String {
    let space = match parts {
        [_] => "",
        _ => match Compound::of(parts) {
            Compound::Number | Compound::Abbreviation | Compound::Lettered => "",
            Compound::Coded | Compound::Words => " ",
        },
    };
    let words = parts.iter().map(spelled).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(space)
}

/// A part as it is written, folded, with the signs of its name and without its apostrophes.
pub(super) fn spelled(part: &Part<'_>) -> String {
    let mut word = fold(part.raw);
    // A few signs are taken apart into a space and a mark.
    word.retain(|character| character != '\'' && !character.is_whitespace());
    if part.is_dotted {
        word.insert(0, '.');
    }
    word.push_str(part.sign);
    word
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};
    use proptest::prop_assert_eq;

    use super::fold_label;

    #[track_caller]
    fn check(labels: &[&str], folded: &str) {
        for label in labels {
            assert_eq!(fold_label(label), folded, "{label}");
        }
    }

    #[test]
    fn a_label_is_its_words_however_they_are_set() {
        check(&["Problem-solving", "problem solving", " Problem  Solving. "], "problem solving");
        check(&["E-mail marketing", "email marketing", "e-mail, marketing"], "email marketing");
        check(&["Don't", "don’t", "dont"], "dont");
        check(&["Ph.D.", "PhD", "ph.d"], "phd");
        check(&["3.NF.A.1", "3 NF A 1", "3-nf-a-1"], "3 nf a 1");
        check(&["1,000 words", "1000 words"], "1000 words");
        check(&["Formación", "formacion"], "formacion");
        check(&["分数の意味", "分数の意味。"], "分数の意味");
        check(&["学校에서"], "学校 에서");
        check(&["\u{fe70}ぁ"], "ぁ");
    }

    #[test]
    fn names_with_signs_are_other_names() {
        let labels = ["C", "C++", "C#", ".NET", "NET", "R", "A+", "A"].map(fold_label);
        for (at, label) in labels.iter().enumerate() {
            assert!(!label.is_empty() && !labels[..at].contains(label), "{label}");
        }
    }

    #[test]
    fn a_label_without_words_is_its_signs() {
        check(&["", "  "], "");
        check(&["😀", " 😀 "], "😀");
        check(&["+ +", "++"], "++");
    }

    proptest! {
        #[test]
        fn a_folded_label_of_words_stays_as_it_is(text in "[a-zéß '.-]{0,20}") {
            let folded = fold_label(&text);
            if folded.chars().all(|c| c.is_alphanumeric() || c == ' ') {
                prop_assert_eq!(fold_label(&folded), folded);
            }
        }

        #[test]
        fn any_text_has_a_label(text in any::<String>()) {
            let folded = fold_label(&text);
            prop_assert_eq!(folded.trim(), folded.as_str());
        }
    }
}
