//! One CASE document, whatever its shape, taken apart into entities.
//!
//! Items and associations are read one by one while the text is parsed, so that a large package never stands in memory
//! as a tree of JSON. Shapes: a package, bare or wrapped; the item and set forms of other servers; a listing of
//! documents; single entities, flat or wrapped; sets of definitions.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::case::fields::Fields;
use crate::case::model::{
    CFAssociation, CFDefinition, CFDocument, CFItem, CFRubric, CFRubricCriterion,
    CFRubricCriterionLevel,
};
use crate::definition::DefinitionClass;
use crate::id::{CaseEntity, identify};
use crate::record::{NormalizeError, Warning, WarningKind};

/// Everything one document holds.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) document: Option<CFDocument>,
    pub(crate) documents: Vec<CFDocument>,
    pub(crate) items: Vec<CFItem>,
    pub(crate) associations: Vec<CFAssociation>,
    pub(crate) rubrics: Vec<CFRubric>,
    pub(crate) criteria: Vec<CFRubricCriterion>,
    pub(crate) levels: Vec<CFRubricCriterionLevel>,
    pub(crate) definitions: Vec<CFDefinition>,
    pub(crate) extensions: Option<String>,
    pub(crate) counts: BTreeMap<String, u64>,
    pub(crate) warnings: Vec<Warning>,
    shape: Shape,
    rest: Map<String, Value>,
}

/// What the top level of the document turned out to be.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Shape {
    package: bool,
    listing: bool,
    item: bool,
    set: Option<&'static str>,
    flat: Option<&'static str>,
}

impl Parts {
    /// The kind of the document in the standard's word.
    pub(crate) fn kind(&self) -> &'static str {
        let Shape { package, listing, item, set, flat } = self.shape;
        if let Some(class) = flat.or(set.filter(|_| !package)) {
            return class;
        }
        match (package, listing, item) {
            (true, _, _) => "CFPackage",
            (_, true, _) => "CFDocuments",
            (_, _, true) if self.associations.is_empty() => "CFItem",
            (_, _, true) => "CFItemAssociations",
            _ => "CASE document",
        }
    }

    /// Tells whether the document is a package with its framework, and so the whole of what it describes.
    pub(crate) fn is_whole(&self) -> bool {
        self.shape.package && self.document.is_some()
    }

    fn count(&mut self, class: &str, n: usize) {
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
    let outcome =
        TopLevel { parts: &mut parts, pointer: String::new() }.deserialize(&mut deserializer);
    let is_object = outcome.map_err(|source| NormalizeError::NotJson { source })?;
    deserializer.end().map_err(|source| NormalizeError::NotJson { source })?;
    if !is_object {
        return Err(NormalizeError::WrongShape {
            expected: "a JSON object",
            pointer: String::new(),
        });
    }
    if !parts.shape.is_known() {
        flat_entity(&mut parts)?;
    }
    report_rest(&mut parts);
    Ok(parts)
}

impl Shape {
    fn is_known(self) -> bool {
        self.package || self.listing || self.item || self.set.is_some()
    }
}

/// The top-level object, or the object inside a `CFPackage` wrapper. Gives `false` where there is no object at all.
struct TopLevel<'a> {
    parts: &'a mut Parts,
    pointer: String,
}

impl<'de> DeserializeSeed<'de> for TopLevel<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TopLevel<'_> {
    type Value = bool;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a CASE document")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<bool, A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            self.field(&name, &mut map)?;
        }
        Ok(true)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<bool, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(false)
    }

    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<bool, E> {
        Ok(false)
    }
}

/// The members of a CASE document that are read as they come, by their name in lower case.
#[derive(Clone, Copy)]
enum Member {
    Package,
    Document,
    Documents,
    Item,
    Items,
    Association,
    Associations,
    Rubric,
    Rubrics,
    Criterion,
    Level,
    Definitions,
    Definition(DefinitionClass),
}

fn member(name: &str) -> Option<Member> {
    let found = match name.to_ascii_lowercase().as_str() {
        "cfpackage" => Member::Package,
        "cfdocument" => Member::Document,
        "cfdocuments" => Member::Documents,
        "cfitem" => Member::Item,
        "cfitems" | "cfitemset" => Member::Items,
        "cfassociation" => Member::Association,
        "cfassociations" | "cfassociationset" => Member::Associations,
        "cfrubric" => Member::Rubric,
        "cfrubrics" => Member::Rubrics,
        "cfrubriccriterion" => Member::Criterion,
        "cfrubriccriterionlevel" => Member::Level,
        "cfdefinitions" => Member::Definitions,
        "cfconcept" | "cfconcepts" => Member::Definition(DefinitionClass::Concept),
        "cfsubject" | "cfsubjects" => Member::Definition(DefinitionClass::Subject),
        "cflicense" | "cflicenses" => Member::Definition(DefinitionClass::License),
        "cfitemtype" | "cfitemtypes" => Member::Definition(DefinitionClass::ItemType),
        "cfassociationgrouping" | "cfassociationgroupings" => {
            Member::Definition(DefinitionClass::AssociationGrouping)
        }
        _ => return None,
    };
    Some(found)
}

