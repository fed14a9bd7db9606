//! A question, its limits, and the page of hits that answers it.

use std::collections::BTreeMap;

use ontology::CanonicalKey;
use serde::Serialize;
use utoipa::ToSchema;

use crate::card::Card;
use crate::cards::Cards;
use crate::document::texts::texts_of;
use crate::search::error::{QueryError, SearchError};
use crate::search::explanation::Explanation;
use crate::search::facet::{Counted, Facet, count};
use crate::search::filter::Filters;
use crate::search::highlight::highlights;
use crate::search::order::Order;
use crate::search::page::Page;
use crate::search::ranking::Ranking;
use crate::search::span::Highlight;

/// The most characters of a question.
pub const MAX_TEXT: usize = 4_000;

/// The most hits of one page.
pub const MAX_LIMIT: usize = 100;

/// The most hits that a page may skip.
pub const MAX_OFFSET: usize = 10_000;

/// The hits of a page where nothing else is asked for.
const DEFAULT_LIMIT: usize = 20;

/// A question to the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchQuery {
    /// Words, "phrases" in quotation marks, a code or an identifier; nothing and `*` find everything.
    pub text: String,
    /// What may be found.
    pub filters: Filters,
    /// What the hits are counted by.
    pub facets: Vec<Facet>,
    /// In which order they are given.
    pub order: Order,
    /// The language of the text as a [BCP 47](https://www.rfc-editor.org/info/bcp47) tag; any, where none is named.
    pub language: Option<String>,
    /// The day (`YYYY-MM-DD`) on which what has ended counts as deprecated; without one no date counts.
    pub as_of: Option<String>,
    /// Whether the words that were met are shown in the texts.
    pub highlight: bool,
    /// Whether each hit says why it stands where it does.
    pub explain: bool,
    /// The most hits to give.
    pub limit: usize,
    /// The hits to skip. It does not go together with a cursor.
    pub offset: usize,
    /// Where the page before this one ended, as its `next` said.
    pub cursor: Option<String>,
}

impl SearchQuery {
    /// Asks for the first page of what a text finds, whatever kind it is.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            filters: Filters::default(),
            facets: Vec::new(),
            order: Order::default(),
            language: None,
            as_of: None,
            highlight: false,
            explain: false,
            limit: DEFAULT_LIMIT,
            offset: 0,
            cursor: None,
        }
    }

    fn check(&self) -> Result<(), QueryError> {
        let n_chars = self.text.chars().count();
        if n_chars > MAX_TEXT {
            return Err(QueryError::TextTooLong { found: n_chars, max: MAX_TEXT });
        }
        if self.limit > MAX_LIMIT {
            return Err(QueryError::PageTooLarge { found: self.limit, max: MAX_LIMIT });
        }
        if self.offset > MAX_OFFSET {
            return Err(QueryError::OffsetTooLarge { found: self.offset, max: MAX_OFFSET });
        }
        if self.offset > 0 && self.cursor.is_some() {
            return Err(QueryError::CursorAndOffset);
        }
        Ok(())
    }

    /// The same question with its day where the filters look for it, and for one hit more, which tells whether there is another page.
    fn prepared(&self) -> Self {
        let mut prepared = self.clone();
        prepared.filters.as_of = self.as_of.clone().or(prepared.filters.as_of);
        prepared.as_of.clone_from(&prepared.filters.as_of);
        prepared.limit += usize::from(self.limit > 0);
        prepared
    }
}

/// One page of hits.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct SearchResults {
    /// How many hits there are on all pages. Copies and twins of one resource are one hit.
    pub total: usize,
    /// The hits of this page, best first.
    pub hits: Vec<Hit>,
    /// The cursor of the next page, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// How many hits have which values, by the facets that were asked for; most first.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub facets: BTreeMap<Facet, Vec<Counted>>,
    /// The words that are in no text, and what was looked for instead.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
}

/// A word that no text has, and the words that were looked for instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Correction {
    /// The word as it was asked for, folded.
    pub word: String,
    /// What was looked for instead, the likeliest first.
    pub instead: Vec<String>,
}

/// A resource that was found.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Hit {
    /// The copy that was chosen, the one that resolving the resource gives too.
    pub card: Card,
    /// How well its words fit. It orders only hits that are alike in everything that counts more.
    pub score: f32,
    /// In how many records the resource is held, as far as the filters let them pass.
    pub copies: usize,
    /// The same resource in the other standard, which is no hit of its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub twins: Vec<CanonicalKey>,
    /// The words that were met, where that was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub highlights: Vec<Highlight>,
    /// Why it stands here, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
}

