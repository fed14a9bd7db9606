//! The one flat table of alignments of a record.

use std::collections::{BTreeMap, BTreeSet};

use crate::alignment::{Alignment, AlignmentType, Target};
use crate::ctdl::normalize::condition::{self, weight_of};
use crate::ctdl::normalize::hierarchy::Edges;
use crate::ctdl::normalize::nodes::RecordNode;
use crate::ctdl::normalize::target::{is_alignment_object, of_alignment_object, targets};
use crate::id::CanonicalKey;
use crate::node::{Node, Object};
use crate::oddities::Oddities;
use crate::pointer::Pointer;
use crate::record::WarningKind;

/// What makes two alignments one: type, origin, target and the way to it.
type Quadruple = (String, String, String, String);

/// The alignments of one record that were read so far.
pub(super) struct Alignments<'a> {
    /// The nodes at the top of the record, by subject.
    nodes: BTreeMap<&'a str, &'a Node>,
    edges: Edges<'a>,
    seen: BTreeSet<Quadruple>,
    out: Vec<Alignment>,
}

/// Which way a property points.
enum Reading {
    /// From the resource to the value.
    Forth(AlignmentType),
    /// From the value to the resource.
    Back(AlignmentType),
}

/// What a property says between a resource and its values. `ceasn:` and `ceterms:` alignments mean the same.
fn reading_of(property: &str) -> Option<Reading> {
    use AlignmentType as T;
    use Reading::{Back, Forth};
    let (prefix, name) = property.split_once(':')?;
    Some(match (prefix, name) {
        ("ceterms" | "ceasn" | "asn", "exactAlignment") | ("ceasn", "exactMatch") => Forth(T::ExactMatchOf),
        ("ceterms" | "ceasn" | "asn", "broadAlignment") => Forth(T::BroadAlignment),
        ("ceterms" | "ceasn" | "asn", "narrowAlignment") => Forth(T::NarrowAlignment),
        ("ceterms" | "ceasn" | "asn", "majorAlignment") => Forth(T::MajorAlignment),
        ("ceterms" | "ceasn" | "asn", "minorAlignment") => Forth(T::MinorAlignment),
        ("ceasn" | "asn", "prerequisiteAlignment") => Forth(T::PrerequisiteAlignment),
        ("ceasn" | "asn", "crossSubjectReference") => Forth(T::CrossSubjectReference),
        ("ceasn" | "asn", "derivedFrom") => Forth(T::DerivedFrom),
        ("ceasn" | "asn", "alignTo") => Forth(T::AlignTo),
        ("ceasn" | "asn", "alignFrom") => Forth(T::AlignFrom),
        ("ceasn" | "asn", "comprisedOf") => Forth(T::ComprisedOf),
        ("ceasn", "inferredCompetency") => Forth(T::InferredCompetency),
        ("ceasn", "isVersionOf") => Forth(T::IsVersionOf),
        ("ceasn", "publisher") => Forth(T::Publisher),
        ("ceasn", "creator") => Forth(T::Creator),
        ("skos", "exactMatch") => Forth(T::ExactMatchOf),
        ("skos", "closeMatch") => Forth(T::MajorAlignment),
        ("skos", "broadMatch") => Forth(T::BroadAlignment),
        ("skos", "narrowMatch") => Forth(T::NarrowAlignment),
        ("skos", "relatedMatch" | "related") => Forth(T::IsRelatedTo),
        ("ceterms", "teaches") => Forth(T::Teaches),
        ("ceterms", "assesses") => Forth(T::Assesses),
        ("ceterms", "commonConditions") => Forth(T::CommonConditions),
        ("ceterms", "isSimilarTo") => Forth(T::IsSimilarTo),
        ("ceterms", "supersededBy") => Forth(T::ReplacedBy),
        ("ceterms", "supersedes") => Back(T::ReplacedBy),
        ("ceterms", "nextVersion") => Forth(T::NextVersion),
        ("ceterms", "previousVersion") => Back(T::NextVersion),
        ("ceterms", "latestVersion") => Forth(T::LatestVersion),
        ("ceterms", "ownedBy") => Forth(T::OwnedBy),
        ("ceterms", "owns") => Back(T::OwnedBy),
        ("ceterms", "offeredBy") => Forth(T::OfferedBy),
        ("ceterms", "offers") => Back(T::OfferedBy),
        ("ceterms", "accreditedBy") => Forth(T::AccreditedBy),
        ("ceterms", "accredits") => Back(T::AccreditedBy),
        ("ceterms", "approvedBy") => Forth(T::ApprovedBy),
        ("ceterms", "approves") => Back(T::ApprovedBy),
        ("ceterms", "recognizedBy") => Forth(T::RecognizedBy),
        ("ceterms", "recognizes") => Back(T::RecognizedBy),
        ("ceterms", "regulatedBy") => Forth(T::RegulatedBy),
        ("ceterms", "regulates") => Back(T::RegulatedBy),
        ("ceterms", "renewedBy") => Forth(T::RenewedBy),
        ("ceterms", "renews") => Back(T::RenewedBy),
        ("ceterms", "revokedBy") => Forth(T::RevokedBy),
        ("ceterms", "revokes") => Back(T::RevokedBy),
        ("ceterms", "registeredBy") => Forth(T::RegisteredBy),
        ("ceterms", "hasPart") => Forth(T::HasPart),
        ("ceterms", "isPartOf") => Back(T::HasPart),
        ("ceterms", "hasMember") => Forth(T::HasMember),
        ("ceterms" | "ceasn", "isMemberOf") => Back(T::HasMember),
        _ => return None,
    })
}

