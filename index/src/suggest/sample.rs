//! Frameworks for tests, in a text index alone.

use std::collections::BTreeMap;
use std::path::Path;

use ontology::Provenance;
use serde_json::json;

use crate::card::Origin;
use crate::cards::Cards;
use crate::record::Record;
use crate::text::TextView;
use crate::verify::sample::guid;

/// A package in one language: the number of the framework, its title, and the number and the statement of each item.
pub(crate) fn framework(n: u32, title: &str, language: &str, items: &[(u32, String)]) -> Vec<u8> {
    let uri =
        |kind: &str, n: u32| format!("https://case.example.org/ims/case/v1p1/{kind}/{}", guid(n));
    let changed = "2026-01-01T00:00:00+00:00";
    let item = |(n, statement): &(u32, String)| {
        json!({
            "identifier": guid(*n), "uri": uri("CFItems", *n), "fullStatement": statement,
            "language": language, "lastChangeDateTime": changed,
        })
    };
    let package = json!({
        "CFDocument": {
            "identifier": guid(n), "uri": uri("CFDocuments", n), "title": title, "creator": "A shelf",
            "language": language, "lastChangeDateTime": changed,
        },
        "CFItems": items.iter().map(item).collect::<Vec<_>>(),
        "CFAssociations": [],
    });
    serde_json::to_vec(&package).unwrap()
}

/// A document that its source no longer has.
pub(crate) fn withdrawn(document: &[u8]) -> Vec<u8> {
    [GONE, document].concat()
}

/// What stands before a document that its source no longer has.
const GONE: &[u8] = b"gone ";

/// Indexes documents, each as a record of its own.
pub(crate) fn index(folder: &Path, documents: &[Vec<u8>]) -> Cards {
    let mut view = TextView::open(folder).unwrap();
    for (n, document) in documents.iter().enumerate() {
        let body = document.strip_prefix(GONE);
        let tombstone = body.is_some();
        let origin = Origin {
            source: "shelf".into(),
            record: format!("record{n}"),
            url: String::new(),
            fetched_at: "2026-01-01T00:00:00Z".into(),
            digest: String::new(),
            seq: 1,
            partial: false,
            terms: None,
        };
        let normalized =
            ontology::normalize(body.unwrap_or(document), &Provenance::default()).unwrap();
        let record = Record { origin, normalized, withdrawn: Vec::new(), tombstone };
        view.replace(&record, 0).unwrap();
    }
    view.commit(&BTreeMap::new()).unwrap();
    view.searcher().unwrap()
}
