//! The columns of a segment by which hits are ordered and told apart, so that no card is read for that.

use tantivy::columnar::{Column, StrColumn, TermOrdHit};
use tantivy::{DocId, SegmentReader};

use crate::search::place::Place;
use crate::search::state::StateColumns;

/// What is known of the documents of a segment.
pub(super) struct Columns {
    group: Option<Column<u64>>,
    mirrored: Option<Column<u64>>,
    key: Option<StrColumn>,
    states: StateColumns,
}

/// A place within a segment: a key is the number that it has there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LocalPlace {
    pub state: u8,
    pub mirrored: bool,
    pub score: f32,
    pub key: u64,
}

impl Columns {
    /// Opens the columns. The day, as `yyyymmdd`, is the one before which nothing in force has ended.
    pub(super) fn of(segment: &SegmentReader, as_of: Option<u64>) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        let number = |name: &str| columns.column_opt::<u64>(name);
        Ok(Self {
            group: number("group")?,
            mirrored: number("mirrored")?,
            key: columns.str("key")?,
            states: StateColumns::open(segment, as_of)?,
        })
    }

    /// What copies and twins of one resource share.
    pub(super) fn group(&self, doc: DocId) -> Option<u64> {
        self.group.as_ref()?.first(doc)
    }

    /// The place of a document in its tier.
    pub(super) fn place(&self, doc: DocId, score: f32) -> LocalPlace {
        LocalPlace {
            state: self.states.of(doc),
            mirrored: first(self.mirrored.as_ref(), doc) == Some(1),
            score: rounded(score),
            key: first(self.key.as_ref().map(|column| column.ords()), doc).unwrap_or(u64::MAX),
        }
    }

    /// The canonical key behind its number.
    pub(super) fn key(&self, number: u64) -> tantivy::Result<String> {
        let mut key = String::new();
        if let Some(column) = &self.key {
            column.ord_to_str(number, &mut key)?;
        }
        Ok(key)
    }

    /// The number of a key, which need not be in this segment, and whether it is.
    pub(super) fn number_of(&self, key: &str) -> tantivy::Result<(u64, bool)> {
        let Some(column) = &self.key else { return Ok((0, false)) };
        Ok(match column.dictionary().term_ord_or_next(key)? {
            TermOrdHit::Exact(number) => (number, true),
            TermOrdHit::Next(number) => (number, false),
        })
    }

    /// A place of anywhere as a bound within this segment: what is at or before the place lies below it.
    pub(super) fn bound(&self, place: &Place) -> tantivy::Result<LocalPlace> {
        let (number, is_here) = self.number_of(&place.key)?;
        Ok(LocalPlace {
            state: place.state,
            mirrored: place.mirrored,
            score: place.score,
            key: number.saturating_add(u64::from(is_here)),
        })
    }
}

impl LocalPlace {
    /// Orders by place, the best first.
    pub(super) fn compare(&self, other: &Self) -> std::cmp::Ordering {
        (self.state, self.mirrored)
            .cmp(&(other.state, other.mirrored))
            .then_with(|| other.score.total_cmp(&self.score))
            .then_with(|| self.key.cmp(&other.key))
    }
}

fn first(column: Option<&Column<u64>>, doc: DocId) -> Option<u64> {
    column?.first(doc)
}

/// A score without its last digits: they depend on the order in which the parts of a sum were added, and texts that are alike must tie.
fn rounded(score: f32) -> f32 {
    const STEPS: f32 = 1024.0;
    (score * STEPS).round() / STEPS
}
