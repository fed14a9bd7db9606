//! Records read by another hand: `oxjsonld`, under the contexts as they were published in 2026.
//!
//! A conforming processor drops what its context does not define and what is no IRI, and takes nothing for what it probably means.
//! So the record is put before it in the form that the reader understands it to have. Each step says what the reader does besides
//! JSON-LD:
//!
//! 1. Language maps stand for their texts at any term and in arrays; their tags are repaired (`en:us`, `en_US`).
//! 2. A text that is no IRI stays a text where the context asks for an IRI; a CTID alone is the address of its record.
//! 3. Keys are read in any spelling of their namespace.
//! 4. Contact values are left out.
//! 5. Terms that the context does not define are left out, on both sides ([`Published::defined`]).

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use oxjsonld::JsonLdParser;
use oxrdf::Quad;
use serde_json::{Map, Value, json};

use crate::conformance::isomorphism::is_ctid;

type Object = Map<String, Value>;

/// The two published contexts as one.
pub(super) struct Published {
    terms: Object,
    prefixes: BTreeMap<String, String>,
}

/// What reaches a person, by property and by class.
pub(super) const CONTACT: [&str; 6] = [
    "ceterms:contactPoint",
    "ceterms:email",
    "ceterms:employee",
    "ceterms:faxNumber",
    "ceterms:targetContactPoint",
    "ceterms:telephone",
];
const CONTACT_CLASS: &str = "ceterms:ContactPoint";

impl Published {
    /// Reads both contexts; where both define a term they agree.
    pub(super) fn read(folder: &Path) -> Self {
        let read = |name: &str| -> Object {
            let text = fs::read_to_string(folder.join("schema/2026").join(name)).unwrap();
            let mut file: Value = serde_json::from_str(&text).unwrap();
            serde_json::from_value(file["@context"].take()).unwrap()
        };
        let mut terms = read("ctdl-context.json");
        for (name, definition) in read("ctdlasn-context.json") {
            let held = terms.entry(name.clone()).or_insert(definition.clone());
            assert_eq!(*held, definition, "{name}");
        }
        let prefixes = terms
            .iter()
            .filter_map(|(name, iri)| Some((name.clone(), iri.as_str()?.to_owned())))
            .collect();
        Self { terms, prefixes }
    }

    /// Tells whether a record names a published context.
    pub(super) fn is_named_by(context: &Value) -> bool {
        match context {
            Value::String(address) => address.contains("//credreg."),
            Value::Array(parts) => parts.iter().any(Self::is_named_by),
            _ => false,
        }
    }

    /// The term that a key is read as: without the space and colon that some publishers leave behind it, in the usual prefix.
    fn term(&self, key: &str) -> String {
        let key = key.trim().trim_end_matches(':');
        let spelt = key.replace("http://purl.org/ctdl", "https://purl.org/ctdl");
        let known = self.prefixes.iter().find_map(|(prefix, iri)| {
            Some(format!("{prefix}:{}", spelt.strip_prefix(iri.as_str())?))
        });
        known.unwrap_or_else(|| key.to_owned())
    }

    fn coercion(&self, term: &str) -> Option<&str> {
        let definition = self.terms.get(term)?.as_object()?;
        ["@type", "@container"].iter().find_map(|key| definition.get(*key)).and_then(Value::as_str)
    }

    /// The part of a value that the contexts define.
    pub(super) fn defined(&self, value: &Value) -> Value {
        match value {
            Value::Array(values) => values.iter().map(|value| self.defined(value)).collect(),
            Value::Object(object) if is_language_map(object) => value.clone(),
            Value::Object(object) => {
                let kept = object.iter().filter(|(key, _)| {
                    key.starts_with('@') || self.coercion(&self.term(key)).is_some()
                });
                kept.map(|(key, value)| {
                    let is_own = matches!(key.as_str(), "@context" | "@type" | "@id");
                    (key.clone(), if is_own { value.clone() } else { self.defined(value) })
                })
                .collect()
            }
            _ => value.clone(),
        }
    }

