//! `CFItem`: a competency.

use crate::case::fields::Fields;
use crate::case::model::entity::{Entity, Form};
use crate::case::model::link::LinkUri;

/// [`CFItem`](https://www.imsglobal.org/spec/CASE/v1p1), and `CFPckgItem` inside a package.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CFItem {
    pub entity: Entity,
    pub full_statement: Option<String>,
    pub cf_document_uri: Option<LinkUri>,
    pub alternative_label: Option<String>,
    pub cf_item_type: Option<String>,
    pub cf_item_type_uri: Option<LinkUri>,
    pub human_coding_scheme: Option<String>,
    pub list_enumeration: Option<String>,
    pub abbreviated_statement: Option<String>,
    pub concept_keywords: Vec<String>,
    pub concept_keywords_uri: Vec<LinkUri>,
    pub notes: Option<String>,
    pub subject: Vec<String>,
    pub subject_uri: Vec<LinkUri>,
    pub language: Option<String>,
    pub education_level: Vec<String>,
    pub license_uri: Option<LinkUri>,
    pub status_start_date: Option<String>,
    pub status_end_date: Option<String>,
}

impl CFItem {
    /// Reads the object. A missing `fullStatement` has a warning of its own.
    pub(crate) fn read(mut fields: Fields<'_>, form: Form) -> Self {
        let mut item = Self {
            entity: Entity::take(&mut fields, &[]),
            full_statement: fields.text("fullStatement"),
            cf_document_uri: LinkUri::take_document(&mut fields, form),
            alternative_label: fields.text("alternativeLabel"),
            cf_item_type: fields.text("CFItemType"),
            cf_item_type_uri: LinkUri::take(&mut fields, "CFItemTypeURI"),
            human_coding_scheme: fields.text("humanCodingScheme"),
            list_enumeration: fields.text("listEnumeration"),
            abbreviated_statement: fields.text("abbreviatedStatement"),
            concept_keywords: fields.texts(&["conceptKeywords"], false),
            concept_keywords_uri: LinkUri::take_one_or_more(&mut fields, "conceptKeywordsURI"),
            notes: fields.text("notes"),
            subject: fields.texts(&["subject"], false),
            subject_uri: LinkUri::take_all(&mut fields, "subjectURI"),
            language: fields.text("language"),
            education_level: fields.texts(&["educationLevel", "educationalLevel"], true),
            license_uri: LinkUri::take(&mut fields, "licenseURI"),
            status_start_date: fields.date("statusStartDate"),
            status_end_date: fields.date("statusEndDate"),
        };
        item.entity.close(fields);
        item
    }
}
