//! The way through the pages of a list, and what it proves.
//!
//! Asks nothing itself: it is told each page, and says where to go. An empty page is not the end, a short page is not the end, and a
//! total may be wrong.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use crate::source::case::listed::Listed;
use crate::source::case::page::Page;

/// How many frameworks are asked for at a time: what the binding gives by default.
pub(super) const LIMIT: u64 = 100;

/// How many are asked for at once of a server that turns no pages and says no total.
const AT_ONCE: u64 = 10_000;

/// The most pages of a list.
const MOST_PAGES: u64 = 10_000;

/// Where to go next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// To so many frameworks from a place on.
    Page {
        /// How many.
        limit: u64,
        /// How many come before.
        offset: u64,
    },
    /// To the page that the server names.
    Link(Url),
    /// Nowhere: this was the end, or it cannot be proven, for this reason.
    End(Option<String>),
}

/// What was seen on the way, and how far it has come.
#[derive(Debug, Default)]
pub(super) struct Trail {
    documents: BTreeMap<String, Listed>,
    total: Option<u64>,
    offset: u64,
    n_pages: u64,
    n_empty: u64,
    n_nameless: u64,
    links: BTreeSet<String>,
    is_careful: bool,
    is_repeating: bool,
}

impl Trail {
    /// A second way through a list that showed less than it promised. Where the server named the size of its pages, it goes by the rows
    /// that come instead, and looks at some twice.
    pub(super) fn again(&self) -> Self {
        Self { is_careful: !self.is_repeating, ..Self::default() }
    }

    /// Takes a page, and says where to go.
    pub(super) fn take(&mut self, page: Page, next: Option<Url>) -> Step {
        let (n_rows, limit) = (page.n_rows, page.limit);
        let n_new = self.add(page);
        if self.is_repeating {
            return self.seen_at_once(n_rows);
        }
        let is_repeat = n_new == 0 && n_rows > 0 && self.n_pages > 1;
        if is_repeat && !self.is_careful {
            return self.ask_at_once(n_rows);
        }
        if self.n_pages >= MOST_PAGES {
            return Step::End(Some(format!("the list goes on after {MOST_PAGES} pages")));
        }
        self.n_empty = if n_rows == 0 { self.n_empty.saturating_add(1) } else { 0 };
        if let Some(url) = next.filter(|url| self.links.insert(url.to_string())) {
            let ahead = self.offset.saturating_add(n_rows);
            self.offset = offset_of(&url).unwrap_or(ahead);
            return Step::Link(url);
        }
        let stride = if self.is_careful && n_new > 0 { n_rows } else { stride(n_rows, limit) };
        self.offset = self.offset.saturating_add(stride);
        let is_end = match self.believed() {
            // A full page is not the last without proof: some totals count nothing but the page.
            Some(total) => self.offset >= total && n_rows != LIMIT,
            None => self.n_empty >= 2,
        };
        if is_end { Step::End(None) } else { Step::Page { limit: LIMIT, offset: self.offset } }
    }

    /// The frameworks that were seen, by key.
    pub(super) fn documents(&self) -> &BTreeMap<String, Listed> {
        &self.documents
    }

    /// The frameworks that were seen, by key.
    pub(super) fn into_documents(self) -> BTreeMap<String, Listed> {
        self.documents
    }

    /// How many rows had no identifier.
    pub(super) fn n_nameless(&self) -> u64 {
        self.n_nameless
    }

    /// How many frameworks the server promises, where that is not how many it shows.
    pub(super) fn wrong_total(&self) -> Option<u64> {
        self.total.filter(|total| *total != self.n_documents())
    }

    /// Whether the server promises more than was seen.
    pub(super) fn is_short(&self) -> bool {
        self.total.is_some_and(|total| total > self.n_documents())
    }

    fn add(&mut self, page: Page) -> u64 {
        let before = self.n_documents();
        let n_named = u64::try_from(page.documents.len()).unwrap_or(u64::MAX);
        self.n_nameless = self.n_nameless.saturating_add(page.n_rows.saturating_sub(n_named));
        self.n_pages = self.n_pages.saturating_add(1);
        self.total = page.total.or(self.total);
        for listed in page.documents {
            self.documents.entry(listed.key()).or_insert(listed);
        }
        self.n_documents().saturating_sub(before)
    }

    /// A page showed nothing new: the server does not turn pages. What is missing is asked for at once, a single time.
    fn ask_at_once(&mut self, n_rows: u64) -> Step {
        self.is_repeating = true;
        match self.believed() {
            Some(total) if total > self.n_documents() => Step::Page { limit: total, offset: 0 },
            None if n_rows == LIMIT && self.links.is_empty() => {
                Step::Page { limit: AT_ONCE, offset: 0 }
            }
            _ => Step::End(None),
        }
    }

    /// Where a total says how many there are, whoever compares sees what is missing.
    fn seen_at_once(&self, n_rows: u64) -> Step {
        let is_proven = self.believed().is_some() || (n_rows > LIMIT && n_rows < AT_ONCE);
        let doubt = format!("the list shows the same {LIMIT} frameworks at every offset");
        Step::End((!is_proven).then_some(doubt))
    }

