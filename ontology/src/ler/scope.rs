//! An object while it is read.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::ler::literal::{address, text};

/// An object that is read, and the language its words are in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope<'o> {
    /// The object.
    pub object: &'o Map<String, Value>,
    /// The language that it, or what stands around it, says it is written in.
    pub language: Option<&'o str>,
}

impl<'o> Scope<'o> {
    /// An object in its own language, or else in the one around it.
    pub(super) fn of(object: &'o Map<String, Value>, around: Option<&'o str>) -> Self {
        let own = object.get("inLanguage").or_else(|| object.get("@language"));
        Self { object, language: own.and_then(Value::as_str).or(around) }
    }

    /// The text of the first of some members that has one.
    pub(super) fn words(&self, keys: &[&str]) -> Option<Cow<'o, str>> {
        keys.iter().find_map(|key| text(self.object.get(*key)?, self.language))
    }

    /// The address in the first of some members that has one; a blank node is none.
    pub(super) fn address(&self, keys: &[&str]) -> Option<&'o str> {
        let addresses = keys.iter().filter_map(|key| address(self.object.get(*key)?));
        addresses.into_iter().find(|address| !address.starts_with("_:"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_first_member_that_has_something_counts() {
        let object = json!({"@language": "nl", "a": " ", "b": {"en": "B", "nl": "Bee"}, "c": "_:b0", "d": {"id": "urn:d"}});
        let scope = Scope::of(object.as_object().unwrap(), Some("en"));
        assert_eq!(scope.words(&["x", "a", "b"]).as_deref(), Some("Bee"));
        assert_eq!(scope.address(&["x", "c", "d"]), Some("urn:d"));
        assert_eq!(scope.words(&["a"]), None);
    }
}
