//! The history of a record: its documents in the ledger, folded into what the views show.
//!
//! The newest whole document speaks; what earlier whole ones had and it has no more is withdrawn. A partial document
//! speaks only where there is no whole one.

use std::collections::{BTreeMap, BTreeSet};

use ontology::{CanonicalKey, Normalized, Provenance};
use time::format_description::well_known::Rfc3339;

use crate::card::Origin;
use crate::error::IndexError;
use crate::fold::Version;
use crate::ledger::{Entries, Entry, Op};
use crate::record::{Record, Withdrawn};
use crate::truth::Truth;

/// The most bytes of one body, far above what any server sends.
pub const MAX_BODY: u64 = 512 << 20;

/// How many entries may be read over on the way from one that is wanted to the next.
const FAR: u64 = 100_000;

/// One document of a record, and where it came from.
type Document = (Origin, Normalized);

/// The documents of records, with the entries that were met already, so that they need not be looked for.
pub(crate) struct History<'a> {
    truth: &'a Truth,
    met: BTreeMap<u64, Entry>,
}

impl<'a> History<'a> {
    /// Begins with nothing met.
    pub(crate) fn of(truth: &'a Truth) -> Self {
        Self { truth, met: BTreeMap::new() }
    }

    /// Remembers an entry that was read on the way.
    pub(crate) fn remember(&mut self, entry: Entry) {
        self.met.insert(entry.seq, entry);
    }

    /// Looks up the entries of every document of these records, given by source and name, in one pass through the ledger.
    ///
    /// An entry that is looked up alone costs a walk through half a segment, and records have many.
    pub(crate) fn recall<'r>(
        &mut self,
        records: impl Iterator<Item = (&'r str, &'r str)>,
    ) -> Result<(), IndexError> {
        let (fold, ledger) = (self.truth.fold(), self.truth.ledger());
        let versions = records.flat_map(|(source, record)| fold.versions(source, record));
        let with_body = versions.filter(|version| version.digest.is_some());
        let wanted: BTreeSet<u64> = with_body.map(|version| version.seq).collect();
        let mut reading: Option<(u64, Entries)> = None;
        for seq in wanted {
            if self.met.contains_key(&seq) {
                continue;
            }
            let near = reading.take().filter(|(at, _)| seq - at <= FAR);
            let mut entries = match near {
                Some((_, entries)) => entries,
                None => ledger.entries(seq)?,
            };
            let is_wanted = |entry: &Result<Entry, _>| !entry.as_ref().is_ok_and(|e| e.seq < seq);
            if let Some(entry) = entries.find(is_wanted).transpose()? {
                self.remember(entry);
            }
            reading = Some((seq, entries));
        }
        Ok(())
    }

    /// Reads a record as it stands at an entry of the ledger; `None` where every document of it was redacted.
    pub(crate) fn record(
        &self,
        source: &str,
        record: &str,
        through: u64,
    ) -> Result<Option<Record>, IndexError> {
        let versions = self
            .truth
            .fold()
            .versions(source, record)
            .iter()
            .filter(|version| version.seq <= through);
        let versions: Vec<Version> = versions.copied().collect();
        let tombstone = versions.last().is_some_and(|version| version.op == Op::Tombstone);
        let spoken = speaking(&versions);
        let Some((current, earlier)) = spoken.split_first() else { return Ok(None) };
        let Some((origin, normalized)) = self.document(current)? else { return Ok(None) };
        // Registries of before 2025 kept what they had deleted, and said so in its envelope.
        let is_deleted =
            normalized.envelope.as_ref().is_some_and(|envelope| envelope.deleted_at.is_some());
        let tombstone = tombstone || is_deleted;
        let withdrawn = self.withdrawn(&normalized, earlier.iter())?;
        Ok(Some(Record { origin, normalized, withdrawn, tombstone }))
    }

    /// Gathers what earlier documents had besides, newest first, each resource once.
    fn withdrawn<'v>(
        &self,
        current: &Normalized,
        earlier: impl Iterator<Item = &'v Version>,
    ) -> Result<Vec<Withdrawn>, IndexError> {
        let keys = current.resources.iter().map(|resource| resource.identity().key.clone());
        let mut seen: BTreeSet<CanonicalKey> = keys.collect();
        let mut withdrawn = Vec::new();
        for version in earlier {
            let Some((origin, older)) = self.document(version)? else { continue };
            for resource in older.resources {
                if seen.insert(resource.identity().key.clone()) {
                    withdrawn.push((resource, origin.clone()));
                }
            }
        }
        Ok(withdrawn)
    }

    /// Reads one document of a record.
    fn document(&self, version: &Version) -> Result<Option<Document>, IndexError> {
        let Some(digest) = version.digest else { return Ok(None) };
        let Some(entry) = self.entry(version.seq)? else { return Ok(None) };
        let Some(body) = self.truth.blobs().read(digest, MAX_BODY)? else {
            return Err(IndexError::BlobMissing { digest });
        };
        let origin = origin_of(&entry)?;
        let provenance = Provenance {
            source: origin.source.clone(),
            record: origin.record.clone(),
            url: origin.url.clone(),
            fetched_at: origin.fetched_at.clone(),
            digest: origin.digest.clone(),
        };
        let normalized = ontology::normalize(body, &provenance)
            .map_err(|source| IndexError::Normalize { record: origin.record.clone(), source })?;
        Ok(Some((origin, normalized)))
    }

    fn entry(&self, seq: u64) -> Result<Option<Entry>, IndexError> {
        if let Some(entry) = self.met.get(&seq) {
            return Ok(Some(entry.clone()));
        }
        let entry = self.truth.ledger().entries(seq)?.next().transpose()?;
        Ok(entry.filter(|entry| entry.seq == seq))
    }
}

