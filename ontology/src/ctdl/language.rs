//! Language maps in the shapes that publishers give them, and their tags mended.

use serde_json::{Map, Value};

/// Tells whether an object is a language map: every key has the form of a tag, and every value is a text or several.
pub(crate) fn is_language_map(object: &Map<String, Value>) -> bool {
    let is_text = |value: &Value| match value {
        Value::String(_) | Value::Null | Value::Number(_) => true,
        Value::Array(values) => values.iter().all(|value| value.is_string() || value.is_null()),
        Value::Object(_) | Value::Bool(_) => false,
    };
    !object.is_empty()
        && object
            .iter()
            .all(|(tag, value)| (tag == "@none" || looks_like_tag(tag)) && is_text(value))
}

/// Two or three letters, then short parts behind hyphens, underscores or colons.
fn looks_like_tag(tag: &str) -> bool {
    let mut parts = tag.split(['-', '_', ':']);
    let is_language = parts.next().is_some_and(|first| {
        (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic())
    });
    is_language
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// A tag in a form that RDF takes ([BCP 47](https://www.rfc-editor.org/info/bcp47)); `None` where it is none.
pub(crate) fn repaired_tag(tag: &str) -> Option<String> {
    let tag = tag.trim();
    looks_like_tag(tag).then(|| tag.replace(['_', ':'], "-"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{is_language_map, repaired_tag};

    #[test]
    fn tags_are_mended_where_they_can_be() {
        for (tag, expected) in [
            ("en", Some("en")),
            ("en-US", Some("en-US")),
            ("en:us", Some("en-us")),
            ("en_US", Some("en-US")),
            (" ar-sa ", Some("ar-sa")),
            ("zh-Hant-TW", Some("zh-Hant-TW")),
            ("English", None),
            ("", None),
            ("e n", None),
        ] {
            assert_eq!(repaired_tag(tag).as_deref(), expected, "{tag}");
        }
    }

    #[test]
    fn a_language_map_holds_texts_by_tag() {
        for (value, expected) in [
            (json!({"en": "a"}), true),
            (json!({"en-US": ["a", "b"], "es": "c"}), true),
            (json!({"en:us": "a"}), true),
            (json!({"@none": "a"}), true),
            (json!({"en": {"a": "b"}}), false),
            (json!({"@type": "ceterms:Place"}), false),
            (json!({"name": "a"}), false),
            (json!({}), false),
        ] {
            assert_eq!(is_language_map(value.as_object().unwrap()), expected, "{value}");
        }
    }
}
