//! The CTID, the identity of a record of the Credential Registry.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::id::error::IdError;
use crate::id::guid::{Guid, strip_prefix_ignore_case};

/// A [Credential Transparency Identifier](https://credreg.net/ctdl/terms/ctid): `ce-` and a UUID, in lower case.
///
/// It is the key under which records of one registry meet. Its UUID may have any version and variant: a few per cent of the
/// published ones are not version 4, and the Registry serves them all the same.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Ctid {
    text: String,
    guid: Guid,
}

impl Ctid {
    /// The CTID as 39 lower-case characters.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The UUID behind `ce-`.
    ///
    /// Publishers who bring a CASE framework to the Registry often reuse its GUIDs this way, so this GUID is a good guess at the
    /// sibling in CASE, and no more than a guess.
    pub fn guid(&self) -> Guid {
        self.guid.clone()
    }
}

impl From<&Guid> for Ctid {
    fn from(guid: &Guid) -> Self {
        Self { text: format!("ce-{guid}"), guid: guid.clone() }
    }
}

impl FromStr for Ctid {
    type Err = IdError;

    /// Reads `ce-` and a hyphenated UUID, both in any case.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        strip_prefix_ignore_case(text, "ce-")
            .and_then(Guid::hyphenated)
            .map(|guid| Self::from(&guid))
            .ok_or_else(|| IdError::Ctid(text.to_owned()))
    }
}

impl fmt::Display for Ctid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl Serialize for Ctid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Ctid {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CTID: &str = "ce-0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b";

    #[test]
    fn case_is_folded_and_any_version_is_taken() {
        for (text, expected) in [
            (CTID, CTID),
            ("CE-0F3A9C52-6B1D-4E7F-8A20-5C9D1E2F3A4B", CTID),
            ("ce-0f3a9c52-6b1d-7e7f-1a20-5c9d1e2f3a4b", "ce-0f3a9c52-6b1d-7e7f-1a20-5c9d1e2f3a4b"),
            ("ce-00000000-0000-0000-0000-000000000000", "ce-00000000-0000-0000-0000-000000000000"),
        ] {
            assert_eq!(text.parse::<Ctid>().unwrap().as_str(), expected);
        }
    }

    #[test]
    fn a_bare_uuid_is_no_ctid() {
        for text in [
            "0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b",
            "ce-0f3a9c526b1d4e7f8a205c9d1e2f3a4b",
            "ce-{0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b}",
            "ce-1",
            " ce-0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b",
            "",
        ] {
            assert_eq!(text.parse::<Ctid>(), Err(IdError::Ctid(text.to_owned())));
        }
    }

    #[test]
    fn a_ctid_and_its_guid_convert_into_each_other() {
        let ctid: Ctid = CTID.parse().unwrap();
        assert_eq!(ctid.guid().as_str(), "0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b");
        assert_eq!(Ctid::from(&ctid.guid()), ctid);
    }

    #[test]
    fn serde_goes_through_the_parser() {
        let ctid: Ctid = serde_json::from_str(&format!("\"{}\"", CTID.to_uppercase())).unwrap();
        assert_eq!(serde_json::to_string(&ctid).unwrap(), format!("\"{CTID}\""));
        assert!(serde_json::from_str::<Ctid>("\"ce-1\"").is_err());
    }
}
