//! From the classes of `CFDefinitions` to `Definition`.

use crate::case::identity::Naming;
use crate::case::model::CFDefinition;
use crate::case::normalize::Normalizer;
use crate::definition::Definition;
use crate::resource::Resource;
use crate::text::LanguageMap;

/// Reads a definition.
pub(super) fn definition(normalizer: &mut Normalizer, definition: CFDefinition) {
    let host = normalizer.host.clone();
    let naming = Naming {
        identifier: definition.identifier.as_deref(),
        uri: definition.uri.as_deref(),
        pointer: &definition.pointer,
        host: &host,
    };
    let Some(mut identity) = normalizer.admit(&naming, definition.last_change_date_time) else {
        return;
    };
    identity.extensions = definition.extensions;
    normalizer.keep_unknown(&identity, definition.unknown);
    normalizer.warn_missing(&definition.pointer, &[("title", definition.title.is_none())]);
    let language = normalizer.language.clone();
    let tagged = |text: Option<String>| LanguageMap::of(text, language.as_deref());
    normalizer.out.resources.push(Resource::Definition(Definition {
        class: definition.class,
        framework: normalizer.framework.clone(),
        title: tagged(definition.title),
        description: tagged(definition.description),
        hierarchy_code: definition.hierarchy_code,
        code: definition.type_code,
        keywords: definition.keywords,
        license_text: definition.license_text,
        identity,
    }));
}
