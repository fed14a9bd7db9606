//! The order of what is found.
//!
//! Hits come in [tiers](crate::search::tier). Inside one, what is in use comes before what is deprecated, and that before what is
//! withdrawn; then what stands in its own framework before copies of it elsewhere; then the better score; and last the key, so that the
//! order is always the same. Copies and twins are one hit, at the best place that any of them has: the one that stands there is shown.

use std::sync::Arc;

use ontology::identify;
use tantivy::DocAddress;
use tantivy::query::{BooleanQuery, EmptyQuery, Occur, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Term};

use crate::card::Card;
use crate::cards::Cards;
use crate::copies::choose;
use crate::error::IndexError;
use crate::search::column::Columns;
use crate::search::explanation::Explainer;
use crate::search::groups::{Best, Found, Groups, Seen, sorted};
use crate::search::place::Place;
use crate::search::query::{Correction, Hit, SearchQuery};
use crate::search::question::Question;
use crate::search::reading::Reading;
use crate::search::terms::Terms;
use crate::search::tier::{Tier, silent, tiers};
use crate::term::word;

/// A hit with its place.
pub(super) type Placed = (Place, Hit);

/// A question, ready to be asked.
pub(super) struct Ranking<'a> {
    cards: &'a Cards,
    query: &'a SearchQuery,
    /// The day of the question, as `yyyymmdd`.
    as_of: Option<u64>,
    is_browsing: bool,
    tiers: Vec<Tier>,
    terms: Terms,
    corrections: Vec<Correction>,
}

impl<'a> Ranking<'a> {
    /// Understands a question.
    pub(super) fn of(cards: &'a Cards, query: &'a SearchQuery) -> Result<Self, IndexError> {
        let question = Question::of(&query.text, query.language.as_deref());
        let reading = Reading::of(cards, &question)?;
        Ok(Self {
            cards,
            query,
            as_of: query.as_of.as_deref().and_then(day),
            is_browsing: question.is_everything,
            tiers: tiers(cards, &question, &reading)?,
            terms: Terms::of(&question, &reading),
            corrections: reading.corrections(),
        })
    }

    /// Whether everything is asked for, so that no place says anything about a hit.
    pub(super) fn is_browsing(&self) -> bool {
        self.is_browsing
    }

    /// Asks for all that is found in any way, whatever the filters say.
    pub(super) fn matching(&self) -> Box<dyn Query> {
        if self.tiers.is_empty() {
            return Box::new(EmptyQuery);
        }
        let tiers = self.tiers.iter().map(|tier| -> Box<dyn Query> { Box::new(tier.query()) });
        Box::new(BooleanQuery::union(tiers.collect()))
    }

    /// The words to show as met.
    pub(super) fn terms(&self) -> &Terms {
        &self.terms
    }

    /// What was looked for instead of words that no text has.
    pub(super) fn corrections(&self) -> &[Correction] {
        &self.corrections
    }

    /// Counts the hits of all pages.
    pub(super) fn total(&self) -> Result<usize, IndexError> {
        Ok(self.groups(self.matching(), None)?.len())
    }

    /// Gives the hits of the page, each with its place. It begins behind a place where one is given; the offset counts from there.
    pub(super) fn page(&self, after: Option<&Place>) -> Result<Vec<Placed>, IndexError> {
        let found = self.places(after, self.query.offset + self.query.limit)?;
        let page = found.into_iter().skip(self.query.offset).take(self.query.limit);
        let mut hits = Vec::new();
        for Found { place, address, .. } in page {
            hits.extend(self.hit(address, &place)?.map(|hit| (place, address, hit)));
        }
        if self.query.explain {
            for tier in &self.tiers {
                let explainer = Explainer::of(self.cards, tier)?;
                let its = hits.iter_mut().filter(|(place, ..)| place.tier == tier.number);
                for (_, address, hit) in its {
                    hit.explanation = Some(explainer.explain(self.cards, *address)?);
                }
            }
        }
        Ok(hits.into_iter().map(|(place, _, hit)| (place, hit)).collect())
    }

