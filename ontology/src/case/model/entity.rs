//! What every class of CASE has.

use serde_json::{Map, Value};

use crate::case::fields::Fields;
use crate::case::pointer::Pointer;

/// Whether an entity came alone or in a package; the standard has a form of its own for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// The answer of a service of its own; it names what it belongs to.
    Standalone,
    /// A part of a package, which is what it belongs to.
    Packaged,
}

/// The fields of every class, and where the entity stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Entity {
    pub(crate) identifier: Option<String>,
    pub(crate) uri: Option<String>,
    pub(crate) last_change: Option<String>,
    pub(crate) extensions: Option<Value>,
    pub(crate) pointer: Pointer,
    /// The required fields that are absent; what becomes of the entity decides whether they matter.
    pub(crate) missing: Vec<&'static str>,
    /// The fields that the standard does not have.
    pub(crate) unknown: Map<String, Value>,
}

impl Entity {
    /// Takes the fields that every class has; `required` names the others that the class must have.
    pub(crate) fn take(fields: &mut Fields<'_>, required: &[&'static str]) -> Self {
        let mut missing = fields.missing(&["uri", "lastChangeDateTime"]);
        missing.extend(fields.missing(required));
        Self {
            identifier: fields.text_any(&["identifier", "sourcedId"]),
            uri: fields.text("uri"),
            last_change: fields.date_time("lastChangeDateTime"),
            extensions: fields.take("extensions").map(|(_, value)| value),
            pointer: fields.pointer().clone(),
            missing,
            unknown: Map::new(),
        }
    }

    /// Keeps what nobody took.
    pub(crate) fn close(&mut self, fields: Fields<'_>) {
        self.unknown = fields.finish();
    }
}
