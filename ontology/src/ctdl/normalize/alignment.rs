//! The one flat table of alignments of a record.

use std::collections::{BTreeMap, BTreeSet};

use crate::alignment::{Alignment, AlignmentType, Target};
use crate::ctdl::normalize::condition::{self, weight_of};
use crate::ctdl::normalize::hierarchy::Edges;
use crate::ctdl::normalize::nodes::RecordNode;
use crate::ctdl::normalize::target::{Nodes, targets};
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
    nodes: Nodes<'a>,
    edges: Edges<'a>,
    seen: BTreeSet<Quadruple>,
    out: Vec<Alignment>,
}

/// Which way a property points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// From the resource to the value.
    Forth,
    /// From the value to the resource.
    Back,
}

/// What a property says between a resource and its values. Alignments mean the same in every namespace that has them.
const PROPERTIES: &[(&str, Way, AlignmentType)] = &[
    ("asn:alignFrom", Way::Forth, AlignmentType::AlignFrom),
    ("asn:alignTo", Way::Forth, AlignmentType::AlignTo),
    ("asn:broadAlignment", Way::Forth, AlignmentType::BroadAlignment),
    ("asn:comprisedOf", Way::Forth, AlignmentType::ComprisedOf),
    ("asn:crossSubjectReference", Way::Forth, AlignmentType::CrossSubjectReference),
    ("asn:derivedFrom", Way::Forth, AlignmentType::DerivedFrom),
    ("asn:exactAlignment", Way::Forth, AlignmentType::ExactMatchOf),
    ("asn:majorAlignment", Way::Forth, AlignmentType::MajorAlignment),
    ("asn:minorAlignment", Way::Forth, AlignmentType::MinorAlignment),
    ("asn:narrowAlignment", Way::Forth, AlignmentType::NarrowAlignment),
    ("asn:prerequisiteAlignment", Way::Forth, AlignmentType::PrerequisiteAlignment),
    ("ceasn:alignFrom", Way::Forth, AlignmentType::AlignFrom),
    ("ceasn:alignTo", Way::Forth, AlignmentType::AlignTo),
    ("ceasn:broadAlignment", Way::Forth, AlignmentType::BroadAlignment),
    ("ceasn:comprisedOf", Way::Forth, AlignmentType::ComprisedOf),
    ("ceasn:creator", Way::Forth, AlignmentType::Creator),
    ("ceasn:crossSubjectReference", Way::Forth, AlignmentType::CrossSubjectReference),
    ("ceasn:derivedFrom", Way::Forth, AlignmentType::DerivedFrom),
    ("ceasn:exactAlignment", Way::Forth, AlignmentType::ExactMatchOf),
    ("ceasn:exactMatch", Way::Forth, AlignmentType::ExactMatchOf),
    ("ceasn:inferredCompetency", Way::Forth, AlignmentType::InferredCompetency),
    ("ceasn:isMemberOf", Way::Back, AlignmentType::HasMember),
    ("ceasn:isVersionOf", Way::Forth, AlignmentType::IsVersionOf),
    ("ceasn:majorAlignment", Way::Forth, AlignmentType::MajorAlignment),
    ("ceasn:minorAlignment", Way::Forth, AlignmentType::MinorAlignment),
    ("ceasn:narrowAlignment", Way::Forth, AlignmentType::NarrowAlignment),
    ("ceasn:prerequisiteAlignment", Way::Forth, AlignmentType::PrerequisiteAlignment),
    ("ceasn:publisher", Way::Forth, AlignmentType::Publisher),
    ("ceterms:accreditedBy", Way::Forth, AlignmentType::AccreditedBy),
    ("ceterms:accredits", Way::Back, AlignmentType::AccreditedBy),
    ("ceterms:approvedBy", Way::Forth, AlignmentType::ApprovedBy),
    ("ceterms:approves", Way::Back, AlignmentType::ApprovedBy),
    ("ceterms:assesses", Way::Forth, AlignmentType::Assesses),
    ("ceterms:broadAlignment", Way::Forth, AlignmentType::BroadAlignment),
    ("ceterms:commonConditions", Way::Forth, AlignmentType::CommonConditions),
    ("ceterms:exactAlignment", Way::Forth, AlignmentType::ExactMatchOf),
    ("ceterms:hasMember", Way::Forth, AlignmentType::HasMember),
    ("ceterms:hasPart", Way::Forth, AlignmentType::HasPart),
    ("ceterms:isMemberOf", Way::Back, AlignmentType::HasMember),
    ("ceterms:isPartOf", Way::Back, AlignmentType::HasPart),
    ("ceterms:isSimilarTo", Way::Forth, AlignmentType::IsSimilarTo),
    ("ceterms:latestVersion", Way::Forth, AlignmentType::LatestVersion),
    ("ceterms:majorAlignment", Way::Forth, AlignmentType::MajorAlignment),
    ("ceterms:minorAlignment", Way::Forth, AlignmentType::MinorAlignment),
    ("ceterms:narrowAlignment", Way::Forth, AlignmentType::NarrowAlignment),
    ("ceterms:nextVersion", Way::Forth, AlignmentType::NextVersion),
    ("ceterms:offeredBy", Way::Forth, AlignmentType::OfferedBy),
    ("ceterms:offers", Way::Back, AlignmentType::OfferedBy),
    ("ceterms:ownedBy", Way::Forth, AlignmentType::OwnedBy),
    ("ceterms:owns", Way::Back, AlignmentType::OwnedBy),
    ("ceterms:previousVersion", Way::Back, AlignmentType::NextVersion),
    ("ceterms:recognizedBy", Way::Forth, AlignmentType::RecognizedBy),
    ("ceterms:recognizes", Way::Back, AlignmentType::RecognizedBy),
    ("ceterms:registeredBy", Way::Forth, AlignmentType::RegisteredBy),
    ("ceterms:regulatedBy", Way::Forth, AlignmentType::RegulatedBy),
    ("ceterms:regulates", Way::Back, AlignmentType::RegulatedBy),
    ("ceterms:renewedBy", Way::Forth, AlignmentType::RenewedBy),
    ("ceterms:renews", Way::Back, AlignmentType::RenewedBy),
    ("ceterms:revokedBy", Way::Forth, AlignmentType::RevokedBy),
    ("ceterms:revokes", Way::Back, AlignmentType::RevokedBy),
    ("ceterms:supersededBy", Way::Forth, AlignmentType::ReplacedBy),
    ("ceterms:supersedes", Way::Back, AlignmentType::ReplacedBy),
    ("ceterms:teaches", Way::Forth, AlignmentType::Teaches),
    ("skos:broadMatch", Way::Forth, AlignmentType::BroadAlignment),
    ("skos:closeMatch", Way::Forth, AlignmentType::MajorAlignment),
    ("skos:exactMatch", Way::Forth, AlignmentType::ExactMatchOf),
    ("skos:narrowMatch", Way::Forth, AlignmentType::NarrowAlignment),
    ("skos:related", Way::Forth, AlignmentType::IsRelatedTo),
    ("skos:relatedMatch", Way::Forth, AlignmentType::IsRelatedTo),
];

