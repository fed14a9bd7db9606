//! From `CFAssociation` to `Alignment`, repetitions folded.

use std::collections::BTreeMap;

use crate::alignment::{Alignment, AlignmentType, Association, Target};
use crate::case::identity::identity_of;
use crate::case::model::{CFAssociation, Entity};
use crate::case::normalize::normalizer::Normalizer;
use crate::case::normalize::source;
use crate::id::{CanonicalKey, KeyScheme};
use crate::oddities::Oddities;
use crate::pointer::Pointer;
use crate::record::{Normalized, WarningKind};
use crate::resource::Identity;

/// What makes two associations one: the same type between the same ends in the same grouping.
type Triple = (String, String, String, String);

/// The associations of one document that were read so far.
#[derive(Default)]
pub(super) struct Associations {
    by_triple: BTreeMap<Triple, usize>,
    by_key: BTreeMap<CanonicalKey, usize>,
    /// Where each alignment stands.
    places: Vec<Pointer>,
    /// The frameworks that items are borrowed from.
    homes: BTreeMap<CanonicalKey, Target>,
}

impl Associations {
    /// Reads an association into the alignments, or folds it into the one it repeats.
    pub(super) fn read(&mut self, normalizer: &mut Normalizer, association: CFAssociation) {
        let place = association.entity.pointer.clone();
        let home = source::document(association.entity.extensions.as_ref(), &normalizer.host);
        let Some(mut alignment) = alignment(normalizer, association) else { return };
        if let (AlignmentType::IsChildOf, Some(child), Some(home)) =
            (&alignment.kind, &alignment.origin.key, home)
        {
            self.homes.entry(child.clone()).or_insert(home);
        }
        let triple = triple(&alignment);
        if let Some(first) = self.by_triple.get(&triple) {
            let name = alignment.key.as_ref().map_or("", CanonicalKey::as_str);
            normalizer.oddities.note(&place, WarningKind::RepeatedAssociation, name);
            if let Some(first) = normalizer.out.alignments.get_mut(*first) {
                fold(first, alignment);
            }
            return;
        }
        let is_taken = |key: &CanonicalKey| {
            self.by_key.contains_key(key) || normalizer.places.contains_key(key)
        };
        if let Some(key) = alignment.key.take_if(|key| is_taken(key)) {
            normalizer.oddities.note(&place, WarningKind::RepeatedIdentifier, key.as_str());
        }
        let at = normalizer.out.alignments.len();
        self.by_key.extend(alignment.key.clone().map(|key| (key, at)));
        self.by_triple.insert(triple, at);
        self.places.push(place);
        normalizer.out.alignments.push(alignment);
    }

    /// Notes the ends that another document has to supply. A web page is what an `exemplar` is meant to lead to, and what
    /// is no entity of CASE is in no document of CASE.
    pub(super) fn note_elsewhere(
        &self,
        out: &Normalized,
        here: &BTreeMap<CanonicalKey, Pointer>,
        oddities: &mut Oddities,
    ) {
        for (alignment, place) in out.alignments.iter().zip(&self.places) {
            let mut note = |field: &str, kind, end: &Target| {
                if is_elsewhere(end, here) {
                    let detail = end.uri.as_deref().unwrap_or_default();
                    oddities.note(&place.member(field), kind, detail);
                }
            };
            note("originNodeURI", WarningKind::OriginElsewhere, &alignment.origin);
            if !leads_out(alignment) {
                note("destinationNodeURI", WarningKind::DestinationElsewhere, &alignment.target);
            }
        }
    }

    /// Gives up the frameworks that items are borrowed from.
    pub(super) fn take_homes(&mut self) -> BTreeMap<CanonicalKey, Target> {
        std::mem::take(&mut self.homes)
    }

    /// The place of the first association that makes a resource a child.
    pub(super) fn place_of(&self, out: &Normalized, child: &CanonicalKey) -> Option<&Pointer> {
        let at = out.alignments.iter().position(|alignment| {
            alignment.kind == AlignmentType::IsChildOf
                && alignment.origin.key.as_ref() == Some(child)
        })?;
        self.places.get(at)
    }
}

fn fold(first: &mut Alignment, repetition: Alignment) {
    let Some(key) = repetition.key.filter(|key| first.key.as_ref() != Some(key)) else { return };
    let also = &mut first.association.get_or_insert_default().also;
    if !also.contains(&key) {
        also.push(key);
    }
}

fn is_elsewhere(end: &Target, here: &BTreeMap<CanonicalKey, Pointer>) -> bool {
    end.key.as_ref().map_or(end.is_coded(), |key| !here.contains_key(key))
}

