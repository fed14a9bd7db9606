//! The ends of all alignments that lead out of a hierarchy, read from the column that has them.
//!
//! An alignment of one record may be about resources of others, so no record can say of its own resources whether they are aligned.

use std::sync::{Arc, OnceLock};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::query::{BooleanQuery, Occur};
use tantivy::{DocId, Score, Searcher, SegmentOrdinal, SegmentReader};

use crate::error::IndexError;
use crate::schema::{Fields, sort};
use crate::term::word;

/// Gathers the values of the column.
struct Ends<'a>(&'a str);

/// The values of one segment.
struct SegmentEnds {
    column: Column<u64>,
    found: Vec<u64>,
}

/// The hashes of both ends of every alignment, in their order; read by whoever asks first.
#[derive(Default)]
pub(crate) struct LinkEnds {
    shown: OnceLock<Arc<[u64]>>,
    /// The same, with those that are provisional.
    all: OnceLock<Arc<[u64]>>,
}

impl LinkEnds {
    /// The ends of the alignments that are shown.
    pub(crate) fn of(
        &self,
        searcher: &Searcher,
        fields: &Fields,
        shows_provisional: bool,
    ) -> Result<Arc<[u64]>, IndexError> {
        let held = if shows_provisional { &self.all } else { &self.shown };
        if let Some(known) = held.get() {
            return Ok(Arc::clone(known));
        }
        let mut clauses = vec![(Occur::Must, word(fields.sort, sort::ALIGNMENT))];
        if !shows_provisional {
            clauses.push((Occur::MustNot, word(fields.status, "provisional")));
        }
        let column = Ends(fields.schema.get_field_name(fields.link_end));
        let read = searcher.search(&BooleanQuery::new(clauses), &column)?;
        Ok(Arc::clone(held.get_or_init(|| read.into())))
    }
}

impl Collector for Ends<'_> {
    type Fruit = Vec<u64>;
    type Child = SegmentEnds;

    fn for_segment(
        &self,
        _ordinal: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<SegmentEnds> {
        Ok(SegmentEnds { column: segment.fast_fields().u64(self.0)?, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Vec<u64>>) -> tantivy::Result<Vec<u64>> {
        let mut all = segments.concat();
        all.sort_unstable();
        all.dedup();
        Ok(all)
    }
}

impl SegmentCollector for SegmentEnds {
    type Fruit = Vec<u64>;

    fn collect(&mut self, document: DocId, _score: Score) {
        self.found.extend(self.column.values_for_doc(document));
    }

    fn harvest(self) -> Vec<u64> {
        self.found
    }
}
