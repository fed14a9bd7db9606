//! Small frameworks with made-up words.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

const WHEN: &str = "2024-01-01T00:00:00+00:00";

/// The identifier of an item of a framework; item 0 is the framework itself.
pub(crate) fn guid(framework: u32, item: u32) -> String {
    format!("{framework:08x}-0000-4000-8000-{item:012x}")
}

fn uri(class: &str, identifier: &str) -> String {
    format!("https://case.loom.example/ims/case/v1p0/{class}/{identifier}")
}

fn link(class: &str, identifier: &str, title: &str) -> Value {
    json!({ "identifier": identifier, "uri": uri(class, identifier), "title": title })
}

/// A document.
pub(crate) fn document(framework: u32, title: &str) -> Value {
    let identifier = guid(framework, 0);
    json!({
        "identifier": identifier,
        "uri": uri("CFDocuments", &identifier),
        "CFPackageURI": link("CFPackages", &identifier, title),
        "title": title,
        "creator": "The Loom Guild",
        "adoptionStatus": "Adopted",
        "language": "en",
        "lastChangeDateTime": WHEN,
    })
}

/// An item with the code `T.<n>`.
pub(crate) fn item(framework: u32, n: u32, words: &str) -> Value {
    let identifier = guid(framework, n);
    json!({
        "identifier": identifier,
        "uri": uri("CFItems", &identifier),
        "CFDocumentURI": link("CFDocuments", &guid(framework, 0), "its document"),
        "fullStatement": words,
        "humanCodingScheme": format!("T.{n}"),
        "language": "en",
        "lastChangeDateTime": WHEN,
    })
}

/// A package of a document and its items, each a child of the document.
pub(crate) fn package<W: AsRef<str>>(framework: u32, title: &str, items: &[(u32, W)]) -> Value {
    let child = |n: u32| {
        let identifier = format!("{framework:08x}-0000-4000-9000-{n:012x}");
        json!({
            "identifier": identifier,
            "uri": uri("CFAssociations", &identifier),
            "associationType": "isChildOf",
            "originNodeURI": link("CFItems", &guid(framework, n), "an item"),
            "destinationNodeURI": link("CFDocuments", &guid(framework, 0), title),
            "sequenceNumber": n,
            "lastChangeDateTime": WHEN,
        })
    };
    json!({
        "CFDocument": document(framework, title),
        "CFItems": items.iter().map(|(n, words)| item(framework, *n, words.as_ref())).collect::<Vec<_>>(),
        "CFAssociations": items.iter().map(|(n, _)| child(*n)).collect::<Vec<_>>(),
    })
}

/// A package with items 1 to `n`, each with words of its own.
pub(crate) fn numbered(framework: u32, title: &str, n: u32) -> Value {
    let items: Vec<(u32, String)> =
        (1..=n).map(|n| (n, format!("Ties the knot number {n}"))).collect();
    package(framework, title, &items)
}

/// Writes a document into a folder.
pub(crate) fn save(folder: &Path, name: &str, document: &Value) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, serde_json::to_vec_pretty(document).unwrap()).unwrap();
    path
}
