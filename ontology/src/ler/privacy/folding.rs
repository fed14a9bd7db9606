//! Values brought to one spelling, so that a secret is found in whatever spelling it comes.

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

/// Whether `needle` stands in `haystack`, and not as a part of a longer word or number.
pub(in crate::ler) fn contains_whole(haystack: &str, needle: &str) -> bool {
    let joins = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
    haystack.match_indices(needle).any(|(start, found)| {
        let before = haystack.get(..start).and_then(|text| text.chars().next_back());
        let after = haystack.get(start + found.len()..).and_then(|text| text.chars().next());
        !found.is_empty() && !joins(before) && !joins(after)
    })
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

    #[test]
    fn a_secret_is_found_as_a_whole_only() {
        for (haystack, needle, expected) in [
            ("issuer.example/7", "7", true),
            ("issuer.example/77", "7", false),
            ("issuer.example/77/7", "7", true),
            ("by ada example, 2020", "ada example", true),
            ("canada example", "ada example", false),
            ("a", "", false),
        ] {
            assert_eq!(contains_whole(haystack, needle), expected, "{haystack}");
        }
    }

    proptest! {
        #[test]
        fn folding_never_panics(text in any::<String>(), needle in any::<String>()) {
            let plain = plain(&text);
            let _ = contains_whole(key(&plain), &needle);
        }
    }
}
