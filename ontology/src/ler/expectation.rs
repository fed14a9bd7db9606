//! What a document should mention, for the tests of the formats.

use serde_json::Value;

use crate::ler::ask::asks;
use crate::ler::extract::{Extraction, extract};
use crate::ler::mention::Mention;

/// What is extracted from a document.
#[track_caller]
pub(super) fn extracted(document: &Value) -> Extraction {
    extract(document.to_string().as_bytes()).unwrap()
}

/// Checks the mentions of a document, each on one line: pointer, site, the fields that are there, and why others are not.
#[track_caller]
pub(super) fn check(document: &Value, expected: &[&str]) {
    assert_eq!(extracted(document).mentions.iter().map(line).collect::<Vec<_>>(), expected);
}

/// Checks that a document mentions nothing, and how many of its members could not be read.
#[track_caller]
pub(super) fn check_malformed(document: &Value, expected: u64) {
    let extraction = extracted(document);
    assert_eq!((extraction.mentions, extraction.malformed), (vec![], expected));
}

/// Checks the pointer and the format of each credential in a document, and how much it mentions.
#[track_caller]
pub(super) fn check_credentials(document: &Value, expected: &[(&str, &str, usize)]) {
    let extraction = extracted(document);
    let found: Vec<_> = extraction
        .credentials
        .iter()
        .map(|outline| (outline.pointer.as_str(), outline.format.as_str(), outline.mentions))
        .collect();
    assert_eq!(found, expected);
}

/// Checks what would be asked about a document.
#[track_caller]
pub(super) fn check_asks(document: &Value, expected: &Value) {
    let asked: Vec<_> = asks(&extracted(document)).into_iter().map(|(_, ask)| ask).collect();
    assert_eq!(&serde_json::to_value(asked).unwrap(), expected);
}

fn line(mention: &Mention) -> String {
    let fields = [
        ("url", &mention.target_url),
        ("code", &mention.target_code),
        ("type", &mention.target_type),
        ("name", &mention.target_name),
        ("description", &mention.target_description),
        ("framework", &mention.target_framework),
    ];
    let head = format!("{} {}", mention.pointer, mention.site.as_str());
    let fields =
        fields.into_iter().filter_map(|(key, value)| Some(format!(" {key}={}", value.as_deref()?)));
    let reasons = mention.withheld.iter().map(|reason| format!(" -{}", reason.as_str()));
    [head].into_iter().chain(fields).chain(reasons).collect()
}
