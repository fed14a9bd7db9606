//! Values brought to one spelling, so that a secret is found in whatever spelling it comes.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::ler::privacy::Withheld;

/// How often percent-encoding is undone; nobody encodes more often by mistake.
const N_DECODINGS: usize = 4;

/// A value as it is searched: percent-decoded, without control characters, in lower case, trimmed.
///
/// Open Badges compare values
/// [after percent-decoding and trimming](https://www.imsglobal.org/spec/ob/v3p0/#credential-equality-and-comparison-algorithm).
pub(in crate::ler) fn plain(text: &str) -> String {
    let decoded = decoded(text);
    let folded =
        decoded.chars().filter(|character| !character.is_control()).map(
            |character| match character {
                '\u{ff20}' | '\u{fe6b}' => '@',
                '\\' => '/',
                other => other,
            },
        );
    folded.collect::<String>().trim().to_lowercase()
}

/// A value without its percent-encoding, in whatever number of layers.
pub(super) fn decoded(text: &str) -> String {
    let mut decoded = text.to_owned();
    for _ in 0..N_DECODINGS {
        if !decoded.contains('%') {
            break;
        }
        decoded = percent_decoded(&decoded);
    }
    decoded
}

/// The part of a plain value by which two of them are compared: without the scheme of a web address or of a UUID, and
/// without the slash at its end.
pub(in crate::ler) fn key(plain: &str) -> &str {
    let schemes = ["https://", "http://", "urn:uuid:"];
    let bare = schemes.iter().find_map(|scheme| plain.strip_prefix(scheme)).unwrap_or(plain);
    bare.trim_end_matches('/')
}

/// A value as it is compared with another: its words alone, without accents, whatever stands between them.
///
/// White space, punctuation and HTML entities all part words; a UUID without hyphens gets them. Of a value without words the
/// [`key`] is compared.
pub(in crate::ler) fn folded(text: &str) -> String {
    let lower = decoded(text).trim().to_lowercase();
    let spelled: String = without_entities(key(&lower))
        .nfkd()
        .filter(|character| !is_combining_mark(*character))
        .collect::<String>()
        .to_lowercase();
    let words = spelled.split(|character: char| !character.is_alphanumeric());
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(hyphenated).collect();
    if words.is_empty() { key(&plain(text)).to_owned() } else { words.join(" ") }
}

/// A value as it is searched: folded with its invisible characters as gaps between words, and folded without them.
pub(super) fn spellings(text: &str) -> Vec<String> {
    let decoded = decoded(text);
    let visible: String = decoded.chars().filter(|character| !is_invisible(*character)).collect();
    let mut spellings = vec![folded(text)];
    if visible != decoded {
        spellings.push(folded(&visible));
    }
    spellings
}

fn is_invisible(character: char) -> bool {
    let is_format = matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    );
    is_format || character.is_control()
}

/// The words of a UUID, in place of its digits in one.
fn hyphenated(word: &str) -> String {
    let is_uuid = word.len() == 32 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_uuid {
        return word.to_owned();
    }
    let groups = [0..8, 8..12, 12..16, 16..20, 20..32].map(|group| word.get(group));
    groups.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A text with the entities undone that stand for quotes, spaces and numbered characters.
fn without_entities(text: &str) -> String {
    let mut parts = text.split('&');
    let mut undone = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let known = part.split_once(';').and_then(|(name, rest)| Some((entity(name)?, rest)));
        if let Some((character, rest)) = known {
            undone.push(character);
            undone.push_str(rest);
        } else {
            undone.push('&');
            undone.push_str(part);
        }
    }
    undone
}

fn entity(name: &str) -> Option<char> {
    if matches!(name, "amp" | "apos" | "lsquo" | "nbsp" | "quot" | "rsquo") {
        return Some(' ');
    }
    let number = name.strip_prefix('#')?;
    let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |digits| (digits, 16));
    let is_number =
        (1..=7).contains(&digits.len()) && digits.chars().all(|digit| digit.is_digit(radix));
    let code = u32::from_str_radix(digits, radix).ok().filter(|_| is_number)?;
    Some(char::from_u32(code).unwrap_or(' '))
}

/// A secret that is looked for inside a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ler) struct Part {
    /// Why it is withheld.
    pub reason: Withheld,
    /// Whether only a whole segment of an address gives it away.
    pub is_segment: bool,
}

/// Why a secret stands in `text`, if one does, and not as a part of a longer word or number: that of the first, and of the
/// longest of those that begin where the first does.
pub(in crate::ler) fn first_part(text: &str, secrets: &BTreeMap<String, Part>) -> Option<Withheld> {
    let parts = secrets.iter().filter(|(_, part)| !part.is_segment);
    let found = parts.filter_map(|(secret, part)| {
        Some((place_of(text, secret)?, Reverse(secret.len()), part.reason))
    });
    found.min().map(|(_, _, reason)| reason)
}

