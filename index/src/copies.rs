//! Copies: one resource in several records. All are kept, one is chosen, and what differs is said.

use std::collections::BTreeMap;

use ontology::{CanonicalKey, LanguageMap, Resource, identify, plain};
use serde::Serialize;
use utoipa::ToSchema;

use crate::card::{Card, Origin};

/// A resource with the copy that was chosen and the others.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Chosen {
    /// The copy that answers.
    pub card: Card,
    /// The other copies, best first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<Copy>,
}

/// A copy that was not chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = OtherCopy)]
pub struct Copy {
    /// Where it came from.
    pub origin: Origin,
    /// The framework it stands in there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub framework: Option<String>,
    /// What it says otherwise than the chosen copy, by field.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub differs: BTreeMap<&'static str, Option<String>>,
    /// Tells whether its source no longer has it.
    pub withdrawn: bool,
}

/// Groups cards by the resource they describe, in the order of their keys, and chooses one of each.
pub fn choose(cards: Vec<Card>) -> Vec<Chosen> {
    let mut groups: BTreeMap<CanonicalKey, Vec<Card>> = BTreeMap::new();
    for card in cards {
        groups.entry(card.key().clone()).or_default().push(card);
    }
    groups.into_values().filter_map(choose_one).collect()
}

/// Orders copies: shown before withdrawn, what a record is about before what it mentions, whole before partial, from its own host, in its
/// home document, newest.
fn choose_one(mut cards: Vec<Card>) -> Option<Chosen> {
    cards.sort_by_cached_key(|card| {
        let is_foreign = !is_from_its_own_host(card);
        let is_borrowed = card.competency().is_some_and(|item| item.source_document.is_some());
        let newest = std::cmp::Reverse((last_change(card), card.origin.fetched_at.clone()));
        (
            card.withdrawn,
            card.mentioned,
            card.origin.partial,
            is_foreign,
            is_borrowed,
            newest,
            card.origin.record.clone(),
        )
    });
    let mut cards = cards.into_iter();
    let card = cards.next()?;
    let copies = cards.map(|copy| Copy {
        differs: differences(&card.resource, &copy.resource),
        framework: copy.framework.and_then(|framework| framework.title),
        withdrawn: copy.withdrawn,
        origin: copy.origin,
    });
    Some(Chosen { copies: copies.collect(), card })
}

fn last_change(card: &Card) -> Option<String> {
    card.resource.identity().last_change.clone()
}

fn is_from_its_own_host(card: &Card) -> bool {
    let own = card.resource.identity().uri.as_deref().and_then(|uri| identify(uri).host);
    own.is_some() && own == identify(&card.origin.url).host
}

/// The fields in which two copies differ, as the second has them.
fn differences(one: &Resource, other: &Resource) -> BTreeMap<&'static str, Option<String>> {
    let text = |map: &LanguageMap| map.first().map(str::to_owned);
    let fields = |resource: &Resource| {
        [
            ("name", text(resource.name())),
            ("text", text(resource.text())),
            ("code", resource.code().map(str::to_owned)),
            ("uri", resource.identity().uri.clone()),
            ("lastChange", resource.identity().last_change.clone()),
            (
                "framework",
                resource
                    .framework()
                    .and_then(|framework| framework.key.as_ref())
                    .map(ToString::to_string),
            ),
        ]
    };
    let pairs = fields(one).into_iter().zip(fields(other));
    pairs
        .filter(|((_, a), (_, b))| !same_words(a.as_deref(), b.as_deref()))
        .map(|(_, (name, b))| (name, b))
        .collect()
}

fn same_words(a: Option<&str>, b: Option<&str>) -> bool {
    a == b || a.map(plain) == b.map(plain)
}
