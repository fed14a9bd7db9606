//! The top-level object of a document, or the object inside a `CFPackage` wrapper, member by member as the text is parsed.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::case::document::entities::{Each, definition_set, definitions};
use crate::case::document::member::Member;
use crate::case::document::parts::{Parts, set_beside};
use crate::pointer::Pointer;
use crate::record::WarningKind;

/// Reads the members that hold entities into the parts and gives back the others; `None` where there is no object at all.
pub(super) struct TopLevel<'a> {
    parts: &'a mut Parts,
    pointer: Pointer,
    rest: Map<String, Value>,
}

impl<'a> TopLevel<'a> {
    pub(super) fn of(parts: &'a mut Parts, pointer: Pointer) -> Self {
        Self { parts, pointer, rest: Map::new() }
    }

    fn field<'de, A: MapAccess<'de>>(&mut self, name: String, map: &mut A) -> Result<(), A::Error> {
        let Some((standard, member)) = Member::named(&name) else {
            self.rest.insert(name, map.next_value()?);
            return Ok(());
        };
        let place = self.pointer.member(&name);
        if let Member::Definition(class) = member {
            let value = map.next_value::<Value>()?;
            // A flat `CFItem` has a text of this name.
            if !matches!(value, Value::Object(_) | Value::Array(_)) {
                self.rest.insert(name, value);
                return Ok(());
            }
            self.note(member, standard, &name, &place);
            definition_set(self.parts, class, &place, value);
            return Ok(());
        }
        self.note(member, standard, &name, &place);
        match member {
            Member::Package => self.package(&place, map),
            Member::Definitions => {
                definitions(self.parts, &place, map.next_value()?);
                Ok(())
            }
            member => map.next_value_seed(Each::of(self.parts, member, place)),
        }
    }

    fn note(&mut self, member: Member, standard: &str, name: &str, place: &Pointer) {
        self.parts.shape.note(member);
        if standard != name {
            self.parts.oddities.note(place, WarningKind::FieldAlias, standard);
        }
    }

    fn package<'de, A: MapAccess<'de>>(
        &mut self,
        place: &Pointer,
        map: &mut A,
    ) -> Result<(), A::Error> {
        let inner = TopLevel::of(self.parts, place.clone());
        match map.next_value_seed(inner)? {
            Some(rest) => set_beside(self.parts, place, rest),
            None => self.parts.oddities.note(place, WarningKind::NotAnObject, "CFPackage"),
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for TopLevel<'_> {
    type Value = Option<Map<String, Value>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TopLevel<'_> {
    type Value = Option<Map<String, Value>>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a CASE document")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self::Value, A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            self.field(name, &mut map)?;
        }
        Ok(Some(self.rest))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
        Ok(None)
    }
}
