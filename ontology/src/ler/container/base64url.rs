//! Base64url as tokens use it, and as they are copied about.

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);

/// Decodes base64url; padding, and the white space that mail programs put in, are no obstacle.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    decode_with(&GeneralPurpose::new(&URL_SAFE, LENIENT), text)
}

/// Decodes base64 in either alphabet, as a `data:` URL may have it.
pub(super) fn decode_either(text: &str) -> Option<Vec<u8>> {
    decode_with(&GeneralPurpose::new(&STANDARD, LENIENT), text).or_else(|| decode(text))
}

fn decode_with(engine: &GeneralPurpose, text: &str) -> Option<Vec<u8>> {
    let text: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    engine.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_and_line_breaks_are_no_obstacle() {
        for text in ["_-8", "_-8=", "_\r\n-8 "] {
            assert_eq!(decode(text), Some(vec![0xff, 0xef]), "{text}");
        }
        assert_eq!(decode("/+8"), None);
        assert_eq!(decode("a"), None);
        assert_eq!(decode(""), Some(Vec::new()));
    }

    #[test]
    fn a_data_url_may_use_either_alphabet() {
        assert_eq!(decode_either("/+8="), Some(vec![0xff, 0xef]));
        assert_eq!(decode_either("_-8"), Some(vec![0xff, 0xef]));
        assert_eq!(decode_either("_+8"), None);
    }
}
