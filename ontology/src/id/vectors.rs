//! The published test vectors, run against this implementation.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::id::code::fold_code;
use crate::id::identify::identify;
use crate::id::key::CanonicalKey;

const IDENTIFIERS: &str = include_str!("../../vectors/identifiers.json");
const CODES: &str = include_str!("../../vectors/codes.json");

fn section(name: &str) -> Vec<Value> {
    let codes: Value = serde_json::from_str(CODES).unwrap();
    codes[name].as_array().unwrap().clone()
}

fn key(text: &Value) -> CanonicalKey {
    text.as_str().unwrap().parse().unwrap()
}

/// Everything that an identifier says, except the text it was read from.
fn said(vector: &Value) -> Map<String, Value> {
    let mut said = vector.as_object().unwrap().clone();
    for field in ["input", "raw", "why"] {
        said.remove(field);
    }
    said
}

#[test]
fn every_identifier_says_what_its_vector_says() {
    let vectors: Vec<Value> = serde_json::from_str(IDENTIFIERS).unwrap();
    assert!(vectors.len() >= 150);
    let mut failures = String::new();
    for vector in &vectors {
        let read = serde_json::to_value(identify(vector["input"].as_str().unwrap())).unwrap();
        if said(&read) != said(vector) {
            writeln!(failures, "{vector}\n  read as {read}").unwrap();
        }
    }
    assert_eq!(failures, "");
}

#[test]
fn every_vector_has_an_input_of_its_own_and_a_reason() {
    let vectors: Vec<Value> = serde_json::from_str(IDENTIFIERS).unwrap();
    let inputs: BTreeSet<&str> =
        vectors.iter().map(|vector| vector["input"].as_str().unwrap()).collect();
    assert_eq!(inputs.len(), vectors.len());
    assert!(vectors.iter().all(|vector| !vector["why"].as_str().unwrap().is_empty()));
}

#[test]
fn every_key_in_a_vector_names_itself() {
    let vectors: Vec<Value> = serde_json::from_str(IDENTIFIERS).unwrap();
    for vector in vectors.iter().filter(|vector| !vector["key"].is_null()) {
        let key = key(&vector["key"]);
        assert_eq!(identify(key.as_str()).key, Some(key));
    }
}

#[test]
fn every_code_folds_as_published() {
    for vector in section("codes") {
        let code = vector["code"].as_str().unwrap();
        assert_eq!(fold_code(code), vector["folded"], "{code}");
    }
    for vector in section("distinct") {
        let codes = vector["codes"].as_array().unwrap();
        let folded: BTreeSet<String> =
            codes.iter().map(|code| fold_code(code.as_str().unwrap())).collect();
        assert_eq!(folded.len(), codes.len(), "{vector}");
    }
}

#[test]
fn every_iri_has_the_published_key() {
    for vector in section("iris") {
        let key = CanonicalKey::iri(vector["iri"].as_str().unwrap());
        assert_eq!(key.as_ref().map(CanonicalKey::as_str), vector["key"].as_str(), "{vector}");
    }
}

#[test]
fn every_key_has_the_published_hash_and_subject() {
    for vector in section("keys") {
        let key = key(&vector["key"]);
        let hex = key.digest().iter().fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").unwrap();
            hex
        });
        assert_eq!(hex, vector["sha256"]);
        assert_eq!(key.alias_key().to_string(), vector["alias_key"]);
        assert_eq!(key.subject_iri().as_deref(), vector["subject_iri"].as_str());
    }
}

#[test]
fn every_key_has_the_published_spellings() {
    for vector in section("spellings") {
        let spellings = key(&vector["key"]).spellings();
        assert_eq!(serde_json::to_value(spellings).unwrap(), vector["spellings"], "{vector}");
    }
}
