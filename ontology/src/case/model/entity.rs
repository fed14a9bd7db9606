//! What every class of CASE has.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::case::fields::Fields;
use crate::people::without_contacts;
use crate::pointer::Pointer;

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
    pub identifier: Option<String>,
    pub uri: Option<String>,
    pub last_change: Option<String>,
    /// Without contact values.
    pub extensions: Option<Value>,
    pub pointer: Pointer,
    /// The names under which `identifier` and `uri` stand, where those are not the standard's.
    pub renamed: BTreeMap<&'static str, String>,
    /// The required fields that are absent; what becomes of the entity decides whether they matter.
    pub missing: Vec<&'static str>,
    /// The fields that the standard does not have.
    pub unknown: Map<String, Value>,
}

impl Entity {
    /// Takes the fields that every class has; `required` names the others that the class must have.
    pub(crate) fn take(fields: &mut Fields<'_>, required: &[&'static str]) -> Self {
        let mut missing = fields.missing(&["uri", "lastChangeDateTime"]);
        missing.extend(fields.missing(required));
        let mut renamed = BTreeMap::new();
        let mut naming = |fields: &mut Fields<'_>, names: &[&'static str]| {
            let (name, value) = fields.take_any(names)?;
            let text = fields.as_text(&name, value);
            let standard = names.first().filter(|standard| **standard != name);
            renamed.extend(standard.map(|standard| (*standard, name)));
            text
        };
        Self {
            identifier: naming(fields, &["identifier", "sourcedId"]),
            uri: naming(fields, &["uri"]),
            renamed,
            last_change: fields.date_time("lastChangeDateTime"),
            extensions: fields.take("extensions").map(|(_, value)| without_contacts(value)),
            pointer: fields.pointer().clone(),
            missing,
            unknown: Map::new(),
        }
    }

    /// The place of `identifier` or `uri`.
    pub(crate) fn place(&self, field: &str) -> Pointer {
        self.pointer.member(self.renamed.get(field).map_or(field, String::as_str))
    }

    /// Keeps what nobody took.
    pub(crate) fn close(&mut self, fields: Fields<'_>) {
        self.unknown = fields.finish();
    }
}
