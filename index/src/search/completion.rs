//! The lanes by which an unfinished text finds labels.
//!
//! All of them end in the column of folded labels: there, one number is one label, whatever has it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use ontology::Kind;
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{BooleanQuery, FastFieldRangeQuery, Query, RangeQuery};
use tantivy::schema::{Field, Term};
use tantivy::{DocAddress, DocId, SegmentReader};

use crate::cards::Cards;
use crate::document::values::day_number;
use crate::error::IndexError;
use crate::search::filter::Filters;
use crate::search::matches::{Document, Matched, Matches};
use crate::search::state::StateColumns;
use crate::search::typed::Typed;
use crate::term::word;

/// The most resources of a label that are named.
const MAX_RESOURCES: usize = 10;

/// The most labels of a segment that are compared in the end; which they are is decided by what the segment alone knows.
const MAX_LABELS: usize = 1_000;

/// A way from a text to labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lane {
    /// The label begins so.
    Label,
    /// The code begins so.
    Code,
    /// A word of the label begins so.
    Word,
}

/// Why a label stands where it does; the lowest comes first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    /// Whether more is missing than nothing.
    is_partial: bool,
    lane: Lane,
    /// The best state of what has it.
    state: u8,
    /// The characters of the label; of the code, where that led here. The shorter ones are the nearest to what was typed.
    length: usize,
    n_resources: Reverse<usize>,
    kind: u8,
    /// The code, where that led here.
    code: String,
}

/// A label that may be meant.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub rank: Rank,
    /// The label, folded.
    pub label: String,
    /// How many resources have it.
    pub count: usize,
    /// The best of them.
    pub best: Vec<DocAddress>,
}

/// How near a code is to what was typed; the lowest is the nearest.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Near {
    is_partial: bool,
    length: usize,
    code: String,
}

/// What is known of a label before all segments are seen.
struct Label {
    rank: Rank,
    groups: BTreeSet<u64>,
    members: Vec<Member>,
}

/// A resource of a label, in the order in which they are named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Member {
    near: Near,
    state: u8,
    is_mirrored: bool,
    key: String,
    group: u64,
    address: DocAddress,
}

/// A label of one segment, by what that segment knows of it.
type Judged<'a> = (Rank, String, &'a [(u64, Document)]);

/// The columns of a segment that labels are judged by.
struct Columns {
    labels: StrColumn,
    codes: Option<StrColumn>,
    keys: Option<StrColumn>,
    kinds: Option<StrColumn>,
    /// The places of the kinds, by their ordinals.
    kind_places: Vec<u8>,
    states: StateColumns,
    mirrored: Column<u64>,
    /// How near the codes are, by their ordinals; empty where no code led here.
    near: BTreeMap<u64, Near>,
}

impl Lane {
    /// Every lane, the surest first.
    pub(super) const ALL: [Self; 3] = [Self::Label, Self::Code, Self::Word];

    /// Finds the labels that a text may become.
    pub(super) fn candidates(
        self,
        cards: &Cards,
        filters: &Filters,
        typed: &Typed,
    ) -> Result<Vec<Candidate>, IndexError> {
        let Some(query) = self.query(cards, typed) else { return Ok(Vec::new()) };
        let mut all = filters.queries(cards, None);
        all.push(query);
        let matches = Matches::of(cards, &BooleanQuery::intersection(all))?;
        let today = filters.as_of.as_deref().and_then(day_number);
        let mut labels = BTreeMap::new();
        for segment in &matches.segments {
            let reader = cards.searcher().segment_reader(segment.ordinal);
            if let Some(columns) = Columns::open(cards, reader, today)? {
                self.gather(segment, columns, typed, &mut labels)?;
            }
        }
        Ok(labels.into_iter().map(|(label, found)| Self::candidate(label, found)).collect())
    }

    /// Asks for what the lane leads to; `None` where nothing that counts here was typed.
    fn query(self, cards: &Cards, typed: &Typed) -> Option<Box<dyn Query>> {
        let fields = cards.fields();
        match self {
            Self::Label if !typed.label.is_empty() => {
                let (from, to) = range(fields.order, &typed.label);
                Some(Box::new(FastFieldRangeQuery::new(from, to)))
            }
            Self::Code if !typed.code.is_empty() => {
                // A dash at the end is a mark (`B-`), unless the code goes on behind it.
                let beginning = typed.code.strip_suffix('-').unwrap_or(&typed.code);
                let (from, to) = range(fields.code, beginning);
                Some(Box::new(FastFieldRangeQuery::new(from, to)))
            }
            Self::Word => {
                let (last, whole) = typed.forms.split_last()?;
                let begun = |form: &String| -> Box<dyn Query> {
                    let (from, to) = range(fields.word, form);
                    Box::new(RangeQuery::new(from, to))
                };
                let mut all = vec![any(last, begun)];
                all.extend(whole.iter().map(|forms| any(forms, |form| word(fields.word, form))));
                Some(Box::new(BooleanQuery::intersection(all)))
            }
            _ => None,
        }
    }

