//! From the classes of `CFDefinitions` to `Definition`.

use crate::case::model::CFDefinition;
use crate::case::normalize::normalizer::Normalizer;
use crate::definition::Definition;
use crate::resource::Resource;
use crate::text::LanguageMap;

/// Reads a definition.
pub(super) fn definition(normalizer: &mut Normalizer, definition: CFDefinition) {
    let Some(identity) = normalizer.admit(definition.entity) else { return };
    let language = normalizer.language.as_deref();
    let definition = Definition {
        class: definition.class,
        framework: normalizer.framework.clone(),
        title: LanguageMap::of(definition.title, language),
        description: LanguageMap::of(definition.description, language),
        hierarchy_code: definition.hierarchy_code,
        code: definition.type_code,
        keywords: definition.keywords,
        license_text: definition.license_text,
        identity,
    };
    normalizer.out.resources.push(Resource::Definition(definition));
}
