//! Members of JSON objects, whose keys servers write in small and capital letters as they please.

use serde_json::{Map, Value};

/// A member by its name: written so, or else in other letters.
pub(super) fn field<'v>(object: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    let by_letters = || {
        let mut members = object.iter();
        members.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    };
    object.get(name).or_else(by_letters).filter(|value| !value.is_null())
}

/// A member that is a text with something in it.
pub(super) fn text<'v>(object: &'v Map<String, Value>, name: &str) -> Option<&'v str> {
    field(object, name)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// A member that is a count, as a number or as a text.
pub(super) fn count(object: &Map<String, Value>, name: &str) -> Option<u64> {
    let value = field(object, name)?;
    value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
}
