//! What somebody has typed so far, as labels and codes are compared with it.

use ontology::fold_code;

use crate::document::values::ORDER_CHARS;
use crate::language::{Language, fold_label, tokens};
use crate::search::span::Span;

/// A text that is not finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    /// As labels are sorted by: no more of it than they have.
    pub label: String,
    /// As codes are.
    pub code: String,
    /// Its words, the last of which may go on.
    pub words: Vec<String>,
}

impl Typed {
    /// Folds a text.
    pub(super) fn of(text: &str) -> Self {
        let words = tokens(text, Language::of(None, text)).into_iter().map(|token| token.word);
        Self {
            label: fold_label(text).chars().take(ORDER_CHARS).collect(),
            code: fold_code(text),
            words: words.collect(),
        }
    }

    /// Tells whether a folded label has the words, the last of them at least as the beginning of one.
    pub(super) fn is_in(&self, folded: &str) -> bool {
        let Some((last, whole)) = self.words.split_last() else { return false };
        let begins = |word: &str| {
            // What is written without gaps has words anywhere.
            let is_gapless = !word.starts_with(|c: char| c.is_ascii_alphanumeric());
            is_gapless && folded.contains(word)
        };
        let held: Vec<&str> = folded.split(' ').collect();
        whole.iter().all(|word| held.contains(&word.as_str()) || begins(word))
            && (held.iter().any(|word| word.starts_with(last.as_str())) || begins(last))
    }

    /// Where it stands in a label: at its beginning, else its words one by one.
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
        let mut spans = Vec::new();
        for token in tokens(label, Language::of(None, label)) {
            let whole = self.words.contains(&token.word);
            let last = self.words.last().filter(|last| token.word.starts_with(last.as_str()));
            let text = label.get(token.from..token.to).unwrap_or_default();
            let from = label.get(..token.from).map_or(0, |before| before.chars().count());
            let length = match last {
                Some(last) if !whole => reach(text, last, fold_label),
                _ => whole.then(|| text.chars().count()),
            };
            spans.extend(length.map(|length| Span { from, to: from + length }));
        }
        spans
    }
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

    proptest! {
        #[test]
        fn spans_lie_within_the_label(typed in "\\PC{0,8}", label in "\\PC{0,30}") {
            let n_chars = label.chars().count();
            for span in Typed::of(&typed).spans(&label) {
                assert!(span.from < span.to && span.to <= n_chars, "{span:?}");
            }
        }
    }
}
