//! From `CFAssociation` to `Alignment`, repetitions folded.

use std::collections::BTreeMap;

use crate::alignment::{Alignment, AlignmentType, Target};
use crate::case::model::CFAssociation;
use crate::case::normalize::Normalizer;
use crate::id::{CanonicalKey, Guid, identify};
use crate::record::{Warning, WarningKind};

/// What makes two associations one: the same type between the same ends in the same grouping.
type Triple = (String, String, String, String);

/// The associations of one document that were read so far.
#[derive(Default)]
pub(super) struct Associations {
    by_triple: BTreeMap<Triple, usize>,
    by_key: BTreeMap<CanonicalKey, usize>,
}

impl Associations {
    /// Reads an association into the alignments, or folds it into the one it repeats.
    pub(super) fn read(&mut self, normalizer: &mut Normalizer, association: CFAssociation) {
        let pointer = association.pointer.clone();
        let Some(alignment) = alignment(normalizer, association) else { return };
        let warn = |normalizer: &mut Normalizer, kind, detail: &str| {
            normalizer.out.warnings.push(Warning::new(&pointer, kind, detail));
        };
        let name = alignment.key.as_ref().map(CanonicalKey::as_str).unwrap_or_default().to_owned();
        if let Some(first) = self.by_triple.get(&triple(&alignment)) {
            warn(normalizer, WarningKind::RepeatedAssociation, &name);
            if let Some(first) = normalizer.out.alignments.get_mut(*first) {
                let is_new = |key: &CanonicalKey| {
                    first.key.as_ref() != Some(key) && !first.also.contains(key)
                };
                let also = alignment.key.filter(is_new);
                first.also.extend(also);
            }
            return;
        }
        let at = normalizer.out.alignments.len();
        if let Some(key) = &alignment.key
            && self.by_key.insert(key.clone(), at).is_some()
        {
            warn(normalizer, WarningKind::RepeatedIdentifier, &name);
        }
        self.by_triple.insert(triple(&alignment), at);
        normalizer.out.alignments.push(alignment);
    }
}

fn triple(alignment: &Alignment) -> Triple {
    let end = |target: &Target| {
        let key = target.key.as_ref().map(CanonicalKey::as_str);
        key.or(target.uri.as_deref()).unwrap_or_default().to_owned()
    };
    let grouping = alignment.grouping.as_ref().map(end).unwrap_or_default();
    (alignment.kind.as_str().to_owned(), end(&alignment.origin), end(&alignment.target), grouping)
}

fn alignment(normalizer: &mut Normalizer, association: CFAssociation) -> Option<Alignment> {
    let pointer = association.pointer.as_str();
    let origin = normalizer.target(association.origin_node_uri.as_ref());
    let target = normalizer.target(association.destination_node_uri.as_ref());
    let mut warn = |field: &str, kind, detail: &str| {
        let place = format!("{pointer}/{field}");
        normalizer.out.warnings.push(Warning::new(place, kind, detail));
    };
    let (Some(origin), Some(target)) = (origin.filter(is_named), target.filter(is_named)) else {
        warn("", WarningKind::MissingEnd, association.identifier.as_deref().unwrap_or_default());
        return None;
    };
    let term = association.association_type.unwrap_or_default();
    let kind = match AlignmentType::from_case(&term) {
        AlignmentType::Other(_) if term.is_empty() => {
            warn("associationType", WarningKind::MissingField, "associationType");
            AlignmentType::IsRelatedTo
        }
        AlignmentType::Other(other) => {
            if !other.starts_with("ext:") {
                warn("associationType", WarningKind::UnknownAssociationType, &other);
            }
            AlignmentType::Other(other)
        }
        known => {
            if known.as_str() != term {
                warn("associationType", WarningKind::AssociationTypeSpelling, &term);
            }
            known
        }
    };
    if origin.key.is_some() && origin.key == target.key {
        warn("destinationNodeURI", WarningKind::SelfAssociation, &term);
    }
    for (field, end) in [("originNodeURI", &origin), ("destinationNodeURI", &target)] {
        let detail = end.uri.as_deref().unwrap_or_default();
        if end.iri().is_none() {
            warn(field, WarningKind::UnresolvableEnd, detail);
        }
    }
    let key = association_key(association.identifier.as_deref(), association.uri.as_deref());
    if key.is_none() {
        warn("identifier", WarningKind::MissingField, "identifier");
    }
    Some(Alignment {
        key,
        also: Vec::new(),
        uri: association.uri,
        kind,
        term,
        origin,
        target,
        sequence: association.sequence_number,
        grouping: normalizer.target(association.cf_association_grouping_uri.as_ref()),
        notes: association.notes,
        last_change: association.last_change_date_time,
        target_type: association.destination_node_uri.and_then(|link| link.target_type),
        extensions: association.extensions,
    })
}

/// An association stands by its ends; an identifier of its own is welcome and not required.
fn association_key(identifier: Option<&str>, uri: Option<&str>) -> Option<CanonicalKey> {
    let guid = identifier.and_then(|text| text.trim().parse::<Guid>().ok());
    guid.map(|guid| CanonicalKey::guid(&guid)).or_else(|| uri.and_then(|uri| identify(uri).key))
}

fn is_named(target: &Target) -> bool {
    target.key.is_some() || target.uri.is_some()
}
