//! Look-ups in the text index: cards by name, by record, by what they point at.
//!
//! A name is found by 64 bits of its hash; a hit counts only after the key on the card is compared.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use ontology::{AlignmentType, CanonicalKey, Kind};
use serde::de::DeserializeOwned;
use tantivy::collector::{Count, DocSetCollector};
use tantivy::query::{BooleanQuery, Occur, Query};
use tantivy::schema::Value;
use tantivy::{DocAddress, IndexReader, Searcher, TantivyDocument};

use crate::card::{AlignmentCard, Card, RecordCard, Stored};
use crate::document::goes_by;
use crate::edition::Edition;
use crate::error::IndexError;
use crate::frameworks::Frameworks;
use crate::ledger::Terms;
use crate::link_ends::LinkEnds;
use crate::schema::{Fields, fold_title, sort};
use crate::term::{hash, word};
use crate::vocabulary::Vocabulary;

/// A stretch of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// How many to leave out before the first.
    pub offset: usize,
    /// The most to give.
    pub limit: usize,
}

/// The cards of one commit.
#[derive(Clone)]
pub struct Cards {
    searcher: Searcher,
    fields: Fields,
    /// Whether what is provisional is shown too.
    shows_provisional: bool,
    /// The terms of the sources.
    terms: Arc<BTreeMap<String, Terms>>,
    /// What all frameworks are called; read by whoever asks first.
    frameworks: Arc<OnceLock<Frameworks>>,
    /// The same, with those that are provisional.
    all_frameworks: Arc<OnceLock<Frameworks>>,
    /// The generation; that of number 0 for cards that are not published.
    edition: Edition,
    /// How common words are in names; counted by whoever asks first.
    vocabulary: Arc<OnceLock<Vocabulary>>,
    /// The ends of all alignments; read by whoever asks first.
    link_ends: Arc<LinkEnds>,
}

impl std::fmt::Debug for Cards {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Cards")
            .field("documents", &self.searcher.num_docs())
            .finish_non_exhaustive()
    }
}

impl Cards {
    pub(crate) fn new(reader: &IndexReader, fields: Fields) -> Self {
        Self {
            searcher: reader.searcher(),
            fields,
            shows_provisional: false,
            terms: Arc::default(),
            frameworks: Arc::default(),
            all_frameworks: Arc::default(),
            edition: Edition::default(),
            link_ends: Arc::default(),
            vocabulary: Arc::default(),
        }
    }

    /// The same cards, as those of a generation.
    pub(crate) fn of_edition(self, edition: Edition) -> Self {
        Self { edition, ..self }
    }

    /// The generation.
    pub(crate) fn edition(&self) -> Edition {
        self.edition
    }

    /// The same cards, each with the terms of its source.
    pub(crate) fn under_terms(self, terms: BTreeMap<String, Terms>) -> Self {
        Self { terms: Arc::new(terms), ..self }
    }

    /// The same cards, and those that their publishers call provisional.
    #[must_use]
    pub fn with_provisional(self) -> Self {
        Self { shows_provisional: true, ..self }
    }

    /// Whether what is provisional is shown too.
    pub fn shows_provisional(&self) -> bool {
        self.shows_provisional
    }

    /// Tells whether something provisional goes by a name and is not shown.
    pub fn hides(&self, key: &CanonicalKey) -> Result<bool, IndexError> {
        if self.shows_provisional {
            return Ok(false);
        }
        Ok(self.clone().with_provisional().named(key)?.iter().any(|card| card.provisional))
    }

    pub(crate) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Finds the cards that go by a name: their key, an alias, or a code in a framework.
    pub fn named(&self, key: &CanonicalKey) -> Result<Vec<Card>, IndexError> {
        let found = self
            .cards(&[word(self.fields.sort, sort::RESOURCE), hash(self.fields.alias_key, key)])?;
        Ok(found.into_iter().filter(|card| goes_by(card, key)).collect())
    }

