//! What copying, wrapping and quoting leave on an identifier.

use std::borrow::Cow;

use crate::id::code::{is_dash, is_invisible};
use crate::id::percent;

/// How many brackets are taken away at most; more of them are no accident.
const MAX_ROUNDS: usize = 32;

/// Takes away what stands around an identifier: whitespace, quotes, brackets that embrace it, the punctuation of a sentence.
pub(crate) fn trimmed(text: &str) -> &str {
    let mut rest = text;
    for _round in 0..MAX_ROUNDS {
        let bare = rest.trim_start_matches(is_opening_dirt).trim_end_matches(is_closing_dirt);
        let once = without_lone_bracket(without_pair(bare));
        if once.len() == rest.len() {
            break;
        }
        rest = once;
    }
    rest
}

/// Undoes the percent-encoding of a whole address, as often as its beginning shows it.
pub(crate) fn unescaped(text: &str) -> Cow<'_, str> {
    let mut current = Cow::Borrowed(text);
    for _round in 0..3 {
        if !begins_encoded(&current) {
            break;
        }
        let Some(decoded) = percent::decoded(&current) else { break };
        current = Cow::Owned(trimmed(&decoded).to_owned());
    }
    current
}

/// Mends an identifier that was broken: no whitespace, nothing invisible, and every dash a hyphen.
///
/// The result is good for finding UUIDs in and for nothing else, because it may change other names.
pub(crate) fn mended(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !is_invisible(*c))
        .map(|c| if is_dash(c) { '-' } else { c })
        .collect()
}

fn is_blank(character: char) -> bool {
    character.is_whitespace() || character.is_control() || is_invisible(character)
}

fn is_quote(character: char) -> bool {
    matches!(
        character,
        '"' | '\'' | '`' | '´' | '\u{2018}'..='\u{201f}' | '«' | '»' | '‹' | '›' | '\u{300c}'..='\u{300f}' | '＂' | '＇'
    )
}

fn is_opening_dirt(character: char) -> bool {
    is_blank(character) || is_quote(character) || matches!(character, ',' | ';' | '*' | '\\')
}

fn is_closing_dirt(character: char) -> bool {
    is_blank(character)
        || is_quote(character)
        || matches!(character, '.' | ',' | ';' | ':' | '!' | '*' | '\\' | '…' | '。' | '、' | '，')
}

const PAIRS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>')];

/// Takes away a pair of brackets whose first opens the text and whose last, its own partner, closes it.
fn without_pair(text: &str) -> &str {
    PAIRS
        .iter()
        .find_map(|(open, close)| {
            let inner = text.strip_prefix(*open)?.strip_suffix(*close)?;
            is_balanced(inner, *open, *close).then_some(inner)
        })
        .unwrap_or(text)
}

/// Takes away a bracket at either end whose partner is missing.
fn without_lone_bracket(text: &str) -> &str {
    PAIRS
        .iter()
        .find_map(|(open, close)| {
            let opened = text.matches(*open).count();
            let closed = text.matches(*close).count();
            if opened > closed { text.strip_prefix(*open) } else { None }
                .or_else(|| if closed > opened { text.strip_suffix(*close) } else { None })
        })
        .unwrap_or(text)
}

fn is_balanced(text: &str, open: char, close: char) -> bool {
    let mut depth = 0_usize;
    for character in text.chars() {
        if character == open {
            depth += 1;
        } else if character == close {
            let Some(outer) = depth.checked_sub(1) else { return false };
            depth = outer;
        }
    }
    depth == 0
}

/// Whether an address begins with percent-encoding, right away or behind its scheme.
fn begins_encoded(text: &str) -> bool {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    let behind = text.trim_start_matches(is_name);
    let (name, _) = text.split_at_checked(text.len() - behind.len()).unwrap_or_default();
    let lower: String = behind.chars().take(6).collect::<String>().to_ascii_lowercase();
    let encoded_colon = lower.starts_with("%3a") || lower.starts_with("%253a");
    let begins = |marks: &[&str]| marks.iter().any(|mark| lower.starts_with(mark));
    if name.is_empty() {
        return begins(&["%7b", "%22", "%20", "%3c", "%2f", "%257b", "%252f"]);
    }
    let is_host = name.contains('.');
    encoded_colon || begins(&[":%2f", ":%252f"]) || (is_host && begins(&["%2f", "%252f"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_an_identifier_goes() {
        for (text, expected) in [
            ("  a.1 \n", "a.1"),
            ("\u{feff}\"a\"", "a"),
            ("“a”,", "a"),
            ("<https://x/>.", "https://x/"),
            ("(see a)", "see a"),
            ("https://x/a).", "https://x/a"),
            ("https://x/a_(b)", "https://x/a_(b)"),
            ("111.5(b)(4)", "111.5(b)(4)"),
            ("(b)(4)", "(b)(4)"),
            ("{a}", "a"),
            ("https://x/{a}", "https://x/{a}"),
            ("\\\"a\\\"", "a"),
            ("...", ""),
            ("", ""),
        ] {
            assert_eq!(trimmed(text), expected, "{text}");
        }
    }

    #[test]
    fn a_whole_address_is_unescaped_and_a_part_is_not() {
        for (text, expected) in [
            ("https%3A%2F%2Fx.example%2Fa", "https://x.example/a"),
            ("https%253A%252F%252Fx.example", "https://x.example"),
            ("https:%2F%2Fx.example", "https://x.example"),
            ("urn%3auuid%3a1", "urn:uuid:1"),
            ("%7Ba%7D", "a"),
            ("x.example%2Fa", "x.example/a"),
            ("%2Furi%2Fa", "/uri/a"),
            ("https://x.example/%2F", "https://x.example/%2F"),
            ("M-DOK%202", "M-DOK%202"),
        ] {
            assert_eq!(unescaped(text), expected);
        }
    }

    #[test]
    fn a_broken_uuid_is_mended() {
        assert_eq!(mended("0f3a\u{ad}9c52\u{2011}6b1d –\n4e7f"), "0f3a9c52-6b1d-4e7f");
    }
}
