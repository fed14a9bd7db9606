//! What is known of the sources: what is shown of them, how their last runs went, and when they are asked again.
//!
//! It joins the current generation with the runs and the configuration; none of the three needs the others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use index::Reader;
use index::changes::Summary;
use index::ledger::Terms;
use index::sources::Conflict;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use utoipa::ToSchema;

use crate::config::Source;
use crate::runs::{Run, Runs, SourceRuns, stamp};
use crate::schedule::Schedule;

/// What is asked for whatever is known of the sources.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sources {
    /// The data directory.
    pub data: PathBuf,
    /// The sources that are configured.
    pub configured: BTreeMap<String, Source>,
}

impl Sources {
    /// All sources by name: those that are shown, those that ever ran, and those that are only configured.
    pub(crate) fn describe(
        &self,
        reader: Option<&Reader>,
        now: OffsetDateTime,
    ) -> anyhow::Result<Described> {
        let runs = Runs::open(&self.data)?;
        let mut shown = Map::new();
        for (name, status) in reader.into_iter().flat_map(Reader::sources) {
            shown.insert(name.clone(), serde_json::to_value(status)?);
        }
        let mut names: BTreeSet<&str> = runs.names().collect();
        names.extend(self.configured.keys().map(String::as_str));
        names.extend(shown.keys().map(String::as_str));
        let mut sources = Map::new();
        for name in names {
            let status = shown.get(name).and_then(Value::as_object).cloned().unwrap_or_default();
            let (runs, configured) = (runs.of(name), self.configured.get(name));
            let source = describe(status, runs, configured, now)?;
            sources.insert(name.to_owned(), Value::Object(source));
        }
        let generation = reader.map(|reader| reader.manifest().generation);
        Ok(Described { generation, sources })
    }
}

/// What is known of the sources.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Sources)]
pub(crate) struct Described {
    /// The generation that shows them; none before the first.
    #[schema(required)]
    pub generation: Option<u64>,
    /// What is known of each, by name.
    #[schema(value_type = BTreeMap<String, SourceDocument>)]
    pub sources: Map<String, Value>,
}

impl Described {
    /// The same, each source by its members.
    pub(crate) fn documents(&self) -> serde_json::Result<BTreeMap<String, SourceDocument>> {
        let document = |(name, source): (&String, &Value)| {
            Ok((name.clone(), SourceDocument::deserialize(source)?))
        };
        self.sources.iter().map(document).collect()
    }
}

/// What is known of one source.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = Source)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SourceDocument {
    /// How many records are shown.
    pub records: u64,
    /// How many resources they have.
    pub resources: u64,
    /// The entry of the ledger up to which it is shown.
    #[expect(dead_code, reason = "it is described for programs, and means nothing to people")]
    pub watermark: Option<u64>,
    /// When its newest record was read.
    pub fetched_at: Option<String>,
    /// Why newer entries wait, where they do.
    pub held: Option<String>,
    /// Under which terms it may be used, where any were said.
    pub terms: Option<Terms>,
    /// The documents that another record describes too, the first of them.
    pub conflicts: Vec<Conflict>,
    /// How many such documents there are.
    pub n_conflicts: Option<u64>,
    /// What it is: `case`, `registry` or `files`.
    pub kind: String,
    /// Where it lies: an address or a path.
    pub url: Option<String>,
    /// How often it is asked.
    pub schedule: Option<String>,
    /// How its last run went.
    pub last_run: Option<RunDocument>,
    /// When a run last went well.
    pub last_success: Option<String>,
    /// What the last run changed that changed anything.
    pub last_changes: Option<Summary>,
    /// When it is asked again.
    pub next_due: Option<String>,
}

