//! Twins: what has the same UUID in the other standard. Shown beside, never merged.

use std::collections::{BTreeMap, BTreeSet};

use ontology::{CanonicalKey, identify, plain};
use serde::Serialize;
use utoipa::ToSchema;

use crate::card::Card;
use crate::cards::Cards;
use crate::context::Brief;
use crate::context::links::referrers;
use crate::copies::choose;
use crate::error::IndexError;
use crate::schema::fold_title;

/// What has the same UUID in the other standard.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Twin {
    /// The other resource.
    pub resource: Brief,
    /// Tells whether both say the same, but for case, punctuation and markup.
    pub same_words: bool,
    /// How many links lead to the other resource, by type.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub links: BTreeMap<String, usize>,
}

/// Finds the twins of a resource.
pub(crate) fn twins(cards: &Cards, card: &Card) -> Result<Vec<Twin>, IndexError> {
    let Some(other) = sibling(card.key()) else { return Ok(Vec::new()) };
    let mut held = cards.named(&other)?;
    held.retain(|held| held.key() == &other);
    let mut twins = Vec::new();
    for chosen in choose(held) {
        twins.push(Twin {
            resource: Brief::of(&chosen.card),
            same_words: same_words(card, &chosen.card),
            links: referrers(cards, &other)?,
        });
    }
    Ok(twins)
}

/// The key that the same UUID has in the other standard.
fn sibling(key: &CanonicalKey) -> Option<CanonicalKey> {
    identify(key.as_str()).inferred
}

/// Tells whether two resources say the same in any language.
pub(crate) fn same_words(one: &Card, other: &Card) -> bool {
    let words = |card: &Card| -> BTreeSet<String> {
        let resource = &card.resource;
        let text = if resource.text().is_empty() { resource.name() } else { resource.text() };
        let folded = text.iter().map(|(_, text)| fold_title(&plain(text)));
        folded.filter(|text| !text.is_empty()).collect()
    };
    !words(one).is_disjoint(&words(other))
}
