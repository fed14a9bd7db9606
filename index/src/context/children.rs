//! What stands under a resource and beside it, in the publisher's order.

use std::collections::BTreeSet;

use ontology::{CanonicalKey, Kind};

use crate::card::Card;
use crate::cards::{Cards, Page};
use crate::context::{Brief, Listing};
use crate::error::IndexError;
use crate::term::{hash, word};

/// The children of a resource in order, each once. Where several records have the parent, the order is that of the record
/// that `beside` stands in.
pub fn children(
    cards: &Cards,
    parent: &CanonicalKey,
    beside: Option<&Card>,
) -> Result<Vec<Card>, IndexError> {
    let rank = |card: &Card| {
        card.parents.iter().find(|held| held.key == *parent).map_or(u64::MAX, |held| held.rank)
    };
    let is_elsewhere =
        |card: &Card| beside.is_some_and(|beside| beside.origin.record != card.origin.record);
    let mut held = cards.children(parent)?;
    held.retain(|card| !card.withdrawn);
    held.sort_by_cached_key(|card| (is_elsewhere(card), rank(card), card.key().clone()));
    let mut seen = BTreeSet::new();
    held.retain(|card| seen.insert(card.key().clone()));
    Ok(held)
}

/// A page of the children of a resource.
pub fn page_of_children(cards: &Cards, card: &Card, page: Page) -> Result<Listing, IndexError> {
    Ok(stretch(&children(cards, card.key(), Some(card))?, page))
}

/// A page of the children of its parent, itself among them; nothing stands beside what has no parent.
pub fn page_of_siblings(cards: &Cards, card: &Card, page: Page) -> Result<Listing, IndexError> {
    let Some(parent) = card.parents.first() else { return Ok(Listing::default()) };
    Ok(stretch(&children(cards, &parent.key, Some(card))?, page))
}

/// Counts the competencies of a framework that are `current`, `withdrawn` or `provisional`, in each record that has them. By 64 bits of
/// its name alone: a count that is not read.
pub fn count_in_state(
    cards: &Cards,
    framework: &CanonicalKey,
    state: &str,
) -> Result<u64, IndexError> {
    let fields = cards.fields();
    cards.count(&[
        hash(fields.framework_key, framework),
        word(fields.kind, Kind::Competency.as_str()),
        word(fields.status, state),
    ])
}

fn stretch(cards: &[Card], page: Page) -> Listing {
    let items = cards.iter().skip(page.offset).take(page.limit).map(Brief::of);
    Listing { n: cards.len(), items: items.collect() }
}
