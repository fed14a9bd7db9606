//! A text with some of its words marked, in parts that a template escapes one by one.

use index::search::Span;

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// As it was published; a template escapes it.
    pub text: String,
    /// Whether it is what was asked for.
    pub is_met: bool,
}

/// Cuts a text at the ends of its spans, which count characters; what lies beyond its end is let be.
pub(crate) fn parts(text: &str, spans: &[Span]) -> Vec<Part> {
    let is_marked = |at: usize| spans.iter().any(|span| (span.from..span.to).contains(&at));
    let mut parts: Vec<Part> = Vec::new();
    for (at, character) in text.chars().enumerate() {
        let is_met = is_marked(at);
        match parts.last_mut().filter(|last| last.is_met == is_met) {
            Some(last) => last.text.push(character),
            None => parts.push(Part { text: character.to_string(), is_met }),
        }
    }
    parts
}

/// A text in which nothing is marked, cut to a number of characters.
pub(crate) fn unmarked(text: &str, n_chars: usize) -> Vec<Part> {
    vec![Part { text: cut(text, n_chars), is_met: false }]
}

/// The beginning of a text.
pub(crate) fn cut(text: &str, n_chars: usize) -> String {
    if text.chars().nth(n_chars).is_none() {
        return text.to_owned();
    }
    let kept: String = text.chars().take(n_chars.saturating_sub(1)).collect();
    let whole = kept.rsplit_once(' ').map_or(kept.as_str(), |(words, _)| words);
    whole.trim_end_matches([' ', ',', ';', ':', '.']).to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use index::search::Span;

    use super::{cut, parts};

    #[track_caller]
    fn check(text: &str, spans: &[(usize, usize)], expected: &str) {
        let spans: Vec<Span> =
            spans.iter().map(|(from, to)| Span { from: *from, to: *to }).collect();
        let shown = parts(text, &spans).into_iter();
        let shown: String = shown
            .map(|part| if part.is_met { format!("<{}>", part.text) } else { part.text })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn words_are_marked_by_their_characters() {
        check("Adds fractions", &[(5, 14)], "Adds <fractions>");
        check("Prüft Öle", &[(0, 5), (6, 9)], "<Prüft> <Öle>");
        check("日本 𝄞 x", &[(3, 4)], "日本 <𝄞> x");
        check("plain", &[], "plain");
        check("", &[(0, 3)], "");
    }

    #[test]
    fn spans_that_overlap_or_lead_beyond_the_end_do_no_harm() {
        check("beyond", &[(3, 99)], "bey<ond>");
        check("twice", &[(0, 3), (1, 4)], "<twic>e");
        check("turned", &[(4, 2)], "turned");
    }

    #[test]
    fn a_long_text_is_cut_between_words() {
        assert_eq!(cut("Adds fractions", 14), "Adds fractions");
        assert_eq!(cut("Adds fractions", 10), "Adds…");
        assert_eq!(cut("日本語日本語", 4), "日本語…");
    }
}
