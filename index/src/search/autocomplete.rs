//! Completing what somebody begins to type.

use std::collections::BTreeMap;

use ontology::{CanonicalKey, Kind};
use serde::Serialize;
use utoipa::ToSchema;

use crate::card::Card;
use crate::cards::Cards;
use crate::error::IndexError;
use crate::search::completion::{Candidate, Lane};
use crate::search::error::{QueryError, SearchError};
use crate::search::filter::Filters;
use crate::search::query::{MAX_LIMIT, MAX_TEXT};
use crate::search::span::Span;
use crate::search::typed::Typed;

/// The most labels of one series that stand together.
const MAX_OF_SERIES: usize = 6;

/// What somebody has typed so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AutocompleteQuery {
    /// The beginning of a label or of a code.
    pub text: String,
    /// What may be found.
    pub filters: Filters,
    /// The most completions to give.
    pub limit: usize,
}

/// A label that goes on as the text begins.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Completion {
    /// The label.
    pub label: String,
    /// Where what was typed stands in the label; nothing where it is the beginning of the code.
    pub spans: Vec<Span>,
    /// The resources of this label, the best first: at most ten.
    pub resources: Vec<Completed>,
    /// How many resources have this label.
    pub count: usize,
}

/// A resource of a label.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Completed {
    /// Its identity.
    pub key: CanonicalKey,
    /// Its IRI.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// Its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The title of its framework.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub framework: Option<String>,
}

/// Completes a text: exact labels and codes first, then labels that begin so, then what has a code that begins so, then labels with words
/// that begin so.
///
/// Within each of these, what may be used comes before what may not, a shorter label before a longer one, a label of more resources before
/// one of fewer, frameworks and credentials before what is in them; last decides the alphabet. Of labels that differ in nothing but numbers,
/// the first few come here and the others after everything else.
///
/// # Errors
/// [`SearchError::Query`] for a question beyond the limits.
pub fn autocomplete(
    cards: &Cards,
    query: &AutocompleteQuery,
) -> Result<Vec<Completion>, SearchError> {
    query.check()?;
    let typed = Typed::of(&query.text);
    let mut best: BTreeMap<String, Candidate> = BTreeMap::new();
    for lane in Lane::ALL {
        // However many labels there are, a code that is typed in full comes before those that only begin so.
        if lane == Lane::Code || best.len() < query.limit {
            for candidate in lane.candidates(cards, &query.filters, &typed)? {
                let held = best.get(&candidate.label);
                if held.is_none_or(|held| candidate.rank < held.rank) {
                    best.insert(candidate.label.clone(), candidate);
                }
            }
        }
    }
    let mut found: Vec<Candidate> = best.into_values().collect();
    found.sort_by(|a, b| a.rank.cmp(&b.rank).then_with(|| a.label.cmp(&b.label)));
    let mut found = spread(found);
    found.truncate(query.limit);
    let completions = found.into_iter().map(|candidate| complete(cards, &typed, &candidate));
    Ok(completions.filter_map(Result::transpose).collect::<Result<_, IndexError>>()?)
}

impl AutocompleteQuery {
    fn check(&self) -> Result<(), QueryError> {
        let n_chars = self.text.chars().count();
        if n_chars > MAX_TEXT {
            return Err(QueryError::TextTooLong { found: n_chars, max: MAX_TEXT });
        }
        if self.limit > MAX_LIMIT {
            return Err(QueryError::PageTooLarge { found: self.limit, max: MAX_LIMIT });
        }
        Ok(())
    }
}

/// Puts most of a long series behind what is no part of it: `grade 1`, `grade 2` and so on would leave no room for anything else.
fn spread(found: Vec<Candidate>) -> Vec<Candidate> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let (first, rest): (Vec<Candidate>, Vec<Candidate>) = found.into_iter().partition(|one| {
        let n_before = seen.entry(series(&one.label)).or_default();
        *n_before += 1;
        *n_before <= MAX_OF_SERIES
    });
    first.into_iter().chain(rest).collect()
}

/// A label without its numbers, and without a single letter at its end.
fn series(label: &str) -> String {
    let words = label.split(' ').map(|word| word.trim_matches(char::is_numeric));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    match words.split_last() {
        Some((last, before)) if last.chars().count() == 1 && !before.is_empty() => before.join(" "),
        _ => words.join(" "),
    }
}

