//! From `CFItem` to `Competency`.

use serde_json::Value;

use crate::alignment::Target;
use crate::case::identity::{Naming, target_of};
use crate::case::model::{CFItem, LinkUri};
use crate::case::normalize::Normalizer;
use crate::competency::Competency;
use crate::record::{Warning, WarningKind};
use crate::resource::Resource;
use crate::text::LanguageMap;

/// Reads an item.
pub(super) fn competency(normalizer: &mut Normalizer, item: CFItem) {
    let host = normalizer.host.clone();
    let naming = Naming {
        identifier: item.identifier.as_deref(),
        uri: item.uri.as_deref(),
        pointer: &item.pointer,
        host: &host,
    };
    let Some(mut identity) = normalizer.admit(&naming, item.last_change_date_time) else { return };
    let extensions = item.extensions.as_ref();
    identity.extensions = extensions.map(Value::to_string);
    normalizer.keep_unknown(&identity, item.unknown);
    let framework =
        normalizer.framework.clone().or_else(|| normalizer.target(item.cf_document_uri.as_ref()));
    if framework.is_none() {
        normalizer.out.warnings.push(Warning::new(
            &item.pointer,
            WarningKind::NoFramework,
            identity.key.as_str(),
        ));
    }
    if item.full_statement.is_none() {
        let place = format!("{}/fullStatement", item.pointer);
        normalizer.out.warnings.push(Warning::new(
            place,
            WarningKind::NoStatement,
            identity.key.as_str(),
        ));
    }
    let language = item.language.or_else(|| normalizer.language.clone());
    let texts =
        ItemTexts::of(item.full_statement, item.alternative_label, item.abbreviated_statement);
    let tagged = |text: Option<String>| LanguageMap::of(text, language.as_deref());
    let competency = Competency {
        framework,
        statement: tagged(texts.statement),
        label: tagged(texts.label),
        abbreviated_statement: tagged(texts.abbreviated),
        code: item.human_coding_scheme,
        list_enumeration: item.list_enumeration,
        item_type: item.cf_item_type,
        item_type_link: normalizer.target(item.cf_item_type_uri.as_ref()),
        keywords: item.concept_keywords,
        keyword_links: normalizer.targets(&item.concept_keywords_uri),
        subjects: item.subject,
        subject_links: normalizer.targets(&item.subject_uri),
        education_levels: item.education_level,
        notes: tagged(item.notes),
        license: normalizer.target(item.license_uri.as_ref()),
        status_start: item.status_start_date,
        status_end: item.status_end_date,
        source_item: extensions
            .and_then(|e| extension_link(normalizer, e, "sourceItemIdentifier", "sourceItemURI")),
        source_document: extensions.and_then(|e| {
            extension_link(normalizer, e, "sourceDocumentIdentifier", "sourceDocumentURI")
        }),
        language,
        identity,
    };
    normalizer.out.resources.push(Resource::Competency(competency));
}

/// Reads one of the two known links of `extensions` (Implementation Guide 4.4).
fn extension_link(
    normalizer: &Normalizer,
    extensions: &Value,
    identifier: &str,
    uri: &str,
) -> Option<Target> {
    let text = |name: &str| {
        let value = extensions.get(name)?;
        let nested = value.get("uri").or_else(|| value.get("identifier")).unwrap_or(value);
        nested.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned)
    };
    let link = LinkUri { identifier: text(identifier), uri: text(uri), ..LinkUri::default() };
    (link.identifier.is_some() || link.uri.is_some()).then(|| target_of(&link, &normalizer.host))
}

/// The texts of an item, told apart: what is the statement, and what is a shorter name for it.
struct ItemTexts {
    statement: Option<String>,
    label: Option<String>,
    abbreviated: Option<String>,
}

impl ItemTexts {
    /// Where the statement is missing, a shorter text stands for it (seen on Texas's server).
    fn of(
        statement: Option<String>,
        alternative: Option<String>,
        abbreviated: Option<String>,
    ) -> Self {
        let statement = statement.or_else(|| abbreviated.clone()).or_else(|| alternative.clone());
        let (label, abbreviated) = match alternative {
            Some(label) => (Some(label), abbreviated),
            None => (abbreviated, None),
        };
        Self { statement, label, abbreviated }
    }
}
