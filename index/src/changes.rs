//! What one generation changed against the one before: added, changed and retired resources, old words and new.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use ontology::CanonicalKey;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::card::Card;
use crate::cards::Cards;
use crate::digest::Digest;
use crate::error::IndexError;

/// The name of the file: one change a line, in JSON.
pub(crate) const CHANGES: &str = "changes.ndjson";

/// What happened to a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// It was not there before.
    Added,
    /// It says something else.
    Changed,
    /// It says the same in another place: under another parent, or in another framework.
    Moved,
    /// It is shown no more.
    Retired,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Words {
    /// Its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// Its text as published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where it stands, from the root of its framework down, where that is what changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
}

/// What a publication changed of one source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = ChangeSummary)]
pub struct Summary {
    /// Resources that were not there before.
    #[schema(required)]
    pub added: u64,
    /// Resources whose code, name or text is another.
    #[schema(required)]
    pub reworded: u64,
    /// Resources that stand in another place.
    #[schema(required)]
    pub moved: u64,
    /// Resources of which something else is another.
    #[schema(required)]
    pub changed: u64,
    /// Resources that are shown no more.
    #[schema(required)]
    pub retired: u64,
    /// Some of each.
    #[schema(required)]
    pub examples: Vec<Change>,
}

/// How many examples of each sort a summary has.
const EXAMPLES: usize = 3;

impl Summary {
    /// How many resources it is about.
    pub fn total(&self) -> u64 {
        self.added + self.reworded + self.moved + self.changed + self.retired
    }

    /// Adds what a later publication changed.
    pub fn add(&mut self, later: &Self) {
        self.added += later.added;
        self.reworded += later.reworded;
        self.moved += later.moved;
        self.changed += later.changed;
        self.retired += later.retired;
        for change in &later.examples {
            self.keep(change);
        }
    }

    fn count(&mut self, change: &Change) {
        let n = match change.change {
            What::Added => &mut self.added,
            What::Changed if change.old != change.new => &mut self.reworded,
            What::Changed => &mut self.changed,
            What::Moved => &mut self.moved,
            What::Retired => &mut self.retired,
        };
        *n += 1;
        self.keep(change);
    }

    /// Keeps a change as an example, where there are few of its sort.
    fn keep(&mut self, change: &Change) {
        let is_alike = |other: &&Change| other.change == change.change;
        if self.examples.iter().filter(is_alike).count() < EXAMPLES {
            self.examples.push(change.clone());
        }
    }
}

impl Words {
    fn of(card: &Card) -> Self {
        Self {
            code: card.resource.code().map(str::to_owned),
            name: card.label(),
            text: card.resource.text().first().map(str::to_owned),
            under: None,
        }
    }

    /// The same, and where it stands.
    fn placed(card: &Card) -> Self {
        let title = card.framework.iter().filter_map(|framework| framework.title.clone());
        let steps = card.path.iter().map(|step| step.label.clone());
        let under = title.chain(steps).collect::<Vec<_>>().join(" › ");
        Self { under: Some(under), ..Self::of(card) }
    }
}

/// Writes the changes of the named records' graphs between two commits, and sums them up by source.
pub(crate) fn write(
    folder: &Path,
    graphs: &BTreeSet<String>,
    old: Option<&Cards>,
    new: &Cards,
) -> Result<BTreeMap<String, Summary>, IndexError> {
    let path = folder.join(CHANGES);
    let mut out = BufWriter::new(File::create(&path).map_err(IndexError::io(&path))?);
    let mut summaries: BTreeMap<String, Summary> = BTreeMap::new();
    let mut line = |change: &Change| {
        summaries.entry(change.source.clone()).or_default().count(change);
        let line = serde_json::to_string(change).map_err(|source| IndexError::Card { source })?;
        writeln!(out, "{line}").map_err(IndexError::io(&path))
    };
    for graph in graphs {
        of_record(graph, old, new, &mut line)?;
    }
    out.flush().map_err(IndexError::io(&path))?;
    Ok(summaries)
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
    let mut before: BTreeMap<CanonicalKey, (Digest, Digest)> = BTreeMap::new();
    if let Some(old) = old {
        for card in old.live_of_record(graph)? {
            let card = card?;
            before.insert(card.key().clone(), (digest_of(&card)?, place_of(&card)));
        }
    }
    for card in new.live_of_record(graph)? {
        let card = card?;
        match (before.remove(card.key()), old) {
            (Some((content, _)), Some(old)) if content != digest_of(&card)? => {
                let was = in_record(old, card.key(), &card)?;
                line(&change(What::Changed, was.as_ref(), Some(&card), &card))?;
            }
            (Some((_, place)), Some(old)) if place != place_of(&card) => {
                let was = in_record(old, card.key(), &card)?;
                let (old, new) = (was.as_ref().map(Words::placed), Some(Words::placed(&card)));
                line(&Change { old, new, ..change(What::Moved, None, None, &card) })?;
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

/// The digest of where a card stands: its framework and its ancestors. The order among its neighbours is no part of that.
fn place_of(card: &Card) -> Digest {
    let framework = card.framework.iter().map(|framework| framework.key.as_str());
    let steps = card.path.iter().map(|step| step.key.as_str());
    Digest::of(framework.chain(steps).collect::<Vec<_>>().join("\n").as_bytes())
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
