//! `CFRubric`, `CFRubricCriterion` and `CFRubricCriterionLevel`, nested as in a package.

use crate::case::fields::Fields;
use crate::case::model::entity::Entity;
use crate::case::model::link::LinkUri;

/// [`CFRubric`](https://www.imsglobal.org/spec/CASE/v1p1).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CFRubric {
    pub entity: Entity,
    pub title: Option<String>,
    pub description: Option<String>,
    pub criteria: Vec<CFRubricCriterion>,
}

/// [`CFRubricCriterion`](https://www.imsglobal.org/spec/CASE/v1p1).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CFRubricCriterion {
    pub entity: Entity,
    pub category: Option<String>,
    pub description: Option<String>,
    pub cf_item_uri: Option<LinkUri>,
    pub weight: Option<f64>,
    pub position: Option<i64>,
    pub rubric_id: Option<String>,
    pub levels: Vec<CFRubricCriterionLevel>,
}

/// [`CFRubricCriterionLevel`](https://www.imsglobal.org/spec/CASE/v1p1).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CFRubricCriterionLevel {
    pub entity: Entity,
    pub description: Option<String>,
    pub quality: Option<String>,
    pub score: Option<f64>,
    pub feedback: Option<String>,
    pub position: Option<i64>,
    pub rubric_criterion_id: Option<String>,
}

impl CFRubric {
    /// Reads the object and everything nested in it.
    pub(crate) fn read(mut fields: Fields<'_>) -> Self {
        let mut rubric = Self {
            entity: Entity::take(&mut fields, &[]),
            title: fields.text("title"),
            description: fields.text("description"),
            criteria: Vec::new(),
        };
        for (place, object) in fields.objects("CFRubricCriteria") {
            rubric.criteria.push(CFRubricCriterion::read(fields.nested(object, place)));
        }
        rubric.entity.close(fields);
        rubric
    }
}

impl CFRubricCriterion {
    /// Reads the object and its levels.
    pub(crate) fn read(mut fields: Fields<'_>) -> Self {
        let mut criterion = Self {
            entity: Entity::take(&mut fields, &[]),
            category: fields.text("category"),
            description: fields.text("description"),
            cf_item_uri: LinkUri::take(&mut fields, "CFItemURI"),
            weight: fields.number("weight"),
            position: fields.integer("position"),
            rubric_id: fields.text("rubricId"),
            levels: Vec::new(),
        };
        for (place, object) in fields.objects("CFRubricCriterionLevels") {
            criterion.levels.push(CFRubricCriterionLevel::read(fields.nested(object, place)));
        }
        criterion.entity.close(fields);
        criterion
    }
}

impl CFRubricCriterionLevel {
    /// Reads the object.
    pub(crate) fn read(mut fields: Fields<'_>) -> Self {
        let mut level = Self {
            entity: Entity::take(&mut fields, &[]),
            description: fields.text("description"),
            quality: fields.text("quality"),
            score: fields.number("score"),
            feedback: fields.text("feedback"),
            position: fields.integer("position"),
            rubric_criterion_id: fields.text("rubricCriterionId"),
        };
        level.entity.close(fields);
        level
    }
}
