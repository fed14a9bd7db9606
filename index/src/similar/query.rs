//! A search for near-duplicates and what it gives.

use std::collections::{BTreeMap, BTreeSet};

use ontology::CanonicalKey;
use serde::Serialize;
use utoipa::ToSchema;

use crate::card::Card;
use crate::cards::Cards;
use crate::copies::choose;
use crate::document::values::group_key;
use crate::error::IndexError;
use crate::search::{Filters, MAX_LIMIT, QueryError, SearchError};
use crate::similar::candidates::Candidates;
use crate::similar::comparison::{Comparison, compare};
use crate::similar::memory::Memory;
use crate::similar::weight::Weights;
use crate::similar::wording::Wording;
use crate::suggest::{MAX_TEXT, Scope, twins};

/// What near-duplicates are looked for of.
#[derive(Debug, Clone, PartialEq)]
pub enum Likeness {
    /// A statement that somebody is about to write.
    Text(String),
    /// A resource that is held.
    Resource(CanonicalKey),
}

/// A search for near-duplicates.
#[derive(Debug, Clone, PartialEq)]
pub struct SimilarQuery {
    /// Of what.
    pub of: Likeness,
    /// Where they may be found. Where no kind is named: competencies; where no status is named: what is neither withdrawn nor deprecated.
    pub filters: Filters,
    /// Whether those of the same framework are left out.
    pub elsewhere: bool,
    /// The lowest score that is given, from 0 to 1.
    pub threshold: f32,
    /// The most to give.
    pub limit: usize,
}

impl SimilarQuery {
    fn check(&self) -> Result<(), QueryError> {
        if let Likeness::Text(text) = &self.of {
            let n_chars = text.chars().count();
            if n_chars > MAX_TEXT {
                return Err(QueryError::TextTooLong { found: n_chars, max: MAX_TEXT });
            }
        }
        if self.limit > MAX_LIMIT {
            return Err(QueryError::PageTooLarge { found: self.limit, max: MAX_LIMIT });
        }
        Ok(())
    }
}

/// What says nearly the same.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Similar {
    /// The other resource.
    pub card: Card,
    /// How alike they are, from 0 to 1, where 1 is the same words in the same order.
    pub score: f32,
    /// `same`: the same words in the same order; `near`: a few words differ; `alike`: more do, or a number, a negation or a sign does.
    pub grade: &'static str,
    /// The words that only the text has, as they are written there.
    pub only_here: Vec<String>,
    /// The words that only the other has, as they are written there.
    pub only_there: Vec<String>,
    /// Keys of the same resource in the other standard, which is no near-duplicate of its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub twins: Vec<CanonicalKey>,
}

/// Finds what says nearly the same, the most alike first. `None` where the resource is not held.
///
/// The copies and the twin of a resource are the resource, not its duplicates; those of another resource are folded into one.
///
/// # Errors
/// [`SearchError::Query`] for a question beyond the limits.
pub fn similar(cards: &Cards, query: &SimilarQuery) -> Result<Option<Vec<Similar>>, SearchError> {
    query.check()?;
    let mut scope = Scope::of(cards, &query.filters);
    let (here, itself) = match &query.of {
        Likeness::Text(text) => (vec![Wording::of(None, text)], BTreeSet::new()),
        Likeness::Resource(key) => {
            let Some(own) = held(cards, key)? else { return Ok(None) };
            if let Some(framework) = own.framework.as_ref().filter(|_| query.elsewhere) {
                scope = scope.outside(cards, &framework.key);
            }
            (Wording::statements(&own), BTreeSet::from([group_key(own.key())]))
        }
    };
    let search = Search { cards, query, scope: &scope };
    Ok(Some(search.alike(&here, &itself, &mut Memory::of(cards))?))
}

/// The card of a resource: of what has the key, else of what goes by it.
fn held(cards: &Cards, key: &CanonicalKey) -> Result<Option<Card>, IndexError> {
    let mut held: Vec<Card> = choose(cards.named(key)?).into_iter().map(|held| held.card).collect();
    held.sort_by_key(|card| card.key() != key);
    Ok(held.into_iter().next())
}

