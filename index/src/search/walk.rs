//! Walking the hits in an order that has nothing to do with their words: by title, by date, or everything there is.
//!
//! A group of copies and twins stands where the first of them stands. Inside a segment documents are compared by the ordinals of their
//! columns, which are in the order of the words; words are read only of what comes to stand on the page, and where a cursor has to be found.

use std::cmp::Reverse;

use ontology::Kind;
use serde::{Deserialize, Serialize};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, SegmentOrdinal, SegmentReader};

use crate::cards::Cards;
use crate::error::IndexError;
use crate::schema::Fields;
use crate::search::matches::{Document, Matched, Matches};
use crate::search::order::Order;
use crate::search::state::StateColumns;

/// In which order everything is walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// What may be used first; frameworks before what is in them; then by title.
    Browse,
    /// By title.
    Title,
    /// What was changed last first.
    Date,
}

impl Way {
    /// The way of an order; none where the words of the question decide.
    pub(super) fn of(order: Order, is_browsing: bool) -> Option<Self> {
        match order {
            Order::Relevance => is_browsing.then_some(Self::Browse),
            Order::Title => Some(Self::Title),
            Order::Date => Some(Self::Date),
        }
    }
}

/// Where a hit stands on the way. What does not count on a way is the same for all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Stand {
    class: u8,
    changed: Reverse<Option<i64>>,
    order: String,
    key: String,
}

/// A stretch of the way.
pub(super) struct Stretch {
    /// How many hits there are on the whole of it.
    pub total: usize,
    /// The hits, each by the document that stands for it.
    pub hits: Vec<Standing>,
}

/// A hit with where it stands.
pub(super) type Standing = (Stand, DocAddress);

/// A stretch that is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask<'a> {
    pub way: Way,
    /// The day, as a number, on which what has ended is deprecated.
    pub today: Option<u64>,
    /// Only what stands behind this.
    pub after: Option<&'a Stand>,
    pub offset: usize,
    pub limit: usize,
}

/// A document by the ordinals of its columns, in the order of the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    class: u8,
    changed: Reverse<Option<i64>>,
    /// Nothing where the title does not count.
    order: Option<u64>,
    key: u64,
    document: DocId,
    /// What its copies and its twins share.
    group: u64,
}

/// The first document of a group in one of the lanes, where the group has more than one.
type Repeated = (u64, usize, Entry);

/// The documents of a segment, one of each group, in their order.
struct Lane {
    ordinal: SegmentOrdinal,
    columns: Columns,
    entries: Vec<Entry>,
    /// How many of them were passed.
    at: usize,
}

/// The columns that decide.
struct Columns {
    order: StrColumn,
    key: StrColumn,
    changed: Column<i64>,
    states: StateColumns,
    kind: Option<StrColumn>,
    framework: Option<u64>,
}

/// Walks a stretch of the matches.
pub(super) fn walk(cards: &Cards, matches: &Matches, ask: &Ask<'_>) -> Result<Stretch, IndexError> {
    let mut lanes = Vec::new();
    let mut repeated = Vec::new();
    for segment in &matches.segments {
        let reader = cards.searcher().segment_reader(segment.ordinal);
        let Some(columns) = Columns::open(reader, cards.fields(), ask.today)? else { continue };
        let single = segment.documents.iter().filter(|document| !document.is_repeated);
        let mut entries: Vec<Entry> =
            single.map(|document| columns.entry(document, ask.way)).collect();
        let firsts = firsts_in(segment, &columns, ask.way);
        repeated.extend(firsts.iter().map(|entry| (entry.group, lanes.len(), *entry)));
        entries.extend(firsts);
        lanes.push(Lane { ordinal: segment.ordinal, columns, entries, at: 0 });
    }
    repeated.sort_unstable();
    for lane in &mut lanes {
        lane.sort(ask)?;
    }
    let hits = merge(&mut lanes, &repeated, ask)?;
    Ok(Stretch { total: matches.n_groups(), hits })
}

