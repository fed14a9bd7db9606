//! Who publishes a resource, by name.

use std::collections::BTreeMap;

use index::IndexError;
use index::card::Card;
use index::cards::Cards;
use index::context::{Context, Crossing};
use index::copies::choose;
use ontology::{CanonicalKey, Node, Object, identify, plain};

/// So many of a list are looked up.
pub(crate) const MAX_NAMED: usize = 8;

/// The properties that name who stands behind a resource, the nearest first.
const BEHIND: [&str; 5] =
    ["ceterms:ownedBy", "ceterms:offeredBy", "ceasn:publisher", "ceasn:creator", "ceterms:owner"];

/// The names of those who publish resources, by resource.
pub(crate) type Publishers = BTreeMap<CanonicalKey, String>;

/// Looks up who publishes the first of each kind of what is linked to a resource.
pub(crate) fn publishers_around(
    cards: &Cards,
    context: &Context,
) -> Result<Publishers, IndexError> {
    let firsts = context.links.values().flat_map(|links| links.items.iter().take(MAX_NAMED));
    publishers(cards, firsts)
}

/// Looks up who publishes what ways lead to.
pub(crate) fn publishers<'a>(
    cards: &Cards,
    crossings: impl IntoIterator<Item = &'a Crossing>,
) -> Result<Publishers, IndexError> {
    let mut found = Publishers::new();
    for held in crossings.into_iter().filter_map(|crossing| crossing.reached.as_ref()) {
        if !found.contains_key(&held.key)
            && let Some(card) = own(cards, &held.key)?
            && let Some(name) = publisher(cards, &card)?
        {
            found.insert(held.key.clone(), name);
        }
    }
    Ok(found)
}

fn own(cards: &Cards, key: &CanonicalKey) -> Result<Option<Card>, IndexError> {
    let held = cards.named(key)?.into_iter().filter(|card| card.key() == key).collect();
    Ok(choose(held).into_iter().next().map(|chosen| chosen.card))
}

/// The publisher of a card's framework, else whoever its record names first.
pub(crate) fn publisher(cards: &Cards, card: &Card) -> Result<Option<String>, IndexError> {
    if let Some(name) = card.publisher() {
        return Ok(Some(name.to_owned()));
    }
    let Some(node) = card.node() else { return Ok(None) };
    for object in BEHIND.iter().flat_map(|property| node.objects(property)) {
        if let Some(name) = name_of(cards, object)? {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// The name of an agent: as it stands in the record, else in its own.
fn name_of(cards: &Cards, object: &Object) -> Result<Option<String>, IndexError> {
    let inside =
        |node: &Node| node.first_texts(&["ceterms:name", "schema:name"]).first().map(plain);
    if let Some(name) = object.node().and_then(inside) {
        return Ok(Some(name));
    }
    let Some(key) = object.iri().and_then(|iri| identify(iri).key) else { return Ok(None) };
    Ok(own(cards, &key)?.map(|card| card.label()))
}
