//! What stands in another framework beside an item: what is stated to be the same, what is stated to be related, what says nearly the same.

use std::collections::BTreeSet;

use ontology::{AlignmentType, CanonicalKey, Kind, Relation};

use crate::card::Card;
use crate::cards::Cards;
use crate::context::{Crossing, crosswalk, twins};
use crate::copies::choose;
use crate::error::IndexError;
use crate::search::Filters;
use crate::similar::{Likeness, Series, SimilarQuery};

/// The most ways out of an item that are looked at.
const MAX_CROSSINGS: usize = 200;

/// The name of what is the same by its identifier alone.
const TWIN: &str = "twin";

/// How two items belong together, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// Records state that they are the same, or both have one UUID.
    Exact,
    /// Records state another relation.
    Crosswalked,
    /// Nobody states anything; their words are nearly the same.
    Near,
}

/// What joins two items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// How they belong together.
    pub how: How,
    /// The relation as read from the item; of what is near, how near: `same`, `near`, `alike`.
    pub reads: String,
    /// Over how many statements the way leads; none is stated between twins and what is near.
    pub n_hops: usize,
}

/// Something in another framework that stands beside an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// What joins them.
    pub tie: Tie,
    /// The other, in the copy that stands in that framework.
    pub other: Card,
}

/// Finds what is stated to belong to an item in another framework, the nearest first.
pub fn stated(
    cards: &Cards,
    item: &Card,
    framework: &CanonicalKey,
) -> Result<Vec<Beside>, IndexError> {
    let mut found = Vec::new();
    for twin in twins(cards, item)? {
        let tie = Tie { how: How::Exact, reads: TWIN.to_owned(), n_hops: 0 };
        found.push((tie, twin.resource.key));
    }
    let crossings = crosswalk(cards, item.key(), MAX_CROSSINGS)?;
    found.extend(crossings.into_iter().filter_map(tie));
    found.sort_by_key(|(tie, _)| (tie.how, tie.n_hops));
    let mut seen = BTreeSet::new();
    let mut there = Vec::new();
    for (tie, key) in found {
        if !seen.insert(key.clone()) {
            continue;
        }
        let other = copy_in(cards, &key, framework)?;
        there.extend(other.map(|other| Beside { tie, other }));
    }
    Ok(there)
}

/// A way out of an item as what joins it to where it leads.
fn tie(crossing: Crossing) -> Option<(Tie, CanonicalKey)> {
    let kinds = crossing.hops.iter().map(|hop| AlignmentType::named(&hop.kind).relation());
    let is_exact = kinds.into_iter().all(|relation| relation == Relation::Equivalence);
    let how = if is_exact { How::Exact } else { How::Crosswalked };
    let (n_hops, last) = (crossing.hops.len(), crossing.hops.into_iter().next_back()?);
    Some((Tie { how, reads: last.reads, n_hops }, crossing.reached?.key))
}

/// The copy of something that stands in a framework. What was withdrawn there stands where else it still is.
pub fn copy_in(
    cards: &Cards,
    key: &CanonicalKey,
    framework: &CanonicalKey,
) -> Result<Option<Card>, IndexError> {
    let mut held = cards.named(key)?;
    held.retain(|card| card.key() == key);
    if held.iter().any(|card| !card.withdrawn) {
        held.retain(|card| !card.withdrawn);
    }
    held.retain(|card| card.framework.as_ref().is_some_and(|home| home.key == *framework));
    Ok(choose(held).into_iter().next().map(|chosen| chosen.card))
}

/// Looks in a framework for what says nearly the same as items of another.
pub struct Near<'a>(Series<'a>);

impl<'a> Near<'a> {
    /// Begins to look in a framework; the lowest score is from 0 to 1, the limit for each item.
    pub fn within(
        cards: &'a Cards,
        framework: &CanonicalKey,
        threshold: f32,
        limit: usize,
    ) -> Self {
        let (kinds, frameworks) = (vec![Kind::Competency], vec![framework.clone()]);
        let filters = Filters { kinds, frameworks, ..Filters::default() };
        let of = Likeness::Resource(framework.clone());
        Self(Series::of(cards, SimilarQuery { of, filters, elsewhere: false, threshold, limit }))
    }

    /// Finds what says nearly the same as an item, the most alike first.
    pub fn beside(&mut self, item: &Card) -> Result<Vec<Beside>, IndexError> {
        let beside = self.0.alike(item)?.into_iter().map(|similar| Beside {
            tie: Tie { how: How::Near, reads: similar.grade.to_owned(), n_hops: 0 },
            other: similar.card,
        });
        Ok(beside.collect())
    }
}
