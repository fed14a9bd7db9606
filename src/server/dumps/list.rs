//! What can be taken along: everything, and the frameworks, page by page.

use std::collections::BTreeMap;

use index::Reader;
use index::card::Card;
use index::edition::Edition;
use index::ledger::Terms;
use ontology::CanonicalKey;
use serde::Serialize;
use utoipa::ToSchema;

use crate::export::Form;
use crate::server::dumps::digests::Digests;
use crate::server::dumps::name::{Part, Whole, hash};
use crate::server::parameters::{invalid, number};
use crate::server::problem::Problem;

/// The parameter that says how many frameworks are listed.
pub(super) const LIMIT: &str = "limit";

/// The parameter that says after which framework the page begins.
pub(super) const AFTER: &str = "after";

/// The most frameworks on a page, and as many as there are where nothing is said.
const MAX_LIMIT: usize = 1_000;

/// What can be taken along of a generation.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Dumps {
    /// The generation that says so.
    pub generation: u64,
    /// When it was published.
    pub published_at: String,
    /// Everything that may be given away.
    pub all: Vec<Dump>,
    /// The sources with the terms under which each may be used.
    pub sources: Vec<DumpedSource>,
    /// The frameworks of this page, in the order of their hashes.
    pub frameworks: Vec<DumpedFramework>,
    /// How many frameworks there are.
    pub total: usize,
    /// Where the next page begins; none where this is the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// One file that can be taken along.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::server) struct Dump {
    /// Where it is.
    pub href: String,
    /// Its form: `nq`, `ndjson` or `csv`.
    pub format: &'static str,
    /// The media type of what is packed in it.
    pub media_type: &'static str,
    /// Where its digest is.
    pub checksum: String,
    /// How many bytes it has, where it was written before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// Its SHA-256, where it was written before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// A source, and whether it is in the dumps.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct DumpedSource {
    /// The source.
    pub name: String,
    /// Whether what comes from it may be given away in bulk, and so is in the dumps.
    pub redistribute: bool,
    /// Its licence, as an address or in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Where the terms of use stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
}

/// A framework that can be taken along.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct DumpedFramework {
    /// Its canonical key.
    #[schema(value_type = String)]
    pub key: CanonicalKey,
    /// The first 16 digits of the SHA-256 of its key.
    pub hash: String,
    /// Its title.
    pub title: String,
    /// Who publishes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Its licence: an address, else a title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// The sources that it came from.
    pub sources: Vec<String>,
    /// The files.
    pub dumps: Vec<Dump>,
}

/// Which frameworks are listed.
pub(super) struct Page {
    limit: usize,
    after: Option<u64>,
}

/// Reads which frameworks are wanted.
pub(super) fn page(limit: Option<&str>, after: Option<&str>) -> Result<Page, Problem> {
    let limit = limit.map_or(Ok(MAX_LIMIT), |text| number(LIMIT, text))?;
    if limit > MAX_LIMIT {
        let detail = format!("a page holds at most {MAX_LIMIT} frameworks");
        return Err(invalid(LIMIT, detail).with("max", MAX_LIMIT));
    }
    let no_hash = || invalid(AFTER, "a hash has 16 hexadecimal digits, in lower case");
    let after = after.map(|digits| hash(digits).ok_or_else(no_hash)).transpose()?;
    Ok(Page { limit, after })
}

/// Lists what can be taken along of a generation.
pub(super) fn list(
    reader: &Reader,
    digests: &Digests,
    forms: &[Form],
    page: &Page,
) -> Result<Dumps, Problem> {
    let manifest = reader.manifest();
    let edition = manifest.edition();
    let files = |part: Part| files(digests, edition, forms, part);
    let frameworks = frameworks(reader)?;
    let total = frameworks.len();
    let is_after = |(hash, _): &(u64, Vec<Card>)| page.after.is_none_or(|after| *hash > after);
    let mut rest = frameworks.into_iter().filter(is_after);
    let listed: Vec<DumpedFramework> = rest
        .by_ref()
        .take(page.limit)
        .filter_map(|(hash, cards)| described(hash, &cards, files(Part::Framework(hash))))
        .collect();
    let last = listed.last().filter(|_| rest.next().is_some());
    Ok(Dumps {
        generation: manifest.generation,
        published_at: manifest.published_at.clone(),
        all: files(Part::All),
        sources: sources(reader),
        next: last.map(|last| format!("/dumps?{LIMIT}={}&{AFTER}={}", page.limit, last.hash)),
        frameworks: listed,
        total,
    })
}

/// The files of a part, in every form that there is here.
fn files(digests: &Digests, edition: Edition, forms: &[Form], part: Part) -> Vec<Dump> {
    forms.iter().map(|form| dump(digests, edition, Whole { part, form: *form })).collect()
}

/// The files of a framework, of which these are the copies; none where no copy may be given away.
pub(super) fn of_framework(
    digests: &Digests,
    edition: Edition,
    forms: &[Form],
    copies: &[Card],
) -> Vec<Dump> {
    let key = copies.iter().find(|card| is_given(card)).map(|card| card.key().alias_key());
    key.map(|key| files(digests, edition, forms, Part::Framework(key))).unwrap_or_default()
}

fn dump(digests: &Digests, edition: Edition, dump: Whole) -> Dump {
    let measured = digests.of(edition, dump);
    Dump {
        href: dump.path(),
        format: dump.form.ending(),
        media_type: dump.form.media_type(),
        checksum: dump.path_of_digest(),
        bytes: measured.map(|measured| measured.len),
        sha256: measured.map(|measured| measured.digest.to_string()),
    }
}

fn sources(reader: &Reader) -> Vec<DumpedSource> {
    let sources = reader.sources().iter().map(|(name, status)| {
        let terms = status.terms.clone().unwrap_or_default();
        let Terms { licence, terms, redistribute } = terms;
        DumpedSource { name: name.clone(), redistribute, licence, terms }
    });
    sources.collect()
}

/// The frameworks that may be given away, by hash, each with all its copies.
fn frameworks(reader: &Reader) -> Result<BTreeMap<u64, Vec<Card>>, Problem> {
    let mut frameworks: BTreeMap<u64, Vec<Card>> = BTreeMap::new();
    for card in reader.cards().frameworks()? {
        if is_given(&card) {
            frameworks.entry(card.key().alias_key()).or_default().push(card);
        }
    }
    Ok(frameworks)
}

/// Whether there are dumps of a framework for the sake of this card: one that a record describes, and that may be given away.
pub(in crate::server) fn is_given(card: &Card) -> bool {
    let terms = card.origin.terms.as_ref();
    !card.mentioned && terms.is_none_or(|terms| terms.redistribute)
}

fn described(hash: u64, cards: &[Card], dumps: Vec<Dump>) -> Option<DumpedFramework> {
    let first = cards.iter().find(|card| !card.withdrawn).or_else(|| cards.first())?;
    let licence = first.license.as_ref().and_then(|of| of.uri.clone().or_else(|| of.title.clone()));
    let said = || first.origin.terms.as_ref().and_then(|terms| terms.licence.clone());
    let mut sources: Vec<String> = cards.iter().map(|card| card.origin.source.clone()).collect();
    sources.sort();
    sources.dedup();
    Some(DumpedFramework {
        key: first.key().clone(),
        hash: format!("{hash:016x}"),
        title: first.label(),
        publisher: first.publisher().map(str::to_owned),
        licence: licence.or_else(said),
        sources,
        dumps,
    })
}
