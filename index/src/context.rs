//! The context of a resource: the framework around it, what stands above, below and beside it, and its crosswalk.

mod ancestors;
mod children;
mod crosswalk;
mod equivalents;
mod links;
mod names;
mod referrers;
mod tree;
mod twin;

use std::collections::BTreeMap;

use ontology::{CanonicalKey, Kind};
use serde::Serialize;
use utoipa::ToSchema;

use crate::card::{Card, Step};
use crate::cards::Cards;
pub(crate) use crate::context::crosswalk::crosswalk;
use crate::context::links::links;
use crate::context::names::names;
use crate::copies::{Chosen, choose};
use crate::error::IndexError;
use crate::standing::{Standing, standing};

pub use crate::context::ancestors::{Ancestors, ancestors};
pub use crate::context::children::{children, count_in_state, page_of_children, page_of_siblings};
pub use crate::context::crosswalk::{Crossing, Hop, page_of_crosswalk};
pub(crate) use crate::context::equivalents::equivalents;
pub use crate::context::links::{Links, page_of_links};
pub use crate::context::referrers::{count_referrers, page_of_referrers, relations};
pub use crate::context::tree::{Branch, MAX_BRANCHES, MAX_DEPTH, Tree, tree};
pub use crate::context::twin::Twin;
pub(crate) use crate::context::twin::{same_words, twins};

/// The most children, siblings or crossings that one answer lists; the number of all is always said.
const MAX_LISTED: usize = 200;

/// A resource in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Brief {
    /// Its identity.
    pub key: CanonicalKey,
    /// Its kind.
    pub kind: Kind,
    /// Its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Its name.
    pub label: String,
    /// The title of its framework.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub framework: Option<String>,
}

impl Brief {
    /// Sums up a card.
    pub fn of(card: &Card) -> Self {
        Self {
            key: card.key().clone(),
            kind: card.resource.kind(),
            code: card.resource.code().map(str::to_owned),
            label: card.label(),
            framework: card.framework.as_ref().and_then(|framework| framework.title.clone()),
        }
    }

    /// Sums up a step of a path of which no more is held here.
    fn of_step(step: &Step, kind: Kind) -> Self {
        let (key, code, label) = (step.key.clone(), step.code.clone(), step.label.clone());
        Self { key, kind, code, label, framework: None }
    }
}

/// A list that may be cut.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Listing {
    /// How many there are.
    pub n: usize,
    /// The first of them, in order.
    pub items: Vec<Brief>,
}

impl Listing {
    fn of(cards: &[Card]) -> Self {
        Self { n: cards.len(), items: cards.iter().take(MAX_LISTED).map(Brief::of).collect() }
    }
}

/// A resource with everything around it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Context {
    /// The resource with its copies.
    pub chosen: Chosen,
    /// Whether it may still be used.
    pub standing: Standing,
    /// Its children, in their publisher's order.
    pub children: Listing,
    /// The children of its parent, itself among them.
    pub siblings: Listing,
    /// What it is equivalent or related to, here and in other frameworks.
    pub crosswalk: Vec<Crossing>,
    /// Every other alignment that starts or ends at it, by type as read from here: what it requires, who requires it, ….
    pub links: BTreeMap<String, Links>,
    /// What the links of its record lead to, where that is held here, by IRI.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, Brief>,
    /// What has the same UUID in the other standard.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub twins: Vec<Twin>,
}

/// Gathers the context of a resource on a day (`YYYY-MM-DD`). `None` where nothing held here has the key.
pub fn context(
    cards: &Cards,
    key: &CanonicalKey,
    as_of: &str,
) -> Result<Option<Context>, IndexError> {
    let own = cards.named(key)?.into_iter().filter(|card| card.key() == key).collect();
    let Some(chosen) = choose(own).into_iter().next() else { return Ok(None) };
    let parent = chosen.card.parents.first().map(|parent| parent.key.clone());
    let siblings = match &parent {
        Some(parent) => children(cards, parent, Some(&chosen.card))?,
        None => Vec::new(),
    };
    let context = Context {
        standing: standing(cards, &chosen.card, as_of)?,
        children: Listing::of(&children(cards, key, Some(&chosen.card))?),
        siblings: Listing::of(&siblings),
        crosswalk: crosswalk(cards, key, MAX_LISTED)?,
        links: links(cards, key)?,
        twins: twins(cards, &chosen.card)?,
        names: names(cards, &chosen.card)?,
        chosen,
    };
    Ok(Some(context))
}
