//! Whether a resource is aligned: whether it is at one end of an alignment that leads out of its hierarchy, whoever states it.

use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader, TantivyError};

use crate::cards::Cards;

/// The column of a segment that decides, and the ends that its values are held against.
pub(super) struct AlignedColumn {
    own_key: Column<u64>,
    ends: Arc<[u64]>,
}

impl AlignedColumn {
    /// Opens the column.
    pub(super) fn open(segment: &SegmentReader, cards: &Cards) -> tantivy::Result<Self> {
        let ends = cards.link_ends();
        let ends = ends.map_err(|error| TantivyError::InternalError(error.to_string()))?;
        let name = cards.fields().schema.get_field_name(cards.fields().own_key);
        Ok(Self { own_key: segment.fast_fields().u64(name)?, ends })
    }

    /// Tells whether a document is aligned.
    pub(super) fn of(&self, document: DocId) -> bool {
        self.own_key.first(document).is_some_and(|key| self.ends.binary_search(&key).is_ok())
    }
}