fn place_of(text: &str, secret: &str) -> Option<usize> {
    let mut places = text.match_indices(secret).filter(|(_, found)| !found.is_empty());
    let place = places.find(|(start, found)| {
        let before = text.get(..*start).and_then(|before| before.chars().next_back());
        let after = text.get(start + found.len()..).and_then(|after| after.chars().next());
        !joins(before) && !joins(after)
    });
    place.map(|(start, _)| start)
}

/// Whether a character belongs to the word beside it; scripts without spaces have no such words.
fn joins(character: Option<char>) -> bool {
    character.is_some_and(|character| character.is_alphanumeric() && !is_unspaced(character))
}

/// Whether a character is of a script that writes no spaces between words.
fn is_unspaced(character: char) -> bool {
    matches!(
        character,
        '\u{e00}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1100}'..='\u{11ff}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{2e80}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7af}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

fn percent_decoded(text: &str) -> String {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let escaped = match tail {
            [high, low, after @ ..] if *first == b'%' => {
                hex(*high).zip(hex(*low)).map(|(high, low)| (high * 16 + low, after))
            }
            _ => None,
        };
        let (byte, after) = escaped.unwrap_or((*first, tail));
        decoded.push(byte);
        rest = after;
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::*;

    #[test]
    fn spellings_of_one_value_meet() {
        for (text, expected) in [
            ("HTTPS://Issuer.example/A%2fb/", "issuer.example/a/b"),
            ("http://issuer.example/a/b", "issuer.example/a/b"),
            ("urn:uuid:0B5C8C3A", "0b5c8c3a"),
            (" did:web:a%253Ab\t", "did:web:a:b"),
            ("100%", "100%"),
            ("%zz%4", "%zz%4"),
            ("%ff", "\u{fffd}"),
        ] {
            assert_eq!(key(&plain(text)), expected);
        }
    }

    fn parts(list: &[(&str, Withheld)]) -> BTreeMap<String, Part> {
        let part = |reason| Part { reason, is_segment: false };
        list.iter().map(|(secret, reason)| (folded(secret), part(*reason))).collect()
    }

    #[test]
    fn spellings_of_one_secret_fold_to_the_same() {
        for (text, expected) in [
            ("Ada\u{a0}\nExample", "ada example"),
            ("Ada-Example's", "ada example s"),
            ("Ada&#39;s &rsquo;n&#x27;", "ada s n"),
            ("Jose\u{301} N\u{fa}\u{f1}ez", "jose nunez"),
            (
                "urn:uuid:0B5C8C3A-52AF-4A51-8A2E-6C6F5D3F7B10",
                "0b5c8c3a 52af 4a51 8a2e 6c6f5d3f7b10",
            ),
            ("0B5C8C3A52AF4A518A2E6C6F5D3F7B10", "0b5c8c3a 52af 4a51 8a2e 6c6f5d3f7b10"),
            ("https://Issuer.example/A%2fb/", "issuer example a b"),
            ("a & b;", "a b"),
            ("***", "***"),
        ] {
            assert_eq!(folded(text), expected);
        }
        assert_eq!(spellings("A\u{200b}da Example"), ["a da example", "ada example"]);
        assert_eq!(spellings("Ada"), ["ada"]);
    }

    #[test]
    fn a_secret_is_found_as_a_whole_only() {
        for (text, secret, expected) in [
            ("issuer example 7", "7", true),
            ("issuer example 77", "7", false),
            ("issuer example 77 7", "7", true),
            ("\u{5c71}\u{7530}\u{306e}", "\u{5c71}\u{7530}", true),
            ("by ada example 2020", "ada example", true),
            ("canada example", "ada example", false),
            ("by ada", "ada example", false),
            ("a", "", false),
        ] {
            let parts = parts(&[(secret, Withheld::SubjectId)]);
            assert_eq!(first_part(text, &parts).is_some(), expected, "{text}");
        }
    }

    #[test]
    fn of_several_secrets_the_first_and_then_the_longest_gives_the_reason() {
        let secrets = parts(&[
            ("ada", Withheld::LearnerDetail),
            ("ada-1", Withheld::SubjectId),
            ("x", Withheld::CredentialId),
        ]);
        assert_eq!(first_part("ada 1 x", &secrets), Some(Withheld::SubjectId));
        assert_eq!(first_part("ada 2 x", &secrets), Some(Withheld::LearnerDetail));
        assert_eq!(first_part("x ada 1", &secrets), Some(Withheld::CredentialId));
        assert_eq!(first_part("adax", &secrets), None);
    }

    proptest! {
        #[test]
        fn folding_never_panics(text in any::<String>(), secret in any::<String>()) {
            let parts = parts(&[(&secret, Withheld::SubjectId)]);
            for spelling in spellings(&text) {
                let _ = first_part(&spelling, &parts);
            }
        }
    }
}
