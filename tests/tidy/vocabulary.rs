//! The terms that the graph is written in.

use std::collections::BTreeSet;
use std::fs;

use crate::tidy::sources::root;

/// Addresses that are no terms.
const NO_TERMS: [&str; 1] = ["REGISTRY_RESOURCES"];

/// A namespace as it is declared.
struct Namespace<'a> {
    name: &'a str,
    iri: &'a str,
    terms: Vec<&'a str>,
}

fn namespaces(source: &str) -> Vec<Namespace<'_>> {
    let blocks = source.split("\nnamespace! { ").skip(1);
    blocks
        .map(|block| {
            let block = block.split("} }").next().unwrap();
            let mut quoted = block.split('"').skip(1).step_by(2);
            let name = block.split_whitespace().next().unwrap();
            let iri = quoted.nth(1).unwrap();
            Namespace { name, iri, terms: quoted.collect() }
        })
        .collect()
}

#[test]
fn standards_are_linked() {
    let source = fs::read_to_string(root().join("ontology/src/vocab.rs")).unwrap();
    let namespaces = namespaces(&source);
    assert!(namespaces.len() >= 9);
    for Namespace { name, iri, terms } in &namespaces {
        assert!(iri.ends_with(['#', '/', ':']), "{name}: {iri} cannot be followed by a term");
        let different: BTreeSet<_> = terms.iter().collect();
        assert_eq!(different.len(), terms.len(), "{name} has a term twice");
        for term in terms {
            let is_name = term.chars().all(|c| c.is_ascii_alphanumeric());
            assert!(is_name && !term.is_empty(), "{name}: `{term}` is no name");
        }
    }
    for line in source.lines().filter_map(|line| line.strip_prefix("pub const ")) {
        let name = line.split(':').next().unwrap();
        let iri = line.split('"').nth(1).unwrap();
        let is_declared = namespaces.iter().any(|namespace| iri.starts_with(namespace.iri));
        assert!(is_declared || NO_TERMS.contains(&name), "{name} is under no declared namespace");
    }
}
