//! Collectors that see a resource once, however many copies and twins of it are found.

use std::collections::BTreeSet;
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use crate::search::column::{Columns, LocalPlace};
use crate::search::place::Place;

/// Groups that were seen already: sorted.
pub(super) type Seen = Arc<[u64]>;

/// A document that has a place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    /// Its place.
    pub place: Place,
    /// What it shares with its copies and twins.
    pub group: u64,
    /// Where it is.
    pub address: DocAddress,
}

/// Gathers the best of a tier: of each group its best document, in order.
pub(super) struct Best {
    /// The number of the tier.
    pub tier: usize,
    /// The most to gather.
    pub limit: usize,
    /// Groups that have a place already.
    pub seen: Seen,
    /// Where to begin: strictly behind this place of the same tier.
    pub after: Option<Place>,
    /// The day on which what has ended counts as deprecated.
    pub as_of: Option<u64>,
}

/// Gathers the best of a segment.
pub(super) struct BestOfSegment {
    columns: Columns,
    segment: SegmentOrdinal,
    tier: usize,
    limit: usize,
    seen: Seen,
    after: Option<LocalPlace>,
    held: Vec<Candidate>,
    /// The place that has to be beaten once there are enough.
    worst: Option<LocalPlace>,
}

#[derive(Clone, Copy)]
struct Candidate {
    place: LocalPlace,
    group: u64,
    doc: DocId,
}

impl Collector for Best {
    type Fruit = Vec<Found>;
    type Child = BestOfSegment;

    fn for_segment(
        &self,
        ordinal: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<BestOfSegment> {
        let columns = Columns::of(segment, self.as_of)?;
        Ok(BestOfSegment {
            after: self.after.as_ref().map(|place| columns.bound(place)).transpose()?,
            columns,
            segment: ordinal,
            tier: self.tier,
            limit: self.limit,
            seen: Arc::clone(&self.seen),
            held: Vec::new(),
            worst: None,
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(
        &self,
        segments: Vec<tantivy::Result<Vec<Found>>>,
    ) -> tantivy::Result<Vec<Found>> {
        let mut found = Vec::new();
        for segment in segments {
            found.extend(segment?);
        }
        found.sort_by(|a, b| a.place.compare(&b.place));
        let mut groups = BTreeSet::new();
        found.retain(|found| groups.insert(found.group));
        found.truncate(self.limit);
        Ok(found)
    }
}

impl SegmentCollector for BestOfSegment {
    type Fruit = tantivy::Result<Vec<Found>>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let place = self.columns.place(doc, score);
        let is_beaten = self.worst.is_some_and(|worst| place.compare(&worst).is_ge());
        if is_beaten || self.after.is_some_and(|after| place.compare(&after).is_lt()) {
            return;
        }
        let Some(group) = self.columns.group(doc) else { return };
        if self.seen.binary_search(&group).is_ok() {
            return;
        }
        self.held.push(Candidate { place, group, doc });
        // Room for as many again, so that sorting is seldom.
        if self.held.len() > 2 * self.limit + 64 {
            self.prune();
        }
    }

    fn harvest(mut self) -> tantivy::Result<Vec<Found>> {
        self.prune();
        let found = |candidate: &Candidate| {
            Ok(Found {
                place: Place {
                    tier: self.tier,
                    state: candidate.place.state,
                    mirrored: candidate.place.mirrored,
                    score: candidate.place.score,
                    key: self.columns.key(candidate.place.key)?,
                },
                group: candidate.group,
                address: DocAddress::new(self.segment, candidate.doc),
            })
        };
        self.held.iter().map(found).collect()
    }
}

impl BestOfSegment {
    /// Keeps the best of each group, and of those as many as are wanted.
    fn prune(&mut self) {
        self.held.sort_by(|a, b| a.place.compare(&b.place).then_with(|| a.doc.cmp(&b.doc)));
        let mut groups = BTreeSet::new();
        self.held.retain(|candidate| groups.insert(candidate.group));
        self.held.truncate(self.limit);
        let is_full = self.held.len() == self.limit;
        self.worst = self.held.last().filter(|_| is_full).map(|candidate| candidate.place);
    }
}

/// Gathers the groups of what is found, sorted, each once.
#[derive(Default)]
pub(super) struct Groups {
    /// Only those of documents at or before this place of their tier.
    pub until: Option<Place>,
    /// The day on which what has ended counts as deprecated.
    pub as_of: Option<u64>,
}

/// Gathers the groups of a segment.
pub(super) struct GroupsOfSegment {
    columns: Columns,
    until: Option<LocalPlace>,
    groups: Vec<u64>,
}

impl Collector for Groups {
    type Fruit = Vec<u64>;
    type Child = GroupsOfSegment;

    fn for_segment(
        &self,
        _ordinal: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<GroupsOfSegment> {
        let columns = Columns::of(segment, self.as_of)?;
        let until = self.until.as_ref().map(|place| columns.bound(place)).transpose()?;
        Ok(GroupsOfSegment { columns, until, groups: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        self.until.is_some()
    }

    fn merge_fruits(&self, segments: Vec<Vec<u64>>) -> tantivy::Result<Vec<u64>> {
        Ok(sorted(segments.concat()))
    }
}

impl SegmentCollector for GroupsOfSegment {
    type Fruit = Vec<u64>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let is_behind = |until: LocalPlace| self.columns.place(doc, score).compare(&until).is_ge();
        if !self.until.is_some_and(is_behind) {
            self.groups.extend(self.columns.group(doc));
        }
    }

    fn harvest(self) -> Vec<u64> {
        self.groups
    }
}

/// Sorts groups and keeps each once.
pub(super) fn sorted(mut groups: Vec<u64>) -> Vec<u64> {
    groups.sort_unstable();
    groups.dedup();
    groups
}
