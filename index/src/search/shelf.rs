//! A small shelf for the tests of narrowing and walking: frameworks, copies, alignments, a twin, and records of CTDL.

use std::path::Path;
use std::sync::LazyLock;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::cards::Cards;
use crate::reader::Reader;
use crate::verify::sample::{guid, import, package};

static SHELF: LazyLock<(TempDir, Reader)> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path());
    let reader = Reader::open(dir.path()).unwrap();
    (dir, reader)
});

/// The cards of the shelf.
pub(super) fn cards() -> &'static Cards {
    SHELF.1.cards()
}

/// Adds fields to an item of a package, or to its document where no item has the number.
fn with(package: &[u8], n: u32, fields: &Value) -> Vec<u8> {
    let mut read: Value = serde_json::from_slice(package).unwrap();
    let items = read["CFItems"].as_array_mut().unwrap();
    let at = items.iter().position(|item| item["identifier"] == guid(n));
    let target = match at {
        Some(at) => &mut read["CFItems"][at],
        None => &mut read["CFDocument"],
    };
    for (name, value) in fields.as_object().unwrap() {
        target[name] = value.clone();
    }
    serde_json::to_vec(&read).unwrap()
}

/// Adds an association between two items.
fn linked(package: &[u8], kind: &str, from: u32, to: u32) -> Vec<u8> {
    let mut read: Value = serde_json::from_slice(package).unwrap();
    let end = |n: u32| {
        json!({
            "identifier": guid(n), "title": "x",
            "uri": format!("https://case.example.org/ims/case/v1p0/CFItems/{}", guid(n)),
        })
    };
    let id = from + to + 0x5000;
    read["CFAssociations"].as_array_mut().unwrap().push(json!({
        "identifier": guid(id), "associationType": kind,
        "uri": format!("https://case.example.org/ims/case/v1p0/CFAssociations/{}", guid(id)),
        "lastChangeDateTime": "2026-01-01T00:00:00+00:00",
        "originNodeURI": end(from), "destinationNodeURI": end(to),
    }));
    serde_json::to_vec(&read).unwrap()
}

/// Arithmetic: 0x11 for grades 3 to 5, 0x12 for kindergarten, 0x13 ended in 2020, 0x14 is marked, 0x15 is withdrawn.
fn arithmetic(with_last: bool) -> Vec<u8> {
    let mut items = vec![
        (0x11, "3.NF.1", "Add fractions"),
        (0x12, "K.CC.1", "Count to one hundred"),
        (0x13, "3.OA.1", "Interpret products"),
        (0x14, "3.OA.2", "[DEPRECATED] Interpret quotients"),
    ];
    if with_last {
        items.push((0x15, "3.OA.9", "Divide by nothing"));
    }
    let made = package(1, "Arithmetic", &items);
    let document = json!({
        "publisher": "State of Knots", "language": "en-US", "subject": ["Mathematics"],
        "adoptionStatus": "Adopted",
    });
    let made = with(&made, 1, &document);
    let made = with(
        &made,
        0x11,
        &json!({ "educationLevel": ["03-05"], "subject": ["Mathematics"],
                 "lastChangeDateTime": "2026-03-01T00:00:00+00:00" }),
    );
    let made = with(&made, 0x12, &json!({ "educationLevel": ["KG"], "subject": ["MATHEMATICS"] }));
    let ended = json!({
        "educationLevel": ["03"], "statusEndDate": "2020-06-30", "subject": ["Mathematics"],
    });
    linked(&with(&made, 0x13, &ended), "isRelatedTo", 0x11, 0x21)
}

/// Cooking, which is retired: 0x21 of its own, and a copy of 0x11.
fn cooking() -> Vec<u8> {
    let items = [(0x21, "C.1", "Halve a recipe"), (0x11, "3.NF.1", "Add fractions")];
    let made = package(2, "Cooking", &items);
    with(&made, 2, &json!({ "publisher": "state of knots", "adoptionStatus": "Retired" }))
}

/// The CTID of a number.
fn ctid(n: u32) -> String {
    format!("ce-{}", guid(n))
}

fn credential(n: u32, class: &str, name: &str) -> Value {
    let id = format!("https://credentialengineregistry.org/resources/{}", ctid(n));
    json!({
        "@context": "https://credreg.net/ctdl/schema/context/json", "@id": id, "@type": class,
        "ceterms:ctid": ctid(n), "ceterms:name": { "en-US": name },
    })
}

/// A bachelor's degree with all that people filter by.
fn degree() -> Value {
    let mut degree = credential(0x31, "ceterms:BachelorDegree", "Bachelor of Cooking");
    degree["ceterms:audienceLevelType"] = json!([{
        "@type": "ceterms:CredentialAlignmentObject",
        "ceterms:targetNode": "audLevel:BachelorsDegreeLevel",
        "ceterms:targetNodeName": { "en-US": "Bachelors Degree Level" },
    }]);
    degree["ceterms:subject"] = json!([{
        "@type": "ceterms:CredentialAlignmentObject",
        "ceterms:targetNodeName": { "en-US": "Mathematics" },
    }]);
    degree["ceterms:jurisdiction"] = json!([{
        "@type": "ceterms:JurisdictionProfile",
        "ceterms:mainJurisdiction": [
            { "@type": "ceterms:Place", "ceterms:name": { "en-US": "Knotland" } },
        ],
    }]);
    degree["ceterms:credentialStatusType"] = json!({
        "@type": "ceterms:CredentialAlignmentObject",
        "ceterms:targetNode": "credentialStat:Deprecated",
    });
    degree
}

/// Fills a data directory.
pub(super) fn fill(data: &Path) {
    let twin = credential(0x12, "ceasn:Competency", "Count to one hundred");
    let certificate = credential(0x32, "ceterms:Certificate", "Arithmetic");
    let bytes = |value: &Value| serde_json::to_vec(value).unwrap();
    import(data, 1, &[("a", arithmetic(true)), ("d", bytes(&degree()))]);
    import(
        data,
        2,
        &[
            ("a", arithmetic(false)),
            ("b", cooking()),
            ("t", bytes(&twin)),
            ("e", bytes(&certificate)),
        ],
    );
}
