//! What changed: how much, and the first few of it by name.

use index::changes::{Change, Summary, What};
use index::feed::Latest;
use ontology::{Kind, identify};
use time::OffsetDateTime;

use crate::page::address::{page_of, page_of_kind};
use crate::page::moment::Moment;
use crate::page::shell::Shell;

/// What one generation changed.
pub(super) struct Changed {
    pub generation: u64,
    /// The one before, behind which the feed tells the whole of it.
    pub before: u64,
    pub published: Option<Moment>,
    pub n: u64,
    pub sums: Vec<String>,
    pub examples: Vec<Example>,
}

/// Something that changed.
pub(super) struct Example {
    /// What happened to it, in a word.
    pub what: String,
    pub code: Option<String>,
    pub name: String,
    /// What it was called before, where that was something else.
    pub former: Option<String>,
    pub link: String,
}

impl Changed {
    /// A generation, as it looks now.
    pub(super) fn of(latest: &Latest, now: OffsetDateTime, shell: &Shell) -> Self {
        let kept = &latest.kept;
        let sums = kept.sorts.iter().map(|(what, n)| sum(*what, *n, shell));
        Self {
            generation: latest.generation,
            before: latest.generation.saturating_sub(1),
            published: Moment::of(&kept.published_at, now, shell),
            n: kept.changes,
            sums: sums.collect(),
            examples: examples(&latest.first, latest.first.len(), shell),
        }
    }
}

fn sum(what: What, n: u64, shell: &Shell) -> String {
    let name = match what {
        What::Added => "sources-n-added",
        What::Changed => "sources-n-changed",
        What::Moved => "sources-n-moved",
        What::Retired => "sources-n-retired",
    };
    shell.count(name, n)
}

/// How much changed, sort by sort.
pub(super) fn sums(summary: &Summary, shell: &Shell) -> Vec<String> {
    let changed = summary.changed + summary.reworded;
    let sorts = [
        (What::Added, summary.added),
        (What::Changed, changed),
        (What::Moved, summary.moved),
        (What::Retired, summary.retired),
    ];
    sorts.into_iter().filter(|(_, n)| *n > 0).map(|(what, n)| sum(what, n, shell)).collect()
}

/// The first few of what changed.
pub(super) fn examples(changes: &[Change], most: usize, shell: &Shell) -> Vec<Example> {
    changes.iter().take(most).filter_map(|change| example(change, shell)).collect()
}

fn example(change: &Change, shell: &Shell) -> Option<Example> {
    let now = change.new.as_ref().or(change.old.as_ref())?;
    let what = match change.change {
        What::Added => "sources-what-added",
        What::Changed => "sources-what-changed",
        What::Moved => "sources-what-moved",
        What::Retired => "sources-what-retired",
    };
    let former = change.old.as_ref().map(|old| old.name.clone());
    Some(Example {
        what: shell.say(what),
        code: now.code.clone(),
        name: now.name.clone(),
        former: former.filter(|former| *former != now.name),
        link: page_of_subject(&change.subject, &change.kind),
    })
}

/// The address of the page about a subject, as the feed names it.
pub(super) fn page_of_subject(subject: &str, kind: &str) -> String {
    let kind = Kind::ALL.into_iter().find(|known| known.as_str() == kind);
    match (identify(subject).key, kind) {
        (Some(key), Some(kind)) => page_of_kind(&key, kind),
        (Some(key), None) => page_of(&key),
        (None, _) => format!("/r/{}", ontology::vocab::encode(subject)),
    }
}