/// Reads the resources of a label.
fn complete(
    cards: &Cards,
    typed: &Typed,
    candidate: &Candidate,
) -> Result<Option<Completion>, IndexError> {
    let mut resources = Vec::new();
    let mut label = None;
    for address in &candidate.best {
        let card: Card = cards.stored(*address)?;
        let framework = card.framework.as_ref().filter(|_| card.as_framework().is_none());
        label.get_or_insert_with(|| card.label());
        resources.push(Completed {
            key: card.key().clone(),
            id: card.resource.identity().subject.clone(),
            kind: card.resource.kind(),
            code: card.resource.code().map(str::to_owned),
            framework: framework.and_then(|framework| framework.title.clone()),
        });
    }
    let count = candidate.count;
    Ok(label.map(|label| Completion { spans: typed.spans(&label), label, resources, count }))
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use tempfile::TempDir;

    use super::{AutocompleteQuery, Completion, autocomplete};
    use crate::reader::Reader;
    use crate::search::error::{QueryError, SearchError};
    use crate::search::filter::Filters;
    use crate::search::shelf::cards;
    use crate::verify::sample::{import, key, package};

    /// Labels of words with hyphens and apostrophes, and codes that begin as labels do.
    static HYPHENS: LazyLock<(TempDir, Reader)> = LazyLock::new(|| {
        let dir = tempfile::tempdir().unwrap();
        let items = [
            (0x11, "HSN-RN.1", "Apply problem-solving strategies"),
            (0x12, "HSN-RN.2", "Write an e-mail"),
            (0x13, "HSN-Q.1", "The life of O’Brien"),
            (0x14, "3.X", "Divide multi-digit numbers"),
            (0x15, "3.Y", "Add two-digit numbers"),
            (0x16, "R.1.11", "Reason"),
            (0x17, "R.1.1", "Reason"),
            (0x18, "R.1.12", "Argue"),
            (0x19, "Write", "Letters"),
            (0x1a, "Z.1", "Write a poem"),
            (0x1b, "Z.2", "Write a story"),
            (0x1c, "Read", "Read aloud"),
            (0x1d, "Z.3", "Read aloud"),
            (0x1e, "Z.4", "Reader"),
        ];
        import(dir.path(), 1, &[("a", package(1, "Hyphens", &items))]);
        let reader = Reader::open(dir.path()).unwrap();
        (dir, reader)
    });

    fn hyphens(text: &str, limit: usize) -> Vec<Completion> {
        autocomplete(HYPHENS.1.cards(), &AutocompleteQuery { limit, ..ask(text) }).unwrap()
    }

    fn ask(text: &str) -> AutocompleteQuery {
        let filters = Filters { as_of: Some("2026-01-01".to_owned()), ..Filters::default() };
        AutocompleteQuery { text: text.to_owned(), filters, limit: 10 }
    }

    fn complete(text: &str) -> Vec<Completion> {
        autocomplete(cards(), &ask(text)).unwrap()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let labels: Vec<String> = complete(text).into_iter().map(|found| found.label).collect();
        assert_eq!(labels, expected, "{text}");
    }

    #[test]
    fn labels_are_completed_from_their_beginnings() {
        check("co", &["Count to one hundred", "Cooking", "Bachelor of Cooking"]);
        check("COUNT  to", &["Count to one hundred"]);
        check("cooking", &["Cooking", "Bachelor of Cooking"]);
        check("hundred cou", &["Count to one hundred"]);
        check("xyzzy", &[]);
    }

    #[test]
    fn codes_are_completed_too() {
        check("k.cc", &["Count to one hundred"]);
        check(
            "3.oa",
            &["Interpret products", "[DEPRECATED] Interpret quotients", "Divide by nothing"],
        );
        let found = complete("3.NF");
        assert_eq!(found[0].label, "Add fractions");
        assert_eq!((found[0].spans.len(), found[0].count), (0, 1));
        assert_eq!(found[0].resources[0].code.as_deref(), Some("3.NF.1"));
        assert_eq!(found[0].resources[0].framework.as_deref(), Some("Arithmetic"));
    }

    #[test]
    fn words_of_several_parts_are_completed_inside_a_label() {
        for (text, label) in [
            ("problem-solving", "Apply problem-solving strategies"),
            ("problem-sol", "Apply problem-solving strategies"),
            ("e-mail", "Write an e-mail"),
            ("e-mai", "Write an e-mail"),
            ("O'Brien", "The life of O’Brien"),
            ("o’bri", "The life of O’Brien"),
            ("multi-digit", "Divide multi-digit numbers"),
            ("two-digit num", "Add two-digit numbers"),
        ] {
            let found = hyphens(text, 10);
            let labels: Vec<&str> = found.iter().map(|found| found.label.as_str()).collect();
            assert_eq!(labels, [label], "{text}");
            assert!(!found[0].spans.is_empty(), "{text}");
        }
    }

    #[test]
    fn a_code_that_is_typed_in_full_comes_first() {
        let labels = |text: &str, limit| -> Vec<String> {
            hyphens(text, limit).into_iter().map(|found| found.label).collect()
        };
        assert_eq!(labels("write", 1), ["Letters"]);
        assert_eq!(labels("write", 3), ["Letters", "Write a poem", "Write a story"]);
        // The label begins so as well.
        assert_eq!(labels("read", 1), ["Read aloud"]);
        assert_eq!(hyphens("read", 1)[0].resources[0].code.as_deref(), Some("Read"));
    }

    #[test]
    fn a_label_of_several_codes_stands_where_the_nearest_does() {
        let found = hyphens("r.1.1", 10);
        assert_eq!(found[0].label, "Reason");
        let codes = found[0].resources.iter().map(|resource| resource.code.as_deref());
        assert_eq!(codes.collect::<Vec<_>>(), [Some("R.1.1"), Some("R.1.11")]);
    }

    #[test]
    fn a_code_goes_on_behind_its_separator() {
        for text in ["HSN", "HSN-", "hsn.", "HSN–"] {
            assert_eq!(hyphens(text, 10).len(), 3, "{text}");
        }
        assert_eq!(hyphens("HSN-RN.", 10).len(), 2);
        check("K.CC-", &["Count to one hundred"]);
    }

    #[test]
    fn one_label_of_several_resources_is_one_completion() {
        let found = complete("arith");
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].count, found[0].resources.len()), (2, 2));
        assert_eq!((found[0].spans[0].from, found[0].spans[0].to), (0, 5));
        let only = Filters { frameworks: vec![key(1)], ..Filters::default() };
        let found = autocomplete(cards(), &AutocompleteQuery { filters: only, ..ask("arith") });
        assert_eq!(found.unwrap()[0].count, 1);
    }

    #[test]
    fn nothing_completes_nothing_and_too_much_is_refused() {
        check("", &[]);
        check(" … ", &[]);
        let long = autocomplete(cards(), &ask(&"é".repeat(4_001)));
        assert!(matches!(long, Err(SearchError::Query(QueryError::TextTooLong { .. }))));
        check(&"é".repeat(4_000), &[]);
    }
}