    /// Reads the copies of what stands at a place, as far as the filters let them pass, and chooses one; beside it the twins.
    pub(super) fn hit(
        &self,
        address: DocAddress,
        place: &Place,
    ) -> Result<Option<Hit>, IndexError> {
        let segment = self.cards.searcher().segment_reader(address.segment_ord);
        let columns = Columns::of(segment, self.as_of)?;
        let Some(group) = columns.group(address.doc_id) else { return Ok(None) };
        let term = Term::from_field_u64(self.cards.fields().group, group);
        let group = TermQuery::new(term, IndexRecordOption::Basic);
        let held = self.cards.sorted(&self.filtered(Box::new(group)))?;
        let held: Vec<Card> =
            held.into_iter().map(|copy| self.cards.stored(copy)).collect::<Result<_, _>>()?;
        let (copies, mut others): (Vec<Card>, Vec<Card>) =
            held.into_iter().partition(|card| card.key().as_str() == place.key);
        let sibling = identify(&place.key).inferred;
        others.retain(|card| Some(card.key()) == sibling.as_ref());
        let twins = others.first().map(|card| card.key().clone());
        let chosen = choose(copies).into_iter().next();
        Ok(chosen.map(|chosen| Hit {
            score: place.score,
            copies: 1 + chosen.copies.len(),
            card: chosen.card,
            twins: twins.into_iter().collect(),
            highlights: Vec::new(),
            explanation: None,
        }))
    }

    /// Finds the first so many places, behind one where that is given.
    fn places(&self, after: Option<&Place>, wanted: usize) -> Result<Vec<Found>, IndexError> {
        let mut seen: Seen = Arc::new([]);
        let mut found: Vec<Found> = Vec::new();
        for tier in &self.tiers {
            let here = after.filter(|after| after.tier == tier.number);
            let is_before = after.is_some_and(|after| tier.number < after.tier);
            if is_before || here.is_some() {
                seen = joined(&seen, &self.groups(Box::new(tier.query()), here.cloned())?);
            }
            let limit = wanted.saturating_sub(found.len());
            if is_before || limit == 0 {
                continue;
            }
            let best = Best {
                tier: tier.number,
                limit,
                seen: Arc::clone(&seen),
                after: here.cloned(),
                as_of: self.as_of,
            };
            let query = self.filtered(Box::new(tier.query()));
            let more = self.cards.searcher().search(&query, &best)?;
            seen = joined(&seen, &more.iter().map(|found| found.group).collect::<Vec<_>>());
            found.extend(more);
        }
        Ok(found)
    }

    /// The groups of what passes the filters, up to a place of a tier.
    fn groups(&self, query: Box<dyn Query>, until: Option<Place>) -> Result<Vec<u64>, IndexError> {
        let groups = Groups { until, as_of: self.as_of };
        Ok(self.cards.searcher().search(&self.filtered(query), &groups)?)
    }

    /// Adds the filters, which have no part in the score.
    fn filtered(&self, query: Box<dyn Query>) -> BooleanQuery {
        let filters = self.query.filters.queries(self.cards, None);
        let filters = filters.into_iter().map(|filter| (Occur::Must, silent(filter)));
        let mut clauses: Vec<_> = std::iter::once((Occur::Must, query)).chain(filters).collect();
        if !self.cards.shows_provisional() {
            let hidden = word(self.cards.fields().status, "provisional");
            clauses.push((Occur::MustNot, silent(hidden)));
        }
        BooleanQuery::new(clauses)
    }
}

fn joined(seen: &[u64], more: &[u64]) -> Seen {
    Arc::from(sorted([seen, more].concat()))
}

