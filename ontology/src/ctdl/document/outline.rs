//! What stands beside the nodes of a document, and what shape that makes it.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::record::NormalizeError;

/// What a document turns out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A named graph with all its nodes.
    Graph,
    /// One node alone, as `/resources/` answers: a part of its graph.
    Resource,
}

impl Shape {
    /// The shape in a word.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Graph => "graph",
            Self::Resource => "resource",
        }
    }
}

/// Everything of a document but its nodes.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// The `@context`.
    pub context: Option<Value>,
    /// The `@id` at the top: that of the graph, or of the one node.
    pub id: Option<String>,
    /// What else stands beside an `@graph` (`adms:status`).
    pub beside: Map<String, Value>,
    /// Whether there is an `@graph`.
    pub has_graph: bool,
    /// Whether there is an `@type` at the top.
    pub has_type: bool,
    /// The record inside an envelope.
    pub inner: Option<Box<Outline>>,
    /// The signed form of the record, as old envelopes have it.
    pub token: Option<String>,
}

impl Outline {
    /// The shape of the record; `None` where it has no node.
    pub(crate) fn shape(&self) -> Option<Shape> {
        if self.has_graph {
            Some(Shape::Graph)
        } else {
            let is_node = self.has_type || (self.id.is_some() && self.beside.len() > 1);
            is_node.then_some(Shape::Resource)
        }
    }

    fn keep(&mut self, key: String, value: Value) {
        let is_small = match &value {
            Value::String(text) => text.len() <= MAX_BESIDE,
            Value::Array(values) => values.len() <= 64,
            _ => true,
        };
        self.beside.insert(key, if is_small { value } else { Value::Null });
    }

    /// Whether it is an envelope, with or without a readable record in it.
    pub(crate) fn is_envelope(&self) -> bool {
        self.inner.is_some() || self.beside.contains_key("envelope_id")
    }
}

/// A text without the byte order mark that may stand before it.
pub(crate) fn unmarked(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// Reads everything but the nodes.
///
/// # Errors
/// When the bytes are no JSON, or no JSON object.
pub(crate) fn outline(bytes: &[u8]) -> Result<Outline, NormalizeError> {
    let mut deserializer = serde_json::Deserializer::from_slice(unmarked(bytes));
    let outline = Outline::deserialize(&mut deserializer);
    let outline = outline.map_err(|source| NormalizeError::NotJson { source })?;
    deserializer.end().map_err(|source| NormalizeError::NotJson { source })?;
    Ok(outline)
}

/// The most bytes of a member beside the nodes that are kept; nothing that is looked at is longer.
const MAX_BESIDE: usize = 64 << 10;

impl<'de> Deserialize<'de> for Outline {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OutlineVisitor)
    }
}

struct OutlineVisitor;

impl<'de> Visitor<'de> for OutlineVisitor {
    type Value = Outline;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Outline, A::Error> {
        let mut outline = Outline::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "@context" => outline.context = Some(map.next_value()?),
                "@id" => outline.id = map.next_value::<Value>()?.as_str().map(str::to_owned),
                "@type" => {
                    outline.has_type = true;
                    map.next_value::<IgnoredAny>()?;
                }
                "@graph" => {
                    outline.has_graph = true;
                    map.next_value::<IgnoredAny>()?;
                }
                "decoded_resource" => outline.inner = map.next_value::<Inner>()?.0.map(Box::new),
                "resource" => {
                    outline.token = map.next_value::<Value>()?.as_str().map(str::to_owned);
                }
                "inner_resource" => {
                    map.next_value::<IgnoredAny>()?;
                }
                _ => outline.keep(key, map.next_value()?),
            }
        }
        Ok(outline)
    }
}

/// The record of an envelope; anything but an object is none.
struct Inner(Option<Outline>);

impl<'de> Deserialize<'de> for Inner {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(InnerVisitor)
    }
}

struct InnerVisitor;

impl<'de> Visitor<'de> for InnerVisitor {
    type Value = Inner;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Inner, A::Error> {
        OutlineVisitor.visit_map(map).map(|outline| Inner(Some(outline)))
    }

    fn visit_unit<E>(self) -> Result<Inner, E> {
        Ok(Inner(None))
    }

    fn visit_str<E>(self, _: &str) -> Result<Inner, E> {
        Ok(Inner(None))
    }
}

/// Tells whether a document is written in JSON-LD and not in the JSON of CASE: by the first member at its top that only one of them has.
pub(crate) fn is_ctdl(bytes: &[u8]) -> bool {
    let mut sign = false;
    let mut deserializer = serde_json::Deserializer::from_slice(unmarked(bytes));
    // Nothing is read behind the first sign, which a parser takes for a fault.
    drop(deserializer.deserialize_map(FirstSign(&mut sign)));
    sign
}

struct FirstSign<'a>(&'a mut bool);

impl<'de> Visitor<'de> for FirstSign<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key.starts_with("CF") {
                *self.0 = false;
                return Ok(());
            }
            if key.starts_with("envelope_")
                || matches!(
                    key.as_str(),
                    "@graph" | "@type" | "decoded_resource" | "resource_public_key"
                )
            {
                *self.0 = true;
                return Ok(());
            }
            *self.0 |= key.starts_with('@');
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Shape, is_ctdl, outline};

    #[test]
    fn linked_data_is_told_from_case_by_its_members() {
        for (text, expected) in [
            (r#"{"@context": "x", "@graph": []}"#, true),
            (r#"{"@id": "x", "ceterms:name": "a", "@type": "y"}"#, true),
            (r#"{"envelope_id": null, "decoded_resource": {}}"#, true),
            (r#"{"name": "a", "@context": "x"}"#, true),
            (r#"{"CFDocument": {}, "@context": "x"}"#, false),
            (r#"{"@context": "x", "CFDocument": {}}"#, false),
            (r#"{"identifier": "x"}"#, false),
            ("[]", false),
            ("no json", false),
        ] {
            assert_eq!(is_ctdl(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn a_record_is_a_graph_or_one_node_wherever_its_context_stands() {
        let shape = |text: &str| outline(text.as_bytes()).unwrap().shape();
        assert_eq!(shape(r#"{"@graph": [{"@id": "a"}], "@context": "c"}"#), Some(Shape::Graph));
        assert_eq!(shape(r#"{"@id": "a", "@type": "b"}"#), Some(Shape::Resource));
        assert_eq!(shape(r#"{"@context": {"a": "b"}}"#), None);
        let envelope = outline(
            br#"{"envelope_id": "e", "decoded_resource": {"@graph": []}, "resource": "t"}"#,
        );
        let envelope = envelope.unwrap();
        assert!(envelope.is_envelope());
        assert_eq!(envelope.inner.unwrap().shape(), Some(Shape::Graph));
        assert!(outline(b"[1]").is_err());
    }
}