    /// Finds the cards of the direct children of an item or a framework, in no order.
    pub fn children(&self, parent: &CanonicalKey) -> Result<Vec<Card>, IndexError> {
        let found = self.cards(&[hash(self.fields.parent_key, parent)])?;
        Ok(found
            .into_iter()
            .filter(|card| card.parents.iter().any(|held| held.key == *parent))
            .collect())
    }

    /// Finds the cards that carry a code, in whatever framework.
    pub fn coded(&self, folded: &str) -> Result<Vec<Card>, IndexError> {
        self.cards(&[word(self.fields.code, folded)])
    }

    /// Finds the frameworks of a title; case, punctuation and white space do not matter.
    pub fn frameworks_titled(&self, title: &str) -> Result<Vec<Card>, IndexError> {
        self.cards(&[word(self.fields.title, &fold_title(title))])
    }

    /// Finds every framework.
    pub fn frameworks(&self) -> Result<Vec<Card>, IndexError> {
        let kind = word(self.fields.kind, Kind::Framework.as_str());
        self.cards(&[word(self.fields.sort, sort::RESOURCE), kind])
    }

    /// What every framework is called. It is read once, for these cards and for all that were cloned from them.
    pub(crate) fn all_frameworks(&self) -> Result<&Frameworks, IndexError> {
        let held = if self.shows_provisional { &self.all_frameworks } else { &self.frameworks };
        if let Some(known) = held.get() {
            return Ok(known);
        }
        let read = Frameworks::of(self.frameworks()?);
        Ok(held.get_or_init(|| read))
    }

    /// The hashes of both ends of every alignment out of a hierarchy, in their order; read once, as the frameworks are.
    pub(crate) fn link_ends(&self) -> Result<Arc<[u64]>, IndexError> {
        self.link_ends.of(&self.searcher, &self.fields, self.shows_provisional)
    }

    /// How common words are in names. It is counted once, for these cards and for all that were cloned from them.
    pub(crate) fn vocabulary(&self) -> Result<&Vocabulary, IndexError> {
        if let Some(counted) = self.vocabulary.get() {
            return Ok(counted);
        }
        let counted = Vocabulary::of(&self.searcher, &self.fields)?;
        Ok(self.vocabulary.get_or_init(|| counted))
    }

    /// Finds the alignments that start at a resource.
    pub fn links_from(&self, key: &CanonicalKey) -> Result<Vec<AlignmentCard>, IndexError> {
        let found: Vec<AlignmentCard> = self.read(&[hash(self.fields.links_from, key)])?;
        Ok(found
            .into_iter()
            .filter(|card| self.shows_provisional || !card.provisional)
            .filter(|card| card.alignment.origin.key.as_ref() == Some(key))
            .collect())
    }

    /// Finds the alignments that lead to a resource.
    pub fn links_to(&self, key: &CanonicalKey) -> Result<Vec<AlignmentCard>, IndexError> {
        let found: Vec<AlignmentCard> = self.read(&[hash(self.fields.links_to, key)])?;
        Ok(found.into_iter().filter(|card| self.leads_to(card, key)).collect())
    }

    /// Finds the alignments that lead to a resource, but for some types.
    pub fn links_to_except(
        &self,
        key: &CanonicalKey,
        others: &[AlignmentType],
    ) -> Result<Vec<AlignmentCard>, IndexError> {
        let mut clauses = vec![(Occur::Must, hash(self.fields.links_to, key))];
        clauses.extend(
            others.iter().map(|kind| (Occur::MustNot, word(self.fields.kind, kind.as_str()))),
        );
        let hits = self.sorted(&BooleanQuery::new(clauses))?;
        let found: Vec<AlignmentCard> =
            hits.into_iter().map(|hit| self.stored(hit)).collect::<Result<_, _>>()?;
        Ok(found.into_iter().filter(|card| self.leads_to(card, key)).collect())
    }

    fn leads_to(&self, card: &AlignmentCard, key: &CanonicalKey) -> bool {
        let is_shown = self.shows_provisional || !card.provisional;
        is_shown && card.alignment.target.key.as_ref() == Some(key)
    }

