//! Badges minted against real frameworks and records, each carried in another way.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::paths::ctdl::resolutions;
use crate::paths::minted::door::Doors;
use crate::paths::minted::spelling::{CaseTarget, Spelling, Target, of_case, of_ctid};
use crate::paths::minted::{badge, check};
use crate::support::carried::CARRIERS;
use crate::support::{DataDir, read_json, shared};

/// As many alignments as one document may have.
const MAX_ALIGNMENTS: usize = 500;

/// Every how many-th item of a framework is taken: one in each part of it.
const STEP: usize = 29;

/// The items of a package with every spelling; a framework in draft says so of each of them.
fn framework(path: &Path) -> Vec<Spelling> {
    let package = read_json(path);
    let document = &package["CFDocument"];
    let title = document["title"].as_str().unwrap();
    let standing: &'static [&'static str] = match document["adoptionStatus"].as_str() {
        Some("Draft" | "Private Draft") => &["not_yet_in_force"],
        Some("Deprecated") => &["deprecated"],
        _ => &[],
    };
    let items = package["CFItems"].as_array().unwrap();
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for code in items.iter().filter_map(|item| item["humanCodingScheme"].as_str()) {
        *codes.entry(code).or_default() += 1;
    }
    let target = |item: &Value| {
        let text = |name: &str| item[name].as_str().unwrap().to_owned();
        let code = item["humanCodingScheme"].as_str().filter(|code| codes[code] == 1);
        CaseTarget {
            target: Target {
                key: format!("guid:{}", text("identifier").to_lowercase()),
                words: text("fullStatement"),
                class: "CFItem",
                standing,
            },
            guid: text("identifier"),
            uri: text("uri"),
            code: code.map(|code| (code.to_owned(), title.to_owned())),
        }
    };
    items.iter().step_by(STEP).flat_map(|item| of_case(&target(item))).collect()
}

/// Reads the spellings in badges as long as they may be, each in the next carrier.
#[track_caller]
fn check_all(doors: &Doors, spellings: &[Spelling]) {
    assert!(!spellings.is_empty());
    let mut carriers = CARRIERS.iter().cycle();
    for spellings in spellings.chunks(MAX_ALIGNMENTS / 4) {
        let carrier = carriers.next().unwrap();
        let alignments: Vec<_> =
            spellings.iter().map(|spelling| spelling.alignment.clone()).collect();
        let bytes = (carrier.pack)(&badge(&alignments));
        check(doors, (carrier.name, carrier.pointer), &bytes, spellings);
    }
}

#[test]
fn items_of_real_frameworks_resolve_in_every_spelling() {
    let Some(folder) = shared("case") else { return };
    let files = ["ccss-math-2010", "sbac-g3-math-c1ta", "sbac-webb-dok", "sbac-hs-math-itemspec"];
    let paths: Vec<PathBuf> =
        files.iter().map(|name| folder.join(format!("{name}.cfpackage.json"))).collect();
    let held: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
    let doors = Doors::of(DataDir::holding(&held));
    let spellings: Vec<Spelling> = held.iter().flat_map(|path| framework(path)).collect();
    assert!(spellings.len() > 1_000, "{}", spellings.len());
    check_all(&doors, &spellings);
}

/// How many records of the registry are taken.
const MAX_RECORDS: usize = 40;

#[test]
fn records_of_the_registry_resolve_in_every_spelling() {
    let Some(folder) = shared("ctdl") else { return };
    let folders = ["envelopes", "ingest-examples", "records-2017-2018", "third-party"];
    let folders = folders.map(|name| folder.join(name));
    let data = DataDir::new();
    let imported = data.import(&folders.each_ref().map(PathBuf::as_path));
    assert!([0, 1, 3].contains(&imported.status), "{imported:?}");
    let mut spellings = Vec::new();
    let mut n_records = 0;
    let ctids: Vec<String> = folders.iter().flat_map(|folder| ctids(folder)).collect();
    for ctids in ctids.chunks(200) {
        for (ctid, resolution) in ctids.iter().zip(resolutions(&data, ctids)) {
            let Some(target) = target(&resolution).filter(|_| n_records < MAX_RECORDS) else {
                continue;
            };
            assert_eq!(target.key, format!("ctid:{ctid}"));
            n_records += 1;
            spellings.extend(of_ctid(&target, ctid));
        }
    }
    assert!(n_records > 15, "{n_records}");
    check_all(&Doors::of(data), &spellings);
}

/// What was found, where it is in use and nothing has to be said besides.
fn target(resolution: &Value) -> Option<Target> {
    let found = resolution["found"].get(0)?;
    let is_plain = found["standing"]["state"] == "current" && resolution["notices"].is_null();
    let resource = &found["chosen"]["card"]["resource"];
    let key = resource["identity"]["key"].as_str()?.to_owned();
    let words = ["name", "title", "statement"].iter().find_map(|name| {
        let texts = resource[name].as_object()?.values().next()?;
        Some(texts[0].as_str()?.to_owned())
    })?;
    is_plain.then_some(Target { key, words, class: "CTDL", standing: &[] })
}

/// The CTIDs that stand in the files of a folder, each once.
fn ctids(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read(entry.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&text).to_lowercase();
        for (at, _) in text.match_indices("ce-") {
            let ctid: String = text[at..].chars().take(39).collect();
            let is_hex = |c: char| c.is_ascii_hexdigit() || c == '-';
            let is_ctid = ctid.len() == 39 && ctid[3..].chars().all(is_hex);
            found.extend(is_ctid.then_some(ctid));
        }
    }
    found
}
