//! A small data directory for tests, made as an import makes one.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use ontology::CanonicalKey;
use serde_json::json;
use time::{Duration, OffsetDateTime};

use crate::ledger::{NewEntry, Op};
use crate::publish::{KEEP_CHANGES, Occasion, Publication, publish};
use crate::truth::{Truth, TruthConfig};
use crate::views::Views;

/// The source of every record.
pub(crate) const SOURCE: &str = "shelf";

/// The identifier of the entity of a number.
pub(crate) fn guid(n: u32) -> String {
    format!("{n:08x}-0000-4000-8000-000000000000")
}

/// The key of the entity of a number.
pub(crate) fn key(n: u32) -> CanonicalKey {
    CanonicalKey::guid(&guid(n).parse().unwrap())
}

/// A package with one framework and its items: number, code, statement.
pub(crate) fn package(framework: u32, title: &str, items: &[(u32, &str, &str)]) -> Vec<u8> {
    let uri =
        |kind: &str, n: u32| format!("https://case.example.org/ims/case/v1p0/{kind}/{}", guid(n));
    let changed = "2026-01-01T00:00:00+00:00";
    let document = json!({
        "identifier": guid(framework), "uri": uri("CFDocuments", framework), "title": title,
        "creator": "A shelf", "lastChangeDateTime": changed,
    });
    let item = |(n, code, statement): &(u32, &str, &str)| {
        json!({
            "identifier": guid(*n), "uri": uri("CFItems", *n), "humanCodingScheme": code,
            "fullStatement": statement, "lastChangeDateTime": changed,
        })
    };
    let child = |(n, ..): &(u32, &str, &str)| {
        json!({
            "identifier": guid(n + 0x1000), "uri": uri("CFAssociations", n + 0x1000),
            "associationType": "isChildOf", "lastChangeDateTime": changed,
            "originNodeURI": { "identifier": guid(*n), "uri": uri("CFItems", *n), "title": "x" },
            "destinationNodeURI":
                { "identifier": guid(framework), "uri": uri("CFDocuments", framework), "title": title },
        })
    };
    let package = json!({
        "CFDocument": document,
        "CFItems": items.iter().map(item).collect::<Vec<_>>(),
        "CFAssociations": items.iter().map(child).collect::<Vec<_>>(),
    });
    serde_json::to_vec(&package).unwrap()
}

/// A certificate of the registry that its publisher calls provisional.
pub(crate) fn draft(n: u32, name: &str) -> Vec<u8> {
    let ctid = format!("ce-{}", guid(n));
    let draft = json!({
        "@context": "https://credreg.net/ctdl/schema/context/json",
        "@id": format!("https://credentialengineregistry.org/graph/{ctid}"),
        "@graph": [{
            "@id": format!("https://credentialengineregistry.org/resources/{ctid}"),
            "@type": "ceterms:Certificate", "ceterms:ctid": ctid,
            "ceterms:name": { "en": name },
            "adms:status": { "@type": "ceterms:CredentialAlignmentObject",
                "ceterms:targetNode": "graphPublicationStatus:Provisional" },
        }],
    });
    serde_json::to_vec(&draft).unwrap()
}

/// Takes records in, each as a group of its own, and publishes what they come to.
pub(crate) fn import(data: &Path, day: i64, records: &[(&str, Vec<u8>)]) {
    let now = OffsetDateTime::UNIX_EPOCH + Duration::days(day);
    let mut truth = Truth::open(data, TruthConfig::default()).unwrap();
    for (record, body) in records {
        let mut writer = truth.receive().unwrap();
        writer.write_all(body).unwrap();
        let received = writer.finish().unwrap();
        let entry = NewEntry {
            url: Some(format!("file:///shelf/{record}")),
            ..NewEntry::new(Op::Upsert, SOURCE, *record, now)
        };
        truth.keep(received, entry).unwrap();
        truth.commit().unwrap();
    }
    finish(data, &mut truth, now, Occasion::Progress);
}

/// Redacts a record, and publishes what is left.
pub(crate) fn redact(data: &Path, record: &str) {
    let now = OffsetDateTime::UNIX_EPOCH;
    let mut truth = Truth::open(data, TruthConfig::default()).unwrap();
    truth.note(NewEntry::new(Op::Redact, SOURCE, record, now)).unwrap();
    truth.commit().unwrap();
    truth.purge().unwrap();
    finish(data, &mut truth, now, Occasion::Purged);
}

fn finish(data: &Path, truth: &mut Truth, now: OffsetDateTime, occasion: Occasion) {
    let mut views = Views::open(data).unwrap();
    let applied = views.catch_up(truth, &BTreeSet::new(), &BTreeSet::new(), now).unwrap();
    let held = &applied.held;
    publish(truth, &views, Publication { held, occasion, keep_changes: KEEP_CHANGES, now })
        .unwrap();
}
