//! The tree below a framework, or below anything in it: who stands under whom, to a depth, with how many stand under each.
//!
//! It grows level by level, so that where there are too many the upper levels are whole, and every branch says whether it is.

use std::collections::VecDeque;

use ontology::Provenance;
use serde::Serialize;
use utoipa::ToSchema;

use crate::card::Card;
use crate::cards::Cards;
use crate::context::Brief;
use crate::context::children::children;
use crate::error::IndexError;
use crate::term::{hash, word};

/// The most branches of a tree.
pub const MAX_BRANCHES: usize = 2_000;

/// The most levels of a tree.
pub const MAX_DEPTH: usize = 16;

/// A resource and what stands under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Branch {
    /// The resource.
    pub resource: Brief,
    /// How many children it has.
    pub n_children: usize,
    /// Its children, in their publisher's order, as far as the tree reaches.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(no_recursion)]
    pub children: Vec<Branch>,
    /// Whether it has children that are left out here. `/v1/resources/{id}/children` lists them all.
    pub truncated: bool,
}

/// A tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    /// How many branches it has, the root among them.
    pub n: usize,
    /// What everything stands under.
    pub root: Branch,
}

/// A branch that grows.
struct Growing {
    card: Card,
    /// The place of what it stands under; none where that is the root.
    above: Place,
    depth: usize,
    n_children: usize,
    n_given: usize,
}

/// Where a branch is among those that stand under the root; none is the root itself.
type Place = Option<usize>;

/// A tree that grows.
struct Growth {
    root: Growing,
    others: Vec<Growing>,
}

/// Grows the tree below a card to a depth. A resource that is its own ancestor ends its branch.
pub fn tree(cards: &Cards, root: Card, depth: usize) -> Result<Tree, IndexError> {
    let mut growth = Growth { root: Growing::of(root, None, 0), others: Vec::new() };
    let mut open = VecDeque::from([None]);
    while let Some(place) = open.pop_front() {
        let room = MAX_BRANCHES.saturating_sub(growth.n());
        let Some(branch) = growth.get(place) else { continue };
        let (mut n_given, below) = (0, branch.depth + 1);
        let n_children = if branch.depth >= depth || room == 0 || growth.is_circular(branch) {
            count_children(cards, &branch.card)?
        } else {
            let found = children(cards, branch.card.key(), Some(&branch.card))?;
            let n_children = found.len();
            n_given = n_children.min(room);
            for child in found.into_iter().take(room) {
                open.push_back(Some(growth.others.len()));
                growth.others.push(Growing::of(child, place, below));
            }
            n_children
        };
        growth.settle(place, n_children, n_given);
    }
    Ok(growth.folded())
}

impl Growing {
    fn of(card: Card, above: Place, depth: usize) -> Self {
        Self { card, above, depth, n_children: 0, n_given: 0 }
    }

    fn with(&self, children: Vec<Branch>) -> Branch {
        Branch {
            resource: Brief::of(&self.card),
            n_children: self.n_children,
            truncated: self.n_given < self.n_children,
            children,
        }
    }
}

impl Growth {
    fn n(&self) -> usize {
        self.others.len() + 1
    }

    fn get(&self, place: Place) -> Option<&Growing> {
        place.map_or(Some(&self.root), |at| self.others.get(at))
    }

    fn settle(&mut self, place: Place, n_children: usize, n_given: usize) {
        let branch = match place {
            None => Some(&mut self.root),
            Some(at) => self.others.get_mut(at),
        };
        if let Some(branch) = branch {
            (branch.n_children, branch.n_given) = (n_children, n_given);
        }
    }

    /// Tells whether a branch stands under itself.
    fn is_circular(&self, branch: &Growing) -> bool {
        let mut at = branch;
        while at.depth > 0 {
            let Some(above) = self.get(at.above) else { return false };
            if above.card.key() == branch.card.key() {
                return true;
            }
            at = above;
        }
        false
    }

    /// Puts every branch under what it stands under. What is above comes before what is below, and siblings are in their order.
    fn folded(&self) -> Tree {
        let mut below: Vec<Vec<Branch>> = self.others.iter().map(|_| Vec::new()).collect();
        let mut top = Vec::new();
        for (at, branch) in self.others.iter().enumerate().rev() {
            let mut children = below.get_mut(at).map(std::mem::take).unwrap_or_default();
            children.reverse();
            let siblings = match branch.above {
                None => Some(&mut top),
                Some(above) => below.get_mut(above),
            };
            if let Some(siblings) = siblings {
                siblings.push(branch.with(children));
            }
        }
        top.reverse();
        Tree { n: self.n(), root: self.root.with(top) }
    }
}