    /// Adds the labels of a segment.
    fn gather(
        self,
        segment: &Matched,
        mut columns: Columns,
        typed: &Typed,
        labels: &mut BTreeMap<String, Label>,
    ) -> Result<(), IndexError> {
        let ords = columns.labels.ords();
        let numbered = segment.documents.iter();
        let mut documents: Vec<(u64, Document)> =
            numbered.filter_map(|document| Some((ords.first(document.id)?, *document))).collect();
        documents.sort_unstable_by_key(|(label, document)| (*label, document.id));
        if self == Self::Code {
            columns.near = columns.compare_codes(&documents, &typed.code)?;
        }
        let runs: Vec<&[(u64, Document)]> = documents.chunk_by(|(a, _), (b, _)| a == b).collect();
        let mut judged: Vec<Judged<'_>> = Vec::new();
        for (run, label) in runs.iter().zip(columns.read_labels(&runs)?) {
            if self != Self::Word || typed.is_in(&label) {
                judged.push((self.rank(typed, &columns, &label, run), label, run));
            }
        }
        if judged.len() > MAX_LABELS {
            judged.select_nth_unstable_by(MAX_LABELS, |(a, ..), (b, ..)| a.cmp(b));
            judged.truncate(MAX_LABELS);
        }
        for (rank, label, run) in judged {
            let held = labels.entry(label).or_insert_with(|| Label::new(&rank));
            held.merge(&rank);
            held.add(run, &columns, segment.ordinal)?;
        }
        Ok(())
    }

    /// Judges a label by what one segment knows of it.
    fn rank(self, typed: &Typed, columns: &Columns, label: &str, run: &[(u64, Document)]) -> Rank {
        let near = match self {
            Self::Code => run.iter().filter_map(|(_, document)| columns.near(document.id)).min(),
            Self::Label | Self::Word => None,
        };
        let near = near.cloned().unwrap_or_else(|| Near {
            is_partial: label != typed.label,
            length: label.chars().count(),
            code: String::new(),
        });
        let Near { is_partial, length, code } = near;
        let (state, kind) = columns.best(run);
        let n_resources = Reverse(run.len());
        Rank { is_partial, lane: self, state, n_resources, kind, length, code }
    }

    fn candidate(label: String, mut found: Label) -> Candidate {
        found.members.sort();
        let mut groups = BTreeSet::new();
        found.members.retain(|member| groups.insert(member.group));
        found.members.truncate(MAX_RESOURCES);
        let count = found.groups.len();
        let rank = Rank { n_resources: Reverse(count), ..found.rank };
        let best = found.members.into_iter().map(|member| member.address).collect();
        Candidate { rank, label, count, best }
    }
}

impl Label {
    fn new(rank: &Rank) -> Self {
        Self { rank: rank.clone(), groups: BTreeSet::new(), members: Vec::new() }
    }

    /// Takes the best of what two segments know.
    fn merge(&mut self, other: &Rank) {
        self.rank.state = self.rank.state.min(other.state);
        self.rank.kind = self.rank.kind.min(other.kind);
        let nearness = |rank: &Rank| (rank.is_partial, rank.length, rank.code.clone());
        let nearest = nearness(&self.rank).min(nearness(other));
        (self.rank.is_partial, self.rank.length, self.rank.code) = nearest;
    }

    /// Adds the documents of one segment.
    fn add(
        &mut self,
        run: &[(u64, Document)],
        columns: &Columns,
        segment: u32,
    ) -> Result<(), IndexError> {
        let mut ordered = Vec::with_capacity(run.len());
        for (_, document) in run {
            let key = columns.keys.as_ref().and_then(|column| column.ords().first(document.id));
            let is_mirrored = columns.mirrored.first(document.id) == Some(1);
            let state = columns.states.of(document.id);
            let place = (columns.near(document.id), state, is_mirrored, key.unwrap_or_default());
            ordered.push((place, *document));
            self.groups.insert(document.group);
        }
        ordered.sort_unstable_by_key(|(place, _)| *place);
        let mut groups = BTreeSet::new();
        ordered.retain(|(_, document)| groups.insert(document.group));
        for ((near, state, is_mirrored, _), document) in ordered.into_iter().take(MAX_RESOURCES) {
            self.members.push(Member {
                near: near.cloned().unwrap_or_default(),
                state,
                is_mirrored,
                key: read(columns.keys.as_ref(), document.id)?,
                group: document.group,
                address: DocAddress::new(segment, document.id),
            });
        }
        Ok(())
    }
}

