//! What stands above a resource: its framework, and the steps from there down to its parent.

use ontology::{CanonicalKey, Kind};
use serde::Serialize;

use crate::card::{Card, Step};
use crate::cards::Cards;
use crate::context::Brief;
use crate::copies::choose;
use crate::error::IndexError;

/// What stands above a resource.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Ancestors {
    /// The way down: the framework, then every ancestor from the root to the parent.
    pub way: Vec<Brief>,
    /// Every parent, the one on the way first. What has several stands in several places.
    pub parents: Vec<Brief>,
}

/// Reads what stands above a card, as its record has it. What is not held here is named by what the record says of it,
/// and taken for a competency.
pub fn ancestors(cards: &Cards, card: &Card) -> Result<Ancestors, IndexError> {
    let mut way = Vec::new();
    if let Some(framework) = card.framework.as_ref().filter(|held| held.key != *card.key()) {
        let label = framework.title.clone().unwrap_or_else(|| framework.key.to_string());
        let step = Step { key: framework.key.clone(), code: None, label };
        way.push(brief(cards, &step, Kind::Framework, card)?);
    }
    for step in &card.path {
        way.push(brief(cards, step, Kind::Competency, card)?);
    }
    let mut parents = Vec::new();
    for parent in &card.parents {
        let label = parent.key.to_string();
        let step = Step { key: parent.key.clone(), code: None, label };
        parents.push(brief(cards, &step, Kind::Competency, card)?);
    }
    Ok(Ancestors { way, parents })
}

/// Sums up an ancestor: the copy in the record of the card where that has one.
fn brief(cards: &Cards, step: &Step, kind: Kind, below: &Card) -> Result<Brief, IndexError> {
    let mut held = own(cards, &step.key)?;
    if held.iter().any(|card| card.origin.record == below.origin.record) {
        held.retain(|card| card.origin.record == below.origin.record);
    }
    let chosen = choose(held).into_iter().next();
    Ok(chosen.map_or_else(|| Brief::of_step(step, kind), |chosen| Brief::of(&chosen.card)))
}

fn own(cards: &Cards, key: &CanonicalKey) -> Result<Vec<Card>, IndexError> {
    Ok(cards.named(key)?.into_iter().filter(|card| card.key() == key).collect())
}
