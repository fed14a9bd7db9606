//! A run of many sources: each in a task of its own, none stopped by another.

use std::sync::Arc;

use tokio::task::JoinSet;

use crate::access::Access;
use crate::client::{Client, FetchError};
use crate::host::Hosts;
use crate::report::{Ending, RunReport};
use crate::session::{Session, Setting};
use crate::source::case::{self, CaseScope};
use crate::source::registry::{self, RegistryScope};

/// What is taken from a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Frameworks of a CASE server.
    Case(CaseScope),
    /// Records of a Credential Registry.
    Registry(RegistryScope),
}

/// One source of a run.
#[derive(Clone)]
pub struct Errand {
    /// How it is asked.
    pub access: Access,
    /// What is taken from it.
    pub scope: Scope,
    /// What it is given.
    pub setting: Setting,
}

/// Runs all errands side by side and gives their reports by source, each as it ends.
///
/// # Errors
/// Only the failure of a store, which ends everything; what goes wrong with a source stands in its report.
pub async fn run(
    errands: Vec<Errand>,
    mut ended: impl FnMut(&str, &RunReport),
) -> Result<(), FetchError> {
    let hosts = Arc::new(Hosts::default());
    let mut tasks = JoinSet::new();
    for errand in errands {
        let hosts = Arc::clone(&hosts);
        tasks.spawn(async move {
            let source = errand.setting.source.clone();
            (source, one(errand, hosts).await)
        });
    }
    let mut failure = None;
    while let Some(done) = tasks.join_next().await {
        match done {
            Ok((source, (report, store))) => {
                ended(&source, &report);
                failure = failure.or(store);
            }
            Err(error) => failure = failure.or(Some(FetchError::Store(error.into()))),
        }
    }
    failure.map_or(Ok(()), Err)
}

/// Runs one errand to its end; the error is that of a store.
async fn one(errand: Errand, hosts: Arc<Hosts>) -> (RunReport, Option<FetchError>) {
    let Errand { access, scope, setting } = errand;
    let client = match Client::new(access, hosts, setting.clock, setting.stop.clone()) {
        Ok(client) => client,
        Err(error) => {
            return (RunReport { error: Some(error.to_string()), ..RunReport::default() }, None);
        }
    };
    let session = Session::new(setting, client);
    let outcome = match &scope {
        Scope::Case(scope) => case::harvest(&session, scope).await,
        Scope::Registry(scope) => registry::harvest(&session, scope).await,
    };
    let outcome = match (outcome, session.save().await) {
        (Ok(_), Err(error)) => Err(error),
        (outcome, _) => outcome,
    };
    let mut report = session.report();
    match outcome {
        Ok(ending) => report.ending = ending,
        Err(FetchError::Store(error)) => {
            report.error = Some(error.to_string());
            return (report, Some(FetchError::Store(error)));
        }
        Err(error) => {
            if let FetchError::Resting { until, .. } = &error {
                report.rests_until = Some(until.unix_timestamp());
            }
            report.ending = match error {
                FetchError::Stopped | FetchError::Budget { .. } => Ending::Stopped,
                _ => Ending::Failed,
            };
            report.error = Some(error.to_string());
        }
    }
    (report, None)
}
