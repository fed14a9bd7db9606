//! What the ledger comes to: the versions of every record, the holds of every source, and what must be gone.
//!
//! It is built by reading the ledger once and kept up to date with every commit. It knows digests and no bodies.

use std::collections::{BTreeMap, BTreeSet};

use crate::digest::Digest;
use crate::ledger::{Entry, Op, Terms};

/// One state of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// The entry that says so.
    pub seq: u64,
    /// The body, where there is one.
    pub digest: Option<Digest>,
    /// What happened: an upsert, a tombstone or a redaction.
    pub op: Op,
    /// Whether the body is a part of the record only.
    pub partial: bool,
}

/// The present state of every record and source in the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fold {
    sources: BTreeMap<Box<str>, Source>,
    redacted: BTreeSet<Digest>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Source {
    records: BTreeMap<Box<str>, Vec<Version>>,
    /// The last entry about a record.
    last_seq: u64,
    held_after: Option<u64>,
    terms: Option<Terms>,
}

impl Fold {
    /// Takes in the next entry of the ledger.
    pub fn apply(&mut self, entry: &Entry) {
        if !self.sources.contains_key(entry.source.as_str()) {
            self.sources.insert(entry.source.as_str().into(), Source::default());
        }
        let Some(source) = self.sources.get_mut(entry.source.as_str()) else { return };
        match entry.op {
            Op::Upsert | Op::Tombstone => source.push(entry),
            Op::Redact => {
                self.redacted.extend(source.forget(&entry.record));
                source.push(entry);
            }
            Op::Hold => source.hold(entry.through.unwrap_or(entry.seq)),
            Op::Accept => source.accept(entry.through.unwrap_or(entry.seq)),
            Op::Terms => source.terms.clone_from(&entry.terms),
        }
    }

    /// The versions of a record, oldest first; none where nothing is known of it.
    ///
    /// After a redaction it is the first of them, and what came before is not listed.
    pub fn versions(&self, source: &str, record: &str) -> &[Version] {
        self.sources
            .get(source)
            .and_then(|source| source.records.get(record))
            .map_or(&[], Vec::as_slice)
    }

    /// The last version of a record, held or not.
    pub fn latest(&self, source: &str, record: &str) -> Option<&Version> {
        self.versions(source, record).last()
    }

    /// The last version of a record up to an entry: what a view shows while later entries wait.
    pub fn latest_through(&self, source: &str, record: &str, through: u64) -> Option<&Version> {
        self.versions(source, record).iter().rfind(|version| version.seq <= through)
    }

    /// Whether a fetched body is the one that the record has already, so that nothing needs to be written.
    ///
    /// A whole document and a partial one are remembered side by side: fetching them in turn changes nothing.
    pub fn unchanged(&self, source: &str, record: &str, digest: Digest) -> bool {
        let newest_first = self.versions(source, record).iter().rev();
        let mut living = newest_first.take_while(|version| version.op == Op::Upsert).peekable();
        let kind = living.peek().map(|version| version.partial);
        let latest = living.peek().copied();
        let other = living.find(|version| Some(version.partial) != kind);
        latest.into_iter().chain(other).any(|version| version.digest == Some(digest))
    }

    /// The entry after which a source's entries wait for the operator's word, if they do.
    pub fn held_after(&self, source: &str) -> Option<u64> {
        self.sources.get(source)?.held_after
    }

    /// The terms under which a source is used, where any were ever said.
    pub fn terms(&self, source: &str) -> Option<&Terms> {
        self.sources.get(source)?.terms.as_ref()
    }

    /// Whether a redaction ever took this body away; it must not come back by itself.
    pub fn is_redacted(&self, digest: Digest) -> bool {
        self.redacted.contains(&digest)
    }

    /// The last entry about a record of a source; 0 where there is none.
    pub fn last_seq(&self, source: &str) -> u64 {
        self.sources.get(source).map_or(0, |source| source.last_seq)
    }

