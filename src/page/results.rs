//! `/` with a question: what was found.

use std::collections::BTreeMap;

use askama::Template;
use index::card::Card;
use index::search::{Correction, Facet, SearchResults};

use crate::page::facets::Facets;
use crate::page::hit::{HitView, Surroundings};
use crate::page::question::Question;
use crate::page::shell::Shell;

/// What was found, or why nothing could be asked.
#[derive(Template)]
#[template(path = "results.html")]
pub(crate) struct ResultsPage {
    shell: Shell,
    /// What stands in the box.
    text: String,
    /// What the box sends along.
    rest: Vec<(String, String)>,
    /// The address of nothing but the words.
    words_alone: String,
    trouble: Option<Trouble>,
    found: Option<FoundView>,
}

/// Why nothing could be asked.
#[derive(Debug)]
pub(crate) struct Trouble {
    /// What is wrong.
    pub detail: String,
    /// What could have been said instead.
    pub known: Option<String>,
    /// Whether a credential was typed, which another page reads.
    pub is_credential: bool,
    /// Whether the list was begun in a generation that is there no longer.
    pub is_gone: bool,
}

/// What was found, as it came from the index.
pub(crate) struct Found<'a> {
    pub results: &'a SearchResults,
    /// What is known of each hit besides, in their order.
    pub surroundings: Vec<Surroundings>,
    /// What the text means, where it is an identifier.
    pub meaning: Option<Meaning>,
    /// The names of the licences that are counted.
    pub licences: BTreeMap<String, String>,
    /// The day for which the pages that follow are judged too.
    pub as_of: &'a str,
}

/// What an identifier means.
pub(crate) struct Meaning {
    /// The sentence that says so.
    pub reason: String,
    /// What a reader should know besides.
    pub notices: Vec<String>,
    /// The resource, where it is one.
    pub card: Option<(Box<Card>, Surroundings)>,
}

/// What was found, as the template shows it.
struct FoundView {
    total: usize,
    meaning: Option<MeaningView>,
    /// Which words nothing has, and what was looked for instead.
    corrections: Vec<String>,
    sorts: Vec<Sort>,
    /// What a form of the filters sends along.
    rest: Vec<(String, String)>,
    facets: Facets,
    hits: Vec<HitView>,
    /// The address of the next page.
    next: Option<String>,
    /// The address of the first page, on any other.
    first: Option<String>,
}

struct MeaningView {
    reason: String,
    notices: Vec<String>,
    /// The resource, where the hits do not begin with it.
    hit: Option<HitView>,
    /// Whether the hits begin with it.
    is_first: bool,
}

/// An order of the hits.
struct Sort {
    label: String,
    address: String,
    is_chosen: bool,
}

impl ResultsPage {
    /// The page of what was found.
    pub(crate) fn of(question: &Question, found: Found<'_>, shell: Shell) -> Self {
        let found = FoundView::of(question, found, &shell);
        Self { found: Some(found), ..Self::empty(question, shell) }
    }

    /// The page of a question that could not be asked.
    pub(crate) fn troubled(question: &Question, trouble: Trouble, shell: Shell) -> Self {
        Self { trouble: Some(trouble), ..Self::empty(question, shell) }
    }

    fn empty(question: &Question, shell: Shell) -> Self {
        Self {
            shell,
            text: question.text().to_owned(),
            rest: question.rest(&["q"]),
            words_alone: question.words_alone(),
            trouble: None,
            found: None,
        }
    }
}

