//! The published vectors of extraction, run against this implementation.
//!
//! With `ALIDADE_BLESS=1` in the environment the expectations are written anew; each has to be read against its document.

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::ler::ask::asks;
use crate::ler::extract::{Extraction, extract};
use crate::ler::mention::Mention;

#[test]
fn every_document_says_what_its_vector_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("vectors/credentials.json");
    let mut vectors: Vec<Value> = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let names: BTreeSet<String> =
        vectors.iter().map(|vector| format!("{} {}", vector["name"], vector["file"])).collect();
    assert_eq!(names.len(), vectors.len(), "each vector has a name of its own");
    let is_blessed = env::var_os("ALIDADE_BLESS").is_some();
    let (mut n_own, mut n_absent, mut failures) = (0, 0, Vec::new());
    for vector in &mut vectors {
        let Some(document) = document(vector, root) else {
            n_absent += 1;
            continue;
        };
        let said = said(vector, &document);
        n_own += usize::from(vector.get("file").is_none());
        if is_blessed {
            vector["expected"] = said;
        } else if said != vector["expected"] {
            failures.push(format!("{}{}\n  says {said}", vector["name"], vector["file"]));
        }
    }
    if is_blessed {
        fs::write(&path, serde_json::to_string_pretty(&vectors).unwrap() + "\n").unwrap();
    }
    println!("{n_absent} files are not here");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(n_own >= 60 || is_blessed);
}

/// The bytes of a vector's document; none where it is a published sample that is not here.
fn document(vector: &Value, root: &Path) -> Option<Vec<u8>> {
    if let Some(file) = vector["file"].as_str() {
        return fs::read(root.join("../../shared/data/credentials").join(file)).ok();
    }
    Some(match (&vector["document"], &vector["text"], &vector["base64"]) {
        (_, Value::String(text), _) => text.clone().into_bytes(),
        (_, _, Value::String(bytes)) => BASE64_STANDARD.decode(bytes).unwrap(),
        (document, ..) => document.to_string().into_bytes(),
    })
}

fn said(vector: &Value, document: &[u8]) -> Value {
    match extract(document) {
        Err(error) => json!({"error": error.code()}),
        Ok(extraction) if vector.get("file").is_some() => facts(&extraction),
        Ok(extraction) => json!({"extraction": extraction, "asks": asks(&extraction)}),
    }
}

/// What may be said about a document that has an owner: identifiers as they are, words as a digest.
fn facts(extraction: &Extraction) -> Value {
    json!({
        "carrier": extraction.carrier,
        "format": extraction.format,
        "credentials": extraction.credentials,
        "mentions": extraction.mentions.iter().map(fact).collect::<Vec<_>>(),
        "withheld": extraction.withheld,
        "unread": extraction.unread,
        "malformed": extraction.malformed,
    })
}

fn fact(mention: &Mention) -> Value {
    let mut fact = serde_json::to_value(mention).unwrap();
    let members = fact.as_object_mut().unwrap();
    let words = ["targetName", "targetDescription", "targetFramework"]
        .map(|key| members.remove(key).unwrap_or_default())
        .map(|words| words.as_str().unwrap_or_default().to_owned())
        .join("\u{1f}");
    let digest = Sha256::digest(words.as_bytes());
    let digits = digest.iter().take(8).flat_map(|byte| [byte >> 4, byte & 15]);
    let hex: String = digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect();
    members.insert("words".to_owned(), hex.into());
    fact
}
