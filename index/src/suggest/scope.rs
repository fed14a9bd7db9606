//! What may be suggested at all: the filters, and what still is in use.

use ontology::{CanonicalKey, Kind};
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query};

use crate::cards::Cards;
use crate::search::Filters;
use crate::term::{hash, word};

/// One part of a query and how it counts.
type Clause = (Occur, Box<dyn Query>);

/// What may be found, ready to be held against any question.
pub(crate) struct Scope {
    clauses: Vec<Clause>,
}

impl Scope {
    /// Lets pass what the filters let pass. Where they name no kind, competencies; where they name no status, what is in use on
    /// the day of the question.
    pub(crate) fn of(cards: &Cards, filters: &Filters) -> Self {
        let fields = cards.fields();
        let mut filters = filters.clone();
        if filters.kinds.is_empty() {
            filters.kinds = vec![Kind::Competency];
        }
        if filters.statuses.is_empty() {
            filters.statuses = ["current", "provisional"].map(str::to_owned).to_vec();
        }
        let own = filters.queries(cards, None).into_iter();
        let mut clauses: Vec<_> = own.map(|query| (Occur::Must, silent(query))).collect();
        if !cards.shows_provisional() {
            clauses.push((Occur::MustNot, word(fields.status, "provisional")));
        }
        Self { clauses }
    }

    /// Leaves out what belongs to a framework.
    pub(crate) fn outside(mut self, cards: &Cards, framework: &CanonicalKey) -> Self {
        self.clauses.push((Occur::MustNot, hash(cards.fields().framework_key, framework)));
        self
    }

    /// Asks for what answers a question and may be found; the question alone gives the score.
    pub(crate) fn ask(&self, question: Box<dyn Query>) -> BooleanQuery {
        let mut clauses = vec![(Occur::Must, question)];
        clauses.extend(self.clauses.iter().map(|(occur, query)| (*occur, query.box_clone())));
        BooleanQuery::new(clauses)
    }
}

/// Lets a query decide and not weigh.
fn silent(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
