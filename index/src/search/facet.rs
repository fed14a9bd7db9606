//! Facets: how many of the hits have which values.

use std::collections::{BTreeMap, BTreeSet};

use ontology::CanonicalKey;
use serde::Serialize;
use tantivy::query::{BooleanQuery, Query};
use utoipa::ToSchema;

use crate::cards::Cards;
use crate::copies::choose;
use crate::document::values::day_number;
use crate::error::IndexError;
use crate::level::place;
use crate::search::filter::Filters;
use crate::search::matches::Matches;
use crate::search::tally::Tally;

/// The most values of a facet that are given.
const MAX_VALUES: usize = 100;

/// What hits are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Facet {
    /// The kind.
    Kind,
    /// The class of CTDL; a class above counts what is below it.
    Class,
    /// The framework.
    Framework,
    /// The publisher.
    Publisher,
    /// The source.
    Source,
    /// The subject.
    Subject,
    /// The education level.
    Level,
    /// The language.
    Language,
    /// The state.
    Status,
    /// The licence.
    License,
    /// Whether it is aligned.
    Aligned,
    /// The place where it holds.
    Jurisdiction,
}

impl Facet {
    /// Every facet.
    pub const ALL: [Self; 12] = [
        Self::Kind,
        Self::Class,
        Self::Framework,
        Self::Publisher,
        Self::Source,
        Self::Subject,
        Self::Level,
        Self::Language,
        Self::Status,
        Self::License,
        Self::Aligned,
        Self::Jurisdiction,
    ];

    /// The facet in a word, which is the name of its filter too.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Class => "class",
            Self::Framework => "framework",
            Self::Publisher => "publisher",
            Self::Source => "source",
            Self::Subject => "subject",
            Self::Level => "level",
            Self::Language => "language",
            Self::Status => "status",
            Self::License => "license",
            Self::Aligned => "aligned",
            Self::Jurisdiction => "jurisdiction",
        }
    }
}

/// How many hits have a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Counted {
    /// The value, as its filter takes it.
    pub value: String,
    /// What a person reads, where that is something else: the title of a framework.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How many hits have it. Copies and twins of one resource count once, as they are one hit.
    pub count: usize,
}

/// Counts the hits of a question by each facet: without the facet's own filter, and with all others.
pub(super) fn count(
    cards: &Cards,
    matching: &dyn Query,
    filters: &Filters,
    facets: &[Facet],
) -> Result<BTreeMap<Facet, Vec<Counted>>, IndexError> {
    let today = filters.as_of.as_deref().and_then(day_number);
    let find = |except: Option<Facet>| {
        let mut all = filters.queries(cards, except);
        all.push(matching.box_clone());
        Matches::of(cards, &BooleanQuery::intersection(all))
    };
    let mut of_all: Option<Matches> = None;
    let mut counted = BTreeMap::new();
    for facet in facets.iter().copied().collect::<BTreeSet<_>>() {
        let tally = if filters.has(facet) {
            Tally::of(cards, &find(Some(facet))?, facet, today)?
        } else {
            if of_all.is_none() {
                of_all = Some(find(None)?);
            }
            let Some(matches) = &of_all else { continue };
            Tally::of(cards, matches, facet, today)?
        };
        counted.insert(facet, most(cards, facet, tally)?);
    }
    Ok(counted)
}

/// The values that most have, with what a person reads.
fn most(cards: &Cards, facet: Facet, tally: Tally) -> Result<Vec<Counted>, IndexError> {
    let mut values: Vec<Counted> =
        tally.counts().map(|(value, count)| Counted { value, label: None, count }).collect();
    let place = |value: &str| if facet == Facet::Level { place(value) } else { 0 };
    values.sort_by(|a, b| {
        (b.count, place(&a.value), &a.value).cmp(&(a.count, place(&b.value), &b.value))
    });
    values.truncate(MAX_VALUES);
    if facet == Facet::Framework {
        for value in &mut values {
            value.label = title(cards, &value.value)?;
        }
    }
    Ok(values)
}

/// The title of a framework; `None` where it is not held.
fn title(cards: &Cards, key: &str) -> Result<Option<String>, IndexError> {
    let Ok(key) = key.parse::<CanonicalKey>() else { return Ok(None) };
    let mut held = cards.named(&key)?;
    held.retain(|card| *card.key() == key);
    Ok(choose(held).first().map(|chosen| chosen.card.label()))
}

#[cfg(test)]
mod tests {
    use ontology::Kind;

    use super::Facet;
    use crate::search::filter::Filters;
    use crate::search::query::{SearchQuery, search};
    use crate::search::shelf::cards;
    use crate::verify::sample::key;

    fn ask(text: &str, filters: &Filters, facets: &[Facet]) -> SearchQuery {
        let (filters, facets) = (filters.clone(), facets.to_vec());
        let as_of = Some("2026-01-01".to_owned());
        SearchQuery { filters, facets, as_of, limit: 0, ..SearchQuery::new(text) }
    }

