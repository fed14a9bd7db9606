//! The competencies that a text may be about, as a person reads them.

use std::io::{self, Write};

use index::search::Span;
use index::suggest::Suggested;

use crate::harmless::harmless;
use crate::present::block::{cut, line, width};
use crate::present::search::{heading, place};
use crate::present::style::{DIM, painted};

/// The most characters of one stretch of the text that are shown.
const MAX_STRETCH: usize = 60;

/// Prints the suggestions, each with the words of the text that speak for it.
pub(crate) fn print_suggestions(text: &str, suggestions: &[Suggested]) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    match suggestions.len() {
        0 => writeln!(out, "nothing is suggested")?,
        1 => writeln!(out, "1 suggestion")?,
        n => writeln!(out, "{n} suggestions")?,
    }
    for suggested in suggestions {
        let card = &suggested.card;
        writeln!(out, "\n{}", heading(card, None))?;
        writeln!(out, "  {}", cut(&place(card), width().saturating_sub(2)))?;
        line(&mut out, "score", &format!("{:.2}", suggested.score))?;
        line(&mut out, "because of", &stretches(text, &suggested.evidence))?;
        for twin in &suggested.twins {
            writeln!(out, "  also {}", harmless(twin.as_str()))?;
        }
        writeln!(out, "  {}", painted(DIM, &card.resource.identity().subject))?;
    }
    Ok(())
}

/// The stretches of the text, each once, in quotation marks.
fn stretches(text: &str, spans: &[Span]) -> String {
    let mut shown: Vec<String> = Vec::new();
    for span in spans {
        let stretch: String =
            text.chars().skip(span.from).take(span.to.saturating_sub(span.from)).collect();
        let stretch = format!("“{}”", cut(stretch.trim(), MAX_STRETCH));
        if !shown.contains(&stretch) {
            shown.push(stretch);
        }
    }
    if shown.is_empty() { "the text as a whole".to_owned() } else { shown.join(", ") }
}

#[cfg(test)]
mod tests {
    use index::search::Span;

    use super::stretches;

    #[test]
    fn stretches_are_counted_in_characters_and_shown_once() {
        let text = "Öle prüfen, Öle wechseln";
        let spans = [(0, 3), (4, 10), (12, 15)].map(|(from, to)| Span { from, to });
        assert_eq!(stretches(text, &spans), "“Öle”, “prüfen”");
        assert_eq!(stretches(text, &[]), "the text as a whole");
        assert_eq!(stretches("a\u{1b}[1mb", &[Span { from: 0, to: 99 }]), "“a [1mb”");
    }
}
