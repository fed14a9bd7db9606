//! The files that a Credential Registry gives away, made of small frameworks, and a folder that they arrive in.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::DataDir;
use crate::support::containers::{base64, gzip, zip};
use crate::support::listing::lasting;
use crate::support::package::{guid, package};

/// The CTID under which the documents of framework `n` are published.
pub(crate) fn ctid(n: u32) -> String {
    format!("ce-{}", guid(n, 0))
}

/// A document of framework `n` that has one item, with these words.
pub(crate) fn knots(n: u32, words: &str) -> Value {
    package(n, &format!("Knots, volume {n}"), &[(1, words)])
}

/// A document with the members that an envelope has around it.
pub(crate) fn enveloped(n: u32, document: &Value) -> Value {
    let mut envelope = document.clone();
    envelope["envelope_ceterms_ctid"] = ctid(n).into();
    envelope["envelope_id"] = guid(n, 9).into();
    envelope
}

/// A changeset of members by path.
pub(crate) fn changeset(members: &[(String, Value)]) -> Vec<u8> {
    let texts: Vec<(String, Vec<u8>)> = members
        .iter()
        .map(|(path, value)| (path.clone(), value.to_string().into_bytes()))
        .collect();
    let members: Vec<(&str, &[u8])> =
        texts.iter().map(|(path, text)| (path.as_str(), text.as_slice())).collect();
    zip(&members)
}

/// A line of a dump.
pub(crate) fn transaction(status: &str, envelope: &Value) -> String {
    let date = "2016-06-02T08:51:49.037Z";
    base64(json!({ "status": status, "date": date, "envelope": envelope }).to_string().as_bytes())
}

/// A dump of lines, as the registry packs it.
pub(crate) fn dump(lines: &[String]) -> Vec<u8> {
    gzip(lines.iter().flat_map(|line| [line, "\n"]).collect::<String>().as_bytes())
}

/// A folder that a registry's files arrive in, and what is made of them.
pub(crate) struct Inbox {
    pub folder: TempDir,
    pub data: DataDir,
}

impl Inbox {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), data: DataDir::new() }
    }

    pub(crate) fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    pub(crate) fn import(&self) -> Value {
        self.data.json(&["import", self.folder.path().to_str().unwrap()])
    }

    /// How the item of framework `n` stands, and its words.
    pub(crate) fn item(&self, n: u32) -> (String, String) {
        let resolution = self.data.resolution(&guid(n, 1));
        let found = &resolution["found"][0];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let words = &found["chosen"]["card"]["resource"]["statement"]["en"][0];
        (text(&found["standing"]["state"]), text(words))
    }

    #[track_caller]
    pub(crate) fn check(&self, n: u32, state: &str, words: &str) {
        assert_eq!(self.item(n), (state.to_owned(), words.to_owned()), "framework {n}");
    }

    /// Imports the same again: nothing may be written, and everything that is shown is what a rebuild makes of the ledger.
    #[track_caller]
    pub(crate) fn check_settled(&self) {
        let before = (lasting(&self.data.path()), self.data.content());
        let again = self.data.import(&[self.folder.path()]);
        assert_eq!(again.status, 0, "{again:?}");
        assert!(again.stdout.contains("nothing: everything was known already"), "{}", again.stdout);
        assert_eq!((lasting(&self.data.path()), self.data.content()), before);
        assert_eq!(self.data.run(&["rebuild"]).status, 0);
        assert_eq!(self.data.content(), before.1, "a rebuild ends the same");
    }
}

pub(crate) fn states(report: &Value) -> Vec<(&str, &str)> {
    let documents = report["documents"].as_array().unwrap().iter();
    documents
        .map(|document| (document["record"].as_str().unwrap(), document["state"].as_str().unwrap()))
        .collect()
}
