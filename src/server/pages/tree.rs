//! The tree of a framework as its page shows it: the first levels, or the way down to something in it.

use index::IndexError;
use index::card::Card;
use index::cards::Cards;
use index::context::{Brief, ancestors, children, tree};
use index::standing::standing;
use ontology::CanonicalKey;

use crate::page::{Shell, Status, Twig, Twigs, page_of_kind, segment};

/// The most rows of a page.
const MAX_ROWS: usize = 120;

/// The most rows of one list; the others are behind a link.
const MAX_LISTED: usize = 60;

/// The fewest, where a way leads through many levels.
const MIN_LISTED: usize = 10;

/// The most levels of a way that are opened.
const MAX_WAY: usize = 12;

/// A level that no way has.
const OFF_THE_WAY: usize = usize::MAX;

/// What the tree is opened at.
pub(super) struct At {
    /// The resource.
    pub card: Card,
    /// From which of its children on they are shown.
    pub from: usize,
}

/// By what items are marked that should not be used as they are.
pub(super) struct Marks<'a> {
    pub cards: &'a Cards,
    pub shell: &'a Shell,
    /// The day.
    pub as_of: &'a str,
    /// What is said of the framework as a whole, and need not be said of each item.
    pub of_all: Option<Status>,
}

impl Marks<'_> {
    /// The mark of an item.
    pub(super) fn of(&self, card: &Card) -> Result<Option<Status>, IndexError> {
        let state = standing(self.cards, card, self.as_of)?.state;
        let status = Status::of(card, state, self.shell).if_amiss();
        Ok(status.filter(|status| self.of_all.as_ref() != Some(status)))
    }
}

/// A tree that is being drawn.
pub(super) struct Drawing<'a> {
    marks: &'a Marks<'a>,
    /// The page of the framework.
    page: String,
    /// The way from the root to what the tree is opened at, itself the last.
    way: Vec<CanonicalKey>,
    /// From which on the children of the last of the way are shown.
    from: usize,
    /// The most rows of one list.
    listed: usize,
    /// How many rows there is room for.
    room: usize,
}

impl<'a> Drawing<'a> {
    /// Draws the tree of a framework; `None` where nothing stands under it.
    pub(super) fn draw(
        marks: &'a Marks<'a>,
        framework: &Card,
        at: Option<&At>,
    ) -> Result<Option<Twigs>, IndexError> {
        let way = at.map(|at| way(marks.cards, &at.card, framework)).transpose()?;
        let way = way.unwrap_or_default();
        let listed = (MAX_ROWS / (way.len() + 1)).clamp(MIN_LISTED, MAX_LISTED);
        let mut drawing = Self {
            marks,
            page: page_of_kind(framework.key(), framework.resource.kind()),
            from: at.map_or(0, |at| at.from),
            way,
            listed,
            room: MAX_ROWS,
        };
        let (mut twigs, shown) = drawing.list(framework, 0)?;
        if at.is_none() {
            twigs.rows = drawing.opened(&shown, twigs.rows)?;
        }
        Ok(Some(twigs).filter(|twigs| twigs.n > 0))
    }

    /// Draws the children of something on a level of the way; gives the cards of those that are shown too.
    fn list(&mut self, parent: &Card, level: usize) -> Result<(Twigs, Vec<Card>), IndexError> {
        let held = children(self.marks.cards, parent.key(), Some(parent))?;
        let n = held.len();
        let next = self.way.get(level).cloned();
        let place = next.as_ref().and_then(|next| held.iter().position(|card| card.key() == next));
        let from = match place {
            Some(place) => place - place % self.listed,
            None if level == self.way.len() && self.from < n => self.from,
            None if level == self.way.len() => self.last(n),
            None => 0,
        };
        let shown: Vec<Card> = held.into_iter().skip(from).take(self.listed).collect();
        self.room = self.room.saturating_sub(shown.len());
        let mut twigs = Vec::new();
        for card in &shown {
            let twig = self.twig(card)?;
            twigs.push(if Some(card.key()) == next.as_ref() {
                self.on_the_way(card, twig, level)?
            } else {
                twig
            });
        }
        Ok((self.twigs(parent, (n, from), twigs), shown))
    }

    /// A list of so many in all, shown from one of them on, with the links to the others.
    fn twigs(&self, parent: &Card, (n, from): (usize, usize), twigs: Vec<Twig>) -> Twigs {
        let parent = segment(parent.key());
        let link = |from: usize| format!("{}?at={parent}&from={from}#tree", self.page);
        let behind = from + twigs.len();
        Twigs {
            shell: self.marks.shell.clone(),
            n,
            from,
            before: (from > 0).then(|| link(from.saturating_sub(self.listed))),
            behind: (behind < n).then(|| link(behind)),
            rows: twigs,
            parent,
        }
    }

    /// Where the last stretch of so many begins; behind them there is nothing to show.
    fn last(&self, n: usize) -> usize {
        n.saturating_sub(1) / self.listed * self.listed
    }

    /// Opens what lies on the way, and marks where it ends.
    fn on_the_way(&mut self, card: &Card, twig: Twig, level: usize) -> Result<Twig, IndexError> {
        let twig = if level + 1 == self.way.len() { twig.marked() } else { twig };
        if twig.n_children() == 0 {
            return Ok(twig);
        }
        let (below, _) = self.list(card, level + 1)?;
        Ok(twig.over(below))
    }

    /// Opens what stands at the top, one after the other, as long as there is room for all of what stands under it.
    fn opened(&mut self, cards: &[Card], twigs: Vec<Twig>) -> Result<Vec<Twig>, IndexError> {
        let mut opened = Vec::new();
        for (card, twig) in cards.iter().zip(twigs) {
            let n = twig.n_children();
            let fits = n > 0 && n <= self.room && n <= self.listed;
            opened.push(if fits { twig.over(self.list(card, OFF_THE_WAY)?.0) } else { twig });
        }
        Ok(opened)
    }

    fn twig(&self, card: &Card) -> Result<Twig, IndexError> {
        let n_children = tree(self.marks.cards, card.clone(), 0)?.root.n_children;
        let status = self.marks.of(card)?;
        Ok(Twig::of(&Brief::of(card), n_children, status, &self.page, self.marks.shell))
    }
}

/// The way from a framework down to something in it, itself the last; nothing where that is the framework.
fn way(cards: &Cards, card: &Card, framework: &Card) -> Result<Vec<CanonicalKey>, IndexError> {
    if card.key() == framework.key() {
        return Ok(Vec::new());
    }
    let above = ancestors(cards, card)?.way.into_iter().map(|brief| brief.key);
    // Its record may call the framework by another name.
    let home = card.framework.as_ref().map(|home| &home.key);
    let is_between = |key: &CanonicalKey| key != framework.key() && Some(key) != home;
    let mut way: Vec<CanonicalKey> = above.filter(is_between).collect();
    way.push(card.key().clone());
    way.truncate(MAX_WAY);
    Ok(way)
}
