//! A framework from above: its items in their publisher's order, and what they come to in numbers.
//!
//! Every item is read once, and of most of it only a few bytes are kept: a framework may have a hundred thousand.

mod statistics;

use std::collections::{BTreeMap, BTreeSet};

use ontology::{CanonicalKey, Kind, identify};
use tantivy::DocAddress;
use tantivy::columnar::Column;
use tantivy::query::{BooleanQuery, Occur};

use crate::card::Card;
use crate::cards::{Cards, Page};
use crate::error::IndexError;
use crate::outline::statistics::{Counting, Place};
use crate::schema::sort;
use crate::term::{hash, word};

pub use crate::outline::statistics::{Noted, Statistics};

/// How many documents are read for each item: what several sources have is held once of each.
const COPIES: usize = 3;

/// Where an item stands.
#[derive(Debug)]
struct Row {
    /// The hash of its key.
    key: u64,
    /// The hash that its key has in the other standard.
    twin: Option<u64>,
    /// The hash of its parent's key.
    parent: u64,
    rank: u64,
    address: DocAddress,
}

impl Row {
    fn of(place: &Place, address: DocAddress) -> Self {
        let parent = place.parents.first();
        Self {
            key: place.key().alias_key(),
            twin: identify(place.key().as_str()).inferred.map(|twin| twin.alias_key()),
            parent: parent.map_or(0, |parent| parent.key.alias_key()),
            rank: parent.map_or(u64::MAX, |parent| parent.rank),
            address,
        }
    }
}

/// An item in its order.
#[derive(Debug)]
struct Placed {
    key: u64,
    twin: Option<u64>,
    address: DocAddress,
}

/// The items of a framework: every item before its children, and they in their publisher's order.
///
/// What hangs on nothing that is here comes last; of several copies one is taken.
#[derive(Debug)]
pub struct Outline {
    framework: CanonicalKey,
    items: Vec<Placed>,
    statistics: Statistics,
}

impl Outline {
    /// Reads the items of a framework, without those that are withdrawn and those that are not shown; at most so many.
    pub fn of(cards: &Cards, framework: &CanonicalKey, limit: usize) -> Result<Self, IndexError> {
        let mut counting = Counting::default();
        let (rows, is_whole) = rows(cards, framework, limit, &mut counting)?;
        let mut items = Vec::new();
        for (row, depth) in in_order(rows, framework.alias_key()) {
            counting.place(depth);
            items.push(Placed { key: row.key, twin: row.twin, address: row.address });
        }
        let statistics = counting.settled(is_whole);
        Ok(Self { framework: framework.clone(), items, statistics })
    }

    /// The framework.
    pub fn framework(&self) -> &CanonicalKey {
        &self.framework
    }

    /// How many items there are.
    pub fn n_items(&self) -> usize {
        self.items.len()
    }

    /// What the items come to in numbers.
    pub fn statistics(&self) -> &Statistics {
        &self.statistics
    }

    /// The cards of a stretch of the items. They have to be asked of the cards from which the outline was made.
    pub fn page(&self, cards: &Cards, page: Page) -> Result<Vec<Card>, IndexError> {
        let items = self.items.iter().skip(page.offset).take(page.limit);
        items.map(|item| cards.stored(item.address)).collect()
    }

    /// The places of the items, in order.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = DocAddress> + '_ {
        self.items.iter().map(|item| item.address)
    }

    /// The hashes of the items, each with that of its twin.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (u64, Option<u64>)> + '_ {
        self.items.iter().map(|item| (item.key, item.twin))
    }
}

/// Counts the items of a framework that are shown, each once in however many records it stands. By 64 bits of names alone.
pub fn count_items(cards: &Cards, framework: &CanonicalKey) -> Result<usize, IndexError> {
    let mut keys: Vec<u64> = Vec::new();
    let mut open: Option<(u32, Column<u64>)> = None;
    for address in cards.sorted(&items(cards, framework))? {
        let number = address.segment_ord;
        if open.as_ref().is_none_or(|(of, _)| *of != number) {
            let columns = cards.searcher().segment_reader(number).fast_fields();
            open = Some((number, columns.u64("own_key")?));
        }
        keys.extend(open.as_ref().and_then(|(_, column)| column.first(address.doc_id)));
    }
    keys.sort_unstable();
    keys.dedup();
    Ok(keys.len())
}

/// The copies of the items of a framework in the order of the index, each item counted as it is first read, and whether these are all items.
fn rows(
    cards: &Cards,
    framework: &CanonicalKey,
    limit: usize,
    counting: &mut Counting,
) -> Result<(Vec<Row>, bool), IndexError> {
    let found = cards.sorted(&items(cards, framework))?;
    let n_read = limit.saturating_mul(COPIES);
    let mut is_whole = found.len() <= n_read;
    let (mut rows, mut seen) = (Vec::new(), BTreeSet::new());
    for address in found.into_iter().take(n_read) {
        let place: Place = cards.stored(address)?;
        if place.withdrawn {
            continue;
        }
        let row = Row::of(&place, address);
        let is_new = !seen.contains(&row.key);
        if is_new && seen.len() >= limit {
            is_whole = false;
            break;
        }
        if is_new {
            seen.insert(row.key);
            counting.add(place);
        }
        rows.push(row);
    }
    Ok((rows, is_whole))
}

