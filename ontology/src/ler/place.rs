//! Where in the document something stands.

use serde_json::Value;

/// A place in a JSON document, as an [RFC 6901](https://www.rfc-editor.org/rfc/rfc6901) pointer.
///
/// Its keys are words of the standards, fixed when the program was built, so a pointer can never carry a word of the
/// document it points into. (That also means that no key needs escaping.)
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place(String);

impl Place {
    /// The member `key` of the object at this place.
    pub(super) fn key(&self, key: &'static str) -> Self {
        Self(format!("{}/{key}", self.0))
    }

    /// The element `index` of the list at this place.
    pub(super) fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// The pointer as text.
    pub(super) fn into_pointer(self) -> String {
        self.0
    }
}

/// The members of a value that may be one thing or a list of things; `null` stands for none.
///
/// Open Badges 3.0 wants lists, JSON-LD may compact them, and issuers write both.
pub(super) fn members<'a>(place: &Place, value: &'a Value) -> Vec<(Place, &'a Value)> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(list) => {
            list.iter().enumerate().map(|(index, member)| (place.index(index), member)).collect()
        }
        single => vec![(place.clone(), single)],
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_thing_and_a_list_of_things_are_read_alike() {
        let pointers = |value: &Value| -> Vec<String> {
            let place = Place::default().key("alignment");
            members(&place, value).into_iter().map(|(place, _)| place.into_pointer()).collect()
        };
        assert_eq!(pointers(&json!({})), ["/alignment"]);
        assert_eq!(pointers(&json!([{}, null])), ["/alignment/0", "/alignment/1"]);
        assert_eq!(pointers(&json!([])), [""; 0]);
        assert_eq!(pointers(&Value::Null), [""; 0]);
    }
}
