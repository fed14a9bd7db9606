//! How the names of a generation are dealt out: how many digits, how many slots, and under which version.

use serde::Serialize;
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use crate::digest::Digest;
use crate::manifest::Manifest;
use crate::range::census::Census;
use crate::range::prefix::Prefix;
use crate::range::slot::SLOT_BYTES;

/// The most names that share a prefix on the average before another digit is taken. One digit less would leave sixteen times as
/// many, so between 50 and 800 share one, about 240 of a million.
const MAX_SHARING: u64 = 800;

/// The form of what is served; another form is another version.
const FORMAT: u64 = 1;

/// How many hexadecimal digits a version has.
const VERSION_DIGITS: usize = 32;

/// How the names of one generation are dealt out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Layout {
    /// The version of everything that is dealt out, in hexadecimal digits: the same for the same ledger, however often it is rebuilt.
    pub version: String,
    /// How many hexadecimal digits of a hash are asked for.
    pub prefix_digits: u32,
    /// The same in bits.
    pub bits: u32,
    /// How many buckets there are.
    pub buckets: u64,
    /// How many names there are.
    pub names: u64,
    /// How many slots every bucket has.
    pub slots: usize,
    /// How many bytes every slot has.
    pub slot_bytes: usize,
    /// How many bytes every bucket has.
    pub bucket_bytes: usize,
}

impl Layout {
    pub(super) fn of(census: &Census, manifest: &Manifest) -> Self {
        let digits = digits_for(census.n_entries());
        let slots = census.fullest(digits).max(1);
        let version = version(manifest);
        let mut layout = Self {
            version,
            prefix_digits: digits,
            bits: 4 * digits,
            buckets: 1 << (4 * digits),
            names: census.n_names(),
            slots,
            slot_bytes: SLOT_BYTES,
            bucket_bytes: 0,
        };
        let frame = layout.head_for_length().len() + TAIL.len();
        // Between two slots stand a comma and a line break.
        layout.bucket_bytes = frame + slots * SLOT_BYTES + (slots - 1) * BETWEEN.len();
        layout
    }

    /// Reads the digits of a bucket; `None` where these are none of its.
    pub fn prefix(&self, text: &str) -> Option<Prefix> {
        Prefix::read(text, self.prefix_digits)
    }

    /// What every bucket begins with.
    pub(super) fn head(&self, prefix: Prefix) -> String {
        format!("{{\"version\":\"{}\",\"prefix\":\"{prefix}\",\"slots\":[\n", self.version)
    }

    fn head_for_length(&self) -> String {
        Prefix::all(self.prefix_digits).next().map(|first| self.head(first)).unwrap_or_default()
    }
}

/// What stands between two slots.
pub(super) const BETWEEN: &str = ",\n";

/// What every bucket ends with.
pub(super) const TAIL: &str = "\n]}\n";

fn digits_for(n_entries: u64) -> u32 {
    let fits = |digits: &u32| n_entries >> (4 * digits) <= MAX_SHARING;
    (1..Prefix::MAX_DIGITS).find(fits).unwrap_or(Prefix::MAX_DIGITS)
}

/// The version: a digest of the ledger, of how far it is shown, and of the program that reads it. A rebuild changes none of that.
fn version(manifest: &Manifest) -> String {
    let mut hasher = Sha256::new();
    let mut part = |text: &str| {
        hasher.update(text.len().to_be_bytes());
        hasher.update(text);
    };
    part(&format!("alidade range {FORMAT}"));
    part(&manifest.program);
    part(&manifest.ledger_hash);
    for (source, seq) in &manifest.watermarks {
        part(source);
        part(&seq.to_string());
    }
    Digest::from_hasher(hasher).to_string().chars().take(VERSION_DIGITS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_few_digits_as_leave_enough_names_together() {
        for (n_entries, digits) in [
            (0, 1),
            (30, 1),
            (12_800, 1),
            (13_000, 2),
            (100_000, 2),
            (206_000, 3),
            (1_000_000, 3),
            (3_000_000, 3),
            (4_000_000, 4),
            (1_000_000_000, 4),
        ] {
            assert_eq!(digits_for(n_entries), digits, "{n_entries}");
        }
    }

    #[test]
    fn the_version_is_that_of_the_ledger_and_not_of_the_generation() {
        let manifest = Manifest { ledger_hash: "a".to_owned(), ..Manifest::default() };
        let rebuilt =
            Manifest { generation: 7, published_at: "later".to_owned(), ..manifest.clone() };
        let longer = Manifest { ledger_hash: "b".to_owned(), ..manifest.clone() };
        let further = Manifest { watermarks: [("s".to_owned(), 1)].into(), ..manifest.clone() };
        assert_eq!(version(&manifest).len(), 32);
        assert_eq!(version(&manifest), version(&rebuilt));
        assert_ne!(version(&manifest), version(&longer));
        assert_ne!(version(&manifest), version(&further));
    }
}
