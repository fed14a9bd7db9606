//! A framework as the list shows it.

use ontology::Guid;
use serde_json::{Map, Value};
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{OffsetDateTime, PrimitiveDateTime};

use crate::source::case::field::{field, text};

/// The longest identifier that is taken for one.
const LONGEST: usize = 512;

/// The longest address that is taken for one.
const LONGEST_ADDRESS: usize = 2 << 10;

/// What the list says of a framework: a `CFDocument`, as far as its package is found by it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Listed {
    /// The identifier, as it is written.
    pub identifier: String,
    /// The identifier of the package.
    pub package: Option<String>,
    /// Where the server says that the package is.
    pub package_uri: Option<String>,
    /// Its subjects, by name.
    pub subjects: Vec<String>,
    /// When the document last changed, as it says itself; that proves nothing.
    pub changed: Option<OffsetDateTime>,
}

impl Listed {
    /// A framework of which nothing but its identifier is known.
    pub(super) fn named(identifier: &str) -> Self {
        Self { identifier: identifier.to_owned(), ..Self::default() }
    }

    /// Reads an element of the list; nothing where it has no identifier.
    pub(super) fn read(value: &Value) -> Option<Self> {
        let element = value.as_object()?;
        let inner = field(element, "CFDocument").and_then(Value::as_object);
        let document = inner.unwrap_or(element);
        let identifier = identifier(document)?;
        let (package, package_uri) = package(document);
        Some(Self {
            identifier: identifier.to_owned(),
            package,
            package_uri,
            subjects: subjects(document),
            changed: text(document, "lastChangeDateTime").and_then(stamp),
        })
    }

    /// Whether anything is said of where the package is.
    pub(super) fn names_package(&self) -> bool {
        self.package.is_some() || self.package_uri.is_some()
    }

    /// What the framework is known by.
    pub(super) fn key(&self) -> String {
        key(&self.identifier)
    }
}

/// What an identifier is compared by: a GUID in small letters, anything else as it is.
pub(super) fn key(identifier: &str) -> String {
    match identifier.parse::<Guid>() {
        Ok(guid) => guid.as_str().to_owned(),
        Err(_) => identifier.to_owned(),
    }
}

fn identifier(object: &Map<String, Value>) -> Option<&str> {
    let identifier = text(object, "identifier").or_else(|| text(object, "sourcedId"))?;
    let is_usable = identifier.len() <= LONGEST && !identifier.contains(char::is_control);
    is_usable.then_some(identifier)
}

/// The identifier and the address of the package: an object, or nothing but the address.
fn package(document: &Map<String, Value>) -> (Option<String>, Option<String>) {
    match field(document, "CFPackageURI") {
        Some(Value::String(uri)) => {
            (None, Some(uri.trim()).filter(|uri| !uri.is_empty()).and_then(address))
        }
        Some(Value::Object(link)) => {
            (identifier(link).map(str::to_owned), text(link, "uri").and_then(address))
        }
        _ => (None, None),
    }
}

fn address(uri: &str) -> Option<String> {
    (uri.len() <= LONGEST_ADDRESS).then(|| uri.to_owned())
}

/// The names of the subjects: texts, an array of them, and the titles of the links.
fn subjects(document: &Map<String, Value>) -> Vec<String> {
    let of = |name| field(document, name).into_iter().flat_map(elements);
    let texts = of("subject").filter_map(Value::as_str);
    let titles = of("subjectURI").filter_map(|link| text(link.as_object()?, "title"));
    let mut subjects: Vec<String> =
        texts.chain(titles).map(|name| name.trim().to_owned()).collect();
    subjects.sort();
    subjects.dedup();
    subjects
}

fn elements(value: &Value) -> &[Value] {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)
}

