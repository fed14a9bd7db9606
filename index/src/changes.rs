//! What one generation changed against the one before: added, changed and retired resources, old words and new.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use ontology::CanonicalKey;
use serde::{Deserialize, Serialize};

use crate::card::Card;
use crate::cards::Cards;
use crate::digest::Digest;
use crate::error::IndexError;

/// The name of the file: one change a line, in JSON.
pub(crate) const CHANGES: &str = "changes.ndjson";

/// What happened to a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// It was not there before.
    Added,
    /// It says something else.
    Changed,
    /// It is shown no more.
    Retired,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// What happened.
    pub change: What,
    /// The subject of the resource.
    pub subject: String,
    /// Its kind.
    pub kind: String,
    /// The source.
    pub source: String,
    /// The record.
    pub record: String,
    /// Its code and words before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<Words>,
    /// Its code and words now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<Words>,
}

/// What a resource says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// Its text as published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl Words {
    fn of(card: &Card) -> Self {
        Self {
            code: card.resource.code().map(str::to_owned),
            name: card.label(),
            text: card.resource.text().first().map(str::to_owned),
        }
    }
}

/// Writes the changes of the named records' graphs between two commits; gives their number.
pub(crate) fn write(
    folder: &Path,
    graphs: &BTreeSet<String>,
    old: Option<&Cards>,
    new: &Cards,
) -> Result<u64, IndexError> {
    let path = folder.join(CHANGES);
    let mut out = BufWriter::new(File::create(&path).map_err(IndexError::io(&path))?);
    let mut n_changes = 0;
    let mut line = |change: &Change| {
        n_changes += 1;
        let line = serde_json::to_string(change).map_err(|source| IndexError::Card { source })?;
        writeln!(out, "{line}").map_err(IndexError::io(&path))
    };
    for graph in graphs {
        of_record(graph, old, new, &mut line)?;
    }
    out.flush().map_err(IndexError::io(&path))?;
    Ok(n_changes)
}

/// Takes one change down.
type Line<'a> = dyn FnMut(&Change) -> Result<(), IndexError> + 'a;

/// Compares two states of one record, card by card: a large framework is never held as a whole.
fn of_record(
    graph: &str,
    old: Option<&Cards>,
    new: &Cards,
    line: &mut Line<'_>,
) -> Result<(), IndexError> {
    let mut before: BTreeMap<CanonicalKey, Digest> = BTreeMap::new();
    if let Some(old) = old {
        for card in old.live_of_record(graph)? {
            let card = card?;
            before.insert(card.key().clone(), digest_of(&card)?);
        }
    }
    for card in new.live_of_record(graph)? {
        let card = card?;
        match (before.remove(card.key()), old) {
            (Some(digest), Some(old)) if digest != digest_of(&card)? => {
                let was = in_record(old, card.key(), &card)?;
                line(&change(What::Changed, was.as_ref(), Some(&card), &card))?;
            }
            (Some(_), _) => {}
            (None, _) => line(&change(What::Added, None, Some(&card), &card))?,
        }
    }
    let Some(old) = old else { return Ok(()) };
    for card in old.live_of_record(graph)? {
        let card = card?;
        if before.contains_key(card.key()) {
            line(&change(What::Retired, Some(&card), None, &card))?;
        }
    }
    Ok(())
}

fn digest_of(card: &Card) -> Result<Digest, IndexError> {
    let text = serde_json::to_vec(&card.resource).map_err(|source| IndexError::Card { source })?;
    Ok(Digest::of(&text))
}

/// Finds the card of a resource in the same record as another card of it.
fn in_record(cards: &Cards, key: &CanonicalKey, beside: &Card) -> Result<Option<Card>, IndexError> {
    let same = |card: &Card| {
        card.key() == key
            && card.origin.record == beside.origin.record
            && card.origin.source == beside.origin.source
    };
    Ok(cards.named(key)?.into_iter().find(same))
}

fn change(what: What, old: Option<&Card>, new: Option<&Card>, either: &Card) -> Change {
    Change {
        change: what,
        subject: either.resource.identity().subject.clone(),
        kind: either.resource.kind().as_str().to_owned(),
        source: either.origin.source.clone(),
        record: either.origin.record.clone(),
        old: old.map(Words::of),
        new: new.map(Words::of),
    }
}
