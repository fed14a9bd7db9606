//! The context of one document: our term tables, and what the document defines besides.
//!
//! A context is chosen by its address, whatever its scheme, mirror or last slash, and never fetched. Where none is named, or one
//! that is not known, the published terms still mean what they mean: the tables are used, and it is said.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::oddities::Oddities;
use crate::pointer::Pointer;
use crate::record::WarningKind;
use crate::term::{self, Coercion};

/// A property as a key of a document names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Property {
    /// Compact where the namespace is known, else an absolute IRI.
    pub name: String,
    /// How its values are read.
    pub coercion: Coercion,
}

/// What the terms of one document mean.
#[derive(Debug, Default)]
pub(crate) struct Context {
    /// The document's own prefixes and terms, by name, with their absolute IRIs.
    own: BTreeMap<String, String>,
    /// The coercions that the document's own terms state.
    coercions: BTreeMap<String, Coercion>,
    vocab: Option<String>,
    language: Option<String>,
}

/// Names what no context defines.
const UNDEFINED: &str = "urn:alidade:term:";

impl Context {
    /// Reads the `@context` of the record that stands at a place.
    pub(crate) fn of(value: Option<&Value>, record: &Pointer, oddities: &mut Oddities) -> Self {
        let mut context = Self::default();
        match value {
            None | Some(Value::Null) => oddities.note(record, WarningKind::NoContext, ""),
            Some(value) => context.add(value, &record.member("@context"), oddities),
        }
        context
    }

    fn add(&mut self, value: &Value, place: &Pointer, oddities: &mut Oddities) {
        match value {
            Value::String(address) => {
                if !is_known(address) {
                    oddities.note(place, WarningKind::UnknownContext, address);
                }
            }
            Value::Array(values) => {
                for (at, value) in values.iter().enumerate() {
                    self.add(value, &place.element(at), oddities);
                }
            }
            Value::Object(definitions) => self.define(definitions),
            _ => oddities.note(place, WarningKind::UnknownContext, "no context at all"),
        }
    }

    fn define(&mut self, definitions: &Map<String, Value>) {
        self.vocab = text(definitions, "@vocab").or(self.vocab.take());
        self.language = text(definitions, "@language").or(self.language.take());
        // Terms may be defined by prefixes that stand behind them.
        for round in 0..2 {
            for (name, value) in definitions.iter().filter(|(name, _)| !name.starts_with('@')) {
                let id = match value {
                    Value::String(id) => Some(id.as_str()),
                    Value::Object(definition) => definition.get("@id").and_then(Value::as_str),
                    _ => None,
                };
                if let Some(iri) = id.and_then(|id| self.absolute(id)) {
                    self.own.insert(name.clone(), iri);
                }
                if round == 0
                    && let Value::Object(definition) = value
                    && let Some(coercion) = own_coercion(definition)
                {
                    self.coercions.insert(name.clone(), coercion);
                }
            }
        }
    }

    fn absolute(&self, id: &str) -> Option<String> {
        if id.contains("://") || id.starts_with("urn:") {
            return Some(id.to_owned());
        }
        let (prefix, local) = id.split_once(':')?;
        let namespace =
            self.own.get(prefix).map(String::as_str).or_else(|| term::namespace(prefix))?;
        Some(format!("{namespace}{local}"))
    }

    /// The language of texts that state none.
    pub(crate) fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// Reads a key; gives also whether any context defines it.
    pub(crate) fn property(&self, key: &str) -> (Property, bool) {
        let name = self.name(key);
        let own = self.coercions.get(key).copied();
        let coercion = match term::coercion(&name) {
            Coercion::Unknown => own.unwrap_or(Coercion::Unknown),
            known => known,
        };
        let is_defined = coercion != Coercion::Unknown || self.own.contains_key(key);
        (Property { name, coercion }, is_defined)
    }

    /// Reads the name of a class or property: compact where its namespace is known, else an absolute IRI.
    pub(crate) fn name(&self, key: &str) -> String {
        let key = key.trim().trim_end_matches(':');
        let iri = self.own.get(key).cloned().or_else(|| self.absolute(key)).or_else(|| {
            let vocab = self.vocab.as_deref().filter(|_| !key.contains(':'))?;
            Some(format!("{vocab}{key}"))
        });
        match iri {
            Some(iri) => term::compact(&iri).unwrap_or(iri),
            None => format!("{UNDEFINED}{}", crate::vocab::encode(key)),
        }
    }

