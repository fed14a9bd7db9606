//! A mirror of a fake server: what a harvest needs, in memory and in a folder that goes away.

use std::sync::Arc;
use std::time::Duration;

use crawler::access::{Access, Credentials, Retry, Secret};
use crawler::harvest::{Errand, Scope, run};
use crawler::receiver::Receiver;
use crawler::report::RunReport;
use crawler::session::{Setting, Watcher};
use crawler::source::case::CaseScope;
use crawler::state::{Seen, State};
use crawler::stop::stop;
use crawler::validators::Validators;
use tempfile::TempDir;
use time::OffsetDateTime;
use time::macros::datetime;

use crate::receiver::Memory;
use crate::server::{Case, Server};

struct Nobody;

impl Watcher for Nobody {
    fn expect(&self, _: &str, _: u64) {}
    fn advance(&self, _: &str, _: &RunReport) {}
}

/// A server and its mirror.
pub(crate) struct Mirror {
    pub server: Server,
    pub memory: Arc<Memory>,
    pub scope: CaseScope,
    /// What follows the host in the address.
    pub path: &'static str,
    pub token: Option<&'static str>,
    pub confirm_after: Duration,
    pub at_once: usize,
    pub is_stopped: bool,
    /// What is remembered, and the folder in which it lies for as long.
    pub state: (Arc<State>, TempDir),
}

fn now() -> OffsetDateTime {
    datetime!(2026-06-01 12:00 UTC)
}

impl Mirror {
    pub(crate) async fn of(case: Case) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let state = Arc::new(State::open(folder.path()).unwrap().0);
        Self {
            path: case.prefix,
            server: Server::start(case).await,
            memory: Arc::default(),
            scope: CaseScope::default(),
            token: None,
            confirm_after: Duration::ZERO,
            at_once: 1,
            is_stopped: false,
            state: (state, folder),
        }
    }

    /// Harvests once, and gives the report.
    pub(crate) async fn harvest(&self) -> RunReport {
        let (stopper, stop) = stop();
        if self.is_stopped {
            stopper.stop();
        }
        let receiver: Arc<dyn Receiver> = Arc::<Memory>::clone(&self.memory);
        let setting = Setting {
            source: "fake".to_owned(),
            state: Arc::clone(&self.state.0),
            receiver,
            watcher: Arc::new(Nobody),
            clock: now,
            stop,
            confirm_after: self.confirm_after,
        };
        let scope = Scope::Case(self.scope.clone());
        let mut reports = Vec::new();
        let errand = Errand { access: self.access(), scope, setting };
        run(vec![errand], |_, report| reports.push(report.clone())).await.unwrap();
        reports.remove(0)
    }

    fn access(&self) -> Access {
        let base = format!("http://{}{}", self.server.address(), self.path).parse().unwrap();
        let token = self.token.map(|token| Credentials::Token(Secret::new(token)));
        Access {
            credentials: token.unwrap_or_default(),
            pace: Duration::ZERO,
            at_once: self.at_once,
            retry: Retry { attempts: 1, base: Duration::ZERO, breaker: 100, ..Retry::default() },
            ..Access::of(base, "alidade-tests (mailto:ops@example.org)")
        }
    }

    /// Loses all that is remembered, but for what the ledger tells: which address gave which record.
    pub(crate) fn lose_state(&mut self, ledger: &[(&str, &str)]) {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path()).unwrap().0;
        let seen = ledger.iter().enumerate().map(|(at, (path, record))| {
            let (record, at) = ((*record).to_owned(), i64::try_from(at).unwrap());
            let address = format!("http://{}{path}", self.server.address());
            (address, Seen { record, validators: Validators::default(), at })
        });
        state.seed("fake", seen).unwrap();
        self.state = (Arc::new(state), folder);
    }

    /// The frameworks that the mirror holds.
    pub(crate) fn frameworks(&self) -> Vec<String> {
        self.memory.frameworks()
    }

    /// The addresses that were asked for since the last time.
    pub(crate) fn targets(&self) -> Vec<String> {
        self.server.case().targets()
    }
}
