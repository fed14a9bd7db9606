//! The documents that answer a question, segment by segment, and which of them are copies of one resource.

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::Query;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use crate::cards::Cards;
use crate::error::IndexError;

/// The documents of a question.
pub(super) struct Matches {
    pub segments: Vec<Matched>,
    /// The groups of which there is more than one document.
    pub n_repeated: usize,
}

/// The documents of one segment.
pub(super) struct Matched {
    pub ordinal: SegmentOrdinal,
    pub documents: Vec<Document>,
}

/// A document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Document {
    pub id: DocId,
    /// The group that its copies and its twins share.
    pub group: u64,
    /// Whether another document of the group is among the matches.
    pub is_repeated: bool,
}

impl Matches {
    /// Finds the documents of a query.
    pub(super) fn of(cards: &Cards, query: &dyn Query) -> Result<Self, IndexError> {
        let found = cards.searcher().search(query, &Documents)?;
        let column = cards.fields().schema.get_field_name(cards.fields().group);
        let mut segments = Vec::new();
        for (ordinal, ids) in found {
            let groups = cards.searcher().segment_reader(ordinal).fast_fields().u64(column)?;
            let documents = ids.into_iter().map(|id| Document {
                group: groups.first(id).unwrap_or_default(),
                is_repeated: false,
                id,
            });
            segments.push(Matched { ordinal, documents: documents.collect() });
        }
        let mut matches = Self { segments, n_repeated: 0 };
        matches.mark_repeated();
        Ok(matches)
    }

    /// Counts the groups.
    pub(super) fn n_groups(&self) -> usize {
        let documents = self.segments.iter().flat_map(|segment| &segment.documents);
        self.n_repeated + documents.filter(|document| !document.is_repeated).count()
    }

    fn mark_repeated(&mut self) {
        let documents = self.segments.iter().flat_map(|segment| &segment.documents);
        let mut groups: Vec<u64> = documents.map(|document| document.group).collect();
        groups.sort_unstable();
        let runs = groups.chunk_by(|a, b| a == b).filter(|run| run.len() > 1);
        let repeated: Vec<u64> = runs.filter_map(|run| run.first().copied()).collect();
        if !repeated.is_empty() {
            for document in self.segments.iter_mut().flat_map(|segment| &mut segment.documents) {
                document.is_repeated = repeated.binary_search(&document.group).is_ok();
            }
        }
        self.n_repeated = repeated.len();
    }
}

/// Gathers documents.
struct Documents;

/// The documents of one segment.
struct SegmentDocuments(SegmentOrdinal, Vec<DocId>);

impl Collector for Documents {
    type Fruit = Vec<(SegmentOrdinal, Vec<DocId>)>;
    type Child = SegmentDocuments;

    fn for_segment(
        &self,
        ordinal: SegmentOrdinal,
        _segment: &SegmentReader,
    ) -> tantivy::Result<SegmentDocuments> {
        Ok(SegmentDocuments(ordinal, Vec::new()))
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(
        &self,
        segments: Vec<(SegmentOrdinal, Vec<DocId>)>,
    ) -> tantivy::Result<Self::Fruit> {
        Ok(segments)
    }
}

impl SegmentCollector for SegmentDocuments {
    type Fruit = (SegmentOrdinal, Vec<DocId>);

    fn collect(&mut self, document: DocId, _score: Score) {
        self.1.push(document);
    }

    fn collect_block(&mut self, documents: &[DocId]) {
        self.1.extend_from_slice(documents);
    }

    fn harvest(self) -> Self::Fruit {
        (self.0, self.1)
    }
}
