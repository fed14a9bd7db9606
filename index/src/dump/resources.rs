//! The resources of a record, in the order of its tree.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use ontology::Provenance;
use tantivy::DocAddress;
use tantivy::query::BooleanQuery;

use crate::card::Card;
use crate::cards::Cards;
use crate::dump::error::DumpError;
use crate::error::IndexError;
use crate::schema::sort;
use crate::sources::RecordName;
use crate::term::word;

/// Where a resource stands; two numbers and a place, so that those of a large record fit into memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Placed {
    rank: u64,
    key: u64,
    hit: DocAddress,
}

/// The resources of a record by the hash of their parent; those at the top have none in it.
#[derive(Debug, Default)]
struct Tree {
    top: Vec<Placed>,
    children: BTreeMap<u64, Vec<Placed>>,
}

/// Hands over the resources that a record holds, each before what stands below it, and siblings in their order. Provisional ones are handed over only where the cards
/// show them.
pub fn each_resource(
    cards: &Cards,
    record: &RecordName,
    visit: &mut dyn FnMut(Card) -> io::Result<()>,
) -> Result<(), DumpError> {
    for hit in in_order(cards, record)? {
        let card: Card = cards.stored(hit)?;
        if cards.shows_provisional() || !card.provisional {
            visit(card)?;
        }
    }
    Ok(())
}

fn in_order(cards: &Cards, record: &RecordName) -> Result<Vec<DocAddress>, IndexError> {
    let provenance = Provenance {
        source: record.source.clone(),
        record: record.record.clone(),
        ..Provenance::default()
    };
    let fields = cards.fields();
    let of_record = word(fields.record, &provenance.asserted_graph());
    let query = BooleanQuery::intersection(vec![word(fields.sort, sort::RESOURCE), of_record]);
    let mut found = Vec::new();
    for hit in cards.sorted(&query)? {
        let card: Card = cards.stored(hit)?;
        let parent = card.parents.first();
        let rank = parent.map_or(0, |parent| parent.rank);
        let parent = parent.map(|parent| parent.key.alias_key());
        found.push((parent, Placed { rank, key: card.key().alias_key(), hit }));
    }
    Ok(Tree::of(found).flattened())
}

impl Tree {
    fn of(found: Vec<(Option<u64>, Placed)>) -> Self {
        let keys: BTreeSet<u64> = found.iter().map(|(_, placed)| placed.key).collect();
        let mut tree = Self::default();
        for (parent, placed) in found {
            match parent.filter(|parent| keys.contains(parent)) {
                Some(parent) => tree.children.entry(parent).or_default().push(placed),
                None => tree.top.push(placed),
            }
        }
        tree
    }

    /// All of them, depth first. What hangs in a circle below nothing comes last.
    fn flattened(mut self) -> Vec<DocAddress> {
        let mut order = Vec::new();
        let top = std::mem::take(&mut self.top);
        self.descend(top, &mut order);
        while let Some((_, circle)) = self.children.pop_first() {
            self.descend(circle, &mut order);
        }
        order
    }

    fn descend(&mut self, mut from: Vec<Placed>, order: &mut Vec<DocAddress>) {
        from.sort_unstable_by(|a, b| b.cmp(a));
        while let Some(placed) = from.pop() {
            order.push(placed.hit);
            if let Some(mut below) = self.children.remove(&placed.key) {
                below.sort_unstable_by(|a, b| b.cmp(a));
                from.append(&mut below);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tantivy::DocAddress;

    use super::{Placed, Tree};

    /// Key, parent and rank.
    type Stated = (u32, Option<u64>, u64);

    /// Resources, and the order of their keys that comes out.
    #[track_caller]
    fn check(resources: &[Stated], expected: &[u32]) {
        let found = resources.iter().map(|&(key, parent, rank)| {
            (parent, Placed { rank, key: u64::from(key), hit: DocAddress::new(0, key) })
        });
        let order: Vec<u32> =
            Tree::of(found.collect()).flattened().iter().map(|hit| hit.doc_id).collect();
        assert_eq!(order, expected);
    }

    #[test]
    fn each_stands_before_what_is_below_it_and_siblings_stand_in_their_order() {
        check(&[], &[]);
        let tree =
            [(5, Some(2), 0), (4, Some(1), 0), (1, None, 0), (2, Some(1), 3), (3, Some(2), 1)];
        check(&tree, &[1, 4, 2, 5, 3]);
    }

    #[test]
    fn what_has_no_parent_here_or_hangs_in_a_circle_is_not_lost() {
        check(&[(1, Some(9), 0), (2, Some(1), 0)], &[1, 2]);
        check(&[(1, Some(2), 0), (2, Some(1), 0), (3, None, 0)], &[3, 2, 1]);
        check(&[(1, Some(1), 0)], &[1]);
    }
}
