//! The words of a question in the texts of a hit: as spans of plain text, safe to show.

use crate::document::texts::Text;
use crate::language::tokens;
use crate::search::span::{Highlight, Span};
use crate::search::terms::Terms;

/// The most characters of a text that are shown, cuts not counted.
const SNIPPET: usize = 240;

/// What stands where a text is cut.
const CUT: char = '…';

/// Shows where the words of a question stand in texts; a text without them is not shown.
pub(super) fn highlights(texts: &[Text], terms: &Terms) -> Vec<Highlight> {
    texts.iter().filter_map(|text| highlight(text, terms)).collect()
}

fn highlight(text: &Text, terms: &Terms) -> Option<Highlight> {
    let spans = met(text, terms);
    let n_chars = text.text.chars().count();
    if spans.is_empty() {
        return None;
    }
    if n_chars <= SNIPPET {
        return Some(Highlight { field: text.field, text: text.text.clone(), spans });
    }
    let (from, to) = window(&text.text, &spans, n_chars);
    let (begins, ends) = (from == 0, to >= n_chars);
    let mut shown: String = if begins { String::new() } else { CUT.to_string() };
    shown.extend(text.text.chars().skip(from).take(to - from));
    if !ends {
        shown.push(CUT);
    }
    let shift = |at: usize| at - from + usize::from(!begins);
    let inside = spans.into_iter().filter(|span| span.from >= from && span.to <= to);
    let spans = inside.map(|span| Span { from: shift(span.from), to: shift(span.to) }).collect();
    Some(Highlight { field: text.field, text: shown, spans })
}

/// The words that were met, in characters, none over another.
fn met(text: &Text, terms: &Terms) -> Vec<Span> {
    let mut places: Vec<(usize, usize)> = tokens(&text.text, text.language)
        .iter()
        .filter(|token| terms.meet(token))
        .map(|token| (token.from, token.to))
        .collect();
    places.sort_by_key(|(from, to)| (*from, std::cmp::Reverse(*to)));
    let mut spans: Vec<Span> = Vec::new();
    let (mut byte, mut n_chars) = (0, 0);
    for (from, to) in places {
        // A code is a word, and so are its parts: the longest is shown.
        if from < byte {
            continue;
        }
        let before = text.text.get(byte..from).map_or(0, |text| text.chars().count());
        let length = text.text.get(from..to).map_or(0, |text| text.chars().count());
        spans.push(Span { from: n_chars + before, to: n_chars + before + length });
        n_chars += before + length;
        byte = to;
    }
    spans
}

/// The stretch with the most of the words, the first of equals, and what stands around it up to whole words.
fn window(text: &str, spans: &[Span], n_chars: usize) -> (usize, usize) {
    let within = |first: &Span| {
        let inside = spans.iter().filter(|span| span.from >= first.from);
        inside.take_while(|span| span.to <= first.from + SNIPPET).count()
    };
    let mut best: Option<(usize, &Span)> = None;
    for span in spans {
        let n_inside = within(span);
        if best.is_none_or(|(held, _)| n_inside > held) {
            best = Some((n_inside, span));
        }
    }
    let Some((n_inside, first)) = best else { return (0, n_chars.min(SNIPPET)) };
    let inside = spans.iter().filter(|span| span.from >= first.from).take(n_inside.max(1));
    let last = inside.last().unwrap_or(first);
    let length = (last.to - first.from).min(SNIPPET);
    let before = (SNIPPET - length) / 2;
    let from = first.from.saturating_sub(before).min(n_chars - SNIPPET);
    let to = from + SNIPPET;
    let chars: Vec<char> = text.chars().collect();
    let is_gap = |at: usize| chars.get(at).is_some_and(|c| c.is_whitespace());
    let from = if from == 0 {
        0
    } else {
        (from..first.from).find(|at| is_gap(*at)).map_or(from, |at| at + 1)
    };
    let to = if to >= n_chars {
        n_chars
    } else {
        (last.to.min(to)..=to).rev().find(|at| is_gap(*at)).unwrap_or(to)
    };
    (from, to)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::proptest;

    use super::{SNIPPET, highlights};
    use crate::document::texts::Text;
    use crate::language::{Language, tokens};
    use crate::search::terms::Terms;

    fn terms(words: &str) -> Terms {
        let tokens = tokens(words, Language::English);
        let stems = tokens.iter().map(|token| token.stem.clone()).collect();
        Terms { stems, words: BTreeSet::new() }
    }

    /// The text that is shown, the words between brackets.
    fn show(text: &str, words: &str) -> Option<String> {
        let text = Text { field: "name", text: text.to_owned(), language: Language::English };
        let shown = highlights(&[text], &terms(words)).pop()?;
        let mut marked = String::new();
        for (at, character) in shown.text.chars().enumerate() {
            if shown.spans.iter().any(|span| span.from == at) {
                marked.push('[');
            }
            marked.push(character);
            if shown.spans.iter().any(|span| span.to == at + 1) {
                marked.push(']');
            }
        }
        Some(marked)
    }

    #[test]
    fn every_form_of_a_word_is_shown() {
        let text = "Café: adding a fraction to fractions";
        let shown = "Café: [adding] a [fraction] to [fractions]";
        assert_eq!(show(text, "fraction added").as_deref(), Some(shown));
        assert_eq!(
            show("日本 naïve 𝄞 fractions", "fraction").as_deref(),
            Some("日本 naïve 𝄞 [fractions]")
        );
        assert_eq!(show(text, "soup"), None);
    }

    #[test]
    fn of_a_long_text_the_words_and_what_is_around_them_is_shown() {
        let text =
            format!("{}adds one fraction to fractions {}", "so ".repeat(200), "on ".repeat(200));
        let shown = show(&text, "fractions").unwrap();
        assert!(shown.starts_with("…so so ") && shown.ends_with("on on…"), "{shown}");
        assert!(shown.contains("adds one [fraction] to [fractions] on"), "{shown}");
        assert!(shown.chars().count() <= SNIPPET + 6);
    }

    #[test]
    fn where_a_long_text_begins_or_ends_nothing_is_cut() {
        let shown = show(&format!("fractions {}", "on ".repeat(200)), "fraction").unwrap();
        assert!(shown.starts_with("[fractions] on") && shown.ends_with("on…"), "{shown}");
        let shown = show(&format!("{}fractions", "so ".repeat(200)), "fraction").unwrap();
        assert!(shown.starts_with("…so") && shown.ends_with("so [fractions]"), "{shown}");
    }

    proptest! {
        #[test]
        fn spans_are_words_of_what_is_shown(text in "(fractions |ß|日本 |x|, |\\PC){0,300}") {
            let text = Text { field: "name", text, language: Language::English };
            for shown in highlights(&[text], &terms("fraction")) {
                let chars: Vec<char> = shown.text.chars().collect();
                assert!(!shown.spans.is_empty() && chars.len() <= SNIPPET + 2);
                for span in shown.spans {
                    let word: String = chars[span.from..span.to].iter().collect();
                    let found = tokens(&word, Language::English);
                    assert!(found.iter().any(|token| token.stem == "fraction"), "{word}");
                }
            }
        }
    }
}