impl TopLevel<'_> {
    fn field<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let place = format!("{}/{name}", self.pointer);
        match member(name) {
            Some(Member::Package) => {
                self.parts.shape.package = true;
                map.next_value_seed(TopLevel { parts: self.parts, pointer: place })?;
            }
            Some(Member::Definitions) => {
                self.parts.shape.package = true;
                let value = map.next_value::<Value>()?;
                definitions(self.parts, &place, value);
            }
            Some(Member::Definition(class)) => {
                let value = map.next_value::<Value>()?;
                // A flat `CFItem` has a text of this name.
                if matches!(value, Value::Object(_) | Value::Array(_)) {
                    self.parts.shape.set = Some(class.as_str());
                    definition_set(self.parts, class, &place, value);
                } else {
                    self.parts.rest.insert(name.to_owned(), value);
                }
            }
            Some(member) => {
                map.next_value_seed(Each { parts: self.parts, member, pointer: place })?
            }
            None => {
                let value = map.next_value::<Value>()?;
                self.parts.rest.insert(name.to_owned(), value);
            }
        }
        Ok(())
    }
}

/// The objects of an array, one by one; a single object stands for an array of one.
struct Each<'a> {
    parts: &'a mut Parts,
    member: Member,
    pointer: String,
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
        note_member(self.parts, self.member, false);
        let mut at = 0_usize;
        while let Some(value) = seq.next_element::<Value>()? {
            entity(self.parts, self.member, format!("{}/{at}", self.pointer), value);
            at += 1;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        note_member(self.parts, self.member, true);
        let value = Value::deserialize(MapAccessDeserializer::new(map))?;
        entity(self.parts, self.member, self.pointer, value);
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.parts.warnings.push(Warning::new(self.pointer, WarningKind::NotAnObject, text));
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

/// Notes what a member says about the shape of the whole.
fn note_member(parts: &mut Parts, member: Member, single: bool) {
    let shape = &mut parts.shape;
    match member {
        Member::Documents => shape.listing = true,
        Member::Item => shape.item = true,
        Member::Association if single => shape.set = Some("CFAssociation"),
        Member::Rubric if single => shape.set = Some("CFRubric"),
        Member::Criterion if single => shape.set = Some("CFRubricCriterion"),
        Member::Level if single => shape.set = Some("CFRubricCriterionLevel"),
        // `{CFItem, CFAssociations}` is the answer of another service.
        Member::Associations => shape.package |= !shape.item,
        _ => shape.package = true,
    }
}

/// Reads one entity in its place.
fn entity(parts: &mut Parts, member: Member, pointer: String, value: Value) {
    let Value::Object(object) = value else {
        if !value.is_null() {
            parts.warnings.push(Warning::new(pointer, WarningKind::NotAnObject, value.to_string()));
        }
        return;
    };
    match member {
        Member::Document => {
            parts.count("CFDocument", 1);
            let document = CFDocument::read(Fields::new(object, pointer, &mut parts.warnings));
            parts.document.get_or_insert(document);
        }
        Member::Documents => {
            parts.count("CFDocument", 1);
            parts.documents.push(CFDocument::read(Fields::new(
                object,
                pointer,
                &mut parts.warnings,
            )));
        }
        Member::Item | Member::Items => {
            parts.count("CFItem", 1);
            parts.items.push(CFItem::read(Fields::new(object, pointer, &mut parts.warnings)));
        }
        Member::Association | Member::Associations => {
            parts.count("CFAssociation", 1);
            parts.associations.push(CFAssociation::read(Fields::new(
                object,
                pointer,
                &mut parts.warnings,
            )));
        }
        Member::Rubric | Member::Rubrics => rubric(parts, object, pointer),
        Member::Criterion => criterion(parts, object, pointer),
        Member::Level => {
            parts.count("CFRubricCriterionLevel", 1);
            parts.levels.push(CFRubricCriterionLevel::read(Fields::new(
                object,
                pointer,
                &mut parts.warnings,
            )));
        }
        Member::Definition(class) => definition(parts, class, object, pointer),
        // The two wrappers are never read as an entity.
        Member::Package | Member::Definitions => {}
    }
}

fn rubric(parts: &mut Parts, object: Map<String, Value>, pointer: String) {
    let rubric = CFRubric::read(object, pointer, &mut parts.warnings);
    let n_levels = rubric.criteria.iter().map(|criterion| criterion.levels.len()).sum();
    parts.count("CFRubric", 1);
    parts.count("CFRubricCriterion", rubric.criteria.len());
    parts.count("CFRubricCriterionLevel", n_levels);
    parts.rubrics.push(rubric);
}

fn criterion(parts: &mut Parts, object: Map<String, Value>, pointer: String) {
    let criterion = CFRubricCriterion::read(object, pointer, &mut parts.warnings);
    parts.count("CFRubricCriterion", 1);
    parts.count("CFRubricCriterionLevel", criterion.levels.len());
    parts.criteria.push(criterion);
}

fn definition(
    parts: &mut Parts,
    class: DefinitionClass,
    object: Map<String, Value>,
    pointer: String,
) {
    parts.count(class.as_str(), 1);
    parts
        .definitions
        .push(CFDefinition::read(class, Fields::new(object, pointer, &mut parts.warnings)));
}

/// Reads `CFDefinitions`; PHP servers write an empty one as an array.
fn definitions(parts: &mut Parts, pointer: &str, value: Value) {
    let Value::Object(object) = value else {
        let is_empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if !is_empty {
            parts.warnings.push(Warning::new(pointer, WarningKind::NotAnObject, value.to_string()));
        }
        return;
    };
    for (name, value) in object {
        let place = format!("{pointer}/{name}");
        match member(&name) {
            Some(Member::Definition(class)) => definition_set(parts, class, &place, value),
            _ if name == "extensions" => {}
            _ => parts.warnings.push(Warning::new(place, WarningKind::UnknownField, &name)),
        }
    }
}

fn definition_set(parts: &mut Parts, class: DefinitionClass, pointer: &str, value: Value) {
    match value {
        Value::Array(values) => {
            for (at, value) in values.into_iter().enumerate() {
                entity(parts, Member::Definition(class), format!("{pointer}/{at}"), value);
            }
        }
        Value::Null => {}
        single => entity(parts, Member::Definition(class), pointer.to_owned(), single),
    }
}

/// Reads a document that is itself one entity, by the fields that only its class has.
fn flat_entity(parts: &mut Parts) -> Result<(), NormalizeError> {
    let object = std::mem::take(&mut parts.rest);
    let Some((class, member)) = flat_class(&object) else {
        return Err(NormalizeError::WrongShape {
            expected: "a CASE package, document, item, association, rubric or definition",
            pointer: String::new(),
        });
    };
    parts.shape.flat = Some(class);
    entity(parts, member, String::new(), Value::Object(object));
    Ok(())
}

fn flat_class(object: &Map<String, Value>) -> Option<(&'static str, Member)> {
    let has = |name: &str| object.keys().any(|key| key.eq_ignore_ascii_case(name));
    if !(has("identifier") || has("sourcedId") || has("uri")) {
        return None;
    }
    if let Some(found) = object.get("uri").and_then(Value::as_str).and_then(class_in_uri) {
        return Some(found);
    }
    let found = if has("fullStatement") {
        ("CFItem", Member::Item)
    } else if has("associationType") || has("originNodeURI") {
        ("CFAssociation", Member::Association)
    } else if has("CFRubricCriteria") {
        ("CFRubric", Member::Rubric)
    } else if has("CFRubricCriterionLevels") || has("rubricId") {
        ("CFRubricCriterion", Member::Criterion)
    } else if has("rubricCriterionId") {
        ("CFRubricCriterionLevel", Member::Level)
    } else if has("CFPackageURI") || (has("creator") && has("title") && has("lastChangeDateTime")) {
        ("CFDocument", Member::Document)
    } else if has("licenseText") {
        ("CFLicense", Member::Definition(DefinitionClass::License))
    } else {
        return None;
    };
    Some(found)
}

/// The class that the path of a CASE address names.
fn class_in_uri(uri: &str) -> Option<(&'static str, Member)> {
    let found = match identify(uri).entity? {
        CaseEntity::CFDocument | CaseEntity::CFPackage => ("CFDocument", Member::Document),
        CaseEntity::CFItem => ("CFItem", Member::Item),
        CaseEntity::CFAssociation => ("CFAssociation", Member::Association),
        CaseEntity::CFRubric => ("CFRubric", Member::Rubric),
        CaseEntity::CFRubricCriterion => ("CFRubricCriterion", Member::Criterion),
        CaseEntity::CFRubricCriterionLevel => ("CFRubricCriterionLevel", Member::Level),
        CaseEntity::CFConcept => ("CFConcept", Member::Definition(DefinitionClass::Concept)),
        CaseEntity::CFSubject => ("CFSubject", Member::Definition(DefinitionClass::Subject)),
        CaseEntity::CFLicense => ("CFLicense", Member::Definition(DefinitionClass::License)),
        CaseEntity::CFItemType => ("CFItemType", Member::Definition(DefinitionClass::ItemType)),
        CaseEntity::CFAssociationGrouping => {
            ("CFAssociationGrouping", Member::Definition(DefinitionClass::AssociationGrouping))
        }
    };
    Some(found)
}

/// Reports what else stood at the top level.
fn report_rest(parts: &mut Parts) {
    let rest = std::mem::take(&mut parts.rest);
    for (name, value) in rest {
        match name.as_str() {
            "extensions" if !value.is_null() => parts.extensions = Some(value.to_string()),
            // Servers add their paging to a listing.
            "total" | "limit" | "offset" | "extensions" => {}
            _ if value.is_null() => {}
            _ => parts.warnings.push(Warning::new(
                format!("/{name}"),
                WarningKind::UnknownField,
                &name,
            )),
        }
    }
}
