//! From the JSON of a node to [`Node`]: terms expanded, language maps repaired, lists unrolled, blank nodes named.

use std::collections::BTreeMap;

use oxrdf::NamedNode;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::ctdl::contact;
use crate::ctdl::context::{Context, Property};
use crate::ctdl::language::{is_language_map, repaired_tag};
use crate::ctdl::link;
use crate::node::{Node, Object, Statement};
use crate::oddities::Oddities;
use crate::pointer::Pointer;
use crate::record::WarningKind;
use crate::term::{Coercion, interned};

/// How deep nodes may stand inside each other. A node is kept as JSON, five levels of it for one of these, and a reader of JSON gives up
/// at 128.
const MAX_DEPTH: usize = 16;

/// Expands the nodes of one document.
pub(crate) struct Expander {
    context: Context,
    /// Tells the blank nodes of this document from those of others.
    scope: String,
    oddities: Oddities,
    /// How many nodes of each class were met, withheld ones among them.
    counts: BTreeMap<String, u64>,
    /// Nodes that stand beside the one that is being expanded.
    included: Vec<(Pointer, Node)>,
}

impl Expander {
    /// Expands under a context; `document` names the document among others.
    pub(crate) fn new(context: Context, document: &str, oddities: Oddities) -> Self {
        let digest = Sha256::digest(document.as_bytes());
        let scope =
            digest.iter().take(8).fold(0_u64, |scope, byte| (scope << 8) | u64::from(*byte));
        let scope = format!("{scope:016x}");
        Self { context, scope, oddities, counts: BTreeMap::new(), included: Vec::new() }
    }

    /// Notes something at the top of the record that is no node.
    pub(crate) fn note_no_node(&mut self, place: &Pointer) {
        self.oddities.note(place, WarningKind::NotAnObject, "");
    }

    /// Gives what was odd, and how many nodes of each class were met.
    pub(crate) fn finish(self) -> (Oddities, BTreeMap<String, u64>) {
        (self.oddities, self.counts)
    }

    /// Expands one node, with those that it brings along ([JSON-LD](https://www.w3.org/TR/json-ld11/#included-nodes)); none that is
    /// withheld.
    pub(crate) fn nodes(
        &mut self,
        object: Map<String, Value>,
        place: &Pointer,
    ) -> Vec<(Pointer, Node)> {
        if self.is_withheld(&object) {
            self.count(&Value::Object(object));
            return Vec::new();
        }
        let node = self.nested(object, place, 0);
        let mut nodes = vec![(place.clone(), node)];
        nodes.append(&mut self.included);
        nodes
    }

    /// Takes in the nodes that one brings along; they stand beside it, however deep they are written.
    fn include(&mut self, value: Value, place: &Pointer, depth: usize) {
        match value {
            Value::Array(values) => {
                for (at, value) in values.into_iter().enumerate() {
                    self.include(value, &place.element(at), depth);
                }
            }
            Value::Object(object) if self.is_withheld(&object) => {
                self.count(&Value::Object(object));
            }
            Value::Object(object) => {
                let node = self.nested(object, place, depth);
                self.included.push((place.clone(), node));
            }
            _ => self.note_no_node(place),
        }
    }

    /// Tells whether a node is one that reaches a person.
    fn is_withheld(&self, object: &Map<String, Value>) -> bool {
        let types = object.get("@type").map(|value| self.types(value)).unwrap_or_default();
        types.iter().any(|class| contact::is_withheld_class(class))
    }