impl Columns {
    fn open(
        cards: &Cards,
        segment: &SegmentReader,
        today: Option<u64>,
    ) -> Result<Option<Self>, IndexError> {
        let fields = cards.fields();
        let columns = segment.fast_fields();
        let name = |field| fields.schema.get_field_name(field);
        let Some(labels) = columns.str(name(fields.order))? else { return Ok(None) };
        let kinds = columns.str(name(fields.kind))?;
        Ok(Some(Self {
            labels,
            codes: columns.str(name(fields.code))?,
            keys: columns.str(name(fields.key))?,
            kind_places: kinds.as_ref().map_or(Ok(Vec::new()), kind_places)?,
            kinds,
            states: StateColumns::open(segment, today)?,
            mirrored: columns.u64(name(fields.mirrored))?,
            near: BTreeMap::new(),
        }))
    }

    /// Reads the labels of runs, which are in their order.
    fn read_labels(&self, runs: &[&[(u64, Document)]]) -> Result<Vec<String>, IndexError> {
        let numbers = runs.iter().filter_map(|run| run.first().map(|(label, _)| *label));
        let numbers: Vec<u64> = numbers.collect();
        let mut labels = Vec::with_capacity(numbers.len());
        let read = |bytes: &[u8]| labels.push(String::from_utf8_lossy(bytes).into_owned());
        let dictionary = self.labels.dictionary();
        dictionary.sorted_ords_to_term_cb(&numbers, read).map_err(tantivy::TantivyError::from)?;
        Ok(labels)
    }

    /// Compares the codes of documents with what was typed, each code once.
    fn compare_codes(
        &self,
        documents: &[(u64, Document)],
        typed: &str,
    ) -> Result<BTreeMap<u64, Near>, IndexError> {
        let Some(codes) = &self.codes else { return Ok(BTreeMap::new()) };
        let ords = codes.ords();
        let mut numbers: Vec<u64> =
            documents.iter().filter_map(|(_, document)| ords.first(document.id)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut near = Vec::with_capacity(numbers.len());
        let read = |bytes: &[u8]| near.push(Near::of(&String::from_utf8_lossy(bytes), typed));
        let dictionary = codes.dictionary();
        dictionary.sorted_ords_to_term_cb(&numbers, read).map_err(tantivy::TantivyError::from)?;
        Ok(numbers.into_iter().zip(near).collect())
    }

    /// How near the code of a document is, where one led here.
    fn near(&self, document: DocId) -> Option<&Near> {
        let ordinal = self.codes.as_ref()?.ords().first(document)?;
        self.near.get(&ordinal)
    }

    /// The best state and the best kind of some documents.
    fn best(&self, run: &[(u64, Document)]) -> (u8, u8) {
        let states = run.iter().map(|(_, document)| self.states.of(document.id));
        let kinds = run.iter().map(|(_, document)| self.kind(document.id));
        (states.min().unwrap_or(u8::MAX), kinds.min().unwrap_or(u8::MAX))
    }

    fn kind(&self, document: DocId) -> u8 {
        let ordinal = self.kinds.as_ref().and_then(|column| column.ords().first(document));
        let place = ordinal.and_then(|ordinal| usize::try_from(ordinal).ok());
        place.and_then(|place| self.kind_places.get(place)).copied().unwrap_or(u8::MAX)
    }
}

/// The places of the kinds of a column: wholes before what is in them, and what was defined for their use last.
fn kind_places(column: &StrColumn) -> Result<Vec<u8>, IndexError> {
    let wholes = [Kind::Framework, Kind::Credential].map(Kind::as_str);
    let defined = [Kind::ItemType, Kind::License, Kind::AssociationGrouping].map(Kind::as_str);
    let mut places = Vec::new();
    let mut kind = String::new();
    for ordinal in (0_u64..).take(column.num_terms()) {
        column.ord_to_str(ordinal, &mut kind).map_err(tantivy::TantivyError::from)?;
        let is_whole = wholes.contains(&kind.as_str());
        let is_defined = defined.contains(&kind.as_str());
        places.push(if is_whole { 0 } else { 1 + u8::from(is_defined) });
    }
    Ok(places)
}

impl Near {
    fn of(code: &str, typed: &str) -> Self {
        Self { is_partial: code != typed, length: code.chars().count(), code: code.to_owned() }
    }
}

/// Asks for any form of a word.
fn any(forms: &[String], ask: impl Fn(&String) -> Box<dyn Query>) -> Box<dyn Query> {
    Box::new(BooleanQuery::union(forms.iter().map(ask).collect()))
}

/// The bounds of all texts that begin with another.
fn range(field: Field, beginning: &str) -> (Bound<Term>, Bound<Term>) {
    let to = format!("{beginning}{}", char::MAX);
    let term = |text: &str| Term::from_field_text(field, text);
    (Bound::Included(term(beginning)), Bound::Excluded(term(&to)))
}

/// Reads the value of a column; an empty text where there is none.
fn read(column: Option<&StrColumn>, document: DocId) -> Result<String, IndexError> {
    let mut value = String::new();
    if let Some(column) = column
        && let Some(ordinal) = column.ords().first(document)
    {
        column.ord_to_str(ordinal, &mut value).map_err(tantivy::TantivyError::from)?;
    }
    Ok(value)
}
