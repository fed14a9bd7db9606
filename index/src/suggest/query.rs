//! A text whose competencies are looked for, and what it may be about.

use ontology::plain;
use tantivy::Term;

use crate::cards::Cards;
use crate::document::texts::label_key;
use crate::error::IndexError;
use crate::search::{Filters, QueryError, SearchError};
use crate::suggest::candidate::Search;
use crate::suggest::scope::Scope;
use crate::suggest::suggestion::Suggested;
use crate::suggest::text::Text;
use crate::vocabulary::place;

/// The most characters of a text.
pub const MAX_TEXT: usize = 10_000;

/// The most suggestions that are given at once.
pub const MAX_SUGGESTIONS: usize = 100;

/// A text whose competencies are looked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SuggestQuery {
    /// The text: a description of a course, a job, a lesson. Markup in it is no word.
    pub text: String,
    /// What may be suggested; where no kind is named: competencies; where no status is named: what is neither withdrawn nor deprecated.
    pub filters: Filters,
    /// The language of the text as a [BCP 47](https://www.rfc-editor.org/info/bcp47) tag; detected where none is named.
    pub language: Option<String>,
    /// The lowest score that is given, from 0 to 1.
    pub threshold: f32,
    /// The most suggestions to give.
    pub limit: usize,
}

impl SuggestQuery {
    fn check(&self) -> Result<(), QueryError> {
        let n_chars = self.text.chars().count();
        if n_chars > MAX_TEXT {
            return Err(QueryError::TextTooLong { found: n_chars, max: MAX_TEXT });
        }
        if self.limit > MAX_SUGGESTIONS {
            return Err(QueryError::PageTooLarge { found: self.limit, max: MAX_SUGGESTIONS });
        }
        Ok(())
    }
}

/// Suggests the competencies of a text, the likeliest first. Copies of a competency and its twin are one suggestion.
///
/// A text of more than 60 words is judged passage by passage: what is suggested is meant by one of them.
///
/// # Errors
/// [`SearchError::Query`] for a question beyond the limits.
pub fn suggest(cards: &Cards, query: &SuggestQuery) -> Result<Vec<Suggested>, SearchError> {
    query.check()?;
    let vocabulary = cards.vocabulary()?;
    let is_known = |stem: &str| vocabulary.names_with_stem(place(stem)) > 0.0;
    let text = Text::of(&query.text, query.language.as_deref(), is_known);
    if text.words.is_empty() || query.limit == 0 {
        return Ok(Vec::new());
    }
    // What is a whole statement is judged as one, also where it is a long one.
    let text = if is_label(cards, &query.text)? { text.undivided() } else { text };
    let scope = Scope::of(cards, &query.filters);
    let mut search = Search::new(cards, &text)?;
    for part in text.parts() {
        search.look_at(part, &scope)?;
    }
    Ok(search.suggestions(query.threshold, query.limit)?)
}

