//! Editions: a generation, told from any other of the same number.
//!
//! A data directory that was removed and filled anew counts from 1 again, and two servers count alike. So what is handed out to go on
//! from a generation names it by more than its number.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::digest::Digest;

/// A generation, as a cursor and the tag of a dump name it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Edition {
    /// Its number.
    pub generation: u64,
    /// The first 32 bits of a digest of when and of what it was published; 0 where that is not known.
    pub imprint: u32,
}

impl Edition {
    /// The edition of a generation that was published at a moment, of everything up to a ledger entry of this hash.
    pub fn new(generation: u64, published_at: &str, ledger_hash: &str) -> Self {
        let head = Digest::of(format!("{published_at} {ledger_hash}").as_bytes()).head() >> 32;
        Self { generation, imprint: u32::try_from(head).unwrap_or_default() }
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:08x}", self.generation, self.imprint)
    }
}

#[cfg(test)]
mod tests {
    use super::Edition;

    #[test]
    fn a_number_that_is_used_again_is_another_edition() {
        let first = Edition::new(7, "2024-02-29T12:00:00Z", "a");
        assert_eq!(first, Edition::new(7, "2024-02-29T12:00:00Z", "a"));
        assert_ne!(first, Edition::new(7, "2024-02-29T12:00:01Z", "a"));
        assert_ne!(first, Edition::new(7, "2024-02-29T12:00:00Z", "b"));
        assert_ne!(first, Edition::new(8, "2024-02-29T12:00:00Z", "a"));
        assert_ne!(first.imprint, Edition::default().imprint);
        assert_eq!(Edition { generation: 7, imprint: 0xAB }.to_string(), "7-000000ab");
    }
}
