//! Near-duplicates of one resource after another, all looked for in the same place.

use std::collections::BTreeSet;

use crate::card::Card;
use crate::cards::Cards;
use crate::document::values::group_key;
use crate::error::IndexError;
use crate::similar::memory::Memory;
use crate::similar::query::{Search, Similar, SimilarQuery};
use crate::similar::wording::Wording;
use crate::suggest::Scope;

/// A series of searches.
pub(crate) struct Series<'a> {
    cards: &'a Cards,
    query: SimilarQuery,
    scope: Scope,
    memory: Memory<'a>,
}

impl<'a> Series<'a> {
    /// Begins a series. What the query is `of`, and whether that is left out of its own framework, has no meaning here.
    pub(crate) fn of(cards: &'a Cards, query: SimilarQuery) -> Self {
        let scope = Scope::of(cards, &query.filters);
        Self { cards, query, scope, memory: Memory::of(cards) }
    }

    /// Finds what says nearly the same as a resource, the most alike first.
    pub(crate) fn alike(&mut self, card: &Card) -> Result<Vec<Similar>, IndexError> {
        let search = Search { cards: self.cards, query: &self.query, scope: &self.scope };
        let itself = BTreeSet::from([group_key(card.key())]);
        search.alike(&Wording::statements(card), &itself, &mut self.memory)
    }
}