/// The versions that make a record what it is: the one that speaks, then the earlier ones of its kind, newest first; none where it
/// has no document.
pub(crate) fn speaking(versions: &[Version]) -> Vec<Version> {
    let has_body = |version: &&Version| version.op == Op::Upsert && version.digest.is_some();
    let upserts: Vec<Version> = versions.iter().filter(has_body).copied().collect();
    let newest_whole = upserts.iter().rposition(|version| !version.partial);
    let Some(at) = newest_whole.or_else(|| upserts.len().checked_sub(1)) else { return Vec::new() };
    let partial = upserts.get(at).is_some_and(|version| version.partial);
    upserts.into_iter().take(at + 1).rev().filter(|version| version.partial == partial).collect()
}

/// Where an entry came from. The place of a file on the operator's disk stays in the ledger: generations are given away.
fn origin_of(entry: &Entry) -> Result<Origin, IndexError> {
    let fetched_at =
        entry.fetched_at.format(&Rfc3339).map_err(|source| IndexError::Moment { source })?;
    Ok(Origin {
        source: entry.source.clone(),
        record: entry.record.clone(),
        url: entry.url.clone().filter(|url| !url.starts_with("file:")).unwrap_or_default(),
        fetched_at,
        digest: entry.fetched_digest().map(|digest| digest.to_string()).unwrap_or_default(),
        seq: entry.seq,
        partial: entry.partial,
        terms: None,
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use time::OffsetDateTime;

    use super::History;
    use crate::ledger::{NewEntry, Op};
    use crate::truth::{Truth, TruthConfig};

    #[test]
    fn the_entries_of_documents_are_recalled_as_the_ledger_has_them() {
        let folder = tempfile::tempdir().unwrap();
        let config = TruthConfig { segment_len: 600, ..TruthConfig::default() };
        let mut truth = Truth::open(folder.path(), config).unwrap();
        for (n, record) in ["a", "b", "a", "c", "-a", "b", "a", "c"].iter().enumerate() {
            let entry = |op, record| NewEntry::new(op, "s", record, OffsetDateTime::UNIX_EPOCH);
            if let Some(gone) = record.strip_prefix('-') {
                truth.note(entry(Op::Tombstone, gone)).unwrap();
            } else {
                let mut body = truth.receive().unwrap();
                body.write_all(format!("{n}").as_bytes()).unwrap();
                let received = body.finish().unwrap();
                truth.keep(received, entry(Op::Upsert, record)).unwrap();
            }
            truth.commit().unwrap();
        }
        let mut history = History::of(&truth);
        let third = truth.ledger().entries(3).unwrap().next().unwrap().unwrap();
        history.remember(third);
        history.recall([("s", "a"), ("s", "c"), ("s", "none"), ("t", "b")].into_iter()).unwrap();
        assert_eq!(history.met.keys().copied().collect::<Vec<_>>(), [1, 3, 4, 7, 8]);
        for (seq, entry) in &history.met {
            let alone = truth.ledger().entries(*seq).unwrap().next().unwrap().unwrap();
            assert_eq!(*entry, alone);
        }
    }
}