    /// The total, unless more than that was seen.
    fn believed(&self) -> Option<u64> {
        self.total.filter(|total| *total >= self.n_documents())
    }

    fn n_documents(&self) -> u64 {
        u64::try_from(self.documents.len()).unwrap_or(u64::MAX)
    }
}

/// How far a page reaches: as far as the server says, because it may have left rows out; else as far as rows came.
fn stride(n_rows: u64, limit: Option<u64>) -> u64 {
    let rows = if n_rows > 0 { n_rows } else { LIMIT };
    limit.filter(|limit| *limit <= LIMIT.max(n_rows)).unwrap_or(rows)
}

fn offset_of(url: &Url) -> Option<u64> {
    let (_, offset) = url.query_pairs().find(|(name, _)| name == "offset")?;
    offset.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(from: u64, to: u64) -> Page {
        let documents = (from..to).map(|at| Listed::named(&format!("f{at}")));
        Page { documents: documents.collect(), n_rows: to - from, total: None, limit: None }
    }

    fn at(offset: u64) -> Step {
        Step::Page { limit: LIMIT, offset }
    }

    #[test]
    fn without_a_total_two_empty_pages_are_the_end() {
        let mut trail = Trail::default();
        assert_eq!(trail.take(page(0, 100), None), at(100));
        assert_eq!(trail.take(page(100, 130), None), at(130));
        assert_eq!(trail.take(page(0, 0), None), at(230));
        assert_eq!(trail.take(page(230, 240), None), at(240));
        assert_eq!(trail.take(page(0, 0), None), at(340));
        assert_eq!(trail.take(page(0, 0), None), Step::End(None));
        assert_eq!(trail.documents().len(), 140);
    }

    #[test]
    fn a_total_is_the_end_except_on_a_full_page() {
        let total = |from, to| Page { total: Some(130), ..page(from, to) };
        let mut trail = Trail::default();
        assert_eq!(trail.take(total(0, 100), None), at(100));
        assert_eq!(trail.take(total(100, 130), None), Step::End(None));
        let of_the_page = |from, to| Page { total: Some(to - from), ..page(from, to) };
        let mut trail = Trail::default();
        assert_eq!(trail.take(of_the_page(0, 100), None), at(100));
        assert_eq!(trail.take(of_the_page(100, 130), None), at(130));
        assert_eq!(trail.wrong_total(), Some(30));
    }

    #[test]
    fn rows_are_never_skipped_where_the_server_cuts_its_pages() {
        let mut trail = Trail::default();
        assert_eq!(trail.take(Page { total: Some(50), ..page(0, 20) }, None), at(20));
        let lying = Page { limit: Some(1_000_000), ..page(20, 40) };
        assert_eq!(trail.take(lying, None), at(40));
    }

    #[test]
    fn a_page_reaches_as_far_as_the_server_says() {
        let mut trail = Trail::default();
        let sliced = |from, to| Page { total: Some(250), limit: Some(100), ..page(from, to) };
        assert_eq!(trail.take(sliced(0, 60), None), at(100));
        assert_eq!(trail.take(sliced(0, 0), None), at(200));
        assert_eq!(trail.take(sliced(60, 70), None), Step::End(None));
        assert!(trail.is_short());
        let mut again = trail.again();
        assert_eq!(again.take(sliced(0, 60), None), at(60));
        assert_eq!(again.take(sliced(0, 60), None), at(160));
    }

    #[test]
    fn a_server_that_turns_no_pages_is_asked_for_everything_once() {
        let mut trail = Trail::default();
        let same = || Page { total: Some(230), ..page(0, 100) };
        assert_eq!(trail.take(same(), None), at(100));
        assert_eq!(trail.take(same(), None), Step::Page { limit: 230, offset: 0 });
        assert_eq!(trail.take(Page { total: Some(230), ..page(0, 230) }, None), Step::End(None));
        let mut trail = Trail::default();
        assert_eq!(trail.take(page(0, 100), None), at(100));
        assert_eq!(trail.take(page(0, 100), None), Step::Page { limit: AT_ONCE, offset: 0 });
        let Step::End(Some(_)) = trail.take(page(0, 100), None) else { panic!() };
    }

    #[test]
    fn a_list_in_one_piece_ends_where_it_repeats() {
        let mut trail = Trail::default();
        assert_eq!(trail.take(page(0, 19), None), at(19));
        assert_eq!(trail.take(page(0, 19), None), Step::End(None));
    }

    #[test]
    fn links_are_followed_once_and_the_list_is_bounded() {
        let link: Url = "http://a/x?offset=100".parse().unwrap();
        let mut trail = Trail::default();
        assert_eq!(trail.take(page(0, 90), Some(link.clone())), Step::Link(link.clone()));
        assert_eq!(trail.take(page(100, 190), Some(link)), at(190));
        let mut trail = Trail::default();
        let mut steps = 0_u64;
        while !matches!(trail.take(page(steps, steps + 1), None), Step::End(_)) {
            steps += 1;
        }
        assert_eq!(steps + 1, MOST_PAGES);
    }
}
