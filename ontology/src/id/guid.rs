//! The GUID, the identity of everything in CASE.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::id::error::IdError;

/// A globally unique identifier: the `identifier` of a CASE entity, lower-case and hyphenated.
///
/// Every string of the shape of a [UUID](https://www.rfc-editor.org/rfc/rfc9562#section-4) is accepted, whatever its version and
/// variant, because real frameworks carry such GUIDs; [`Guid::is_case_pattern`] tells whether CASE itself would allow it.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Guid(String);

impl Guid {
    /// The GUID as 36 lower-case characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the GUID satisfies the `UUID` pattern of the [CASE schemas](https://purl.imsglobal.org/spec/case/v1p1): version 1 to 5
    /// and the RFC variant.
    pub fn is_case_pattern(&self) -> bool {
        let at = |place| self.0.as_bytes().get(place).copied();
        matches!(at(14), Some(b'1'..=b'5')) && matches!(at(19), Some(b'8' | b'9' | b'a' | b'b'))
    }

    /// Reads the hyphenated shape and nothing else.
    pub(crate) fn hyphenated(text: &str) -> Option<Self> {
        let is_hyphen_place = |at| matches!(at, 8 | 13 | 18 | 23);
        let fits = |(at, byte): (usize, u8)| {
            if is_hyphen_place(at) { byte == b'-' } else { byte.is_ascii_hexdigit() }
        };
        let is_uuid = text.len() == 36 && text.bytes().enumerate().all(fits);
        is_uuid.then(|| Self(text.to_ascii_lowercase()))
    }

    /// Reads 32 hexadecimal digits without hyphens and nothing else.
    pub(crate) fn compact(text: &str) -> Option<Self> {
        if text.len() != 32 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let mut guid = String::with_capacity(36);
        for (at, digit) in text.char_indices() {
            if matches!(at, 8 | 12 | 16 | 20) {
                guid.push('-');
            }
            guid.push(digit.to_ascii_lowercase());
        }
        Some(Self(guid))
    }
}

/// Removes `prefix` in any case.
pub(crate) fn strip_prefix_ignore_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, tail) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(tail)
}

impl FromStr for Guid {
    type Err = IdError;

    /// Reads a UUID in any case, in braces, without hyphens, or behind `urn:uuid:` or `urn:guid:`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bare = ["urn:uuid:", "urn:guid:"]
            .iter()
            .find_map(|prefix| strip_prefix_ignore_case(text, prefix))
            .unwrap_or(text);
        let braced = bare.strip_prefix('{').and_then(|inner| inner.strip_suffix('}'));
        let digits = braced.unwrap_or(bare);
        Self::hyphenated(digits)
            .or_else(|| Self::compact(digits))
            .ok_or_else(|| IdError::Guid(text.to_owned()))
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Serialize for Guid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Guid {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::*;

    const GUID: &str = "0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b";

    #[test]
    fn every_spelling_of_a_uuid_folds_to_one() {
        for text in [
            "0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b",
            "0F3A9C52-6B1D-4E7F-8A20-5C9D1E2F3A4B",
            "{0F3A9C52-6B1D-4E7F-8A20-5C9D1E2F3A4B}",
            "0f3a9c526b1d4e7f8a205c9d1e2f3a4b",
            "{0f3a9c526b1d4e7f8a205c9d1e2f3a4b}",
            "urn:uuid:0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b",
            "URN:UUID:0F3A9C52-6B1D-4E7F-8A20-5C9D1E2F3A4B",
            "urn:guid:0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b",
        ] {
            assert_eq!(text.parse::<Guid>().unwrap().as_str(), GUID, "{text}");
        }
    }

    #[test]
    fn other_shapes_are_refused_with_their_text() {
        for text in [
            "",
            "0f3a9c52",
            "{0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b",
            "0f3a9c526b1d-4e7f-8a20-5c9d1e2f3a4b",
            "0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4g",
            "０f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b",
            "ce-0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b",
        ] {
            assert_eq!(text.parse::<Guid>(), Err(IdError::Guid(text.to_owned())));
        }
    }

    #[test]
    fn the_case_pattern_wants_version_one_to_five_and_the_rfc_variant() {
        for (text, expected) in [
            (GUID, true),
            ("0f3a9c52-6b1d-1e7f-ba20-5c9d1e2f3a4b", true),
            ("0f3a9c52-6b1d-6e7f-8a20-5c9d1e2f3a4b", false),
            ("0f3a9c52-6b1d-7e7f-8a20-5c9d1e2f3a4b", false),
            ("0f3a9c52-6b1d-4e7f-ca20-5c9d1e2f3a4b", false),
            ("00000000-0000-0000-0000-000000000000", false),
        ] {
            assert_eq!(text.parse::<Guid>().unwrap().is_case_pattern(), expected, "{text}");
        }
    }

    #[test]
    fn serde_goes_through_the_parser() {
        let guid: Guid = serde_json::from_str(&format!("\"{{{}}}\"", GUID.to_uppercase())).unwrap();
        assert_eq!(serde_json::to_string(&guid).unwrap(), format!("\"{GUID}\""));
        assert!(serde_json::from_str::<Guid>("\"x\"").is_err());
    }

    proptest! {
        #[test]
        fn printing_and_parsing_gives_the_same_guid(number in any::<u128>()) {
            let guid: Guid = format!("{number:032X}").parse().unwrap();
            assert_eq!(guid.to_string().parse::<Guid>().unwrap(), guid);
        }

        #[test]
        fn arbitrary_text_never_panics(text in any::<String>()) {
            let _parsed = text.parse::<Guid>();
        }
    }
}
