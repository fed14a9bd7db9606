//! The file of all runs.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::Context;
use crawler::report::RunReport;
use index::changes::Summary;
use index::durable::{create_dir, write_atomically};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::runs::run::{About, SourceRuns};
use crate::schedule::Schedule;

/// The name of the file in the data directory.
const FILE: &str = "runs.json";

/// What is known of the runs of all sources, by name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Runs(BTreeMap<String, SourceRuns>);

impl Runs {
    /// Reads what is known. Nothing is where there is no file, or one that cannot be understood.
    ///
    /// # Errors
    /// A file that is there and cannot be read.
    pub(crate) fn open(data: &Path) -> anyhow::Result<Self> {
        let path = data.join(FILE);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read `{}`", path.display()));
            }
        };
        match serde_json::from_slice(&bytes) {
            Ok(runs) => Ok(runs),
            Err(error) => {
                tracing::warn!(%error, "`{}` cannot be understood; every source is due", path.display());
                Ok(Self::default())
            }
        }
    }

    /// Writes what is known, in one step and durably.
    pub(crate) fn save(&self, data: &Path) -> anyhow::Result<()> {
        create_dir(data)?;
        write_atomically(&data.join(FILE), &serde_json::to_vec_pretty(self)?)?;
        Ok(())
    }

    /// Notes that a run of a source begins.
    pub(crate) fn begin(&mut self, source: &str, about: &About, now: OffsetDateTime) {
        self.0.entry(source.to_owned()).or_default().begin(about, now);
    }

    /// Notes how a run of a source ended, and what it changed where anything did.
    pub(crate) fn finish(
        &mut self,
        source: &str,
        report: RunReport,
        changes: Option<Summary>,
        now: OffsetDateTime,
    ) {
        self.0.entry(source.to_owned()).or_default().finish(report, changes, now);
    }

    /// What is known of a source.
    pub(crate) fn of(&self, source: &str) -> Option<&SourceRuns> {
        self.0.get(source)
    }

    /// The names of the sources that ever ran.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The sources that are due, in the order of their names.
    pub(crate) fn due<'a>(
        &self,
        schedules: impl Iterator<Item = (&'a str, Schedule)>,
        now: OffsetDateTime,
    ) -> Vec<&'a str> {
        let never = SourceRuns::default();
        let is_due = |source: &str, schedule: Schedule| {
            let due = self.of(source).unwrap_or(&never).next_due(schedule);
            due.is_some_and(|due| due <= now)
        };
        schedules.filter(|(source, when)| is_due(source, *when)).map(|(source, _)| source).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use crawler::report::{Ending, RunReport};
    use time::OffsetDateTime;
    use time::macros::datetime;

    use super::{FILE, Runs};
    use index::changes::Summary;

    use crate::runs::About;
    use crate::schedule::Schedule;

    const NOON: OffsetDateTime = datetime!(2026-03-01 12:00 UTC);
    const WEEKLY: Schedule = Schedule::Every(Duration::from_hours(7 * 24));

    fn about() -> About {
        let url = "https://case.example.org/".to_owned();
        About { kind: "case".to_owned(), url, schedule: WEEKLY }
    }

    fn ended(ending: Ending) -> RunReport {
        RunReport { ending, accepted: 3, ..RunReport::default() }
    }

    #[track_caller]
    fn check_due(runs: &Runs, hours: i64) {
        let at = |hours| runs.due([("a", WEEKLY)].into_iter(), NOON + time::Duration::hours(hours));
        assert_eq!(at(hours), ["a"]);
        assert!(hours == 0 || at(hours - 1).is_empty(), "{runs:?}");
    }

    #[test]
    fn what_was_noted_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let mut runs = Runs::open(&data).unwrap();
        assert_eq!(runs, Runs::default());
        runs.begin("a", &about(), NOON);
        let changes = Summary { reworded: 2, ..Summary::default() };
        runs.finish("a", ended(Ending::Complete), Some(changes), NOON + time::Duration::hours(1));
        runs.save(&data).unwrap();
        assert_eq!(Runs::open(&data).unwrap(), runs);
        assert_eq!(runs.of("a").unwrap().last_success.as_deref(), Some("2026-03-01T13:00:00Z"));
        fs::write(data.join(FILE), b"{\"a\":").unwrap();
        assert_eq!(Runs::open(&data).unwrap(), Runs::default());
    }

    #[test]
    fn a_source_is_due_when_its_schedule_or_its_failure_says_so() {
        let mut runs = Runs::default();
        check_due(&runs, 0);
        runs.begin("a", &about(), NOON);
        check_due(&runs, 0);
        runs.finish("a", ended(Ending::Complete), None, NOON);
        check_due(&runs, 168);
        for hours in [1, 2, 4] {
            runs.finish("a", ended(Ending::Failed), None, NOON);
            check_due(&runs, hours);
        }
        assert_eq!(runs.of("a").unwrap().last_success.as_deref(), Some("2026-03-01T12:00:00Z"));
        runs.finish("a", ended(Ending::Partial), None, NOON);
        check_due(&runs, 168);
        runs.finish("a", ended(Ending::Stopped), None, NOON);
        check_due(&runs, 1);
        assert!(runs.due([("a", Schedule::Manual)].into_iter(), NOON).is_empty());
    }

    #[test]
    fn a_run_that_changed_nothing_leaves_what_the_one_before_changed() {
        let mut runs = Runs::default();
        let changes = Summary { added: 1, ..Summary::default() };
        runs.finish("a", ended(Ending::Complete), Some(changes.clone()), NOON);
        runs.finish("a", ended(Ending::Complete), None, NOON);
        assert_eq!(runs.of("a").unwrap().last_changes, Some(changes));
    }
}
