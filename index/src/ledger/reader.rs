//! The ledger, read beside its writer or without one.

use std::path::{Path, PathBuf};

use crate::digest::Digest;
use crate::error::IndexError;
use crate::ledger::entries::Entries;
use crate::ledger::segment::Segment;

/// A ledger that is only read. It writes nothing, not even to repair a torn tail.
///
/// Beside a running writer it may show entries that are written and not yet acknowledged.
#[derive(Clone, Debug)]
pub struct LedgerReader {
    dir: PathBuf,
    last_seq: u64,
    head: Digest,
}

impl LedgerReader {
    /// Opens a ledger and reads its last segment, to know where it ends.
    pub(super) fn open(dir: &Path) -> Result<Self, IndexError> {
        let segments = Segment::list(dir)?;
        let (mut last_seq, mut head) = (0, Digest::ZERO);
        // A segment may be there and hold nothing yet: then the chain ends in the one before.
        for n_segments in (1..=segments.len()).rev() {
            let from = segments.get(n_segments - 1).map_or(1, |segment| segment.first);
            let mut entries = Entries::new(segments.clone(), from);
            entries.by_ref().try_for_each(|entry| entry.map(drop))?;
            if let Some(hash) = entries.head().filter(|_| entries.next_seq() > from) {
                (last_seq, head) = (entries.next_seq() - 1, hash);
                break;
            }
        }
        Ok(Self { dir: dir.to_owned(), last_seq, head })
    }

    /// The entries from `from_seq` on.
    pub fn entries(&self, from_seq: u64) -> Result<Entries, IndexError> {
        Ok(Entries::new(Segment::list(&self.dir)?, from_seq))
    }

    /// The number of the last entry when the ledger was opened; 0 where there is none.
    pub fn last_seq(&self) -> u64 {
        self.last_seq
    }

    /// The hash of the last entry when the ledger was opened; zeros where there is none.
    pub fn head_hash(&self) -> Digest {
        self.head
    }

    /// Reads the whole chain and counts its entries.
    ///
    /// # Errors
    /// [`IndexError::Ledger`] at the first place that does not hold.
    pub fn verify(&self) -> Result<u64, IndexError> {
        self.entries(1)?.try_fold(0, |count, entry| entry.map(|_| count + 1))
    }
}