impl FoundView {
    fn of(question: &Question, found: Found<'_>, shell: &Shell) -> Self {
        let results = found.results;
        let hits = results.hits.iter().zip(&found.surroundings);
        let hits: Vec<HitView> =
            hits.map(|(hit, surroundings)| HitView::of(hit, surroundings, shell)).collect();
        let names: Vec<&str> = Facets::wanted().into_iter().map(Facet::as_str).collect();
        let next = results.next.as_deref();
        let corrections = results.corrections.iter();
        Self {
            total: results.total,
            meaning: found.meaning.map(|meaning| MeaningView::of(meaning, results, shell)),
            corrections: corrections.map(|correction| corrected(correction, shell)).collect(),
            sorts: sorts(question, shell),
            rest: question.rest(&names),
            facets: Facets::of(question, &results.facets, &found.licences, shell),
            hits,
            next: next.map(|cursor| question.with(&[("asOf", found.as_of), ("cursor", cursor)])),
            first: question.is_beyond_first().then(|| question.first()),
        }
    }
}

impl MeaningView {
    fn of(meaning: Meaning, results: &SearchResults, shell: &Shell) -> Self {
        let Meaning { reason, notices, card } = meaning;
        let first = results.hits.first().map(|hit| hit.card.key());
        let is_first = card.as_ref().is_some_and(|(card, _)| Some(card.key()) == first);
        let hit = card
            .filter(|_| !is_first)
            .map(|(card, surroundings)| HitView::of_card(&card, &[], &surroundings, shell));
        Self { reason, notices, hit, is_first }
    }
}

fn corrected(correction: &Correction, shell: &Shell) -> String {
    let instead = correction.instead.join(", ");
    shell.fill("results-corrected", &[("word", &correction.word), ("instead", &instead)])
}

fn sorts(question: &Question, shell: &Shell) -> Vec<Sort> {
    let chosen = question.values("sort").next().unwrap_or("relevance");
    let orders = [
        ("relevance", shell.say("sort-relevance")),
        ("title", shell.say("sort-title")),
        ("date", shell.say("sort-date")),
    ];
    orders
        .map(|(name, label)| Sort {
            label,
            address: question.with(&[("sort", name)]),
            is_chosen: name == chosen,
        })
        .into()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use askama::Template;
    use index::search::{Correction, SearchResults};

    use super::{Found, Meaning, ResultsPage, Trouble};
    use crate::page::question::Question;
    use crate::page::shell::Shell;

    fn question(text: &str) -> Question {
        let pairs = [("q", text), ("kind", "job"), ("sort", "date")];
        Question::new(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into())
    }

    fn page(text: &str, results: &SearchResults) -> String {
        let meaning =
            Meaning { reason: "This is <nothing>.".to_owned(), notices: Vec::new(), card: None };
        let found = Found {
            results,
            surroundings: Vec::new(),
            meaning: Some(meaning),
            licences: BTreeMap::new(),
            as_of: "2024-05-06",
        };
        ResultsPage::of(&question(text), found, Shell::new("", None)).render().unwrap()
    }

    #[test]
    fn what_was_typed_is_text_and_nothing_else() {
        let hostile = "\"><script>alert(1)</script><x y='";
        let correction = Correction { word: hostile.to_owned(), instead: vec!["<b>".to_owned()] };
        let results = SearchResults {
            next: Some("c".to_owned()),
            corrections: vec![correction],
            ..SearchResults::default()
        };
        let shown = page(hostile, &results);
        assert!(!shown.contains("<script>alert") && !shown.contains("<b>"), "{shown}");
        assert!(!shown.contains("<nothing>"), "{shown}");
        assert!(shown.contains("asOf=2024-05-06&#38;cursor=c"), "{shown}");
    }

    #[test]
    fn what_is_wrong_stands_above_the_box_that_keeps_what_was_typed() {
        let trouble = Trouble {
            detail: "`planet` is no kind".to_owned(),
            known: Some("job, task".to_owned()),
            is_credential: false,
            is_gone: false,
        };
        let page = ResultsPage::troubled(&question("knots"), trouble, Shell::new("", None));
        let shown = page.render().unwrap();
        let at = |words: &str| shown.find(words).unwrap_or_else(|| panic!("{words}: {shown}"));
        assert!(at("`planet` is no kind") < at("value=\"knots\""));
        assert!(at("job, task") < at("value=\"knots\""));
        assert!(at("href=\"/?q=knots\"") > 0);
    }
}
