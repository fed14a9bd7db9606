//! Any resource of CTDL that is neither a framework nor a competency nor a rubric: a credential, an organization, a course, ….

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::alignment::Target;
use crate::resource::{Identity, Kind};
use crate::text::LanguageMap;

/// What can be said of a resource of any class; the rest is in the node of its identity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// Its identity.
    pub identity: Identity,
    /// What it is, by the nearest of its classes that is known here.
    pub class: Kind,
    /// Its name (`ceterms:name`, `skos:prefLabel`).
    #[serde(default, skip_serializing_if = "LanguageMap::is_empty")]
    pub name: LanguageMap,
    /// What it is about (`ceterms:description`, `skos:definition`).
    #[serde(default, skip_serializing_if = "LanguageMap::is_empty")]
    pub description: LanguageMap,
    /// The code people know it by (`ceterms:codedNotation`, `skos:notation`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The scheme, pathway or other whole that it is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framework: Option<Target>,
}