fn leads_out(alignment: &Alignment) -> bool {
    let is_web_page =
        alignment.target.key.as_ref().is_some_and(|key| key.scheme() == KeyScheme::Iri);
    let association = alignment.association.as_ref();
    let target_type = association.and_then(|association| association.target_type.as_deref());
    let is_foreign = target_type.is_some_and(|kind| kind.starts_with("ext:"));
    is_foreign || (alignment.kind == AlignmentType::Exemplar && is_web_page)
}

fn triple(alignment: &Alignment) -> Triple {
    let end = |target: &Target| {
        let key = target.key.as_ref().map(CanonicalKey::as_str);
        key.or(target.uri.as_deref()).unwrap_or_default().to_owned()
    };
    let association = alignment.association.as_ref();
    let grouping = association.and_then(|association| association.grouping.as_ref());
    let grouping = grouping.map(end).unwrap_or_default();
    (alignment.kind.as_str().to_owned(), end(&alignment.origin), end(&alignment.target), grouping)
}

fn alignment(normalizer: &mut Normalizer, association: CFAssociation) -> Option<Alignment> {
    let entity = &association.entity;
    let origin = association.origin_node_uri.as_ref();
    let destination = association.destination_node_uri.as_ref();
    let (Some(from), Some(to)) = (origin, destination) else {
        let lacking = if origin.is_none() { "originNodeURI" } else { "destinationNodeURI" };
        normalizer.oddities.note(&entity.pointer, WarningKind::MissingEnd, lacking);
        return None;
    };
    let (origin_type, target_type) = (from.target_type.clone(), to.target_type.clone());
    let origin = normalizer.target(Some(from))?;
    let target = normalizer.target(Some(to))?;
    let identity = identity(normalizer, entity);
    note_ends(normalizer, &entity.pointer, &origin, &target);
    let (kind, term) = kind_of(normalizer, &association);
    let named = association.cf_document_uri.as_ref().filter(|_| normalizer.framework.is_none());
    let association_itself = Association {
        also: Vec::new(),
        uri: association.entity.uri,
        grouping: normalizer.target(association.cf_association_grouping_uri.as_ref()),
        notes: association.notes,
        last_change: association.entity.last_change,
        target_type,
        origin_type,
        framework: normalizer.target(named),
        extensions: association.entity.extensions.map(|value| value.to_string()),
    };
    let alignment = Alignment {
        key: identity.as_ref().map(|identity| identity.key.clone()),
        term,
        sequence: association.sequence_number,
        association: Some(Box::new(association_itself)),
        ..Alignment::between(origin, kind, target)
    };
    if let Some(identity) = identity {
        normalizer.keep_unknown(&identity.subject, association.entity.unknown);
    }
    Some(alignment)
}

/// An association stands by its ends; an identifier of its own is required and not needed.
fn identity(normalizer: &mut Normalizer, entity: &Entity) -> Option<Identity> {
    let identity = identity_of(entity, &normalizer.host, &mut normalizer.oddities);
    normalizer.note_missing(entity);
    if identity.is_none() {
        normalizer.oddities.note(&entity.pointer, WarningKind::MissingField, "identifier");
    }
    identity
}

/// Reads the type; gives it with the word as it was written.
fn kind_of(normalizer: &mut Normalizer, association: &CFAssociation) -> (AlignmentType, String) {
    let term = association.association_type.clone().unwrap_or_default();
    let place = association.entity.pointer.member("associationType");
    let mut warn = |kind| normalizer.oddities.note(&place, kind, &term);
    let kind = match AlignmentType::from_case(&term) {
        AlignmentType::Other(_) if term.is_empty() => AlignmentType::IsRelatedTo,
        AlignmentType::Other(other) => {
            if !AlignmentType::is_extension(&other) {
                warn(WarningKind::UnknownAssociationType);
            }
            AlignmentType::Other(other)
        }
        known => {
            if known.as_str() != term {
                warn(WarningKind::AssociationTypeSpelling);
            }
            known
        }
    };
    (kind, term)
}

fn note_ends(normalizer: &mut Normalizer, place: &Pointer, origin: &Target, target: &Target) {
    if origin.key.is_some() && origin.key == target.key {
        let key = origin.key.as_ref().map_or("", CanonicalKey::as_str);
        normalizer.oddities.note(place, WarningKind::SelfAssociation, key);
    }
    for (field, end) in [("originNodeURI", origin), ("destinationNodeURI", target)] {
        if end.iri().is_none() && !end.is_coded() {
            let detail = end.uri.as_deref().unwrap_or_default();
            normalizer.oddities.note(&place.member(field), WarningKind::UnresolvableEnd, detail);
        }
    }
}