/// One run, which has its report when it is over.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = Run)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RunDocument {
    /// When it began.
    pub started_at: String,
    /// When it was over.
    pub finished_at: Option<String>,
    /// How it ended: `complete`, `partial`, `failed`, `stopped` or `secured`.
    pub ending: Option<String>,
    /// Why it ended early.
    pub error: Option<String>,
    /// How many records were taken.
    pub accepted: Option<u64>,
    /// How many were the same as before.
    pub unchanged: Option<u64>,
    /// How many their server said to be the same as before.
    pub not_modified: Option<u64>,
    /// How many the source no longer has.
    pub withdrawn: Option<u64>,
    /// How many were missing once, which is not taken at its word yet.
    pub missing: Option<u64>,
    /// How many were about people, and were not kept.
    pub about_people: Option<u64>,
    /// How many could not be taken.
    pub refused: Option<u64>,
    /// Which, and why: the first of them.
    pub refusals: Option<Vec<RefusedDocument>>,
    /// What else there is to say.
    pub remarks: Option<Vec<String>>,
    /// Until when the source is let be, in seconds since 1970.
    pub rests_until: Option<i64>,
    /// How many requests were made.
    pub requests: Option<u64>,
    /// How many bytes came.
    pub bytes: Option<u64>,
}

/// Something that could not be taken.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = Refused)]
pub(crate) struct RefusedDocument {
    /// Where it is.
    pub place: String,
    /// Why.
    pub reason: String,
}

/// Adds to what is shown of a source what its runs and its configuration say.
fn describe(
    mut source: Map<String, Value>,
    runs: Option<&SourceRuns>,
    configured: Option<&Source>,
    now: OffsetDateTime,
) -> anyhow::Result<Map<String, Value>> {
    for number in ["records", "resources"] {
        source.entry(number).or_insert_with(|| 0.into());
    }
    source.entry("conflicts").or_insert_with(|| json!([]));
    let kind = configured.map(Source::kind).or(runs.map(|runs| runs.kind.as_str()));
    // What nobody configured was imported.
    source.insert("kind".to_owned(), kind.unwrap_or("files").into());
    let url = configured.map(Source::address).or_else(|| runs.map(|runs| runs.url.clone()));
    if let Some(url) = url {
        source.insert("url".to_owned(), url.into());
    }
    if let Some(configured) = configured {
        source.entry("terms").or_insert(serde_json::to_value(&configured.terms)?);
        source.insert("schedule".to_owned(), configured.schedule.to_string().into());
    }
    if let Some(runs) = runs {
        if let Some(run) = &runs.last_run {
            source.insert("lastRun".to_owned(), flat(run)?);
        }
        for (name, value) in [
            ("lastSuccess", serde_json::to_value(&runs.last_success)?),
            ("lastChanges", serde_json::to_value(&runs.last_changes)?),
        ] {
            if !value.is_null() {
                source.insert(name.to_owned(), value);
            }
        }
    }
    if let Some(due) = next_due(runs, configured.map(|source| source.schedule), now) {
        source.insert("nextDue".to_owned(), due.into());
    }
    Ok(source)
}

/// When a source is asked again; one that was never asked, or never to the end, is due now.
fn next_due(
    runs: Option<&SourceRuns>,
    schedule: Option<Schedule>,
    now: OffsetDateTime,
) -> Option<String> {
    let schedule = schedule?;
    let has_run =
        |runs: &&SourceRuns| runs.last_run.as_ref().is_some_and(|run| run.finished_at.is_some());
    match runs.filter(has_run) {
        Some(runs) => runs.next_due(schedule).map(stamp),
        None => matches!(schedule, Schedule::Every(_)).then(|| stamp(now)),
    }
}

/// A run with its report in one object.
fn flat(run: &Run) -> anyhow::Result<Value> {
    let mut fields = Map::new();
    fields.insert("startedAt".to_owned(), run.started_at.clone().into());
    if let Some(finished) = &run.finished_at {
        fields.insert("finishedAt".to_owned(), finished.clone().into());
        if let Value::Object(report) = serde_json::to_value(&run.report)? {
            fields.extend(report);
        }
    }
    Ok(Value::Object(fields))
}
