//! The lists of the JSON API: what stands around a resource, all frameworks, what has changed, and how much there is.

mod around;
mod feed;
mod hashes;
mod walk;

use serde_json::Value;

use crate::support::http::{Answer, Server};

/// Checks what every good answer has.
#[track_caller]
fn good(answer: &Answer) -> Value {
    let text = String::from_utf8_lossy(&answer.body);
    assert_eq!(answer.status, 200, "{text}");
    let json = answer.json();
    let generation = answer.field("alidade-generation").unwrap();
    assert_eq!(json["generation"].to_string(), generation, "{text}");
    json
}

#[track_caller]
fn ask(server: &Server, path: &str) -> Value {
    good(&server.get(path))
}

/// The address of the next page, as the head of an answer links it.
fn linked(answer: &Answer) -> Option<String> {
    let link = answer.field("link")?;
    Some(link.strip_prefix('<')?.strip_suffix(">; rel=\"next\"")?.to_owned())
}

/// Every item of a list, page by page as they are linked.
#[track_caller]
fn items(server: &Server, first: &str) -> Vec<Value> {
    let (mut path, mut found) = (first.to_owned(), Vec::new());
    loop {
        let answer = server.get(&path);
        let page = good(&answer);
        let n = page["n"].as_u64().unwrap();
        found.extend(page["items"].as_array().unwrap().iter().cloned());
        let next = linked(&answer);
        assert_eq!(next.is_some(), page["next"].is_string(), "{page}");
        let Some(next) = next else {
            assert_eq!(n, found.len() as u64, "{first}");
            return found;
        };
        assert_ne!(path, next);
        path = next;
    }
}

/// The members of this name of some values.
fn texts<'a>(values: &'a [Value], name: &str) -> Vec<&'a str> {
    values.iter().map(|value| value[name].as_str().unwrap()).collect()
}
