//! Values brought to one spelling, so that a secret is found in whatever spelling it comes.

use std::collections::BTreeMap;
use std::ops::Bound;

use crate::ler::privacy::Withheld;

/// How often percent-encoding is undone; nobody encodes more often by mistake.
const N_DECODINGS: usize = 4;

/// A value as it is searched: percent-decoded, without control characters, in lower case, trimmed.
///
/// Open Badges compare values
/// [after percent-decoding and trimming](https://www.imsglobal.org/spec/ob/v3p0/#credential-equality-and-comparison-algorithm).
pub(in crate::ler) fn plain(text: &str) -> String {
    let mut decoded = text.to_owned();
    for _ in 0..N_DECODINGS {
        if !decoded.contains('%') {
            break;
        }
        decoded = percent_decoded(&decoded);
    }
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

/// The part of a plain value by which two of them are compared: without the scheme of a web address or of a UUID, and
/// without the slash at its end.
pub(in crate::ler) fn key(plain: &str) -> &str {
    let schemes = ["https://", "http://", "urn:uuid:"];
    let bare = schemes.iter().find_map(|scheme| plain.strip_prefix(scheme)).unwrap_or(plain);
    bare.trim_end_matches('/')
}

/// Why a secret stands in `text`, if one does, and not as a part of a longer word or number: that of the first, and of the
/// longest of those that begin where the first does.
pub(in crate::ler) fn first_part(
    text: &str,
    secrets: &BTreeMap<String, Withheld>,
) -> Option<Withheld> {
    let mut before = None;
    for (start, character) in text.char_indices() {
        let rest = text.get(start..).unwrap_or_default();
        let found = if joins(before) { None } else { longest_beginning(rest, secrets) };
        if found.is_some() {
            return found;
        }
        before = Some(character);
    }
    None
}

/// The longest secret that `text` begins with, and that ends where a word does.
///
/// Whatever begins `text` also begins every secret that is sorted between itself and `text`, so each look at the last secret
/// up to `text` shortens what a secret may be.
fn longest_beginning(text: &str, secrets: &BTreeMap<String, Withheld>) -> Option<Withheld> {
    let mut bound = text;
    while !bound.is_empty() {
        let up_to = (Bound::Unbounded, Bound::Included(bound));
        let (secret, reason) = secrets.range::<str, _>(up_to).next_back()?;
        let n_shared = shared(bound, secret);
        let is_beginning = n_shared == secret.len() && !secret.is_empty();
        let after = text.get(n_shared..).and_then(|after| after.chars().next());
        if is_beginning && !joins(after) {
            return Some(*reason);
        }
        let shorter = if is_beginning { last_start(secret) } else { n_shared };
        bound = bound.get(..shorter).unwrap_or_default();
    }
    None
}

/// How many bytes two texts begin with in common, in whole characters.
fn shared(left: &str, right: &str) -> usize {
    let equal = left.chars().zip(right.chars()).take_while(|(left, right)| left == right);
    equal.map(|(character, _)| character.len_utf8()).sum()
}

/// Where the last character of a text starts.
fn last_start(text: &str) -> usize {
    text.char_indices().next_back().map_or(0, |(start, _)| start)
}

fn joins(character: Option<char>) -> bool {
    character.is_some_and(char::is_alphanumeric)
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
    use proptest::collection::vec;
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

    fn secrets(list: &[&str]) -> BTreeMap<String, Withheld> {
        list.iter().map(|secret| ((*secret).to_owned(), Withheld::SubjectId)).collect()
    }

    #[test]
    fn a_secret_is_found_as_a_whole_only() {
        for (text, secret, expected) in [
            ("issuer.example/7", "7", true),
            ("issuer.example/77", "7", false),
            ("issuer.example/77/7", "7", true),
            ("by ada example, 2020", "ada example", true),
            ("canada example", "ada example", false),
            ("by ada", "ada example", false),
            ("a", "", false),
        ] {
            assert_eq!(first_part(text, &secrets(&[secret])).is_some(), expected, "{text}");
        }
    }

    #[test]
    fn a_secret_is_found_among_others_that_begin_as_it_does() {
        let secrets = secrets(&["ada", "ada b", "ada bc", "ada c", "adb", "é"]);
        for (text, expected) in [
            ("ada bd", true),
            ("ada", true),
            ("adab", false),
            ("x ada bcd", true),
            ("aé é", true),
            ("ad", false),
        ] {
            assert_eq!(first_part(text, &secrets).is_some(), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_secret_is_found_where_a_plain_search_finds_one(text in "[ab é/]{0,12}", list in vec("[ab é/]{1,4}", 0..6)) {
            let list: Vec<&str> = list.iter().map(String::as_str).collect();
            let stands = |secret: &&str| text.char_indices().any(|(start, _)| {
                let (before, rest) = text.split_at(start);
                let after = rest.strip_prefix(secret).map(|after| after.chars().next());
                after.is_some_and(|after| !joins(after) && !joins(before.chars().next_back()))
            });
            assert_eq!(first_part(&text, &secrets(&list)).is_some(), list.iter().any(stands));
        }

        #[test]
        fn folding_never_panics(text in any::<String>(), secret in any::<String>()) {
            let plain = plain(&text);
            let _ = first_part(key(&plain), &secrets(&[&secret]));
        }
    }
}
