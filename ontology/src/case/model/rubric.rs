//! `CFRubric`, `CFRubricCriterion` and `CFRubricCriterionLevel`, nested as in a package.

use crate::case::fields::Fields;
use crate::case::model::entity::Entity;
use crate::case::model::link::LinkUri;

/// [`CFRubric`](https://www.imsglobal.org/spec/CASE/v1p1).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CFRubric {
    pub(crate) entity: Entity,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) criteria: Vec<CFRubricCriterion>,
}

/// [`CFRubricCriterion`](https://www.imsglobal.org/spec/CASE/v1p1).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CFRubricCriterion {
    pub(crate) entity: Entity,
    pub(crate) category: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) cf_item_uri: Option<LinkUri>,
    pub(crate) weight: Option<f64>,
    pub(crate) position: Option<i64>,
    pub(crate) rubric_id: Option<String>,
    pub(crate) levels: Vec<CFRubricCriterionLevel>,
}

/// [`CFRubricCriterionLevel`](https://www.imsglobal.org/spec/CASE/v1p1).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CFRubricCriterionLevel {
    pub(crate) entity: Entity,
    pub(crate) description: Option<String>,
    pub(crate) quality: Option<String>,
    pub(crate) score: Option<f64>,
    pub(crate) feedback: Option<String>,
    pub(crate) position: Option<i64>,
    pub(crate) rubric_criterion_id: Option<String>,
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
