//! A framework in the words of [schema.org](https://schema.org/DefinedTermSet), for those who search the web.

use serde_json::{Map, Value, json};

use crate::page::framework::head::Head;

/// Writes the block of data that stands in the head of its page, which is at an address.
pub(crate) fn term_set(head: &Head, address: &str) -> String {
    let mut data = Map::new();
    let mut add = |name: &str, value: Option<String>| {
        data.extend(value.map(|value| (name.to_owned(), Value::from(value))));
    };
    add("@context", Some("https://schema.org".to_owned()));
    add("@type", Some("DefinedTermSet".to_owned()));
    add("@id", Some(head.subject.clone()));
    add("name", Some(head.title.clone()));
    add("description", head.description.as_ref().map(|text| text.words.clone()));
    add("url", Some(address.to_owned()));
    add("version", head.version.clone());
    add("inLanguage", head.language_of_items.clone());
    add("dateModified", head.changed.clone());
    add("license", head.license.as_ref().and_then(|license| license.href.clone()));
    add("sameAs", head.official.clone());
    if let Some(name) = &head.publisher {
        data.insert("publisher".to_owned(), json!({ "@type": "Organization", "name": name }));
    }
    let text = Value::Object(data).to_string();
    // Inside a script nothing is escaped but by JSON itself.
    text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}