/// Tells whether something is called so, or states just this.
fn is_label(cards: &Cards, text: &str) -> Result<bool, IndexError> {
    let term = Term::from_field_u64(cards.fields().label_key, label_key(&plain(text)));
    Ok(cards.searcher().doc_freq(&term)? > 0)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::LazyLock;

    use proptest::prelude::*;
    use serde_json::json;
    use tempfile::TempDir;

    use super::{MAX_SUGGESTIONS, MAX_TEXT, SuggestQuery, suggest};
    use crate::cards::Cards;
    use crate::search::{Filters, QueryError, SearchError};
    use crate::suggest::sample::{framework, index, withdrawn};
    use crate::suggest::suggestion::Suggested;
    use crate::verify::sample::{guid, key};

    /// The same competency as item 0x13, in the other standard.
    fn twin() -> Vec<u8> {
        let id = format!("https://credentialengineregistry.org/resources/ce-{}", guid(0x13));
        let node = json!({
            "@id": id, "@type": "ceasn:Competency", "ceterms:ctid": format!("ce-{}", guid(0x13)),
            "ceasn:competencyText": { "en": "Create spreadsheets" },
        });
        let graph = json!({
            "@context": "https://credreg.net/ctdlasn/schema/context/json",
            "@id": id.replace("resources", "graph"), "@graph": [node],
        });
        serde_json::to_vec(&graph).unwrap()
    }

    static SHELF: LazyLock<(TempDir, Cards)> = LazyLock::new(|| {
        let dir = tempfile::tempdir().unwrap();
        let said = |items: &[(u32, &str)]| -> Vec<(u32, String)> {
            items.iter().map(|(n, text)| (*n, (*text).to_owned())).collect()
        };
        let office = said(&[
            (0x11, "manage musical staff"),
            (0x12, "supervise correctional procedures"),
            (0x13, "create spreadsheets"),
            (0x14, "weld metal parts"),
        ]);
        let workshop = said(&[(0x21, "Metall schweißen"), (0x22, "Häuser bauen")]);
        let quality = said(&[(0x31, "品質管理"), (0x32, "プログラミング")]);
        let copy = said(&[(0x14, "weld metal parts"), (0x41, "repair bicycles")]);
        let documents = [
            framework(1, "Office", "en", &office),
            framework(2, "Werkstatt", "de", &workshop),
            framework(3, "品質", "ja", &quality),
            framework(4, "Workshop", "en", &copy),
            twin(),
            withdrawn(&framework(5, "Old", "en", &said(&[(0x51, "create large spreadsheets")]))),
        ];
        let cards = index(dir.path(), &documents);
        (dir, cards)
    });

    fn ask(query: &SuggestQuery) -> Vec<Suggested> {
        suggest(&SHELF.1, query).unwrap()
    }

    fn about(text: &str, language: &str) -> SuggestQuery {
        let language = Some(language.to_owned());
        SuggestQuery { text: text.into(), language, limit: 10, ..SuggestQuery::default() }
    }

    /// The words that speak for a suggestion, cut out of the text as it was given.
    fn words(text: &str, suggested: &Suggested) -> Vec<String> {
        let cut = |span: &crate::search::Span| {
            text.chars().skip(span.from).take(span.to - span.from).collect::<String>()
        };
        suggested.evidence.iter().map(cut).collect()
    }

    #[track_caller]
    fn check(text: &str, language: &str, expected: u32, evidence: &[&str]) {
        let found = ask(&about(text, language));
        assert_eq!(found[0].card.key(), &key(expected), "{text}");
        assert_eq!(words(text, &found[0]), evidence, "{text}");
    }

    #[test]
    fn what_a_text_is_about_comes_first_with_the_words_that_say_so() {
        check(
            "You will be managing the staff of a musical.",
            "en",
            0x11,
            &["managing", "staff", "musical"],
        );
        check(
            "😀 Sie müssen <b class=\"ö\">Metall</b> schweissen &amp; mehr",
            "de",
            0x21,
            &["Metall", "schweissen"],
        );
        let text = "工場での品質管理の経験";
        let found = ask(&about(text, "ja"));
        assert_eq!(found[0].card.key(), &key(0x31));
        assert_eq!(words(text, &found[0]).concat(), "品質管理");
    }

    #[test]
    fn a_score_is_one_only_where_the_text_is_the_name_and_nothing_else() {
        let found = ask(&about("Create  SPREADSHEETS!", "en"));
        assert!((found[0].score - 1.0).abs() < f32::EPSILON);
        assert!(found.iter().skip(1).all(|other| other.score < 1.0));
        let found = ask(&about("Create spreadsheets and mail them", "en"));
        assert!(found[0].score > 0.2 && found[0].score < 1.0, "{}", found[0].score);
        assert!(
            (found[0].lanes["words"] - 1.0).abs() < f32::EPSILON
                && found[0].lanes.contains_key("label")
        );
    }

    #[test]
    fn no_suggestion_lies_below_the_threshold_and_none_is_withdrawn() {
        let query = about("We create large spreadsheets, weld metal and manage staff", "en");
        let all = ask(&query);
        assert!(all.len() >= 3 && all.iter().all(|one| !one.card.withdrawn));
        assert!(all.is_sorted_by(|a, b| a.score >= b.score));
        let middle = all[1].score;
        let fewer = ask(&SuggestQuery { threshold: middle, ..query.clone() });
        assert_eq!(fewer, all[..2]);
        assert_eq!(ask(&SuggestQuery { threshold: 1.0, ..query.clone() }), []);
        assert_eq!(ask(&SuggestQuery { limit: 1, ..query.clone() }), all[..1]);
        let statuses = vec!["withdrawn".to_owned()];
        let filters = Filters { statuses, ..Filters::default() };
        assert!(ask(&SuggestQuery { filters, ..query }).iter().any(|one| one.card.withdrawn));
    }

    #[test]
    fn filters_let_pass_only_what_they_name() {
        let filters = Filters { frameworks: vec![key(4)], ..Filters::default() };
        let query = SuggestQuery { filters, ..about("weld metal, manage musical staff", "en") };
        let found = ask(&query);
        assert!(found.iter().all(|one| one.card.framework.as_ref().unwrap().key == key(4)));
        assert_eq!(found[0].card.key(), &key(0x14));
    }

    #[test]
    fn copies_and_twins_are_one_suggestion() {
        let found = ask(&about("create spreadsheets and weld metal parts", "en"));
        let of = |n: u32| found.iter().filter(|one| one.card.key() == &key(n)).collect::<Vec<_>>();
        assert_eq!(of(0x14).len(), 1);
        let ctid = format!("ctid:ce-{}", guid(0x13));
        let is_sheet =
            |one: &&Suggested| one.card.key() == &key(0x13) || one.card.key().as_str() == ctid;
        let sheets: Vec<_> = found.iter().filter(is_sheet).collect();
        let [one] = sheets.as_slice() else { panic!("{} suggestions", sheets.len()) };
        assert_eq!(one.twins.len(), 1);
        assert_ne!(&one.twins[0], one.card.key());
    }

    #[test]
    fn what_has_no_known_word_is_about_nothing() {
        for text in ["", "   ", "<p></p>", "…!?"] {
            assert_eq!(ask(&about(text, "en")), [], "{text}");
        }
        assert!(ask(&about("xyzzy qqq", "en")).iter().all(|one| one.score < 0.2));
        assert_eq!(ask(&SuggestQuery { limit: 0, ..about("weld metal", "en") }), []);
    }

    #[test]
    fn a_long_text_is_about_what_its_sentences_are_about() {
        let filler = "The weather was fine and the train left on time as it often does in these days of spring. ";
        let text = format!(
            "{}You weld parts of metal. {}You manage staff in musical theatres. {}",
            filler.repeat(10),
            filler.repeat(10),
            filler.repeat(5)
        );
        let found = ask(&about(&text, "en"));
        let first: Vec<_> = found.iter().take(2).map(|one| one.card.key().clone()).collect();
        assert!(first.contains(&key(0x14)) && first.contains(&key(0x11)), "{first:?}");
        let metal = found.iter().find(|one| one.card.key() == &key(0x14)).unwrap();
        assert_eq!(words(&text, metal), ["weld", "parts", "metal"]);
        let endless = "weld ".repeat(MAX_TEXT / 5);
        assert_eq!(ask(&about(&endless, "en"))[0].card.key(), &key(0x14));
    }

    #[test]
    fn a_text_beyond_the_limits_is_the_callers_fault() {
        let refuse = |query: SuggestQuery| match suggest(&SHELF.1, &query) {
            Err(SearchError::Query(error)) => error,
            other => panic!("{other:?}"),
        };
        let long = about(&"é".repeat(MAX_TEXT + 1), "en");
        assert_eq!(refuse(long), QueryError::TextTooLong { found: MAX_TEXT + 1, max: MAX_TEXT });
        let many = SuggestQuery { limit: MAX_SUGGESTIONS + 1, ..about("x", "en") };
        assert_eq!(refuse(many), QueryError::PageTooLarge { found: 101, max: MAX_SUGGESTIONS });
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn evidence_lies_in_the_text_from_left_to_right(
            text in "(\\PC{0,40}|[<>&;#/a.]{0,9}|spreadsheets |品質管理|ß😀|metal\\. ){0,60}",
        ) {
            let n_chars = text.chars().count();
            let query = SuggestQuery { text, limit: MAX_SUGGESTIONS, ..SuggestQuery::default() };
            for one in ask(&query) {
                prop_assert!((0.0..=1.0).contains(&one.score));
                prop_assert!(one.lanes.values().all(|gave| (0.0..=1.0).contains(gave)));
                prop_assert!(one.evidence.iter().all(|span| span.from < span.to && span.to <= n_chars));
                prop_assert!(one.evidence.is_sorted_by(|a, b| a.to <= b.from));
            }
        }
    }

    #[test]
    fn every_lane_is_told_by_its_name() {
        let found = ask(&about("weld metal parts", "en"));
        let lanes: &BTreeMap<&str, f32> = &found[0].lanes;
        assert_eq!(lanes.keys().copied().collect::<Vec<_>>(), ["grams", "label", "words"]);
    }
}
