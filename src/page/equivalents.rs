//! What a resource is equivalent or related to elsewhere, drawn and as a table.

use askama::Template;
use index::card::Origin;
use index::context::{Context, Crossing, Hop, Twin};

use crate::page::address::segment;
use crate::page::anchor::Anchor;
use crate::page::diagram::{Diagram, Labelled, Reason, diagram};
use crate::page::relation::{Strength, relation};
use crate::page::shell::Shell;

/// The most that are drawn.
const MAX_DRAWN: usize = 12;

/// The most rows of the table.
const MAX_ROWS: usize = 50;

/// What a resource is equivalent or related to elsewhere, drawn and as a table.
#[derive(Template)]
#[template(path = "resource/equivalents.html")]
pub(crate) struct Equivalents {
    shell: Shell,
    /// All that there are, as far as the crosswalk was walked.
    n: usize,
    rows: Vec<Equivalent>,
    diagram: Diagram,
    n_drawn: usize,
    /// Where programs, and whoever wants all, find the crosswalk.
    all: String,
}

/// One row of the table.
pub(crate) struct Equivalent {
    anchor: Anchor,
    framework: String,
    strength: Strength,
    /// How it stands to the resource, in words.
    how: String,
    /// Who says so.
    says: Vec<Stated>,
    /// The way there, where it is more than one step.
    way: Vec<String>,
}

/// The record that states something.
#[derive(PartialEq, Eq)]
pub(crate) struct Stated {
    record: String,
    source: String,
}

impl Equivalents {
    /// Takes from what is known of a resource what belongs here; `None` where there is nothing to show.
    pub(crate) fn of(context: &Context, shell: &Shell) -> Option<Self> {
        let crossings = context.crosswalk.iter();
        let mut rows: Vec<Equivalent> =
            crossings.map(|crossing| Equivalent::of(crossing, context, shell)).collect();
        rows.extend(context.twins.iter().map(|twin| Equivalent::twin(twin, shell)));
        if rows.is_empty() {
            return None;
        }
        // The nearest stay first among those that are equally strong.
        rows.sort_by_key(|row| row.strength);
        let n = rows.len();
        let drawn: Vec<_> = rows.iter().take(MAX_DRAWN).map(|row| row.drawn(shell)).collect();
        let n_drawn = drawn.len();
        let card = &context.chosen.card;
        let title = card.framework.as_ref().and_then(|framework| framework.title.clone());
        let mut own = Anchor::words(card.label());
        own.code = card.resource.code().map(str::to_owned);
        let middle = Labelled {
            href: None,
            is_foreign: false,
            name: own.full(),
            framework: title.unwrap_or_default(),
        };
        rows.truncate(MAX_ROWS);
        Some(Self {
            shell: shell.clone(),
            n,
            rows,
            diagram: diagram(middle, drawn),
            n_drawn,
            all: format!("/v1/resources/{}/crosswalk", segment(card.key())),
        })
    }
}

impl Equivalent {
    fn of(crossing: &Crossing, context: &Context, shell: &Shell) -> Self {
        let reads = crossing.hops.last().map_or("", |hop| hop.reads.as_str());
        let mut says: Vec<Stated> = Vec::new();
        for stated in crossing.hops.iter().map(|hop| Stated::of(&hop.origin)) {
            if !says.contains(&stated) {
                says.push(stated);
            }
        }
        let held = crossing.reached.as_ref();
        let named = || crossing.end().and_then(|target| target.framework.clone());
        Self {
            anchor: Anchor::of_end(crossing),
            framework: held
                .and_then(|held| held.framework.clone())
                .or_else(named)
                .unwrap_or_default(),
            strength: Strength::of(reads),
            how: relation(reads, shell),
            says,
            way: way(&crossing.hops, context, shell),
        }
    }

    /// What has the same UUID in the other standard, which nobody states to be the same.
    fn twin(twin: &Twin, shell: &Shell) -> Self {
        let how = if twin.same_words {
            shell.say("equivalents-twin-same")
        } else {
            shell.say("equivalents-twin-other")
        };
        Self {
            anchor: Anchor::of(&twin.resource),
            framework: twin.resource.framework.clone().unwrap_or_default(),
            strength: Strength::Unstated,
            how,
            says: Vec::new(),
            way: Vec::new(),
        }
    }

    /// Whether it follows from several statements, and is none itself.
    fn is_derived(&self) -> bool {
        !self.way.is_empty()
    }

    fn drawn(&self, shell: &Shell) -> (Reason, Labelled) {
        let says = match self.says.as_slice() {
            [] => shell.say("equivalents-unstated"),
            _ if self.is_derived() => shell.count("equivalents-derived", self.way.len()),
            [first, ..] => shell.tell("equivalents-says", "record", &first.record),
        };
        let how = match self.strength {
            Strength::Unstated => shell.say("equivalents-twin"),
            _ => self.how.clone(),
        };
        let labelled = Labelled {
            href: self.anchor.href.clone(),
            is_foreign: self.anchor.is_foreign,
            name: self.anchor.full(),
            framework: self.framework.clone(),
        };
        (Reason { how, says, class: self.strength.as_str() }, labelled)
    }
}

impl Stated {
    fn of(origin: &Origin) -> Self {
        Self { record: origin.record.clone(), source: origin.source.clone() }
    }
}

/// The steps of a way that has several: how each reads, and where it leads.
fn way(hops: &[Hop], context: &Context, shell: &Shell) -> Vec<String> {
    if hops.len() < 2 {
        return Vec::new();
    }
    let steps = hops.iter().map(|hop| {
        let is_here = |crossing: &&Crossing| {
            crossing.end().is_some_and(|end| end.key.is_some() && end.key == hop.to.key)
        };
        let known = context.crosswalk.iter().find(is_here).map(Anchor::of_end);
        let to = known.unwrap_or_else(|| Anchor::of_target(&hop.to));
        format!("{}: {}", relation(&hop.reads, shell), to.code.unwrap_or(to.text))
    });
    steps.collect()
}
