//! References that old imports of OpenSALT left as [`data:` URIs](https://www.rfc-editor.org/rfc/rfc2397).

use crate::id::guid::{Guid, strip_prefix_ignore_case};
use crate::id::percent;
use crate::id::reading::Reading;
use crate::id::unresolvable::Unresolvable;

/// What a `data:text/x-ref…` reference holds.
#[derive(Debug)]
pub(crate) enum DataReference {
    /// Something that is read for itself.
    Reading(Box<Reading>),
    /// The text of another identifier, with the short name of its source.
    Inner(String, Option<String>),
}

/// Reads a reference; `None` where the text is none.
pub(crate) fn read(text: &str) -> Option<DataReference> {
    let rest = strip_prefix_ignore_case(text, "data:text/x-ref")?;
    let (parameters, payload) = rest.split_once(',')?;
    let source = parameter(parameters, "src");
    let is_base64 = parameters.split(';').any(|name| name.eq_ignore_ascii_case("base64"));
    let payload = if is_base64 {
        base64(payload).and_then(|bytes| String::from_utf8(bytes).ok())
    } else {
        Some(percent::decoded(payload).unwrap_or_else(|| payload.to_owned()))
    };
    let Some(payload) = payload.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    else {
        let reading = Reading::unresolvable(Unresolvable::UndecodableReference);
        return Some(DataReference::Reading(Box::new(reading)));
    };
    if let Ok(guid) = payload.parse::<Guid>() {
        return Some(DataReference::Reading(Box::new(Reading::guid(&guid, None))));
    }
    Some(DataReference::Inner(payload, source))
}

fn parameter(parameters: &str, name: &str) -> Option<String> {
    parameters
        .split(';')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, value)| key.eq_ignore_ascii_case(name) && !value.is_empty())
        .map(|(_, value)| value.to_owned())
}

/// Decodes [base64](https://www.rfc-editor.org/rfc/rfc4648), either alphabet, with or without padding.
fn base64(text: &str) -> Option<Vec<u8>> {
    let plain = percent::decoded(text).unwrap_or_else(|| text.to_owned());
    let mut bytes = Vec::new();
    let (mut buffer, mut n_bits) = (0_u32, 0_u32);
    for digit in
        plain.trim().trim_end_matches('=').bytes().filter(|byte| !byte.is_ascii_whitespace())
    {
        buffer = (buffer << 6) | u32::from(base64_digit(digit)?);
        n_bits += 6;
        if n_bits >= 8 {
            n_bits -= 8;
            bytes.push(u8::try_from((buffer >> n_bits) & 0xff).ok()?);
            buffer &= (1 << n_bits) - 1;
        }
    }
    // One digit alone holds no whole byte.
    (n_bits < 6).then_some(bytes)
}

fn base64_digit(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_decoded_in_either_alphabet() {
        for (text, expected) in [
            ("My5PQS4x", Some("3.OA.1")),
            ("TVAuMg==", Some("MP.2")),
            ("TVAuMg", Some("MP.2")),
            ("TVAuMg%3D%3D", Some("MP.2")),
            ("w6k_", Some("é?")),
            ("w6k/", Some("é?")),
            ("A", None),
            ("a*b", None),
        ] {
            let decoded = base64(text).and_then(|bytes| String::from_utf8(bytes).ok());
            assert_eq!(decoded.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn other_data_is_no_reference() {
        assert!(read("data:text/plain,x").is_none());
        assert!(read("data:text/x-ref;type=guid").is_none());
    }
}
