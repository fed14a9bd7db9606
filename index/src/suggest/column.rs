//! What is read of a candidate to judge it: its group and its names, from columns.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, SegmentReader};

use crate::cards::Cards;
use crate::error::IndexError;

/// The columns of the segments that were asked.
pub(crate) struct Columns<'a> {
    cards: &'a Cards,
    open: BTreeMap<u32, Segment>,
}

struct Segment {
    group: Column<u64>,
    label: Option<StrColumn>,
}

impl Segment {
    fn open(segment: &SegmentReader) -> Result<Self, IndexError> {
        let columns = segment.fast_fields();
        Ok(Self { group: columns.u64("group")?, label: columns.str("label")? })
    }
}

impl<'a> Columns<'a> {
    pub(crate) fn of(cards: &'a Cards) -> Self {
        Self { cards, open: BTreeMap::new() }
    }

    /// The group that a document shares with copies and twins.
    pub(crate) fn group(&mut self, address: DocAddress) -> Result<u64, IndexError> {
        let segment = self.segment(address)?;
        Ok(segment.group.first(address.doc_id).unwrap_or_default())
    }

    /// The folded words of each name of a document.
    pub(super) fn labels(&mut self, address: DocAddress) -> Result<Vec<String>, IndexError> {
        let Some(column) = &self.segment(address)?.label else { return Ok(Vec::new()) };
        let mut labels = Vec::new();
        for ord in column.term_ords(address.doc_id) {
            let mut label = String::new();
            column.ord_to_str(ord, &mut label).map_err(tantivy::TantivyError::from)?;
            labels.push(label);
        }
        Ok(labels)
    }

    fn segment(&mut self, address: DocAddress) -> Result<&Segment, IndexError> {
        match self.open.entry(address.segment_ord) {
            Entry::Occupied(open) => Ok(open.into_mut()),
            Entry::Vacant(free) => {
                let segment = self.cards.searcher().segment_reader(address.segment_ord);
                Ok(free.insert(Segment::open(segment)?))
            }
        }
    }
}
