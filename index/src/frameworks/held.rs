//! Every framework by its titles and its page, read once for all questions to one commit.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ontology::CanonicalKey;

use crate::card::{Card, Step};
use crate::copies::choose;
use crate::frameworks::title::{Fit, Words, fit};

/// What a framework is called.
#[derive(Debug)]
pub(crate) struct HeldFramework {
    pub step: Step,
    pub titles: Vec<Words>,
    pub page: Option<CanonicalKey>,
}

impl HeldFramework {
    pub(crate) fn of(card: &Card) -> Self {
        let framework = card.as_framework();
        let titles = framework.into_iter().flat_map(|framework| framework.title.iter());
        let page = framework.and_then(|framework| framework.official_source_url.as_deref());
        let code = card.resource.code().map(str::to_owned);
        Self {
            step: Step { key: card.key().clone(), code, label: card.label() },
            titles: titles.map(|(_, title)| Words::of(title)).collect(),
            page: page.and_then(CanonicalKey::iri),
        }
    }

    pub(crate) fn key(&self) -> &CanonicalKey {
        &self.step.key
    }
}

/// All frameworks, with the ways to them.
#[derive(Debug)]
pub(crate) struct Frameworks {
    all: Vec<Arc<HeldFramework>>,
    /// Places in `all`, by what a name must share with a title that it fits.
    by_mark: BTreeMap<String, Vec<usize>>,
    by_page: BTreeMap<CanonicalKey, Vec<usize>>,
}

impl Frameworks {
    /// Takes the frameworks of all records, of which one copy counts.
    pub(crate) fn of(cards: Vec<Card>) -> Self {
        let chosen = choose(cards).into_iter();
        let all: Vec<Arc<HeldFramework>> =
            chosen.map(|chosen| Arc::new(HeldFramework::of(&chosen.card))).collect();
        let mut by_mark: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut by_page: BTreeMap<CanonicalKey, Vec<usize>> = BTreeMap::new();
        for (at, framework) in all.iter().enumerate() {
            let marks: BTreeSet<String> =
                framework.titles.iter().flat_map(Words::marks_of_title).collect();
            for mark in marks {
                by_mark.entry(mark).or_default().push(at);
            }
            if let Some(page) = &framework.page {
                by_page.entry(page.clone()).or_default().push(at);
            }
        }
        Self { all, by_mark, by_page }
    }

    /// The frameworks that their owners publish at an address.
    pub(crate) fn published_at(&self, address: &str) -> Vec<Arc<HeldFramework>> {
        let address = CanonicalKey::iri(address);
        let spelt = address.iter().flat_map(CanonicalKey::spellings);
        let keys: BTreeSet<CanonicalKey> = address.iter().cloned().chain(spelt).collect();
        self.at(keys.iter().filter_map(|key| self.by_page.get(key)))
    }

    /// The frameworks whose titles a name fits: those that it fits as a whole, else those of which it is a part.
    pub(crate) fn fitting(&self, name: &str) -> Vec<Arc<HeldFramework>> {
        let name = Words::of(name);
        let marks = name.marks_of_name();
        let candidates = self.at(marks.iter().filter_map(|mark| self.by_mark.get(mark)));
        let mut fitting: Vec<(Fit, Arc<HeldFramework>)> = Vec::new();
        for framework in candidates {
            let best = framework.titles.iter().filter_map(|title| fit(&name, title)).min();
            fitting.extend(best.map(|fit| (fit, framework)));
        }
        let best = fitting.iter().map(|(fit, _)| *fit).min();
        fitting.retain(|(fit, _)| Some(*fit) == best);
        fitting.into_iter().map(|(_, framework)| framework).collect()
    }

    fn at<'a>(&self, places: impl Iterator<Item = &'a Vec<usize>>) -> Vec<Arc<HeldFramework>> {
        let places: BTreeSet<usize> = places.flatten().copied().collect();
        places.into_iter().filter_map(|at| self.all.get(at).cloned()).collect()
    }
}
