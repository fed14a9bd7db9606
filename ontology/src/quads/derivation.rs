//! What follows from a document: membership in the framework, its top, and the SKOS view.

use crate::alignment::{Alignment, AlignmentType, Target};
use crate::competency::Competency;
use crate::hierarchy::Hierarchy;
use crate::id::CanonicalKey;
use crate::quads::linking::derive_link;
use crate::quads::writer::GraphWriter;
use crate::record::Normalized;
use crate::resource::Resource;
use crate::vocab::{ceasn, rdf, skos};

/// The derivations of one document.
pub(crate) struct Derivation<'a> {
    normalized: &'a Normalized,
    hierarchy: Hierarchy<'a>,
}

impl<'a> Derivation<'a> {
    /// Prepares them.
    pub(crate) fn of(normalized: &'a Normalized) -> Self {
        Self { normalized, hierarchy: Hierarchy::of(normalized) }
    }

    /// Writes them.
    pub(crate) fn write(&self, out: &mut GraphWriter<'_>) {
        for resource in &self.normalized.resources {
            self.resource(out, resource);
        }
        for alignment in &self.normalized.alignments {
            derive_alignment(out, alignment);
            if alignment.path.is_some() {
                derive_link(out, alignment);
            }
        }
    }

    fn resource(&self, out: &mut GraphWriter<'_>, resource: &Resource) {
        let subject = &resource.identity().subject;
        match resource {
            Resource::Framework(framework) => {
                out.link(subject, rdf::TYPE, skos::CONCEPT_SCHEME);
                out.texts(subject, skos::PREF_LABEL, &framework.title);
            }
            Resource::Competency(competency) => self.competency(out, competency),
            Resource::Profile(profile) => out.texts(subject, skos::PREF_LABEL, &profile.name),
            other => {
                out.texts(subject, skos::PREF_LABEL, other.name());
                if let Some(framework) = other.framework().and_then(Target::iri) {
                    out.link(subject, skos::IN_SCHEME, &framework);
                }
            }
        }
    }

    fn competency(&self, out: &mut GraphWriter<'_>, item: &Competency) {
        let subject = &item.identity.subject;
        out.link(subject, rdf::TYPE, skos::CONCEPT);
        out.texts(subject, skos::PREF_LABEL, &item.statement);
        out.texts(subject, skos::ALT_LABEL, &item.label);
        out.optional(subject, skos::NOTATION, item.code.as_ref());
        let key = &item.identity.key;
        let framework = item.framework.as_ref().and_then(|framework| framework.key.as_ref());
        let parents = self.hierarchy.parents(key);
        for parent in parents.iter().filter(|parent| Some(**parent) != framework) {
            if let Some(parent) = parent.subject_iri() {
                out.link(subject, skos::BROADER, &parent);
            }
        }
        let Some(scheme) = framework.and_then(CanonicalKey::subject_iri) else { return };
        out.link(subject, ceasn::IS_PART_OF, &scheme);
        out.link(subject, skos::IN_SCHEME, &scheme);
        // Without its framework's whole package an item is at the top only where that is said of it.
        let is_said = framework.is_some_and(|framework| parents.contains(&framework));
        if is_said || (!self.normalized.partial && self.hierarchy.is_top(key)) {
            out.link(subject, ceasn::IS_TOP_CHILD_OF, &scheme);
            out.link(subject, skos::TOP_CONCEPT_OF, &scheme);
        }
    }
}

/// Writes the SKOS form of an alignment between frameworks; hierarchy is written with the competency.
fn derive_alignment(out: &mut GraphWriter<'_>, alignment: &Alignment) {
    if alignment.kind == AlignmentType::IsChildOf {
        return;
    }
    let (Some(property), Some(origin), Some(target)) =
        (alignment.kind.skos_property(), alignment.origin.iri(), alignment.target.iri())
    else {
        return;
    };
    out.link(&origin, property, &target);
}
