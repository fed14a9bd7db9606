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
use crate::conformance::rdf::check_quads_of;

/// Files of JSON in which there are nodes and of which no document is taken, and why.
const REFUSED: &[(&str, &str)] = &[
    ("schema-development/JDX/JDX_Schema.json", VOCABULARY),
    ("schema/2026/ctdl-schema.json", VOCABULARY),
    ("schema/2026/ctdlasn-schema.json", VOCABULARY),
    ("schema/ctdl-schema-2021-11.json", VOCABULARY),
    ("schema/ctdl-schema-nometa-2021.json", VOCABULARY),
    ("schema/ctdlasn-schema-nometa-2021.json", VOCABULARY),
    (
        "schema-development/PathwaysConditionsAndConstraints/Pathway-Examples__Archive__Bakersfield_AS_CS_pathway-CSU_transfer-v2.json",
        DRAFT,
    ),
    (
        "schema-development/PathwaysConditionsAndConstraints/Pathway-Examples__Archive__Bakersfield_AS_CS_pathway-UC_transfer.json",
        DRAFT,
    ),
    (
        "schema-development/PathwaysConditionsAndConstraints/Pathway-Examples__CompTIA__CTDL-French_BA_Marketable_Skills.json",
        DRAFT,
    ),
    (
        "schema-development/PathwaysConditionsAndConstraints/Pathway-Examples__Illinois-IT.json",
        DRAFT,
    ),
    (
        "schema-development/PathwaysConditionsAndConstraints/Pathway-Examples__UseCaseExamples__UC10.jsonld",
        DRAFT,
    ),
    (
        "schema-development/PathwaysConditionsAndConstraints/Pathway-Examples__UseCaseExamples__UC18.jsonld",
        DRAFT,
    ),
];

const VOCABULARY: &str = "the description of a vocabulary, and no record";
const DRAFT: &str =
    "a sketch whose nodes have no term of CTDL: no prefix, and a context of nobody's";

/// Where the two counts differ: the file, what is counted, the reader's number and that of the JSON, and why.
const DIFFERENT: &[(&str, &str, u64, u64, &str)] = &[(
    "registry-seeds/competency_framework.json",
    "children",
    0,
    5,
    "children are named by bare UUIDs: references that are relative to nothing name nothing",
)];

/// The folder of real records; `None`, and a line that says so, where it is not here.
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
            // A class of nobody's is kept under a name of our own.
            let class =
                class.strip_prefix("urn:alidade:term:").unwrap_or(class).replace("%3A", ":");
            *count.classes.entry(class).or_default() += n;
        }
        for alignment in &normalized.alignments {
            let path = alignment.path.as_deref().unwrap_or_default();
            if alignment.kind == ontology::AlignmentType::IsChildOf {
                count.children += 1;
            } else {
                *count.alignments.entry(first(path).to_owned()).or_default() += 1;
            }
        }
    }
    count
}

#[test]
fn the_reader_counts_what_stands_in_real_records() {
    let mut faults = Vec::new();
    let mut n_seen = 0;
    let mut known = Vec::new();
    for (name, path) in files() {
        let bytes = fs::read(&path).unwrap();
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let Ok(file) = serde_json::from_slice::<Value>(bytes) else { continue };
        let documents = fixture::documents(&path);
        let (found, expected) = (count(&documents), Count::of(&file));
        if let Some((name, why)) = REFUSED.iter().find(|(refused, _)| *refused == name) {
            assert_eq!(found, Count::default(), "{name}: accepted, though it is {why}");
            assert_ne!(expected, Count::default(), "{name} has no node");
            known.push(*name);
            continue;
        }
        for (what, found, expected) in differences(&found, &expected) {
            let is_known = DIFFERENT.iter().find(|(file, counted, a, b, _)| {
                (*file, *counted, *a, *b) == (&*name, &*what, found, expected)
            });
            match is_known {
                Some((name, ..)) => known.push(name),
                None => faults.push(format!("{name}: {what}: reader {found}, JSON {expected}")),
            }
        }
        n_seen += expected.classes.values().sum::<u64>();
    }
    println!("{n_seen} nodes");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(n_seen == 0 || known.len() == REFUSED.len() + DIFFERENT.len(), "{known:?}");
}

/// Everything that was not counted alike, with the two numbers.
fn differences(found: &Count, expected: &Count) -> Vec<(String, u64, u64)> {
    let all = |count: &Count| -> BTreeMap<String, u64> {
        let children = [("children".to_owned(), count.children)];
        let counts = count.classes.iter().map(|(class, n)| (format!("class {class}"), *n));
        let counts = counts.chain(count.alignments.iter().map(|(name, n)| (name.clone(), *n)));
        counts.chain(children).collect()
    };
    let (found, expected) = (all(found), all(expected));
    let mut names: Vec<&String> = found.keys().chain(expected.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let at =
        |map: &BTreeMap<String, u64>, name: &String| map.get(name).copied().unwrap_or_default();
    let both = names.into_iter().map(|name| (name.clone(), at(&found, name), at(&expected, name)));
    both.filter(|(_, found, expected)| found != expected).collect()
}

#[test]
fn every_real_document_is_taken_or_refused_with_a_place_and_a_reason() {
    let Some(folder) = folder() else { return };
    let (mut n_taken, mut n_refused) = (0, 0);
    for name in fixture::files_below(&folder) {
        let documents = fixture::documents(&folder.join(&name));
        assert!(!documents.is_empty(), "{name} says nothing at all");
        for document in documents {
            assert!(!document.record.is_empty(), "{name}: no place");
            match document.normalize() {
                Ok(_) => {
                    n_taken += 1;
                    check_pointers(&name, &document);
                    check_quads_of(&document);
                }
                Err(why) => {
                    n_refused += 1;
                    assert!(why.split_whitespace().count() > 3, "{name}: {why}");
                }
            }
        }
    }
    println!("{n_taken} documents taken, {n_refused} refused");
    assert!(n_taken > 200, "{n_taken}");
}
