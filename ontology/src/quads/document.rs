//! The two graphs of one document.

use oxrdf::Quad;

use crate::quads::assertion::{assert_alignment, assert_resource};
use crate::quads::derivation::Derivation;
use crate::quads::writer::GraphWriter;
use crate::record::{Normalized, Provenance};
use crate::resource::Resource;
use crate::vocab::{alidade, prov, xsd};

/// Writes every quad of a document; the same document always gives the same quads in the same order.
pub fn write(normalized: &Normalized, provenance: &Provenance, sink: &mut dyn FnMut(Quad)) {
    if let Some(mut asserted) = GraphWriter::open(&provenance.asserted_graph(), sink) {
        for resource in &normalized.resources {
            assert_resource(&mut asserted, resource);
        }
        let language = language_of(normalized);
        for alignment in &normalized.alignments {
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
    }
}

/// The language of a document that says no other.
fn language_of(normalized: &Normalized) -> Option<&str> {
    normalized.resources.iter().find_map(|resource| match resource {
        Resource::Framework(framework) => framework.language.as_deref(),
        _ => None,
    })
}
