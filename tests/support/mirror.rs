//! A configuration of sources, the program that harvests them, and what it shows of them afterwards.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use index::Reader;
use ontology::Provenance;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{DataDir, Output, output_of};

/// What every source of a test is told, unless it says otherwise: no pace, short waits, and a second look at once.
const QUICK: &str = r#"
pace = "0s"
attempts = 4
backoff = "1ms"
rest = "1ms"
breaker = 50
idle_timeout = "10s"
confirm_after = "0s"
schedule = "manual"
"#;

/// Everything that is shown, by record and identity: without where and when it was fetched.
pub(crate) type Content = BTreeMap<String, Value>;

/// A mirror of some sources.
pub(crate) struct Mirror {
    pub folder: TempDir,
    pub data: DataDir,
    /// The sources as they stand in the configuration.
    pub sources: BTreeMap<String, String>,
    /// Variables that the program is given.
    pub variables: BTreeMap<String, String>,
}

/// How a harvest ended.
#[derive(Debug)]
pub(crate) struct Harvested {
    pub status: i32,
    pub report: Value,
    pub stderr: String,
}

impl Mirror {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            data: DataDir::new(),
            sources: BTreeMap::new(),
            variables: BTreeMap::new(),
        }
    }

    /// A mirror of one CASE server, named `case`.
    pub(crate) fn of_case(url: &str) -> Self {
        let mut mirror = Self::new();
        mirror.source("case", "case", url, "");
        mirror
    }

    /// A mirror of one registry, named `registry`.
    pub(crate) fn of_registry(url: &str) -> Self {
        let mut mirror = Self::new();
        mirror.source("registry", "registry", url, "");
        mirror
    }

    /// Sets a source; its own lines of TOML win over the quick ones, and a table of them comes after all others.
    pub(crate) fn source(&mut self, name: &str, kind: &str, url: &str, lines: &str) {
        let (own, tables) = lines.split_once("\n[").unwrap_or((lines, ""));
        let is_said = |line: &&str| {
            let key = line.split(" =").next().unwrap();
            own.lines().any(|said| said.split(" =").next() == Some(key))
        };
        let quick: Vec<&str> =
            QUICK.lines().filter(|line| !line.is_empty() && !is_said(line)).collect();
        let tables = if tables.is_empty() { String::new() } else { format!("[{tables}") };
        let text = format!(
            "[sources.{name}]\nkind = \"{kind}\"\nurl = \"{url}\"\n{}\n{own}\n{tables}\n",
            quick.join("\n")
        );
        self.sources.insert(name.to_owned(), text);
    }

    fn configuration(&self) -> PathBuf {
        let path = self.folder.path().join("alidade.toml");
        let sources: String = self.sources.values().flat_map(|text| [text, "\n"]).collect();
        let text = format!("[harvest]\ncontact = \"mailto:mirror@guild.example\"\n\n{sources}");
        fs::write(&path, text).unwrap();
        path
    }

    /// The program, about to be called with this configuration.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let path = self.configuration();
        let args = [&["--config", path.to_str().unwrap()], args].concat();
        let mut command = self.data.command(&args);
        command.envs(&self.variables);
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Output {
        output_of(&mut self.command(args))
    }

    /// Harvests every source.
    #[track_caller]
    pub(crate) fn harvest(&self) -> Harvested {
        self.harvest_with(&[])
    }

    /// Harvests with more words on the command line.
    #[track_caller]
    pub(crate) fn harvest_with(&self, words: &[&str]) -> Harvested {
        let output = self.run(&[&["harvest", "--json"], words].concat());
        let report = serde_json::from_str(&output.stdout)
            .unwrap_or_else(|error| panic!("no JSON ({error}): {output:?}"));
        Harvested { status: output.status, report, stderr: output.stderr }
    }

    /// What is said of the sources.
    #[track_caller]
    pub(crate) fn sources(&self) -> Value {
        let output = self.run(&["sources", "--json"]);
        let read = serde_json::from_str(&output.stdout);
        read.unwrap_or_else(|error| panic!("no JSON ({error}): {output:?}"))
    }

    /// How much was ever written to the ledger; nothing before the first publication.
    pub(crate) fn ledger(&self) -> u64 {
        let status = self.data.run(&["status", "--json"]);
        let status: Value = serde_json::from_str(&status.stdout).unwrap_or_default();
        status["manifest"]["ledgerSeq"].as_u64().unwrap_or_default()
    }

    /// Everything that is shown; nothing before the first publication.
    pub(crate) fn content(&self) -> Content {
        let Some(reader) = Reader::open_if_any(&self.data.path()).unwrap() else {
            return Content::new();
        };
        let mut content = Content::new();
        for record in reader.cards().records().unwrap() {
            let (source, name) = (&record.origin.source, &record.origin.record);
            let place = Provenance {
                source: source.clone(),
                record: name.clone(),
                ..Provenance::default()
            };
            for card in reader.cards().cards_of_record(&place.asserted_graph()).unwrap() {
                let mut shown = serde_json::to_value(&card).unwrap();
                shown.as_object_mut().unwrap().remove("origin");
                // An envelope has stamps of its own, and a graph that comes in bulk has none.
                shown["resource"]["identity"].as_object_mut().unwrap().remove("lastChange");
                content.insert(format!("{source} {name} {}", card.key()), shown);
            }
            let counts = json!({
                "resources": record.resources,
                "alignments": record.alignments,
                "tombstone": record.tombstone,
            });
            content.insert(format!("{source} {name}"), counts);
        }
        content
    }

    /// What is shown of one record.
    pub(crate) fn content_of(&self, source: &str, record: &str) -> Content {
        let name = format!("{source} {record}");
        self.content().into_iter().filter(|(key, _)| key.starts_with(&name)).collect()
    }

    /// The state in which an identifier stands, or `unknown`.
    pub(crate) fn state(&self, identifier: &str) -> String {
        let resolution = self.data.resolution(identifier);
        resolution["found"][0]["standing"]["state"].as_str().unwrap_or("unknown").to_owned()
    }
}

