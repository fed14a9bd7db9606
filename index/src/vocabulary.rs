//! How common words and stretches of words are in the names of a commit, so that rare ones count for more.
//!
//! The counts are kept by hash, in tables of a fixed size: two words may share a place, which makes a rare one a little less rare and
//! nothing else.

use tantivy::schema::Field;
use tantivy::{Searcher, TantivyError, Term};

use crate::language::grams;
use crate::schema::{Fields, sort};

/// The places of a table.
const PLACES: usize = 1 << 19;

/// The most stems of a segment whose shapes are looked at; of more, every so many.
const MAX_SHAPES: usize = 100_000;

/// How many names of a segment are measured.
const MEASURED: usize = 256;

/// The counts of a commit.
pub(crate) struct Vocabulary {
    /// How many resources there are.
    n_names: f64,
    /// How many stems a name has on average.
    stems_per_name: f64,
    /// How many grams a name has on average.
    grams_per_name: f64,
    /// How many names have a stem.
    stems: Table,
    /// How many names have a gram.
    grams: Table,
    /// How many stems have a gram.
    shapes: Table,
    /// How many stems were looked at for that.
    n_shapes: f64,
}

/// Counts by hash.
struct Table(Vec<u32>);

impl Table {
    fn new() -> Self {
        Self(vec![0; PLACES])
    }

    /// Counts the documents that have each term of a field.
    fn of(searcher: &Searcher, field: Field) -> Result<Self, TantivyError> {
        let mut table = Self::new();
        for segment in searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut terms = index.terms().stream()?;
            while terms.advance() {
                if let Ok(term) = std::str::from_utf8(terms.key()) {
                    table.add(place(term), terms.value().doc_freq);
                }
            }
        }
        Ok(table)
    }

    fn add(&mut self, place: u32, n: u32) {
        let place = usize::try_from(place).ok().and_then(|place| self.0.get_mut(place));
        if let Some(count) = place {
            *count = count.saturating_add(n);
        }
    }

    fn at(&self, place: u32) -> f64 {
        let place = usize::try_from(place).ok().and_then(|place| self.0.get(place));
        f64::from(place.copied().unwrap_or_default())
    }
}

/// The place of a word or a gram in every table.
pub(crate) fn place(text: &str) -> u32 {
    let mixed = text
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (mixed ^ (mixed >> 19)) & u32::try_from(PLACES - 1).unwrap_or(u32::MAX)
}

/// Tells whether a gram is long enough to bring a name up; the shorter ones only tell how alike two words are.
pub(crate) fn is_telling(gram: &str) -> bool {
    gram.chars().nth(2).is_some()
}

impl Vocabulary {
    /// Counts what is in the names of a commit.
    pub(crate) fn of(searcher: &Searcher, fields: &Fields) -> Result<Self, TantivyError> {
        let resources = Term::from_field_text(fields.sort, sort::RESOURCE);
        let mut counted = Self {
            n_names: as_float(searcher.doc_freq(&resources)?).max(1.0),
            stems_per_name: 1.0,
            grams_per_name: 1.0,
            stems: Table::of(searcher, fields.name)?,
            grams: Table::of(searcher, fields.gram)?,
            shapes: Table::new(),
            n_shapes: 0.0,
        };
        counted.measure_shapes(searcher, fields.name)?;
        counted.measure_names(searcher, fields.name)?;
        Ok(counted)
    }

    fn measure_shapes(&mut self, searcher: &Searcher, field: Field) -> Result<(), TantivyError> {
        for segment in searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let step = index.terms().num_terms() / MAX_SHAPES + 1;
            let mut terms = index.terms().stream()?;
            let mut n = 0;
            while terms.advance() {
                n += 1;
                let Ok(stem) = std::str::from_utf8(terms.key()) else { continue };
                if n % step == 0 {
                    self.add_shape(stem);
                }
            }
        }
        Ok(())
    }

    fn add_shape(&mut self, stem: &str) {
        let mut places: Vec<u32> = grams(stem).iter().map(|gram| place(gram)).collect();
        places.sort_unstable();
        places.dedup();
        for place in places {
            self.shapes.add(place, 1);
        }
        self.n_shapes += 1.0;
    }

    fn measure_names(&mut self, searcher: &Searcher, field: Field) -> Result<(), TantivyError> {
        let (mut stems, mut n_grams, mut measured) = (0.0, 0.0, 0.0);
        for segment in searcher.segment_readers() {
            stems += as_float(segment.inverted_index(field)?.total_num_tokens());
            let Some(column) = segment.fast_fields().str("label")? else { continue };
            let step = column.num_terms() / MEASURED + 1;
            let mut name = String::new();
            for ord in (0..column.num_terms()).step_by(step) {
                name.clear();
                column.ord_to_str(u64::try_from(ord).unwrap_or_default(), &mut name)?;
                let words = name.split(' ').flat_map(grams);
                n_grams += as_float(words.filter(|gram| is_telling(gram)).count());
                measured += 1.0;
            }
        }
        self.stems_per_name = (stems / self.n_names).max(1.0);
        self.grams_per_name = if measured > 0.0 { (n_grams / measured).max(1.0) } else { 1.0 };
        Ok(())
    }

    /// How much it tells that a name has a stem; most for a stem that no name has.
    pub(crate) fn weight_of_stem(&self, place: u32) -> f64 {
        rarity(self.stems.at(place), self.n_names)
    }

    /// How many names have a stem, or one that shares its place.
    pub(crate) fn names_with_stem(&self, place: u32) -> f64 {
        self.stems.at(place)
    }

    /// How much it tells that a name has a gram.
    pub(crate) fn weight_of_gram(&self, place: u32) -> f64 {
        rarity(self.grams.at(place), self.n_names)
    }

    /// How much it tells of a stem that it has a gram; `None` for a gram that no stem has.
    pub(crate) fn weight_of_shape(&self, place: u32) -> Option<f64> {
        let n = self.shapes.at(place);
        (n > 0.0).then(|| (1.0 + self.n_shapes / n).ln())
    }

    /// How many stems a name has on average.
    pub(crate) fn stems_per_name(&self) -> f64 {
        self.stems_per_name
    }

    /// How many grams a name has on average.
    pub(crate) fn grams_per_name(&self) -> f64 {
        self.grams_per_name
    }
}

/// The inverse document frequency of BM25.
fn rarity(n: f64, all: f64) -> f64 {
    (1.0 + (all - n + 0.5).max(0.0) / (n + 0.5)).ln()
}

/// A count as a number to reckon with.
fn as_float(count: impl TryInto<u32>) -> f64 {
    f64::from(count.try_into().unwrap_or(u32::MAX))
}
