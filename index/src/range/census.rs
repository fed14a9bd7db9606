//! How many names begin with which digits, counted from the dictionary of terms; no card is read.

use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{SegmentReader, TERMINATED, TantivyError};

use crate::cards::Cards;
use crate::error::IndexError;
use crate::range::prefix::Prefix;
use crate::schema::sort;

/// The most resources of one name that a bucket lists.
pub(super) const MAX_OF_A_NAME: usize = 16;

/// How many entries there are below every prefix of the most digits.
#[derive(Debug)]
pub(super) struct Census {
    counts: Vec<usize>,
    n_names: u64,
}

impl Census {
    /// Counts what is shown. A name that several records have counts once for each, up to the most that a bucket lists, so that no
    /// bucket ever has more entries than are counted for it.
    pub(super) fn of(cards: &Cards) -> Result<Self, IndexError> {
        let mut heads = Vec::new();
        for segment in cards.searcher().segment_readers() {
            collect(segment, cards, &mut heads)?;
        }
        heads.sort_unstable();
        let mut counts = vec![0; 1 << (4 * Prefix::MAX_DIGITS)];
        let mut n_names = 0;
        for of_one_name in heads.chunk_by(|one, other| one == other) {
            let Some(head) = of_one_name.first() else { continue };
            let finest = usize::try_from(head >> (64 - 4 * Prefix::MAX_DIGITS)).unwrap_or_default();
            if let Some(count) = counts.get_mut(finest) {
                *count += of_one_name.len().min(MAX_OF_A_NAME);
            }
            n_names += 1;
        }
        Ok(Self { counts, n_names })
    }

    /// How many names there are.
    pub(super) fn n_names(&self) -> u64 {
        self.n_names
    }

    /// How many entries there are.
    pub(super) fn n_entries(&self) -> u64 {
        u64::try_from(self.counts.iter().sum::<usize>()).unwrap_or(u64::MAX)
    }

    /// How many entries the fullest bucket has where buckets have so many digits.
    pub(super) fn fullest(&self, digits: u32) -> usize {
        let width = 1 << (4 * Prefix::MAX_DIGITS.saturating_sub(digits));
        self.counts.chunks(width).map(|bucket| bucket.iter().sum()).max().unwrap_or(0)
    }
}

/// Collects the first 64 bits of the hash of every name, once for each document that has it.
fn collect(segment: &SegmentReader, cards: &Cards, heads: &mut Vec<u64>) -> Result<(), IndexError> {
    let fields = cards.fields();
    let mut is_shown = vec![false; usize::try_from(segment.max_doc()).unwrap_or_default()];
    mark(segment, &Term::from_field_text(fields.sort, sort::RESOURCE), &mut is_shown, true)?;
    mark(segment, &Term::from_field_text(fields.status, "provisional"), &mut is_shown, false)?;
    let names = segment.inverted_index(fields.alias_key)?;
    let mut terms = names.terms().stream().map_err(TantivyError::from)?;
    while terms.advance() {
        let Some(head) = terms.key().first_chunk().map(|bytes| u64::from_be_bytes(*bytes)) else {
            continue;
        };
        let mut postings = names
            .read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)
            .map_err(TantivyError::from)?;
        each(&mut postings, |document| {
            if is_shown.get(document) == Some(&true) {
                heads.push(head);
            }
        });
    }
    Ok(())
}

/// Marks the living documents that have a term.
fn mark(
    segment: &SegmentReader,
    term: &Term,
    marks: &mut [bool],
    mark: bool,
) -> Result<(), IndexError> {
    let field: Field = term.field();
    let found = segment.inverted_index(field)?.read_postings(term, IndexRecordOption::Basic);
    let Some(mut postings) = found.map_err(TantivyError::from)? else { return Ok(()) };
    let alive = segment.alive_bitset();
    each(&mut postings, |document| {
        let is_alive = alive.is_none_or(|alive| {
            u32::try_from(document).is_ok_and(|document| alive.is_alive(document))
        });
        if let Some(place) = marks.get_mut(document).filter(|_| is_alive) {
            *place = mark;
        }
    });
    Ok(())
}

fn each(postings: &mut impl Postings, mut visit: impl FnMut(usize)) {
    let mut document = postings.doc();
    while document != TERMINATED {
        visit(usize::try_from(document).unwrap_or(usize::MAX));
        document = postings.advance();
    }
}