fn reading_of(property: &str) -> Option<(Way, &'static AlignmentType)> {
    PROPERTIES.iter().find(|(known, ..)| *known == property).map(|(_, way, kind)| (*way, kind))
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
                let asked = condition::gather(&statement.objects, &kind, property, &self.nodes);
                for asked in asked {
                    let alignment = Alignment::between(origin.clone(), asked.kind, asked.target);
                    self.push(Alignment {
                        path: Some(asked.path),
                        weight: asked.weight,
                        ..alignment
                    });
                }
                continue;
            }
            if self.edges.read(key, statement) {
                continue;
            }
            let Some(reading) = reading_of(property) else { continue };
            for object in &statement.objects {
                if self.edges.is_family(property, node, object) {
                    let detail = object.iri().unwrap_or_default();
                    oddities.note(
                        &place.member(property),
                        WarningKind::HierarchyAsAlignment,
                        detail,
                    );
                    self.edges.misused(key, property, object);
                    continue;
                }
                self.link(&origin, reading, property, object);
            }
        }
    }

    fn link(
        &mut self,
        own: &Target,
        (way, kind): (Way, &AlignmentType),
        property: &str,
        object: &Object,
    ) {
        let weight = object.node().and_then(weight_of);
        for other in targets(object, &self.nodes) {
            let (origin, target) = match way {
                Way::Forth => (own.clone(), other),
                // Words alone cannot be where an alignment starts.
                Way::Back if other.key.is_none() => continue,
                Way::Back => (other, own.clone()),
            };
            if origin.key == target.key && origin.key.is_some() {
                // A latest version mostly names itself.
                continue;
            }
            let alignment = Alignment::between(origin, kind.clone(), target);
            self.push(Alignment { path: Some(property.to_owned()), weight, ..alignment });
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
