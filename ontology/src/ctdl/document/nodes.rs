//! The nodes of a document, one by one as the text is parsed.

use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::ctdl::document::outline::{Outline, Shape, unmarked};
use crate::pointer::Pointer;
use crate::record::NormalizeError;

/// Takes one node with its place; what is no object is told by `None`.
type Visit<'a> = dyn FnMut(&Pointer, Option<Map<String, Value>>) + 'a;

/// Hands over every node at the top of a document's graph, in order, or the one node that the document is.
///
/// # Errors
/// When the bytes are no JSON.
pub(crate) fn each_node(
    bytes: &[u8],
    outline: &Outline,
    visit: &mut Visit<'_>,
) -> Result<(), NormalizeError> {
    let in_envelope = outline.inner.is_some();
    let record = outline.inner.as_deref().unwrap_or(outline);
    let is_graph = record.shape() == Some(Shape::Graph);
    let seed = Top { in_envelope, is_graph, place: Pointer::default(), visit };
    let mut deserializer = serde_json::Deserializer::from_slice(unmarked(bytes));
    seed.deserialize(&mut deserializer).map_err(|source| NormalizeError::NotJson { source })
}

/// The object at the top of a document, or of the record in an envelope.
struct Top<'a, 'v> {
    in_envelope: bool,
    is_graph: bool,
    place: Pointer,
    visit: &'a mut Visit<'v>,
}

impl<'de> DeserializeSeed<'de> for Top<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Top<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        if !self.in_envelope && !self.is_graph {
            let object = Map::deserialize(MapAccessDeserializer::new(map))?;
            (self.visit)(&self.place, Some(object));
            return Ok(());
        }
        let wanted = if self.in_envelope { "decoded_resource" } else { "@graph" };
        while let Some(key) = map.next_key::<String>()? {
            if key != wanted {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let place = self.place.member(&key);
            if self.in_envelope {
                let (is_graph, visit) = (self.is_graph, &mut *self.visit);
                map.next_value_seed(Top { in_envelope: false, is_graph, place, visit })?;
            } else {
                map.next_value_seed(Each { place, visit: &mut *self.visit })?;
            }
        }
        Ok(())
    }
}

/// The elements of `@graph`; a single object stands for an array of one.
struct Each<'a, 'v> {
    place: Pointer,
    visit: &'a mut Visit<'v>,
}

impl<'de> DeserializeSeed<'de> for Each<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Each<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an array of nodes")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let mut at = 0_usize;
        while let Some(value) = seq.next_element::<Value>()? {
            let place = self.place.element(at);
            at += 1;
            match value {
                Value::Object(object) => (self.visit)(&place, Some(object)),
                Value::Null => {}
                _ => (self.visit)(&place, None),
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let object = Map::deserialize(MapAccessDeserializer::new(map))?;
        (self.visit)(&self.place, Some(object));
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        (self.visit)(&self.place, None);
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        (self.visit)(&self.place, None);
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        (self.visit)(&self.place, None);
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        (self.visit)(&self.place, None);
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        (self.visit)(&self.place, None);
        Ok(())
    }
}
