//! The read path of near-duplicates: what they are looked for of, and what is found.

use std::ops::ControlFlow;

use index::IndexError;
use index::cards::Cards;
use index::copies::choose;
use index::resolve::{Found, Resolution, Rung, Verdict, resolve};
use index::search::{Filters, SearchError, SearchQuery, search};
use index::similar::{Duplicates, Likeness, Similar, SimilarQuery, report, similar};
use ontology::{CanonicalKey, Kind, identify};
use serde::Serialize;
use utoipa::ToSchema;

/// The near-duplicates where nothing else is asked for.
pub(crate) const DEFAULT_LIMIT: usize = 10;

/// The lowest score where nothing else is asked for.
pub(crate) const DEFAULT_THRESHOLD: f32 = 0.6;

/// The most resources of a framework that a report goes over in one answer.
pub(crate) const MAX_REPORTED: usize = 300;

/// Why a text cannot be looked for elsewhere.
pub(crate) const NOT_ELSEWHERE: &str = "a text is in no framework; `elsewhere` is for resources";

/// What somebody typed comes to.
pub(crate) enum Typed {
    /// A resource that is held.
    Resource(CanonicalKey),
    /// A statement.
    Text,
    /// An identifier that names none, or several.
    Nothing(Box<Resolution>),
}

/// What says nearly the same.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Alike {
    /// The generation that says so.
    pub generation: u64,
    /// The resource whose near-duplicates they are; none where that is a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<CanonicalKey>,
    /// What was found, the most alike first.
    pub similar: Vec<Similar>,
}

/// How a report over a framework ended.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Reported {
    /// The generation that says so.
    pub generation: u64,
    /// The framework.
    pub framework: CanonicalKey,
    /// How many items were looked at.
    pub items: usize,
    /// How many of them have near-duplicates.
    pub with_duplicates: usize,
}

/// Finds the resource of an identifier in any spelling, or of a code that one framework alone has.
///
/// A badge with a bare code must not be read as if it had said which framework it means; whoever asks here what is like a code has the answer
/// before their eyes.
pub(crate) fn named(
    cards: &Cards,
    id: &str,
    as_of: &str,
) -> Result<Result<CanonicalKey, Box<Resolution>>, IndexError> {
    let resolution = resolve(cards, id, None, as_of)?;
    let candidates = match resolution.verdict {
        Verdict::Resolved | Verdict::Ambiguous => resolution.found.as_slice(),
        _ => &[],
    };
    let is_alone = |found: &Found| {
        resolution.verdict == Verdict::Resolved || found.evidence.rung == Rung::Code
    };
    Ok(match candidates {
        [one] if is_alone(one) => Ok(one.chosen.card.key().clone()),
        _ => Err(Box::new(resolution)),
    })
}

/// Reads what somebody typed: whatever names no resource, not even several, and is no identifier either is a statement.
pub(crate) fn typed(cards: &Cards, text: &str, as_of: &str) -> Result<Typed, IndexError> {
    let nothing = match named(cards, text, as_of)? {
        Ok(key) => return Ok(Typed::Resource(key)),
        Err(nothing) => nothing,
    };
    let is_one_word = !text.trim().contains(char::is_whitespace);
    let is_identifier = is_one_word && identify(text).key.is_some();
    let is_named = is_identifier || nothing.verdict == Verdict::Ambiguous;
    Ok(if is_named { Typed::Nothing(nothing) } else { Typed::Text })
}

/// Finds what says nearly the same; nothing where the resource is not held. Where no kind is named, what is like a resource is of its kind.
pub(crate) fn alike(
    cards: &Cards,
    generation: u64,
    query: &SimilarQuery,
) -> Result<Option<Alike>, SearchError> {
    let key = match &query.of {
        Likeness::Resource(key) => Some(key.clone()),
        Likeness::Text(_) => None,
    };
    let mut query = query.clone();
    if let Some(key) = key.as_ref().filter(|_| query.filters.kinds.is_empty()) {
        query.filters.kinds.extend(kind(cards, key)?);
    }
    Ok(similar(cards, &query)?.map(|similar| Alike { generation, key, similar }))
}

/// The kind of a resource: of what has the key, else of what goes by it.
fn kind(cards: &Cards, key: &CanonicalKey) -> Result<Option<Kind>, IndexError> {
    let held = choose(cards.named(key)?);
    let own = held.iter().find(|held| held.card.key() == key).or(held.first());
    Ok(own.map(|own| own.card.resource.kind()))
}

/// Tells whether a framework is held, and how many resources it has.
pub(crate) fn size(cards: &Cards, framework: &CanonicalKey) -> Result<Option<usize>, SearchError> {
    let held = cards.named(framework)?;
    if !held.iter().any(|card| card.as_framework().is_some()) {
        return Ok(None);
    }
    let filters = Filters { frameworks: vec![framework.clone()], ..Filters::default() };
    let everything = SearchQuery { filters, limit: 0, ..SearchQuery::new("") };
    Ok(Some(search(cards, &everything)?.total))
}

/// Hands over the items of a framework, those too that have no near-duplicates, until it is told to stop, and says how it ended.
pub(crate) fn report_on(
    cards: &Cards,
    generation: u64,
    (framework, query): (CanonicalKey, &SimilarQuery),
    visit: &mut dyn FnMut(Duplicates) -> ControlFlow<()>,
) -> Result<Reported, IndexError> {
    let mut with_duplicates = 0;
    let items = report(cards, &framework, query, &mut |duplicates| {
        with_duplicates += usize::from(!duplicates.similar.is_empty());
        visit(duplicates)
    })?;
    Ok(Reported { generation, framework, items, with_duplicates })
}
