//! CASE packages that say their revision in every text.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

/// A word that only one package has, in every revision: what a purge must take away.
pub(super) const SECRET: &str = "quicksilverweed";

/// The identifier of an item of a package; item 0 is the framework itself.
pub(super) fn guid(package: u32, item: u32) -> String {
    format!("{package:08x}-0000-4000-8000-{item:012x}")
}

fn uri(package: u32, item: u32) -> String {
    format!("https://case.example/ims/case/v1p1/CFItems/{}", guid(package, item))
}

fn item(package: u32, item: u32, revision: u32, word: &str) -> Value {
    json!({
        "identifier": guid(package, item),
        "uri": uri(package, item),
        "humanCodingScheme": format!("P{package}.{item}"),
        "fullStatement": format!("Item {item} of package {package} {word} at revision {revision}."),
        "lastChangeDateTime": "2026-01-01T00:00:00Z",
    })
}

fn child(package: u32, child: u32, parent: u32) -> Value {
    let identifier = guid(package, 0x1_0000 + child);
    let end = |item| json!({ "title": "x", "identifier": guid(package, item), "uri": uri(package, item) });
    json!({
        "identifier": identifier,
        "uri": format!("https://case.example/ims/case/v1p1/CFAssociations/{identifier}"),
        "associationType": "isChildOf",
        "originNodeURI": end(child),
        "destinationNodeURI": end(parent),
        "lastChangeDateTime": "2026-01-01T00:00:00Z",
    })
}

/// A package of so many items; a later revision has other texts and one item more.
pub(super) fn package(package: u32, n_items: u32, revision: u32, word: &str) -> String {
    let items: Vec<Value> =
        (1..=n_items + revision).map(|n| item(package, n, revision, word)).collect();
    let children: Vec<Value> = (1..=n_items + revision).map(|n| child(package, n, n / 4)).collect();
    let document = json!({
        "identifier": guid(package, 0),
        "uri": format!("https://case.example/ims/case/v1p1/CFDocuments/{}", guid(package, 0)),
        "title": format!("Package {package}, revision {revision}"),
        "creator": "The crash tests",
        "lastChangeDateTime": "2026-01-01T00:00:00Z",
    });
    json!({ "CFDocument": document, "CFItems": items, "CFAssociations": children }).to_string()
}

/// Writes the sample folder as it stands at a revision: the second changes `a` and brings `c`, the third changes `b`.
pub(super) fn write_samples(folder: &Path, revision: u32) {
    fs::create_dir_all(folder).unwrap();
    let write = |name: &str, text: String| fs::write(folder.join(name), text).unwrap();
    write("a.json", package(1, 6, revision.min(2), SECRET));
    write("b.json", package(2, 6, if revision < 3 { 1 } else { 3 }, "plainly"));
    if revision >= 2 {
        write("c.json", package(3, 4, 2, "newly"));
    }
}

/// Identifiers that are asked for: items of all packages, one that comes with a revision, and one that never was.
pub(super) fn questions() -> Vec<String> {
    let known = [(1, 0), (1, 1), (1, 8), (2, 1), (2, 9), (3, 1), (9, 9)];
    known.into_iter().map(|(package, item)| guid(package, item)).collect()
}
