//! The two graphs of one document.

use oxrdf::Quad;

use crate::quads::assertion::{assert_alignment, assert_resource};
use crate::quads::derivation::Derivation;
use crate::quads::writer::GraphWriter;
use crate::record::{Normalized, Provenance};
use crate::resource::Resource;
use crate::vocab::{alidade, prov, xsd};

/// Writes every quad of a document; the same document always gives the same quads in the same order.
///
/// A provisional record gives no more than the word that it is one.
pub fn write(normalized: &Normalized, provenance: &Provenance, sink: &mut dyn FnMut(Quad)) {
    if normalized.provisional {
        return write_provisional(provenance, sink);
    }
    if let Some(mut asserted) = GraphWriter::open(&provenance.asserted_graph(), sink) {
        for resource in &normalized.resources {
            assert_resource(&mut asserted, resource);
        }
        let language = language_of(normalized);
        // Those of CTDL stand in the nodes already.
        let own = normalized.alignments.iter().filter(|alignment| alignment.path.is_none());
        for alignment in own {
            assert_alignment(&mut asserted, alignment, language);
        }
        for (subject, fields) in &normalized.unknown {
            let text = serde_json::Value::Object(fields.clone()).to_string();
            asserted.json(subject, alidade::UNKNOWN_FIELDS, &text);
        }
    }
    if let Some(mut derived) = GraphWriter::open(&provenance.derived_graph(), sink) {
        Derivation::of(normalized).write(&mut derived);
        let graph = provenance.asserted_graph();
        derived.typed(&graph, prov::GENERATED_AT_TIME, &provenance.fetched_at, xsd::DATE_TIME);
        derived.text(&graph, alidade::DIGEST, &provenance.digest);
        if let Some(envelope) = &normalized.envelope {
            derived.text(&graph, alidade::SIGNATURE, envelope.signature.as_str());
            derived.optional(&graph, alidade::COMMUNITY, envelope.community.as_ref());
        }
    }
}

fn write_provisional(provenance: &Provenance, sink: &mut dyn FnMut(Quad)) {
    if let Some(mut derived) = GraphWriter::open(&provenance.derived_graph(), sink) {
        derived.text(&provenance.asserted_graph(), alidade::STATUS, "provisional");
    }
}

/// The language of a document that says no other.
fn language_of(normalized: &Normalized) -> Option<&str> {
    normalized.resources.iter().find_map(|resource| match resource {
        Resource::Framework(framework) => framework.language.as_deref(),
        _ => None,
    })
}
