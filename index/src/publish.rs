//! Publishing: the views as they are now become the next generation.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use ontology::{Kind, Provenance};
use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::cards::Cards;
use crate::changes::Summary;
use crate::crash;
use crate::edition::Edition;
use crate::error::IndexError;
use crate::feed::{self, Publishing};
use crate::generations::Generations;
use crate::ledger::Op;
use crate::manifest::{Counts, FORMAT, MANIFEST, Manifest};
use crate::reader::{self, Reader};
use crate::sources::{SOURCES, sources};
use crate::truth::Truth;
use crate::views::Views;

/// How many records are compared between the two views before a generation is published.
const SAMPLES: usize = 100;

/// How many quads are counted for it.
const SAMPLED_QUADS: u64 = 50_000;

/// What a publication did.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// The number of the generation.
    pub generation: u64,
    /// How many resources it added, changed or retired.
    pub changes: u64,
    /// What it holds.
    pub counts: Counts,
    /// What changed, source by source.
    pub summaries: BTreeMap<String, Summary>,
}

/// Why a generation is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// The views have moved; where they have not, nothing is published.
    Progress,
    /// The views were made anew; everything is compared.
    Rebuilt,
    /// Something must not be kept; earlier generations go, and no old words are repeated.
    Purged,
}

/// How many generations have their changes kept where nobody says it.
pub const KEEP_CHANGES: u64 = 400;

/// What a publication has to know besides what it publishes.
#[derive(Debug, Clone, Copy)]
pub struct Publication<'a> {
    /// The sources whose entries wait, with the reason.
    pub held: &'a BTreeMap<String, String>,
    /// Why it is made.
    pub occasion: Occasion,
    /// The most generations whose changes are kept.
    pub keep_changes: u64,
    /// When.
    pub now: OffsetDateTime,
}

/// Publishes the views. `None` where nothing has moved since the current generation.
pub fn publish(
    truth: &Truth,
    views: &Views,
    publication: Publication<'_>,
) -> Result<Option<Published>, IndexError> {
    let Publication { held, occasion, keep_changes, now } = publication;
    let data = views.data();
    let generations = Generations::of(data);
    // Also where nothing is published: a crash may have come after the last publication, while it removed the oldest.
    generations.tidy()?;
    let earlier = match Reader::open_if_any(data) {
        // What a rebuild makes anew may be what cannot be opened.
        Err(error) if occasion != Occasion::Progress => {
            tracing::warn!(%error, "the current generation is left out of the comparison");
            None
        }
        read => read?,
    };
    let watermarks = views.text().watermarks().clone();
    let sources_now = |cards: &Cards| sources(cards, truth.fold(), &watermarks, held);
    if occasion == Occasion::Progress
        && let Some(earlier) = &earlier
        && earlier.manifest().watermarks == watermarks
        && *earlier.sources() == sources_now(&views.text().searcher()?)?
    {
        return Ok(None);
    }
    if earlier.is_none() && watermarks.is_empty() {
        return Ok(None);
    }
    crash::point("publish.before_begin");
    let (number, building) = generations.begin()?;
    crash::point("publish.after_begin");
    views.graph().backup(&building.join("graph"))?;
    crash::point("publish.after_graph");
    let text = building.join("text");
    fs::create_dir(&text).map_err(IndexError::io(&text))?;
    views.text().link_into(&text)?;
    crash::point("publish.after_text");
    let cards = reader::open_cards(&text)?;
    let graphs = touched(truth, earlier.as_ref(), &watermarks, occasion);
    let told = earlier.as_ref().filter(|_| occasion != Occasion::Purged);
    let published_at = now.format(&Rfc3339).map_err(|source| IndexError::Moment { source })?;
    let ledger_hash = truth.ledger().head_hash().to_string();
    let publishing = Publishing {
        building: &building,
        edition: Edition::new(number, &published_at, &ledger_hash),
        published_at: published_at.clone(),
        earlier: told.map(|earlier| (earlier.manifest().generation, earlier.folder())),
        keep: keep_changes,
    };
    let summaries = feed::write(&publishing, &graphs, told.map(Reader::cards), &cards)?;
    write_json(&building.join(SOURCES), &sources_now(&cards)?)?;
    let manifest = Manifest {
        format: FORMAT,
        generation: number,
        published_at,
        program: concat!("alidade ", env!("CARGO_PKG_VERSION")).to_owned(),
        ledger_seq: truth.ledger().last_seq(),
        ledger_hash,
        watermarks,
        counts: counts(&cards)?,
        files: Manifest::digest_files(&building, earlier.as_ref().map(Reader::manifest))?,
    };
    crash::point("publish.before_manifest");
    write_json(&building.join(MANIFEST), &manifest)?;
    reader::compare_views(&building, &cards, SAMPLES, SAMPLED_QUADS)?;
    generations.finish(number, &building)?;
    drop(earlier);
    match occasion {
        Occasion::Purged => generations.forget_all_but_current()?,
        Occasion::Progress | Occasion::Rebuilt => generations.prune()?,
    }
    let changes = summaries.values().map(Summary::total).sum();
    Ok(Some(Published { generation: number, changes, counts: manifest.counts, summaries }))
}

/// Tells whether a crash cut a purge short: a redaction is newer than a generation that is still there, current or not,
/// or than all there is.
pub fn has_unfinished_purge(data: &Path, truth: &Truth) -> Result<bool, IndexError> {
    let generations = Generations::of(data);
    // A generation that cannot be read may hold anything.
    let made_up_to = |number| {
        Manifest::read(&generations.path(number)).map_or(0, |manifest| manifest.ledger_seq)
    };
    let oldest = generations.numbers()?.into_iter().map(made_up_to).min().unwrap_or(0);
    for entry in truth.ledger().entries(oldest + 1)? {
        if entry?.op == Op::Redact {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The graphs of the records that have moved since the earlier generation.
fn touched(
    truth: &Truth,
    earlier: Option<&Reader>,
    watermarks: &BTreeMap<String, u64>,
    occasion: Occasion,
) -> BTreeSet<String> {
    let mark = |source: &str| match (occasion, earlier) {
        (Occasion::Progress, Some(earlier)) => {
            earlier.manifest().watermarks.get(source).copied().unwrap_or(0)
        }
        _ => 0,
    };
    let mut graphs = BTreeSet::new();
    for source in watermarks.keys() {
        for (record, versions) in truth.fold().records(source) {
            if versions.iter().any(|version| version.seq > mark(source)) {
                graphs.insert(graph_of(source, record));
            }
        }
    }
    graphs
}

fn graph_of(source: &str, record: &str) -> String {
    Provenance { source: source.to_owned(), record: record.to_owned(), ..Provenance::default() }
        .asserted_graph()
}

/// Counts what a commit of the text index holds.
fn counts(cards: &Cards) -> Result<Counts, IndexError> {
    let records = cards.records()?;
    Ok(Counts {
        records: u64::try_from(records.len()).unwrap_or(u64::MAX),
        resources: cards.count_by_kind(&Kind::ALL)?,
        withdrawn: cards.count_withdrawn()?,
        provisional: cards.count_provisional()?,
        alignments: cards.count_alignments()?,
        quads: records.iter().map(|record| record.quads).sum(),
        documents: cards.count_documents(),
    })
}

fn write_json<T: Serialize>(path: &Path, value: &T) -> Result<(), IndexError> {
    let text = serde_json::to_string_pretty(value).map_err(|source| IndexError::Card { source })?;
    fs::write(path, text + "\n").map_err(IndexError::io(path))
}
