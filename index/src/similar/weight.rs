//! What a word weighs in a comparison: the more, the rarer it is.

use std::collections::BTreeMap;

use tantivy::Term;

use crate::cards::Cards;
use crate::error::IndexError;
use crate::similar::wording::{Role, Word};

/// What a word weighs that holds others together.
const STOP_WEIGHT: f32 = 0.5;

/// How many words are remembered before all are forgotten.
const MAX_KNOWN: usize = 50_000;

/// The weights of words, as far as they were asked for.
pub(super) struct Weights<'a> {
    cards: &'a Cards,
    known: BTreeMap<String, f32>,
}

impl<'a> Weights<'a> {
    pub(super) fn of(cards: &'a Cards) -> Self {
        Self { cards, known: BTreeMap::new() }
    }

    /// The weight of a word: how much it tells that a text has it.
    pub(super) fn weigh(&mut self, word: &Word) -> Result<f32, IndexError> {
        if word.role == Role::Stop {
            return Ok(STOP_WEIGHT);
        }
        if let Some(weight) = self.known.get(&word.stem) {
            return Ok(*weight);
        }
        let n = self.n_documents(&word.stem)?;
        let weight = rarity(n, self.cards.searcher().num_docs());
        if self.known.len() >= MAX_KNOWN {
            self.known.clear();
        }
        self.known.insert(word.stem.clone(), weight);
        Ok(weight)
    }

    fn n_documents(&self, stem: &str) -> Result<u64, IndexError> {
        let (searcher, fields) = (self.cards.searcher(), self.cards.fields());
        let n = |field| searcher.doc_freq(&Term::from_field_text(field, stem));
        Ok(n(fields.name)?.max(n(fields.statement)?))
    }
}

/// How much a word tells that stands in some of all documents: one, and more the fewer there are.
#[expect(clippy::cast_precision_loss, reason = "a weight, where a millionth does not matter")]
fn rarity(n: u64, all: u64) -> f32 {
    1.0 + ((all as f32 + 1.0) / (n as f32 + 1.0)).ln()
}
