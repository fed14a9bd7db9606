//! Records of the Credential Registry through the program: their spellings, their twins, and what is not shown.

mod copy;
mod real;
mod shown;
mod spelling;
mod twin;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::DataDir;

const PRODUCTION: &str = "https://credentialengineregistry.org";
const CONTEXT: &str = "https://credreg.net/ctdl/schema/context/json";

/// What stands behind the host of the Finder before a CTID.
pub(super) const FINDER: &[&str] = &[
    "resources",
    "credential",
    "organization",
    "assessment",
    "learningopportunity",
    "LearningOpportunity",
    "competencyframework",
    "competency",
    "pathway",
    "transfervalue",
    "conceptscheme",
    "collection",
    "occupation",
    "job",
    "task",
    "workrole",
    "rubric",
];

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// Copies fixtures into a folder of their own.
fn folder(names: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in names {
        fs::copy(fixture(name), folder.path().join(name.rsplit('/').next().unwrap())).unwrap();
    }
    folder
}

fn holding(names: &[&str]) -> DataDir {
    DataDir::holding(&[folder(names).path()])
}

/// The CTID of the `n`-th resource of the fixtures.
fn ctid(n: u32) -> String {
    format!("ce-{:08x}-c7d1-4000-8000-{:012x}", n / 1000, n % 1000)
}

/// The identifier that a twin has in both worlds.
fn twin(n: u32) -> String {
    format!("0000002a-c7d1-4000-8000-{n:012x}")
}

/// Every spelling of a CTID of production.
pub(super) fn spellings(ctid: &str) -> Vec<String> {
    let lower = ctid.to_lowercase();
    let uuid = lower.trim_start_matches("ce-");
    let mut spellings = vec![
        lower.clone(),
        lower.to_uppercase(),
        format!("ce-{}", uuid.to_uppercase()),
        format!("{PRODUCTION}/resources/{lower}"),
        format!("http://credentialengineregistry.org/resources/{lower}"),
        format!("{PRODUCTION}/ce-registry/resources/{}", lower.to_uppercase()),
        format!("{PRODUCTION}/graph/{lower}"),
        format!("{PRODUCTION}/ce-registry/graph/{lower}"),
        format!("{PRODUCTION}/envelopes/{lower}"),
        format!("urn:ctid:{uuid}"),
        format!("urn:ctid:{lower}"),
    ];
    spellings
        .extend(FINDER.iter().map(|path| format!("https://credentialfinder.org/{path}/{lower}")));
    spellings
}

/// Asks for many identifiers at once.
pub(super) fn resolutions(data: &DataDir, texts: &[String]) -> Vec<Value> {
    let mut args = vec!["resolve"];
    args.extend(texts.iter().map(String::as_str));
    let mut said = data.json(&args);
    let answers = said["answers"].as_array_mut().unwrap();
    assert_eq!(answers.len(), texts.len());
    answers.iter_mut().map(|answer| answer["resolution"].take()).collect()
}

/// The key of the one resource that was found.
#[track_caller]
pub(super) fn found(resolution: &Value) -> &str {
    assert_eq!(resolution["verdict"], "resolved", "{resolution}");
    assert_eq!(resolution["found"].as_array().unwrap().len(), 1, "{resolution}");
    resolution["found"][0]["chosen"]["card"]["resource"]["identity"]["key"].as_str().unwrap()
}

fn notices(resolution: &Value) -> Vec<&str> {
    let notices = resolution["notices"].as_array().into_iter().flatten();
    notices.map(|notice| notice["kind"].as_str().unwrap()).collect()
}
