//! Finding the framework that a badge names.

use ontology::{CanonicalKey, Kind, identify};

use crate::card::{Card, Step};
use crate::cards::Cards;
use crate::copies::choose;
use crate::error::IndexError;
use crate::resolve::notice::{Notice, NoticeKind, other};
use crate::resolve::title::{Fit, fit};

/// The most other frameworks that a notice names.
const MAX_OTHERS: usize = 5;

/// The frameworks that a name may mean.
#[derive(Debug, Default)]
pub(super) struct Named {
    pub cards: Vec<Card>,
    /// Whether the name is neither an identifier nor the title as it is published.
    pub is_loose: bool,
}

impl Named {
    /// Says that the one of them that has the code was not named as it is published, or not named alone.
    pub(super) fn notice(&self, given: &str, chosen: &CanonicalKey) -> Option<Notice> {
        let card = self.cards.iter().find(|card| card.key() == chosen)?;
        let others: Vec<Step> =
            self.cards.iter().filter(|card| card.key() != chosen).map(other).collect();
        if !self.is_loose && others.is_empty() {
            return None;
        }
        let text = match others.len() {
            0 => "the framework's title is written otherwise where it is published".to_owned(),
            n => format!(
                "the name of the framework fits {} that are held here, and this is the only one of them with the code",
                n + 1
            ),
        };
        let others = others.into_iter().take(MAX_OTHERS).collect();
        let notice = Notice::new(NoticeKind::FrameworkSpelling, text);
        Some(notice.comparing(given, card.label()).about(others))
    }
}

/// Finds the frameworks of a name: an identifier, the address where one is published, a title, or something like a title.
pub(super) fn frameworks(cards: &Cards, name: &str) -> Result<Named, IndexError> {
    let identified = identified(cards, name)?;
    if !identified.is_empty() {
        return Ok(Named { cards: identified, is_loose: false });
    }
    let titled = one_of_each(cards.frameworks_titled(name)?);
    if !titled.is_empty() {
        return Ok(Named { cards: titled, is_loose: false });
    }
    let held = cards.frameworks()?;
    let pages: Vec<Card> =
        held.iter().filter(|card| is_published_at(card, name)).cloned().collect();
    if !pages.is_empty() {
        return Ok(Named { cards: one_of_each(pages), is_loose: true });
    }
    Ok(Named { cards: fitting(held, name), is_loose: true })
}

fn identified(cards: &Cards, name: &str) -> Result<Vec<Card>, IndexError> {
    let read = identify(name);
    let spelt = read.iri.iter().flat_map(CanonicalKey::spellings);
    for key in read.iri.iter().chain(&read.key).cloned().chain(spelt) {
        let mut held = cards.named(&key)?;
        held.retain(|card| matches!(card.resource.kind(), Kind::Framework | Kind::ConceptScheme));
        if !held.is_empty() {
            return Ok(one_of_each(held));
        }
    }
    Ok(Vec::new())
}

/// Tells whether an address is the page where the owner of a framework publishes it.
fn is_published_at(card: &Card, address: &str) -> bool {
    let page = card.as_framework().and_then(|framework| framework.official_source_url.as_deref());
    let (Some(page), Some(address)) =
        (page.and_then(CanonicalKey::iri), CanonicalKey::iri(address))
    else {
        return false;
    };
    page == address || address.spellings().contains(&page)
}

/// The frameworks whose titles a name fits: those that it fits as a whole, else those of which it is a part.
fn fitting(held: Vec<Card>, name: &str) -> Vec<Card> {
    let mut fitting: Vec<(Fit, Card)> = Vec::new();
    for card in one_of_each(held) {
        let titles = card.as_framework().into_iter().flat_map(|framework| framework.title.iter());
        let best = titles.filter_map(|(_, title)| fit(name, title)).min();
        fitting.extend(best.map(|fit| (fit, card)));
    }
    let best = fitting.iter().map(|(fit, _)| *fit).min();
    fitting.into_iter().filter(|(fit, _)| Some(*fit) == best).map(|(_, card)| card).collect()
}

fn one_of_each(cards: Vec<Card>) -> Vec<Card> {
    choose(cards).into_iter().map(|chosen| chosen.card).collect()
}
