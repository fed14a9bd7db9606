//! A JSON value as the text it stands for.

use std::borrow::Cow;

use serde_json::{Map, Number, Value};

/// The text of a value that should be a string: a string, a number, a JSON-LD value object, or a map by language.
///
/// A map by language gives its text in `language`, the one the badge says it is written in, or else its first. The
/// text is trimmed; nothing but white space is no text.
pub(super) fn text<'a>(value: &'a Value, language: Option<&str>) -> Option<Cow<'a, str>> {
    match value {
        Value::String(text) => non_empty(text),
        Value::Number(value) => number(value).map(Cow::Owned),
        Value::Array(list) => list.iter().find_map(|member| text(member, language)),
        Value::Object(object) => match object.get("@value") {
            Some(literal) if !literal.is_object() => text(literal, language),
            Some(_) => None,
            None => in_language(object, language),
        },
        Value::Null | Value::Bool(_) => None,
    }
}

/// The address in a value that should be an IRI: a string, or an object with an `id`.
pub(super) fn address(value: &Value) -> Option<&str> {
    let text = match value {
        Value::String(text) => text,
        Value::Array(list) => return list.iter().find_map(address),
        Value::Object(object) => {
            ["id", "@id", "@value"].iter().find_map(|key| object.get(*key)?.as_str())?
        }
        _ => return None,
    };
    let text = text.trim();
    (!text.is_empty()).then_some(text)
}

/// The last words of an object's types: `https://w3id.org/openbadges#Assertion` is an `Assertion`.
pub(super) fn types(object: &Map<String, Value>) -> Vec<&str> {
    let declared = [object.get("type"), object.get("@type")].into_iter().flatten();
    let written = declared.flat_map(|value| match value {
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
        single => single.as_str().into_iter().collect::<Vec<_>>(),
    });
    written.filter_map(|written| written.rsplit(['#', '/', ':']).next()).collect()
}

fn non_empty(text: &str) -> Option<Cow<'_, str>> {
    let text = text.trim();
    (!text.is_empty()).then_some(Cow::Borrowed(text))
}

/// The largest whole number that every reader of JSON knows exactly ([RFC 8259, section
/// 6](https://www.rfc-editor.org/rfc/rfc8259#section-6)).
const LARGEST_WHOLE: f64 = 9_007_199_254_740_991.0;

/// A number as text: digits, and a point where there is one; no text where readers differ in what they know of it.
pub(super) fn number(number: &Number) -> Option<String> {
    let value = number.as_f64()?;
    let size = value.abs();
    let is_plain = size <= LARGEST_WHOLE && (size >= 1e-6 || size == 0.0);
    is_plain.then(|| if size == 0.0 { "0".to_owned() } else { value.to_string() })
}

/// The text in a language: in exactly that one, or in one that begins with the same word, or else the first.
fn in_language<'a>(map: &'a Map<String, Value>, language: Option<&str>) -> Option<Cow<'a, str>> {
    let texts = || {
        map.iter().filter(|(key, _)| is_language_tag(key)).filter_map(|(key, value)| {
            let value = match value {
                Value::Array(list) => list.iter().find_map(Value::as_str),
                single => single.as_str(),
            };
            Some((key, non_empty(value?)?))
        })
    };
    let in_wanted = |same: fn(&str, &str) -> bool| {
        let language = language?;
        texts().find(|(key, _)| same(key, language)).map(|(_, text)| text)
    };
    in_wanted(str::eq_ignore_ascii_case)
        .or_else(|| in_wanted(|key, language| primary(key).eq_ignore_ascii_case(primary(language))))
        .or_else(|| texts().next().map(|(_, text)| text))
}

/// The first part of a language tag: the language itself.
fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or_default()
}

/// Whether a key has the form of a language tag; it keeps the members of other objects from being taken for text.
pub(super) fn is_language_tag(key: &str) -> bool {
    let mut parts = key.split(['-', '_']);
    let primary = parts.next().unwrap_or_default();
    let is_tag = (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
    is_tag || key == "@none"
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(value: &Value, expected: Option<&str>) {
        assert_eq!(text(value, Some("nl")).as_deref(), expected);
    }

    #[test]
    fn text_comes_in_many_dresses() {
        check(&json!("Read a map"), Some("Read a map"));
        check(&json!("  Read a map\n"), Some("Read a map"));
        check(&json!(4), Some("4"));
        check(&json!({"@value": "Read a map", "@language": "en"}), Some("Read a map"));
        check(&json!({"en-US": "Read a map", "fr": "Lire une carte"}), Some("Read a map"));
        check(&json!({"en": "Read a map", "nl": "Een kaart lezen"}), Some("Een kaart lezen"));
        check(&json!([null, {"en": "Read a map"}]), Some("Read a map"));
    }

    #[test]
    fn what_is_no_text_is_none() {
        for value in
            [json!(null), json!(true), json!(" "), json!([]), json!({}), json!({"learner": "A"})]
        {
            check(&value, None);
        }
    }

    #[test]
    fn an_address_is_a_string_or_an_object_with_one() {
        for value in
            [json!("urn:a"), json!({"id": "urn:a"}), json!({"@id": "urn:a"}), json!([" urn:a "])]
        {
            assert_eq!(address(&value), Some("urn:a"));
        }
        for value in [json!(null), json!(""), json!(4), json!({"name": "urn:a"})] {
            assert_eq!(address(&value), None);
        }
    }

    #[test]
    fn a_type_is_known_by_its_last_word() {
        let object = json!({"type": ["obi:BadgeClass", 4], "@type": "https://w3id.org/openbadges#Assertion"});
        assert_eq!(types(object.as_object().unwrap()), ["BadgeClass", "Assertion"]);
    }
}