/// Finds the resources that have the words of a question, the code or the identifier.
///
/// A word is looked for in names, texts and what surrounds them; the last word also as the beginning of one. Of more than
/// 16 different words the rarest 16 decide. No text and `*` find everything: what may be used first, frameworks before what is in them,
/// then by title. A text of nothing but signs finds nothing. Facets are counted over all that is found, not over the page.
///
/// # Errors
/// [`SearchError::Query`] for a question beyond the limits.
pub fn search(cards: &Cards, query: &SearchQuery) -> Result<SearchResults, SearchError> {
    query.check()?;
    let query = &query.prepared();
    let ranking = Ranking::of(cards, query)?;
    let mut page = Page::of(cards, query, &ranking)?;
    if query.highlight {
        let terms = ranking.terms().clone();
        for (_, hit) in &mut page.hits {
            hit.highlights = highlights(&texts_of(&hit.card), &terms);
        }
    }
    Ok(SearchResults {
        total: page.total,
        next: page.next(cards, query),
        facets: count(cards, &*ranking.matching(), &query.filters, &query.facets)?,
        corrections: ranking.corrections().to_vec(),
        hits: page.hits.into_iter().map(|(_, hit)| hit).collect(),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use ontology::Kind;
    use proptest::prelude::*;
    use tempfile::TempDir;

    use super::{Hit, MAX_LIMIT, MAX_OFFSET, MAX_TEXT, SearchQuery, SearchResults, search};
    use crate::reader::Reader;
    use crate::search::error::{QueryError, SearchError};
    use crate::search::filter::Filters;
    use crate::verify::sample::{guid, import, key, package};

    /// Two frameworks that share item 0x12; item 0x15 was withdrawn; items from 0x100 on say all the same.
    static SHELF: LazyLock<(TempDir, Reader)> = LazyLock::new(|| {
        let dir = tempfile::tempdir().unwrap();
        let add = (0x11, "3.NF.1", "Add fractions with unlike denominators");
        let multiply = (0x12, "3.NF.2", "Multiply fractions by whole numbers");
        let interpret = (0x13, "3.OA.1", "Interpret products of whole numbers");
        let gone = (0x15, "3.NF.9", "Multiply fractions, fractions, fractions");
        let cook = (0x21, "3.NF.1", "Halve a recipe for a soup");
        let drills: Vec<(u32, String)> =
            (0x100..0x11e).rev().map(|n| (n, format!("Drill.{n}"))).collect();
        let drills: Vec<(u32, &str, &str)> = drills
            .iter()
            .map(|(n, code)| (*n, code.as_str(), "Practise the scales daily"))
            .collect();
        let arithmetic = |items: &[(u32, &str, &str)]| package(1, "Arithmetic", items);
        import(dir.path(), 1, &[("a", arithmetic(&[add, multiply, interpret, gone]))]);
        import(
            dir.path(),
            2,
            &[
                ("a", arithmetic(&[add, multiply, interpret])),
                ("b", package(2, "Cooking with fractions", &[cook, multiply])),
                ("c", package(3, "Music", &drills)),
            ],
        );
        let reader = Reader::open(dir.path()).unwrap();
        (dir, reader)
    });

    fn ask(query: &SearchQuery) -> SearchResults {
        search(SHELF.1.cards(), query).unwrap()
    }

    #[track_caller]
    fn check(query: &SearchQuery, total: usize, expected: &[u32]) -> Vec<Hit> {
        let found = ask(query);
        let keys: Vec<_> = found.hits.iter().map(|hit| hit.card.key().clone()).collect();
        assert_eq!(keys, expected.iter().copied().map(key).collect::<Vec<_>>(), "{query:?}");
        assert_eq!(found.total, total, "{query:?}");
        found.hits
    }

    fn items(text: &str) -> SearchQuery {
        of_kind(Kind::Competency, text)
    }

    fn of_kind(kind: Kind, text: &str) -> SearchQuery {
        let filters = Filters { kinds: vec![kind], ..Filters::default() };
        SearchQuery { filters, ..SearchQuery::new(text) }
    }

    fn within(framework: u32, query: SearchQuery) -> SearchQuery {
        let frameworks = vec![key(framework)];
        SearchQuery { filters: Filters { frameworks, ..query.filters.clone() }, ..query }
    }

    #[test]
    fn what_has_all_the_words_comes_before_what_has_some() {
        check(&items("interpret whole numbers"), 2, &[0x13, 0x12]);
        // 0x15 says it best, and is withdrawn; 0x21 stands only in a framework that is about it.
        let hits = check(&items("multiply fractions"), 4, &[0x12, 0x15, 0x11, 0x21]);
        assert!(hits[1].card.withdrawn && hits[2].score > hits[3].score);
    }

    #[test]
    fn words_are_found_in_any_form_and_the_last_by_its_beginning() {
        check(&items("INTERPRETING a Product"), 1, &[0x13]);
        check(&items("denom"), 1, &[0x11]);
        // The beginning of a word is worth less than a word.
        check(&items("soup denom"), 2, &[0x21, 0x11]);
        check(&items("denom soup"), 1, &[0x21]);
        check(&items("de"), 1, &[0x11]);
        check(&items("d"), 0, &[]);
        check(&items("xyzzy"), 0, &[]);
        check(&items(" ( -\"* "), 0, &[]);
    }

    #[test]
    fn the_copies_of_a_resource_are_one_hit() {
        let hits = check(&items("multiply"), 2, &[0x12, 0x15]);
        assert_eq!(hits.iter().map(|hit| hit.copies).collect::<Vec<_>>(), [2, 1]);
        let query = within(2, items("multiply"));
        let hits = check(&query, 1, &[0x12]);
        assert_eq!((hits[0].copies, hits[0].card.origin.record.as_str()), (1, "b"));
    }

    #[test]
    fn filters_let_pass_only_what_they_name() {
        let found = check(&SearchQuery::new("cooking"), 3, &[2, 0x12, 0x21]);
        assert_eq!(found[0].card.resource.kind(), Kind::Framework);
        let frameworks = of_kind(Kind::Framework, "fractions");
        check(&frameworks, 1, &[2]);
        check(&within(2, frameworks.clone()), 1, &[2]);
        check(&within(1, frameworks), 0, &[]);
        check(&within(1, items(&guid(0x21))), 0, &[]);
        check(&of_kind(Kind::Rubric, "3.NF.1"), 0, &[]);
    }

    #[test]
    fn a_code_or_an_identifier_puts_its_resource_first() {
        check(&items("3.oa-1"), 1, &[0x13]);
        check(&items("3 NF 1"), 2, &[0x11, 0x21]);
        check(&items("3.NF.9"), 1, &[0x15]);
        for text in [
            guid(0x12),
            guid(0x12).to_uppercase(),
            format!("urn:uuid:{}", guid(0x12)),
            format!("https://case.example.org/ims/case/v1p0/CFItems/{}", guid(0x12)),
            format!("http://case.example.org/uri/{}", guid(0x12)),
        ] {
            assert_eq!(ask(&items(&text)).hits[0].card.key(), &key(0x12), "{text}");
        }
    }

    #[test]
    fn pages_follow_one_another_by_key_where_scores_are_equal() {
        let all: Vec<u32> = (0x100..0x11e).collect();
        let whole = SearchQuery { limit: MAX_LIMIT, ..items("practise the scales") };
        check(&whole, 30, &all);
        for offset in (0..40).step_by(7) {
            let page: Vec<u32> = all.iter().copied().skip(offset).take(7).collect();
            check(&SearchQuery { limit: 7, offset, ..whole.clone() }, 30, &page);
        }
        check(&SearchQuery { limit: 0, ..whole }, 30, &[]);
    }

    #[test]
    fn of_many_words_the_rarest_that_occur_decide() {
        let unknown: Vec<String> = (0..300).map(|n| format!("unknown{n}")).collect();
        let unknown = unknown.join(" ");
        check(&items(&format!("{unknown} soup")), 1, &[0x21]);
    }

    #[test]
    fn a_question_beyond_the_limits_is_the_callers_fault() {
        let refuse = |query: SearchQuery| match search(SHELF.1.cards(), &query) {
            Err(SearchError::Query(error)) => error,
            other => panic!("{other:?}"),
        };
        let long = SearchQuery::new("é".repeat(MAX_TEXT + 1));
        assert_eq!(refuse(long).to_string(), "the text has 4001 characters, more than 4000");
        let large = SearchQuery { limit: 101, ..SearchQuery::new("x") };
        assert_eq!(refuse(large), QueryError::PageTooLarge { found: 101, max: MAX_LIMIT });
        let deep = SearchQuery { offset: 10_001, ..SearchQuery::new("x") };
        assert_eq!(refuse(deep), QueryError::OffsetTooLarge { found: 10_001, max: MAX_OFFSET });
        let limits = SearchQuery {
            limit: MAX_LIMIT,
            offset: MAX_OFFSET,
            ..SearchQuery::new("é".repeat(MAX_TEXT))
        };
        assert_eq!(ask(&limits), SearchResults::default());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_text_is_a_syntax(text in "\\PC{0,200}", words in "([(+*\"~:-]|NOT |fractions |3){0,400}") {
            ask(&SearchQuery::new(text));
            let found = ask(&SearchQuery::new(words));
            prop_assert!(found.hits.len() <= found.total);
        }
    }
}