    /// Counts the alignments of a type that lead to a resource. By 64 bits of its name alone: a count that is not read.
    pub fn count_links_to(
        &self,
        key: &CanonicalKey,
        kind: &AlignmentType,
    ) -> Result<usize, IndexError> {
        Ok(self.searcher.search(&self.of_type(key, kind), &Count)?)
    }

    /// Finds a page of the alignments of a type that lead to a resource, in the order of the index, which stays the same in
    /// one generation.
    pub fn page_of_links_to(
        &self,
        key: &CanonicalKey,
        kind: &AlignmentType,
        page: Page,
    ) -> Result<Vec<AlignmentCard>, IndexError> {
        let hits = self.sorted(&self.of_type(key, kind))?;
        let hits = hits.into_iter().skip(page.offset).take(page.limit);
        let found: Vec<AlignmentCard> =
            hits.map(|hit| self.stored(hit)).collect::<Result<_, _>>()?;
        Ok(found.into_iter().filter(|card| self.leads_to(card, key)).collect())
    }

    /// Asks for the alignments of a type that lead to a resource, without those that are not shown: they are not counted either.
    fn of_type(&self, key: &CanonicalKey, kind: &AlignmentType) -> BooleanQuery {
        let mut clauses = vec![
            (Occur::Must, hash(self.fields.links_to, key)),
            (Occur::Must, word(self.fields.kind, kind.as_str())),
        ];
        if !self.shows_provisional {
            clauses.push((Occur::MustNot, word(self.fields.status, "provisional")));
        }
        BooleanQuery::new(clauses)
    }

    /// Finds everything a record holds.
    pub fn cards_of_record(&self, graph: &str) -> Result<Vec<Card>, IndexError> {
        self.cards(&[word(self.fields.sort, sort::RESOURCE), word(self.fields.record, graph)])
    }