    /// The sources, in order.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        self.sources.keys().map(AsRef::as_ref)
    }

    /// The records of a source with their versions, in order.
    pub fn records(&self, source: &str) -> impl Iterator<Item = (&str, &[Version])> {
        let records = self.sources.get(source).into_iter().flat_map(|source| &source.records);
        records.map(|(record, versions)| (record.as_ref(), versions.as_slice()))
    }

    /// The bodies that redactions took away from every record that had them.
    ///
    /// A body that another record has too, or that came back since, is not among them.
    pub fn must_be_gone(&self) -> BTreeSet<Digest> {
        let mut gone = self.redacted.clone();
        if gone.is_empty() {
            return gone;
        }
        let versions = self.sources.values().flat_map(|source| source.records.values().flatten());
        versions.filter_map(|version| version.digest).for_each(|digest| {
            gone.remove(&digest);
        });
        gone
    }
}

impl Source {
    fn push(&mut self, entry: &Entry) {
        let version =
            Version { seq: entry.seq, digest: entry.digest, op: entry.op, partial: entry.partial };
        self.last_seq = entry.seq;
        if let Some(versions) = self.records.get_mut(entry.record.as_str()) {
            versions.push(version);
        } else {
            // Most records have one version for life: room for exactly one.
            self.records.insert(entry.record.as_str().into(), vec![version]);
        }
    }

    fn forget(&mut self, record: &str) -> Vec<Digest> {
        let versions = self.records.remove(record).unwrap_or_default();
        versions.into_iter().filter_map(|version| version.digest).collect()
    }

    fn hold(&mut self, through: u64) {
        self.held_after = Some(self.held_after.map_or(through, |earlier| earlier.min(through)));
    }

    /// Releases entries up to `through`. What came after it has not been looked at, and waits on.
    fn accept(&mut self, through: u64) {
        self.held_after =
            self.held_after.map(|held| held.max(through)).filter(|&held| self.last_seq > held);
    }
}

#[cfg(test)]
mod tests {
    use time::OffsetDateTime;

    use super::{Fold, Version};
    use crate::digest::Digest;
    use crate::ledger::{Entry, Op, Validators};

    fn entry(seq: u64, op: Op, record: &str, body: Option<&str>) -> Entry {
        let digest = body.map(|body| Digest::of(body.as_bytes()));
        Entry {
            seq,
            source: "s".to_owned(),
            record: record.to_owned(),
            op,
            url: None,
            status: None,
            validators: Validators::default(),
            digest,
            len: None,
            fetched_at: OffsetDateTime::UNIX_EPOCH,
            previous: Digest::ZERO,
            group: seq,
            original: None,
            partial: body.is_some_and(|body| body.starts_with("part")),
            reason: None,
            through: None,
            terms: None,
        }
    }

    /// A fold of upserts, tombstones (`-`) and redactions (`!`) of records, numbered from 1.
    fn fold(entries: &[(&str, &str)]) -> Fold {
        let mut fold = Fold::default();
        for (seq, (record, body)) in (1..).zip(entries) {
            fold.apply(&match *body {
                "-" => entry(seq, Op::Tombstone, record, None),
                "!" => entry(seq, Op::Redact, record, None),
                body => entry(seq, Op::Upsert, record, Some(body)),
            });
        }
        fold
    }

    #[track_caller]
    fn check_unchanged(entries: &[(&str, &str)], body: &str, expected: bool) {
        assert_eq!(fold(entries).unchanged("s", "a", Digest::of(body.as_bytes())), expected);
    }

    #[test]
    fn a_body_is_unchanged_when_the_record_has_it_now() {
        check_unchanged(&[], "1", false);
        check_unchanged(&[("a", "1")], "1", true);
        check_unchanged(&[("b", "1")], "1", false);
        check_unchanged(&[("a", "1"), ("a", "2")], "1", false);
        check_unchanged(&[("a", "1"), ("a", "2"), ("a", "1")], "1", true);
        check_unchanged(&[("a", "1"), ("a", "-")], "1", false);
        check_unchanged(&[("a", "1"), ("a", "!")], "1", false);
        check_unchanged(&[("a", "1"), ("a", "part")], "1", true);
        check_unchanged(&[("a", "1"), ("a", "part")], "part", true);
        check_unchanged(&[("a", "1"), ("a", "part 1"), ("a", "part 2")], "1", true);
        check_unchanged(&[("a", "1"), ("a", "part 1"), ("a", "part 2")], "part 1", false);
        check_unchanged(&[("a", "part"), ("a", "1"), ("a", "2")], "part", true);
        check_unchanged(&[("a", "part"), ("a", "1"), ("a", "2")], "1", false);
    }

