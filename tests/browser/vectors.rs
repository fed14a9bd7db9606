//! The published vectors of extraction, run against the module in the browser.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::browser::chromium::Browser;
use crate::browser::module::{check, read_in_browser};
use crate::support::http::Server;
use crate::support::{DataDir, read_json};

#[test]
fn every_vector_is_read_in_the_browser_as_it_is_published() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Value::Array(vectors) = read_json(&root.join("ontology/vectors/credentials.json")) else {
        panic!("the vectors are no list");
    };
    let with_documents =
        vectors.iter().filter_map(|vector| Some((vector, document(vector, root)?)));
    let (here, documents): (Vec<&Value>, Vec<Vec<u8>>) = with_documents.unzip();
    if here.len() < vectors.len() {
        println!("skipped: {} files of ../shared are not here", vectors.len() - here.len());
    }
    let data = DataDir::new();
    let server = Server::of(&data);
    let browser = Browser::start();
    browser.go_to(&format!("http://{}/badge", server.address()));
    check(&browser, &documents);
    let answers = here.into_iter().zip(read_in_browser(&browser, &documents));
    // An expectation that is not stated yet is the library's alone.
    for (vector, answer) in answers.filter(|(vector, _)| !vector["expected"].is_null()) {
        let name = vector["name"].as_str().or_else(|| vector["file"].as_str()).unwrap();
        assert_eq!(published(vector, answer), vector["expected"], "{name}");
    }
}

/// The bytes of a vector's document; none where it is a published sample that is not here.
fn document(vector: &Value, root: &Path) -> Option<Vec<u8>> {
    if let Some(file) = vector["file"].as_str() {
        return fs::read(root.join("../shared/data/credentials").join(file)).ok();
    }
    Some(match (&vector["text"], &vector["base64"]) {
        (Value::String(text), _) => text.clone().into_bytes(),
        (_, Value::String(bytes)) => STANDARD.decode(bytes).unwrap(),
        _ => vector["document"].to_string().into_bytes(),
    })
}

/// An answer in the form in which vectors are published: of a document that has an owner, words are a digest.
fn published(vector: &Value, mut answer: Value) -> Value {
    if let Some(error) = answer.get("error") {
        return json!({ "error": error });
    }
    if vector.get("file").is_none() {
        return answer;
    }
    let mut extraction = answer["extraction"].take();
    for mention in extraction["mentions"].as_array_mut().unwrap() {
        let members = mention.as_object_mut().unwrap();
        let words = ["targetName", "targetDescription", "targetFramework"].map(|key| {
            let words = members.remove(key).unwrap_or_default();
            words.as_str().unwrap_or_default().to_owned()
        });
        let digest = Sha256::digest(words.join("\u{1f}").as_bytes());
        let digits = digest.iter().take(8).flat_map(|byte| [byte >> 4, byte & 15]);
        let digits: String =
            digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect();
        members.insert("words".to_owned(), digits.into());
    }
    extraction
}
