//! The room for one entry of a bucket: always the same number of bytes, whatever is in it.

use ontology::Strength;
use serde::Serialize;

use crate::digest::Digest;
use crate::error::IndexError;
use crate::range::prefix::Prefix;
use crate::range::summary::Summary;

/// How many bytes every slot has.
pub const SLOT_BYTES: usize = 640;

/// The most characters of a name; the other texts have half of it.
const ROOM: usize = 160;

/// What one name has below its prefix.
#[derive(Serialize)]
struct Entry<'a> {
    /// The SHA-256 of the name's canonical key.
    hash: &'a str,
    /// How surely the name names the resource.
    strength: Strength,
    /// How many resources go by the name; each has a slot, up to a limit.
    n: usize,
    card: &'a Summary,
}

/// Writes an entry, with as much of its texts as fits.
pub(super) fn filled(
    hash: &str,
    strength: Strength,
    n: usize,
    summary: &Summary,
) -> Result<Vec<u8>, IndexError> {
    let mut room = ROOM;
    while room > 0 {
        if let Some(slot) = padded(&Entry { hash, strength, n, card: &summary.cut(room) })? {
            return Ok(slot);
        }
        room = if room < 16 { 0 } else { room * 3 / 4 };
    }
    for less in [summary.cut(0), summary.stripped()] {
        if let Some(slot) = padded(&Entry { hash, strength, n, card: &less })? {
            return Ok(slot);
        }
    }
    Ok(empty(hash))
}

/// Writes a slot that has nothing but a hash.
pub(super) fn empty(hash: &str) -> Vec<u8> {
    let mut slot = format!("{{\"hash\":\"{hash}\"}}").into_bytes();
    slot.resize(SLOT_BYTES, b' ');
    slot
}

fn padded(entry: &Entry<'_>) -> Result<Option<Vec<u8>>, IndexError> {
    let mut slot = serde_json::to_vec(entry).map_err(|source| IndexError::Card { source })?;
    let fits = slot.len() <= SLOT_BYTES;
    slot.resize(SLOT_BYTES, b' ');
    Ok(fits.then_some(slot))
}

/// A hash for a slot that nothing needs: it looks like any other below its prefix, and is the same whenever it is made.
pub(super) fn made_up(version: &str, prefix: Prefix, number: usize) -> String {
    let told = format!("alidade padding|{version}|{prefix}|{number}");
    let hash = Digest::of(told.as_bytes()).to_string();
    let begins = prefix.to_string();
    let rest: String = hash.chars().skip(begins.len()).collect();
    begins + &rest
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::standing::State;

    fn summary(label: &str, id: &str) -> Summary {
        Summary {
            id: Some(id.to_owned()),
            kind: "competency",
            class: Some("ceasn:Competency".to_owned()),
            label: Some(label.to_owned()),
            code: Some(label.to_owned()),
            framework: Some(label.to_owned()),
            publisher: Some(label.to_owned()),
            status: State::Superseded,
            valid_from: Some("2020-01-01".to_owned()),
            valid_until: Some("2024-12-31".to_owned()),
            successor: Some("urn:uuid:6b9bf846-d7cc-11e8-824f-0242ac160002".to_owned()),
            texts_withheld: false,
        }
    }

    fn read(slot: &[u8]) -> Value {
        assert_eq!(slot.len(), SLOT_BYTES);
        serde_json::from_slice(slot).unwrap()
    }

    #[test]
    fn every_slot_has_the_same_length_and_is_json() {
        let hash = "0".repeat(64);
        let long_id = "x".repeat(3_000);
        for label in ["", "Reads maps", &"ß\"\\\u{1}".repeat(100), &"言葉".repeat(400)] {
            for id in ["urn:a:b", &long_id] {
                let slot = filled(&hash, Strength::Declared, 3, &summary(label, id)).unwrap();
                let slot = read(&slot);
                assert_eq!(slot["hash"], hash.as_str());
                assert_eq!(slot["n"], 3);
                assert_eq!(slot["card"]["status"], "superseded");
                assert_eq!(slot["card"]["id"].is_null(), id.len() > 100, "{slot}");
            }
        }
        assert_eq!(read(&empty(&hash))["hash"], hash.as_str());
    }

    #[test]
    fn texts_are_cut_before_anything_else() {
        let told = read(
            &filled("0", Strength::Exact, 1, &summary(&"knots ".repeat(90), "urn:a:b")).unwrap(),
        );
        assert!(told["card"]["label"].as_str().unwrap().ends_with('…'), "{told}");
        for member in ["id", "class", "successor", "validFrom", "validUntil"] {
            assert!(told["card"][member].is_string(), "{member}: {told}");
        }
    }

    #[test]
    fn what_fills_a_bucket_up_looks_like_the_rest_and_is_always_the_same() {
        let prefix = Prefix::read("3fa", 3).unwrap();
        let hash = made_up("v", prefix, 1);
        assert!(hash.len() == 64 && hash.starts_with("3fa"), "{hash}");
        assert_eq!(hash, made_up("v", prefix, 1));
        assert_ne!(hash, made_up("v", prefix, 2));
        assert_ne!(hash, made_up("w", prefix, 1));
    }
}
