//! The ends of all alignments that lead out of a hierarchy, read from the column that has them.
//!
//! An alignment of one record may be about resources of others, so no record can say of its own resources whether they are aligned.

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::query::{BooleanQuery, Occur};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use crate::cards::{Cards, word};
use crate::error::IndexError;
use crate::schema::sort;

/// Gathers the values of the column.
struct Ends<'a>(&'a str);

/// The values of one segment.
struct SegmentEnds {
    column: Column<u64>,
    found: Vec<u64>,
}

/// Reads the hashes of both ends of every alignment that is shown, in their order.
pub(crate) fn link_ends(cards: &Cards) -> Result<Vec<u64>, IndexError> {
    let fields = cards.fields();
    let mut clauses = vec![(Occur::Must, word(fields.sort, sort::ALIGNMENT))];
    if !cards.shows_provisional() {
        clauses.push((Occur::MustNot, word(fields.status, "provisional")));
    }
    let column = Ends(fields.schema.get_field_name(fields.link_end));
    Ok(cards.searcher().search(&BooleanQuery::new(clauses), &column)?)
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
