//! Scripts by how they show where a word ends.

use crate::language::fold::{is_invisible, is_mark};

/// How a character takes part in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// Letters and digits whose words stand between spaces: Latin, Cyrillic, Greek, Arabic, Devanagari, ….
    Spaced,
    /// Hangul: spaces stand between phrases, and particles stick to their word.
    Hangul,
    /// Han and Kana: no spaces.
    Ideographic,
    /// Thai, Lao, Khmer and Burmese: no spaces, and words of many letters.
    Unspaced,
}

/// What a character does to the word that it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It is a letter or a digit of a script.
    Letter(Script),
    /// It stands on the letter before it.
    Mark,
    /// It is not seen and parts nothing.
    Invisible,
    /// It ends a word.
    Other,
}

/// The role of a character.
pub(super) fn role(character: char) -> Role {
    match character {
        _ if character.is_ascii_alphanumeric() => Role::Letter(Script::Spaced),
        _ if character.is_ascii() => Role::Other,
        _ if is_invisible(character) => Role::Invisible,
        _ if is_mark(character) => Role::Mark,
        _ if character.is_alphanumeric() => Role::Letter(script(character)),
        _ => Role::Other,
    }
}

fn script(character: char) -> Script {
    match character {
        '\u{1100}'..='\u{11ff}'
        | '\u{3130}'..='\u{318f}'
        | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7ff}' => Script::Hangul,
        '\u{e00}'..='\u{eff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{a9e0}'..='\u{a9ff}'
        | '\u{aa60}'..='\u{aa7f}' => {
            // Their digits are written between spaces or not, as Latin ones are.
            if character.is_numeric() { Script::Spaced } else { Script::Unspaced }
        }
        '\u{2e80}'..='\u{2fdf}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3021}'..='\u{3029}'
        | '\u{3031}'..='\u{3035}'
        | '\u{3040}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}'
        | '\u{1b000}'..='\u{1b16f}'
        | '\u{20000}'..='\u{3ffff}' => Script::Ideographic,
        _ => Script::Spaced,
    }
}
