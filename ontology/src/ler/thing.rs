//! A definition that is linked from another, in the words of CTDL, schema.org, SKOS or JDX.

use std::borrow::Cow;

use serde_json::Value;

use crate::ler::container::ContainerError;
use crate::ler::draft::Draft;
use crate::ler::literal::{address, text, types};
use crate::ler::scope::Scope;

/// The members of a definition, those of the more precise vocabulary first.
pub(super) const URL: &[&str] = &["id", "@id", "url"];
/// The members in which a definition may have its CTID.
pub(super) const CTID: &[&str] = &["ceterms:ctid", "ctid", "ceasn:ctid"];
const CODE: &[&str] = &[
    "ceasn:codedNotation",
    "ceterms:codedNotation",
    "codedNotation",
    "termCode",
    "codeValue",
    "targetCode",
];
/// The codes that any definition may have.
pub(super) const NOTATION: &[&str] =
    &["ceasn:codedNotation", "ceterms:codedNotation", "codedNotation"];
/// The names that any definition may have.
pub(super) const NAME: &[&str] = &[
    "ceasn:competencyLabel",
    "competencyLabel",
    "ceterms:name",
    "name",
    "prefLabel",
    "title",
    "ceasn:competencyText",
    "competencyText",
];
const DESCRIPTION: &[&str] =
    &["ceasn:competencyText", "competencyText", "ceterms:description", "description"];
const FRAMEWORK: &[&str] =
    &["inDefinedTermSet", "inCodeSet", "inScheme", "ceasn:isPartOf", "isPartOf"];
/// Types that say only that a thing is a definition, or what stands in its place.
const PLAIN_TYPES: &[&str] = &["Achievement", "BadgeClass", "Concept", "DefinedTerm", "Related"];

/// The type that an object declares, as it is written, where it says more than that this is a definition.
pub(super) fn declared_type(scope: Scope<'_>) -> Option<Cow<'_, str>> {
    let declared = [scope.object.get("type"), scope.object.get("@type")].into_iter().flatten();
    let written = declared.flat_map(|value| match value {
        Value::Array(list) => list.iter().collect(),
        single => vec![single],
    });
    let mut texts = written.filter_map(|value| text(value, None));
    texts.find(|written| {
        let last = written.rsplit(['#', '/', ':']).next().unwrap_or_default();
        !PLAIN_TYPES.contains(&last)
    })
}

/// Whether an object is a `ceterms:ConditionProfile`, which names definitions and is none.
pub(super) fn is_condition(scope: Scope<'_>) -> bool {
    types(scope.object).contains(&"ConditionProfile")
}

/// Drafts a linked definition.
pub(super) fn draft(draft: &mut Draft<'_>, scope: Scope<'_>) -> Result<(), ContainerError> {
    let tail = draft.site().tail();
    match scope.address(URL) {
        Some(id) => draft.url(Some(id), tail)?,
        None => draft.url(scope.words(CTID).as_deref(), tail)?,
    }
    draft.code(scope.words(CODE).as_deref())?;
    draft.kind(declared_type(scope).as_deref())?;
    draft.name(scope.words(NAME).as_deref())?;
    let description = scope.words(DESCRIPTION);
    if description != scope.words(NAME) {
        draft.description(description.as_deref())?;
    }
    draft.framework(framework(scope).as_deref())
}

/// Drafts a linked definition that is a string: an identifier, or words.
pub(super) fn draft_text(draft: &mut Draft<'_>, value: &Value) -> Result<(), ContainerError> {
    match address(value) {
        Some(id) if id.contains(char::is_whitespace) => draft.name(Some(id)),
        Some(id) if id.contains(':') || id.starts_with(['/', '.', '?', '#']) => {
            draft.url(Some(id), draft.site().tail())
        }
        Some(word) => draft.name(Some(word)),
        None => Ok(()),
    }
}

/// The framework, by its name or else by its address.
fn framework(scope: Scope<'_>) -> Option<Cow<'_, str>> {
    FRAMEWORK.iter().find_map(|key| {
        let value = scope.object.get(*key)?;
        let named = value.as_object().and_then(|object| {
            Scope::of(object, scope.language).words(&["name", "prefLabel", "title", "ceasn:name"])
        });
        let by_address = || {
            let own = value
                .as_object()
                .and_then(|object| Scope { object, language: None }.address(&["id", "@id", "url"]));
            own.or_else(|| address(value)).map(Cow::Borrowed)
        };
        named.or_else(by_address)
    })
}
