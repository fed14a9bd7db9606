//! The doors that are asked, and what comes through them.

use std::net::SocketAddr;
use std::time::Instant;

use ontology::{fold_code, plain};
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization as _;

use crate::relevance::http::{encoded, send};

/// A resource that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its identifier: the GUID, also of a CTID.
    pub id: String,
    /// The identifiers of its twins.
    pub twins: Vec<String>,
    /// Its folded code.
    pub code: Option<String>,
    /// Every text of it, folded.
    pub texts: Vec<String>,
    /// What a person reads.
    pub label: String,
    /// What it says, folded: its statement, else its name.
    pub says: String,
}

impl Found {
    /// Whether it is the resource of an identifier, or its twin.
    pub(crate) fn is(&self, id: &str) -> bool {
        self.id == id || self.twins.iter().any(|twin| twin == id)
    }
}

/// What came, and in how many milliseconds.
pub(crate) struct Came<T> {
    pub found: Vec<T>,
    pub took: f64,
}

/// The doors of a service.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Doors {
    pub address: SocketAddr,
}

impl Doors {
    /// `GET /v1/search`, with more parameters.
    pub(crate) fn search(
        self,
        text: &str,
        limit: usize,
        more: &[(&str, &str)],
    ) -> Result<Came<Found>, String> {
        let path =
            format!("/v1/search?q={}&limit={limit}{}", encoded(text.as_bytes()), query(more));
        self.ask("GET", &path, b"", cards)
    }

    /// `POST /v1/suggest`.
    pub(crate) fn suggest(
        self,
        text: &str,
        limit: usize,
        language: Option<&str>,
    ) -> Result<Came<Found>, String> {
        let mut body = json!({"text": text, "limit": limit});
        if let Some(tag) = language {
            body["lang"] = tag.into();
        }
        self.ask("POST", "/v1/suggest", body.to_string().as_bytes(), cards)
    }

    /// The labels that `GET /v1/autocomplete` gives, folded.
    pub(crate) fn autocomplete(self, text: &str, limit: usize) -> Result<Came<String>, String> {
        let path = format!("/v1/autocomplete?q={}&limit={limit}", encoded(text.as_bytes()));
        self.ask("GET", &path, b"", |answer| {
            let completions = list_of(answer, "resources").unwrap_or_default();
            let labels = completions.iter().filter_map(|one| one["label"].as_str());
            labels.map(folded).collect()
        })
    }

    /// Every text in what is said of one resource, folded; `None` where it is not held.
    pub(crate) fn texts_of(self, id: &str) -> Option<Vec<String>> {
        let path = format!("/v1/resources/{}", encoded(id.as_bytes()));
        let answer = send(self.address, "GET", &path, b"").ok()?;
        if answer.status != 200 {
            return None;
        }
        let mut found = Vec::new();
        texts(&serde_json::from_slice(&answer.body).ok()?, &mut found);
        Some(found)
    }

    fn ask<T>(
        self,
        method: &str,
        path: &str,
        body: &[u8],
        read: impl FnOnce(&Value) -> Vec<T>,
    ) -> Result<Came<T>, String> {
        let begun = Instant::now();
        let answer = send(self.address, method, path, body)
            .map_err(|fault| format!("no answer: {fault:?}"))?;
        let took = begun.elapsed().as_secs_f64() * 1e3;
        let text = String::from_utf8_lossy(&answer.body);
        if answer.status != 200 {
            return Err(format!("{} {text}", answer.status));
        }
        let value = serde_json::from_str(&text).map_err(|error| format!("{error}: {text}"))?;
        Ok(Came { found: read(&value), took })
    }
}

fn query(more: &[(&str, &str)]) -> String {
    let parameter = |(name, value): &(&str, &str)| format!("&{name}={}", encoded(value.as_bytes()));
    more.iter().map(parameter).collect::<Vec<_>>().concat()
}

/// The resources of an answer, wherever they stand in it.
fn cards(answer: &Value) -> Vec<Found> {
    list_of(answer, "card").unwrap_or_default().iter().map(found).collect()
}

/// The first list whose elements have a member of this name.
fn list_of<'a>(value: &'a Value, member: &str) -> Option<&'a [Value]> {
    match value {
        Value::Array(list) if list.first().is_some_and(|one| one.get(member).is_some()) => {
            Some(list)
        }
        Value::Array(list) => list.iter().find_map(|one| list_of(one, member)),
        Value::Object(members) => members.values().find_map(|one| list_of(one, member)),
        _ => None,
    }
}

fn found(hit: &Value) -> Found {
    let resource = &hit["card"]["resource"];
    let key = resource["identity"]["key"].as_str().unwrap_or_default();
    let twins = hit["twins"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut all = Vec::new();
    texts(resource, &mut all);
    let code = resource["code"].as_str();
    let names = ["label", "title", "statement", "name"];
    let name = names.iter().find_map(|name| first_text(&resource[*name]));
    let node = resource["identity"]["node"]["statements"].as_array().into_iter().flatten();
    let mut named = node.filter(|statement| statement["p"] == "ceterms:name");
    let name = name.or_else(|| named.find_map(|statement| first_text(&statement["o"])));
    let says = first_text(&resource["statement"]).or(name).unwrap_or(key);
    Found {
        says: folded(says),
        id: id_of(key),
        twins: twins.map(id_of).collect(),
        code: code.map(fold_code),
        texts: all,
        label: name.unwrap_or(key).to_owned(),
    }
}

/// The identifier in a key: `guid:…`, `ctid:ce-…`.
pub(crate) fn id_of(key: &str) -> String {
    let last = key.rsplit(':').next().unwrap_or(key).to_lowercase();
    last.strip_prefix("ce-").unwrap_or(&last).to_owned()
}

fn first_text(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Array(list) => list.iter().find_map(first_text),
        Value::Object(members) => members.values().find_map(first_text),
        _ => None,
    }
}

fn texts(value: &Value, to: &mut Vec<String>) {
    match value {
        Value::String(text) => to.push(folded(text)),
        Value::Array(list) => list.iter().for_each(|one| texts(one, to)),
        Value::Object(members) => members.values().for_each(|one| texts(one, to)),
        _ => {}
    }
}

/// A text without markup, case, spaces and signs, and with `²` as `2`, so that identical ones are found to be so.
pub(crate) fn folded(text: &str) -> String {
    let letters = plain(text);
    letters.nfkd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{cards, folded, id_of};

    #[test]
    fn resources_are_found_wherever_they_stand_in_an_answer() {
        let card = |key: &str, label: &str| {
            json!({"resource": {"identity": {"key": key}, "label": {"en": [label]}, "code": "3.NF.A.1"},
                "path": [{"label": "x"}]})
        };
        let hits = json!([
            {"card": card("guid:AB", "Add <em>fractions</em>."), "twins": ["ctid:ce-cd"]},
            {"card": card("ctid:sandbox:ce-ef", "Bake")},
        ]);
        for answer in
            [json!({"generation": 1, "results": {"hits": hits}}), json!({"suggestions": hits})]
        {
            let found = cards(&answer);
            assert!(found[0].is("ab") && found[0].is("cd") && !found[0].is("ef"));
            assert!(found[0].texts.contains(&"addfractions".to_owned()));
            assert_eq!((found[1].id.as_str(), found[1].label.as_str()), ("ef", "Bake"));
            assert_eq!(found[0].code, found[1].code);
        }
        assert!(cards(&json!({"results": {"hits": []}})).is_empty());
        assert_eq!(
            (id_of("guid:A-b"), folded("A **b**,\n c.")),
            ("a-b".to_owned(), "abc".to_owned())
        );
    }
}
