//! The ledger read through once: whether its chain holds, what it comes to, and the hash at the generation's place.

use std::collections::BTreeMap;
use std::path::Path;

use crate::card::{Origin, RecordCard};
use crate::digest::Digest;
use crate::error::IndexError;
use crate::fold::Fold;
use crate::ledger::{Entry, Ledger, LedgerReader, Op};
use crate::manifest::Manifest;
use crate::verify::report::{Check, Checking};

/// Why a check that needs the whole ledger is not made.
pub(super) const DAMAGED: &str = "the ledger is damaged";

/// The names of the checks that hold a generation against the ledger.
pub(super) const PLACE: &str = "generation's place in the ledger";
pub(super) const RECORDS: &str = "records in the ledger";

/// A ledger whose chain holds.
#[derive(Debug)]
pub(super) struct Chain {
    ledger: LedgerReader,
    /// What it comes to.
    fold: Fold,
    /// The hash of the entry that the manifest names, where there is such an entry.
    hash: Option<Digest>,
}

impl Chain {
    /// What the ledger comes to.
    pub(super) fn fold(&self) -> &Fold {
        &self.fold
    }

    /// Reads the whole ledger. `None` where its chain does not hold.
    pub(super) fn read(dir: &Path, manifest: Option<&Manifest>) -> (Check, Option<Self>) {
        let mut checking = Checking::begin("ledger chain");
        let seq = manifest.map_or(0, |manifest| manifest.ledger_seq);
        let read = Self::try_read(dir, seq, &mut checking);
        let chain = checking.absorb(read);
        (checking.end(), chain)
    }

    fn try_read(dir: &Path, seq: u64, checking: &mut Checking) -> Result<Self, IndexError> {
        let ledger = Ledger::read(dir)?;
        let mut fold = Fold::default();
        // An entry's hash stands in the entry after it; that of the last one, where the ledger ends.
        let mut hash = (seq == ledger.last_seq()).then(|| ledger.head_hash());
        if seq == 0 {
            hash = Some(Digest::ZERO);
        }
        for entry in ledger.entries(1)? {
            let entry = entry?;
            checking.count();
            fold.apply(&entry);
            if entry.seq == seq + 1 {
                hash = Some(entry.previous);
            }
        }
        Ok(Self { ledger, fold, hash })
    }

    /// Checks that the ledger still holds the entry up to which a generation was made. It may have gone on.
    pub(super) fn check_position(&self, manifest: &Manifest) -> Check {
        let mut checking = Checking::begin(PLACE);
        checking.count();
        let seq = manifest.ledger_seq;
        match self.hash {
            Some(hash) if hash.to_string() == manifest.ledger_hash => {}
            Some(_) => checking
                .fault(format!("entry {seq} is not the one that the generation was made up to")),
            None => {
                let last = self.ledger.last_seq();
                checking.fault(format!(
                    "the generation was made up to entry {seq}, and the ledger ends at {last}"
                ));
            }
        }
        checking.end()
    }

    /// Checks that every record card names an upsert of the ledger: nothing is shown that was never entered.
    pub(super) fn check_records(&self, records: &[RecordCard]) -> Check {
        let mut checking = Checking::begin(RECORDS);
        let mut shown: BTreeMap<u64, &Origin> = BTreeMap::new();
        for record in records {
            checking.count();
            let origin = &record.origin;
            if let Some(other) = shown.insert(origin.seq, origin) {
                checking.fault(format!(
                    "records `{}` and `{}` name the same entry {}",
                    other.record, origin.record, origin.seq
                ));
            }
        }
        let matched = self.match_entries(&mut shown, &mut checking);
        if checking.absorb(matched).is_some() {
            for (seq, origin) in shown {
                checking.fault(format!(
                    "record `{}` names entry {seq}, which the ledger has not",
                    origin.record
                ));
            }
        }
        checking.end()
    }

    fn match_entries(
        &self,
        shown: &mut BTreeMap<u64, &Origin>,
        checking: &mut Checking,
    ) -> Result<(), IndexError> {
        for entry in self.ledger.entries(1)? {
            let entry = entry?;
            if let Some(origin) = shown.remove(&entry.seq)
                && !is_upsert_of(&entry, origin)
            {
                checking.fault(format!(
                    "record `{}` names entry {}, which says something else",
                    origin.record, entry.seq
                ));
            }
        }
        Ok(())
    }
}

fn is_upsert_of(entry: &Entry, origin: &Origin) -> bool {
    let digest = entry.fetched_digest().map(|digest| digest.to_string());
    entry.op == Op::Upsert
        && (&entry.source, &entry.record) == (&origin.source, &origin.record)
        && digest.as_ref() == Some(&origin.digest)
}
