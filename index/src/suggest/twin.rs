//! The twin of a card in the other standard, which is folded into it.

use ontology::{CanonicalKey, identify};

use crate::card::Card;
use crate::cards::Cards;
use crate::error::IndexError;

/// The key of the same resource in the other standard, where that is held.
pub(crate) fn twins(cards: &Cards, card: &Card) -> Result<Vec<CanonicalKey>, IndexError> {
    let Some(other) = identify(card.key().as_str()).inferred else { return Ok(Vec::new()) };
    let is_held = cards.named(&other)?.iter().any(|held| *held.key() == other);
    Ok(is_held.then_some(other).into_iter().collect())
}
