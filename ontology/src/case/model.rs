//! The classes of CASE as they stand in a document, field by field.

mod association;
mod definition;
mod document;
mod entity;
mod item;
mod link;
mod rubric;

pub(crate) use crate::case::model::association::CFAssociation;
pub(crate) use crate::case::model::definition::CFDefinition;
pub(crate) use crate::case::model::document::CFDocument;
pub(crate) use crate::case::model::entity::{Entity, Form};
pub(crate) use crate::case::model::item::CFItem;
pub(crate) use crate::case::model::link::LinkUri;
pub(crate) use crate::case::model::rubric::{CFRubric, CFRubricCriterion, CFRubricCriterionLevel};
