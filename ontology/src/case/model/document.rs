//! `CFDocument`: the description of a framework.

use crate::case::fields::Fields;
use crate::case::model::entity::{Entity, Form};
use crate::case::model::link::LinkUri;

/// [`CFDocument`](https://www.imsglobal.org/spec/CASE/v1p1), and `CFPckgDocument` inside a package.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CFDocument {
    pub entity: Entity,
    pub creator: Option<String>,
    pub title: Option<String>,
    pub cf_package_uri: Option<LinkUri>,
    pub framework_type: Option<String>,
    pub case_version: Option<String>,
    pub official_source_url: Option<String>,
    pub publisher: Option<String>,
    pub description: Option<String>,
    pub subject: Vec<String>,
    pub subject_uri: Vec<LinkUri>,
    pub language: Option<String>,
    pub version: Option<String>,
    pub adoption_status: Option<String>,
    pub status_start_date: Option<String>,
    pub status_end_date: Option<String>,
    pub license_uri: Option<LinkUri>,
    pub notes: Option<String>,
}

impl CFDocument {
    /// Reads the object.
    pub(crate) fn read(mut fields: Fields<'_>, form: Form) -> Self {
        let required: &[&'static str] = match form {
            Form::Standalone => &["creator", "title", "CFPackageURI"],
            Form::Packaged => &["creator", "title"],
        };
        let mut document = Self {
            entity: Entity::take(&mut fields, required),
            creator: fields.text("creator"),
            title: fields.text("title"),
            cf_package_uri: LinkUri::take(&mut fields, "CFPackageURI"),
            framework_type: fields.text("frameworkType"),
            case_version: fields.text("caseVersion"),
            official_source_url: fields.text("officialSourceURL"),
            publisher: fields.text("publisher"),
            description: fields.text("description"),
            subject: fields.texts(&["subject"], false),
            subject_uri: LinkUri::take_all(&mut fields, "subjectURI"),
            language: fields.text("language"),
            version: fields.text("version"),
            adoption_status: fields.text("adoptionStatus"),
            status_start_date: fields.date("statusStartDate"),
            status_end_date: fields.date("statusEndDate"),
            license_uri: LinkUri::take(&mut fields, "licenseURI"),
            notes: fields.text("notes"),
        };
        document.entity.close(fields);
        document
    }
}