/// A copy of a resource with what the comparison with it came to.
type Copy = (Card, Comparison);

/// A search with what holds for every text that is asked for.
pub(super) struct Search<'a> {
    pub cards: &'a Cards,
    pub query: &'a SimilarQuery,
    pub scope: &'a Scope,
}

impl Search<'_> {
    /// Finds what says nearly the same as one of several wordings of a resource, and is of none of the groups that are left out.
    pub(super) fn alike(
        &self,
        here: &[Wording],
        left_out: &BTreeSet<u64>,
        memory: &mut Memory<'_>,
    ) -> Result<Vec<Similar>, IndexError> {
        let candidates = Candidates { cards: self.cards, scope: self.scope };
        let mut groups: BTreeMap<u64, Vec<Copy>> = BTreeMap::new();
        for candidate in candidates.of(here, left_out, self.query.limit)? {
            let there = memory.worded(candidate.address)?;
            let compared = best(here, &there.wordings, memory.weights())?;
            if let Some(compared) = compared.filter(|best| best.score >= self.query.threshold) {
                let copy = (there.card.clone(), compared);
                groups.entry(candidate.group).or_default().push(copy);
            }
        }
        let mut found: Vec<Similar> = groups.into_values().filter_map(fold).collect();
        found.sort_by(|a, b| {
            b.score.total_cmp(&a.score).then_with(|| a.card.key().cmp(b.card.key()))
        });
        found.truncate(self.query.limit);
        for similar in &mut found {
            similar.twins = twins(self.cards, &similar.card)?;
        }
        Ok(found)
    }
}

/// The comparison of the two wordings that are most alike.
fn best(
    here: &[Wording],
    there: &[Wording],
    weights: &mut Weights<'_>,
) -> Result<Option<Comparison>, IndexError> {
    let mut best: Option<Comparison> = None;
    for (one, other) in here.iter().flat_map(|one| there.iter().map(move |other| (one, other))) {
        let compared = compare(one, other, weights)?;
        if best.as_ref().is_none_or(|best| compared.score > best.score) {
            best = Some(compared);
        }
    }
    Ok(best)
}

