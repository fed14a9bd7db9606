//! The entities of a member, one by one as the text is parsed.

use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::case::document::member::Member;
use crate::case::document::parts::{Parts, set_beside};
use crate::case::fields::{Fields, shown};
use crate::case::model::{
    CFAssociation, CFDefinition, CFDocument, CFItem, CFRubric, CFRubricCriterion,
    CFRubricCriterionLevel, Form,
};
use crate::definition::DefinitionClass;
use crate::pointer::Pointer;
use crate::record::WarningKind;

/// The objects of an array, one by one; a single object stands for an array of one.
pub(super) struct Each<'a> {
    parts: &'a mut Parts,
    member: Member,
    form: Form,
    pointer: Pointer,
}

impl<'a> Each<'a> {
    pub(super) fn of(parts: &'a mut Parts, member: Member, pointer: Pointer) -> Self {
        let form = match member {
            Member::Documents | Member::Item | Member::Association => Form::Standalone,
            _ => Form::Packaged,
        };
        Self { parts, member, form, pointer }
    }
}

impl<'de> DeserializeSeed<'de> for Each<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Each<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an array of CASE entities")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let mut at = 0_usize;
        while let Some(value) = seq.next_element::<Value>()? {
            entity(self.parts, self.member, self.form, self.pointer.element(at), value);
            at += 1;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let value = Value::deserialize(MapAccessDeserializer::new(map))?;
        entity(self.parts, self.member, self.form, self.pointer, value);
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        if !text.trim().is_empty() {
            self.parts.oddities.note(&self.pointer, WarningKind::NotAnObject, text);
        }
        Ok(())
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<(), E> {
        self.visit_str(&truth.to_string())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.visit_str(&number.to_string())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.visit_str(&number.to_string())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.visit_str(&number.to_string())
    }
}

/// Reads one entity in its place.
pub(super) fn entity(
    parts: &mut Parts,
    member: Member,
    form: Form,
    pointer: Pointer,
    value: Value,
) {
    let Some(object) = object_of(parts, &pointer, value) else { return };
    if let Some(class) = member.class() {
        parts.count(class, 1);
    }
    let fields = Fields::new(object, pointer, &mut parts.oddities);
    match member {
        Member::Document => {
            let document = CFDocument::read(fields, form);
            add_document(parts, document);
        }
        Member::Documents => parts.documents.push(CFDocument::read(fields, form)),
        Member::Item | Member::Items => parts.items.push(CFItem::read(fields, form)),
        Member::Association | Member::Associations => {
            parts.associations.push(CFAssociation::read(fields, form));
        }
        Member::Rubric | Member::Rubrics => {
            let rubric = CFRubric::read(fields);
            add_rubric(parts, rubric);
        }
        Member::Criterion => {
            let criterion = CFRubricCriterion::read(fields);
            parts.count("CFRubricCriterionLevel", criterion.levels.len());
            parts.criteria.push(criterion);
        }
        Member::Level => parts.levels.push(CFRubricCriterionLevel::read(fields)),
        Member::Definition(class) => parts.definitions.push(CFDefinition::read(class, fields)),
        // The two wrappers are never read as an entity.
        Member::Package | Member::Definitions => {}
    }
}

fn object_of(parts: &mut Parts, place: &Pointer, value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(object) => Some(object),
        Value::Null => None,
        other => {
            parts.oddities.note(place, WarningKind::NotAnObject, &shown(&other));
            None
        }
    }
}

/// Adds the framework of a package; a second one is not its framework, and is kept all the same.
fn add_document(parts: &mut Parts, document: CFDocument) {
    match &mut parts.document {
        first @ None => *first = Some(document),
        Some(_) => parts.documents.push(document),
    }
}

fn add_rubric(parts: &mut Parts, rubric: CFRubric) {
    let n_levels = rubric.criteria.iter().map(|criterion| criterion.levels.len()).sum();
    parts.count("CFRubricCriterion", rubric.criteria.len());
    parts.count("CFRubricCriterionLevel", n_levels);
    parts.rubrics.push(rubric);
}

/// Reads `CFDefinitions`; PHP servers write an empty one as an array.
pub(super) fn definitions(parts: &mut Parts, place: &Pointer, value: Value) {
    let Value::Object(object) = value else {
        let is_empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if !is_empty {
            parts.oddities.note(place, WarningKind::NotAnObject, &shown(&value));
        }
        return;
    };
    let mut rest = Map::new();
    for (name, value) in object {
        let Some((standard, Member::Definition(class))) = Member::named(&name) else {
            rest.insert(name, value);
            continue;
        };
        let place = place.member(&name);
        if standard != name {
            parts.oddities.note(&place, WarningKind::FieldAlias, standard);
        }
        definition_set(parts, class, &place, value);
    }
    set_beside(parts, place, rest);
}

/// Reads the definitions of one class; a single object stands for an array of one.
pub(super) fn definition_set(
    parts: &mut Parts,
    class: DefinitionClass,
    place: &Pointer,
    value: Value,
) {
    let member = Member::Definition(class);
    let Value::Array(values) = value else {
        return entity(parts, member, Form::Packaged, place.clone(), value);
    };
    for (at, value) in values.into_iter().enumerate() {
        entity(parts, member, Form::Packaged, place.element(at), value);
    }
}
