//! A text with some of its words marked.

use anstyle::Style;
use index::search::Span;
use textwrap::core::display_width;

/// Marks the spans of a text, whose ends count characters, and cuts it to a number of columns.
///
/// What it gives is on one line, and no control sequence of whoever wrote the text is left in it.
pub(super) fn marked(text: &str, spans: &[Span], columns: usize, style: Style) -> String {
    let is_marked = |at: usize| spans.iter().any(|span| (span.from..span.to).contains(&at));
    let fits = display_width(text) <= columns;
    let (mut shown, mut width, mut marking) = (String::new(), 0, false);
    for (at, character) in text.chars().enumerate() {
        let character = if character.is_control() { ' ' } else { character };
        width += display_width(character.encode_utf8(&mut [0; 4]));
        if !fits && width >= columns {
            end(&mut shown, &mut marking, style);
            shown.push('…');
            break;
        }
        if is_marked(at) != marking {
            if marking {
                end(&mut shown, &mut marking, style);
            } else {
                shown.push_str(&style.render().to_string());
                marking = true;
            }
        }
        shown.push(character);
    }
    end(&mut shown, &mut marking, style);
    shown
}

fn end(shown: &mut String, marking: &mut bool, style: Style) {
    if std::mem::take(marking) {
        shown.push_str(&style.render_reset().to_string());
    }
}

#[cfg(test)]
mod tests {
    use anstyle::Style;
    use index::search::Span;

    use super::marked;

    #[track_caller]
    fn check(text: &str, spans: &[(usize, usize)], columns: usize, expected: &str) {
        let spans: Vec<Span> =
            spans.iter().map(|(from, to)| Span { from: *from, to: *to }).collect();
        let shown = marked(text, &spans, columns, Style::new().bold());
        assert_eq!(shown.replace("\u{1b}[1m", "<").replace("\u{1b}[0m", ">"), expected);
    }

    #[test]
    fn words_are_marked_by_their_characters() {
        check("Adds fractions", &[(5, 14)], 80, "Adds <fractions>");
        check("Prüft Öle", &[(0, 5), (6, 9)], 80, "<Prüft> <Öle>");
        check("plain", &[], 80, "plain");
        check("beyond", &[(3, 99)], 80, "bey<ond>");
    }

    #[test]
    fn a_long_text_is_cut_and_what_is_marked_ends_before() {
        check("Adds fractions", &[(5, 14)], 9, "Adds <fra>…");
        check("Adds fractions", &[], 14, "Adds fractions");
    }

    #[test]
    fn no_control_sequence_of_a_text_is_left() {
        check("red \u{1b}[31m\n", &[(0, 3)], 80, "<red>  [31m ");
    }
}
