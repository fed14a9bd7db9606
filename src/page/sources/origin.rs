//! One source: what it is, how fresh it is, on which terms it may be used.

use index::ledger::Terms;
use time::OffsetDateTime;

use crate::page::address::is_web;
use crate::page::moment::Moment;
use crate::page::shell::Shell;
use crate::page::sources::change::{Example, examples, sums};
use crate::page::sources::run::Run;
use crate::sources::SourceDocument;

/// The most examples of what changed that are shown of one source.
const MAX_EXAMPLES: usize = 3;

/// An address or a text, which may lead somewhere.
pub(super) struct Place {
    pub text: String,
    pub is_web: bool,
}

impl From<String> for Place {
    fn from(text: String) -> Self {
        let is_web = is_web(&text);
        Self { text, is_web }
    }
}

/// The state of a source in a word, and how good that is.
pub(super) struct State {
    pub words: String,
    /// The class of its pill.
    pub class: &'static str,
}

/// When a source is asked again.
pub(super) enum Due {
    Now,
    At(Moment),
    ByHand,
    /// It was imported.
    Never,
}

/// A source.
pub(super) struct Origin {
    pub name: String,
    pub kind: String,
    pub state: State,
    pub place: Option<Place>,
    pub licence: Option<Place>,
    pub terms: Option<Place>,
    /// Whether it may not be given away in bulk.
    pub is_kept_back: bool,
    pub n_records: u64,
    pub n_resources: u64,
    pub retrieved: Option<Moment>,
    pub success: Option<Moment>,
    pub due: Due,
    pub schedule: Option<String>,
    pub run: Option<Run>,
    pub sums: Vec<String>,
    pub examples: Vec<Example>,
    pub held: Option<String>,
    pub n_conflicts: u64,
}

impl Origin {
    /// A source by its name, from what is known of it.
    pub(super) fn of(
        name: String,
        document: SourceDocument,
        now: OffsetDateTime,
        shell: &Shell,
    ) -> Self {
        let moment = |stamp: &Option<String>| Moment::of(stamp.as_deref()?, now, shell);
        let changes = document.last_changes.as_ref();
        let listed = u64::try_from(document.conflicts.len()).unwrap_or(u64::MAX);
        Self {
            kind: kind(&document.kind, shell),
            state: state(&document, shell),
            retrieved: moment(&document.fetched_at),
            success: moment(&document.last_success),
            due: due(&document, now, shell),
            n_records: document.records,
            n_resources: document.resources,
            sums: changes.map(|changes| sums(changes, shell)).unwrap_or_default(),
            examples: changes
                .map_or_else(Vec::new, |changes| examples(&changes.examples, MAX_EXAMPLES, shell)),
            n_conflicts: document.n_conflicts.unwrap_or_default().max(listed),
            run: document.last_run.map(|run| Run::of(run, now, shell)),
            place: document.url.map(Place::from),
            is_kept_back: document.terms.as_ref().is_some_and(|terms| !terms.redistribute),
            licence: of_terms(document.terms.as_ref(), |terms| terms.licence.clone()),
            terms: of_terms(document.terms.as_ref(), |terms| terms.terms.clone()),
            schedule: document.schedule,
            held: document.held,
            name,
        }
    }
}

fn of_terms(terms: Option<&Terms>, said: impl Fn(&Terms) -> Option<String>) -> Option<Place> {
    terms.and_then(said).map(Place::from)
}

fn kind(kind: &str, shell: &Shell) -> String {
    match kind {
        "case" => shell.say("sources-kind-case"),
        "registry" => shell.say("sources-kind-registry"),
        _ => shell.say("sources-kind-files"),
    }
}

fn state(document: &SourceDocument, shell: &Shell) -> State {
    let (words, class) = match (&document.held, &document.last_run) {
        (Some(_), _) => ("sources-state-held", "doubt"),
        (None, None) if document.schedule.is_some() => ("sources-state-never", "doubt"),
        (None, None) => ("sources-state-imported", "good"),
        (None, Some(run)) => match run.ending.as_deref() {
            Some("complete") => ("sources-state-complete", "good"),
            Some("partial") => ("sources-state-partial", "doubt"),
            Some("stopped") => ("sources-state-stopped", "doubt"),
            Some("secured") => ("sources-state-secured", "bad"),
            Some(_) => ("sources-state-failed", "bad"),
            None => ("sources-state-running", ""),
        },
    };
    State { words: shell.say(words), class }
}

fn due(document: &SourceDocument, now: OffsetDateTime, shell: &Shell) -> Due {
    match (&document.next_due, &document.schedule) {
        // Both are in UTC and written alike.
        (Some(due), _) if *due <= crate::runs::stamp(now) => Due::Now,
        (Some(due), _) => Moment::of(due, now, shell).map_or(Due::Now, Due::At),
        (None, Some(_)) => Due::ByHand,
        (None, None) => Due::Never,
    }
}
