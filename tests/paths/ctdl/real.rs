//! Every resource of the collected records, in every spelling.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::paths::ctdl::{found, resolutions};
use crate::support::{DataDir, shared};

/// How many CTIDs one process is asked for, in every spelling.
const CHUNK: usize = 200;

/// The CTIDs of all resources.
#[derive(Default)]
struct Ctids {
    /// By the environment; that of production has no word.
    held: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Ctids {
    /// Collects the nodes of a document that have a CTID of their own.
    fn collect(&mut self, document: &Value) {
        let record = document.get("decoded_resource").unwrap_or(document);
        let nodes = match &record["@graph"] {
            Value::Array(nodes) => nodes.iter().collect(),
            Value::Null => vec![record],
            one => vec![one],
        };
        let address = |node: &Value| node["@id"].as_str().unwrap_or_default().to_lowercase();
        for node in &nodes {
            let Some(ctid) = node["ceterms:ctid"].as_str().map(|ctid| ctid.trim().to_lowercase())
            else {
                continue;
            };
            // A copy of the CTID of the node beside it names that one.
            let is_copied = !address(node).ends_with(&ctid)
                && nodes.iter().any(|other| address(other).ends_with(&ctid));
            if is_ctid(&ctid) && !is_copied {
                let graph = record["@id"].as_str().unwrap_or_default().to_lowercase();
                let is_named = address(node).contains("ce-");
                let beside = if is_named { address(node) } else { graph };
                let environment = environment(&beside);
                self.held.entry(environment).or_default().insert(ctid);
            }
        }
    }
}

/// The environment of an address, by its host.
fn environment(address: &str) -> &'static str {
    let host = address.split("://").nth(1).and_then(|rest| rest.split('/').next());
    let word =
        ["sandbox", "staging"].into_iter().find(|word| host.is_some_and(|h| h.contains(word)));
    word.unwrap_or_default()
}

fn is_ctid(text: &str) -> bool {
    text.len() == 39
        && text.starts_with("ce-")
        && text.bytes().skip(3).enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// The documents that the import took.
fn documents(folder: &Path, report: &Value) -> Vec<Value> {
    let mut files: BTreeMap<String, Value> = BTreeMap::new();
    let mut documents = Vec::new();
    let accepted = report["documents"].as_array().unwrap().iter();
    for record in accepted.filter_map(|document| document["record"].as_str()) {
        let (name, place) = record.split_once('#').unwrap_or((record, ""));
        // A file that holds several values is no JSON; its records are named by lines.
        let is_json = name.ends_with(".json") || name.ends_with(".jsonld");
        if !is_json || place.starts_with('L') || name.starts_with("unparsable/") {
            continue;
        }
        let file = files.entry(name.to_owned()).or_insert_with(|| {
            let bytes = fs::read(folder.join(name.replace("%25", "%"))).unwrap();
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
            serde_json::from_slice(bytes).unwrap()
        });
        documents.push(file.pointer(place).unwrap().clone());
    }
    documents
}

#[test]
fn every_real_ctid_resolves_in_every_spelling() {
    let Some(folder) = shared("ctdl") else { return };
    let data = DataDir::new();
    let report = data.json(&["import", folder.to_str().unwrap()]);
    let mut ctids = Ctids::default();
    let documents = documents(&folder, &report);
    for document in documents.iter().filter(|document| document["adms:status"].is_null()) {
        ctids.collect(document);
    }
    let production: Vec<&String> = ctids.held[""].iter().collect();
    assert!(production.len() > 2000, "{}", production.len());
    println!("{} documents, {} CTIDs of production", documents.len(), production.len());
    for chunk in production.chunks(CHUNK) {
        let asked: Vec<(String, &String)> =
            chunk.iter().flat_map(|ctid| of_production(ctid)).collect();
        let texts: Vec<String> = asked.iter().map(|(text, _)| text.clone()).collect();
        for ((text, ctid), resolution) in asked.iter().zip(resolutions(&data, &texts)) {
            assert_eq!(found(&resolution), format!("ctid:{ctid}"), "{text}");
        }
    }
    for (environment, held) in ctids.held.iter().filter(|(environment, _)| !environment.is_empty())
    {
        println!("{} CTIDs of {environment}", held.len());
        let host = format!("https://{environment}.credentialengineregistry.org");
        for ctid in held {
            let texts = ["resources", "graph"].map(|path| format!("{host}/{path}/{ctid}"));
            for (text, resolution) in texts.iter().zip(resolutions(&data, &texts)) {
                assert_eq!(found(&resolution), format!("ctid:{environment}:{ctid}"), "{text}");
                assert_eq!(resolution["notices"][0]["kind"], "other_environment", "{text}");
            }
        }
    }
}

fn of_production(ctid: &String) -> Vec<(String, &String)> {
    let uuid = ctid.trim_start_matches("ce-");
    let texts = [
        ctid.clone(),
        format!("ce-{}", uuid.to_uppercase()),
        format!("https://credentialengineregistry.org/resources/{ctid}"),
        format!("http://credentialengineregistry.org/ce-registry/resources/{ctid}"),
        format!("https://credentialengineregistry.org/graph/{ctid}"),
        format!("https://credentialfinder.org/resources/{ctid}"),
        format!("https://credentialfinder.org/credential/{}", ctid.to_uppercase()),
        format!("urn:ctid:{uuid}"),
        format!("urn:ctid:{ctid}"),
    ];
    texts.into_iter().map(|text| (text, ctid)).collect()
}
