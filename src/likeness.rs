//! The read path of near-duplicates: what they are looked for of, and what is found.

use index::IndexError;
use index::cards::Cards;
use index::resolve::{Resolution, resolve};
use index::search::{Filters, SearchError, SearchQuery, search};
use index::similar::{Duplicates, Likeness, Similar, SimilarQuery, report, similar};
use ontology::{CanonicalKey, identify};
use serde::Serialize;

/// The near-duplicates where nothing else is asked for.
pub(crate) const DEFAULT_LIMIT: usize = 10;

/// The lowest score where nothing else is asked for.
pub(crate) const DEFAULT_THRESHOLD: f32 = 0.6;

/// What an identifier, or what may be one, comes to.
pub(crate) enum Named {
    /// A resource that is held.
    Resource(CanonicalKey),
    /// A statement.
    Text,
    /// An identifier that names none, or several.
    Nothing(Box<Resolution>),
}

/// What says nearly the same.
#[derive(Debug, Serialize)]
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
#[derive(Debug, Serialize)]
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

/// Finds the resource of an identifier in any spelling, or of a code.
pub(crate) fn named(cards: &Cards, id: &str, as_of: &str) -> Result<Named, IndexError> {
    let resolution = resolve(cards, id, None, as_of)?;
    let key = resolution.resource().map(|found| found.chosen.card.key().clone());
    Ok(match key {
        Some(key) => Named::Resource(key),
        None => Named::Nothing(Box::new(resolution)),
    })
}

/// Reads what somebody typed: whatever names no resource and is no identifier either is a statement.
pub(crate) fn typed(cards: &Cards, text: &str, as_of: &str) -> Result<Named, IndexError> {
    let is_one_word = !text.trim().contains(char::is_whitespace);
    match named(cards, text, as_of)? {
        Named::Nothing(nothing) if is_one_word && identify(text).key.is_some() => {
            Ok(Named::Nothing(nothing))
        }
        Named::Nothing(_) => Ok(Named::Text),
        other => Ok(other),
    }
}

/// Finds what says nearly the same; nothing where the resource is not held.
pub(crate) fn alike(
    cards: &Cards,
    generation: u64,
    query: &SimilarQuery,
) -> Result<Option<Alike>, SearchError> {
    let key = match &query.of {
        Likeness::Resource(key) => Some(key.clone()),
        Likeness::Text(_) => None,
    };
    Ok(similar(cards, query)?.map(|similar| Alike { generation, key, similar }))
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

/// Hands over the items of a framework that have near-duplicates, and says how it ended.
pub(crate) fn report_on(
    cards: &Cards,
    generation: u64,
    (framework, query): (CanonicalKey, &SimilarQuery),
    visit: &mut dyn FnMut(Duplicates),
) -> Result<Reported, IndexError> {
    let mut with_duplicates = 0;
    let items = report(cards, &framework, query, &mut |duplicates| {
        with_duplicates += 1;
        visit(duplicates);
    })?;
    Ok(Reported { generation, framework, items, with_duplicates })
}
