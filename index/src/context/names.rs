//! The names of what a record of CTDL refers to.

use std::collections::BTreeMap;

use ontology::{Node, Object, identify};

use crate::card::Card;
use crate::cards::Cards;
use crate::context::Brief;
use crate::copies::choose;
use crate::error::IndexError;

/// The most references that are looked up for one answer.
const MAX_LOOKED_UP: usize = 500;

/// Looks up what the links of a record lead to.
pub(crate) fn names(cards: &Cards, card: &Card) -> Result<BTreeMap<String, Brief>, IndexError> {
    let mut links = Vec::new();
    if let Some(node) = card.node() {
        gather(node, &mut links);
    }
    let mut names = BTreeMap::new();
    for iri in links {
        let Some(key) = identify(iri).key.filter(|_| !names.contains_key(iri)) else { continue };
        let mut held = cards.named(&key)?;
        // A page that a record declares is not the record.
        held.retain(|card| *card.key() == key);
        if let Some(held) = choose(held).into_iter().next() {
            names.insert(iri.to_owned(), Brief::of(&held.card));
        }
    }
    Ok(names)
}

fn gather<'a>(node: &'a Node, links: &mut Vec<&'a str>) {
    for object in node.statements.iter().flat_map(|statement| &statement.objects) {
        match object {
            Object::Iri(iri) if links.len() < MAX_LOOKED_UP => links.push(iri),
            Object::Node(inner) => gather(inner, links),
            _ => {}
        }
    }
}
