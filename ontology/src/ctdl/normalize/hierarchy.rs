//! Parents and children, from whichever end they are stated, with their order.

use std::collections::BTreeMap;

use crate::alignment::{Alignment, AlignmentType, Target};
use crate::id::{CanonicalKey, identify};
use crate::node::{Node, Object, Statement};

/// The edges of one record.
#[derive(Default)]
pub(super) struct Edges<'a> {
    /// Where each pair of child and parent stands in `list`.
    pairs: BTreeMap<(CanonicalKey, CanonicalKey), usize>,
    list: Vec<Edge>,
    /// The framework that each competency of the record says it is part of.
    homes: BTreeMap<&'a str, Option<&'a str>>,
}

struct Edge {
    child: CanonicalKey,
    parent: CanonicalKey,
    sequence: Option<i64>,
    property: &'static str,
}

/// The properties of hierarchy, and whether the resource that states one is the parent.
const PROPERTIES: &[(&str, bool)] = &[
    ("asn:hasChild", true),
    ("ceasn:hasChild", true),
    ("ceasn:hasTopChild", true),
    ("ceasn:isChildOf", false),
    ("ceasn:isTopChildOf", false),
    ("ceterms:hasChild", true),
    ("ceterms:isChildOf", false),
    ("skos:broader", false),
    ("skos:hasTopConcept", true),
    ("skos:narrower", true),
    ("skos:topConceptOf", false),
];

impl<'a> Edges<'a> {
    /// Notes which framework a competency is at home in.
    pub(super) fn settle(&mut self, subject: &'a str, node: &'a Node) {
        if node.is_a("ceasn:Competency") {
            self.homes.insert(subject, node.iris("ceasn:isPartOf").next());
        }
    }

    /// Reads a statement of hierarchy; tells whether it was one.
    pub(super) fn read(&mut self, key: &CanonicalKey, statement: &Statement) -> bool {
        let known = PROPERTIES.iter().find(|(property, _)| *statement.property == **property);
        let Some((property, is_parent)) = known else { return false };
        for (at, object) in (0_i64..).zip(&statement.objects) {
            let Some(other) = object.iri().and_then(|iri| identify(iri).key) else { continue };
            let (child, parent) =
                if *is_parent { (other, key.clone()) } else { (key.clone(), other) };
            let sequence = is_parent.then_some(at + 1);
            self.add(Edge { child, parent, sequence, property });
        }
        true
    }

    /// Tells whether an alignment between two competencies of one framework is their hierarchy, as one exporter writes it.
    pub(super) fn is_family(&self, property: &str, node: &Node, object: &Object) -> bool {
        if !matches!(property, "ceasn:broadAlignment" | "ceasn:narrowAlignment") {
            return false;
        }
        // Two that name no framework are not known to share one.
        let home = |iri: &str| self.homes.get(iri).copied().flatten();
        let own = node.id.as_deref().and_then(home);
        own.is_some() && own == object.iri().and_then(home)
    }

    /// Takes such an alignment for what it means.
    pub(super) fn misused(&mut self, key: &CanonicalKey, property: &str, object: &Object) {
        let Some(other) = object.iri().and_then(|iri| identify(iri).key) else { return };
        let edge = if property == "ceasn:broadAlignment" {
            Edge {
                child: key.clone(),
                parent: other,
                sequence: None,
                property: "ceasn:broadAlignment",
            }
        } else {
            Edge {
                child: other,
                parent: key.clone(),
                sequence: None,
                property: "ceasn:narrowAlignment",
            }
        };
        self.add(edge);
    }

    fn add(&mut self, edge: Edge) {
        if edge.child == edge.parent {
            return;
        }
        let pair = (edge.child.clone(), edge.parent.clone());
        let held = self.pairs.get(&pair).and_then(|at| self.list.get_mut(*at));
        if let Some(held) = held {
            held.sequence = held.sequence.or(edge.sequence);
        } else {
            self.pairs.insert(pair, self.list.len());
            self.list.push(edge);
        }
    }

    /// Gives the edges, each once.
    pub(super) fn finish(self) -> Vec<Alignment> {
        let alignment = |edge: Edge| {
            let (child, parent) = (Target::of(edge.child), Target::of(edge.parent));
            Alignment {
                sequence: edge.sequence,
                path: Some(edge.property.to_owned()),
                ..Alignment::between(child, AlignmentType::IsChildOf, parent)
            }
        };
        self.list.into_iter().map(alignment).collect()
    }
}
