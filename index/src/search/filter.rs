//! Filters: which resources may be found at all.

use ontology::{CanonicalKey, Kind, compact_term};
use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::query::{AllQuery, BooleanQuery, EmptyQuery, Occur, Query};
use tantivy::schema::Field;
use tantivy::{DocId, SegmentReader};

use crate::cards::Cards;
use crate::document::values::{day_number, primary_subtag};
use crate::language::fold_label;
use crate::level::levels;
use crate::schema::sort;
use crate::search::aligned::AlignedColumn;
use crate::search::facet::Facet;
use crate::search::state::{STATES, StateColumns};
use crate::term::{hash, word};

/// What may be found. Values of one filter are alternatives; different filters must all be met; an empty one lets everything pass.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Resources of these kinds.
    pub kinds: Vec<Kind>,
    /// Resources of these classes of CTDL (`ceterms:Degree`), or of classes below them.
    pub classes: Vec<String>,
    /// Resources of these frameworks, and the frameworks themselves.
    pub frameworks: Vec<CanonicalKey>,
    /// Resources whose framework, or which themselves, are published by these.
    pub publishers: Vec<String>,
    /// Resources of these sources.
    pub sources: Vec<String>,
    /// Resources of these subjects.
    pub subjects: Vec<String>,
    /// Resources for these education levels, as people write them (`K`, `KG`, `3`, `9-12`, `Undergraduate`).
    pub levels: Vec<String>,
    /// Resources in these languages, by [BCP 47](https://www.rfc-editor.org/info/bcp47) tag; the primary subtag decides.
    pub languages: Vec<String>,
    /// Resources of these states: `current`, `deprecated`, `withdrawn`, `provisional`.
    pub statuses: Vec<String>,
    /// Resources under these licences.
    pub licenses: Vec<String>,
    /// Only what has an alignment that leads out of its hierarchy, or only what has none.
    pub aligned: Option<bool>,
    /// Resources that hold in these places.
    pub jurisdictions: Vec<String>,
    /// The day (`YYYY-MM-DD`) on which what has ended counts as deprecated; without one no date counts. It filters nothing by itself.
    pub as_of: Option<String>,
}

impl Filters {
    /// The queries that must all be met; the filter of one facet may be left out, so that its other values can be counted.
    ///
    /// A value that nothing has is no mistake: it lets nothing pass.
    pub(crate) fn queries(&self, cards: &Cards, except: Option<Facet>) -> Vec<Box<dyn Query>> {
        let fields = cards.fields();
        let mut all = vec![word(fields.sort, sort::RESOURCE)];
        if !cards.shows_provisional() {
            all.push(but_not(word(fields.status, "provisional")));
        }
        for facet in Facet::ALL.into_iter().filter(|facet| except != Some(*facet)) {
            all.extend(self.query(cards, facet));
        }
        all
    }

    /// Tells whether the filter of a facet lets only some pass.
    pub(super) fn has(&self, facet: Facet) -> bool {
        match facet {
            Facet::Kind => !self.kinds.is_empty(),
            Facet::Framework => !self.frameworks.is_empty(),
            Facet::Aligned => self.aligned.is_some(),
            _ => !self.words(facet).is_empty(),
        }
    }

    /// The values of the filters that are words.
    fn words(&self, facet: Facet) -> &[String] {
        match facet {
            Facet::Class => &self.classes,
            Facet::Publisher => &self.publishers,
            Facet::Source => &self.sources,
            Facet::Subject => &self.subjects,
            Facet::Level => &self.levels,
            Facet::Language => &self.languages,
            Facet::Status => &self.statuses,
            Facet::License => &self.licenses,
            Facet::Jurisdiction => &self.jurisdictions,
            Facet::Kind | Facet::Framework | Facet::Aligned => &[],
        }
    }

