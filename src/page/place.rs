//! The place of a resource: what stands above it, beside it and under it.

use askama::Template;
use index::card::Card;
use index::context::{Brief, Context};
use ontology::Kind;

use crate::page::address::{page_of_kind, place_in};
use crate::page::shell::Shell;
use crate::page::way::{Line, Way};

/// The most neighbours on each side that are shown.
const MAX_BESIDE: usize = 6;

/// The most children that are shown; the tree of the framework has them all.
const MAX_BELOW: usize = 60;

/// The place of a resource.
#[derive(Template)]
#[template(path = "resource/place.html")]
pub(crate) struct Place {
    shell: Shell,
    /// The neighbours, itself among them; none where it is beyond those that are listed.
    beside: Vec<Line>,
    n_beside: usize,
    below: Vec<Line>,
    n_below: usize,
    /// Where the whole tree is, at this place.
    tree: Option<String>,
}

/// The way from the root of the framework to the parent.
pub(crate) fn crumbs(card: &Card, way: &Way) -> Vec<Line> {
    let framework = card.framework.as_ref().filter(|framework| framework.key != *card.key());
    let root = framework.map(|framework| {
        let label = framework.title.clone().unwrap_or_else(|| framework.key.to_string());
        Line::of(page_of_kind(&framework.key, Kind::Framework), None, label)
    });
    root.into_iter().chain(card.path.iter().map(|step| way.step(step))).collect()
}

impl Place {
    /// The place of a resource; `below` says how many stand under each of its children, in their order, where that was counted.
    pub(crate) fn of(context: &Context, below: &[usize], shell: &Shell, way: &Way) -> Option<Self> {
        let card = &context.chosen.card;
        let is_here = |brief: &&Brief| brief.key == *card.key();
        let at = context.siblings.items.iter().position(|brief| is_here(&brief));
        let from = at.unwrap_or_default().saturating_sub(MAX_BESIDE);
        // Those beside it are not known where it is not among those that are listed.
        let n_shown = at.map_or(0, |_| 2 * MAX_BESIDE + 1);
        let beside = context.siblings.items.iter().skip(from).take(n_shown);
        let beside = beside.map(|brief| Line { is_here: is_here(&brief), ..bare(way, brief) });
        let counts = below.iter().copied().map(Some).chain(std::iter::repeat(None));
        let children = context.children.items.iter().take(MAX_BELOW).zip(counts);
        let children = children.map(|(brief, below)| Line { below, ..bare(way, brief) });
        let (n_beside, n_below) = (context.siblings.n, context.children.n);
        (n_beside > 1 || n_below > 0).then(|| Self {
            beside: if n_beside > 1 { beside.collect() } else { Vec::new() },
            n_beside,
            below: children.collect(),
            n_below,
            tree: tree(card),
            shell: shell.clone(),
        })
    }

    /// How many neighbours are not shown.
    fn n_farther(&self) -> usize {
        self.n_beside.saturating_sub(self.beside.len())
    }
}

/// A resource beside or under another one is of the same framework, which need not be said.
fn bare(way: &Way, brief: &Brief) -> Line {
    Line { framework: None, ..way.line(brief) }
}

/// Where the tree of the framework is, open at this place.
fn tree(card: &Card) -> Option<String> {
    let framework = card.framework.as_ref()?;
    let page = page_of_kind(&framework.key, Kind::Framework);
    if framework.key == *card.key() {
        return Some(page);
    }
    Some(place_in(&page, card.key()))
}
