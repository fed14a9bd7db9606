//! Counting what hits have: the counts of one facet.
//!
//! A hit is a group of copies and twins, and counts once for a value that any of them has. Most groups are of one document, which is
//! counted where it stands; only what is repeated is gathered and compared.

use std::collections::BTreeMap;

use tantivy::columnar::StrColumn;
use tantivy::schema::Field;

use crate::cards::Cards;
use crate::error::IndexError;
use crate::language::fold_label;
use crate::search::aligned::AlignedColumn;
use crate::search::facet::Facet;
use crate::search::matches::{Document, Matched, Matches};
use crate::search::state::{STATES, StateColumns};

/// The counts of one facet.
#[derive(Default)]
pub(super) struct Tally {
    /// The places of values among the counts, folded where spelling does not matter.
    places: BTreeMap<String, usize>,
    values: Vec<Value>,
    /// A place and a group, for the groups of more than one document.
    repeated: Vec<(usize, u64)>,
}

/// A value, however it is spelled.
#[derive(Default)]
struct Value {
    count: usize,
    /// How often it is spelled how.
    spellings: BTreeMap<String, usize>,
}

impl Tally {
    /// Counts the values that the hits have.
    pub(super) fn of(
        cards: &Cards,
        matches: &Matches,
        facet: Facet,
        today: Option<u64>,
    ) -> Result<Self, IndexError> {
        let mut tally = Self::default();
        for segment in &matches.segments {
            let reader = cards.searcher().segment_reader(segment.ordinal);
            match facet {
                Facet::Status => {
                    let states = StateColumns::open(reader, today)?;
                    tally.add_words(segment, |document| {
                        STATES.get(usize::from(states.of(document.id))).copied()
                    });
                }
                Facet::Aligned => {
                    let column = AlignedColumn::open(reader, cards)?;
                    let word = |is_aligned| if is_aligned { "true" } else { "false" };
                    tally.add_words(segment, |document| Some(word(column.of(document.id))));
                }
                _ => {
                    let Some(field) = field_of(cards, facet) else { continue };
                    let name = cards.fields().schema.get_field_name(field);
                    if let Some(column) = reader.fast_fields().str(name)? {
                        tally.add_column(segment, &column, is_folded(facet))?;
                    }
                }
            }
        }
        tally.count_repeated();
        Ok(tally)
    }

    /// The values, each in its commonest spelling, with their counts.
    pub(super) fn counts(self) -> impl Iterator<Item = (String, usize)> {
        self.values.into_iter().map(|value| {
            let mut spellings: Vec<(String, usize)> = value.spellings.into_iter().collect();
            // Equally common ones are in the order of the alphabet.
            spellings.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
            (spellings.into_iter().next().unwrap_or_default().0, value.count)
        })
    }

    /// Adds what each document is in a word, which is one of a few.
    fn add_words(&mut self, segment: &Matched, word: impl Fn(&Document) -> Option<&'static str>) {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut repeated: Vec<(&str, u64)> = Vec::new();
        for document in &segment.documents {
            let Some(word) = word(document) else { continue };
            if document.is_repeated {
                repeated.push((word, document.group));
            } else {
                *counts.entry(word).or_default() += 1;
            }
        }
        for (word, n) in counts {
            self.add(word, word, n);
        }
        for (word, group) in repeated {
            let place = self.add(word, word, 0);
            self.repeated.push((place, group));
        }
    }

    /// Adds the values of a column: counted by their ordinals, and only those that occur are read.
    fn add_column(
        &mut self,
        segment: &Matched,
        column: &StrColumn,
        is_folded: bool,
    ) -> Result<(), IndexError> {
        let mut counts = vec![0_usize; column.num_terms()];
        let mut repeated: Vec<(u64, u64)> = Vec::new();
        for document in &segment.documents {
            for ordinal in column.term_ords(document.id) {
                if document.is_repeated {
                    repeated.push((ordinal, document.group));
                } else if let Some(count) = slot(&mut counts, ordinal) {
                    *count += 1;
                }
            }
        }
        repeated.sort_unstable();
        repeated.dedup();
        let mut repeated = repeated.into_iter().peekable();
        for (ordinal, count) in (0_u64..).zip(counts) {
            let is_repeated = repeated.peek().is_some_and(|(held, _)| *held == ordinal);
            if count == 0 && !is_repeated {
                continue;
            }
            let mut value = String::new();
            column.ord_to_str(ordinal, &mut value).map_err(tantivy::TantivyError::from)?;
            let folded = if is_folded { fold_label(&value) } else { value.clone() };
            let place = self.add(&folded, &value, count);
            while let Some((_, group)) = repeated.next_if(|(held, _)| *held == ordinal) {
                self.repeated.push((place, group));
                self.spell(place, &value, 1);
            }
        }
        Ok(())
    }

    /// Adds to the count of a value, and gives its place.
    fn add(&mut self, folded: &str, spelling: &str, count: usize) -> usize {
        let place = self.places.get(folded).copied().unwrap_or_else(|| {
            self.values.push(Value::default());
            self.values.len() - 1
        });
        if !self.places.contains_key(folded) {
            self.places.insert(folded.to_owned(), place);
        }
        if let Some(value) = self.values.get_mut(place) {
            value.count += count;
        }
        self.spell(place, spelling, count);
        place
    }

    fn spell(&mut self, place: usize, spelling: &str, n: usize) {
        let Some(value) = self.values.get_mut(place) else { return };
        match value.spellings.get_mut(spelling) {
            Some(count) => *count += n,
            None => {
                value.spellings.insert(spelling.to_owned(), n);
            }
        }
    }

    /// Counts the groups of several documents, each once for a value.
    fn count_repeated(&mut self) {
        self.repeated.sort_unstable();
        self.repeated.dedup();
        for (place, _) in &self.repeated {
            if let Some(value) = self.values.get_mut(*place) {
                value.count += 1;
            }
        }
    }
}

fn slot(counts: &mut [usize], ordinal: u64) -> Option<&mut usize> {
    counts.get_mut(usize::try_from(ordinal).ok()?)
}

/// The column of a facet; what is decided by several columns has none.
fn field_of(cards: &Cards, facet: Facet) -> Option<Field> {
    let fields = cards.fields();
    match facet {
        Facet::Kind => Some(fields.kind),
        Facet::Class => Some(fields.class),
        Facet::Framework => Some(fields.framework),
        Facet::Publisher => Some(fields.publisher),
        Facet::Source => Some(fields.source),
        Facet::Subject => Some(fields.subject),
        Facet::Level => Some(fields.level),
        Facet::Language => Some(fields.language),
        Facet::License => Some(fields.license),
        Facet::Jurisdiction => Some(fields.jurisdiction),
        Facet::Status | Facet::Aligned => None,
    }
}

/// Tells whether values that fold alike are one.
fn is_folded(facet: Facet) -> bool {
    matches!(
        facet,
        Facet::Publisher | Facet::Subject | Facet::Level | Facet::License | Facet::Jurisdiction
    )
}
