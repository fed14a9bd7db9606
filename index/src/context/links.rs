//! What points at a resource and what it points at, by type: who requires, teaches and assesses it, who owns it, what it asks for.
//!
//! What a record says of others is bounded by the record. What others say of a resource is not: an organization may own ten thousand
//! credentials; so it is counted, and read a page at a time.

use std::collections::BTreeMap;

use ontology::{AlignmentType, CanonicalKey, Relation};
use serde::Serialize;
use utoipa::ToSchema;

use crate::cards::{Cards, Page};
use crate::context::crosswalk::{Crossing, Hop, backwards, forwards, reach};
use crate::error::IndexError;

/// The first of a list of links.
pub(crate) const FIRST: Page = Page { offset: 0, limit: 50 };

/// The links of one type, as read from the resource.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct Links {
    /// How many there are.
    pub n: usize,
    /// Those of this page, in the order of the index.
    pub items: Vec<Crossing>,
}

/// Gathers the links of a resource that are neither hierarchy nor crosswalk, each type with its first page.
pub(crate) fn links(
    cards: &Cards,
    key: &CanonicalKey,
) -> Result<BTreeMap<String, Links>, IndexError> {
    let mut found: BTreeMap<String, Links> = BTreeMap::new();
    for crossing in outgoing(cards, key)? {
        let Some(hop) = crossing.hops.last() else { continue };
        let links = found.entry(hop.reads.clone()).or_default();
        links.n += 1;
        if links.items.len() < FIRST.limit {
            links.items.push(crossing);
        }
    }
    for kind in AlignmentType::all().filter(is_link) {
        let n = cards.count_links_to(key, &kind)?;
        if n > 0 {
            let links = found.entry(kind.inverse()).or_default();
            links.n += n;
            let page = Page { limit: FIRST.limit.saturating_sub(links.items.len()), ..FIRST };
            links.items.extend(incoming(cards, key, &kind, page)?);
        }
    }
    Ok(found)
}

/// Reads a page of the links of one type, by the name it has when read from the resource (`requiredBy`); `None` where no type has this
/// name.
pub fn page_of_links(
    cards: &Cards,
    key: &CanonicalKey,
    reads: &str,
    page: Page,
) -> Result<Option<Links>, IndexError> {
    let kinds: Vec<AlignmentType> = AlignmentType::all()
        .filter(|kind| is_link(kind) && (kind.as_str() == reads || kind.inverse() == reads))
        .collect();
    if kinds.is_empty() {
        return Ok(None);
    }
    let of_type = |crossing: &Crossing| crossing.hops.last().is_some_and(|hop| hop.reads == reads);
    let own: Vec<Crossing> = outgoing(cards, key)?.into_iter().filter(of_type).collect();
    let mut links = Links { n: own.len(), items: Vec::new() };
    let mut skipped = page.offset.min(own.len());
    links.items.extend(own.into_iter().skip(page.offset).take(page.limit));
    for kind in kinds.iter().filter(|kind| kind.inverse() == reads) {
        let n = cards.count_links_to(key, kind)?;
        links.n += n;
        let offset = page.offset.saturating_sub(skipped);
        skipped += offset.min(n);
        let limit = page.limit.saturating_sub(links.items.len());
        links.items.extend(incoming(cards, key, kind, Page { offset, limit })?);
    }
    Ok(Some(links))
}

/// How many links lead to a resource, by type as read from it.
pub(crate) fn referrers(
    cards: &Cards,
    key: &CanonicalKey,
) -> Result<BTreeMap<String, usize>, IndexError> {
    let mut counts = BTreeMap::new();
    for kind in AlignmentType::all().filter(is_link) {
        let n = cards.count_links_to(key, &kind)?;
        if n > 0 {
            *counts.entry(kind.inverse()).or_default() += n;
        }
    }
    Ok(counts)
}

fn is_link(kind: &AlignmentType) -> bool {
    *kind != AlignmentType::IsChildOf && !kind.is_crosswalk()
}

/// Every link that a resource states, and what the conditions ask for that it shares with others.
fn outgoing(cards: &Cards, key: &CanonicalKey) -> Result<Vec<Crossing>, IndexError> {
    let mut found = Vec::new();
    for link in cards.links_from(key)?.into_iter().filter(|link| is_link(&link.alignment.kind)) {
        let is_shared = link.alignment.kind == AlignmentType::CommonConditions;
        let manifest = link.alignment.target.key.clone().filter(|_| is_shared);
        let hop = forwards(key, link);
        if let Some(manifest) = manifest {
            found.extend(shared(cards, &manifest, &hop)?);
        }
        found.push(reach(cards, vec![hop])?);
    }
    Ok(found)
}

/// What a condition manifest asks for, on behalf of the resource that names it.
fn shared(cards: &Cards, manifest: &CanonicalKey, hop: &Hop) -> Result<Vec<Crossing>, IndexError> {
    let mut found = Vec::new();
    for link in cards.links_from(manifest)? {
        let kind = &link.alignment.kind;
        if kind.relation() == Relation::Condition && *kind != AlignmentType::CommonConditions {
            found.push(reach(cards, vec![hop.clone(), forwards(manifest, link)])?);
        }
    }
    Ok(found)
}

fn incoming(
    cards: &Cards,
    key: &CanonicalKey,
    kind: &AlignmentType,
    page: Page,
) -> Result<Vec<Crossing>, IndexError> {
    let found = cards.page_of_links_to(key, kind, page)?;
    let hops = found.into_iter().filter_map(|link| backwards(key, link));
    hops.map(|hop| reach(cards, vec![hop])).collect()
}
