//! `CFDocument`: the description of a framework.

use serde_json::{Map, Value};

use crate::case::fields::Fields;
use crate::case::model::link::LinkUri;

/// [`CFDocument`](https://www.imsglobal.org/spec/CASE/v1p1), and `CFPckgDocument` inside a package.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CFDocument {
    pub(crate) identifier: Option<String>,
    pub(crate) uri: Option<String>,
    pub(crate) last_change_date_time: Option<String>,
    pub(crate) creator: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) cf_package_uri: Option<LinkUri>,
    pub(crate) framework_type: Option<String>,
    pub(crate) case_version: Option<String>,
    pub(crate) official_source_url: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) subject: Vec<String>,
    pub(crate) subject_uri: Vec<LinkUri>,
    pub(crate) language: Option<String>,
    pub(crate) version: Option<String>,
    pub(crate) adoption_status: Option<String>,
    pub(crate) status_start_date: Option<String>,
    pub(crate) status_end_date: Option<String>,
    pub(crate) license_uri: Option<LinkUri>,
    pub(crate) notes: Option<String>,
    pub(crate) extensions: Option<String>,
    pub(crate) pointer: String,
    pub(crate) unknown: Map<String, Value>,
}

impl CFDocument {
    /// Reads the object.
    pub(crate) fn read(mut fields: Fields<'_>) -> Self {
        let fields_ref = &mut fields;
        let mut document = Self {
            identifier: fields_ref.text_any(&["identifier", "sourcedId"]),
            uri: fields_ref.text("uri"),
            last_change_date_time: fields_ref.date_time("lastChangeDateTime"),
            creator: fields_ref.text("creator"),
            title: fields_ref.text("title"),
            cf_package_uri: LinkUri::take(fields_ref, "CFPackageURI"),
            framework_type: fields_ref.text("frameworkType"),
            case_version: fields_ref.text("caseVersion"),
            official_source_url: fields_ref.text("officialSourceURL"),
            publisher: fields_ref.text("publisher"),
            description: fields_ref.text("description"),
            subject: fields_ref.texts(&["subject"], false),
            subject_uri: LinkUri::take_all(fields_ref, "subjectURI"),
            language: fields_ref.text("language"),
            version: fields_ref.text("version"),
            adoption_status: fields_ref.text("adoptionStatus"),
            status_start_date: fields_ref.date("statusStartDate"),
            status_end_date: fields_ref.date("statusEndDate"),
            license_uri: LinkUri::take(fields_ref, "licenseURI"),
            notes: fields_ref.text("notes"),
            extensions: fields_ref.json("extensions"),
            pointer: fields_ref.pointer().to_owned(),
            unknown: Map::new(),
        };
        document.unknown = fields.finish();
        document
    }
}
