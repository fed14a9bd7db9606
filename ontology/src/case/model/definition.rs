//! The classes of `CFDefinitions`: `CFConcept`, `CFSubject`, `CFLicense`, `CFItemType`, `CFAssociationGrouping`.

use crate::case::fields::Fields;
use crate::case::model::entity::Entity;
use crate::definition::DefinitionClass;

/// What parts the keywords of a concept, as the information model documents it.
const KEYWORD_SEPARATOR: &str = "]";

/// One definition; the five classes of the standard differ in a field or two.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CFDefinition {
    pub entity: Entity,
    pub class: DefinitionClass,
    pub title: Option<String>,
    pub description: Option<String>,
    pub hierarchy_code: Option<String>,
    pub keywords: Option<String>,
    pub type_code: Option<String>,
    pub license_text: Option<String>,
}

impl CFDefinition {
    /// Reads the object as a definition of one class.
    pub(crate) fn read(class: DefinitionClass, mut fields: Fields<'_>) -> Self {
        let mut definition = Self {
            entity: Entity::take(&mut fields, required(class)),
            class,
            title: fields.text("title"),
            description: fields.text("description"),
            hierarchy_code: None,
            keywords: None,
            type_code: None,
            license_text: None,
        };
        match class {
            DefinitionClass::Concept => {
                definition.hierarchy_code = fields.text("hierarchyCode");
                definition.keywords = fields.joined("keywords", KEYWORD_SEPARATOR);
            }
            DefinitionClass::Subject => definition.hierarchy_code = fields.text("hierarchyCode"),
            DefinitionClass::ItemType => {
                definition.hierarchy_code = fields.text("hierarchyCode");
                definition.type_code = fields.text("typeCode");
            }
            DefinitionClass::License => definition.license_text = fields.text("licenseText"),
            DefinitionClass::AssociationGrouping => {}
        }
        definition.entity.close(fields);
        definition
    }
}

fn required(class: DefinitionClass) -> &'static [&'static str] {
    match class {
        DefinitionClass::Concept | DefinitionClass::Subject => &["title", "hierarchyCode"],
        DefinitionClass::ItemType => &["title", "description", "hierarchyCode"],
        DefinitionClass::License => &["title", "licenseText"],
        DefinitionClass::AssociationGrouping => &["title"],
    }
}
