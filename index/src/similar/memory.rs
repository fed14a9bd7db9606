//! What is remembered from one comparison to the next: most of what may say the same as one item may say the same as the next.

use std::collections::BTreeMap;
use std::rc::Rc;

use tantivy::DocAddress;

use crate::card::Card;
use crate::cards::Cards;
use crate::error::IndexError;
use crate::similar::weight::Weights;
use crate::similar::wording::Wording;

/// How many resources are remembered before all are forgotten.
const MAX_HELD: usize = 1_000;

/// A resource with everything it may be known by.
#[derive(Debug)]
pub(super) struct Worded {
    pub card: Card,
    pub wordings: Vec<Wording>,
}

/// What was read and weighed.
pub(super) struct Memory<'a> {
    cards: &'a Cards,
    held: BTreeMap<DocAddress, Rc<Worded>>,
    weights: Weights<'a>,
}

impl<'a> Memory<'a> {
    pub(super) fn of(cards: &'a Cards) -> Self {
        Self { cards, held: BTreeMap::new(), weights: Weights::of(cards) }
    }

    /// A resource in words.
    pub(super) fn worded(&mut self, address: DocAddress) -> Result<Rc<Worded>, IndexError> {
        if let Some(held) = self.held.get(&address) {
            return Ok(Rc::clone(held));
        }
        let card: Card = self.cards.stored(address)?;
        let worded = Rc::new(Worded { wordings: Wording::all_of(&card), card });
        if self.held.len() >= MAX_HELD {
            self.held.clear();
        }
        self.held.insert(address, Rc::clone(&worded));
        Ok(worded)
    }

    /// The weights of words.
    pub(super) fn weights(&mut self) -> &mut Weights<'a> {
        &mut self.weights
    }
}
