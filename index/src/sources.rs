//! What is known of each source of a generation.

use std::collections::{BTreeMap, BTreeSet};

use ontology::{CanonicalKey, Provenance};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::card::{RecordCard, label_of};
use crate::cards::Cards;
use crate::copies::choose;
use crate::error::IndexError;
use crate::fold::Fold;
use crate::ledger::Terms;

/// The name of the file that says what is known of the sources.
pub(crate) const SOURCES: &str = "sources.json";

/// How many conflicts are listed of a source; the rest is counted.
const LISTED: usize = 50;

/// How many resources of a record are compared with those of another at most.
const COMPARED: u64 = 50_000;

/// What is known of one source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceStatus {
    /// The records that were accepted of it.
    pub records: u64,
    /// The resources it shows.
    pub resources: u64,
    /// The ledger entry up to which it is shown.
    pub watermark: u64,
    /// When its newest record was read.
    pub fetched_at: String,
    /// Why newer entries wait, where they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<String>,
    /// Under which terms it may be used, where any were said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<Terms>,
    /// The documents that another record describes too, the first of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
    /// How many such documents there are.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub n_conflicts: u64,
}

/// A document that several records describe. All copies are kept; one is chosen to answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Conflict {
    /// What the document describes.
    pub subject: String,
    /// Its title.
    pub title: String,
    /// The records that describe it, the one that answers first.
    pub records: Vec<RecordName>,
    /// Whether they say different things; nothing where that would take too long to find out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub differs: Option<bool>,
}

/// A record and the source that it comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct RecordName {
    /// The source.
    pub source: String,
    /// The record within it.
    pub record: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
fn is_zero(n: &u64) -> bool {
    *n == 0
}

/// Sums up the sources from the cards of their records.
pub(crate) fn sources(
    cards: &Cards,
    fold: &Fold,
    watermarks: &BTreeMap<String, u64>,
    held: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, SourceStatus>, IndexError> {
    let mut sources: BTreeMap<String, SourceStatus> = BTreeMap::new();
    for (source, watermark) in watermarks {
        let status = sources.entry(source.clone()).or_default();
        status.watermark = *watermark;
        status.resources = cards.count_current(source)?;
    }
    let records = cards.records()?;
    for record in &records {
        let status = sources.entry(record.origin.source.clone()).or_default();
        status.records += 1;
        status.fetched_at =
            std::mem::take(&mut status.fetched_at).max(record.origin.fetched_at.clone());
    }
    for (source, reason) in held {
        sources.entry(source.clone()).or_default().held = Some(reason.clone());
    }
    for (source, status) in &mut sources {
        status.terms = fold.terms(source).cloned();
    }
    for conflict in conflicts(cards, &records)? {
        let among: BTreeSet<&str> =
            conflict.records.iter().map(|record| record.source.as_str()).collect();
        for source in among {
            let Some(status) = sources.get_mut(source) else { continue };
            status.n_conflicts += 1;
            if status.conflicts.len() < LISTED {
                status.conflicts.push(conflict.clone());
            }
        }
    }
    Ok(sources)
}

/// Finds the documents that more than one source has, and those that one source describes several times in different words.
fn conflicts(cards: &Cards, records: &[RecordCard]) -> Result<Vec<Conflict>, IndexError> {
    let mut described: BTreeMap<&CanonicalKey, Vec<&RecordCard>> = BTreeMap::new();
    for record in records.iter().filter(|record| !record.tombstone) {
        if let Some(key) = record.describes() {
            described.entry(key).or_default().push(record);
        }
    }
    let mut conflicts = Vec::new();
    for (key, records) in described {
        let sources: BTreeSet<&str> =
            records.iter().map(|record| record.origin.source.as_str()).collect();
        if records.len() < 2 {
            continue;
        }
        let is_of_several = sources.len() > 1;
        let conflict = conflict(cards, key, records)?;
        // The same file twice in one folder is no conflict.
        if is_of_several || conflict.differs == Some(true) {
            conflicts.push(conflict);
        }
    }
    Ok(conflicts)
}

fn conflict(
    cards: &Cards,
    key: &CanonicalKey,
    mut records: Vec<&RecordCard>,
) -> Result<Conflict, IndexError> {
    let found = cards.clone().with_provisional().named(key)?;
    let chosen = choose(found.into_iter().filter(|card| card.key() == key).collect()).pop();
    let card = chosen.map(|chosen| chosen.card);
    let answers = |record: &RecordCard| {
        card.as_ref().is_some_and(|card| {
            (&card.origin.source, &card.origin.record)
                == (&record.origin.source, &record.origin.record)
        })
    };
    records.sort_by_key(|record| !answers(record));
    let title = card.as_ref().map_or_else(|| key.to_string(), |card| label_of(&card.resource));
    Ok(Conflict {
        subject: key.subject_iri().unwrap_or_else(|| key.to_string()),
        title,
        differs: differ(cards, &records)?,
        records: records.iter().map(|record| RecordName::of(record)).collect(),
    })
}

impl RecordName {
    fn of(card: &RecordCard) -> Self {
        Self { source: card.origin.source.clone(), record: card.origin.record.clone() }
    }
}

/// Whether records say different things of the same resources: the words, not the addresses that each server gives them.
fn differ(cards: &Cards, records: &[&RecordCard]) -> Result<Option<bool>, IndexError> {
    let digests: BTreeSet<&str> =
        records.iter().map(|record| record.origin.digest.as_str()).collect();
    if digests.len() == 1 {
        return Ok(Some(false));
    }
    if records.iter().any(|record| record.resources.values().sum::<u64>() > COMPARED) {
        return Ok(None);
    }
    let mut seen = BTreeSet::new();
    for record in records {
        seen.insert(words_of(cards, record)?);
        if seen.len() > 1 {
            return Ok(Some(true));
        }
    }
    Ok(Some(false))
}

/// What each resource of a record says: code, name and text.
type Words = BTreeMap<CanonicalKey, (Option<String>, String, Option<String>)>;

fn words_of(cards: &Cards, record: &RecordCard) -> Result<Words, IndexError> {
    let provenance = Provenance {
        source: record.origin.source.clone(),
        record: record.origin.record.clone(),
        ..Provenance::default()
    };
    let mut words = Words::new();
    for card in cards.live_of_record(&provenance.asserted_graph())? {
        let card = card?;
        let code = card.resource.code().map(str::to_owned);
        let text = card.resource.text().first().map(str::to_owned);
        words.insert(card.key().clone(), (code, card.label(), text));
    }
    Ok(words)
}
