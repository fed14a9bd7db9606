//! The documents of records, as the ledger has them: what makes the same records elsewhere.
//!
//! Of each record that is whatever the views of it were made of: the newest whole document, the earlier ones whose resources may be
//! withdrawn by now, and the word that it is gone, where it is. The ledger is read twice, so that only numbers are held in memory.

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::path::Path;

use crate::blobs::Blobs;
use crate::digest::Digest;
use crate::dump::error::DumpError;
use crate::error::IndexError;
use crate::fold::Fold;
use crate::history::speaking;
use crate::ledger::{Entry, Ledger, LedgerReader, Op};
use crate::manifest::Manifest;
use crate::sources::RecordName;

/// How much of a body is in memory at a time.
const PIECE: usize = 64 << 10;

/// The documents of some records of a generation.
#[derive(Debug)]
pub struct Documents {
    ledger: LedgerReader,
    blobs: Blobs,
    wanted: BTreeSet<u64>,
}

impl Documents {
    /// Finds the documents of some records of a generation; `None` where the data directory has only generations, as a replica has.
    pub fn find(
        data: &Path,
        manifest: &Manifest,
        records: &BTreeSet<RecordName>,
    ) -> Result<Option<Self>, IndexError> {
        let (ledger, blobs) = (data.join("ledger"), data.join("blobs"));
        if !ledger.is_dir() || !blobs.is_dir() {
            return Ok(None);
        }
        let (ledger, blobs) = (Ledger::read(&ledger)?, Blobs::read_only(&blobs));
        let wanted = wanted(&ledger, manifest, records)?;
        Ok(Some(Self { ledger, blobs, wanted }))
    }

    /// Hands over the entries of the documents, and of the tombstones, in the order of the ledger.
    ///
    /// The place of a file on the operator's disk is nobody's business, and is left out.
    pub fn each(
        &self,
        mut visit: impl FnMut(&Entry) -> Result<(), DumpError>,
    ) -> Result<(), DumpError> {
        let Some(first) = self.wanted.first() else { return Ok(()) };
        let mut left = self.wanted.len();
        for entry in self.ledger.entries(*first)? {
            let mut entry = entry?;
            if self.wanted.contains(&entry.seq) {
                entry.url = entry.url.filter(|url| !url.starts_with("file:"));
                visit(&entry)?;
                left -= 1;
            }
            if left == 0 {
                break;
            }
        }
        Ok(())
    }

    /// Hands over a body piece by piece. Only after the last piece is it known to be the one that the digest names.
    ///
    /// # Errors
    /// [`IndexError::BlobMissing`] where it was taken away since.
    pub fn each_piece(
        &self,
        digest: Digest,
        mut visit: impl FnMut(&[u8]) -> io::Result<()>,
    ) -> Result<(), DumpError> {
        let mut body = self.blobs.open_body(digest)?.ok_or(IndexError::BlobMissing { digest })?;
        let mut piece = vec![0; PIECE];
        loop {
            let n = body.read(&mut piece).map_err(|error| self.blobs.fault(digest, error))?;
            if n == 0 {
                return Ok(());
            }
            visit(piece.get(..n).unwrap_or_default())?;
        }
    }
}

/// The entries that records were made of. What was redacted since the generation was published is not among them.
fn wanted(
    ledger: &LedgerReader,
    manifest: &Manifest,
    records: &BTreeSet<RecordName>,
) -> Result<BTreeSet<u64>, IndexError> {
    let mut fold = Fold::default();
    for entry in ledger.entries(1)? {
        let entry = entry?;
        let shown_through = manifest.watermarks.get(&entry.source).copied().unwrap_or(0);
        let is_shown = matches!(entry.op, Op::Upsert | Op::Tombstone) && entry.seq <= shown_through;
        let name = RecordName { source: entry.source.clone(), record: entry.record.clone() };
        if (is_shown || entry.op == Op::Redact) && records.contains(&name) {
            fold.apply(&entry);
        }
    }
    let mut wanted = BTreeSet::new();
    for record in records {
        let versions = fold.versions(&record.source, &record.record);
        let spoken = speaking(versions);
        let last = versions.last().filter(|last| last.op == Op::Tombstone && !spoken.is_empty());
        wanted.extend(spoken.iter().chain(last).map(|version| version.seq));
    }
    Ok(wanted)
}
