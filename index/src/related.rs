//! To which other frameworks the items of a framework are aligned, and how many of them.
//!
//! What is counted is what records state directly, and twins; a walk over several steps belongs to one item and not to a count. By 64 bits of
//! names alone: counts that are not read.

use std::collections::{BTreeMap, BTreeSet};

use ontology::{AlignmentType, CanonicalKey, Relation};
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{BooleanQuery, Occur, Query, TermSetQuery};
use tantivy::schema::{Field, Term};
use tantivy::{DocAddress, SegmentReader};

use crate::cards::Cards;
use crate::copies::choose;
use crate::error::IndexError;
use crate::outline::Outline;
use crate::schema::sort;
use crate::term::word;

/// The most frameworks whose titles are looked up; the others are counted alone.
pub const MAX_NAMED: usize = 50;

/// Another framework, and how many items are aligned to something in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The other framework.
    pub framework: CanonicalKey,
    /// Its title, where it is held and among the first.
    pub title: Option<String>,
    /// How many items are stated to be the same as something there, or are twins of it.
    pub n_exact: usize,
    /// How many others are stated to be related to something there.
    pub n_other: usize,
}

/// Whether each item, by the hash of its key, is stated to be the same.
type Items = BTreeMap<u64, bool>;

/// The key of a framework and the hash of something in it.
type Home = (String, u64);

/// The type of an alignment and the hashes of its ends.
type Stated = (String, Vec<u64>);

/// Counts the items of a framework that are aligned to others, by the other framework, the most first.
pub fn related(cards: &Cards, outline: &Outline) -> Result<Vec<Related>, IndexError> {
    let others = others(cards, outline)?;
    let mut frameworks: BTreeMap<String, Items> = BTreeMap::new();
    for (framework, key) in homes(cards, others.keys().copied())? {
        let items = frameworks.entry(framework).or_default();
        for (item, is_exact) in others.get(&key).into_iter().flatten() {
            *items.entry(*item).or_default() |= is_exact;
        }
    }
    frameworks.remove(outline.framework().as_str());
    let mut found: Vec<Related> = frameworks
        .into_iter()
        .filter_map(|(framework, items)| {
            let n_exact = items.values().filter(|is_exact| **is_exact).count();
            let n_other = items.len() - n_exact;
            Some(Related { framework: framework.parse().ok()?, title: None, n_exact, n_other })
        })
        .collect();
    found.sort_by_key(|related| std::cmp::Reverse((related.n_exact, related.n_other)));
    for related in found.iter_mut().take(MAX_NAMED) {
        let mut held = cards.named(&related.framework)?;
        held.retain(|card| *card.key() == related.framework);
        related.title = choose(held).first().map(|chosen| chosen.card.label());
    }
    Ok(found)
}

/// What the items are aligned to and is not one of them, each with those items.
fn others(cards: &Cards, outline: &Outline) -> Result<BTreeMap<u64, Items>, IndexError> {
    let fields = cards.fields();
    let own: BTreeSet<u64> = outline.keys().map(|(key, _)| key).collect();
    let mut others: BTreeMap<u64, Items> = BTreeMap::new();
    for (key, twin) in outline.keys() {
        if let Some(twin) = twin.filter(|twin| !own.contains(twin)) {
            others.entry(twin).or_default().insert(key, true);
        }
    }
    let ends = among(fields.links_from, &own).chain(among(fields.links_to, &own));
    let kinds = AlignmentType::all().filter(AlignmentType::is_crosswalk);
    let kinds = kinds.map(|kind| Term::from_field_text(fields.kind, kind.as_str()));
    let all: [Box<dyn Query>; 3] = [
        word(fields.sort, sort::ALIGNMENT),
        Box::new(TermSetQuery::new(ends)),
        Box::new(TermSetQuery::new(kinds)),
    ];
    let mut columns = Columns::of(cards);
    for address in cards.sorted(&shown(cards, all.into()))? {
        let Some((kind, ends)) = columns.alignment(address)? else { continue };
        let is_exact = AlignmentType::named(&kind).relation() == Relation::Equivalence;
        let (mine, theirs): (Vec<u64>, Vec<u64>) =
            ends.into_iter().partition(|end| own.contains(end));
        if let ([item], [other]) = (mine.as_slice(), theirs.as_slice()) {
            *others.entry(*other).or_default().entry(*item).or_default() |= is_exact;
        }
    }
    Ok(others)
}

/// The frameworks in which things stand that have one of these hashes, each with the hash.
fn homes(cards: &Cards, keys: impl Iterator<Item = u64>) -> Result<BTreeSet<Home>, IndexError> {
    let (fields, keys): (_, BTreeSet<u64>) = (cards.fields(), keys.collect());
    let named = TermSetQuery::new(among(fields.alias_key, &keys));
    let all: [Box<dyn Query>; 2] = [word(fields.sort, sort::RESOURCE), Box::new(named)];
    let mut columns = Columns::of(cards);
    let mut homes = BTreeSet::new();
    for address in cards.sorted(&shown(cards, all.into()))? {
        let Some((framework, key)) = columns.home(address)? else { continue };
        // Another name of something is not it.
        if keys.contains(&key) {
            homes.insert((framework, key));
        }
    }
    Ok(homes)
}

/// The hashes as they stand in a field.
fn among(field: Field, keys: &BTreeSet<u64>) -> impl Iterator<Item = Term> + '_ {
    keys.iter().map(move |key| Term::from_field_u64(field, *key))
}

