//! The near-duplicates of a whole framework, item by item.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use ontology::CanonicalKey;
use serde::{Deserialize, Serialize};
use tantivy::DocAddress;
use tantivy::query::{BooleanQuery, Occur};
use utoipa::ToSchema;

use crate::card::{Card, Parent, Stored};
use crate::cards::Cards;
use crate::document::values::group_key;
use crate::error::IndexError;
use crate::schema::sort;
use crate::similar::query::{Search, Similar, SimilarQuery};
use crate::similar::weight::Weights;
use crate::similar::wording::Wording;
use crate::suggest::Scope;
use crate::term::{hash, word};

/// An item of a framework with its near-duplicates.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Duplicates {
    /// The item.
    pub card: Card,
    /// What says nearly the same; nothing where it has none.
    pub similar: Vec<Similar>,
}

/// What is read of every item of a framework before any of them is compared.
#[derive(Deserialize)]
struct Place {
    resource: Named,
    #[serde(default)]
    parents: Vec<Parent>,
    #[serde(default)]
    withdrawn: bool,
}

impl Stored for Place {}

#[derive(Deserialize)]
struct Named {
    identity: Keyed,
}

#[derive(Deserialize)]
struct Keyed {
    key: CanonicalKey,
}

/// Where an item stands, in a few bytes: a framework may have a hundred thousand.
struct Row {
    /// The hash of its key.
    key: u64,
    /// The hash of its parent's.
    parent: u64,
    rank: u64,
    address: DocAddress,
}

/// Hands over the items of a framework with their near-duplicates, until it is told to stop, and gives how many items were looked at.
///
/// They come in the order of the framework. The filters say where the duplicates may be. Items that have none are handed over too, so that whoever has to stop in time is asked after each.
///
/// A pair within the framework is told once, at the item that comes first; a pair with an item elsewhere at the item of the framework.
/// What the query is `of` has no meaning here.
pub fn report(
    cards: &Cards,
    framework: &CanonicalKey,
    query: &SimilarQuery,
    visit: &mut dyn FnMut(Duplicates) -> ControlFlow<()>,
) -> Result<usize, IndexError> {
    let mut scope = Scope::of(cards, &query.filters);
    if query.elsewhere {
        scope = scope.outside(cards, framework);
    }
    let mut weights = Weights::of(cards);
    let search = Search { cards, query, scope: &scope };
    let mut told = BTreeSet::new();
    let items = in_order(items(cards, framework)?, framework.alias_key());
    let mut n_items = 0;
    for address in items {
        let card: Card = cards.stored(address)?;
        // An item is no duplicate of itself, and those that came before have told of their pairs with it.
        told.insert(group_key(card.key()));
        let similar = search.alike(&Wording::statements(&card), &told, &mut weights)?;
        n_items += 1;
        if visit(Duplicates { card, similar }).is_break() {
            break;
        }
    }
    Ok(n_items)
}

/// The items of a framework, without those that are withdrawn and those that are not shown.
fn items(cards: &Cards, framework: &CanonicalKey) -> Result<Vec<Row>, IndexError> {
    let fields = cards.fields();
    let kind = word(fields.kind, ontology::Kind::Competency.as_str());
    let all = [word(fields.sort, sort::RESOURCE), kind, hash(fields.framework_key, framework)];
    let mut clauses: Vec<_> = all.into_iter().map(|query| (Occur::Must, query)).collect();
    if !cards.shows_provisional() {
        clauses.push((Occur::MustNot, word(fields.status, "provisional")));
    }
    let mut rows = Vec::new();
    for address in cards.sorted(&BooleanQuery::new(clauses))? {
        let place: Place = cards.stored(address)?;
        if place.withdrawn {
            continue;
        }
        let parent = place.parents.first();
        rows.push(Row {
            key: place.resource.identity.key.alias_key(),
            parent: parent.map_or(0, |parent| parent.key.alias_key()),
            rank: parent.map_or(u64::MAX, |parent| parent.rank),
            address,
        });
    }
    Ok(rows)
}

/// The order of a framework: every item before its children, and they in their publisher's order. What hangs on nothing that is here
/// comes last; of several copies one is taken.
fn in_order(mut rows: Vec<Row>, root: u64) -> Vec<DocAddress> {
    rows.sort_by_key(|row| (row.rank, row.key, row.address));
    let mut children: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        children.entry(row.parent).or_default().push(at);
    }
    let mut seen = BTreeSet::new();
    let mut order = Vec::new();
    let loose = (0..rows.len()).rev();
    let mut open: Vec<usize> = loose.collect();
    open.extend(children.get(&root).into_iter().flatten().rev());
    while let Some(at) = open.pop() {
        let Some(row) = rows.get(at).filter(|row| seen.insert(row.key)) else { continue };
        order.push(row.address);
        open.extend(children.get(&row.key).into_iter().flatten().rev());
    }
    order
}
