//! `CFRubric`, `CFRubricCriterion` and `CFRubricCriterionLevel`, nested as in a package.

use serde_json::{Map, Value};

use crate::case::fields::Fields;
use crate::case::model::link::LinkUri;
use crate::record::Warning;

/// [`CFRubric`](https://www.imsglobal.org/spec/CASE/v1p1).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CFRubric {
    pub(crate) identifier: Option<String>,
    pub(crate) uri: Option<String>,
    pub(crate) last_change_date_time: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) criteria: Vec<CFRubricCriterion>,
    pub(crate) extensions: Option<String>,
    pub(crate) pointer: String,
    pub(crate) unknown: Map<String, Value>,
}

/// [`CFRubricCriterion`](https://www.imsglobal.org/spec/CASE/v1p1).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CFRubricCriterion {
    pub(crate) identifier: Option<String>,
    pub(crate) uri: Option<String>,
    pub(crate) last_change_date_time: Option<String>,
    pub(crate) category: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) cf_item_uri: Option<LinkUri>,
    pub(crate) weight: Option<f64>,
    pub(crate) position: Option<i64>,
    pub(crate) rubric_id: Option<String>,
    pub(crate) levels: Vec<CFRubricCriterionLevel>,
    pub(crate) extensions: Option<String>,
    pub(crate) pointer: String,
    pub(crate) unknown: Map<String, Value>,
}

/// [`CFRubricCriterionLevel`](https://www.imsglobal.org/spec/CASE/v1p1).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CFRubricCriterionLevel {
    pub(crate) identifier: Option<String>,
    pub(crate) uri: Option<String>,
    pub(crate) last_change_date_time: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) quality: Option<String>,
    pub(crate) score: Option<f64>,
    pub(crate) feedback: Option<String>,
    pub(crate) position: Option<i64>,
    pub(crate) rubric_criterion_id: Option<String>,
    pub(crate) extensions: Option<String>,
    pub(crate) pointer: String,
    pub(crate) unknown: Map<String, Value>,
}

impl CFRubric {
    /// Reads the object and everything nested in it.
    pub(crate) fn read(
        object: Map<String, Value>,
        pointer: String,
        warnings: &mut Vec<Warning>,
    ) -> Self {
        let mut fields = Fields::new(object, pointer, warnings);
        let nested = fields.objects("CFRubricCriteria");
        let mut rubric = Self {
            identifier: fields.text_any(&["identifier", "sourcedId"]),
            uri: fields.text("uri"),
            last_change_date_time: fields.date_time("lastChangeDateTime"),
            title: fields.text("title"),
            description: fields.text("description"),
            criteria: Vec::with_capacity(nested.len()),
            extensions: fields.json("extensions"),
            pointer: fields.pointer().to_owned(),
            unknown: Map::new(),
        };
        rubric.unknown = fields.finish();
        for (place, object) in nested {
            rubric.criteria.push(CFRubricCriterion::read(object, place, warnings));
        }
        rubric
    }
}

impl CFRubricCriterion {
    /// Reads the object and its levels.
    pub(crate) fn read(
        object: Map<String, Value>,
        pointer: String,
        warnings: &mut Vec<Warning>,
    ) -> Self {
        let mut fields = Fields::new(object, pointer, warnings);
        let nested = fields.objects("CFRubricCriterionLevels");
        let mut criterion = Self {
            identifier: fields.text_any(&["identifier", "sourcedId"]),
            uri: fields.text("uri"),
            last_change_date_time: fields.date_time("lastChangeDateTime"),
            category: fields.text("category"),
            description: fields.text("description"),
            cf_item_uri: LinkUri::take(&mut fields, "CFItemURI"),
            weight: fields.number("weight"),
            position: fields.integer("position"),
            rubric_id: fields.text("rubricId"),
            levels: Vec::with_capacity(nested.len()),
            extensions: fields.json("extensions"),
            pointer: fields.pointer().to_owned(),
            unknown: Map::new(),
        };
        criterion.unknown = fields.finish();
        for (place, object) in nested {
            criterion
                .levels
                .push(CFRubricCriterionLevel::read(Fields::new(object, place, warnings)));
        }
        criterion
    }
}

impl CFRubricCriterionLevel {
    /// Reads the object.
    pub(crate) fn read(mut fields: Fields<'_>) -> Self {
        let fields_ref = &mut fields;
        let mut level = Self {
            identifier: fields_ref.text_any(&["identifier", "sourcedId"]),
            uri: fields_ref.text("uri"),
            last_change_date_time: fields_ref.date_time("lastChangeDateTime"),
            description: fields_ref.text("description"),
            quality: fields_ref.text("quality"),
            score: fields_ref.number("score"),
            feedback: fields_ref.text("feedback"),
            position: fields_ref.integer("position"),
            rubric_criterion_id: fields_ref.text("rubricCriterionId"),
            extensions: fields_ref.json("extensions"),
            pointer: fields_ref.pointer().to_owned(),
            unknown: Map::new(),
        };
        level.unknown = fields.finish();
        level
    }
}
