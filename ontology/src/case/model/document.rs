//! `CFDocument`: the description of a framework.

use crate::case::fields::Fields;
use crate::case::model::entity::{Entity, Form};
use crate::case::model::link::LinkUri;

/// [`CFDocument`](https://www.imsglobal.org/spec/CASE/v1p1), and `CFPckgDocument` inside a package.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CFDocument {
    pub(crate) entity: Entity,
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
