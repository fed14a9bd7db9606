//! What may reach a terminal: no control sequence of a publisher's, of somebody's badge or of an argument.

/// A text on one line, every control character a space.
pub(crate) fn harmless(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A text without control characters; its lines stay.
pub(crate) fn line_by_line(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::{harmless, line_by_line};

    #[test]
    fn no_control_character_is_left() {
        assert_eq!(harmless("red \u{1b}[31m\nnext\u{9b}"), "red  [31m next ");
        assert_eq!(line_by_line("red \u{1b}[31m\nnext\r"), "red [31m\nnext");
    }
}