/// Reads a stamp; one without a zone is UTC.
fn stamp(text: &str) -> Option<OffsetDateTime> {
    let naive = format_description!(
        version = 2,
        "[year]-[month]-[day][first [T] [ ]][hour]:[minute]:[second][optional [.[subsecond]]]"
    );
    OffsetDateTime::parse(text, &Rfc3339)
        .or_else(|_| PrimitiveDateTime::parse(text, naive).map(PrimitiveDateTime::assume_utc))
        .ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use time::macros::datetime;

    use super::*;

    fn read(value: &Value) -> Listed {
        Listed::read(value).unwrap()
    }

    #[test]
    fn a_package_address_is_an_object_a_text_or_missing() {
        let object =
            read(&json!({"identifier": "d", "CFPackageURI": {"identifier": "p", "uri": "/x"}}));
        assert_eq!(
            (object.package.as_deref(), object.package_uri.as_deref()),
            (Some("p"), Some("/x"))
        );
        let plain = read(&json!({"identifier": "d", "CFPackageURI": "https://a.org/p"}));
        assert_eq!((plain.package, plain.package_uri.as_deref()), (None, Some("https://a.org/p")));
        for nothing in
            [json!({"identifier": "d"}), json!({"identifier": "d", "CFPackageURI": null})]
        {
            assert_eq!(read(&nothing), Listed::named("d"));
        }
    }

    #[test]
    fn an_address_that_is_too_long_is_none() {
        let link = |n| json!("x".repeat(n));
        let read = |n| read(&json!({"identifier": "d", "CFPackageURI": link(n)})).package_uri;
        assert!(read(LONGEST_ADDRESS).is_some());
        assert_eq!(read(LONGEST_ADDRESS + 1), None);
    }

    #[test]
    fn keys_may_be_capitalised_and_the_identifier_be_called_sourced_id() {
        let capitals = json!({"Identifier": "d", "cfPackageUri": {"Identifier": "p", "URI": "/x"}});
        assert_eq!(read(&capitals).package.as_deref(), Some("p"));
        let sourced = json!({"sourcedId": "d", "CFPackageURI": {"sourcedId": "p"}});
        assert_eq!(read(&sourced).package.as_deref(), Some("p"));
        assert_eq!(read(&json!({"CFDocument": {"identifier": "d"}})).identifier, "d");
    }

    #[test]
    fn subjects_are_texts_arrays_and_titles() {
        let subjects = |value: Value| read(&value).subjects;
        assert_eq!(subjects(json!({"identifier": "d", "subject": "Math"})), ["Math"]);
        assert_eq!(
            subjects(json!({"identifier": "d", "subject": ["Math", "Art"]})),
            ["Art", "Math"]
        );
        let links = json!({"identifier": "d", "subject": "Math", "subjectURI": [{"title": "Art"}, {"title": "Math"}]});
        assert_eq!(subjects(links), ["Art", "Math"]);
    }

    #[test]
    fn guids_are_compared_in_small_letters_and_other_identifiers_as_they_are() {
        let guid = "6B9BF846-D7CC-11E8-824F-0242AC160002";
        assert_eq!(key(guid), guid.to_lowercase());
        assert_eq!(key("Framework-A"), "Framework-A");
    }

    #[test]
    fn what_has_no_usable_identifier_is_no_framework() {
        let long = "x".repeat(LONGEST + 1);
        for value in [
            json!("d"),
            json!({}),
            json!({"identifier": 5}),
            json!({"identifier": " "}),
            json!({"identifier": long}),
            json!({"identifier": "a\nb"}),
        ] {
            assert_eq!(Listed::read(&value), None, "{value}");
        }
    }

    #[test]
    fn a_stamp_without_a_zone_is_utc() {
        let expected = Some(datetime!(2018-03-20 14:02:11 UTC));
        assert_eq!(stamp("2018-03-20T14:02:11Z"), expected);
        assert_eq!(stamp("2018-03-20T15:02:11+01:00"), expected);
        assert_eq!(stamp("2018-03-20T14:02:11"), expected);
        assert_eq!(stamp("2018-03-20 14:02:11"), expected);
        let fraction = stamp("2018-03-20T14:02:11.5").unwrap();
        assert_eq!(fraction.unix_timestamp(), datetime!(2018-03-20 14:02:11 UTC).unix_timestamp());
        assert_eq!(stamp("yesterday"), None);
    }
}
