//! The words of a question, as the index has them.

use std::collections::BTreeSet;

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, FuzzyTermQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use crate::cards::Cards;
use crate::error::IndexError;
use crate::language::{Language, tokens};
use crate::schema::Fields;

/// The most words that decide.
const MAX_WORDS: usize = 16;

/// The fewest characters of a word that may be the beginning of another.
const MIN_PREFIX: usize = 3;

/// What the beginning of a word is worth beside the word itself.
const PREFIX_WEIGHT: f32 = 0.5;

/// A word of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// The word as prose is indexed.
    stem: String,
    /// The word before it was stemmed, where it may be the beginning of a longer one.
    prefix: Option<String>,
}

impl Word {
    /// Takes a text apart. Every word is there once; only the last may be a beginning.
    pub(super) fn all_of(text: &str) -> Vec<Self> {
        let tokens = tokens(text, Language::of(None, text));
        let Some(last) = tokens.last().cloned() else { return Vec::new() };
        let prefix = Some(last.word).filter(|word| word.chars().count() >= MIN_PREFIX);
        let stems = tokens.into_iter().map(|token| token.stem);
        let last = last.stem;
        let mut seen = BTreeSet::new();
        let once = stems.filter(|stem| seen.insert(stem.clone()));
        let word = |stem: String| Self { prefix: prefix.clone().filter(|_| stem == last), stem };
        once.map(word).collect()
    }

    /// Keeps the words that decide: all of a few, and of many the rarest that occur at all.
    pub(super) fn deciding(words: Vec<Self>, cards: &Cards) -> Result<Vec<Self>, IndexError> {
        if words.len() <= MAX_WORDS {
            return Ok(words);
        }
        let mut counted = Vec::new();
        for word in words {
            let n_documents = word.n_documents(cards)?;
            if n_documents > 0 {
                counted.push((n_documents, word));
            }
        }
        counted.sort_by(|(a, one), (b, other)| (a, &one.stem).cmp(&(b, &other.stem)));
        Ok(counted.into_iter().take(MAX_WORDS).map(|(_, word)| word).collect())
    }

    /// Asks for the word in any field, the more important ones weighing more.
    pub(super) fn query(&self, fields: &Fields) -> Box<dyn Query> {
        let mut anywhere: Vec<Box<dyn Query>> = Vec::new();
        for (field, weight) in weights(fields) {
            let term = Term::from_field_text(field, &self.stem);
            let word = TermQuery::new(term, IndexRecordOption::WithFreqs);
            anywhere.push(Box::new(BoostQuery::new(Box::new(word), weight)));
            if let Some(prefix) = &self.prefix {
                let term = Term::from_field_text(field, prefix);
                let beginning = FuzzyTermQuery::new_prefix(term, 0, false);
                anywhere
                    .push(Box::new(BoostQuery::new(Box::new(beginning), weight * PREFIX_WEIGHT)));
            }
        }
        Box::new(BooleanQuery::union(anywhere))
    }

    fn n_documents(&self, cards: &Cards) -> Result<u64, IndexError> {
        let mut most = 0;
        for (field, _) in weights(cards.fields()) {
            most = most.max(cards.searcher().doc_freq(&Term::from_field_text(field, &self.stem))?);
        }
        Ok(most)
    }
}

/// The fields that words are looked for in, with what a match is worth.
fn weights(fields: &Fields) -> [(Field, f32); 6] {
    [
        (fields.name, 3.0),
        (fields.alternative, 2.0),
        (fields.statement, 2.0),
        (fields.definition, 1.0),
        (fields.keyword, 1.0),
        (fields.about, 1.0),
    ]
}

#[cfg(test)]
mod tests {
    use super::Word;

    #[track_caller]
    fn check(text: &str, stems: &[&str], prefix: Option<&str>) {
        let words = Word::all_of(text);
        let found: Vec<&str> = words.iter().map(|word| word.stem.as_str()).collect();
        assert_eq!(found, stems);
        let prefixes: Vec<&str> = words.iter().filter_map(|word| word.prefix.as_deref()).collect();
        assert_eq!(prefixes, prefix.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn a_text_is_its_words_once_each_and_the_last_may_go_on() {
        check("", &[], None);
        check(" -*()~\"^ ", &[], None);
        check("Adding fractions", &["add", "fraction"], Some("fractions"));
        check("Vélo, velo VÉLOS", &["velo"], Some("velos"));
        check("running to", &["run", "to"], None);
        check("fraction of a fraction", &["fraction", "of", "a"], Some("fraction"));
        check("name:x AND (NOT", &["name", "x", "and", "not"], Some("not"));
        check(&format!("short {}", "x".repeat(81)), &["short"], Some("short"));
    }
}
