//! The near-duplicates of a whole framework, item by item.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use ontology::CanonicalKey;
use serde::Serialize;
use utoipa::ToSchema;

use crate::card::Card;
use crate::cards::Cards;
use crate::document::values::group_key;
use crate::error::IndexError;
use crate::outline::Outline;
use crate::similar::memory::Memory;
use crate::similar::query::{Search, Similar, SimilarQuery};
use crate::similar::wording::Wording;
use crate::suggest::Scope;

/// An item of a framework with its near-duplicates.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Duplicates {
    /// The item.
    pub card: Card,
    /// What says nearly the same; nothing where it has none.
    pub similar: Vec<Similar>,
}

/// Hands over the items of a framework with their near-duplicates, until it is told to stop, and gives how many items were looked at.
///
/// They come in the order of the framework. The filters say where the duplicates may be. Items that have none are handed over too, so that whoever has to stop in time is asked after each.
///
/// A pair within the framework is told once, at the item that comes first; a pair with an item elsewhere at the item of the framework.
/// What the query is `of` has no meaning here.
pub fn report(
    cards: &Cards,
    framework: &CanonicalKey,
    query: &SimilarQuery,
    visit: &mut dyn FnMut(Duplicates) -> ControlFlow<()>,
) -> Result<usize, IndexError> {
    let mut scope = Scope::of(cards, &query.filters);
    if query.elsewhere {
        scope = scope.outside(cards, framework);
    }
    let mut memory = Memory::of(cards);
    let search = Search { cards, query, scope: &scope };
    let mut told = BTreeSet::new();
    let outline = Outline::of(cards, framework, usize::MAX)?;
    let mut n_items = 0;
    for address in outline.addresses() {
        let card: Card = cards.stored(address)?;
        // An item is no duplicate of itself, and those that came before have told of their pairs with it.
        told.insert(group_key(card.key()));
        let similar = search.alike(&Wording::statements(&card), &told, &mut memory)?;
        n_items += 1;
        if visit(Duplicates { card, similar }).is_break() {
            break;
        }
    }
    Ok(n_items)
}
