//! The resources of a generation dealt out into parts, each with when it last changed: what a
//! [sitemap](https://www.sitemaps.org/protocol.html) lists.
//!
//! A resource belongs to a part by the first bits of the hash of its key, so that it stays in its part whatever is added beside it.

use std::collections::{BTreeMap, BTreeSet};

use ontology::CanonicalKey;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::BooleanQuery;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::card::Card;
use crate::error::IndexError;
use crate::reader::Reader;
use crate::schema::sort;
use crate::term::word;

/// How many resources a part has about, which leaves room to the 50,000 that it may have.
const OF_A_PART: u64 = 10_000;

/// The most parts; an index may name 50,000.
const MAX_BITS: u32 = 15;

/// A part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its number, from 0.
    pub number: u64,
    /// When the newest of its resources changed; where a publisher says no dates, when its source was read last.
    pub newest: Option<String>,
}

/// A resource of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its canonical key.
    pub key: CanonicalKey,
    /// When its publisher last changed it, else when its record was read, in RFC 3339.
    pub changed: Option<String>,
}

/// The parts that have a resource, in order.
///
/// # Errors
/// Where the index cannot be read.
pub fn parts(reader: &Reader) -> Result<Vec<Part>, IndexError> {
    let read = |name: &String| reader.sources().get(name).map(|source| source.fetched_at.clone());
    let part = |(number, newest): (u64, Newest)| {
        let read = newest.undated.iter().filter_map(read).filter(|time| !time.is_empty());
        Part { number, newest: newest.changed.and_then(written).into_iter().chain(read).max() }
    };
    Ok(find(reader, &Changes { bits: bits(reader) })?.into_iter().map(part).collect())
}

/// The resources of a part by their keys, withdrawn and provisional ones left out; none where there is no such part.
///
/// # Errors
/// Where the index or a card cannot be read.
pub fn entries(reader: &Reader, part: u64) -> Result<Vec<Entry>, IndexError> {
    let mut changes: BTreeMap<String, Option<String>> = BTreeMap::new();
    for copy in find(reader, &Listed { bits: bits(reader), part })? {
        let changed = match copy.changed {
            Some(seconds) => written(seconds),
            None => Some(reader.cards().stored::<Card>(copy.place)?.origin.fetched_at),
        };
        // Nothing is less than any time.
        let newest = changes.entry(copy.key).or_default();
        *newest = newest.take().max(changed);
    }
    let entry = |(key, changed): (String, _)| Some(Entry { key: key.parse().ok()?, changed });
    Ok(changes.into_iter().filter_map(entry).collect())
}

fn written(seconds: i64) -> Option<String> {
    OffsetDateTime::from_unix_timestamp(seconds).ok()?.format(&Rfc3339).ok()
}

/// How many bits of a hash name a part.
fn bits(reader: &Reader) -> u32 {
    let n_resources: u64 = reader.manifest().counts.resources.values().sum();
    let n_parts = n_resources.div_ceil(OF_A_PART).max(1);
    n_parts.next_power_of_two().ilog2().min(MAX_BITS)
}

fn part_of(own_key: u64, bits: u32) -> u64 {
    own_key.checked_shr(u64::BITS - bits).unwrap_or(0)
}

/// Gathers something from what is shown.
fn find<C: Collector>(reader: &Reader, collector: &C) -> Result<C::Fruit, IndexError> {
    let (cards, fields) = (reader.cards(), reader.cards().fields());
    let shown = [word(fields.sort, sort::RESOURCE), word(fields.status, "current")];
    Ok(cards.searcher().search(&BooleanQuery::intersection(shown.into()), collector)?)
}

/// What tells when the newest resource of a part changed.
#[derive(Default)]
struct Newest {
    /// The newest date that a publisher says, in seconds since 1970.
    changed: Option<i64>,
    /// The sources of those of which nobody says any.
    undated: BTreeSet<String>,
}

/// Gathers the changes of each part.
struct Changes {
    bits: u32,
}

struct SegmentChanges {
    bits: u32,
    own_key: Column<u64>,
    source: Option<StrColumn>,
    changed: Option<Column<i64>>,
    newest: BTreeMap<u64, i64>,
    /// The parts with the numbers of their sources.
    undated: BTreeSet<(u64, u64)>,
}

impl Collector for Changes {
    type Fruit = BTreeMap<u64, Newest>;
    type Child = SegmentChanges;

