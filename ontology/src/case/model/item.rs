//! `CFItem`: a competency.

use serde_json::{Map, Value};

use crate::case::fields::Fields;
use crate::case::model::link::LinkUri;

/// [`CFItem`](https://www.imsglobal.org/spec/CASE/v1p1), and `CFPckgItem` inside a package.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CFItem {
    pub(crate) identifier: Option<String>,
    pub(crate) uri: Option<String>,
    pub(crate) last_change_date_time: Option<String>,
    pub(crate) full_statement: Option<String>,
    pub(crate) cf_document_uri: Option<LinkUri>,
    pub(crate) alternative_label: Option<String>,
    pub(crate) cf_item_type: Option<String>,
    pub(crate) cf_item_type_uri: Option<LinkUri>,
    pub(crate) human_coding_scheme: Option<String>,
    pub(crate) list_enumeration: Option<String>,
    pub(crate) abbreviated_statement: Option<String>,
    pub(crate) concept_keywords: Vec<String>,
    pub(crate) concept_keywords_uri: Vec<LinkUri>,
    pub(crate) notes: Option<String>,
    pub(crate) subject: Vec<String>,
    pub(crate) subject_uri: Vec<LinkUri>,
    pub(crate) language: Option<String>,
    pub(crate) education_level: Vec<String>,
    pub(crate) license_uri: Option<LinkUri>,
    pub(crate) status_start_date: Option<String>,
    pub(crate) status_end_date: Option<String>,
    pub(crate) extensions: Option<Value>,
    pub(crate) pointer: String,
    pub(crate) unknown: Map<String, Value>,
}

impl CFItem {
    /// Reads the object.
    pub(crate) fn read(mut fields: Fields<'_>) -> Self {
        let fields_ref = &mut fields;
        let mut item = Self {
            identifier: fields_ref.text_any(&["identifier", "sourcedId"]),
            uri: fields_ref.text("uri"),
            last_change_date_time: fields_ref.date_time("lastChangeDateTime"),
            full_statement: fields_ref.text("fullStatement"),
            cf_document_uri: document_link(fields_ref),
            alternative_label: fields_ref.text("alternativeLabel"),
            cf_item_type: fields_ref.text("CFItemType"),
            cf_item_type_uri: LinkUri::take(fields_ref, "CFItemTypeURI"),
            human_coding_scheme: fields_ref.text("humanCodingScheme"),
            list_enumeration: fields_ref.text("listEnumeration"),
            abbreviated_statement: fields_ref.text("abbreviatedStatement"),
            concept_keywords: fields_ref.texts(&["conceptKeywords"], false),
            concept_keywords_uri: keyword_links(fields_ref),
            notes: fields_ref.text("notes"),
            subject: fields_ref.texts(&["subject"], false),
            subject_uri: LinkUri::take_all(fields_ref, "subjectURI"),
            language: fields_ref.text("language"),
            education_level: fields_ref.texts(&["educationLevel", "educationalLevel"], true),
            license_uri: LinkUri::take(fields_ref, "licenseURI"),
            status_start_date: fields_ref.date("statusStartDate"),
            status_end_date: fields_ref.date("statusEndDate"),
            extensions: fields_ref.take("extensions"),
            pointer: fields_ref.pointer().to_owned(),
            unknown: Map::new(),
        };
        item.unknown = fields.finish();
        item
    }
}

/// The document an item belongs to; inside a package the field is superfluous, and any shape of it will do.
pub(crate) fn document_link(fields: &mut Fields<'_>) -> Option<LinkUri> {
    match fields.take("CFDocumentURI")? {
        Value::String(uri) => Some(LinkUri { uri: Some(uri), ..LinkUri::default() }),
        Value::Object(object) => {
            let text = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
            Some(LinkUri {
                title: text("title"),
                identifier: text("identifier"),
                uri: text("uri"),
                target_type: None,
            })
        }
        _ => None,
    }
}

/// `conceptKeywordsURI` is a single link in the standard; some servers send several.
fn keyword_links(fields: &mut Fields<'_>) -> Vec<LinkUri> {
    match fields.take("conceptKeywordsURI") {
        None => Vec::new(),
        Some(value) => {
            let values = match value {
                Value::Array(values) => values,
                single => vec![single],
            };
            values
                .into_iter()
                .filter_map(|value| LinkUri::read(fields, "conceptKeywordsURI", value))
                .collect()
        }
    }
}