    /// What a facet counts in everything that a filter lets pass.
    fn counts(facet: Facet, filters: &Filters) -> Vec<(String, usize)> {
        let mut found = search(cards(), &ask("", filters, &[facet])).unwrap();
        let counted = found.facets.remove(&facet).unwrap();
        counted.into_iter().map(|counted| (counted.value, counted.count)).collect()
    }

    #[track_caller]
    fn check(facet: Facet, filters: &Filters, expected: &[(&str, usize)]) {
        let expected: Vec<_> = expected.iter().map(|(v, n)| ((*v).to_owned(), *n)).collect();
        assert_eq!(counts(facet, filters), expected, "{facet:?}");
    }

    /// The filters with a value of a facet instead of what they had.
    fn narrowed(filters: &Filters, facet: Facet, value: &str) -> Filters {
        let mut filters = filters.clone();
        let words = vec![value.to_owned()];
        match facet {
            Facet::Kind => {
                let kind = Kind::ALL.into_iter().find(|kind| kind.as_str() == value);
                filters.kinds = vec![kind.unwrap()];
            }
            Facet::Framework => filters.frameworks = vec![value.parse().unwrap()],
            Facet::Aligned => filters.aligned = Some(value == "true"),
            Facet::Class => filters.classes = words,
            Facet::Publisher => filters.publishers = words,
            Facet::Source => filters.sources = words,
            Facet::Subject => filters.subjects = words,
            Facet::Level => filters.levels = words,
            Facet::Language => filters.languages = words,
            Facet::Status => filters.statuses = words,
            Facet::License => filters.licenses = words,
            Facet::Jurisdiction => filters.jurisdictions = words,
        }
        filters
    }

    #[test]
    fn a_count_is_what_its_filter_finds() {
        let all = Filters::default();
        let narrow = [
            all.clone(),
            Filters { kinds: vec![Kind::Competency], ..all.clone() },
            Filters { frameworks: vec![key(1)], ..all.clone() },
            Filters {
                subjects: vec!["mathematics".to_owned()],
                aligned: Some(false),
                ..all.clone()
            },
            Filters { statuses: vec!["deprecated".to_owned()], ..all },
        ];
        let mut n_compared = 0;
        for text in ["", "fractions arithmetic count"] {
            for filters in &narrow {
                let found = search(cards(), &ask(text, filters, &Facet::ALL)).unwrap();
                for (facet, counted) in &found.facets {
                    for value in counted {
                        let filters = narrowed(filters, *facet, &value.value);
                        let held = search(cards(), &ask(text, &filters, &[])).unwrap();
                        assert_eq!(held.total, value.count, "{text} {facet:?} {filters:?}");
                        n_compared += 1;
                    }
                }
            }
        }
        assert!(n_compared > 100, "{n_compared}");
    }

    #[test]
    fn a_facet_is_counted_without_its_own_filter() {
        let only = Filters { kinds: vec![Kind::Framework], ..Filters::default() };
        check(Facet::Kind, &only, &[("competency", 6), ("credential", 2), ("framework", 2)]);
        check(Facet::Framework, &only, &[(key(1).as_str(), 1), (key(2).as_str(), 1)]);
    }

    #[test]
    fn copies_and_twins_count_once() {
        // 0x11 stands in both frameworks, and 0x12 has a twin in CTDL.
        let of = Filters { kinds: vec![Kind::Competency], ..Filters::default() };
        check(Facet::Framework, &of, &[(key(1).as_str(), 5), (key(2).as_str(), 2)]);
        check(Facet::Source, &of, &[("shelf", 6)]);
        let found = search(cards(), &ask("", &of, &[Facet::Framework])).unwrap();
        let labels = found.facets.values().flatten().map(|counted| counted.label.as_deref());
        assert_eq!(labels.collect::<Vec<_>>(), [Some("Arithmetic"), Some("Cooking")]);
    }

    #[test]
    fn values_that_fold_alike_are_one_in_the_commonest_spelling() {
        let all = Filters::default();
        check(Facet::Subject, &all, &[("Mathematics", 5)]);
        check(Facet::Publisher, &all, &[("State of Knots", 8)]);
    }

    #[test]
    fn levels_are_counted_one_by_one_in_the_order_of_schools() {
        let expected = [("3", 2), ("K", 1), ("4", 1), ("5", 1), ("Bachelor degree", 1)];
        check(Facet::Level, &Filters::default(), &expected);
    }

    #[test]
    fn a_state_is_what_the_publisher_and_the_day_say() {
        let expected = [("deprecated", 6), ("current", 4), ("withdrawn", 1)];
        check(Facet::Status, &Filters::default(), &expected);
    }

    #[test]
    fn a_class_above_counts_what_is_below_it() {
        let classes = counts(Facet::Class, &Filters::default());
        let of = |class: &str| classes.iter().find(|(value, _)| value == class).map(|(_, n)| *n);
        assert_eq!(of("ceterms:BachelorDegree"), Some(1));
        assert_eq!(of("ceterms:Degree"), Some(1));
        assert_eq!(of("ceterms:Credential"), Some(2));
    }
}