impl<'a> Alignments<'a> {
    /// Begins with the nodes of a record.
    pub(super) fn of(nodes: impl Iterator<Item = &'a RecordNode>) -> Self {
        let mut by_subject = BTreeMap::new();
        let mut edges = Edges::default();
        for (_, node, identity) in nodes {
            by_subject.insert(identity.subject.as_str(), node);
            edges.settle(&identity.subject, node);
        }
        Self { nodes: by_subject, edges, seen: BTreeSet::new(), out: Vec::new() }
    }

    /// Reads what a resource says of others.
    pub(super) fn read(
        &mut self,
        key: &CanonicalKey,
        node: &Node,
        place: &Pointer,
        oddities: &mut Oddities,
    ) {
        let origin = Target::of(key.clone());
        for statement in &node.statements {
            let property = &*statement.property;
            if let Some(kind) = condition::kind_of(property) {
                let mut asked = Vec::new();
                for object in &statement.objects {
                    condition::gather(object, &kind, property, &self.nodes, &mut asked);
                }
                for asked in asked {
                    let alignment = Alignment::between(origin.clone(), asked.kind, asked.target);
                    self.push(Alignment { path: Some(asked.path), weight: asked.weight, ..alignment });
                }
                continue;
            }
            if self.edges.read(key, node, statement) {
                continue;
            }
            let Some(reading) = reading_of(property) else { continue };
            for object in &statement.objects {
                if self.edges.is_family(property, node, object) {
                    let detail = object.iri().unwrap_or_default();
                    oddities.note(&place.member(property), WarningKind::HierarchyAsAlignment, detail);
                    self.edges.misused(key, property, object);
                    continue;
                }
                self.link(&origin, &reading, property, object);
            }
        }
    }

    fn link(&mut self, own: &Target, reading: &Reading, property: &str, object: &Object) {
        let weight = object.node().and_then(weight_of);
        for other in self.targets(object) {
            let (origin, kind, target) = match reading {
                Reading::Forth(kind) => (own.clone(), kind, other),
                // Words alone cannot be where an alignment starts.
                Reading::Back(_) if other.key.is_none() => continue,
                Reading::Back(kind) => (other, kind, own.clone()),
            };
            if origin.key == target.key && origin.key.is_some() {
                // A latest version mostly names itself.
                continue;
            }
            let alignment = Alignment::between(origin, kind.clone(), target);
            self.push(Alignment { path: Some(property.to_owned()), weight, ..alignment });
        }
    }

    /// The targets of a value; a reference to an alignment object of the record means what that object names.
    fn targets(&self, object: &Object) -> Vec<Target> {
        let named = object.iri().and_then(|iri| self.nodes.get(iri));
        match named.filter(|node| is_alignment_object(node)) {
            Some(node) => of_alignment_object(node),
            None => targets(object),
        }
    }

    fn push(&mut self, alignment: Alignment) {
        let end = |target: &Target| {
            let named = target.key.as_ref().map(|key| key.as_str().to_owned());
            named.or_else(|| target.uri.clone()).unwrap_or_else(|| {
                [&target.title, &target.framework, &target.code]
                    .map(|text| text.as_deref().unwrap_or_default())
                    .join("\n")
            })
        };
        let quadruple = (
            alignment.kind.as_str().to_owned(),
            end(&alignment.origin),
            end(&alignment.target),
            alignment.path.clone().unwrap_or_default(),
        );
        if self.seen.insert(quadruple) {
            self.out.push(alignment);
        }
    }

    /// Gives the table, the hierarchy first.
    pub(super) fn finish(self) -> Vec<Alignment> {
        let mut all = self.edges.finish();
        all.extend(self.out);
        all
    }
}
