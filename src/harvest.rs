//! A harvest: servers of others are mirrored into the data directory, source by source, and what came is published.

mod ending;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context;
use crawler::access::Clock;
use crawler::harvest::Errand;
use crawler::report::{Ending, RunReport};
use crawler::session::{Seen, Setting, Watcher};
use crawler::state::{Opened, State};
use crawler::stop::{Stop, stop};
use index::changes::Summary;
use index::publish::Published;
use ontology::Environment;

use crate::config::{Server, Source, What};
use crate::harvest::ending::told_to_end;
use crate::pipeline::{Door, ImportReport, Mirror, Pipeline, Progress, Settled};

/// The folder of the data directory that remembers where each crawl stands.
const STATE: &str = "crawl";

/// Where that memory says of itself that it knows what the ledger knew; no source has such a name.
const SEEDED: (&str, &str) = (":crawl", "seeded");

/// How a harvest is done.
pub(crate) struct Manner {
    /// Whether what the brake would hold is applied.
    pub accept: bool,
    /// How often what came is published while the harvest goes on.
    pub publish_every: Duration,
    /// Whether the end of the standard input is the end of whoever started this.
    pub with_parent: bool,
    pub clock: Clock,
}

/// Who looks on, on a terminal or not.
pub(crate) struct Onlookers<'a> {
    pub servers: Arc<dyn Watcher>,
    pub files: &'a mut dyn Progress,
}

/// What came of a harvest.
#[derive(Debug, Default)]
pub(crate) struct Harvested {
    /// What came of each source.
    pub reports: BTreeMap<String, RunReport>,
    /// What changed of each source that changed.
    pub summaries: BTreeMap<String, Summary>,
    /// The sources that wait for the operator's word.
    pub held: BTreeMap<String, String>,
    /// The last generation that was published.
    pub published: Option<Published>,
    /// What ended the harvest before all sources were done: the failure of a store.
    pub failure: Option<anyhow::Error>,
}

/// Mirrors these sources.
///
/// What goes wrong with a source stands in its report. An error is one of the stores; what was taken before is kept, and published next time.
pub(crate) fn harvest(
    mut pipeline: Pipeline,
    sources: BTreeMap<String, Source>,
    manner: &Manner,
    onlookers: Onlookers<'_>,
) -> anyhow::Result<Harvested> {
    let mut harvested = Harvested::default();
    let mut servers = Vec::new();
    for (name, source) in sources {
        pipeline.note_terms(&name, &source.terms)?;
        match source.what {
            What::Files { path, .. } => {
                let report = files(&mut pipeline, &name, &path, onlookers.files)?;
                harvested.reports.insert(name, report);
            }
            What::Server(server) => servers.push((name, *server)),
        }
    }
    let names: BTreeSet<String> = servers.iter().map(|(name, _)| name.clone()).collect();
    let run = Run {
        shown: names.iter().filter(|name| pipeline.was_shown(name)).cloned().collect(),
        state: Arc::new(state(&pipeline)?),
        watcher: onlookers.servers,
        mirror: pipeline.mirror(environments(&servers), manner.clock),
        running: Mutex::new(names),
        harvested: Mutex::new(harvested),
    };
    // What came is published, whatever became of the rest.
    let asked = run.servers(servers, manner);
    let mut harvested = run.finish(manner)?;
    harvested.failure = asked.err();
    Ok(harvested)
}

/// Takes in a source of files.
fn files(
    pipeline: &mut Pipeline,
    name: &str,
    path: &Path,
    progress: &mut dyn Progress,
) -> anyhow::Result<RunReport> {
    let mut report = ImportReport::default();
    match pipeline.take_in_as(name, path, &mut report, progress) {
        Ok(()) => Ok(report.as_run()),
        Err(error) if error.downcast_ref::<index::IndexError>().is_some() => Err(error),
        Err(error) => Ok(RunReport {
            ending: Ending::Failed,
            error: Some(format!("{error:#}")),
            ..report.as_run()
        }),
    }
}

fn environments(servers: &[(String, Server)]) -> BTreeMap<String, Environment> {
    let said = servers
        .iter()
        .filter_map(|(name, server)| Some((name.clone(), server.environment.clone()?)));
    said.collect()
}