/// The first documents of the groups that are there more than once, as far as one segment tells.
fn firsts_in(segment: &Matched, columns: &Columns, way: Way) -> Vec<Entry> {
    let documents = segment.documents.iter().filter(|document| document.is_repeated);
    let mut entries: Vec<Entry> = documents.map(|document| columns.entry(document, way)).collect();
    entries.sort_unstable_by_key(|entry| (entry.group, *entry));
    entries.dedup_by_key(|entry| entry.group);
    entries
}

/// Takes from the lanes whatever stands first.
fn merge(
    lanes: &mut [Lane],
    repeated: &[Repeated],
    ask: &Ask<'_>,
) -> Result<Vec<Standing>, IndexError> {
    let mut heads: Vec<Option<Stand>> =
        lanes.iter().map(Lane::head).collect::<Result<_, IndexError>>()?;
    let (mut taken, mut n_passed) = (Vec::new(), 0);
    while taken.len() < ask.limit {
        let standing = heads.iter().enumerate();
        let standing = standing.filter_map(|(at, head)| head.as_ref().map(|head| (head, at)));
        let Some((_, at)) = standing.min() else { break };
        let (Some(lane), Some(head)) = (lanes.get_mut(at), heads.get_mut(at)) else { break };
        let (entry, ordinal) = (lane.entries.get(lane.at).copied(), lane.ordinal);
        lane.at += 1;
        let stand = std::mem::replace(head, lane.head()?);
        let (Some(stand), Some(entry)) = (stand, entry) else { break };
        if has_stood(lanes, repeated, (&stand, at), entry.group)? {
            continue;
        }
        n_passed += 1;
        if n_passed > ask.offset {
            taken.push((stand, DocAddress::new(ordinal, entry.document)));
        }
    }
    Ok(taken)
}

