//! What somebody has typed so far, as labels and codes are compared with it.

use std::cmp::Reverse;

use ontology::fold_code;

use crate::document::label::each_once;
use crate::document::values::ORDER_CHARS;
use crate::language::{Language, Token, fold_label, tokens};
use crate::search::span::Span;

/// A text that is not finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    /// As labels are sorted by: no more of it than they have.
    pub label: String,
    /// As codes are.
    pub code: String,
    /// The forms of each of its words, as they are indexed; the last word may go on.
    pub forms: Vec<Vec<String>>,
    /// Its words, as folded labels have them.
    pub words: Vec<String>,
}

impl Typed {
    /// Folds a text.
    pub(super) fn of(text: &str) -> Self {
        let all = tokens(text, Language::of(None, text));
        let words = spelled(text, all.clone());
        let place = |token: &Token| (token.position, token.from, token.to);
        let forms = words.iter().map(|(_, kept)| {
            let forms = all.iter().filter(|token| place(token) == place(kept));
            forms.map(|token| token.word.clone()).collect()
        });
        Self {
            label: fold_label(text).chars().take(ORDER_CHARS).collect(),
            code: fold_code(text),
            forms: forms.collect(),
            words: words.into_iter().map(|(word, _)| word).collect(),
        }
    }

    /// Tells whether a folded label has the words, the last of them at least as the beginning of one.
    pub(super) fn is_in(&self, folded: &str) -> bool {
        let Some((last, whole)) = self.words.split_last() else { return false };
        let begins = |word: &str| is_gapless(word) && folded.contains(word);
        let held: Vec<&str> = folded.split(' ').collect();
        whole.iter().all(|word| held.contains(&word.as_str()) || begins(word))
            && (held.iter().any(|word| word.starts_with(last.as_str())) || begins(last))
    }

    /// Where it stands in a label: at its beginning, else its words one by one, from left to right.
    pub(super) fn spans(&self, label: &str) -> Vec<Span> {
        if !self.label.is_empty()
            && fold_label(label).starts_with(&self.label)
            && let Some(to) = reach(label, &self.label, fold_label)
        {
            let from = label.chars().take_while(|c| !c.is_alphanumeric()).count();
            return vec![Span { from, to }];
        }
        if !self.is_in(&fold_label(label)) {
            return Vec::new();
        }
        let all = tokens(label, Language::of(None, label));
        let gapless = all.iter().filter(|token| is_gapless(&token.word)).cloned();
        let gapless: Vec<_> = gapless.map(|token| (token.word.clone(), token)).collect();
        let words = spelled(label, all).into_iter().chain(gapless);
        let mut spans: Vec<Span> =
            words.filter_map(|(word, token)| self.span(label, &word, &token)).collect();
        spans.sort_by_key(|span| (span.from, Reverse(span.to)));
        let mut end = 0;
        spans.retain(|span| {
            let is_apart = span.from >= end;
            end = end.max(span.to);
            is_apart
        });
        spans
    }

    /// How much of a word of a label was typed, if anything was.
    fn span(&self, label: &str, word: &str, token: &Token) -> Option<Span> {
        let text = label.get(token.from..token.to)?;
        let length = if self.words.iter().any(|typed| typed == word) {
            text.chars().count()
        } else {
            let last = self.words.last().filter(|last| word.starts_with(last.as_str()))?;
            reach(text, last, fold_label)?
        };
        let from = label.get(..token.from)?.chars().count();
        Some(Span { from, to: from + length })
    }
}

/// The words of a text, each once, as its folded label has them: there `teacher's` is `teachers` and `l'élève` is `leleve`, in every
/// language.
fn spelled(text: &str, tokens: Vec<Token>) -> Vec<(String, Token)> {
    let kept = each_once(tokens);
    let folded = fold_label(text);
    let words: Vec<&str> = folded.split(' ').collect();
    // What is written without gaps has fewer words there.
    let is_alike = words.len() == kept.len();
    let words = words.into_iter().filter(|_| is_alike).map(Some).chain(std::iter::repeat(None));
    let pairs = kept.into_iter().zip(words);
    pairs.map(|(token, word)| (word.unwrap_or(&token.word).to_owned(), token)).collect()
}

/// Tells whether a word is of a script that may be written without gaps, so that words are anywhere in it.
fn is_gapless(word: &str) -> bool {
    !word.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// How many characters of a text it takes until its folded form has a beginning.
fn reach(text: &str, beginning: &str, fold: impl Fn(&str) -> String) -> Option<usize> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let mut reached = ends.enumerate().skip_while(|(_, end)| {
        !text.get(..*end).is_some_and(|text| fold(text).starts_with(beginning))
    });
    reached.next().map(|(at, _)| at + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::proptest;

    use super::Typed;
    use crate::language::fold_label;

    #[track_caller]
    fn check(typed: &str, label: &str, expected: &[&str]) {
        let chars: Vec<char> = label.chars().collect();
        let spans = Typed::of(typed).spans(label);
        let shown = spans.iter().map(|span| chars[span.from..span.to].iter().collect::<String>());
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{typed} in {label}");
    }

    #[test]
    fn what_was_typed_is_found_where_it_stands() {
        check("welD", "Welding certificate", &["Weld"]);
        check("elan", "Élan vital", &["Élan"]);
        check("elan v", "“Élan”, vital", &["Élan”, v"]);
        check("certif", "Welding certificate", &["certif"]);
        check("certificate wel", "Welding certificate", &["Wel", "certificate"]);
        check("strasse", "Die Straße", &["Straße"]);
        check("problem", "Apply problem-solving strategies", &["problem"]);
        check("problem-sol", "Apply problem-solving strategies", &["problem", "sol"]);
        check("e-mai", "Write an e-mail to me", &["e-mai"]);
        check("o'bri", "The life of O’Brien", &["O’Bri"]);
        check("teacher's gu", "The teacher's guide", &["teacher's", "gu"]);
        check("日本", "分数と日本語", &["日本"]);
        check("xyz", "Welding certificate", &[]);
        check("...", "Welding certificate", &[]);
    }

    #[test]
    fn the_last_word_alone_may_go_on() {
        assert!(Typed::of("add frac").is_in("add fractions"));
        assert!(!Typed::of("ad fractions").is_in("add fractions"));
        assert!(!Typed::of("ractions").is_in("add fractions"));
        assert!(!Typed::of("").is_in("add fractions"));
    }

    #[test]
    fn words_of_several_parts_are_compared_as_labels_have_them() {
        for (typed, label) in [
            ("problem-sol", "Apply problem-solving"),
            ("problem sol", "Apply problem-solving"),
            ("multi-digit", "Divide multi-digit numbers"),
            ("two-digit num", "Add two-digit numbers"),
            ("e-mail", "Write an e-mail"),
            ("email", "Write an e-mail"),
            ("O'Brien", "The life of O’Brien"),
            ("teacher's", "The teacher's guide"),
            ("Ph.D.", "Earn a Ph.D."),
            ("1,000", "Count to 1000"),
            ("k-12 s", "A K-12 school"),
        ] {
            assert!(Typed::of(typed).is_in(&fold_label(label)), "{typed} in {label}");
        }
    }

    proptest! {
        #[test]
        fn spans_lie_within_the_label(typed in "\\PC{0,8}", label in "\\PC{0,30}") {
            let n_chars = label.chars().count();
            let mut last = 0;
            for span in Typed::of(&typed).spans(&label) {
                assert!(last <= span.from && span.from < span.to && span.to <= n_chars, "{span:?}");
                last = span.to;
            }
        }
    }
}
