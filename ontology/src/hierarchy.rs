//! The tree of a framework: who stands under whom, in which order, and the path from the root to each.
//!
//! An item may have several parents, none, or itself as an ancestor; a parent may be in another framework. The tree is
//! what remains when circles are cut and an item without a parent is put directly under its framework.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::alignment::AlignmentType;
use crate::id::CanonicalKey;
use crate::record::{Normalized, WarningKind};
use crate::resource::Resource;

/// The tree of one document.
#[derive(Debug, Default)]
pub struct Hierarchy<'a> {
    framework: Option<&'a CanonicalKey>,
    parents: BTreeMap<&'a CanonicalKey, Vec<&'a CanonicalKey>>,
    children: BTreeMap<&'a CanonicalKey, Vec<&'a CanonicalKey>>,
    orphans: BTreeSet<&'a CanonicalKey>,
    circular: BTreeSet<&'a CanonicalKey>,
}

/// The edge from a child to a parent, with what decides the order among siblings.
struct Edge<'a> {
    child: &'a CanonicalKey,
    parent: &'a CanonicalKey,
    sequence: i64,
    mark: &'a str,
    at: usize,
}

impl<'a> Hierarchy<'a> {
    /// Builds the tree of a document.
    pub fn of(normalized: &'a Normalized) -> Self {
        let mut hierarchy = Self { framework: framework_of(normalized), ..Self::default() };
        let marks = marks_of(normalized);
        let mut edges = edges_of(normalized, &marks);
        for edge in &edges {
            hierarchy.parents.entry(edge.child).or_default().push(edge.parent);
        }
        for (at, (key, mark)) in marks.iter().enumerate() {
            if !hierarchy.parents.contains_key(key) {
                hierarchy.orphans.insert(key);
                if let Some(parent) = hierarchy.framework {
                    edges.push(Edge {
                        child: key,
                        parent,
                        sequence: i64::MAX,
                        mark,
                        at: edges.len() + at,
                    });
                }
            }
        }
        edges.sort_by(Edge::among_siblings);
        for edge in &edges {
            hierarchy.children.entry(edge.parent).or_default().push(edge.child);
        }
        hierarchy.circular = hierarchy.find_circles();
        hierarchy
    }

    /// The parents of an item, the first as the publisher wrote them first; empty for an item directly under its framework.
    pub fn parents(&self, key: &CanonicalKey) -> Vec<&'a CanonicalKey> {
        let found = self.parents.get(key).into_iter().flatten();
        found.copied().filter(|parent| Some(*parent) != self.framework).collect()
    }

    /// The children of an item or of the framework, in order.
    pub fn children(&self, key: &CanonicalKey) -> &[&'a CanonicalKey] {
        self.children.get(key).map_or(&[], Vec::as_slice)
    }

    /// Tells whether an item stands directly under its framework, because the publisher says so or says nothing.
    pub fn is_top(&self, key: &CanonicalKey) -> bool {
        let under_framework = |parents: &Vec<&CanonicalKey>| {
            parents.iter().any(|parent| Some(*parent) == self.framework)
        };
        self.orphans.contains(key) || self.parents.get(key).is_some_and(under_framework)
    }

    /// The items from the root down to the parent of an item, by its first parent at each step; circles are cut.
    pub fn path(&self, key: &CanonicalKey) -> Vec<&'a CanonicalKey> {
        let mut path = Vec::new();
        let mut seen = BTreeSet::from([key]);
        let mut at = self.first_parent(key);
        while let Some(parent) = at.filter(|parent| seen.insert(parent)) {
            path.push(parent);
            at = self.first_parent(parent);
        }
        path.reverse();
        path
    }

    /// What is odd about the tree, and which resource it is odd about.
    pub(crate) fn oddities(&self) -> Vec<(&'a CanonicalKey, WarningKind)> {
        let orphans = self.orphans.iter().map(|key| (*key, WarningKind::NoParent));
        let circular = self.circular.iter().map(|key| (*key, WarningKind::HierarchyCycle));
        orphans.chain(circular).collect()
    }

    fn first_parent(&self, key: &CanonicalKey) -> Option<&'a CanonicalKey> {
        let parents = self.parents.get(key)?;
        // An item that stands under its framework and under another item is shown under the other item.
        parents.iter().copied().find(|parent| Some(*parent) != self.framework)
    }

    /// Finds every item that is its own ancestor, by taking away again and again what has no parent left.
    fn find_circles(&self) -> BTreeSet<&'a CanonicalKey> {
        let mut open: BTreeMap<&CanonicalKey, usize> =
            self.parents.iter().map(|(child, parents)| (*child, parents.len())).collect();
        let roots = self.children.keys().copied().filter(|key| !self.parents.contains_key(*key));
        let mut free: Vec<&CanonicalKey> = roots.collect();
        while let Some(parent) = free.pop() {
            for child in self.children(parent) {
                let Some(left) = open.get_mut(*child) else { continue };
                *left = left.saturating_sub(1);
                if *left == 0 {
                    open.remove(*child);
                    free.push(child);
                }
            }
        }
        self.without_tails(open.into_keys().collect())
    }

    /// What has no free ancestor is on a circle or hangs below one; takes away the latter, again from its ends.
    fn without_tails(&self, mut stuck: BTreeSet<&'a CanonicalKey>) -> BTreeSet<&'a CanonicalKey> {
        let stuck_children = |key: &CanonicalKey| {
            self.children(key).iter().filter(|child| stuck.contains(*child)).count()
        };
        let mut open: BTreeMap<&CanonicalKey, usize> =
            stuck.iter().map(|key| (*key, stuck_children(key))).collect();
        let mut ends: Vec<&CanonicalKey> =
            open.iter().filter(|(_, n)| **n == 0).map(|(key, _)| *key).collect();
        while let Some(end) = ends.pop() {
            stuck.remove(end);
            for parent in self.parents.get(end).into_iter().flatten() {
                let Some(left) = open.get_mut(*parent) else { continue };
                *left = left.saturating_sub(1);
                if *left == 0 {
                    ends.push(parent);
                }
            }
        }
        stuck
    }
}

