//! `/r/{id}/referenced-by`: everything that is linked to a resource by one relation, or how much there is by each.

use std::collections::BTreeMap;

use askama::Template;
use index::card::Card;
use index::context::Links;

use crate::page::address::{page_of, page_of_kind};
use crate::page::referrers::{Referrer, list_of};
use crate::page::relation::{rank, relation};
use crate::page::shell::Shell;
use crate::publisher::Publishers;

/// Everything that is linked to a resource by one relation.
#[derive(Template)]
#[template(path = "referrer_list.html")]
pub(crate) struct ReferrerListPage {
    shell: Shell,
    label: String,
    /// The page of the resource.
    home: String,
    title: String,
    n: usize,
    from: usize,
    to: usize,
    referrers: Vec<Referrer>,
    /// The next page, where there is one.
    next: Option<String>,
}

/// How much is linked to a resource, by relation.
#[derive(Template)]
#[template(path = "referrer_counts.html")]
pub(crate) struct ReferrerCountsPage {
    shell: Shell,
    label: String,
    home: String,
    relations: Vec<(String, usize, String)>,
}

/// A stretch of a list.
pub(crate) struct Stretch<'a> {
    /// The relation as it is read from the resource.
    pub reads: &'a str,
    pub links: &'a Links,
    /// How many came before.
    pub offset: usize,
    pub next: Option<String>,
}

impl ReferrerListPage {
    /// The page of a stretch of what is linked to a resource.
    pub(crate) fn of(
        card: &Card,
        stretch: Stretch<'_>,
        publishers: &Publishers,
        shell: Shell,
    ) -> Self {
        let items = stretch.links.items.iter();
        let referrers: Vec<Referrer> =
            items.map(|crossing| Referrer::of(crossing, publishers, &shell)).collect();
        Self {
            label: card.label(),
            home: page_of_kind(card.key(), card.resource.kind()),
            title: relation(stretch.reads, &shell),
            n: stretch.links.n,
            from: stretch.offset + 1,
            to: stretch.offset + referrers.len(),
            referrers,
            next: stretch.next,
            shell,
        }
    }
}

impl ReferrerCountsPage {
    /// The page of the counts of a resource.
    pub(crate) fn of(card: &Card, counts: &BTreeMap<String, usize>, shell: Shell) -> Self {
        let page = page_of(card.key());
        let mut counts: Vec<(&String, &usize)> = counts.iter().collect();
        counts.sort_by_key(|(reads, _)| rank(reads));
        let relations = counts
            .into_iter()
            .map(|(reads, n)| (relation(reads, &shell), *n, list_of(&page, reads)))
            .collect();
        Self {
            label: card.label(),
            home: page_of_kind(card.key(), card.resource.kind()),
            relations,
            shell,
        }
    }
}
