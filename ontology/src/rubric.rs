//! Rubrics, their criteria and the levels of each criterion.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::alignment::Target;
use crate::resource::Identity;
use crate::text::LanguageMap;

/// A rubric: [`CFRubric`](https://www.imsglobal.org/spec/CASE/v1p1) of CASE, `ceasn:Rubric` of CTDL-ASN.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Rubric {
    /// Its identity.
    pub identity: Identity,
    /// The framework it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framework: Option<Target>,
    /// Its title.
    #[serde(default, skip_serializing_if = "LanguageMap::is_empty")]
    pub title: LanguageMap,
    /// What it is for.
    #[serde(default, skip_serializing_if = "LanguageMap::is_empty")]
    pub description: LanguageMap,
    /// Its criteria, in order of position.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<Target>,
}

/// A criterion: [`CFRubricCriterion`](https://www.imsglobal.org/spec/CASE/v1p1) of CASE.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RubricCriterion {
    /// Its identity.
    pub identity: Identity,
    /// The framework it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framework: Option<Target>,
    /// The rubric it is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rubric: Option<Target>,
    /// Its category, which serves as its name.
    #[serde(default, skip_serializing_if = "LanguageMap::is_empty")]
    pub category: LanguageMap,
    /// What is judged.
    #[serde(default, skip_serializing_if = "LanguageMap::is_empty")]
    pub description: LanguageMap,
    /// The competency that is judged (`CFItemURI`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Target>,
    /// Its weight in the rubric.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    /// Its place in the rubric.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<i64>,
    /// Its levels, in order of position.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<Target>,
}

/// A level: [`CFRubricCriterionLevel`](https://www.imsglobal.org/spec/CASE/v1p1) of CASE. Badges point at these too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RubricCriterionLevel {
    /// Its identity.
    pub identity: Identity,
    /// The framework it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framework: Option<Target>,
    /// The criterion it is a level of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criterion: Option<Target>,
    /// Its quality, which serves as its name.
    #[serde(default, skip_serializing_if = "LanguageMap::is_empty")]
    pub quality: LanguageMap,
    /// What a performance at this level looks like.
    #[serde(default, skip_serializing_if = "LanguageMap::is_empty")]
    pub description: LanguageMap,
    /// What the learner is told.
    #[serde(default, skip_serializing_if = "LanguageMap::is_empty")]
    pub feedback: LanguageMap,
    /// The points it gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// Its place in the criterion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<i64>,
}