    fn for_segment(
        &self,
        _ordinal: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<SegmentChanges> {
        let columns = segment.fast_fields();
        Ok(SegmentChanges {
            bits: self.bits,
            own_key: columns.u64("own_key")?,
            source: columns.str("source")?,
            changed: columns.column_opt("changed")?,
            newest: BTreeMap::new(),
            undated: BTreeSet::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Self::Fruit>) -> tantivy::Result<Self::Fruit> {
        let mut merged = Self::Fruit::new();
        for (part, newest) in segments.into_iter().flatten() {
            let all = merged.entry(part).or_default();
            all.changed = all.changed.max(newest.changed);
            all.undated.extend(newest.undated);
        }
        Ok(merged)
    }
}

impl SegmentCollector for SegmentChanges {
    type Fruit = BTreeMap<u64, Newest>;

    fn collect(&mut self, document: DocId, _score: Score) {
        let Some(own_key) = self.own_key.first(document) else { return };
        let part = part_of(own_key, self.bits);
        if let Some(changed) = self.changed.as_ref().and_then(|changed| changed.first(document)) {
            let newest = self.newest.entry(part).or_insert(changed);
            *newest = changed.max(*newest);
        } else {
            let source = self.source.as_ref().and_then(|source| source.ords().first(document));
            self.undated.insert((part, source.unwrap_or(u64::MAX)));
        }
    }

    fn harvest(self) -> Self::Fruit {
        let mut parts = Self::Fruit::new();
        for (part, changed) in self.newest {
            parts.entry(part).or_default().changed = Some(changed);
        }
        for (part, number) in self.undated {
            let source = text(self.source.as_ref(), number).unwrap_or_default();
            parts.entry(part).or_default().undated.insert(source);
        }
        parts
    }
}

/// The text behind its number in a column.
fn text(column: Option<&StrColumn>, number: u64) -> Option<String> {
    let mut text = String::new();
    column?.ord_to_str(number, &mut text).ok()?.then_some(text)
}

/// A copy of a resource: its key, when its publisher last changed it, and where its card is.
#[derive(Clone)]
struct Copy {
    key: String,
    changed: Option<i64>,
    place: DocAddress,
}

/// Gathers the copies of the resources of a part.
struct Listed {
    bits: u32,
    part: u64,
}

struct SegmentListed {
    bits: u32,
    part: u64,
    ordinal: SegmentOrdinal,
    own_key: Column<u64>,
    key: Option<StrColumn>,
    changed: Option<Column<i64>>,
    found: Vec<Copy>,
}

impl Collector for Listed {
    type Fruit = Vec<Copy>;
    type Child = SegmentListed;

    fn for_segment(
        &self,
        ordinal: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<SegmentListed> {
        let columns = segment.fast_fields();
        Ok(SegmentListed {
            bits: self.bits,
            part: self.part,
            ordinal,
            own_key: columns.u64("own_key")?,
            key: columns.str("key")?,
            changed: columns.column_opt("changed")?,
            found: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Self::Fruit>) -> tantivy::Result<Self::Fruit> {
        Ok(segments.concat())
    }
}

impl SegmentCollector for SegmentListed {
    type Fruit = Vec<Copy>;

    fn collect(&mut self, document: DocId, _score: Score) {
        let own_key = self.own_key.first(document);
        if own_key.is_none_or(|own_key| part_of(own_key, self.bits) != self.part) {
            return;
        }
        let number = self.key.as_ref().and_then(|key| key.ords().first(document));
        let Some(key) = number.and_then(|number| text(self.key.as_ref(), number)) else { return };
        let changed = self.changed.as_ref().and_then(|changed| changed.first(document));
        let place = DocAddress::new(self.ordinal, document);
        self.found.push(Copy { key, changed, place });
    }

    fn harvest(self) -> Self::Fruit {
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, entries, part_of, parts};
    use crate::reader::Reader;
    use crate::verify::sample::{import, key, package};

    #[test]
    fn every_resource_that_is_shown_is_in_one_part_with_when_it_changed() {
        let dir = tempfile::tempdir().unwrap();
        let items = [(0x11, "A.1", "Reads a map"), (0x12, "A.2", "Folds a map")];
        import(dir.path(), 1, &[("one", package(1, "Maps", &items))]);
        import(dir.path(), 2, &[("two", package(1, "Charts", &items[..1]))]);
        import(dir.path(), 5, &[("one", package(1, "Maps", &items[..1]))]);
        let reader = Reader::open(dir.path()).unwrap();
        let parts = parts(&reader).unwrap();
        assert_eq!(parts.len(), 1);
        assert_eq!(
            (parts[0].number, parts[0].newest.as_deref()),
            (0, Some("2026-01-01T00:00:00Z"))
        );
        let listed = entries(&reader, 0).unwrap();
        let changed = || Some("2026-01-01T00:00:00Z".to_owned());
        let mut expected = [1, 0x11].map(|n| Entry { key: key(n), changed: changed() }).to_vec();
        expected.sort_by(|one, other| one.key.cmp(&other.key));
        assert_eq!(listed, expected);
        assert_eq!(entries(&reader, 1).unwrap(), []);
    }

    #[test]
    fn a_hash_belongs_to_the_part_of_its_first_bits() {
        assert_eq!(part_of(u64::MAX, 0), 0);
        assert_eq!(part_of(u64::MAX, 1), 1);
        assert_eq!(part_of(u64::MAX, 15), (1 << 15) - 1);
        assert_eq!(part_of(1 << 62, 2), 1);
    }
}