/// Tells whether a copy in another lane stands before a place, so that the group has had its own already. Of those that stand alike, as
/// copies do, the one in the first lane counts.
fn has_stood(
    lanes: &[Lane],
    repeated: &[Repeated],
    (stand, lane): (&Stand, usize),
    group: u64,
) -> Result<bool, IndexError> {
    let from = repeated.partition_point(|(held, ..)| *held < group);
    let copies = repeated.iter().skip(from).take_while(|(held, ..)| *held == group);
    for (_, at, copy) in copies.filter(|(_, at, _)| *at != lane) {
        let Some(other) = lanes.get(*at) else { continue };
        if (&other.columns.stand(copy)?, *at) < (stand, lane) {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Lane {
    /// Puts the entries in order, and passes those up to the place where the stretch begins.
    fn sort(&mut self, ask: &Ask<'_>) -> Result<(), IndexError> {
        self.entries.sort_unstable();
        let Some(after) = ask.after else { return Ok(()) };
        let (mut low, mut high) = (0, self.entries.len());
        while low < high {
            let middle = low.midpoint(high);
            let Some(entry) = self.entries.get(middle) else { break };
            if self.columns.stand(entry)? <= *after { low = middle + 1 } else { high = middle }
        }
        self.at = low;
        Ok(())
    }

    fn head(&self) -> Result<Option<Stand>, IndexError> {
        self.entries.get(self.at).map(|entry| self.columns.stand(entry)).transpose()
    }
}

impl Columns {
    /// Opens the columns; `None` where no document of the segment has a name.
    fn open(
        segment: &SegmentReader,
        fields: &Fields,
        today: Option<u64>,
    ) -> Result<Option<Self>, IndexError> {
        let columns = segment.fast_fields();
        let name = |field| fields.schema.get_field_name(field);
        let kind = columns.str(name(fields.kind))?;
        let framework = match &kind {
            Some(kind) => kind
                .dictionary()
                .term_ord(Kind::Framework.as_str())
                .map_err(tantivy::TantivyError::from)?,
            None => None,
        };
        let (order, key) = (columns.str(name(fields.order))?, columns.str(name(fields.key))?);
        let (Some(order), Some(key)) = (order, key) else { return Ok(None) };
        let changed = columns.i64(name(fields.changed))?;
        let states = StateColumns::open(segment, today)?;
        Ok(Some(Self { order, key, changed, states, kind, framework }))
    }

    fn entry(&self, document: &Document, way: Way) -> Entry {
        let Document { id, group, .. } = *document;
        let order = || self.order.ords().first(id);
        let key = self.key.ords().first(id).unwrap_or_default();
        let plain =
            Entry { class: 0, changed: Reverse(None), order: None, key, document: id, group };
        match way {
            Way::Title => Entry { order: order(), ..plain },
            Way::Date => Entry { changed: Reverse(self.changed.first(id)), ..plain },
            Way::Browse => Entry { class: self.class(id), order: order(), ..plain },
        }
    }

    /// What may be used before what may not, and in each of these frameworks first.
    fn class(&self, document: DocId) -> u8 {
        let kind = self.kind.as_ref().and_then(|column| column.ords().first(document));
        let is_framework = kind.is_some() && kind == self.framework;
        2 * self.states.of(document) + u8::from(!is_framework)
    }

    /// Reads where a document stands.
    fn stand(&self, entry: &Entry) -> Result<Stand, IndexError> {
        let (mut order, mut key) = (String::new(), String::new());
        if let Some(ordinal) = entry.order {
            self.order.ord_to_str(ordinal, &mut order).map_err(tantivy::TantivyError::from)?;
        }
        self.key.ord_to_str(entry.key, &mut key).map_err(tantivy::TantivyError::from)?;
        Ok(Stand { class: entry.class, changed: entry.changed, order, key })
    }
}

impl Stand {
    /// The canonical key of the resource.
    pub(super) fn key(&self) -> &str {
        &self.key
    }
}

#[cfg(test)]
mod tests {
    use ontology::CanonicalKey;

    use crate::cards::Cards;
    use crate::reader::Reader;
    use crate::search::error::{QueryError, SearchError};
    use crate::search::order::Order;
    use crate::search::query::{SearchQuery, SearchResults, search};
    use crate::search::shelf::{cards, fill};
    use crate::verify::sample::{guid, import, key, package};

    fn ask(text: &str, order: Order, limit: usize) -> SearchQuery {
        let as_of = Some("2026-01-01".to_owned());
        SearchQuery { order, as_of, limit, ..SearchQuery::new(text) }
    }

    fn labels(found: &SearchResults) -> Vec<String> {
        found.hits.iter().map(|hit| hit.card.label()).collect()
    }

    /// Every page of a question, one after another.
    fn pages(cards: &Cards, mut query: SearchQuery) -> Vec<CanonicalKey> {
        let mut keys = Vec::new();
        loop {
            let found = search(cards, &query).unwrap();
            assert!(found.hits.len() <= query.limit);
            keys.extend(found.hits.iter().map(|hit| hit.card.key().clone()));
            query.cursor = found.next;
            if query.cursor.is_none() {
                return keys;
            }
        }
    }

    const TITLES: [&str; 10] = [
        "Add fractions",
        "Arithmetic",
        "Arithmetic",
        "Bachelor of Cooking",
        "Cooking",
        "Count to one hundred",
        "[DEPRECATED] Interpret quotients",
        "Divide by nothing",
        "Halve a recipe",
        "Interpret products",
    ];

    #[test]
    fn titles_stand_as_in_a_dictionary_and_copies_once() {
        let found = search(cards(), &ask("*", Order::Title, 100)).unwrap();
        assert_eq!(labels(&found), TITLES);
        assert_eq!((found.total, found.next), (10, None));
        assert_eq!(found.hits[0].copies, 2);
        let found = search(cards(), &ask("fractions cooking", Order::Title, 100)).unwrap();
        assert!(labels(&found).is_sorted());
    }

    #[test]
    fn what_was_changed_last_comes_first_and_what_has_no_date_last() {
        let found = search(cards(), &ask("", Order::Date, 100)).unwrap();
        let last_change = |at: usize| found.hits[at].card.resource.identity().last_change.clone();
        assert_eq!(found.hits[0].card.key(), &key(0x11));
        assert_eq!(last_change(0).as_deref(), Some("2026-03-01T00:00:00+00:00"));
        assert!(last_change(7).is_some());
        assert_eq!((last_change(8), last_change(9)), (None, None));
        assert!(found.hits[8].card.key() < found.hits[9].card.key());
    }

    #[test]
    fn browsing_shows_what_may_be_used_and_frameworks_first() {
        let found = search(cards(), &ask("", Order::Relevance, 100)).unwrap();
        let expected = [
            "Arithmetic",
            "Add fractions",
            "Arithmetic",
            "Count to one hundred",
            "Cooking",
            "Bachelor of Cooking",
            "[DEPRECATED] Interpret quotients",
            "Halve a recipe",
            "Interpret products",
            "Divide by nothing",
        ];
        assert_eq!(labels(&found), expected);
        assert_eq!(found.hits[3].twins.len(), 1);
        assert!(found.hits[3].twins[0].as_str().contains(&guid(0x12)));
    }

    #[test]
    fn pages_follow_one_another_to_the_end_in_every_order() {
        for order in [Order::Relevance, Order::Title, Order::Date] {
            for text in ["", "fractions arithmetic count interpret"] {
                let whole = search(cards(), &ask(text, order, 100)).unwrap();
                let whole: Vec<_> = whole.hits.iter().map(|hit| hit.card.key().clone()).collect();
                assert!(whole.len() > 4);
                for limit in [1, 2, 3, 7, whole.len()] {
                    assert_eq!(pages(cards(), ask(text, order, limit)), whole, "{order:?} {limit}");
                }
                let offset = SearchQuery { offset: 2, ..ask(text, order, 2) };
                let found = search(cards(), &offset).unwrap();
                assert_eq!(found.hits[0].card.key(), &whole[2]);
                assert_eq!(found.total, whole.len());
            }
        }
    }

    #[test]
    fn a_page_of_nothing_is_a_count() {
        let found = search(cards(), &ask("", Order::Title, 0)).unwrap();
        assert_eq!((found.total, found.hits.len(), found.next), (10, 0, None));
    }

    #[test]
    fn a_cursor_goes_on_over_a_publish() {
        let dir = tempfile::tempdir().unwrap();
        fill(dir.path());
        for order in [Order::Title, Order::Relevance] {
            let before = Reader::open(dir.path()).unwrap();
            let first = search(before.cards(), &ask("", order, 4)).unwrap();
            let whole = pages(before.cards(), ask("", order, 100));
            let generation = before.manifest().generation;
            let cursor = first.next.unwrap();
            assert_eq!(
                crate::search::cursor::edition_of(&cursor),
                Some(before.manifest().edition())
            );
            // Some come before the place of the cursor and some behind it.
            let title = format!("Aardvarks {generation}");
            let n = u32::try_from(generation).unwrap() * 0x100;
            let items = [(n + 1, "A", "Abacus"), (n + 2, "Z", "Zero")];
            import(dir.path(), 3, &[(title.as_str(), package(n, &title, &items))]);
            let after = Reader::open(dir.path()).unwrap();
            assert!(after.manifest().generation > generation);
            let rest = SearchQuery { cursor: Some(cursor), ..ask("", order, 4) };
            let mut walked: Vec<_> = first.hits.iter().map(|hit| hit.card.key().clone()).collect();
            walked.extend(pages(after.cards(), rest));
            walked.retain(|key| whole.contains(key));
            assert_eq!(walked, whole, "{order:?}");
        }
    }

    #[test]
    fn a_cursor_and_an_offset_do_not_go_together() {
        let cursor = search(cards(), &ask("", Order::Title, 2)).unwrap().next;
        let refuse = |query: SearchQuery| match search(cards(), &query) {
            Err(SearchError::Query(error)) => error,
            other => panic!("{other:?}"),
        };
        let both = SearchQuery { cursor: cursor.clone(), offset: 1, ..ask("", Order::Title, 2) };
        assert_eq!(refuse(both), QueryError::CursorAndOffset);
        let other = SearchQuery { cursor, ..ask("", Order::Date, 2) };
        assert_eq!(refuse(other), QueryError::ForeignCursor);
        let damaged = SearchQuery { cursor: Some("x".to_owned()), ..ask("", Order::Date, 2) };
        assert_eq!(refuse(damaged), QueryError::DamagedCursor);
    }
}