/// A date as a number that is larger the later it is; `None` for what is no date.
fn day(date: &str) -> Option<u64> {
    let digits: String = date.chars().filter(char::is_ascii_digit).take(8).collect();
    (digits.len() == 8).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;
    use tempfile::TempDir;

    use super::{Placed, Ranking};
    use crate::reader::Reader;
    use crate::search::explanation::Explanation;
    use crate::search::query::{Correction, SearchQuery};
    use crate::verify::sample::{guid, import, key, package};

    /// A framework whose items are near to each other, one whose title is the code of an item, and one with 40 items that say the same.
    static SHELF: LazyLock<(TempDir, Reader)> = LazyLock::new(|| {
        let dir = tempfile::tempdir().unwrap();
        let knots = [
            (0x11, "K.1", "Knots"),
            (
                0x12,
                "K.1.A",
                "Tie the knots of a sailor, and the knots that hold a rope, with knots of one's own",
            ),
            (0x13, "K.1.B", "Splice ropes"),
            (0x14, "K.10", "Rope handling for welding inspectors"),
            (0x15, "K.2", "Welding"),
            (0x16, "K.2.A", "Inspect a welding seam and the rope that holds it"),
            (0x17, "HS-PS1-2", "To be or not to be"),
            (0x18, "K.1.C", "Form a circle"),
            (0x19, "K.1.D", "Walk over a farm at the shore"),
        ];
        let drills: Vec<(u32, String)> =
            (0x100..0x128).rev().map(|n| (n, format!("Drill.{n}"))).collect();
        let drills: Vec<(u32, &str, &str)> = drills
            .iter()
            .map(|(n, code)| (*n, code.as_str(), "Practise the scales daily"))
            .collect();
        import(
            dir.path(),
            1,
            &[
                ("knots", package(1, "Seamanship", &knots)),
                ("codes", package(2, "K.1.B", &[(0x21, "X.1", "K.1")])),
                ("music", package(3, "Music", &drills)),
            ],
        );
        let reader = Reader::open(dir.path()).unwrap();
        (dir, reader)
    });

    fn ranked(query: &SearchQuery) -> (usize, Vec<Placed>) {
        let ranking = Ranking::of(SHELF.1.cards(), query).unwrap();
        (ranking.total().unwrap(), ranking.page(None).unwrap())
    }

    /// Compares the tiers and the keys of what is found.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, u32)]) {
        let query = SearchQuery { explain: true, limit: 50, ..SearchQuery::new(text) };
        let (total, hits) = ranked(&query);
        let found: Vec<_> = hits
            .iter()
            .map(|(_, hit)| (hit.explanation.as_ref().unwrap().tier, hit.card.key().clone()))
            .collect();
        let expected: Vec<_> = expected.iter().map(|(tier, n)| (*tier, key(*n))).collect();
        assert_eq!(found, expected, "{text}");
        assert_eq!(total, expected.len(), "{text}");
    }

    #[test]
    fn what_is_named_exactly_comes_first() {
        check(&guid(0x13), &[("identifier", 0x13)]);
        check("knots", &[("label", 0x11), ("allWords", 0x12)]);
        check("  WELDING!", &[("label", 0x15), ("allWords", 0x14), ("allWords", 0x16)]);
        // What has the form of a code is one before it is a label, and then the beginning of others.
        check(
            "k.1",
            &[
                ("code", 0x11),
                ("label", 0x21),
                ("codePrefix", 0x12),
                ("codePrefix", 0x13),
                ("codePrefix", 0x18),
                ("codePrefix", 0x19),
                ("codePrefix", 0x14),
                ("allWords", 2),
            ],
        );
        check("hs ps1.2", &[("code", 0x17)]);
    }

    #[test]
    fn a_short_name_comes_before_a_long_text_with_the_words() {
        // What has the word in another form comes behind.
        check(
            "rope",
            &[("allWords", 0x14), ("allWords", 0x16), ("allWords", 0x12), ("allWords", 0x13)],
        );
    }

    #[test]
    fn what_has_all_the_words_comes_before_what_has_some() {
        check(
            "rope inspector welding ",
            &[
                ("allWords", 0x14),
                ("someWords", 0x16),
                ("someWords", 0x15),
                ("someWords", 0x12),
                ("someWords", 0x13),
            ],
        );
        // Stop words are looked for only where there is nothing else.
        check("not to be", &[("allWords", 0x17)]);
        check("the shore of the", &[("allWords", 0x19)]);
    }

    #[test]
    fn a_phrase_has_to_be_met() {
        check("\"welding inspectors\"", &[("allWords", 0x14)]);
        check("\"welding rope\"", &[]);
        check("„hold a rope“ splice", &[("someWords", 0x12)]);
        check("«the shore»", &[("allWords", 0x19)]);
        check("\"weldin\"", &[]);
    }

    #[test]
    fn the_last_word_may_go_on() {
        check("inspect", &[("allWords", 0x16), ("allWords", 0x14)]);
        check("sai", &[("allWords", 0x12)]);
        check("sai ", &[]);
        check(
            "splice ro",
            &[("allWords", 0x13), ("someWords", 0x14), ("someWords", 0x16), ("someWords", 0x12)],
        );
    }

    #[test]
    fn slips_are_mended_where_no_text_has_the_word() {
        let corrections = |text: &str| {
            let query = SearchQuery::new(text);
            Ranking::of(SHELF.1.cards(), &query).unwrap().corrections().to_vec()
        };
        let instead = |word: &str, instead: &[&str]| Correction {
            word: word.to_owned(),
            instead: instead.iter().map(|word| (*word).to_owned()).collect(),
        };
        check("splcie", &[("corrected", 0x13)]);
        assert_eq!(corrections("splcie"), [instead("splcie", &["splice"])]);
        check("inpsecto", &[("corrected", 0x14)]);
        // A word that a text has is only doubted where no text has all of them.
        check("walk form the shore", &[("corrected", 0x19), ("someWords", 0x18)]);
        assert_eq!(corrections("walk form the shore"), []);
        // Quoted words, codes and short words have no slips.
        for text in ["\"splcie\"", "K.9", "HS-PS1-3", "ppe", "xyzzy"] {
            assert_eq!(corrections(text), [], "{text}");
        }
    }

    #[test]
    fn pages_behind_a_place_are_those_of_an_offset() {
        for text in ["scales daily", "scales knots rope ", "", "Drill.2"] {
            let whole = ranked(&SearchQuery { limit: 100, ..SearchQuery::new(text) });
            assert_eq!(whole.0, whole.1.len(), "{text}");
            let mut walked: Vec<Placed> = Vec::new();
            let query = SearchQuery { limit: 7, ..SearchQuery::new(text) };
            let ranking = Ranking::of(SHELF.1.cards(), &query).unwrap();
            loop {
                let page = ranking.page(walked.last().map(|(place, _)| place)).unwrap();
                if page.is_empty() {
                    break;
                }
                walked.extend(page);
            }
            assert_eq!(walked, whole.1, "{text}");
            let query = SearchQuery { limit: 7, offset: 5, ..SearchQuery::new(text) };
            let (_, page) = ranked(&query);
            assert!(whole.1[5..].starts_with(&page), "{text}");
        }
    }

    #[test]
    fn the_parts_of_an_explanation_are_the_score() {
        for text in
            ["rope welding", "knots of a sailor", "splcie ropes", "K.1", "sai", "\"hold a rope\""]
        {
            let query = SearchQuery { explain: true, ..SearchQuery::new(text) };
            let (_, hits) = ranked(&query);
            assert!(!hits.is_empty(), "{text}");
            for (_, hit) in hits {
                let Explanation { parts, .. } = hit.explanation.unwrap();
                let sum: f32 = parts.iter().map(|part| part.score).sum();
                assert!((sum - hit.score).abs() < 0.01, "{text}: {sum} {} {parts:?}", hit.score);
            }
        }
    }

    #[test]
    fn everything_is_found_by_asking_for_nothing() {
        for text in ["", "*"] {
            let query = SearchQuery { explain: true, ..SearchQuery::new(text) };
            let (total, hits) = ranked(&query);
            assert_eq!((total, hits.len()), (53, 20));
            let why = hits[0].1.explanation.as_ref().unwrap();
            assert_eq!((why.tier, why.parts.len()), ("browse", 0));
        }
        assert_eq!(ranked(&SearchQuery::new("?!")), (0, Vec::new()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn any_text_has_an_answer(text in any::<String>(), words in "([“”„«»\"(+*~:.-]|rope |knots|ro|K\\.|1|sailr ){0,60}") {
            for text in [text, words] {
                let query = SearchQuery { explain: true, ..SearchQuery::new(text) };
                let (total, hits) = ranked(&query);
                prop_assert!(hits.len() <= total);
                prop_assert_eq!(hits.len(), total.min(query.limit));
                prop_assert!(hits.is_sorted_by(|(a, _), (b, _)| a.compare(b).is_lt()));
            }
        }
    }
}
