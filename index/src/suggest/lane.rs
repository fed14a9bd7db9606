//! Lanes: the ways in which a text brings up what it may be about.
//!
//! A lane looks at a part of the text and gives documents with a score of its own measure. What they mean together is judged later, so
//! that a lane may find anything by whatever means: another lane is another function here.

use std::collections::BTreeSet;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Score, Term};

use crate::cards::Cards;
use crate::document::texts::label_key;
use crate::error::IndexError;
use crate::language::grams;
use crate::suggest::scope::Scope;
use crate::suggest::text::{Text, Word, stems};
use crate::vocabulary::{Vocabulary, is_telling, place};

/// The most documents that a lane gives.
const DEPTH: usize = 120;

/// The most documents that are found by what stands around their names.
const DEPTH_AROUND: usize = 40;

/// The most stems of a part that are looked for: the rarest.
const MAX_STEMS: usize = 64;

/// The most words of a label that is found whole in a longer text.
const MAX_LABEL: usize = 6;

/// What a lane looks at.
pub(super) struct Part<'a> {
    pub cards: &'a Cards,
    pub vocabulary: &'a Vocabulary,
    pub scope: &'a Scope,
    pub text: &'a Text,
    /// The words of the part.
    pub words: &'a [Word],
}

/// A document with its score in a lane.
pub(super) type Found = (Score, DocAddress);

/// Finds documents, each with a score that is comparable within the lane.
type Find = fn(&Part<'_>) -> Result<Vec<Found>, IndexError>;

/// A way to find what a text may be about.
pub(super) struct Lane {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub find: Find,
}

/// Every lane.
pub(super) const LANES: [Lane; 4] = [
    Lane { name: "words", find: by_words },
    Lane { name: "grams", find: by_grams },
    Lane { name: "label", find: by_label },
    Lane { name: "around", find: by_surroundings },
];

/// Finds names by their words.
fn by_words(part: &Part<'_>) -> Result<Vec<Found>, IndexError> {
    let name = part.cards.fields().name;
    part.best(part.rarest().map(|stem| term(name, stem)).collect(), DEPTH)
}

/// Finds names by stretches of their words, for what is inflected or joined in another way. Of a long text every name has some.
fn by_grams(part: &Part<'_>) -> Result<Vec<Found>, IndexError> {
    if part.text.passages.len() > 1 {
        return Ok(Vec::new());
    }
    let words = part.words.iter().flat_map(|word| grams(&word.folded));
    let grams: BTreeSet<String> = words.filter(|gram| is_telling(gram)).collect();
    let field = part.cards.fields().gram;
    part.best(grams.iter().map(|gram| term(field, gram)).collect(), DEPTH)
}

/// Finds labels that stand in the text word for word.
fn by_label(part: &Part<'_>) -> Result<Vec<Found>, IndexError> {
    let field = part.cards.fields().label_key;
    let whole = part.words.len();
    let mut keys = BTreeSet::new();
    for (at, first) in part.words.iter().enumerate().filter(|(_, word)| !word.is_stop) {
        let ends = part.words.iter().skip(at).take(MAX_LABEL);
        let ends = ends.chain(part.words.last().filter(|_| at == 0 && whole > MAX_LABEL));
        for last in ends {
            let said = part.text.bare.get(first.bytes.start..last.bytes.end).unwrap_or_default();
            keys.insert(label_key(said));
        }
    }
    let mut found: Vec<Box<dyn Query>> = Vec::new();
    for key in keys {
        let term = Term::from_field_u64(field, key);
        if part.cards.searcher().doc_freq(&term)? > 0 {
            found.push(Box::new(TermQuery::new(term, IndexRecordOption::Basic)));
        }
    }
    part.best(found, DEPTH)
}

/// Finds what has other names, a longer statement, an explanation or keywords of these words. They weigh little: what is explained by a
/// word is seldom what the word means.
fn by_surroundings(part: &Part<'_>) -> Result<Vec<Found>, IndexError> {
    let fields = part.cards.fields();
    let weights = [
        (fields.alternative, 1.0),
        (fields.statement, 1.0),
        (fields.keyword, 0.5),
        (fields.definition, 0.3),
    ];
    let words = part.rarest().flat_map(|stem| {
        weights.map(|(field, weight)| -> Box<dyn Query> {
            Box::new(BoostQuery::new(term(field, stem), weight))
        })
    });
    part.best(words.collect(), DEPTH_AROUND)
}

impl<'a> Part<'a> {
    /// The rarest stems, which decide where there are many.
    fn rarest(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let mut stems: Vec<&str> = stems(self.words).into_iter().collect();
        let n_names = |stem: &&str| self.vocabulary.names_with_stem(place(stem));
        stems.sort_by(|a, b| n_names(a).total_cmp(&n_names(b)));
        stems.into_iter().take(MAX_STEMS)
    }

    fn best(&self, ways: Vec<Box<dyn Query>>, n: usize) -> Result<Vec<Found>, IndexError> {
        if ways.is_empty() {
            return Ok(Vec::new());
        }
        let query = self.scope.ask(Box::new(BooleanQuery::union(ways)));
        let best = TopDocs::with_limit(n).order_by_score();
        Ok(self.cards.searcher().search(&query, &best)?)
    }
}

fn term(field: Field, text: &str) -> Box<dyn Query> {
    let term = Term::from_field_text(field, text);
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}
