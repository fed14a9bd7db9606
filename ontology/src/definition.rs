//! What a framework defines for its own use: concepts, subjects, types of item, licences, groupings of associations.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::alignment::Target;
use crate::resource::{Identity, Kind};
use crate::text::LanguageMap;

/// The classes of `CFDefinitions`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub enum DefinitionClass {
    /// [`CFConcept`](https://www.imsglobal.org/spec/CASE/v1p1).
    #[serde(rename = "CFConcept")]
    Concept,
    /// [`CFSubject`](https://www.imsglobal.org/spec/CASE/v1p1).
    #[serde(rename = "CFSubject")]
    Subject,
    /// [`CFItemType`](https://www.imsglobal.org/spec/CASE/v1p1).
    #[serde(rename = "CFItemType")]
    ItemType,
    /// [`CFLicense`](https://www.imsglobal.org/spec/CASE/v1p1).
    #[serde(rename = "CFLicense")]
    License,
    /// [`CFAssociationGrouping`](https://www.imsglobal.org/spec/CASE/v1p1).
    #[serde(rename = "CFAssociationGrouping")]
    AssociationGrouping,
}

impl DefinitionClass {
    /// Every class, in the order of the standard.
    pub const ALL: [Self; 5] =
        [Self::Concept, Self::Subject, Self::License, Self::ItemType, Self::AssociationGrouping];

    /// The class in CASE's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Concept => "CFConcept",
            Self::Subject => "CFSubject",
            Self::ItemType => "CFItemType",
            Self::License => "CFLicense",
            Self::AssociationGrouping => "CFAssociationGrouping",
        }
    }

    /// The kind that people filter by.
    pub fn kind(self) -> Kind {
        match self {
            Self::Concept => Kind::Concept,
            Self::Subject => Kind::Subject,
            Self::ItemType => Kind::ItemType,
            Self::License => Kind::License,
            Self::AssociationGrouping => Kind::AssociationGrouping,
        }
    }
}

/// One definition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Definition {
    /// Its identity.
    pub identity: Identity,
    /// Its class.
    pub class: DefinitionClass,
    /// The framework that defines it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framework: Option<Target>,
    /// Its title.
    #[serde(default, skip_serializing_if = "LanguageMap::is_empty")]
    pub title: LanguageMap,
    /// What it means.
    #[serde(default, skip_serializing_if = "LanguageMap::is_empty")]
    pub description: LanguageMap,
    /// Its place in a tree of definitions (`hierarchyCode`); the children of `1` are `1.1`, `1.2`, ….
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hierarchy_code: Option<String>,
    /// The short code of an item type (`typeCode`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The keywords of a concept, one string as published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keywords: Option<String>,
    /// The text of a licence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license_text: Option<String>,
}
