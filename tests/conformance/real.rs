//! Real frameworks, counted twice: by the reader, and from the bare JSON by code of its own.
//!
//! They lie beside the repository, where somebody has fetched them; without them there is nothing to compare.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::conformance::count::Count;
use crate::conformance::fixture::{self, Document};
use crate::conformance::manifest::check_pointers;
use crate::conformance::rdf::check_quads_of;

/// The files that are no documents of CASE, and why.
const REFUSED: &[(&str, &str)] = &[];

/// Where the two counts may differ, and why.
const EXCEPTIONS: &[(&str, &str)] = &[];

fn count(documents: &[Document]) -> Count {
    let mut count = Count::default();
    for document in documents {
        let normalized = document.normalize().unwrap();
        for (class, n) in &normalized.counts {
            *count.entities.entry(class.clone()).or_default() += n;
        }
        for resource in &normalized.resources {
            *count.resources.entry(resource.class().to_owned()).or_default() += 1;
        }
        count.alignments += normalized.alignments.len() as u64;
    }
    count
}

#[test]
fn the_reader_counts_what_stands_in_real_frameworks() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/case");
    if !folder.is_dir() {
        println!("skipped: ../shared is not here");
        return;
    }
    let mut faults = Vec::new();
    for name in fixture::files_below(&folder) {
        if !name.ends_with(".json") {
            continue;
        }
        let documents = fixture::documents(&folder.join(&name));
        if let Some((_, reason)) = REFUSED.iter().find(|(refused, _)| *refused == name) {
            for document in &documents {
                assert!(document.normalize().is_err(), "{name}: {reason}");
            }
            continue;
        }
        let refusals: Vec<String> =
            documents.iter().filter_map(|document| document.normalize().err()).collect();
        if !refusals.is_empty() {
            faults.push(format!("{name}: {refusals:?}"));
            continue;
        }
        let file: Value = serde_json::from_slice(&fs::read(folder.join(&name)).unwrap()).unwrap();
        let (found, expected) = (count(&documents), Count::of(&file));
        if found != expected && !EXCEPTIONS.iter().any(|(known, _)| *known == name) {
            faults.push(format!("{name}:\n  reader {found:?}\n  JSON   {expected:?}"));
        }
        for document in &documents {
            check_pointers(&name, document);
            check_quads_of(document);
        }
        println!("{name}: {found:?}");
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