    /// Finds what a record shows, one card after another.
    pub(crate) fn live_of_record(
        &self,
        graph: &str,
    ) -> Result<impl Iterator<Item = Result<Card, IndexError>> + '_, IndexError> {
        let record = word(self.fields.record, graph);
        let hits = self.hits(&[word(self.fields.status, "current"), record])?;
        Ok(hits.into_iter().map(|hit| self.stored(hit)))
    }

    /// Finds the card of a record.
    pub fn record(&self, graph: &str) -> Result<Option<RecordCard>, IndexError> {
        let found =
            self.read(&[word(self.fields.sort, sort::RECORD), word(self.fields.record, graph)])?;
        Ok(found.into_iter().next())
    }

    /// Finds the cards of all records, by source and record.
    pub fn records(&self) -> Result<Vec<RecordCard>, IndexError> {
        let mut found: Vec<RecordCard> = self.read(&[word(self.fields.sort, sort::RECORD)])?;
        found.sort_by(|a, b| {
            (&a.origin.source, &a.origin.record).cmp(&(&b.origin.source, &b.origin.record))
        });
        Ok(found)
    }

    /// Counts the resources that a source shows.
    pub fn count_current(&self, source: &str) -> Result<u64, IndexError> {
        let current = word(self.fields.status, "current");
        self.count(&[word(self.fields.source, source), current])
    }

    /// Counts the resources that are shown, by kind.
    pub fn count_by_kind(&self, kinds: &[Kind]) -> Result<BTreeMap<String, u64>, IndexError> {
        let mut counts = BTreeMap::new();
        for kind in kinds {
            let current = word(self.fields.status, "current");
            let n = self.count(&[word(self.fields.kind, kind.as_str()), current])?;
            if n > 0 {
                counts.insert(kind.as_str().to_owned(), n);
            }
        }
        Ok(counts)
    }

    /// Counts the resources that are shown no more.
    pub fn count_withdrawn(&self) -> Result<u64, IndexError> {
        self.count(&[word(self.fields.sort, sort::RESOURCE), word(self.fields.status, "withdrawn")])
    }

    /// Counts the resources that are shown only to those who ask for provisional ones.
    pub fn count_provisional(&self) -> Result<u64, IndexError> {
        self.count(&[
            word(self.fields.sort, sort::RESOURCE),
            word(self.fields.status, "provisional"),
        ])
    }

    /// Counts the alignments.
    pub fn count_alignments(&self) -> Result<u64, IndexError> {
        self.count(&[word(self.fields.sort, sort::ALIGNMENT)])
    }

    /// Counts all documents of the index.
    pub fn count_documents(&self) -> u64 {
        self.searcher.num_docs()
    }

    pub(crate) fn count(&self, all: &[Box<dyn Query>]) -> Result<u64, IndexError> {
        let n = self.searcher.search(&conjunction(all), &Count)?;
        Ok(u64::try_from(n).unwrap_or(u64::MAX))
    }

    pub(crate) fn cards(&self, all: &[Box<dyn Query>]) -> Result<Vec<Card>, IndexError> {
        let mut found: Vec<Card> = self.read(all)?;
        found.retain(|card| self.shows_provisional || !card.provisional);
        found.sort_by(|a, b| {
            a.key().cmp(b.key()).then_with(|| a.origin.record.cmp(&b.origin.record))
        });
        Ok(found)
    }

    fn read<T: DeserializeOwned + Stored>(
        &self,
        all: &[Box<dyn Query>],
    ) -> Result<Vec<T>, IndexError> {
        self.hits(all)?.into_iter().map(|hit| self.stored(hit)).collect()
    }

    /// The documents that answer all of several questions, in the order of the index.
    fn hits(&self, all: &[Box<dyn Query>]) -> Result<Vec<DocAddress>, IndexError> {
        self.sorted(&conjunction(all))
    }

    pub(crate) fn sorted(&self, query: &dyn Query) -> Result<Vec<DocAddress>, IndexError> {
        let found = self.searcher.search(query, &DocSetCollector)?;
        let mut hits: Vec<DocAddress> = found.into_iter().collect();
        hits.sort_unstable();
        Ok(hits)
    }

    /// Hands over every card of a sort, one at a time and in no order that means anything; gives their number.
    pub(crate) fn each<T: DeserializeOwned + Stored>(
        &self,
        sort: &str,
        visit: &mut dyn FnMut(T),
    ) -> Result<u64, IndexError> {
        let all = word(self.fields.sort, sort);
        let mut n = 0;
        for hit in self.sorted(&*all)? {
            visit(self.stored(hit)?);
            n += 1;
        }
        Ok(n)
    }

    /// Reads the card that is stored with a document.
    pub(crate) fn stored<T: DeserializeOwned + Stored>(
        &self,
        hit: DocAddress,
    ) -> Result<T, IndexError> {
        let document: TantivyDocument = self.searcher.doc(hit)?;
        let text = document
            .get_first(self.fields.card)
            .and_then(|value| value.as_str())
            .unwrap_or_default();
        let mut card: T =
            serde_json::from_str(text).map_err(|source| IndexError::Card { source })?;
        card.under(&self.terms);
        Ok(card)
    }
}

fn conjunction(all: &[Box<dyn Query>]) -> BooleanQuery {
    BooleanQuery::intersection(all.iter().map(|query| query.box_clone()).collect())
}

#[cfg(test)]
mod tests {
    use crate::reader::Reader;
    use crate::verify::sample::{import, package};

    #[test]
    fn what_frameworks_are_called_is_read_once_for_all_clones() {
        let dir = tempfile::tempdir().unwrap();
        import(dir.path(), 1, &[("knots", package(1, "Knots", &[]))]);
        let reader = Reader::open(dir.path()).unwrap();
        let first = reader.cards().all_frameworks().unwrap();
        let clone = reader.cards().clone();
        assert!(std::ptr::eq(first, clone.all_frameworks().unwrap()));
        let provisional = reader.cards().clone().with_provisional();
        assert!(!std::ptr::eq(first, provisional.all_frameworks().unwrap()));
    }
}
