//! What came before a resource and after it, what is the same in the other standard, and what has changed here.

use askama::Template;
use index::changes::What;
use index::context::{Context, Crossing, Twin};
use index::feed::Event;
use ontology::plain;

use crate::page::shell::Shell;
use crate::page::way::{Line, Way};

/// The most changes that are shown.
const MAX_CHANGES: usize = 12;

/// The links that lead to other versions, as they read from here, with the names of their words.
const RELATIONS: [(&str, &str); 8] = [
    ("replacedBy", "version-replaced-by"),
    ("nextVersion", "version-next"),
    ("latestVersion", "version-latest"),
    ("replaces", "version-replaces"),
    ("previousVersion", "version-previous"),
    ("earlierVersion", "version-earlier"),
    ("isVersionOf", "version-of"),
    ("hasVersion", "version-has"),
];

/// Other versions of one sort.
pub(crate) struct Others {
    pub name: String,
    pub lines: Vec<Line>,
    pub n: usize,
}

/// The same in the other standard.
pub(crate) struct Same {
    pub line: Line,
    pub said: String,
}

/// A change.
pub(crate) struct Changed {
    pub day: String,
    pub said: String,
    /// Its words before and now, where they differ.
    pub old: Option<String>,
    pub new: Option<String>,
}

/// What came before a resource and after it.
#[derive(Template)]
#[template(path = "resource/versions.html")]
pub(crate) struct Versions {
    shell: Shell,
    others: Vec<Others>,
    twins: Vec<Same>,
    changes: Vec<Changed>,
    n_changes: usize,
    /// All changes, for programs.
    history: String,
}

impl Versions {
    /// Takes what there is; `events` are the changes, newest first, and `history` is where all of them are.
    pub(crate) fn of(
        context: &Context,
        events: &[Event],
        history: String,
        shell: &Shell,
        way: &Way,
    ) -> Option<Self> {
        let others: Vec<Others> = RELATIONS
            .iter()
            .filter_map(|relation| others(context, *relation, shell, way))
            .collect();
        let twins: Vec<Same> = context.twins.iter().map(|twin| same(twin, shell, way)).collect();
        let changes = events.iter().take(MAX_CHANGES).map(|event| changed(event, shell));
        let is_empty = others.is_empty() && twins.is_empty() && events.is_empty();
        (!is_empty).then(|| Self {
            others,
            twins,
            changes: changes.collect(),
            n_changes: events.len(),
            history,
            shell: shell.clone(),
        })
    }
}

fn others(
    context: &Context,
    (relation, name): (&str, &str),
    shell: &Shell,
    way: &Way,
) -> Option<Others> {
    if let Some(links) = context.links.get(relation) {
        let lines = links.items.iter().filter_map(|crossing| reached(crossing, way));
        return Some(Others { name: shell.say(name), lines: lines.collect(), n: links.n });
    }
    let reads =
        |crossing: &&Crossing| matches!(crossing.hops.as_slice(), [hop] if hop.reads == relation);
    let crossings: Vec<&Crossing> = context.crosswalk.iter().filter(reads).collect();
    let lines: Vec<Line> = crossings.iter().filter_map(|crossing| reached(crossing, way)).collect();
    (!lines.is_empty()).then(|| Others { name: shell.say(name), n: lines.len(), lines })
}

/// Where a link leads: to what is held here, else to what its publisher says of it.
fn reached(crossing: &Crossing, way: &Way) -> Option<Line> {
    if let Some(brief) = &crossing.reached {
        return Some(way.line(brief));
    }
    let target = crossing.end()?;
    let key = target.key.as_ref()?;
    let label = target.title.clone().or_else(|| target.uri.clone());
    Some(Line::of(way.to(key), target.code.clone(), label.unwrap_or_else(|| key.to_string())))
}

fn same(twin: &Twin, shell: &Shell, way: &Way) -> Same {
    let name = if twin.same_words { "twin-same-words" } else { "twin-other-words" };
    let links: usize = twin.links.values().sum();
    let said = format!("{} {}", shell.say(name), shell.count("twin-links", links));
    Same { line: way.line(&twin.resource), said }
}

fn changed(event: &Event, shell: &Shell) -> Changed {
    let said = match event.change {
        What::Added => "change-added",
        What::Changed => "change-changed",
        What::Moved => "change-moved",
        What::Retired => "change-retired",
    };
    let words = |words: &Option<index::changes::Words>| {
        let words = words.as_ref()?;
        let text = words.under.as_ref().or(words.text.as_ref()).unwrap_or(&words.name);
        let code = words.code.as_deref().map(|code| format!("{code} ")).unwrap_or_default();
        Some(format!("{code}{}", plain(text)))
    };
    let (old, new) = (words(&event.old), words(&event.new));
    let is_told = old.is_some() && new.is_some() && old != new;
    let day = event.published_at.split('T').next().unwrap_or_default().to_owned();
    let keep = |text: Option<String>| text.filter(|_| is_told);
    Changed { day, said: shell.say(said), old: keep(old), new: keep(new) }
}
