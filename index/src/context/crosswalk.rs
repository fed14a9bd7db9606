//! The crosswalk: what a competency is equivalent or related to, hop by hop, each hop with the record that states it.
//!
//! Only equivalence is passed on: what is equivalent to an equivalent is listed, and what is related to it; what is
//! related to something merely related is not.

use std::collections::{BTreeSet, VecDeque};

use ontology::{AlignmentType, CanonicalKey, Relation, Target};
use serde::Serialize;
use utoipa::ToSchema;

use crate::card::{AlignmentCard, Origin};
use crate::cards::Cards;
use crate::context::Brief;
use crate::copies::choose;
use crate::error::IndexError;

/// The most hops that are followed.
const MAX_HOPS: usize = 4;

/// One step from a resource to another.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Hop {
    /// The type as its publisher states it, from origin to target.
    pub kind: String,
    /// The type as it reads in the direction of this step.
    pub reads: String,
    /// Where the step starts.
    pub from: CanonicalKey,
    /// Where it leads.
    pub to: Target,
    /// The properties on the way, in a record of CTDL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// How much it counts for, as its publisher says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    /// The record that states it.
    pub origin: Origin,
}

/// A way from a resource to another.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Crossing {
    /// The steps, at least one.
    pub hops: Vec<Hop>,
    /// Where the way ends, where it is held here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reached: Option<Brief>,
}

impl Crossing {
    /// The end of the way as the last step names it.
    pub fn end(&self) -> Option<&Target> {
        self.hops.last().map(|hop| &hop.to)
    }
}

/// Walks the crosswalk of a resource, nearest first; no resource is reached twice, so a circle ends where it began.
pub(crate) fn crosswalk(
    cards: &Cards,
    key: &CanonicalKey,
    limit: usize,
) -> Result<Vec<Crossing>, IndexError> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::from([key.clone()]);
    let mut open: VecDeque<(CanonicalKey, Vec<Hop>)> = VecDeque::from([(key.clone(), Vec::new())]);
    while let Some((at, way)) = open.pop_front() {
        for step in steps(cards, &at)? {
            let Some(hop) = step.hops.into_iter().next() else { continue };
            let kind = AlignmentType::named(&hop.kind);
            let is_new = hop.to.key.as_ref().is_none_or(|to| seen.insert(to.clone()));
            if !kind.is_crosswalk() || !is_new {
                continue;
            }
            if found.len() >= limit {
                return Ok(found);
            }
            let hops: Vec<Hop> = way.iter().cloned().chain([hop.clone()]).collect();
            if let Some(to) = hop
                .to
                .key
                .filter(|_| kind.relation() == Relation::Equivalence && hops.len() < MAX_HOPS)
            {
                open.push_back((to, hops.clone()));
            }
            found.push(Crossing { hops, reached: step.reached });
        }
    }
    Ok(found)
}

/// Every alignment of a resource that belongs to its crosswalk, one step each: equivalence first, then by type and target.
fn steps(cards: &Cards, key: &CanonicalKey) -> Result<Vec<Crossing>, IndexError> {
    let others: Vec<AlignmentType> =
        AlignmentType::all().filter(|kind| !kind.is_crosswalk()).collect();
    let own = cards.links_from(key)?.into_iter().filter(|link| link.alignment.kind.is_crosswalk());
    let mut hops: Vec<Hop> = own.map(|link| forwards(key, link)).collect();
    let theirs = cards.links_to_except(key, &others)?;
    hops.extend(theirs.into_iter().filter_map(|link| backwards(key, link)));
    hops.sort_by_cached_key(|hop| {
        let relation = AlignmentType::named(&hop.kind).relation();
        (
            relation != Relation::Equivalence,
            hop.reads.clone(),
            hop.to.key.clone(),
            hop.to.uri.clone(),
        )
    });
    hops.dedup_by(|a, b| a.reads == b.reads && a.to.key.is_some() && a.to.key == b.to.key);
    hops.into_iter().map(|hop| reach(cards, vec![hop])).collect()
}

/// Looks up where a way ends.
pub(crate) fn reach(cards: &Cards, hops: Vec<Hop>) -> Result<Crossing, IndexError> {
    let end = hops.last().and_then(|hop| hop.to.key.as_ref());
    let held = end.map(|end| cards.named(end)).transpose()?.unwrap_or_default();
    let reached = choose(held).into_iter().next().map(|chosen| Brief::of(&chosen.card));
    Ok(Crossing { hops, reached })
}

/// An alignment read from its origin.
pub(crate) fn forwards(key: &CanonicalKey, link: AlignmentCard) -> Hop {
    let kind = link.alignment.kind.as_str().to_owned();
    Hop {
        reads: kind.clone(),
        kind,
        from: key.clone(),
        to: link.alignment.target,
        path: link.alignment.path,
        weight: link.alignment.weight,
        origin: link.origin,
    }
}

/// An alignment read from its target; one from a resource to itself was read already.
pub(crate) fn backwards(key: &CanonicalKey, link: AlignmentCard) -> Option<Hop> {
    let alignment = link.alignment;
    (alignment.origin.key.as_ref() != Some(key)).then(|| Hop {
        reads: alignment.kind.inverse(),
        kind: alignment.kind.as_str().to_owned(),
        from: key.clone(),
        to: alignment.origin,
        path: alignment.path,
        weight: alignment.weight,
        origin: link.origin,
    })
}