    #[test]
    fn versions_are_listed_oldest_first() {
        let fold = fold(&[("a", "1"), ("b", "2"), ("a", "part"), ("a", "-")]);
        let seqs = |record| {
            fold.versions("s", record).iter().map(|version| version.seq).collect::<Vec<_>>()
        };
        assert_eq!((seqs("a"), seqs("b"), seqs("c")), (vec![1, 3, 4], vec![2], vec![]));
        let tombstone = Version { seq: 4, digest: None, op: Op::Tombstone, partial: false };
        assert_eq!(fold.latest("s", "a"), Some(&tombstone));
        assert_eq!(
            fold.latest_through("s", "a", 3).map(|version| (version.seq, version.partial)),
            Some((3, true))
        );
        assert_eq!(fold.latest_through("s", "b", 1), None);
        assert_eq!(fold.sources().collect::<Vec<_>>(), ["s"]);
        assert_eq!(fold.records("s").map(|(record, _)| record).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(fold.latest("t", "a"), None);
    }

    #[track_caller]
    fn check_gone(entries: &[(&str, &str)], expected: &[&str]) {
        let gone = fold(entries).must_be_gone();
        assert_eq!(gone, expected.iter().map(|body| Digest::of(body.as_bytes())).collect());
    }

    #[test]
    fn a_redaction_takes_every_earlier_body_of_its_record() {
        check_gone(&[("a", "1"), ("a", "2"), ("a", "!")], &["1", "2"]);
        check_gone(&[("a", "1"), ("b", "1"), ("a", "!")], &[]);
        check_gone(&[("a", "1"), ("b", "1"), ("a", "!"), ("b", "!")], &["1"]);
        check_gone(&[("a", "1"), ("a", "!"), ("a", "1")], &[]);
        check_gone(&[("a", "1"), ("a", "!"), ("a", "3")], &["1"]);
        check_gone(&[("a", "!"), ("a", "1")], &[]);
        let fold = fold(&[("a", "1"), ("a", "!"), ("a", "3")]);
        assert_eq!(
            fold.versions("s", "a").iter().map(|version| version.op).collect::<Vec<_>>(),
            [Op::Redact, Op::Upsert]
        );
    }

    #[track_caller]
    fn check_held(steps: &[(Op, u64)], expected: Option<u64>) {
        let mut fold = Fold::default();
        for (seq, (op, through)) in (1..).zip(steps) {
            fold.apply(&Entry { through: Some(*through), ..entry(seq, *op, "a", None) });
        }
        assert_eq!(fold.held_after("s"), expected, "{steps:?}");
    }

    #[test]
    fn a_hold_lasts_until_what_came_after_it_is_accepted() {
        let (upsert, hold, accept) = (Op::Tombstone, Op::Hold, Op::Accept);
        check_held(&[(upsert, 0), (upsert, 0)], None);
        check_held(&[(upsert, 0), (upsert, 0), (hold, 1)], Some(1));
        check_held(&[(upsert, 0), (upsert, 0), (hold, 1), (accept, 2)], None);
        check_held(&[(upsert, 0), (upsert, 0), (hold, 1), (accept, 4)], None);
        check_held(&[(upsert, 0), (upsert, 0), (hold, 1), (upsert, 0), (accept, 2)], Some(2));
        check_held(&[(upsert, 0), (upsert, 0), (hold, 1), (accept, 0)], Some(1));
        check_held(&[(upsert, 0), (upsert, 0), (hold, 1), (upsert, 0), (hold, 3)], Some(1));
        check_held(&[(upsert, 0), (accept, 1)], None);
        check_held(&[(upsert, 0), (upsert, 0), (hold, 1), (accept, 2), (upsert, 0)], None);
    }
}