impl Edge<'_> {
    /// By `sequenceNumber`, then by list mark or code, then as the publisher wrote them.
    fn among_siblings(&self, other: &Self) -> Ordering {
        let by_mark = || natural(self.mark, other.mark);
        self.sequence.cmp(&other.sequence).then_with(by_mark).then(self.at.cmp(&other.at))
    }
}

fn framework_of(normalized: &Normalized) -> Option<&CanonicalKey> {
    normalized.resources.iter().find_map(|resource| match resource {
        Resource::Framework(framework) => Some(&framework.identity.key),
        _ => None,
    })
}

/// The competencies of a document with what orders them among their siblings.
fn marks_of(normalized: &Normalized) -> BTreeMap<&CanonicalKey, &str> {
    let marks = normalized.resources.iter().filter_map(|resource| match resource {
        Resource::Competency(item) => {
            let mark =
                item.list_enumeration.as_deref().or(item.code.as_deref()).unwrap_or_default();
            Some((&item.identity.key, mark))
        }
        _ => None,
    });
    marks.collect()
}

fn edges_of<'a>(
    normalized: &'a Normalized,
    marks: &BTreeMap<&'a CanonicalKey, &'a str>,
) -> Vec<Edge<'a>> {
    let mut edges = Vec::new();
    for (at, alignment) in normalized.alignments.iter().enumerate() {
        if alignment.kind != AlignmentType::IsChildOf {
            continue;
        }
        let (Some(child), Some(parent)) = (&alignment.origin.key, &alignment.target.key) else {
            continue;
        };
        if child == parent {
            continue;
        }
        let mark = marks.get(child).copied().unwrap_or_default();
        edges.push(Edge {
            child,
            parent,
            sequence: alignment.sequence.unwrap_or(i64::MAX),
            mark,
            at,
        });
    }
    edges
}

/// Compares so that `A.2` comes before `A.10`.
fn natural(left: &str, right: &str) -> Ordering {
    let mut left = pieces(left).into_iter();
    let mut right = pieces(right).into_iter();
    loop {
        match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(a), Some(b)) => match a.cmp(&b) {
                Ordering::Equal => {}
                unequal => return unequal,
            },
        }
    }
}

/// A run of digits or a single other character; numbers come before words.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    Number(u64),
    Other(char),
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for character in text.chars() {
        match (character.to_digit(10), pieces.last_mut()) {
            (Some(digit), Some(Piece::Number(number))) => {
                *number = number.saturating_mul(10).saturating_add(u64::from(digit));
            }
            (Some(digit), _) => pieces.push(Piece::Number(u64::from(digit))),
            (None, _) => pieces.push(Piece::Other(character)),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use proptest::prelude::proptest;

    use super::natural;

    #[test]
    fn numbers_in_codes_are_compared_as_numbers() {
        assert_eq!(natural("A.2", "A.10"), Ordering::Less);
        assert_eq!(natural("3.NF.1", "3.NF.1a"), Ordering::Less);
        assert_eq!(natural("b", "a"), Ordering::Greater);
    }

    proptest! {
        #[test]
        fn the_order_is_total(a in "[a-z0-9.]{0,8}", b in "[a-z0-9.]{0,8}") {
            assert_eq!(natural(&a, &b), natural(&b, &a).reverse());
        }
    }
}