    /// Expands a reference; `None` where it is neither absolute nor behind a known prefix.
    pub(crate) fn iri(&self, text: &str) -> Option<String> {
        let iri = self.absolute(text)?;
        Some(term::normal_namespace(&iri).unwrap_or(iri))
    }
}

fn text(definitions: &Map<String, Value>, name: &str) -> Option<String> {
    definitions.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn own_coercion(definition: &Map<String, Value>) -> Option<Coercion> {
    let word = |name| definition.get(name).and_then(Value::as_str);
    let is_language = word("@container") == Some("@language");
    let coercion = if is_language { "@language" } else { word("@type")? };
    Some(term::coercion_of(coercion)).filter(|coercion| *coercion != Coercion::Unknown)
}

/// The hosts that serve the published contexts.
const HOSTS: &[&str] = &["credreg.net", "credreg.com", "credreg.org"];

/// Tells whether an address is that of a published context, or of another standard's that a record may name beside it.
fn is_known(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/');
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let is_vocabulary = ["ctdl", "ctdlasn", "qdata"]
        .iter()
        .any(|name| path == format!("{name}/schema/context/json"));
    HOSTS.contains(&host.to_ascii_lowercase().as_str()) && is_vocabulary
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Context, is_known};
    use crate::oddities::Oddities;
    use crate::pointer::Pointer;
    use crate::record::WarningKind;
    use crate::term::Coercion;

    fn context(value: &Value) -> (Context, Vec<WarningKind>) {
        let mut oddities = Oddities::default();
        let context = Context::of(Some(value), &Pointer::default(), &mut oddities);
        (context, oddities.finish().0.into_iter().map(|warning| warning.kind).collect())
    }

    #[test]
    fn a_context_is_known_by_its_address_in_any_spelling() {
        for address in [
            "http://credreg.net/ctdl/schema/context/json",
            "https://www.credreg.net/ctdlasn/schema/context/json/",
            "https://credreg.org/qdata/schema/context/json",
        ] {
            assert!(is_known(address), "{address}");
        }
        assert!(!is_known("https://example.org/ctdl/schema/context/json"));
        assert_eq!(context(&json!("https://example.org/c")).1, [WarningKind::UnknownContext]);
    }

    #[test]
    fn a_document_may_define_terms_of_its_own() {
        let (context, odd) = context(&json!([
            "https://credreg.net/ctdl/schema/context/json",
            {"res": "https://example.org/resources/", "jdx": "https://example.org/jdx/",
             "title": {"@id": "jdx:title", "@container": "@language"}, "old": "http://purl.org/ctdl/terms/",
             "@vocab": "https://example.org/v/"}
        ]));
        assert_eq!(odd, []);
        assert_eq!(context.iri("res:1").as_deref(), Some("https://example.org/resources/1"));
        assert_eq!(context.name("title"), "https://example.org/jdx/title");
        assert_eq!(context.property("title").0.coercion, Coercion::Language);
        assert_eq!(context.name("old:name"), "ceterms:name");
        assert_eq!(context.name("plain"), "https://example.org/v/plain");
        assert_eq!(
            context.property("http://purl.org/ctdl/terms/name").0.coercion,
            Coercion::Language
        );
    }

    #[test]
    fn a_term_that_nobody_defines_keeps_its_name() {
        let (context, _) = context(&json!("http://credreg.net/ctdl/schema/context/json"));
        let (property, is_defined) = context.property("socList");
        assert_eq!((property.name.as_str(), is_defined), ("urn:alidade:term:socList", false));
        let (property, is_defined) = context.property("ceterms:targeName");
        assert_eq!((property.name.as_str(), is_defined), ("ceterms:targeName", false));
        assert_eq!(context.property("ceterms:name ").0.coercion, Coercion::Language);
        assert_eq!(context.iri("no prefix"), None);
    }
}
