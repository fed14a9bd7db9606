//! What is stated to be the same competency elsewhere: exact matches of CASE and CTDL-ASN, and `sameAs` of records.
//!
//! Sameness is passed on, hop by hop, each hop with the record that states it. A UUID that two standards share states nothing
//! and is no hop.

use std::collections::{BTreeSet, VecDeque};

use ontology::{AlignmentType, CanonicalKey, Relation, Target, identify};

use crate::card::Card;
use crate::cards::{Cards, Page};
use crate::context::crosswalk::{Crossing, Hop, backwards, forwards, reach};
use crate::error::IndexError;

/// The most equivalents that are found.
const MAX_FOUND: usize = 50;

/// The most hops that are followed.
const MAX_HOPS: usize = 8;

/// The properties by which a record says that something else is the same.
const SAME: [&str; 3] = ["owl:sameAs", "schema:sameAs", "ceterms:sameAs"];

/// Walks what is stated to be the same as a resource, nearest first; nothing is reached twice, so a circle ends where it began.
pub(crate) fn equivalents(cards: &Cards, card: &Card) -> Result<Vec<Crossing>, IndexError> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::from([card.key().clone()]);
    let mut open: VecDeque<(CanonicalKey, Vec<Hop>)> =
        VecDeque::from([(card.key().clone(), Vec::new())]);
    while let Some((at, way)) = open.pop_front() {
        for hop in hops(cards, &at)? {
            let Some(to) = hop.to.key.clone().filter(|to| seen.insert(to.clone())) else {
                continue;
            };
            if found.len() >= MAX_FOUND {
                return Ok(found);
            }
            let hops: Vec<Hop> = way.iter().cloned().chain([hop]).collect();
            if hops.len() < MAX_HOPS {
                open.push_back((to, hops.clone()));
            }
            found.push(reach(cards, hops)?);
        }
    }
    Ok(found)
}

/// Every statement that something is the same as a resource, one hop each, in the order of what they lead to.
fn hops(cards: &Cards, key: &CanonicalKey) -> Result<Vec<Hop>, IndexError> {
    let is_same = |kind: &AlignmentType| kind.relation() == Relation::Equivalence;
    let own = cards.links_from(key)?.into_iter().filter(|link| is_same(&link.alignment.kind));
    let mut hops: Vec<Hop> = own.map(|link| forwards(key, link)).collect();
    let all = Page { offset: 0, limit: MAX_FOUND };
    let theirs = cards.page_of_links_to(key, &AlignmentType::ExactMatchOf, all)?;
    hops.extend(theirs.into_iter().filter_map(|link| backwards(key, link)));
    for card in cards.named(key)? {
        if card.key() == key {
            hops.extend(same_as(&card).into_iter().map(|other| stated(&card, key, other)));
        } else if same_as(&card).contains(key) {
            hops.push(stated(&card, key, card.key().clone()));
        }
    }
    hops.sort_by_cached_key(|hop| (hop.to.key.clone(), hop.kind.clone()));
    Ok(hops)
}

/// What the record of a card says to be the same as it, be it written as a link or as a text.
fn same_as(card: &Card) -> BTreeSet<CanonicalKey> {
    let node = card.node();
    let stated = SAME
        .iter()
        .flat_map(|property| node.into_iter().flat_map(move |node| node.objects(property)));
    let names = stated.filter_map(|object| object.iri().or_else(|| object.literal()));
    names.filter_map(|name| identify(name).key).filter(|key| key != card.key()).collect()
}

/// A step that the record of a card states by `sameAs`.
fn stated(card: &Card, from: &CanonicalKey, to: CanonicalKey) -> Hop {
    Hop {
        kind: "sameAs".to_owned(),
        reads: "sameAs".to_owned(),
        from: from.clone(),
        to: Target::of(to),
        path: None,
        weight: None,
        origin: card.origin.clone(),
    }
}
