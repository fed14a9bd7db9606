//! How a harvest goes: a bar for each source on a terminal, log lines otherwise.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::sync::Mutex;

use crawler::report::RunReport;
use crawler::session::Watcher;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use crate::present::block::number;

/// How many documents lie between two log lines of a source.
const LOG_EVERY: u64 = 500;

/// The bars of a harvest.
#[derive(Debug)]
pub(crate) struct Bars {
    all: MultiProgress,
    is_terminal: bool,
    by_source: Mutex<BTreeMap<String, ProgressBar>>,
}

impl Bars {
    pub(crate) fn new() -> Self {
        let is_terminal = io::stderr().is_terminal();
        Self { all: MultiProgress::new(), is_terminal, by_source: Mutex::default() }
    }

    /// Takes the bars away.
    pub(crate) fn clear(&self) {
        if let Ok(bars) = self.by_source.lock() {
            for bar in bars.values() {
                bar.finish_and_clear();
            }
        }
    }

    fn with(&self, source: &str, change: impl FnOnce(&ProgressBar)) {
        if !self.is_terminal {
            return;
        }
        let Ok(mut bars) = self.by_source.lock() else { return };
        let bar = bars.entry(source.to_owned()).or_insert_with(|| self.bar(source));
        change(bar);
    }

    fn bar(&self, source: &str) -> ProgressBar {
        let bar = self.all.add(ProgressBar::no_length());
        let template = "{prefix:20} {wide_bar} {pos}/{len} {per_sec} {eta} {msg}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_prefix(source.to_owned());
        bar
    }
}

impl Watcher for Bars {
    fn expect(&self, source: &str, documents: u64) {
        self.with(source, |bar| bar.set_length(documents));
    }

    fn advance(&self, source: &str, report: &RunReport) {
        let documents = report.documents();
        self.with(source, |bar| {
            bar.set_position(documents);
            bar.set_message(format!("{} new", number(report.accepted)));
        });
        if !self.is_terminal && documents > 0 && documents.is_multiple_of(LOG_EVERY) {
            tracing::info!(source, documents, new = report.accepted, "harvesting");
        }
    }
}
