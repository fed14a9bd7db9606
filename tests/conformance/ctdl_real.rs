//! Real records of CTDL, counted twice: by the reader, and from the bare JSON by code of its own.
//!
//! They lie beside the repository, where somebody has collected them; without them there is nothing to compare.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::conformance::ctdl_count::{Count, first};
use crate::conformance::fixture::{self, Document};
use crate::conformance::manifest::check_pointers;

pub(super) fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/ctdl");
    if !folder.is_dir() {
        println!("skipped: ../shared is not here");
        return None;
    }
    Some(folder)
}

/// The files that may hold records, by their names.
pub(super) fn files() -> Vec<(String, PathBuf)> {
    let Some(folder) = folder() else { return Vec::new() };
    let names = fixture::files_below(&folder).into_iter();
    let taken = names.filter(|name| name.ends_with(".json") || name.ends_with(".jsonld"));
    taken.map(|name| (name.clone(), folder.join(name))).collect()
}

/// What the reader counts in the documents of a file.
fn count(documents: &[Document]) -> Count {
    let mut count = Count::default();
    for normalized in documents.iter().filter_map(|document| document.normalize().ok()) {
        for (class, n) in &normalized.counts {
            let class = class.strip_prefix("urn:alidade:term:").unwrap_or(class);
            *count.classes.entry(class.to_owned()).or_default() += n;
        }
        for alignment in &normalized.alignments {
            let path = alignment.path.as_deref().unwrap_or_default();
            if alignment.kind == ontology::AlignmentType::IsChildOf {
                count.children += 1;
            } else {
                *count.alignments.entry(first(path).0.to_owned()).or_default() += 1;
            }
        }
    }
    count
}

#[test]
fn the_reader_counts_what_stands_in_real_records() {
    let mut faults = Vec::new();
    for (name, path) in files() {
        let documents = fixture::documents(&path);
        for document in documents.iter().filter(|document| document.normalize().is_ok()) {
            let n = name.clone();
            if std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                check_pointers(&n, document)
            }))
            .is_err()
            {
                faults.push(format!("{name} POINTER"));
            }
        }
        let refusals: Vec<String> = documents.iter().filter_map(|d| d.normalize().err()).collect();
        let bytes = fs::read(&path).unwrap();
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let Ok(file) = serde_json::from_slice::<Value>(bytes) else {
            faults.push(format!(
                "{name}: NOT JSON {} ok, refusals {:?}",
                documents.len() - refusals.len(),
                refusals.first()
            ));
            continue;
        };
        let (found, expected) = (count(&documents), Count::of(&file));
        let mut lines = differences(&found.classes, &expected.classes);
        lines.extend(differences(&found.alignments, &expected.alignments));
        if found.children != expected.children {
            lines.push(format!("children {} {}", found.children, expected.children));
        }
        if !lines.is_empty() {
            faults.push(format!(
                "{name}: {} refused {:?}\n  {}",
                refusals.len(),
                refusals.first(),
                lines.join("\n  ")
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn differences(found: &BTreeMap<String, u64>, expected: &BTreeMap<String, u64>) -> Vec<String> {
    let mut names: Vec<&String> = found.keys().chain(expected.keys()).collect();
    names.sort();
    names.dedup();
    let at =
        |map: &BTreeMap<String, u64>, name: &String| map.get(name).copied().unwrap_or_default();
    let lines = names.into_iter().map(|name| (name, at(found, name), at(expected, name)));
    let lines = lines.filter(|(_, found, expected)| found != expected);
    lines
        .map(|(name, found, expected)| format!("{name}: reader {found}, JSON {expected}"))
        .collect()
}
