//! What a document is taken apart into.

use std::collections::BTreeMap;

use serde::de::DeserializeSeed;
use serde_json::{Map, Value};

use crate::case::document::entities::entity;
use crate::case::document::flat;
use crate::case::document::shape::Shape;
use crate::case::document::top_level::TopLevel;
use crate::case::model::{
    CFAssociation, CFDefinition, CFDocument, CFItem, CFRubric, CFRubricCriterion,
    CFRubricCriterionLevel, Form,
};
use crate::oddities::Oddities;
use crate::pointer::Pointer;
use crate::record::{NormalizeError, WarningKind};

/// Everything one document holds.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// The framework of a package.
    pub document: Option<CFDocument>,
    /// The frameworks of a listing.
    pub documents: Vec<CFDocument>,
    pub items: Vec<CFItem>,
    pub associations: Vec<CFAssociation>,
    pub rubrics: Vec<CFRubric>,
    pub criteria: Vec<CFRubricCriterion>,
    pub levels: Vec<CFRubricCriterionLevel>,
    pub definitions: Vec<CFDefinition>,
    /// What a package says beside its entities (`extensions` of its own and of `CFDefinitions`, unknown members), by place.
    pub beside: Vec<(Pointer, Value)>,
    pub counts: BTreeMap<String, u64>,
    pub oddities: Oddities,
    pub shape: Shape,
}

impl Parts {
    /// The kind of the document in the standard's word.
    pub(crate) fn kind(&self) -> &'static str {
        self.shape.kind(self.is_single_document())
    }

    /// Tells whether the document is a package with its framework, and so the whole of what it describes.
    pub(crate) fn is_whole(&self) -> bool {
        self.shape.is_package() && self.document.is_some() && !self.is_single_document()
    }

    /// Tells whether a `CFDocument` came in a wrapper and alone: only the form outside a package names its package.
    fn is_single_document(&self) -> bool {
        let names_package = |document: &CFDocument| document.cf_package_uri.is_some();
        self.shape.is_document_alone() && self.document.as_ref().is_some_and(names_package)
    }

    pub(super) fn count(&mut self, class: &str, n: usize) {
        if n > 0 {
            let n = u64::try_from(n).unwrap_or(u64::MAX);
            *self.counts.entry(class.to_owned()).or_default() += n;
        }
    }
}

/// Takes a document apart.
pub(crate) fn read(bytes: &[u8]) -> Result<Parts, NormalizeError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut parts = Parts::default();
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let outcome = TopLevel::of(&mut parts, Pointer::default()).deserialize(&mut deserializer);
    let rest = outcome.map_err(|source| NormalizeError::NotJson { source })?;
    deserializer.end().map_err(|source| NormalizeError::NotJson { source })?;
    let Some(rest) = rest else { return Err(wrong_shape("a JSON object")) };
    if parts.shape.is_known() {
        set_beside(&mut parts, &Pointer::default(), rest);
    } else {
        flat_entity(&mut parts, rest)?;
    }
    Ok(parts)
}

fn wrong_shape(expected: &'static str) -> NormalizeError {
    NormalizeError::WrongShape { expected, pointer: String::new() }
}

/// Reads a document that is itself one entity.
fn flat_entity(parts: &mut Parts, object: Map<String, Value>) -> Result<(), NormalizeError> {
    let Some(member) = flat::class_of(&object) else {
        return Err(wrong_shape(
            "a CASE package, document, item, association, rubric or definition",
        ));
    };
    parts.shape.set_flat(member);
    entity(parts, member, Form::Standalone, Pointer::default(), Value::Object(object));
    Ok(())
}

/// Keeps what stands beside the entities, and reports what the standard does not have there.
pub(super) fn set_beside(parts: &mut Parts, place: &Pointer, members: Map<String, Value>) {
    for (name, value) in members {
        // Servers add their paging to a listing.
        if value.is_null() || matches!(name.as_str(), "total" | "limit" | "offset") {
            continue;
        }
        let place = place.member(&name);
        if name != "extensions" {
            parts.oddities.note(&place, WarningKind::UnknownField, &name);
        }
        parts.beside.push((place, value));
    }
}
