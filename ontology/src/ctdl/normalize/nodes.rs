//! The nodes of one record, each under its subject: those that stand inside others taken out, those that share a subject joined.

use std::collections::{BTreeMap, BTreeSet};

use crate::alignment::Target;
use crate::ctdl::class::{is_embedded, kind_of};
use crate::ctdl::link::{bare_ctid, is_page, record_subject};
use crate::ctdl::normalize::identity::{Surroundings, identity_of};
use crate::ctdl::normalize::target::is_mistyped;
use crate::node::{Node, Object};
use crate::oddities::Oddities;
use crate::pointer::Pointer;
use crate::record::WarningKind;
use crate::resource::{Alias, Identity, Kind};

/// A node with its place and its identity.
pub(super) type RecordNode = (Pointer, Node, Identity);

/// The nodes that are resources, in the order of the record.
pub(super) struct RecordNodes {
    nodes: Vec<RecordNode>,
    /// Where each subject stands in `nodes`.
    places: BTreeMap<String, usize>,
    /// The subjects of nodes that have another address.
    renamed: BTreeMap<String, String>,
    surroundings: Surroundings,
    /// The last change of the envelope.
    updated: Option<String>,
}

impl RecordNodes {
    pub(super) fn of(surroundings: Surroundings, updated: Option<String>) -> Self {
        Self {
            nodes: Vec::new(),
            places: BTreeMap::new(),
            renamed: BTreeMap::new(),
            surroundings,
            updated,
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &RecordNode> {
        self.nodes.iter()
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn into_iter(self) -> impl Iterator<Item = RecordNode> {
        self.nodes.into_iter()
    }

    /// Takes a node in, and the resources that stand inside it.
    pub(super) fn take_in(&mut self, place: &Pointer, mut node: Node, oddities: &mut Oddities) {
        let mut lifted = Vec::new();
        lift(&mut node, &mut lifted);
        self.admit(place, node, oddities);
        for node in lifted {
            self.admit(place, node, oddities);
        }
    }

    /// Takes a node in under its subject; a second node of the same subject says more of it.
    fn admit(&mut self, place: &Pointer, mut node: Node, oddities: &mut Oddities) {
        let mut identity = identity_of(&node, &self.surroundings, place, oddities);
        if let Some(address) = node.id.replace(identity.subject.clone())
            && address != identity.subject
        {
            self.renamed.insert(address, identity.subject.clone());
        }
        note_mistyped(&node, place, oddities);
        let held = self.places.get(&identity.subject).and_then(|at| self.nodes.get_mut(*at));
        if let Some((_, held, known)) = held {
            merge(held, node);
            let new = identity.aliases.into_iter().filter(|alias| !known.aliases.contains(alias));
            let new: Vec<Alias> = new.collect();
            known.aliases.extend(new);
            return;
        }
        if identity.last_change.is_none() {
            identity.last_change.clone_from(&self.updated);
        }
        self.places.insert(identity.subject.clone(), self.nodes.len());
        self.nodes.push((place.clone(), node, identity));
    }

    /// Lets links lead to subjects where they lead to other addresses of the same nodes.
    pub(super) fn rename(&mut self) {
        if !self.renamed.is_empty() {
            for (_, node, _) in &mut self.nodes {
                rename(node, &self.renamed);
            }
        }
    }

    /// Notes the blank nodes that are referred to and not there.
    pub(super) fn note_dangling(&self, oddities: &mut Oddities) {
        for (place, node, _) in &self.nodes {
            let mut dangling = BTreeSet::new();
            each_link(node, &mut |iri| {
                let is_blank = ["https://credreg.net/bnodes/", "urn:alidade:bnode:"]
                    .iter()
                    .any(|start| iri.starts_with(start));
                if is_blank && !self.places.contains_key(iri) {
                    dangling.insert(iri.to_owned());
                }
            });
            for iri in dangling {
                oddities.note(place, WarningKind::DanglingNode, &iri);
            }
        }
    }

    /// The framework of a record that has exactly one: what names none belongs to it.
    pub(super) fn only_framework(&self) -> Option<Target> {
        let mut frameworks =
            self.nodes.iter().filter(|(_, node, _)| kind_of(&node.types) == Kind::Framework);
        match (frameworks.next(), frameworks.next()) {
            (Some((_, _, identity)), None) => Some(Target::of(identity.key.clone())),
            _ => None,
        }
    }
}

/// Takes the nodes out that stand inside another and are resources of their own; a link stays in their place.
fn lift(node: &mut Node, lifted: &mut Vec<Node>) {
    for object in node.statements.iter_mut().flat_map(|statement| &mut statement.objects) {
        let Object::Node(inner) = object else { continue };
        lift(inner, lifted);
        let is_resource = !inner.types.is_empty()
            && !inner.statements.is_empty()
            && !is_embedded(&inner.types)
            && !is_mistyped(inner);
        let id = inner.id.clone().or_else(|| ctid_of(inner)).filter(|_| is_resource);
        if let Some(id) = id {
            let subject = record_subject(&id).unwrap_or(id);
            let inner = *std::mem::take(inner);
            *object = Object::Iri(subject.clone().into());
            lifted.push(Node { id: Some(subject), ..inner });
        }
    }
}

/// Notes every alignment object that is called a competency, wherever it stands in a node.
fn note_mistyped(node: &Node, place: &Pointer, oddities: &mut Oddities) {
    if is_mistyped(node) {
        let name = node.texts("ceterms:targetNodeName");
        let name = name.first().or(node.iris("ceterms:targetNode").next());
        oddities.note(place, WarningKind::AlignmentObjectMistyped, name.unwrap_or_default());
    }
    for inner in
        node.statements.iter().flat_map(|statement| &statement.objects).filter_map(Object::node)
    {
        note_mistyped(inner, place, oddities);
    }
}

fn ctid_of(node: &Node) -> Option<String> {
    bare_ctid(node.literal("ceterms:ctid")?.trim())
}

fn merge(held: &mut Node, more: Node) {
    for class in more.types {
        if !held.types.contains(&class) {
            held.types.push(class);
        }
    }
    for statement in more.statements {
        let same = held.statements.iter_mut().find(|known| known.property == statement.property);
        match same {
            Some(known) => {
                for object in statement.objects {
                    if !known.objects.contains(&object) {
                        known.objects.push(object);
                    }
                }
            }
            None => held.statements.push(statement),
        }
    }
}

fn rename(node: &mut Node, renamed: &BTreeMap<String, String>) {
    let links = node.statements.iter_mut().filter(|statement| !is_page(&statement.property));
    for object in links.flat_map(|statement| &mut statement.objects) {
        match object {
            Object::Iri(iri) => {
                if let Some(subject) = renamed.get(&**iri) {
                    *iri = subject.as_str().into();
                }
            }
            Object::Node(inner) => rename(inner, renamed),
            _ => {}
        }
    }
}

/// Hands over every IRI that a node links to.
fn each_link(node: &Node, visit: &mut dyn FnMut(&str)) {
    for object in node.statements.iter().flat_map(|statement| &statement.objects) {
        match object {
            Object::Iri(iri) => visit(iri),
            Object::Node(inner) => each_link(inner, visit),
            _ => {}
        }
    }
}
