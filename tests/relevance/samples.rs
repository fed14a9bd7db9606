//! The real frameworks and records that lie beside the sets: what they say, read without the program.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use ontology::plain;
use serde_json::Value;

use crate::relevance::door::{Doors, folded, id_of};
use crate::relevance::parallel::each;

/// The properties of CTDL that name a resource.
const NAMES: [&str; 4] = ["ceterms:name", "ceasn:name", "ceasn:competencyLabel", "skos:prefLabel"];

/// The members of CASE that name an item or a document.
const CASE_NAMES: [&str; 3] = ["title", "alternativeLabel", "abbreviatedStatement"];

/// A resource as its file has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sample {
    pub id: String,
    /// The identifier of its framework.
    pub framework: String,
    pub code: Option<String>,
    pub names: Vec<String>,
    pub statement: Option<String>,
}

/// The folder of the frameworks and that of the records; `None` where neither is beside the sets nor in its usual place.
pub(crate) fn folders(sets: &Path) -> Option<[PathBuf; 2]> {
    let usual = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let beside = sets.parent().map(Path::to_owned).unwrap_or_default();
    let place = [beside, usual].into_iter().find(|place| place.join("case").is_dir())?;
    Some([place.join("case"), place.join("ctdl")])
}

/// Every document and item of every package in a folder.
pub(crate) fn case(folder: &Path) -> Vec<Sample> {
    let mut files = files(folder);
    files.retain(|path| path.to_string_lossy().ends_with(".cfpackage.json"));
    files.iter().flat_map(|path| package(&read(path).unwrap_or_default())).collect()
}

fn package(package: &Value) -> Vec<Sample> {
    let document = &package["CFDocument"];
    let framework = document["identifier"].as_str().unwrap_or_default().to_lowercase();
    let items = package["CFItems"].as_array().into_iter().flatten();
    let sample = |entity: &Value| {
        let text = |name: &str| entity[name].as_str().filter(|text| !text.trim().is_empty());
        Sample {
            id: text("identifier").unwrap_or_default().to_lowercase(),
            framework: framework.clone(),
            code: text("humanCodingScheme").map(str::to_owned),
            names: CASE_NAMES.iter().filter_map(|name| text(name)).map(str::to_owned).collect(),
            statement: text("fullStatement").map(str::to_owned),
        }
    };
    std::iter::once(document)
        .chain(items)
        .map(sample)
        .filter(|sample| !sample.id.is_empty())
        .collect()
}

/// The resources of every record in a folder that the service holds with the same texts: of what cannot be read, and of
/// copies that are not shown, nothing can be found.
pub(crate) fn ctdl(folder: &Path, doors: Doors) -> Vec<Sample> {
    let mut samples = BTreeMap::new();
    for path in files(folder) {
        if let Some(value) = read(&path) {
            collect(&value, &mut samples);
        }
    }
    let samples: Vec<Sample> = samples.into_values().collect();
    let held = each("records", &samples, |sample| doors.texts_of(&format!("ce-{}", sample.id)));
    let shown = samples.into_iter().zip(held).filter_map(|(mut sample, held)| {
        let held: BTreeSet<String> = held?.into_iter().collect();
        sample.names.retain(|name| held.contains(&folded(name)));
        sample.statement = sample.statement.filter(|text| held.contains(&folded(text)));
        Some(sample)
    });
    shown.filter(|sample| sample.statement.is_some() || !sample.names.is_empty()).collect()
}

fn collect(value: &Value, to: &mut BTreeMap<String, Sample>) {
    if let Some(ctid) = value["ceterms:ctid"].as_str() {
        let names = NAMES.iter().flat_map(|name| strings(&value[*name]));
        let sample = to.entry(id_of(ctid)).or_insert_with(|| Sample {
            id: id_of(ctid),
            statement: strings(&value["ceasn:competencyText"]).into_iter().next(),
            ..Sample::default()
        });
        sample.names.extend(names);
    }
    match value {
        Value::Array(list) => list.iter().for_each(|one| collect(one, to)),
        Value::Object(members) => members.values().for_each(|one| collect(one, to)),
        _ => {}
    }
}

/// The texts of a property, in any language and any shape.
fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(list) => list.iter().flat_map(strings).collect(),
        Value::Object(members) if !members.contains_key("@id") => members
            .iter()
            .filter(|(name, _)| *name != "@language")
            .flat_map(|(_, one)| strings(one))
            .collect(),
        _ => Vec::new(),
    }
}

/// Different texts of some samples with the identifiers of all that have them, folded alike.
pub(crate) fn different<'a>(
    texts: impl Iterator<Item = (&'a str, &'a str)>,
) -> Vec<(String, Vec<String>)> {
    let mut all: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    for (id, text) in texts {
        let key = folded(text);
        if !key.is_empty() {
            all.entry(key).or_insert_with(|| (plain(text), Vec::new())).1.push(id.to_owned());
        }
    }
    all.into_values().collect()
}

fn read(path: &Path) -> Option<Value> {
    serde_json::from_slice(&fs::read(path).unwrap()).ok()
}

/// Every file of JSON below a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut open) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(at) = open.pop() {
        let Ok(entries) = fs::read_dir(&at) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::{collect, different, package};

    #[test]
    fn documents_and_items_are_samples() {
        let samples = package(&json!({
            "CFDocument": {"identifier": "AA", "title": "Maths"},
            "CFItems": [{"identifier": "BB", "fullStatement": "Add.", "humanCodingScheme": "1", "abbreviatedStatement": " "}],
        }));
        assert_eq!(samples.len(), 2);
        assert_eq!((samples[0].id.as_str(), samples[0].names[0].as_str()), ("aa", "Maths"));
        assert_eq!((samples[1].framework.as_str(), samples[1].names.len()), ("aa", 0));
        assert_eq!(samples[1].statement.as_deref(), Some("Add."));
    }

    #[test]
    fn records_are_samples_however_their_texts_are_written() {
        let mut found = BTreeMap::new();
        collect(
            &json!({"@graph": [
                {"ceterms:ctid": "ce-1", "ceterms:name": {"en": "Nurse"}, "ceterms:alternateName": "RN"},
                {"ceterms:ctid": "ce-2", "ceasn:competencyText": [{"@language": "en", "@value": "Weld."}]},
                {"ceterms:name": "an address"},
            ]}),
            &mut found,
        );
        assert_eq!(found.len(), 2);
        assert_eq!(found["1"].names, ["Nurse"]);
        assert_eq!(found["2"].statement.as_deref(), Some("Weld."));
    }

    #[test]
    fn texts_that_fold_alike_are_one() {
        let texts = [("a", "Add <em>fractions</em>."), ("b", "add fractions"), ("c", "…")];
        let found = different(texts.into_iter());
        assert_eq!(found, [("Add fractions.".to_owned(), vec!["a".to_owned(), "b".to_owned()])]);
    }
}
