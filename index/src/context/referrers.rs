//! What refers to a resource: which credentials require it, which courses teach it, what is aligned to it.
//!
//! Others may say of a resource whatever they like, and so often; so it is counted by relation, and read a page at a time. What stands
//! below it is no reference: those are its [children](fn@crate::context::children).

use std::collections::BTreeMap;

use ontology::{AlignmentType, CanonicalKey};

use crate::card::AlignmentCard;
use crate::cards::{Cards, Page};
use crate::context::crosswalk::{backwards, reach};
use crate::context::links::Links;
use crate::error::IndexError;

/// Counts what refers to a resource, by relation as read from it (`requiredBy`, `taughtBy`, `alignFrom`).
pub fn count_referrers(
    cards: &Cards,
    key: &CanonicalKey,
) -> Result<BTreeMap<String, usize>, IndexError> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for kind in references() {
        let n = cards.count_links_to(key, &kind)?;
        if n > 0 {
            *counts.entry(kind.inverse()).or_default() += n;
        }
    }
    for link in unknown(cards, key)? {
        *counts.entry(link.alignment.kind.inverse()).or_default() += 1;
    }
    Ok(counts)
}

/// Reads a page of what refers to a resource by one relation, in the order of the index; `None` where no relation has this name.
///
/// Relations that a publisher made up are known only where something refers to the resource by them.
pub fn page_of_referrers(
    cards: &Cards,
    key: &CanonicalKey,
    relation: &str,
    page: Page,
) -> Result<Option<Links>, IndexError> {
    let kinds: Vec<AlignmentType> =
        references().filter(|kind| kind.inverse() == relation).collect();
    let mut others = Vec::new();
    if kinds.is_empty() {
        others = unknown(cards, key)?;
        others.retain(|link| link.alignment.kind.inverse() == relation);
        if others.is_empty() {
            return Ok(None);
        }
    }
    let mut found = Vec::new();
    let (mut n, mut offset) = (others.len(), page.offset);
    for kind in &kinds {
        let of_kind = cards.count_links_to(key, kind)?;
        let limit = page.limit.saturating_sub(found.len());
        found.extend(cards.page_of_links_to(key, kind, Page { offset, limit })?);
        offset = offset.saturating_sub(of_kind);
        n += of_kind;
    }
    found.extend(others.into_iter().skip(page.offset).take(page.limit));
    let hops = found.into_iter().filter_map(|link| backwards(key, link));
    let items = hops.map(|hop| reach(cards, vec![hop])).collect::<Result<_, _>>()?;
    Ok(Some(Links { n, items }))
}

/// The names of the relations by which anything may refer to a resource.
pub fn relations() -> Vec<String> {
    let mut names: Vec<String> = references().map(|kind| kind.inverse()).collect();
    names.sort();
    names.dedup();
    names
}

/// Every type that is known by name and is no hierarchy.
fn references() -> impl Iterator<Item = AlignmentType> {
    AlignmentType::all().filter(|kind| *kind != AlignmentType::IsChildOf)
}

/// The links of types that publishers made up.
fn unknown(cards: &Cards, key: &CanonicalKey) -> Result<Vec<AlignmentCard>, IndexError> {
    let known: Vec<AlignmentType> = AlignmentType::all().collect();
    cards.links_to_except(key, &known)
}
