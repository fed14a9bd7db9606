//! How the last run of a source went, in plain words.

use time::OffsetDateTime;

use crate::page::moment::Moment;
use crate::page::shell::Shell;
use crate::sources::{RefusedDocument, RunDocument};

/// The most refusals that are shown.
const MAX_REFUSALS: usize = 10;

/// The last run of a source.
pub(super) struct Run {
    pub begun: Option<Moment>,
    /// None where it goes on, or died.
    pub finished: Option<Moment>,
    /// How it ended, in a sentence.
    pub ending: String,
    /// What it did, number by number.
    pub numbers: Vec<String>,
    pub error: Option<String>,
    pub remarks: Vec<String>,
    pub refusals: Vec<RefusedDocument>,
    /// How many were refused, shown or not.
    pub n_refused: u64,
    /// Until when the source is let be.
    pub rests_until: Option<Moment>,
}

impl Run {
    /// A run, as it looks now.
    pub(super) fn of(run: RunDocument, now: OffsetDateTime, shell: &Shell) -> Self {
        let rests =
            run.rests_until.and_then(|until| OffsetDateTime::from_unix_timestamp(until).ok());
        let rests = rests.filter(|until| *until > now).map(crate::runs::stamp);
        Self {
            begun: Moment::of(&run.started_at, now, shell),
            finished: run.finished_at.as_deref().and_then(|at| Moment::of(at, now, shell)),
            ending: ending(run.ending.as_deref(), shell),
            numbers: numbers(&run, shell),
            n_refused: run.refused.unwrap_or_default(),
            rests_until: rests.and_then(|until| Moment::of(&until, now, shell)),
            error: run.error,
            remarks: run.remarks.unwrap_or_default(),
            refusals: run.refusals.into_iter().flatten().take(MAX_REFUSALS).collect(),
        }
    }
}

fn ending(ending: Option<&str>, shell: &Shell) -> String {
    shell.say(match ending {
        Some("complete") => "sources-run-complete",
        Some("partial") => "sources-run-partial",
        Some("stopped") => "sources-run-stopped",
        Some("secured") => "sources-run-secured",
        Some(_) => "sources-run-failed",
        None => "sources-run-under-way",
    })
}

/// What a run did, without what it did not.
fn numbers(run: &RunDocument, shell: &Shell) -> Vec<String> {
    let told = [
        (run.accepted, "sources-n-accepted"),
        (run.unchanged, "sources-n-unchanged"),
        (run.not_modified, "sources-n-not-modified"),
        (run.withdrawn, "sources-n-withdrawn"),
        (run.missing, "sources-n-missing"),
        (run.refused, "sources-n-refused"),
        (run.about_people, "sources-n-about-people"),
        (run.requests, "sources-n-requests"),
        (run.bytes.map(|bytes| bytes.div_ceil(1_000)), "sources-n-kilobytes"),
    ];
    let told = told.into_iter().filter_map(|(n, name)| Some((n.filter(|n| *n > 0)?, name)));
    told.map(|(n, name)| shell.count(name, n)).collect()
}
