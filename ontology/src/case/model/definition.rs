//! The classes of `CFDefinitions`: `CFConcept`, `CFSubject`, `CFLicense`, `CFItemType`, `CFAssociationGrouping`.

use serde_json::{Map, Value};

use crate::case::fields::Fields;
use crate::definition::DefinitionClass;

/// One definition; the five classes of the standard differ in a field or two.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CFDefinition {
    pub(crate) class: DefinitionClass,
    pub(crate) identifier: Option<String>,
    pub(crate) uri: Option<String>,
    pub(crate) last_change_date_time: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) hierarchy_code: Option<String>,
    pub(crate) keywords: Option<String>,
    pub(crate) type_code: Option<String>,
    pub(crate) license_text: Option<String>,
    pub(crate) extensions: Option<String>,
    pub(crate) pointer: String,
    pub(crate) unknown: Map<String, Value>,
}

impl CFDefinition {
    /// Reads the object as a definition of one class.
    pub(crate) fn read(class: DefinitionClass, mut fields: Fields<'_>) -> Self {
        let fields_ref = &mut fields;
        let mut definition = Self {
            class,
            identifier: fields_ref.text_any(&["identifier", "sourcedId"]),
            uri: fields_ref.text("uri"),
            last_change_date_time: fields_ref.date_time("lastChangeDateTime"),
            title: fields_ref.text("title"),
            description: fields_ref.text("description"),
            hierarchy_code: fields_ref.text("hierarchyCode"),
            keywords: match class {
                DefinitionClass::Concept => Some(fields_ref.texts(&["keywords"], false).join("]"))
                    .filter(|words| !words.is_empty()),
                _ => None,
            },
            type_code: match class {
                DefinitionClass::ItemType => fields_ref.text("typeCode"),
                _ => None,
            },
            license_text: match class {
                DefinitionClass::License => fields_ref.text("licenseText"),
                _ => None,
            },
            extensions: fields_ref.json("extensions"),
            pointer: fields_ref.pointer().to_owned(),
            unknown: Map::new(),
        };
        definition.unknown = fields.finish();
        definition
    }
}