impl Harvested {
    /// What is said of a source.
    #[track_caller]
    pub(crate) fn of(&self, source: &str) -> &Value {
        let report = &self.report["sources"][source];
        assert!(report.is_object(), "nothing is said of `{source}`: {self:?}");
        report
    }

    /// A number that is said of a source; 0 where none is.
    #[track_caller]
    pub(crate) fn number(&self, source: &str, what: &str) -> u64 {
        self.of(source)[what].as_u64().unwrap_or_default()
    }

    /// How the run of a source ended.
    #[track_caller]
    pub(crate) fn ending(&self, source: &str) -> &str {
        self.of(source)["ending"].as_str().unwrap()
    }

    /// Everything that is said in words of a source, one after another.
    #[track_caller]
    pub(crate) fn words(&self, source: &str) -> String {
        let report = self.of(source);
        let mut words: Vec<&str> = report["error"].as_str().into_iter().collect();
        words.extend(report["held"].as_str());
        words.extend(report["remarks"].as_array().into_iter().flatten().filter_map(Value::as_str));
        for refusal in report["refusals"].as_array().into_iter().flatten() {
            words.extend(["place", "reason"].iter().filter_map(|name| refusal[name].as_str()));
        }
        words.join("\n")
    }

    /// Fails unless every source was seen whole.
    #[track_caller]
    pub(crate) fn check_complete(&self) {
        let sources = self.report["sources"].as_object().unwrap();
        let is_complete = sources.values().all(|source| source["ending"] == "complete");
        assert!(self.status == 0 && is_complete && !sources.is_empty(), "{self:?}");
    }

    /// Fails unless something was not whole and the reason is given.
    #[track_caller]
    pub(crate) fn check_said(&self, source: &str) {
        assert_eq!(self.status, 3, "{self:?}");
        assert_ne!(self.ending(source), "complete", "{self:?}");
        assert!(!self.words(source).is_empty(), "{self:?}");
    }
}

/// Identity, words, code and whether it is withdrawn, of everything that is shown.
pub(crate) fn gist(content: &Content) -> BTreeMap<String, Vec<Value>> {
    let gist = |shown: &Value| {
        let resource = &shown["resource"];
        ["statement", "code"]
            .map(|name| resource[name].clone())
            .into_iter()
            .chain([shown["withdrawn"].clone()])
            .collect()
    };
    let resources = content.iter().filter(|(_, shown)| shown["resource"].is_object());
    resources.map(|(key, shown)| (key.clone(), gist(shown))).collect()
}

/// How many resources are withdrawn.
pub(crate) fn n_withdrawn(content: &Content) -> usize {
    content.values().filter(|shown| shown["withdrawn"] == true).count()
}

/// Fails where two contents differ, and says where.
#[track_caller]
pub(crate) fn check_same(what: &str, found: &Content, expected: &Content) {
    let missing: Vec<&String> = expected.keys().filter(|key| !found.contains_key(*key)).collect();
    let more: Vec<&String> = found.keys().filter(|key| !expected.contains_key(*key)).collect();
    assert!(
        missing.is_empty() && more.is_empty(),
        "{what}: missing {:?} of {}, too much {:?}",
        missing.iter().take(3).collect::<Vec<_>>(),
        missing.len(),
        more.iter().take(3).collect::<Vec<_>>()
    );
    for (key, shown) in found {
        assert_eq!(shown, &expected[key], "{what}: {key}");
    }
}
