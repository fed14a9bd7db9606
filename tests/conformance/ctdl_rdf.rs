//! The triples of real records, beside those of a conforming processor under the same context.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use oxrdf::Quad;
use serde_json::Value;

use crate::conformance::ctdl_real::{files, folder};
use crate::conformance::fixture::{self, Document};
use crate::conformance::isomorphism::normal;
use crate::conformance::json_ld::Published;

/// A real record that names a published context.
struct Sample {
    name: String,
    record: Value,
}

fn samples() -> Vec<Sample> {
    let mut samples = Vec::new();
    for (name, path) in files() {
        for document in fixture::documents(&path) {
            let Ok(bytes) = &document.bytes else { continue };
            let Ok(mut value) = serde_json::from_slice::<Value>(bytes) else { continue };
            let is_envelope = value["decoded_resource"].is_object();
            let record = if is_envelope { value["decoded_resource"].take() } else { value };
            let is_read = document.normalize().is_ok_and(|read| !read.provisional);
            if is_read && Published::is_named_by(&record["@context"]) {
                let name =
                    if document.record.contains('#') { document.record } else { name.clone() };
                samples.push(Sample { name, record });
            }
        }
    }
    samples
}

/// What the reader asserts of a record.
fn asserted(name: &str, record: &Value) -> Vec<Quad> {
    let bytes = Ok(record.to_string().into_bytes());
    let document = Document { record: name.to_owned(), bytes };
    let provenance = document.provenance();
    let graph = format!("<{}>", provenance.asserted_graph());
    let mut quads = Vec::new();
    let Ok(normalized) = document.normalize() else { return quads };
    ontology::write_quads(&normalized, &provenance, &mut |quad| {
        if quad.graph_name.to_string() == graph {
            quads.push(quad);
        }
    });
    quads
}

#[test]
fn the_triples_are_those_of_a_conforming_processor() {
    let Some(folder) = folder() else { return };
    let published = Published::read(&folder);
    let mut faults = Vec::new();
    let mut n = 0;
    for Sample { name, record } in samples() {
        let record = published.defined(&record);
        let ours = normal(&asserted(&name, &record));
        let theirs = match published.quads(&record) {
            Ok(quads) => normal(&quads),
            Err(why) => {
                faults.push(format!("{name}: {why}"));
                continue;
            }
        };
        n += theirs.len();
        let lines = |mark: &'static str, a: &BTreeSet<String>, b: &BTreeSet<String>| {
            a.difference(b).map(|line| format!("  {mark} {line}")).take(4).collect::<Vec<_>>()
        };
        let lines = [lines("ours", &ours, &theirs), lines("theirs", &theirs, &ours)].concat();
        if !lines.is_empty() {
            faults.push(format!("{name}:\n{}", lines.join("\n")));
        }
    }
    println!("{n} triples");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_stale_context_changes_nothing() {
    let Some(folder): Option<PathBuf> = folder() else { return };
    let stale = fs::read_to_string(folder.join("schema/ctdl-context-20211114.json")).unwrap();
    let stale: Value = serde_json::from_str(&stale).unwrap();
    let mut faults = Vec::new();
    for Sample { name, mut record } in samples() {
        let now = normal(&asserted(&name, &record));
        let own = match &record["@context"] {
            Value::Array(parts) => parts.iter().filter(|part| part.is_object()).cloned().collect(),
            _ => Vec::new(),
        };
        record["@context"] = Value::Array([vec![stale["@context"].clone()], own].concat());
        let then = normal(&asserted(&name, &record));
        let lost: Vec<&String> = now.difference(&then).take(5).collect();
        let new: Vec<&String> = then.difference(&now).take(5).collect();
        if !lost.is_empty() || !new.is_empty() {
            faults.push(format!("{name}:\n lost {lost:#?}\n new {new:#?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