    /// Reads a record as a conforming processor does.
    pub(super) fn quads(&self, record: &Value) -> Result<Vec<Quad>, String> {
        let own = |context: &Value| match context {
            Value::Array(parts) => parts.iter().filter(|part| part.is_object()).cloned().collect(),
            _ => Vec::new(),
        };
        let own = own(&record["@context"]);
        let prefixes = own.iter().filter_map(Value::as_object).flatten();
        let prefixes: Vec<&str> = prefixes.map(|(name, _)| name.as_str()).collect();
        let mut prepared = self.node(record.as_object().unwrap(), &prefixes);
        let context = [vec![Value::Object(self.terms.clone())], own].concat();
        prepared.insert("@context".to_owned(), Value::Array(context));
        let bytes = Value::Object(prepared).to_string();
        let quads: Result<Vec<Quad>, _> = JsonLdParser::new().for_slice(&bytes).collect();
        quads.map_err(|error| error.to_string())
    }

    fn node(&self, node: &Object, prefixes: &[&str]) -> Object {
        let mut out = Object::new();
        for (key, value) in node {
            match key.as_str() {
                "@context" => {}
                "@id" => {
                    let id = value.as_str().and_then(|id| self.reference(id, prefixes));
                    out.extend(id.map(|id| (key.clone(), id.into())));
                }
                "@type" => drop(out.insert(key.clone(), value.clone())),
                "@graph" => drop(out.insert(key.clone(), self.values(value, "", prefixes))),
                _ => {
                    let term = self.term(key);
                    if !CONTACT.contains(&term.as_str()) {
                        out.insert(term.clone(), self.values(value, &term, prefixes));
                    }
                }
            }
        }
        out
    }

    fn values(&self, value: &Value, term: &str, prefixes: &[&str]) -> Value {
        match value {
            Value::Array(values) => {
                let each = values.iter().map(|value| self.values(value, term, prefixes));
                each.flat_map(|value| match value {
                    Value::Array(values) => values,
                    other => vec![other],
                })
                .collect()
            }
            Value::String(text) if self.coercion(term) == Some("@id") => {
                match self.reference(text, prefixes) {
                    _ if text.trim().is_empty() => Value::Null,
                    Some(iri) => iri.into(),
                    None => json!({ "@value": text }),
                }
            }
            Value::Object(object) if is_language_map(object) => texts(object),
            Value::Object(object) if object.contains_key("@value") => value.clone(),
            Value::Object(object) => {
                if object
                    .get("@type")
                    .is_some_and(|class| class.to_string().contains(CONTACT_CLASS))
                {
                    return Value::Null;
                }
                if let Some(values) = ["@list", "@set"].iter().find_map(|key| object.get(*key)) {
                    return self.values(values, term, prefixes);
                }
                if let (Some(id), 1) = (object.get("@id").and_then(Value::as_str), object.len()) {
                    return match self.reference(id, prefixes) {
                        Some(iri) => json!({ "@id": iri }),
                        None => json!({ "@value": id }),
                    };
                }
                Value::Object(self.node(object, prefixes))
            }
            other => other.clone(),
        }
    }

    /// A text as the reference that it is; `None` where it is none.
    fn reference(&self, text: &str, prefixes: &[&str]) -> Option<String> {
        let text = text.trim();
        if is_ctid(&text.to_lowercase()) {
            let address = "https://credentialengineregistry.org/resources/";
            return Some(format!("{address}{}", text.to_lowercase()));
        }
        let (prefix, local) = text.split_once(':')?;
        let is_known =
            prefix == "_" || prefixes.contains(&prefix) || self.prefixes.contains_key(prefix);
        let is_iri = oxrdf::NamedNode::new(text).is_ok();
        ((is_known && !local.starts_with("//")) || is_iri).then(|| text.to_owned())
    }
}

/// Tells whether an object holds texts by language.
fn is_language_map(object: &Object) -> bool {
    let is_tag = |tag: &str| {
        let first = tag.split(['-', '_', ':']).next().unwrap_or_default();
        (2..=3).contains(&first.len())
            && tag.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
    };
    let is_text = |value: &Value| match value {
        Value::Array(values) => values.iter().all(Value::is_string),
        other => other.is_string(),
    };
    !object.is_empty() && object.iter().all(|(tag, value)| is_tag(tag) && is_text(value))
}

/// The texts of a language map, each saying its language itself.
fn texts(map: &Object) -> Value {
    let each = map.iter().flat_map(|(tag, value)| {
        let texts = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        let tag = tag.replace(['_', ':'], "-");
        texts.iter().map(move |text| json!({ "@value": text, "@language": tag }))
    });
    each.collect()
}
