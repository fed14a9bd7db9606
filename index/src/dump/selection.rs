//! Which records of a generation are given away.

use std::collections::{BTreeMap, BTreeSet};

use ontology::{CanonicalKey, Kind};
use serde::Deserialize;
use tantivy::Term;
use tantivy::query::{BooleanQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use crate::card::{Card, RecordCard, Stored};
use crate::cards::Cards;
use crate::error::IndexError;
use crate::reader::Reader;
use crate::schema::sort;
use crate::sources::RecordName;
use crate::term::{hash, word};

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Everything.
    Everything,
    /// What came from some sources.
    Sources(BTreeSet<String>),
    /// The records that describe some frameworks or what belongs to them.
    Frameworks(BTreeSet<CanonicalKey>),
}

impl Scope {
    /// Whether what belongs to a framework, or to none, is wanted.
    pub fn wants(&self, framework: Option<&CanonicalKey>) -> bool {
        match self {
            Self::Frameworks(wanted) => framework.is_some_and(|key| wanted.contains(key)),
            Self::Everything | Self::Sources(_) => true,
        }
    }
}

/// What is given away of what is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// What was wanted.
    pub scope: Scope,
    /// The records, by source and name.
    pub records: BTreeSet<RecordName>,
    /// How many records of which sources were left out, because these may not be given away.
    pub left_out: BTreeMap<String, u64>,
}

/// Where a card belongs: as much of it as is needed to tell.
#[derive(Debug, Deserialize)]
struct Belonging {
    origin: RecordName,
    #[serde(default)]
    framework: Option<Keyed>,
    #[serde(default)]
    mentioned: bool,
}

#[derive(Debug, Deserialize)]
struct Keyed {
    key: CanonicalKey,
}

impl Stored for Belonging {}

/// Chooses the records of a generation.
pub fn select(reader: &Reader, scope: Scope) -> Result<Selection, IndexError> {
    let mut wanted: BTreeSet<RecordName> = BTreeSet::new();
    match &scope {
        Scope::Frameworks(keys) => {
            for key in keys {
                add_records_of(reader.cards(), key, &mut wanted)?;
            }
        }
        Scope::Everything | Scope::Sources(_) => {
            reader.cards().each(sort::RECORD, &mut |card: RecordCard| {
                wanted
                    .insert(RecordName { source: card.origin.source, record: card.origin.record });
            })?;
        }
    }
    if let Scope::Sources(sources) = &scope {
        wanted.retain(|record| sources.contains(&record.source));
    }
    let mut selection = Selection { scope, records: BTreeSet::new(), left_out: BTreeMap::new() };
    for record in wanted {
        if may_be_given_away(reader, &record.source) {
            selection.records.insert(record);
        } else {
            *selection.left_out.entry(record.source).or_default() += 1;
        }
    }
    Ok(selection)
}

fn may_be_given_away(reader: &Reader, source: &str) -> bool {
    let terms = reader.sources().get(source).and_then(|status| status.terms.as_ref());
    terms.is_none_or(|terms| terms.redistribute)
}

/// Adds the records that describe a framework or what belongs to it; one that only mentions something of it is none of them.
fn add_records_of(
    cards: &Cards,
    framework: &CanonicalKey,
    records: &mut BTreeSet<RecordName>,
) -> Result<(), IndexError> {
    for hit in cards.sorted(&*hash(cards.fields().framework_key, framework))? {
        let card: Belonging = cards.stored(hit)?;
        let belongs = card.framework.is_some_and(|found| found.key == *framework);
        if belongs && !card.mentioned {
            records.insert(card.origin);
        }
    }
    Ok(())
}

/// The framework whose key has a hash that begins with these 64 bits; `None` where none is shown.
pub fn framework_of_hash(cards: &Cards, hash: u64) -> Result<Option<CanonicalKey>, IndexError> {
    let fields = cards.fields();
    let term = Term::from_field_u64(fields.alias_key, hash);
    let query = BooleanQuery::intersection(vec![
        word(fields.sort, sort::RESOURCE),
        word(fields.kind, Kind::Framework.as_str()),
        Box::new(TermQuery::new(term, IndexRecordOption::Basic)),
    ]);
    for hit in cards.sorted(&query)? {
        let card: Card = cards.stored(hit)?;
        let is_shown = cards.shows_provisional() || !card.provisional;
        if is_shown && card.key().alias_key() == hash {
            return Ok(Some(card.key().clone()));
        }
    }
    Ok(None)
}