/// Opens the memory of the crawl; what was lost of it is told anew from the ledger.
fn state(pipeline: &Pipeline) -> anyhow::Result<State> {
    let store = |error: crawler::receiver::StoreError| anyhow::anyhow!(error);
    let (state, opened) = State::open(&pipeline.data().join(STATE)).map_err(store)?;
    if opened == Opened::SetAside {
        tracing::warn!("the memory of the crawl was damaged; it is set aside and told anew");
    }
    // Damage may also look like a memory that never held anything.
    let (everything, seeded) = SEEDED;
    if state.get::<bool>(everything, seeded).map_err(store)?.is_some() {
        return Ok(state);
    }
    for source in pipeline.sources() {
        let fetched = pipeline.fetched(&source)?.into_iter();
        let seen = fetched.filter_map(|entry| {
            let validators = crawler::validators::Validators {
                etag: entry.validators.etag,
                last_modified: entry.validators.last_modified,
            };
            let at = entry.fetched_at.unix_timestamp();
            Some((entry.url?, Seen { record: entry.record, validators, at }))
        });
        state.seed(&source, seen).map_err(store)?;
        // The ledger has it already, so nothing needs to be made durable first.
        state.save(&source, || Ok(())).map_err(store)?;
    }
    state.put(everything, seeded, &true).map_err(store)?;
    state.save(everything, || Ok(())).map_err(store)?;
    Ok(state)
}

/// The part of a harvest that goes on beside the network.
struct Run {
    /// The sources of which something was shown before.
    shown: BTreeSet<String>,
    state: Arc<State>,
    watcher: Arc<dyn Watcher>,
    mirror: Arc<Mirror>,
    /// The sources that are not done yet.
    running: Mutex<BTreeSet<String>>,
    harvested: Mutex<Harvested>,
}

impl Run {
    /// Asks the servers until all are done, and publishes meanwhile.
    fn servers(&self, servers: Vec<(String, Server)>, manner: &Manner) -> anyhow::Result<()> {
        if servers.is_empty() {
            return Ok(());
        }
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let (stopper, stop) = stop();
        let errands =
            servers.into_iter().map(|(name, server)| self.errand(name, server, manner, &stop));
        let errands: Vec<Errand> = errands.collect();
        runtime.block_on(async {
            let running =
                crawler::harvest::run(errands, |source, report| self.ended(source, report));
            let mut running = std::pin::pin!(running);
            let mut publishing = tokio::time::interval(manner.publish_every);
            publishing.reset();
            let mut told = std::pin::pin!(told_to_end(manner.with_parent));
            let mut is_ending = false;
            loop {
                tokio::select! {
                    done = &mut running => return done.map_err(anyhow::Error::from),
                    _ = publishing.tick() => {
                        tokio::task::block_in_place(|| self.settle(BTreeSet::new()))?;
                    }
                    () = &mut told, if !is_ending => {
                        tracing::info!("stopping; the next harvest goes on from here");
                        is_ending = true;
                        stopper.stop();
                    }
                }
            }
        })
    }

    fn errand(&self, name: String, server: Server, manner: &Manner, stop: &Stop) -> Errand {
        let setting = Setting {
            source: name,
            state: Arc::clone(&self.state),
            receiver: Arc::new(Door(Arc::clone(&self.mirror))),
            watcher: Arc::clone(&self.watcher),
            clock: manner.clock,
            stop: stop.clone(),
            confirm_after: server.confirm_after,
        };
        Errand { access: server.access, scope: server.scope, setting }
    }

    /// Takes down what came of a source.
    fn ended(&self, source: &str, report: &RunReport) {
        tracing::info!(source, ending = ?report.ending, accepted = report.accepted, "a source is done");
        if let Ok(mut running) = self.running.lock() {
            running.remove(source);
        }
        if let Ok(mut harvested) = self.harvested.lock() {
            harvested.reports.insert(source.to_owned(), report.clone());
        }
    }

    /// Publishes what has come. A source that was shown before is judged as a whole at the end of its run; of a new one there is
    /// nothing to be taken away, and it is shown as it comes.
    fn settle(&self, mut accepted: BTreeSet<String>) -> anyhow::Result<()> {
        let running = self.running.lock().map(|running| running.clone()).unwrap_or_default();
        accepted.extend(running.difference(&self.shown).cloned());
        let busy = running.intersection(&self.shown).cloned().collect();
        let settled = self.mirror.settle(&accepted, &busy)?;
        if let Ok(mut harvested) = self.harvested.lock() {
            harvested.note(settled);
        }
        Ok(())
    }

    fn finish(self, manner: &Manner) -> anyhow::Result<Harvested> {
        let accepted = if manner.accept {
            let harvested = self.harvested.lock();
            harvested
                .map(|harvested| harvested.reports.keys().cloned().collect())
                .unwrap_or_default()
        } else {
            BTreeSet::new()
        };
        self.settle(accepted).context("what was harvested could not be published")?;
        Ok(self.harvested.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Harvested {
    fn note(&mut self, settled: Settled) {
        self.held = settled.applied.held;
        let Some(published) = settled.published else { return };
        for (source, summary) in &published.summaries {
            self.summaries.entry(source.clone()).or_default().add(summary);
        }
        self.published = Some(published);
    }

    /// Whether everything was seen and is shown.
    pub(crate) fn is_whole(&self) -> bool {
        let complete = |report: &RunReport| report.ending == Ending::Complete;
        self.held.is_empty() && self.reports.values().all(complete)
    }
}
