//! One thing that a question asks for, with every way in which a text of the index may have it.
//!
//! A word counts by the field where it counts most, and a little by the others: so a name that is just the word comes before a long
//! text that has it everywhere. How rare a word is, is taken over all fields and all its forms together: a form is worth no more
//! because hardly anybody writes it, nor a field because hardly anything stands in it.

use std::collections::BTreeMap;

use tantivy::query::{
    BooleanQuery, BoostQuery, DisjunctionMaxQuery, EnableScoring, Occur, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Score, TERMINATED, Term};

use crate::cards::Cards;
use crate::error::IndexError;
use crate::schema::{Fields, sort};
use crate::term::word;

/// What the fields count beside the one where a word counts most.
pub(super) const REST: Score = 0.1;

/// One thing that a question asks for.
#[derive(Debug, Clone)]
pub(super) struct Element {
    /// The word or the phrase, as it was asked for.
    pub asked: String,
    /// How it may be met.
    pub ways: Vec<Way>,
}

/// How a text of the index may have what is asked for.
#[derive(Debug)]
pub(super) struct Way {
    /// What is looked for, with its weight.
    pub query: Box<dyn Query>,
    /// What it is in the index.
    pub met: String,
    /// The field.
    pub field: &'static str,
    /// `word`, `exact`, `prefix`, `typo` or `phrase`.
    pub how: &'static str,
}

impl Clone for Way {
    fn clone(&self) -> Self {
        Self { query: self.query.box_clone(), met: self.met.clone(), ..*self }
    }
}

/// A stem that may be met, and how much it is worth beside the word itself.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Form {
    /// The stem.
    pub stem: String,
    /// How it came about.
    pub how: &'static str,
    /// What it is worth: 1 for the word itself.
    pub worth: Score,
}

impl Element {
    /// Asks for what is met best.
    pub(super) fn query(&self) -> Box<dyn Query> {
        let ways = self.ways.iter().map(|way| way.query.box_clone()).collect();
        Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, REST))
    }
}

/// A field of texts, its name and what a word in it is worth.
pub(super) type Weighted = (Field, &'static str, Score);

/// The fields that words are looked for in.
pub(super) fn weights(fields: &Fields) -> [Weighted; 6] {
    [
        (fields.name, "name", 3.0),
        (fields.alternative, "alternative", 2.0),
        (fields.statement, "statement", 2.0),
        (fields.definition, "definition", 1.0),
        (fields.keyword, "keyword", 1.0),
        (fields.about, "about", 1.0),
    ]
}

/// The ways in which the forms of a word are met; forms that no text has give none.
pub(super) fn ways(cards: &Cards, forms: &[Form]) -> Result<Vec<Way>, IndexError> {
    let mut held = Vec::new();
    // The documents that have any form that came about so and is worth as much, by field.
    let mut together: BTreeMap<(&str, u32, &str), u64> = BTreeMap::new();
    for (field, name, weight) in weights(cards.fields()) {
        for form in forms {
            let term = Term::from_field_text(field, &form.stem);
            let n = cards.searcher().doc_freq(&term)?;
            if n > 0 {
                *together.entry((form.how, form.worth.to_bits(), name)).or_default() += n;
                held.push((term, name, weight, form, n));
            }
        }
    }
    let most = |form: &Form| {
        let is_alike = |how: &str, worth: u32| how == form.how && worth == form.worth.to_bits();
        let alike = together.iter().filter(|((how, worth, _), _)| is_alike(how, *worth));
        alike.map(|(_, n)| *n).max().unwrap_or_default()
    };
    let n_documents = cards.searcher().num_docs();
    let way = |(term, name, weight, form, n): (Term, &'static str, Score, &Form, u64)| {
        // The words of one sort are as rare as all of them together.
        let common = rarity(most(form), n_documents) / rarity(n, n_documents);
        let word = TermQuery::new(term, IndexRecordOption::WithFreqs);
        let query = BoostQuery::new(Box::new(word), weight * form.worth * common);
        Way { query: Box::new(query), met: form.stem.clone(), field: name, how: form.how }
    };
    Ok(held.into_iter().map(way).collect())
}

/// Tells whether a resource that is shown has a word. The lists of words also hold those of what is provisional, and for a while those
/// of what is gone.
pub(super) fn has_word(cards: &Cards, text: &str) -> Result<bool, IndexError> {
    any_shown(cards, word(cards.fields().word, text))
}

/// Tells whether a query finds a resource that is shown; it looks no further than to the first.
pub(super) fn any_shown(cards: &Cards, query: Box<dyn Query>) -> Result<bool, IndexError> {
    let fields = cards.fields();
    let mut clauses = vec![(Occur::Must, query), (Occur::Must, word(fields.sort, sort::RESOURCE))];
    if !cards.shows_provisional() {
        clauses.push((Occur::MustNot, word(fields.status, "provisional")));
    }
    let scoring = EnableScoring::disabled_from_searcher(cards.searcher());
    let weight = BooleanQuery::new(clauses).weight(scoring)?;
    for segment in cards.searcher().segment_readers() {
        let mut found = weight.scorer(segment, 1.0)?;
        while found.doc() != TERMINATED {
            if !segment.is_deleted(found.doc()) {
                return Ok(true);
            }
            found.advance();
        }
    }
    Ok(false)
}

/// How rare something is, as [BM25](https://doi.org/10.1561/1500000019) has it.
#[expect(clippy::cast_precision_loss, reason = "a weight needs no more than seven digits")]
pub(super) fn rarity(n: u64, n_documents: u64) -> Score {
    let n = n.min(n_documents) as Score;
    let n_documents = n_documents as Score;
    (1.0 + (n_documents - n + 0.5) / (n + 0.5)).ln()
}
