//! What a search inside a framework found.

use index::card::{Card, Step};
use index::search::{Highlight, SearchResults};
use ontology::plain;

use crate::page::address::{page_of_kind, place_in};
use crate::page::marked::{Part, parts, unmarked};
use crate::page::status::Status;

/// The most characters of a name in which nothing is marked.
const LABEL_CHARS: usize = 220;

/// A page of what was found.
pub(crate) struct FoundInside {
    pub total: usize,
    pub hits: Vec<HitRow>,
    /// The words that were looked for instead of others.
    pub instead: Vec<String>,
    /// The address of the next page.
    pub next: Option<String>,
}

/// Something that was found.
pub(crate) struct HitRow {
    pub href: String,
    /// Where it stands in the tree.
    pub place: String,
    pub code: Option<String>,
    /// Its name, in parts.
    pub name: Vec<Part>,
    /// Another of its texts, where the words are in that.
    pub text: Option<Vec<Part>>,
    /// The names of what stands above it, from the root.
    pub path: Vec<String>,
    /// What to think of before it is used.
    pub status: Option<Status>,
}

impl FoundInside {
    /// The page of what was found in the framework that has a page; with what to think of before each hit is used, in their order.
    pub(crate) fn of(
        results: &SearchResults,
        statuses: Vec<Option<Status>>,
        page: &str,
        next: Option<String>,
    ) -> Self {
        let hits = results.hits.iter().zip(statuses);
        let hits = hits
            .map(|(hit, status)| HitRow { status, ..HitRow::of(&hit.card, &hit.highlights, page) });
        let corrections = results.corrections.iter();
        Self {
            total: results.total,
            hits: hits.collect(),
            instead: corrections.flat_map(|correction| correction.instead.clone()).collect(),
            next,
        }
    }
}

impl HitRow {
    fn of(card: &Card, highlights: &[Highlight], page: &str) -> Self {
        let label = card.label();
        let of_name = highlights.iter().find(|highlight| plain(&label) == highlight.text);
        let of_text = highlights.iter().find(|highlight| {
            ["name", "alternative", "statement", "definition"].contains(&highlight.field)
                && plain(&label) != highlight.text
        });
        let key = card.key();
        let code = card.resource.code().map(str::to_owned).filter(|code| *code != label);
        let marked = |highlight: &Highlight| parts(&highlight.text, &highlight.spans);
        Self {
            href: page_of_kind(key, card.resource.kind()),
            place: place_in(page, key),
            code,
            name: of_name.map_or_else(|| unmarked(&label, LABEL_CHARS), marked),
            text: of_text.filter(|_| of_name.is_none()).map(marked),
            path: card.path.iter().map(named).collect(),
            status: None,
        }
    }
}

/// What a step of a path is called in short.
fn named(step: &Step) -> String {
    step.code.clone().unwrap_or_else(|| step.label.clone())
}
