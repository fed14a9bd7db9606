//! Values brought to one spelling, so that a secret is found in whatever spelling it comes.

use std::cmp::Reverse;
use std::collections::BTreeMap;

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

/// Why a secret stands in `text`, if one does, and not as a part of a longer word or number: that of the first, and of the
/// longest of those that begin where the first does.
pub(in crate::ler) fn first_part(
    text: &str,
    secrets: &BTreeMap<String, Withheld>,
) -> Option<Withheld> {
    let found = secrets.iter().filter_map(|(secret, reason)| {
        Some((place_of(text, secret)?, Reverse(secret.len()), *reason))
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
    fn of_several_secrets_the_first_and_then_the_longest_gives_the_reason() {
        let secrets = BTreeMap::from([
            ("ada".to_owned(), Withheld::LearnerDetail),
            ("ada-1".to_owned(), Withheld::SubjectId),
            ("x".to_owned(), Withheld::CredentialId),
        ]);
        assert_eq!(first_part("ada-1/x", &secrets), Some(Withheld::SubjectId));
        assert_eq!(first_part("ada-2/x", &secrets), Some(Withheld::LearnerDetail));
        assert_eq!(first_part("x/ada-1", &secrets), Some(Withheld::CredentialId));
        assert_eq!(first_part("adax", &secrets), None);
    }

    proptest! {
        #[test]
        fn folding_never_panics(text in any::<String>(), secret in any::<String>()) {
            let plain = plain(&text);
            let _ = first_part(key(&plain), &secrets(&[&secret]));
        }
    }
}
