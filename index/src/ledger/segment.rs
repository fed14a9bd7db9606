//! The files of the ledger, each named for its first entry.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{IndexError, LedgerFault};
use crate::ledger::entry::Entry;
use crate::ledger::frame::{self, Frame, HEADER_LEN};

/// How every entry's JSON begins.
const BEGINNING: &[u8] = b"{\"seq\":";

/// One file of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Segment {
    pub first: u64,
    pub path: PathBuf,
}

impl Segment {
    pub(super) fn new(dir: &Path, first: u64) -> Self {
        Self { first, path: dir.join(format!("{first:020}.log")) }
    }

    /// The segments of a ledger, in order; files with other names are none.
    pub(super) fn list(dir: &Path) -> Result<Vec<Self>, IndexError> {
        let entries = fs::read_dir(dir).map_err(IndexError::io(dir))?;
        let names: Result<Vec<PathBuf>, io::Error> =
            entries.map(|entry| Ok(entry?.path())).collect();
        let mut segments: Vec<Self> =
            names.map_err(IndexError::io(dir))?.into_iter().filter_map(Self::of).collect();
        segments.sort();
        Ok(segments)
    }

    pub(super) fn fault(&self, at: u64, kind: LedgerFault) -> IndexError {
        IndexError::Ledger { path: self.path.clone(), at, kind }
    }

    /// Whether behind the damage at `at` stands an entry of a group that was begun after entry `seq` had been synced.
    ///
    /// Such damage is not the torn tail of an unfinished write: what it hit had been acknowledged.
    pub(super) fn has_later_group(&self, at: u64, seq: u64) -> Result<bool, IndexError> {
        let bytes = fs::read(&self.path).map_err(IndexError::io(&self.path))?;
        let damaged = usize::try_from(at).ok().and_then(|at| bytes.get(at..)).unwrap_or_default();
        Ok(entries_in(damaged).any(|entry| entry.group > seq))
    }

    fn of(path: PathBuf) -> Option<Self> {
        let stem = path.file_name()?.to_str()?.strip_suffix(".log")?;
        let is_number = stem.len() == 20 && stem.bytes().all(|byte| byte.is_ascii_digit());
        let first = stem.parse().ok().filter(|_| is_number)?;
        Some(Self { first, path })
    }
}

/// The whole entries anywhere in some bytes, found by how their JSON begins.
fn entries_in(bytes: &[u8]) -> impl Iterator<Item = Entry> {
    let places =
        bytes.windows(BEGINNING.len()).enumerate().filter(|(_, window)| *window == BEGINNING);
    places.filter_map(|(at, _)| {
        let mut framed = bytes.get(at.checked_sub(HEADER_LEN)?..)?;
        match frame::read(&mut framed) {
            Ok(Frame::Whole(json)) => serde_json::from_slice(&json).ok(),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::Segment;

    #[test]
    fn only_files_named_for_an_entry_are_segments() {
        let dir = tempfile::tempdir().unwrap();
        for name in [
            "00000000000000000001.log",
            "00000000000000000120.log",
            "1.log",
            "0000000000000000000x.log",
            "00000000000000000003.tmp",
        ] {
            fs::write(dir.path().join(name), b"").unwrap();
        }
        let segments = Segment::list(dir.path()).unwrap();
        assert_eq!(segments, [Segment::new(dir.path(), 1), Segment::new(dir.path(), 120)]);
    }
}
