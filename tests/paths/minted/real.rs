//! Badges minted against real frameworks and records, each carried in another way.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

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

#[test]
fn records_of_the_registry_resolve_in_every_spelling() {
    let Some(folder) = shared("ctdl/registry-fixtures") else { return };
    let data = DataDir::new();
    let imported = data.import(&[&folder]);
    assert!([0, 1, 3].contains(&imported.status), "{imported:?}");
    let mut spellings = Vec::new();
    let mut n_records = 0;
    for ctid in ctids(&folder) {
        let resolution = data.resolution(&ctid);
        if resolution["verdict"] != "resolved" {
            continue;
        }
        let card = &resolution["found"][0]["chosen"]["card"];
        let is_current = resolution["found"][0]["standing"]["state"] == "current";
        if !is_current || resolution["notices"].is_array() {
            continue;
        }
        let Some(words) = name(&card["resource"]) else { continue };
        n_records += 1;
        let key = card["resource"]["identity"]["key"].as_str().unwrap().to_owned();
        assert_eq!(key, format!("ctid:{ctid}"));
        spellings.extend(of_ctid(&Target { key, words, class: "CTDL", standing: &[] }, &ctid));
    }
    assert!(n_records >= 3, "{n_records}");
    check_all(&Doors::of(data), &spellings);
}

/// The first name of a resource, in whatever language.
fn name(resource: &Value) -> Option<String> {
    let names = resource["name"].as_object()?.values().next()?;
    Some(names[0].as_str()?.to_owned())
}

/// The CTIDs that stand in the files of a folder, each once.
fn ctids(folder: &Path) -> Vec<String> {
    let mut found = std::collections::BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read(entry.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&text).to_lowercase();
        for (at, _) in text.match_indices("ce-") {
            let ctid: String = text[at..].chars().take(39).collect();
            let is_hex = |c: char| c.is_ascii_hexdigit() || c == '-';
            let is_ctid = ctid.len() == 39 && ctid[3..].chars().all(is_hex);
            found.extend(is_ctid.then_some(ctid));
        }
    }
    found.into_iter().collect()
}
