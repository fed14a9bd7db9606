//! From `CFItem` to `Competency`.

use crate::case::model::CFItem;
use crate::case::normalize::normalizer::Normalizer;
use crate::case::normalize::source;
use crate::competency::Competency;
use crate::record::WarningKind;
use crate::resource::Resource;
use crate::text::LanguageMap;

/// Reads an item.
pub(super) fn competency(normalizer: &mut Normalizer, item: CFItem) {
    let source_item = source::item(item.entity.extensions.as_ref(), &normalizer.host);
    let source_document = source::document(item.entity.extensions.as_ref(), &normalizer.host);
    let Some(identity) = normalizer.admit(item.entity) else { return };
    let named = normalizer.target(item.cf_document_uri.as_ref());
    let framework = normalizer.framework.clone().or(named);
    if framework.is_none() {
        normalizer.note_of(&identity, WarningKind::NoFramework);
    }
    if item.full_statement.is_none() {
        normalizer.note_of(&identity, WarningKind::NoStatement);
    }
    let language = item.language.or_else(|| normalizer.language.clone());
    let texts =
        ItemTexts::of(item.full_statement, item.alternative_label, item.abbreviated_statement);
    let tagged = |text: Option<String>| LanguageMap::of(text, language.as_deref());
    normalizer.out.resources.push(Resource::Competency(Competency {
        framework,
        statement: tagged(texts.statement),
        label: tagged(texts.label),
        abbreviated_statement: tagged(texts.abbreviated),
        code: item.human_coding_scheme,
        list_enumeration: item.list_enumeration,
        item_type: item.cf_item_type,
        item_type_link: normalizer.target(item.cf_item_type_uri.as_ref()).map(Box::new),
        keywords: item.concept_keywords,
        keyword_links: normalizer.targets(&item.concept_keywords_uri),
        subjects: item.subject,
        subject_links: normalizer.targets(&item.subject_uri),
        education_levels: item.education_level,
        notes: tagged(item.notes),
        license: normalizer.target(item.license_uri.as_ref()).map(Box::new),
        status_start: item.status_start_date,
        status_end: item.status_end_date,
        source_item: source_item.map(Box::new),
        source_document: source_document.map(Box::new),
        language,
        identity,
    }));
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
