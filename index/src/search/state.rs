//! How far a document is out of use, by its columns.

use tantivy::SegmentReader;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Result};

/// The states in words, from what may be used to what is there no more.
pub(super) const STATES: [&str; 4] = ["current", "provisional", "deprecated", "withdrawn"];

/// The columns of a segment that decide.
pub(super) struct StateColumns {
    status: Option<StrColumn>,
    provisional: Option<u64>,
    withdrawn: Option<u64>,
    deprecated: Column<u64>,
    ends: Column<u64>,
    /// The day, as a number; what ended before it is deprecated.
    today: Option<u64>,
}

impl StateColumns {
    /// Opens the columns. Without a day no date counts.
    pub(super) fn open(segment: &SegmentReader, today: Option<u64>) -> Result<Self> {
        let columns = segment.fast_fields();
        let status = columns.str("status")?;
        let place = |word: &str| match &status {
            Some(column) => column.dictionary().term_ord(word),
            None => Ok(None),
        };
        Ok(Self {
            provisional: place("provisional")?,
            withdrawn: place("withdrawn")?,
            deprecated: columns.u64("deprecated")?,
            ends: columns.u64("ends")?,
            status,
            today,
        })
    }

    /// The state of a document, by its place in [`STATES`].
    pub(super) fn of(&self, document: DocId) -> u8 {
        let status = self.status.as_ref().and_then(|column| column.ords().first(document));
        if status.is_some() && status == self.withdrawn {
            return 3;
        }
        let end = self.ends.first(document);
        let has_ended = end.zip(self.today).is_some_and(|(end, today)| end < today);
        if has_ended || self.deprecated.first(document) == Some(1) {
            return 2;
        }
        u8::from(status.is_some() && status == self.provisional)
    }
}
