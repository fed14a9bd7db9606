//! What follows from a record of CTDL: one flat link for each alignment, the inverses that publishers leave out, and the order
//! of lists.

use crate::alignment::{Alignment, AlignmentType};
use crate::quads::writer::GraphWriter;
use crate::vocab::{alidade, ceasn, ceterms, rdf};

/// Writes what follows from one alignment of a record of CTDL.
pub(crate) fn derive_link(out: &mut GraphWriter<'_>, alignment: &Alignment) {
    let (Some(origin), Some(target)) = (alignment.origin.iri(), alignment.target.iri()) else {
        return;
    };
    if alignment.kind == AlignmentType::IsChildOf {
        return derive_child(out, alignment, &origin, &target);
    }
    let predicate = format!("{}{}", alidade::NAMESPACE, alignment.kind.as_str());
    out.link(&origin, &predicate, &target);
    if let Some(inverse) = inverse_of(&alignment.kind) {
        out.link(&target, inverse, &origin);
    }
}

/// Writes a child into its parent, whichever of the two said so, at its place.
fn derive_child(out: &mut GraphWriter<'_>, alignment: &Alignment, child: &str, parent: &str) {
    let is_top = alignment.path.as_deref().is_some_and(|property| property.contains("Top"));
    let (up, down) = match alignment.path.as_deref() {
        Some(property) if property.starts_with("skos:") => return,
        _ if is_top => (ceasn::IS_TOP_CHILD_OF, ceasn::HAS_TOP_CHILD),
        _ => (ceasn::IS_CHILD_OF, ceasn::HAS_CHILD),
    };
    out.link(child, up, parent);
    out.link(parent, down, child);
    if let Some(at) = alignment.sequence {
        // [RDF Schema](https://www.w3.org/TR/rdf-schema/#ch_containermembershipproperty) has a property for each place.
        out.link(parent, &format!("{}_{at}", rdf::NAMESPACE), child);
    }
}

fn inverse_of(kind: &AlignmentType) -> Option<&'static str> {
    Some(match kind {
        AlignmentType::OwnedBy => ceterms::OWNS,
        AlignmentType::OfferedBy => ceterms::OFFERS,
        AlignmentType::AccreditedBy => ceterms::ACCREDITS,
        AlignmentType::ApprovedBy => ceterms::APPROVES,
        AlignmentType::RecognizedBy => ceterms::RECOGNIZES,
        AlignmentType::RegulatedBy => ceterms::REGULATES,
        AlignmentType::RenewedBy => ceterms::RENEWS,
        AlignmentType::RevokedBy => ceterms::REVOKES,
        AlignmentType::HasPart => ceterms::IS_PART_OF,
        AlignmentType::HasMember => ceterms::IS_MEMBER_OF,
        _ => return None,
    })
}