/// Asks for the items of a framework, without those that are withdrawn and those that are not shown.
fn items(cards: &Cards, framework: &CanonicalKey) -> BooleanQuery {
    let fields = cards.fields();
    let kind = word(fields.kind, Kind::Competency.as_str());
    let all = [word(fields.sort, sort::RESOURCE), kind, hash(fields.framework_key, framework)];
    let mut clauses: Vec<_> = all.into_iter().map(|query| (Occur::Must, query)).collect();
    clauses.push((Occur::MustNot, word(fields.status, "withdrawn")));
    if !cards.shows_provisional() {
        clauses.push((Occur::MustNot, word(fields.status, "provisional")));
    }
    BooleanQuery::new(clauses)
}

/// The order of a framework, with how deep each item stands: 1 directly under it, 0 where it hangs on nothing that is here.
fn in_order(mut rows: Vec<Row>, root: u64) -> Vec<(Row, usize)> {
    rows.sort_by_key(|row| (row.rank, row.key, row.address));
    let mut children: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        children.entry(row.parent).or_default().push(at);
    }
    let below = |key: u64| children.get(&key).into_iter().flatten().rev().copied();
    let mut seen = BTreeSet::new();
    let mut order = Vec::new();
    let mut open: Vec<(usize, usize)> = (0..rows.len()).rev().map(|at| (at, 0)).collect();
    open.extend(below(root).map(|at| (at, 1)));
    while let Some((at, depth)) = open.pop() {
        let Some(row) = rows.get(at).filter(|row| seen.insert(row.key)) else { continue };
        order.push((at, depth));
        let next = if depth == 0 { 0 } else { depth + 1 };
        open.extend(below(row.key).map(|at| (at, next)));
    }
    let mut rows: Vec<Option<Row>> = rows.into_iter().map(Some).collect();
    let taken = order.into_iter();
    taken.filter_map(|(at, depth)| Some((rows.get_mut(at)?.take()?, depth))).collect()
}

#[cfg(test)]
mod tests {
    use super::{Outline, count_items};
    use crate::cards::Page;
    use crate::reader::Reader;
    use crate::verify::sample::{import, key, package};

    const ITEMS: [(u32, &str, &str); 4] = [
        (0x11, "A", "Ropes"),
        (0x12, "A.1", "Bends"),
        (0x13, "", "Hitches"),
        (0x14, "A.1", "Splices"),
    ];

    #[test]
    fn an_outline_counts_its_items_and_gives_them_in_order() {
        let dir = tempfile::tempdir().unwrap();
        import(dir.path(), 1, &[("knots", package(1, "Knots", &ITEMS))]);
        let reader = Reader::open(dir.path()).unwrap();
        let outline = Outline::of(reader.cards(), &key(1), 100).unwrap();
        assert_eq!((outline.n_items(), outline.framework()), (4, &key(1)));
        let page = outline.page(reader.cards(), Page { offset: 1, limit: 2 }).unwrap();
        let labels: Vec<String> = page.iter().map(crate::card::Card::label).collect();
        // Without numbers the codes tell the order, and what has none is first.
        assert_eq!(labels, ["Ropes", "Bends"]);
        let counted = outline.statistics();
        assert!(counted.is_whole);
        assert_eq!((counted.n, counted.depths.as_slice(), counted.n_loose), (4, [4].as_slice(), 0));
        assert_eq!(counted.repeated_codes, [("A.1".to_owned(), 2)]);
        assert_eq!((counted.without_code.n, counted.without_words.n), (1, 0));
        assert_eq!(counted.without_code.first[0].label, "Hitches");
    }

    #[test]
    fn what_two_sources_have_counts_once() {
        let dir = tempfile::tempdir().unwrap();
        let records = [("a", package(1, "Knots", &ITEMS)), ("b", package(1, "Knots", &ITEMS))];
        import(dir.path(), 1, &records);
        let reader = Reader::open(dir.path()).unwrap();
        let outline = Outline::of(reader.cards(), &key(1), 4).unwrap();
        let counted = outline.statistics();
        assert!(counted.is_whole);
        assert_eq!((outline.n_items(), counted.n, counted.n_loose), (4, 4, 0));
        assert_eq!(counted.repeated_codes, [("A.1".to_owned(), 2)]);
        assert_eq!((counted.types.as_slice(), counted.without_code.n), ([(None, 4)].as_slice(), 1));
        assert_eq!(count_items(reader.cards(), &key(1)).unwrap(), 4);
    }

    #[test]
    fn of_too_many_items_the_first_are_read_and_that_is_said() {
        let dir = tempfile::tempdir().unwrap();
        import(dir.path(), 1, &[("knots", package(1, "Knots", &ITEMS))]);
        let reader = Reader::open(dir.path()).unwrap();
        let outline = Outline::of(reader.cards(), &key(1), 3).unwrap();
        assert_eq!((outline.n_items(), outline.statistics().is_whole), (3, false));
    }
}
