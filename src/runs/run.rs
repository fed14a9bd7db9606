//! The runs of one source.

use crawler::report::{Ending, RunReport};
use index::changes::Summary;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::config::Source;
use crate::schedule::Schedule;

/// What a source is, as whoever began its last run was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct About {
    /// `case`, `registry` or `files`.
    pub kind: String,
    /// Where it lies: an address or a path.
    pub url: String,
    /// How often it is asked.
    pub schedule: Schedule,
}

impl About {
    /// What the configuration says of a source.
    pub(crate) fn of(source: &Source) -> Self {
        Self { kind: source.kind().to_owned(), url: source.address(), schedule: source.schedule }
    }
}

/// What is known of the runs of one source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct SourceRuns {
    /// `case`, `registry` or `files`.
    pub kind: String,
    /// Where it lies.
    pub url: String,
    /// How often it was to be asked when it was asked last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schedule: Option<Schedule>,
    /// The last run, finished or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_run: Option<Run>,
    /// When a run last came to its end and brought what there was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_success: Option<String>,
    /// How many runs have failed since.
    pub failures: u32,
    /// What the last run that changed anything changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_changes: Option<Summary>,
}

/// One run of one source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Run {
    /// When it began.
    pub started_at: String,
    /// When it ended; none where it goes on, or died.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<String>,
    /// What came of it.
    pub report: RunReport,
}

impl SourceRuns {
    /// Notes that a run begins.
    pub(super) fn begin(&mut self, about: &About, now: OffsetDateTime) {
        about.kind.clone_into(&mut self.kind);
        about.url.clone_into(&mut self.url);
        self.schedule = Some(about.schedule);
        self.last_run = Some(Run { started_at: stamp(now), ..Run::default() });
    }

    /// Notes how the run that was begun ended.
    pub(super) fn finish(
        &mut self,
        report: RunReport,
        changes: Option<Summary>,
        now: OffsetDateTime,
    ) {
        match report.ending {
            Ending::Complete | Ending::Partial => {
                self.failures = 0;
                self.last_success = Some(stamp(now));
            }
            // It is continued soon, and no worse than it was.
            Ending::Stopped => self.failures = self.failures.max(1),
            Ending::Failed | Ending::Secured => self.failures = self.failures.saturating_add(1),
        }
        if changes.is_some() {
            self.last_changes = changes;
        }
        let run = self.last_run.get_or_insert_default();
        if run.started_at.is_empty() {
            run.started_at = stamp(now);
        }
        run.finished_at = Some(stamp(now));
        run.report = report;
    }

    /// When the source is due by a schedule; `None` for never. A run that died is due at once.
    pub(crate) fn next_due(&self, schedule: Schedule) -> Option<OffsetDateTime> {
        let finished = self.last_run.as_ref().and_then(|run| run.finished_at.as_deref());
        let due = schedule.next_due(finished.and_then(moment), self.failures)?;
        let rests_until = self.last_run.as_ref().and_then(|run| run.report.rests_until);
        let rested = rests_until.and_then(|until| OffsetDateTime::from_unix_timestamp(until).ok());
        Some(rested.map_or(due, |rested| rested.max(due)))
    }
}

/// Writes a moment.
pub(crate) fn stamp(moment: OffsetDateTime) -> String {
    moment.format(&Rfc3339).unwrap_or_default()
}

fn moment(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc3339).ok()
}
