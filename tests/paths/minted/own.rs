//! Every spelling in everything that carries it, against small frameworks and records of our own.

use std::fs;
use std::path::Path;

use crate::paths::minted::door::Doors;
use crate::paths::minted::spelling::{CaseTarget, Spelling, Target, of_case, of_ctid};
use crate::paths::minted::{badge, check};
use crate::support::DataDir;
use crate::support::carried::CARRIERS;
use crate::support::package::{guid, package, save};

const FRAMEWORK: &str = "Knots at Sea and on Land";
const CREDENTIAL: &str = "ce-00000001-c7d1-4000-8000-000000000001";

pub(super) fn doors() -> Doors {
    let folder = tempfile::tempdir().unwrap();
    let items = [(1, "Ties a bowline"), (2, "Ties a sheet bend"), (3, "Splices a rope")];
    save(folder.path(), "knots.json", &package(1, FRAMEWORK, &items));
    save(folder.path(), "more.json", &package(2, "Knots by Number", &[(1, "Ties the first knot")]));
    let record =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/ctdl/envelope-old.json");
    fs::copy(record, folder.path().join("record.json")).unwrap();
    Doors::of(DataDir::holding(&[folder.path()]))
}

pub(super) fn credential() -> Target {
    Target {
        key: format!("ctid:{CREDENTIAL}"),
        words: "Certified Glass Blower".to_owned(),
        class: "ceterms:Credential",
        standing: &[],
    }
}

pub(super) fn item() -> CaseTarget {
    let identifier = guid(1, 2);
    CaseTarget {
        target: Target {
            key: format!("guid:{identifier}"),
            words: "Ties a sheet bend".to_owned(),
            class: "CFItem",
            standing: &[],
        },
        uri: format!("https://case.loom.example/ims/case/v1p0/CFItems/{identifier}"),
        code: Some(("T.2".to_owned(), FRAMEWORK.to_owned())),
        guid: identifier,
    }
}

fn spellings() -> Vec<Spelling> {
    let mut spellings = of_ctid(&credential(), CREDENTIAL);
    spellings.extend(of_case(&item()));
    spellings
}

#[test]
fn every_spelling_in_every_carrier_means_the_same_at_every_door() {
    let doors = doors();
    let spellings = spellings();
    assert!(spellings.len() > 80);
    let alignments: Vec<_> = spellings.iter().map(|spelling| spelling.alignment.clone()).collect();
    let badge = badge(&alignments);
    let mut wrong = Vec::new();
    for carrier in &CARRIERS {
        let bytes = (carrier.pack)(&badge);
        let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            check(&doors, (carrier.name, carrier.pointer), &bytes, &spellings);
        }));
        wrong.extend(read.is_err().then_some(carrier.name));
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}
