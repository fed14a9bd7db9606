//! From `CFItem` to `Competency`.

use crate::alignment::Target;
use crate::case::identity::target_of;
use crate::case::model::{CFItem, LinkUri};
use crate::case::normalize::Normalizer;
use crate::competency::Competency;
use crate::record::WarningKind;
use crate::resource::Resource;
use crate::text::LanguageMap;

/// Reads an item.
pub(super) fn competency(normalizer: &mut Normalizer, item: CFItem) {
    let link = |identifier, uri| extension_link(normalizer, &item, identifier, uri);
    let source_item = link("sourceItemIdentifier", "sourceItemURI");
    let source_document = link("sourceDocumentIdentifier", "sourceDocumentURI");
    let place = item.entity.pointer.clone();
    let Some(identity) = normalizer.admit(item.entity) else { return };
    let named = normalizer.target(item.cf_document_uri.as_ref());
    let framework = normalizer.framework.clone().or(named);
    let mut warn = |kind| normalizer.oddities.note(&place, kind, identity.key.as_str());
    if framework.is_none() {
        warn(WarningKind::NoFramework);
    }
    if item.full_statement.is_none() {
        warn(WarningKind::NoStatement);
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
        source_item,
        source_document,
        language,
        identity,
    };
    normalizer.out.resources.push(Resource::Competency(competency));
}

/// Reads one of the two known links of `extensions` (Implementation Guide 4.4).
fn extension_link(
    normalizer: &Normalizer,
    item: &CFItem,
    identifier: &str,
    uri: &str,
) -> Option<Target> {
    let extensions = item.entity.extensions.as_ref()?;
    let text = |name: &str| {
        let value = extensions.get(name)?;
        let inner = value.get("uri").or_else(|| value.get("identifier")).unwrap_or(value);
        inner.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned)
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
