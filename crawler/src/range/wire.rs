//! What a server of ranges answers, as far as it is read.

use ontology::Strength;
use serde::{Deserialize, Serialize};

/// The answer of `/v1/range`.
#[derive(Debug, Deserialize)]
pub(super) struct Worded {
    pub layout: Layout,
}

/// How the names are dealt out.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Layout {
    pub version: String,
    pub prefix_digits: usize,
    pub bucket_bytes: u64,
}

/// A bucket.
#[derive(Debug, Deserialize)]
pub(super) struct Bucket {
    pub version: String,
    pub prefix: String,
    pub slots: Vec<Entry>,
}

/// A slot of a bucket: one resource of one name, or nothing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Entry {
    /// The SHA-256 of the name.
    pub hash: String,
    /// How surely the name names the resource.
    #[serde(default)]
    pub strength: Option<Strength>,
    /// How many resources go by the name, those that are not listed among them.
    #[serde(default)]
    pub n: usize,
    /// The resource; none where the slot only fills the bucket up.
    #[serde(default)]
    pub card: Option<Card>,
}

/// A resource in short.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// Its IRI.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its kind, in a word.
    pub kind: String,
    /// Its class, in CTDL's word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Its name; cut where it ends in `…`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The title of its framework.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framework: Option<String>,
    /// Who publishes or owns it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Whether it may still be used, but for the days below, in the word of a standing.
    pub status: String,
    /// The first day on which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<String>,
    /// The last day on which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<String>,
    /// The IRI of what takes its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<String>,
    /// Whether its texts are left out, because its source may not be given away in bulk.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub texts_withheld: bool,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_slot_that_only_fills_up_has_no_card() {
        let entry: Entry = serde_json::from_value(json!({ "hash": "ab" })).unwrap();
        assert_eq!((entry.card, entry.strength, entry.n), (None, None, 0));
    }

    #[test]
    fn what_a_later_server_adds_does_no_harm() {
        let slot = json!({
            "hash": "ab", "strength": "declared", "n": 2, "colour": "red",
            "card": { "kind": "competency", "status": "current", "colour": "red" },
        });
        let entry: Entry = serde_json::from_value(slot).unwrap();
        assert_eq!(entry.strength, Some(Strength::Declared));
        assert_eq!(entry.card.unwrap().status, "current");
    }
}
