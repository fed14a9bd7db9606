//! What may say nearly the same: brought up by the index, to be compared word by word.

use std::collections::BTreeSet;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Score, Term};

use crate::cards::Cards;
use crate::document::texts::label_key;
use crate::error::IndexError;
use crate::language::grams;
use crate::similar::wording::{Role, Word, Wording};
use crate::suggest::{Columns, Scope};

/// How many resources are compared at least for what they share with a text.
const BY_WORDS: usize = 40;

/// How many are compared at least for the stretches of words they share.
const BY_GRAMS: usize = 20;

/// The most words of a text that are looked for: the longest, which are the rarest more often than not.
const MAX_STEMS: usize = 48;

/// The most characters of a text whose grams are looked for; of longer ones none are indexed.
const GRAM_CHARS: usize = 120;

/// A document that may say nearly the same.
pub(super) struct Candidate {
    /// What it shares with its copies and its twin.
    pub group: u64,
    /// Where it is.
    pub address: DocAddress,
}

/// Where candidates come from.
pub(super) struct Candidates<'a> {
    pub cards: &'a Cards,
    pub scope: &'a Scope,
}

impl Candidates<'_> {
    /// What shares words with any of several wordings, each document once, with the group that its copies and its twin share. Some groups
    /// are left out: that of the resource itself, and those of which it was told already.
    pub(super) fn of(
        &self,
        wordings: &[Wording],
        left_out: &BTreeSet<u64>,
        limit: usize,
    ) -> Result<Vec<Candidate>, IndexError> {
        let mut found = BTreeSet::new();
        for wording in wordings {
            found.extend(self.best(self.whole(wording), 2 * limit + BY_WORDS)?);
            found.extend(self.best(self.stems(wording), limit + BY_WORDS)?);
            found.extend(self.best(self.grams(wording), limit + BY_GRAMS)?);
        }
        let mut columns = Columns::of(self.cards);
        let mut candidates = Vec::new();
        for address in found {
            let group = columns.group(address)?;
            if !left_out.contains(&group) {
                candidates.push(Candidate { group, address });
            }
        }
        Ok(candidates)
    }

    fn best(&self, words: Vec<Box<dyn Query>>, n: usize) -> Result<Vec<DocAddress>, IndexError> {
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let query = self.scope.ask(Box::new(BooleanQuery::union(words)));
        let best = TopDocs::with_limit(n).order_by_score();
        let found: Vec<(Score, DocAddress)> = self.cards.searcher().search(&query, &best)?;
        Ok(found.into_iter().map(|(_, address)| address).collect())
    }

    /// Asks for what says the same, word for word.
    fn whole(&self, wording: &Wording) -> Vec<Box<dyn Query>> {
        if wording.words.is_empty() {
            return Vec::new();
        }
        let term = Term::from_field_u64(self.cards.fields().label_key, label_key(&wording.text));
        vec![Box::new(TermQuery::new(term, IndexRecordOption::Basic))]
    }

    fn stems<'w>(&self, wording: &'w Wording) -> Vec<Box<dyn Query>> {
        let fields = self.cards.fields();
        let words = wording.words.iter().filter(|word| word.role != Role::Stop);
        // What is a number to a comparison stands in the index as it is written.
        let stem = |word: &'w Word| {
            if word.role == Role::Number { word.folded.as_str() } else { word.stem.as_str() }
        };
        let mut stems: Vec<&str> = words.map(stem).collect();
        stems.sort_unstable();
        stems.dedup();
        stems.sort_by_key(|stem| std::cmp::Reverse(stem.len()));
        let stems = stems.into_iter().take(MAX_STEMS);
        stems.flat_map(|stem| [term(fields.name, stem), term(fields.statement, stem)]).collect()
    }

    fn grams(&self, wording: &Wording) -> Vec<Box<dyn Query>> {
        if wording.text.chars().count() > GRAM_CHARS {
            return Vec::new();
        }
        let field = self.cards.fields().gram;
        let content = wording.words.iter().filter(|word| word.role == Role::Content);
        let grams: BTreeSet<String> = content.flat_map(|word| grams(&word.folded)).collect();
        grams.iter().map(|gram| term(field, gram)).collect()
    }
}

fn term(field: Field, text: &str) -> Box<dyn Query> {
    let term = Term::from_field_text(field, text);
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}
