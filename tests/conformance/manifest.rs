//! The manifest and the fixtures say the same.

use std::collections::BTreeMap;

use ontology::{Normalized, WarningKind};

use crate::conformance::fixture::{self, Document, Fixture};

/// Where or why each refused fixture is refused.
const REFUSED: &[(&str, &str)] = &[
    ("case/empty.json", "there is no JSON value in it"),
    ("case/error-status.json", "expected a CASE package, document, item"),
    ("case/identifiers-all-missing.json", "nothing in this CFPackage has a usable identifier"),
    ("case/not-case.json", "expected a CASE package, document, item"),
    ("case/text-alone.json", "it is a string, not an object"),
    ("case/truncated.json", "line "),
    ("ctdl/envelope-without-record.json", "expected a record of the Credential Registry"),
    ("ctdl/graph-empty.json", "nothing in this graph has a usable identifier"),
    ("ctdl/terms-of-nobody.json", "expected a record with terms of CTDL"),
    (
        "ctdl/vocabulary.json",
        "the description of a vocabulary (`rdfs:Class`, `rdf:Property`), at `/@graph`",
    ),
];

/// What a fixture gives, in the manifest's terms.
#[derive(Debug, Default, PartialEq, Eq)]
struct Yield {
    records: usize,
    counts: BTreeMap<String, u64>,
    resources: BTreeMap<String, u64>,
    alignments: usize,
    warnings: BTreeMap<String, u64>,
}

impl Yield {
    fn add(&mut self, normalized: &Normalized) {
        self.records += 1;
        self.alignments += normalized.alignments.len();
        for (class, n) in &normalized.counts {
            *self.counts.entry(class.clone()).or_default() += n;
        }
        for resource in &normalized.resources {
            *self.resources.entry(resource.kind().as_str().to_owned()).or_default() += 1;
        }
        for (kind, n) in warnings(normalized) {
            *self.warnings.entry(kind.as_str().to_owned()).or_default() += n;
        }
    }
}

fn warnings(normalized: &Normalized) -> BTreeMap<WarningKind, u64> {
    let mut counts = normalized.unlisted_warnings.clone();
    for warning in &normalized.warnings {
        *counts.entry(warning.kind).or_default() += 1;
    }
    counts
}

#[test]
fn every_accepted_fixture_yields_what_the_manifest_says() {
    let mut faults = Vec::new();
    for fixture in fixture::all().into_iter().filter(|fixture| fixture.accepted) {
        let mut found = Yield::default();
        for document in documents(&fixture) {
            match document.normalize() {
                Ok(normalized) => found.add(&normalized),
                Err(why) => faults.push(format!("{}: refused: {why}", fixture.path)),
            }
        }
        let expected = Yield {
            records: fixture.records,
            counts: fixture.counts,
            resources: fixture.resources,
            alignments: fixture.alignments,
            warnings: fixture.warnings,
        };
        if found != expected {
            faults
                .push(format!("{}:\n  found    {found:?}\n  expected {expected:?}", fixture.path));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_refused_fixture_is_refused_with_a_place_or_a_reason() {
    let reasons: BTreeMap<&str, &str> = REFUSED.iter().copied().collect();
    let refused: Vec<Fixture> =
        fixture::all().into_iter().filter(|fixture| !fixture.accepted).collect();
    assert_eq!(refused.len(), reasons.len());
    for fixture in refused {
        let documents = documents(&fixture);
        assert!(!documents.is_empty(), "{} says nothing at all", fixture.path);
        for document in documents {
            let why = document.normalize().unwrap_err();
            assert!(why.contains(reasons[fixture.path.as_str()]), "{}: {why}", fixture.path);
        }
    }
}

#[test]
fn every_warning_points_at_a_place_in_its_document() {
    for fixture in fixture::all().into_iter().filter(|fixture| fixture.accepted) {
        for document in documents(&fixture) {
            check_pointers(&fixture.path, &document);
        }
    }
}

/// Looks up every pointer of the warnings in the document.
#[track_caller]
pub(super) fn check_pointers(name: &str, document: &Document) {
    let bytes = document.bytes.as_ref().unwrap();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let value: serde_json::Value = serde_json::from_slice(bytes).unwrap();
    for warning in document.normalize().unwrap().warnings {
        assert!(value.pointer(&warning.pointer).is_some(), "{name}: {warning:?}");
    }
}

#[test]
fn every_fixture_is_described() {
    for fixture in fixture::all() {
        for text in [&fixture.path, &fixture.source, &fixture.licence, &fixture.why] {
            assert!(!text.trim().is_empty(), "{fixture:?}");
        }
    }
}

fn documents(fixture: &Fixture) -> Vec<Document> {
    fixture::documents(&fixture::folder().join(&fixture.path))
}