/// Counts the children of a card. Inside one record each is there once; only where others have children of it they have to be read.
fn count_children(cards: &Cards, card: &Card) -> Result<usize, IndexError> {
    let key = card.key();
    if !cards.shows_provisional() {
        let fields = cards.fields();
        let provenance = Provenance {
            source: card.origin.source.clone(),
            record: card.origin.record.clone(),
            ..Provenance::default()
        };
        let children = || [hash(fields.parent_key, key), word(fields.status, "current")];
        let [parent, current] = children();
        let own = word(fields.record, &provenance.asserted_graph());
        let in_all = cards.count(&children())?;
        if in_all == cards.count(&[parent, current, own])? {
            return Ok(usize::try_from(in_all).unwrap_or(usize::MAX));
        }
    }
    Ok(children(cards, key, Some(card))?.len())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Branch, MAX_BRANCHES, Tree, tree};
    use crate::reader::Reader;
    use crate::verify::sample::{guid, import, key, package};

    /// A package in which items stand under one another as the pairs of child and parent say.
    fn nested(items: &[(u32, &str, &str)], pairs: &[(u32, u32)]) -> Vec<u8> {
        let made = package(1, "Knots", items);
        let mut read: Value = serde_json::from_slice(&made).unwrap();
        let links = read["CFAssociations"].as_array_mut().unwrap();
        for (child, _) in pairs {
            links.retain(|link| link["originNodeURI"]["identifier"] != guid(*child));
        }
        for (n, (child, parent)) in pairs.iter().enumerate() {
            let end = |n: u32| {
                json!({ "identifier": guid(n), "title": "x",
                        "uri": format!("https://case.example.org/ims/case/v1p0/CFItems/{}", guid(n)) })
            };
            let id = guid(0x9000 + u32::try_from(n).unwrap());
            links.push(json!({
                "identifier": id, "associationType": "isChildOf",
                "uri": format!("https://case.example.org/ims/case/v1p0/CFAssociations/{id}"),
                "lastChangeDateTime": "2026-01-01T00:00:00+00:00", "sequenceNumber": n,
                "originNodeURI": end(*child), "destinationNodeURI": end(*parent),
            }));
        }
        serde_json::to_vec(&read).unwrap()
    }

    const ITEMS: [(u32, &str, &str); 5] = [
        (0x11, "A", "Ropes"),
        (0x12, "A.1", "Bends"),
        (0x13, "A.2", "Hitches"),
        (0x14, "A.2.a", "The clove hitch"),
        (0x15, "B", "Splices"),
    ];

    fn grown(records: &[(&str, Vec<u8>)], depth: usize) -> Tree {
        let dir = tempfile::tempdir().unwrap();
        import(dir.path(), 1, records);
        let reader = Reader::open(dir.path()).unwrap();
        let root = reader.cards().named(&key(1)).unwrap().remove(0);
        tree(reader.cards(), root, depth).unwrap()
    }

    /// The labels, each with how many stand under it, a star where some of these are left out, and what stands under it.
    fn drawn(branch: &Branch) -> String {
        let star = if branch.truncated { "*" } else { "" };
        let below: Vec<String> = branch.children.iter().map(drawn).collect();
        let label = &branch.resource.label;
        let below = if below.is_empty() { String::new() } else { format!("({})", below.join(" ")) };
        format!("{}{}{star}{below}", label.replace(' ', "-"), branch.n_children)
    }

    #[test]
    fn a_tree_is_whole_to_its_depth_and_says_what_is_left_out() {
        let pairs = [(0x13, 0x11), (0x12, 0x11), (0x14, 0x13)];
        let knots = [("a", nested(&ITEMS, &pairs))];
        let whole = "Knots2(Ropes2(Hitches1(The-clove-hitch0) Bends0) Splices0)";
        for (depth, expected, n) in [
            (0, "Knots2*", 1),
            (1, "Knots2(Ropes2* Splices0)", 3),
            (2, "Knots2(Ropes2(Hitches1* Bends0) Splices0)", 5),
            (3, whole, 6),
            (16, whole, 6),
        ] {
            let tree = grown(&knots, depth);
            assert_eq!((drawn(&tree.root).as_str(), tree.n), (expected, n), "{depth}");
        }
    }

    #[test]
    fn a_circle_ends_where_it_began() {
        let pairs = [(0x11, 0x12), (0x12, 0x11), (0x13, 1)];
        let knots = [("a", nested(&ITEMS, &pairs))];
        let dir = tempfile::tempdir().unwrap();
        import(dir.path(), 1, &knots);
        let reader = Reader::open(dir.path()).unwrap();
        let root = reader.cards().named(&key(0x11)).unwrap().remove(0);
        let tree = tree(reader.cards(), root, 16).unwrap();
        assert_eq!(drawn(&tree.root), "Ropes1(Bends1(Ropes1*))");
    }

    #[test]
    fn where_there_are_too_many_the_upper_levels_are_whole() {
        let n = u32::try_from(MAX_BRANCHES).unwrap();
        let many: Vec<(u32, String)> = (0..n + 5).map(|n| (0x100 + n, format!("I.{n}"))).collect();
        let items: Vec<(u32, &str, &str)> =
            many.iter().map(|(n, code)| (*n, code.as_str(), "Ties a knot")).collect();
        let tree = grown(&[("a", package(1, "Knots", &items))], 2);
        assert_eq!(tree.n, MAX_BRANCHES);
        assert_eq!(tree.root.n_children, many.len());
        assert!(tree.root.truncated && tree.root.children.iter().all(|branch| !branch.truncated));
    }

    #[test]
    fn the_copies_of_a_child_count_once() {
        let items = [ITEMS[0], ITEMS[4]];
        let records = [("a", package(1, "Knots", &items)), ("b", package(1, "Knots", &items))];
        for depth in [0, 1] {
            assert_eq!(grown(&records, depth).root.n_children, 2);
        }
    }
}