/// Makes one of the copies of a resource: the copy that resolving it gives, with the words that this copy has.
fn fold(copies: Vec<Copy>) -> Option<Similar> {
    let most = copies.iter().map(|(_, compared)| compared.score).max_by(f32::total_cmp)?;
    let alike = copies.into_iter().filter(|(_, compared)| compared.score >= most);
    let (held, compared): (Vec<Card>, Vec<Comparison>) = alike.unzip();
    let compared = compared.into_iter().next()?;
    let card = choose(held).into_iter().next()?.card;
    Some(Similar {
        card,
        score: compared.score,
        grade: compared.grade,
        only_here: compared.only_here,
        only_there: compared.only_there,
        twins: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;
    use std::sync::LazyLock;

    use proptest::prelude::*;
    use tempfile::TempDir;

    use super::{Likeness, Similar, SimilarQuery, held, similar};
    use crate::cards::Cards;
    use crate::search::{Filters, QueryError, SearchError};
    use crate::similar::report::report;
    use crate::similar::series::Series;
    use crate::suggest::MAX_TEXT;
    use crate::suggest::sample::{framework, index, withdrawn};
    use crate::verify::sample::key;

    static SHELF: LazyLock<(TempDir, Cards)> = LazyLock::new(|| {
        let dir = tempfile::tempdir().unwrap();
        let said = |items: &[(u32, &str)]| -> Vec<(u32, String)> {
            items.iter().map(|(n, text)| (*n, (*text).to_owned())).collect()
        };
        let one = said(&[
            (0x11, "Fluently add and subtract within 20."),
            (0x12, "Fluently add and subtract within 100."),
            (0x13, "Add fractions with unlike denominators"),
            (0x14, "Write a letter to a friend"),
            (0x15, "Do not cross the street alone"),
            (0x16, "Show that a < b holds"),
        ]);
        let other = said(&[
            (0x21, "Fluently subtract and add within 20"),
            (0x22, "add fractions, with unlike denominators!"),
            (0x23, "Add fractions with different denominators"),
            (0x14, "Write a letter to a friend"),
            (0x25, "Do cross the street alone"),
            (0x26, "Show that a > b holds"),
            (0x27, "Estimate measurements of length"),
        ]);
        let old = said(&[(0x31, "Fluently add and subtract within 20")]);
        let documents = [
            framework(1, "One", "en", &one),
            framework(2, "Other", "en", &other),
            withdrawn(&framework(3, "Old", "en", &old)),
        ];
        let cards = index(dir.path(), &documents);
        (dir, cards)
    });

    fn of(of: Likeness) -> SimilarQuery {
        SimilarQuery {
            of,
            filters: Filters::default(),
            elsewhere: false,
            threshold: 0.3,
            limit: 10,
        }
    }

    fn text(text: &str) -> SimilarQuery {
        of(Likeness::Text(text.to_owned()))
    }

    fn ask(query: &SimilarQuery) -> Vec<Similar> {
        similar(&SHELF.1, query).unwrap().unwrap()
    }

    #[track_caller]
    fn find(found: &[Similar], n: u32) -> &Similar {
        found
            .iter()
            .find(|one| one.card.key() == &key(n))
            .unwrap_or_else(|| panic!("no {n:x}: {found:?}"))
    }

    #[test]
    fn in_a_series_each_is_found_as_by_itself() {
        let mut series = Series::of(&SHELF.1, text("what the series is of has no meaning"));
        let items = [0x11, 0x12, 0x13, 0x14, 0x15, 0x22, 0x26];
        for n in items.into_iter().chain(items) {
            let own = held(&SHELF.1, &key(n)).unwrap().unwrap();
            let alone = ask(&of(Likeness::Resource(key(n))));
            assert_eq!(series.alike(&own).unwrap(), alone, "{n:x}");
        }
    }

    #[test]
    fn the_same_words_are_the_same_whatever_stands_between_them() {
        let found = ask(&text("ADD fractions with <b>unlike</b> denominators."));
        for n in [0x13, 0x22] {
            let same = find(&found, n);
            assert_eq!((same.score, same.grade), (1.0, "same"));
            assert!(same.only_here.is_empty() && same.only_there.is_empty());
        }
        let near = find(&found, 0x23);
        assert_eq!(
            (near.only_here.as_slice(), near.only_there.as_slice()),
            (["unlike".to_owned()].as_slice(), ["different".to_owned()].as_slice())
        );
        assert!(near.score < 1.0 && near.grade != "same", "{near:?}");
    }

    #[test]
    fn another_number_another_sign_and_a_negation_are_no_small_differences() {
        let found = ask(&text("Fluently add and subtract within 20"));
        assert_eq!(find(&found, 0x11).grade, "same");
        let order = find(&found, 0x21);
        assert_eq!((order.grade, order.only_here.len(), order.only_there.len()), ("near", 0, 0));
        let number = find(&found, 0x12);
        assert_eq!(
            (number.grade, number.only_here.as_slice(), number.only_there.as_slice()),
            ("alike", ["20".to_owned()].as_slice(), ["100".to_owned()].as_slice())
        );
        assert!(number.score < order.score);
        let found = ask(&of(Likeness::Resource(key(0x15))));
        let opposite = find(&found, 0x25);
        assert_eq!(
            (opposite.grade, opposite.only_here.as_slice()),
            ("alike", ["not".to_owned()].as_slice())
        );
        let found = ask(&of(Likeness::Resource(key(0x16))));
        let opposite = find(&found, 0x26);
        assert_eq!(
            (opposite.grade, opposite.only_here.as_slice()),
            ("alike", ["<".to_owned()].as_slice())
        );
    }

    #[test]
    fn a_slip_of_the_pen_is_near() {
        let found = ask(&text("Estimate mesurements of length"));
        let near = find(&found, 0x27);
        assert_eq!(
            (near.grade, near.only_here.as_slice(), near.only_there.as_slice()),
            ("near", ["mesurements".to_owned()].as_slice(), ["measurements".to_owned()].as_slice())
        );
    }

    #[test]
    fn a_resource_and_its_copies_are_not_its_duplicates() {
        let found = ask(&SimilarQuery { threshold: 0.0, ..of(Likeness::Resource(key(0x14))) });
        assert!(found.iter().all(|one| one.card.key() != &key(0x14)), "{found:?}");
        // As a text it is one, and its two copies are one hit.
        let found = ask(&text("Write a letter to a friend"));
        assert_eq!(found.iter().filter(|one| one.card.key() == &key(0x14)).count(), 1);
        assert_eq!(similar(&SHELF.1, &of(Likeness::Resource(key(0x99)))).unwrap(), None);
    }

    #[test]
    fn the_same_framework_and_what_is_withdrawn_can_be_left_out() {
        let query = of(Likeness::Resource(key(0x11)));
        let found = ask(&query);
        assert!(found.iter().all(|one| !one.card.withdrawn));
        find(&found, 0x12);
        let found = ask(&SimilarQuery { elsewhere: true, ..query.clone() });
        assert!(found.iter().all(|one| one.card.framework.as_ref().unwrap().key == key(2)));
        find(&found, 0x21);
        let filters = Filters { frameworks: vec![key(1)], ..Filters::default() };
        assert!(
            ask(&SimilarQuery { filters, ..query }).iter().all(|one| one
                .card
                .framework
                .as_ref()
                .unwrap()
                .key
                == key(1))
        );
    }

    #[test]
    fn a_report_tells_each_pair_once() {
        let query = text("");
        let mut told = Vec::new();
        let n = report(&SHELF.1, &key(1), &query, &mut |found| {
            told.push(found);
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(n, 6);
        let pairs: Vec<_> = told
            .iter()
            .flat_map(|found| {
                found.similar.iter().map(|one| (found.card.key().clone(), one.card.key().clone()))
            })
            .collect();
        assert!(
            pairs.contains(&(key(0x11), key(0x12))) && !pairs.contains(&(key(0x12), key(0x11))),
            "{pairs:?}"
        );
        assert!(pairs.contains(&(key(0x13), key(0x22))));
        let query = SimilarQuery { elsewhere: true, threshold: 0.99, ..query };
        let mut told = Vec::new();
        report(&SHELF.1, &key(1), &query, &mut |found| {
            told.extend((!found.similar.is_empty()).then(|| found.card.key().clone()));
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(told, [key(0x13)]);
    }

    #[test]
    fn a_report_ends_where_it_is_told_to() {
        let mut n_told = 0;
        let n_items = report(&SHELF.1, &key(1), &text(""), &mut |_| {
            n_told += 1;
            if n_told < 2 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        assert_eq!((n_items.unwrap(), n_told), (2, 2));
    }

    #[test]
    fn a_text_beyond_the_limits_is_the_callers_fault() {
        let long = text(&"é".repeat(MAX_TEXT + 1));
        let many = SimilarQuery { limit: 101, ..text("x") };
        for query in [long, many] {
            let refused = similar(&SHELF.1, &query);
            assert!(matches!(
                refused,
                Err(SearchError::Query(
                    QueryError::TextTooLong { .. } | QueryError::PageTooLarge { .. }
                ))
            ));
        }
        assert_eq!(ask(&text("")), []);
        assert_eq!(ask(&text(&"ab ".repeat(3_000))), []);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn scores_go_from_nothing_to_one(words in "(\\PC{0,9}|add |fractions |within 20|<>|not ){0,40}") {
            for one in ask(&SimilarQuery { threshold: 0.0, ..text(&words) }) {
                prop_assert!((0.0..=1.0).contains(&one.score));
                prop_assert_eq!(one.grade == "same", one.score >= 1.0);
            }
        }
    }
}
