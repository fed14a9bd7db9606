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
const REFUSED: &[(&str, &str)] = &[
    ("ob-alignments-pointing-at-case.json", "alignments of badges, each in an object of its own"),
    ("odd-not-a-package-stub.json", "a server's word that there is nothing, saved as a package"),
    ("spec/case-v1p0-swagger.json", "the description of the service, version 1.0"),
    ("spec/imscasev1p1_openapi3_v1p0.json", "the description of the service, version 1.1"),
    ("spec/official-case-v1p1-cfpackage.schema.json", "a JSON schema"),
    ("spec/opensalt-lenient-case-v1p0-cfpackage-schema.json", "a JSON schema"),
];

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
    let names = fixture::files_below(&folder).into_iter().filter(|name| is_json(name));
    let faults: Vec<String> = names.filter_map(|name| fault(&folder, &name)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn is_json(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "json")
}

/// Compares the two counts of a file; says where they differ, or that it should have been refused or accepted.
fn fault(folder: &Path, name: &str) -> Option<String> {
    let documents = fixture::documents(&folder.join(name));
    let refusals: Vec<String> =
        documents.iter().filter_map(|document| document.normalize().err()).collect();
    if let Some((_, reason)) = REFUSED.iter().find(|(refused, _)| *refused == name) {
        let n_accepted = documents.len() - refusals.len();
        println!("{name}: refused: {reason}");
        return (n_accepted > 0).then(|| format!("{name}: accepted, though it is {reason}"));
    }
    if !refusals.is_empty() {
        return Some(format!("{name}: refused: {refusals:?}"));
    }
    for document in &documents {
        check_pointers(name, document);
        check_quads_of(document);
    }
    let file: Value = serde_json::from_slice(&fs::read(folder.join(name)).unwrap()).unwrap();
    let (found, expected) = (count(&documents), Count::of(&file));
    println!("{name}: {found:?}");
    (found != expected).then(|| format!("{name}:\n  reader {found:?}\n  JSON   {expected:?}"))
}