    /// The query of one filter, where it has values.
    fn query(&self, cards: &Cards, facet: Facet) -> Option<Box<dyn Query>> {
        let fields = cards.fields();
        let folded = |value: &String| vec![fold_label(value)];
        let (field, values): (Field, Vec<String>) = match facet {
            Facet::Aligned => return self.aligned.map(|wanted| aligned(cards, wanted)),
            Facet::Status => return self.status(),
            Facet::Framework => {
                return any(self.frameworks.iter().map(|key| hash(fields.framework_key, key)));
            }
            Facet::Kind => {
                (fields.kind, self.kinds.iter().map(|kind| kind.as_str().to_owned()).collect())
            }
            Facet::Class => {
                (fields.class, self.classes.iter().map(|class| class_of(class)).collect())
            }
            Facet::Publisher => {
                (fields.publisher, self.publishers.iter().flat_map(folded).collect())
            }
            Facet::Source => (fields.source, self.sources.clone()),
            Facet::Subject => (fields.subject, self.subjects.iter().flat_map(folded).collect()),
            Facet::Level => {
                let levels = self.levels.iter().flat_map(|level| levels(level));
                (fields.level, levels.map(|level| fold_label(&level)).collect())
            }
            Facet::Language => {
                (fields.language, self.languages.iter().map(|tag| primary_subtag(tag)).collect())
            }
            Facet::License => (fields.license, self.licenses.iter().flat_map(folded).collect()),
            Facet::Jurisdiction => {
                (fields.jurisdiction, self.jurisdictions.iter().flat_map(folded).collect())
            }
        };
        if !self.has(facet) {
            return None;
        }
        Some(any(values.iter().map(|value| word(field, value))).unwrap_or(Box::new(EmptyQuery)))
    }

    /// Lets only some states pass.
    fn status(&self) -> Option<Box<dyn Query>> {
        if self.statuses.is_empty() {
            return None;
        }
        let wanted = STATES.map(|state| self.statuses.iter().any(|held| held == state));
        let today = self.as_of.as_deref().and_then(day_number);
        let predicate = FunctionPredicate::from(move |segment: &SegmentReader| {
            let states = StateColumns::open(segment, today)?;
            let is_wanted = move |document: DocId| {
                wanted.get(usize::from(states.of(document))).copied().unwrap_or(false)
            };
            Ok(is_wanted)
        });
        Some(Box::new(DocPredicateQuery::from(predicate)))
    }
}

/// Lets pass what is at one end of an alignment, or what is at none.
fn aligned(cards: &Cards, wanted: bool) -> Box<dyn Query> {
    let cards = cards.clone();
    let predicate = FunctionPredicate::from(move |segment: &SegmentReader| {
        let is_aligned = AlignedColumn::open(segment, &cards)?;
        Ok(move |document: DocId| is_aligned.of(document) == wanted)
    });
    Box::new(DocPredicateQuery::from(predicate))
}

/// A class as it is indexed: compact, and of CTDL where no vocabulary is named.
fn class_of(written: &str) -> String {
    let written = written.trim();
    if !written.contains(':') {
        return format!("ceterms:{written}");
    }
    compact_term(written).unwrap_or_else(|| written.to_owned())
}

fn any(ways: impl Iterator<Item = Box<dyn Query>>) -> Option<Box<dyn Query>> {
    let ways: Vec<Box<dyn Query>> = ways.collect();
    if ways.is_empty() {
        return None;
    }
    Some(Box::new(BooleanQuery::union(ways)))
}

fn but_not(query: Box<dyn Query>) -> Box<dyn Query> {
    let all: Box<dyn Query> = Box::new(AllQuery);
    Box::new(BooleanQuery::new(vec![(Occur::Must, all), (Occur::MustNot, query)]))
}

#[cfg(test)]
mod tests {
    use super::Filters;
    use crate::search::order::Order;
    use crate::search::query::{SearchQuery, search};
    use crate::search::shelf::cards;