    /// Counts the nodes in a value that is withheld, and says nothing else of it.
    fn count(&mut self, value: &Value) {
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            match value {
                Value::Array(values) => open.extend(values),
                Value::Object(object) => {
                    for class in
                        object.get("@type").map(|value| self.types(value)).unwrap_or_default()
                    {
                        *self.counts.entry(class).or_default() += 1;
                    }
                    open.extend(object.values());
                }
                _ => {}
            }
        }
    }

    fn nested(&mut self, object: Map<String, Value>, place: &Pointer, depth: usize) -> Node {
        let mut node = Node::default();
        for (key, value) in object {
            match key.as_str() {
                "@id" if value.is_string() => node.id = self.id(&value, &place.member(&key)),
                // Some spell it without the sign. What is no address is a text, perhaps in Indonesian.
                "id" if value.as_str().is_some_and(|text| self.iri(text.trim()).is_some()) => {
                    node.id = self.id(&value, &place.member(&key));
                }
                "@type" => node.types = self.types(&value),
                "@context" | "@index" => {}
                "@included" => self.include(value, &place.member("@included"), depth),
                key if key.starts_with('@') => {
                    self.oddities.note(&place.member(key), WarningKind::UnknownTerm, key);
                }
                _ => self.statement(&mut node, &key, value, (place, depth)),
            }
        }
        node.statements.shrink_to_fit();
        for class in &node.types {
            *self.counts.entry(class.clone()).or_default() += 1;
        }
        node
    }

    fn types(&self, value: &Value) -> Vec<String> {
        let words: Vec<&str> = match value {
            Value::String(class) => vec![class],
            Value::Array(classes) => classes.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        words.into_iter().map(|class| self.context.name(class)).collect()
    }

    fn id(&mut self, value: &Value, place: &Pointer) -> Option<String> {
        let text = value.as_str()?.trim();
        let iri = self.iri(text);
        if iri.is_none() {
            self.oddities.note(place, WarningKind::InvalidIri, text);
        }
        iri
    }

    fn statement(&mut self, node: &mut Node, key: &str, value: Value, at: (&Pointer, usize)) {
        let (place, depth) = at;
        let (property, is_defined) = self.context.property(key);
        let place = place.member(key);
        if !is_defined {
            self.oddities.note(&place, WarningKind::UnknownTerm, key);
        }
        if contact::is_withheld(&property.name) {
            return self.count(&value);
        }
        let mut objects = Vec::new();
        self.objects(&property, value, (&place, depth), &mut objects);
        if objects.is_empty() {
            return;
        }
        let held = node.statements.iter_mut().find(|held| *held.property == *property.name);
        if let Some(held) = held {
            held.objects.append(&mut objects);
        } else {
            // Most hold one value, and an empty list grows to four.
            objects.shrink_to_fit();
            node.statements.push(Statement { property: interned(property.name), objects });
        }
    }

    fn objects(
        &mut self,
        property: &Property,
        value: Value,
        at: (&Pointer, usize),
        out: &mut Vec<Object>,
    ) {
        let (place, depth) = at;
        match value {
            Value::Null => {}
            Value::Array(values) => {
                for (index, value) in values.into_iter().enumerate() {
                    self.objects(property, value, (&place.element(index), depth), out);
                }
            }
            Value::String(text) => out.extend(self.string(property, text, place)),
            Value::Bool(truth) => out.push(typed(&truth.to_string(), "boolean")),
            Value::Number(number) => out.push(number_of(property, &number.to_string())),
            Value::Object(object) => self.object(property, object, at, out),
        }
    }

    fn string(&mut self, property: &Property, text: String, place: &Pointer) -> Option<Object> {
        match property.coercion {
            Coercion::Link => {
                let trimmed = text.trim();
                if trimmed.is_empty() {
                    return None;
                }
                if let Some(iri) = self.iri(trimmed) {
                    let iri = link::record_of(&property.name, &iri).unwrap_or(iri);
                    return Some(Object::Iri(iri.into()));
                }
                self.oddities.note(place, WarningKind::InvalidIri, &text);
                Some(Object::Text(text.into()))
            }
            Coercion::Typed(datatype) => Some(Object::Typed(text.into(), datatype.into())),
            Coercion::Unknown if link::is_web_address(&text) => {
                let iri = self.iri(&text)?;
                Some(Object::Iri(link::record_of(&property.name, &iri).unwrap_or(iri).into()))
            }
            Coercion::Language | Coercion::Plain | Coercion::Unknown => {
                Some(match self.context.language() {
                    Some(tag) if property.coercion != Coercion::Plain => {
                        Object::Tagged(text.into(), tag.into())
                    }
                    _ => Object::Text(text.into()),
                })
            }
        }
    }

    fn object(
        &mut self,
        property: &Property,
        mut object: Map<String, Value>,
        at: (&Pointer, usize),
        out: &mut Vec<Object>,
    ) {
        let (place, depth) = at;
        for container in ["@list", "@set", "@graph"] {
            if let Some(values) = object.remove(container) {
                let place = place.member(container);
                return self.objects(property, values, (&place, depth), out);
            }
        }
        if let Some(value) = object.remove("@value") {
            out.extend(self.value(property, value, &object, place));
        } else if is_language_map(&object) && property.coercion != Coercion::Link {
            self.language_map(object, place, out);
        } else if object.len() == 1 && object.get("@id").is_some_and(Value::is_string) {
            if let Some(Value::String(id)) = object.remove("@id") {
                let link = Property { coercion: Coercion::Link, name: property.name.clone() };
                out.extend(self.string(&link, id, place));
            }
        } else if self.is_withheld(&object) {
            self.count(&Value::Object(object));
        } else if depth >= MAX_DEPTH {
            self.oddities.note(place, WarningKind::UnreadableValue, "too many levels");
            self.count(&Value::Object(object));
        } else {
            out.push(Object::Node(Box::new(self.nested(object, place, depth + 1))));
        }
    }

    /// Reads a value that says itself what it is ([JSON-LD 1.1](https://www.w3.org/TR/json-ld11/#value-objects)).
    fn value(
        &mut self,
        property: &Property,
        value: Value,
        beside: &Map<String, Value>,
        place: &Pointer,
    ) -> Option<Object> {
        let text = match value {
            Value::String(text) => text,
            Value::Null => return None,
            Value::Bool(truth) => return Some(typed(&truth.to_string(), "boolean")),
            Value::Number(number) => return Some(number_of(property, &number.to_string())),
            other => other.to_string(),
        };
        if let Some(tag) = beside.get("@language").and_then(Value::as_str) {
            return Some(self.tagged(text, tag, place));
        }
        match beside.get("@type").and_then(Value::as_str).and_then(|name| self.iri(name)) {
            Some(datatype) => Some(Object::Typed(text.into(), datatype.into())),
            None => Some(Object::Text(text.into())),
        }
    }

    fn language_map(&mut self, map: Map<String, Value>, place: &Pointer, out: &mut Vec<Object>) {
        for (tag, value) in map {
            let place = place.member(&tag);
            let texts = match value {
                Value::Array(values) => values,
                other => vec![other],
            };
            for text in texts {
                match text {
                    Value::String(text) => out.push(self.tagged(text, &tag, &place)),
                    Value::Null => {}
                    other => {
                        self.oddities.note(&place, WarningKind::WrongShape, &other.to_string());
                        out.push(Object::Text(other.to_string().into()));
                    }
                }
            }
        }
    }

    fn tagged(&mut self, text: String, tag: &str, place: &Pointer) -> Object {
        if tag == "@none" || tag == "und" {
            return Object::Text(text.into());
        }
        let repaired = repaired_tag(tag);
        if repaired.as_deref() != Some(tag) {
            self.oddities.note(place, WarningKind::LanguageTag, tag);
        }
        match repaired {
            Some(tag) => Object::Tagged(text.into(), tag.into()),
            None => Object::Text(text.into()),
        }
    }

    /// The IRI that a reference stands for: absolute, behind a prefix, a blank node's, or a bare CTID.
    fn iri(&self, text: &str) -> Option<String> {
        if let Some(label) = text.strip_prefix("_:") {
            return Some(link::blank_node(label, &self.scope));
        }
        if let Some(record) = link::bare_ctid(text) {
            return Some(record);
        }
        let iri = self.context.iri(text).unwrap_or_else(|| text.to_owned());
        if NamedNode::new(&iri).is_ok() {
            return Some(iri);
        }
        link::mended(&iri)
    }
}

fn typed(value: &str, name: &str) -> Object {
    Object::Typed(value.into(), format!("http://www.w3.org/2001/XMLSchema#{name}").into())
}

fn number_of(property: &Property, number: &str) -> Object {
    match property.coercion {
        Coercion::Typed(datatype) => Object::Typed(number.into(), datatype.into()),
        Coercion::Plain => Object::Text(number.into()),
        _ if number.contains(['.', 'e', 'E']) => typed(number, "double"),
        _ => typed(number, "integer"),
    }
}
