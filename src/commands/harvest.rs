//! `alidade harvest`: mirrors the sources that are configured.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crawler::report::Ending;
use serde_json::{Map, Value, json};

use crate::cli::Harvest;
use crate::config::{Configuration, Inputs, Secrets, Source};
use crate::day::Clock;
use crate::harvest::{Harvested, Manner, Onlookers, harvest};
use crate::outcome::{Outcome, UsageError};
use crate::pipeline::Pipeline;
use crate::present::{Bar, Bars, print_harvest, print_json};
use crate::runs::{About, Runs};

/// What came is published this often while a harvest goes on.
const PUBLISH_EVERY: Duration = Duration::from_mins(5);

pub(super) fn run(
    args: &Harvest,
    data: &Path,
    inputs: &Inputs,
    with_parent: bool,
    clock: Clock,
) -> anyhow::Result<Outcome> {
    let configuration = Configuration::load(inputs, Secrets::Read)?;
    let (configured, keep_changes) = (configuration.sources, configuration.keep_changes);
    let mut runs = Runs::open(data)?;
    let chosen = chosen(args, configured, &runs, clock)?;
    if chosen.is_empty() {
        tracing::info!("nothing is due");
        return Ok(Outcome::Done);
    }
    // Whoever has the writer's lock has the word about runs, too.
    let pipeline = Pipeline::open(data, clock())?.keeping_changes(keep_changes);
    for (name, source) in &chosen {
        runs.begin(name, &About::of(source), clock());
    }
    runs.save(data)?;
    let (bars, mut bar) = (Arc::new(Bars::new()), Bar::new());
    let manner = Manner { accept: args.accept, publish_every: PUBLISH_EVERY, with_parent, clock };
    let onlookers = Onlookers { servers: Arc::<Bars>::clone(&bars), files: &mut bar };
    let harvested = harvest(pipeline, chosen, &manner, onlookers)?;
    bars.clear();
    for (name, report) in &harvested.reports {
        // What waits has changed nothing that is shown.
        let summary = harvested.summaries.get(name).cloned().unwrap_or_default();
        let is_over = matches!(report.ending, Ending::Complete | Ending::Partial);
        let changes = (is_over || summary.total() > 0).then_some(summary);
        runs.finish(name, report.clone(), changes, clock());
    }
    runs.save(data)?;
    if let Some(failure) = harvested.failure {
        return Err(failure.context("the harvest could not go on"));
    }
    if args.json {
        print_json(&as_json(&harvested)?)?;
    } else {
        print_harvest(&harvested)?;
    }
    Ok(if harvested.is_whole() { Outcome::Done } else { Outcome::SourceFailed })
}

/// The sources that were named, else all; of them those that are due, where that is asked for.
fn chosen(
    args: &Harvest,
    mut configured: BTreeMap<String, Source>,
    runs: &Runs,
    clock: Clock,
) -> anyhow::Result<BTreeMap<String, Source>> {
    if configured.is_empty() {
        let text = "no source is configured; the README shows how `alidade.toml` names them";
        return Err(UsageError(text.to_owned()).into());
    }
    if let Some(unknown) = args.sources.iter().find(|name| !configured.contains_key(*name)) {
        let known: Vec<&str> = configured.keys().map(String::as_str).collect();
        let text = format!("no source `{unknown}` is configured, only {}", known.join(", "));
        return Err(UsageError(text).into());
    }
    configured.retain(|name, _| args.sources.is_empty() || args.sources.contains(name));
    if args.due {
        let schedules = configured.iter().map(|(name, source)| (name.as_str(), source.schedule));
        let due = runs.due(schedules, clock());
        let due: BTreeSet<String> = due.into_iter().map(str::to_owned).collect();
        configured.retain(|name, _| due.contains(name));
    }
    Ok(configured)
}

fn as_json(harvested: &Harvested) -> anyhow::Result<Value> {
    let mut sources = Map::new();
    for (name, report) in &harvested.reports {
        let mut source = serde_json::to_value(report)?;
        if let Some(fields) = source.as_object_mut() {
            if let Some(reason) = harvested.held.get(name) {
                fields.insert("held".to_owned(), reason.clone().into());
            }
            if let Some(summary) = harvested.summaries.get(name) {
                fields.insert("changes".to_owned(), serde_json::to_value(summary)?);
            }
        }
        sources.insert(name.clone(), source);
    }
    let generation = harvested.published.as_ref().map(|published| published.generation);
    Ok(json!({ "generation": generation, "sources": sources }))
}