    #[track_caller]
    fn check(filters: Filters, expected: &[&str]) {
        let as_of = Some("2026-01-01".to_owned());
        let order = Order::Title;
        let query = SearchQuery { filters, order, as_of, ..SearchQuery::new("") };
        let found = search(cards(), &query).unwrap();
        let labels: Vec<String> = found.hits.iter().map(|hit| hit.card.label()).collect();
        assert_eq!(labels, expected, "{:?}", query.filters);
        assert_eq!(found.total, expected.len());
    }

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn a_level_is_met_by_what_covers_it_on_either_side() {
        let of = |levels: &[&str]| Filters { levels: words(levels), ..Filters::default() };
        check(of(&["4"]), &["Add fractions"]);
        check(of(&["Grade 3"]), &["Add fractions", "Interpret products"]);
        check(of(&["5-12"]), &["Add fractions"]);
        for kindergarten in ["K", "KG", "00", "kindergarten"] {
            check(of(&[kindergarten]), &["Count to one hundred"]);
        }
        check(of(&["PK-K"]), &["Count to one hundred"]);
        for bachelor in ["BA", "audLevel:BachelorsDegreeLevel", "bachelor's degree"] {
            check(of(&[bachelor]), &["Bachelor of Cooking"]);
        }
        check(of(&["11"]), &[]);
        check(of(&["no such level"]), &[]);
    }

    #[test]
    fn what_is_at_an_end_of_an_alignment_is_aligned_whoever_states_it() {
        let of = |aligned| Filters {
            kinds: vec![ontology::Kind::Competency],
            aligned: Some(aligned),
            ..Filters::default()
        };
        check(of(true), &["Add fractions", "Halve a recipe"]);
        let others = [
            "Count to one hundred",
            "[DEPRECATED] Interpret quotients",
            "Divide by nothing",
            "Interpret products",
        ];
        check(of(false), &others);
    }

    #[test]
    fn classes_are_named_with_or_without_their_vocabulary() {
        assert_eq!(super::class_of("Degree"), "ceterms:Degree");
        let of = |class: &str| Filters { classes: words(&[class]), ..Filters::default() };
        for class in ["ceterms:Degree", "Degree", "https://purl.org/ctdl/terms/BachelorDegree"] {
            check(of(class), &["Bachelor of Cooking"]);
        }
        check(of("ceterms:Credential"), &["Arithmetic", "Bachelor of Cooking"]);
        check(of("ceterms:Nothing"), &[]);
    }

    #[test]
    fn values_are_met_however_they_are_spelled() {
        let all = Filters::default();
        check(
            Filters {
                publishers: words(&["STATE of knots"]),
                statuses: words(&["current"]),
                ..all.clone()
            },
            &["Add fractions", "Arithmetic", "Count to one hundred"],
        );
        check(
            Filters { jurisdictions: words(&["knotland"]), ..all.clone() },
            &["Bachelor of Cooking"],
        );
        check(
            Filters {
                languages: words(&["EN-gb"]),
                subjects: words(&["mathematics"]),
                ..all.clone()
            },
            &[
                "Add fractions",
                "Arithmetic",
                "Bachelor of Cooking",
                "Count to one hundred",
                "Interpret products",
            ],
        );
        check(Filters { sources: words(&["nowhere"]), ..all }, &[]);
    }

    #[test]
    fn states_are_those_of_the_day() {
        let of = |state: &str| Filters { statuses: words(&[state]), ..Filters::default() };
        check(of("withdrawn"), &["Divide by nothing"]);
        let out_of_use = [
            "Add fractions",
            "Bachelor of Cooking",
            "Cooking",
            "[DEPRECATED] Interpret quotients",
            "Halve a recipe",
            "Interpret products",
        ];
        check(of("deprecated"), &out_of_use);
        let filters = of("deprecated");
        let early =
            SearchQuery { as_of: Some("2019-01-01".to_owned()), filters, ..SearchQuery::new("") };
        assert_eq!(search(cards(), &early).unwrap().total, 5);
        check(of("provisional"), &[]);
    }
}
