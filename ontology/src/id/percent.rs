//! [Percent-encoding](https://www.rfc-editor.org/rfc/rfc3986#section-2.1), read and normalised.

/// Decodes every percent-encoded byte; `None` where there is nothing to decode or the bytes are not UTF-8.
pub(crate) fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let (byte, after) = encoded_byte(rest).unwrap_or((*first, tail));
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8(bytes).ok().filter(|decoded| decoded != text)
}

/// Decodes as often as it takes, at most three times: links are encoded again by every program they pass.
pub(crate) fn fully_decoded(text: &str) -> String {
    let mut current = text.to_owned();
    for _round in 0..3 {
        match decoded(&current) {
            Some(next) => current = next,
            None => break,
        }
    }
    current
}

/// Brings percent-encoding into its normal form: unreserved characters plain, what `keep` refuses encoded, digits upper-case.
pub(crate) fn normalized(text: &str, keep: fn(u8) -> bool) -> String {
    let mut normal = String::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if let Some((byte, after)) = encoded_byte(rest) {
            push(&mut normal, byte, is_unreserved(byte));
            rest = after;
        } else {
            push(&mut normal, *first, is_unreserved(*first) || keep(*first));
            rest = tail;
        }
    }
    normal
}

/// The byte that three characters `%XX` stand for, and what follows them.
fn encoded_byte(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let [b'%', high, low, after @ ..] = bytes else { return None };
    Some((hex_digit(*high)? * 16 + hex_digit(*low)?, after))
}

fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

fn push(text: &mut String, byte: u8, plain: bool) {
    if plain && byte.is_ascii() {
        text.push(char::from(byte));
    } else {
        text.push('%');
        for digit in [byte >> 4, byte & 0xf] {
            text.extend(char::from_digit(digit.into(), 16).map(|digit| digit.to_ascii_uppercase()));
        }
    }
}

/// Whether RFC 3986 lets the character stand plain everywhere.
pub(crate) fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Whether RFC 3986 lets the character stand plain in a path segment.
pub(crate) fn is_path_character(byte: u8) -> bool {
    is_unreserved(byte)
        || matches!(byte, b'!' | b'$'..=b'\'' | b'('..=b',' | b';' | b'=' | b':' | b'@')
            && byte != b'%'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_form_decodes_what_may_stand_plain_and_encodes_the_rest() {
        for (text, expected) in [
            ("%7e%41-b", "~A-b"),
            ("%2f%3f", "%2F%3F"),
            ("a b", "a%20b"),
            ("é", "%C3%A9"),
            ("%c3%a9", "%C3%A9"),
            ("100%", "100%25"),
            ("%%41", "%25A"),
            ("%2%35", "%2525"),
            ("a&b='c'", "a&b='c'"),
        ] {
            assert_eq!(normalized(text, is_path_character), expected);
            assert_eq!(normalized(expected, is_path_character), expected);
        }
    }

    #[test]
    fn decoding_stops_after_three_rounds_and_at_bytes_that_are_no_text() {
        assert_eq!(fully_decoded("a%252520b"), "a b");
        assert_eq!(fully_decoded("a%25252520b"), "a%20b");
        assert_eq!(fully_decoded("%ff"), "%ff");
        assert_eq!(decoded("plain"), None);
    }
}