/// Asks for what answers all, without what is not shown.
fn shown(cards: &Cards, all: Vec<Box<dyn Query>>) -> BooleanQuery {
    let mut clauses: Vec<_> = all.into_iter().map(|query| (Occur::Must, query)).collect();
    if !cards.shows_provisional() {
        clauses.push((Occur::MustNot, word(cards.fields().status, "provisional")));
    }
    BooleanQuery::new(clauses)
}

/// The columns of the segment that was asked last: documents come segment by segment.
struct Columns<'a> {
    cards: &'a Cards,
    open: Option<(u32, Segment)>,
}

struct Segment {
    link_end: Column<u64>,
    own_key: Column<u64>,
    kind: Option<StrColumn>,
    framework: Option<StrColumn>,
}

impl Segment {
    fn open(segment: &SegmentReader) -> Result<Self, IndexError> {
        let columns = segment.fast_fields();
        Ok(Self {
            link_end: columns.u64("link_end")?,
            own_key: columns.u64("own_key")?,
            kind: columns.str("kind")?,
            framework: columns.str("framework")?,
        })
    }
}

impl<'a> Columns<'a> {
    fn of(cards: &'a Cards) -> Self {
        Self { cards, open: None }
    }

    /// The type and the ends of an alignment.
    fn alignment(&mut self, address: DocAddress) -> Result<Option<Stated>, IndexError> {
        let Some(segment) = self.segment(address)? else { return Ok(None) };
        let ends = segment.link_end.values_for_doc(address.doc_id).collect();
        Ok(first(segment.kind.as_ref(), address)?.map(|kind| (kind, ends)))
    }

    /// The framework of a resource and the hash of its key.
    fn home(&mut self, address: DocAddress) -> Result<Option<Home>, IndexError> {
        let Some(segment) = self.segment(address)? else { return Ok(None) };
        let Some(key) = segment.own_key.first(address.doc_id) else { return Ok(None) };
        Ok(first(segment.framework.as_ref(), address)?.map(|framework| (framework, key)))
    }

    fn segment(&mut self, address: DocAddress) -> Result<Option<&Segment>, IndexError> {
        let number = address.segment_ord;
        if self.open.as_ref().is_none_or(|(open, _)| *open != number) {
            let segment = Segment::open(self.cards.searcher().segment_reader(number))?;
            self.open = Some((number, segment));
        }
        Ok(self.open.as_ref().map(|(_, segment)| segment))
    }
}

/// The first text of a document in a column.
fn first(column: Option<&StrColumn>, address: DocAddress) -> Result<Option<String>, IndexError> {
    let Some(column) = column else { return Ok(None) };
    let Some(ord) = column.term_ords(address.doc_id).next() else { return Ok(None) };
    let mut text = String::new();
    column.ord_to_str(ord, &mut text).map_err(tantivy::TantivyError::from)?;
    Ok(Some(text))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::related;
    use crate::outline::Outline;
    use crate::reader::Reader;
    use crate::verify::sample::{guid, import, key, package};

    /// A package that states alignments of its items: number, type, number of the other.
    fn aligned(made: &[u8], links: &[(u32, &str, u32)]) -> Vec<u8> {
        let mut read: Value = serde_json::from_slice(made).unwrap();
        let held = read["CFAssociations"].as_array_mut().unwrap();
        for (n, (from, kind, to)) in (0x8000..).zip(links) {
            let end = |n: u32| {
                json!({ "identifier": guid(n), "title": "x",
                        "uri": format!("https://case.example.org/ims/case/v1p0/CFItems/{}", guid(n)) })
            };
            held.push(json!({
                "identifier": guid(n), "associationType": kind,
                "uri": format!("https://case.example.org/ims/case/v1p0/CFAssociations/{}", guid(n)),
                "lastChangeDateTime": "2026-01-01T00:00:00+00:00",
                "originNodeURI": end(*from), "destinationNodeURI": end(*to),
            }));
        }
        serde_json::to_vec(&read).unwrap()
    }

    #[test]
    fn items_are_counted_by_the_framework_to_which_anybody_aligns_them() {
        let one = [(0x11, "A", "Ropes"), (0x12, "B", "Bends"), (0x13, "C", "Hitches")];
        let other = [(0x21, "a", "Lines"), (0x22, "b", "Joins")];
        let links = [
            (0x21, "exactMatchOf", 0x11),
            (0x21, "isRelatedTo", 0x11),
            (0x22, "isRelatedTo", 0x12),
            (0x22, "isRelatedTo", 0x21),
            (0x22, "precedes", 0x13),
        ];
        let records = [
            ("one", package(1, "One", &one)),
            ("other", aligned(&package(2, "Other", &other), &links)),
        ];
        let dir = tempfile::tempdir().unwrap();
        import(dir.path(), 1, &records);
        let reader = Reader::open(dir.path()).unwrap();
        let counted = |n: u32| {
            let outline = Outline::of(reader.cards(), &key(n), 100).unwrap();
            let found = related(reader.cards(), &outline).unwrap();
            let found = found.into_iter().map(|one| (one.title.unwrap(), one.n_exact, one.n_other));
            found.collect::<Vec<_>>()
        };
        assert_eq!(counted(1), [("Other".to_owned(), 1, 1)]);
        assert_eq!(counted(2), [("One".to_owned(), 1, 1)]);
    }
}
