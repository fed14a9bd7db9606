//! What one generation changed against the one before: added, changed and retired resources, old words and new.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::card::Card;
use crate::cards::Cards;
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
    for graph in graphs {
        let before = old.map_or_else(|| Ok(Vec::new()), |old| old.cards_of_record(graph))?;
        let after = new.cards_of_record(graph)?;
        for change in between(&before, &after) {
            let line =
                serde_json::to_string(&change).map_err(|source| IndexError::Card { source })?;
            writeln!(out, "{line}").map_err(IndexError::io(&path))?;
            n_changes += 1;
        }
    }
    out.flush().map_err(IndexError::io(&path))?;
    Ok(n_changes)
}

/// Compares two states of one record.
fn between(before: &[Card], after: &[Card]) -> Vec<Change> {
    let live = |cards: &[Card]| -> BTreeMap<String, Card> {
        let live = cards.iter().filter(|card| !card.withdrawn);
        live.map(|card| (card.resource.identity().subject.clone(), card.clone())).collect()
    };
    let (before, after) = (live(before), live(after));
    let mut changes = Vec::new();
    for (subject, new) in &after {
        match before.get(subject) {
            None => changes.push(change(What::Added, None, Some(new), new)),
            Some(old) if old.resource != new.resource => {
                changes.push(change(What::Changed, Some(old), Some(new), new));
            }
            Some(_) => {}
        }
    }
    let retired = before.iter().filter(|(subject, _)| !after.contains_key(*subject));
    changes.extend(retired.map(|(_, old)| change(What::Retired, Some(old), None, old)));
    changes
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
