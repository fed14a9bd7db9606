//! Links from one package into another, which may come later.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::Value;

use crate::support::{DataDir, read_json, shared};

/// An end of an association that only the other package can explain: who states it and what it names.
struct End {
    origin: String,
    target: String,
}

fn packages() -> Option<[PathBuf; 2]> {
    Some([
        shared("case/sbac-math-content-spec.cfpackage.json")?,
        shared("case/sbac-webb-dok.cfpackage.json")?,
    ])
}

/// Reads from the raw JSON which `local:` ends of the one package are items of the other.
fn ends([from, to]: &[PathBuf; 2]) -> Vec<End> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (from, to) = (read_json(from), read_json(to));
    let held: BTreeSet<String> =
        to["CFItems"].as_array().unwrap().iter().map(|item| text(&item["identifier"])).collect();
    let ends = from["CFAssociations"].as_array().unwrap().iter().map(|association| {
        let target = text(&association["destinationNodeURI"]["uri"]);
        End { origin: text(&association["originNodeURI"]["identifier"]), target }
    });
    ends.filter_map(|end| {
        let target =
            end.target.strip_prefix("local:").filter(|guid| held.contains(*guid))?.to_owned();
        Some(End { target, ..end })
    })
    .collect()
}

/// What is reached in one step from an item, by the GUID that it is held under.
fn reached(data: &DataDir, guid: &str) -> BTreeSet<String> {
    let context = data.context(guid);
    let crossings = context["crosswalk"]
        .as_array()
        .unwrap_or_else(|| panic!("no crosswalk of {guid}: {context}"));
    let direct =
        crossings.iter().filter(|crossing| crossing["hops"].as_array().unwrap().len() == 1);
    let keys =
        direct.filter_map(|crossing| crossing["reached"]["key"].as_str()?.strip_prefix("guid:"));
    keys.map(str::to_owned).collect()
}

#[track_caller]
fn check(data: &DataDir, ends: &[End]) {
    let mut targets: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut origins: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for end in ends {
        targets.entry(&end.origin).or_default().insert(&end.target);
        origins.entry(&end.target).or_default().insert(&end.origin);
    }
    for (origin, targets) in &targets {
        let reached = reached(data, origin);
        let missing: Vec<_> = targets.iter().filter(|target| !reached.contains(**target)).collect();
        assert!(missing.is_empty(), "{origin} does not reach {missing:?}");
    }
    for (target, origins) in &origins {
        let resolution = data.resolution(&format!("local:{target}"));
        assert_eq!(resolution["verdict"], "resolved", "{target}: {resolution}");
        let subject = &resolution["found"][0]["chosen"]["card"]["resource"]["identity"]["subject"];
        assert_eq!(*subject, format!("urn:uuid:{target}"));
        let reached = reached(data, target);
        let missing: Vec<_> = origins.iter().filter(|origin| !reached.contains(**origin)).collect();
        assert!(missing.is_empty(), "{target} is not reached from {missing:?}");
    }
}

#[test]
fn the_413_local_ends_of_sbac_resolve_whichever_package_came_first() {
    let Some(packages) = packages() else { return };
    let ends = ends(&packages);
    assert_eq!(ends.len(), 413);
    let [spec, dok] = &packages;
    let mut contents = BTreeSet::new();
    for [first, second] in [[spec, dok], [dok, spec]] {
        let data = DataDir::holding(&[first]);
        assert_eq!(data.import(&[second]).status, 0);
        check(&data, &ends);
        contents.insert(data.content());
        contents.insert(DataDir::holding(&[first, second]).content());
    }
    assert_eq!(contents.len(), 1, "the order of the imports is seen: {contents:?}");
}

#[test]
fn an_end_that_no_package_explains_stays_an_end() {
    let Some([spec, dok]) = packages() else { return };
    let ends = ends(&[spec.clone(), dok]);
    let data = DataDir::holding(&[&spec]);
    let end = ends.first().unwrap();
    assert!(!reached(&data, &end.origin).contains(&end.target));
    assert_eq!(data.resolution(&format!("local:{}", end.target))["verdict"], "unknown");
    let crosswalk = data.context(&end.origin)["crosswalk"].take();
    let named = crosswalk
        .as_array()
        .unwrap()
        .iter()
        .any(|crossing| crossing["hops"][0]["to"]["uri"] == format!("local:{}", end.target));
    assert!(named, "{crosswalk}");
}
