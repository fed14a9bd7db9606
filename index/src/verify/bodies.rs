//! The bodies: every one that the ledger needs is here and whole, and none that must be gone.

use std::collections::{BTreeMap, BTreeSet};

use crate::blobs::Blobs;
use crate::digest::Digest;
use crate::error::IndexError;
use crate::fold::Fold;
use crate::verify::chain::DAMAGED;
use crate::verify::report::{Check, Checking, in_words};

/// The name of the check that looks for what redactions took away.
const GONE: &str = "redacted bodies";

/// Checks the bodies, needed or not, against their digests and, where the ledger could be read, against it. Gives the
/// number of bodies that no entry needs.
pub(super) fn check(blobs: &Blobs, fold: Option<&Fold>) -> ([Check; 2], u64) {
    let mut checking = Checking::begin("bodies");
    let mut present = BTreeSet::new();
    let needed = fold.map(needed).unwrap_or_default();
    let read = check_each(blobs, &needed, &mut present, &mut checking);
    checking.absorb(read);
    for (digest, record) in needed.iter().filter(|(digest, _)| !present.contains(digest)) {
        checking.count();
        checking.fault(format!("blob `{digest}` of record `{record}` is missing"));
    }
    let Some(fold) = fold else {
        return ([checking.end(), Checking::skipped(GONE, DAMAGED)], 0);
    };
    let n_orphans = present.iter().filter(|digest| !needed.contains_key(digest)).count();
    ([checking.end(), check_gone(blobs, fold)], u64::try_from(n_orphans).unwrap_or(u64::MAX))
}

/// Every body that a version of a record names, with one of the records.
fn needed(fold: &Fold) -> BTreeMap<Digest, &str> {
    let records = fold.sources().flat_map(|source| fold.records(source));
    let named = records.flat_map(|(record, versions)| {
        versions.iter().filter_map(move |version| Some((version.digest?, record)))
    });
    named.collect()
}

/// Reads every body there is. One that nobody needs must be whole too: the next fetch of the same bytes would find it.
fn check_each(
    blobs: &Blobs,
    needed: &BTreeMap<Digest, &str>,
    present: &mut BTreeSet<Digest>,
    checking: &mut Checking,
) -> Result<(), IndexError> {
    for digest in blobs.digests()? {
        let digest = digest?;
        checking.count();
        present.insert(digest);
        if let Err(error) = blobs.verify(digest) {
            let fault = in_words(&error);
            checking.fault(match needed.get(&digest) {
                Some(record) => format!("{fault} (record `{record}`)"),
                None => fault,
            });
        }
    }
    Ok(())
}

fn check_gone(blobs: &Blobs, fold: &Fold) -> Check {
    let mut checking = Checking::begin(GONE);
    for digest in fold.must_be_gone() {
        checking.count();
        if blobs.contains(digest) {
            checking.fault(format!("blob `{digest}` was redacted and is still there"));
        }
    }
    checking.end()
}
