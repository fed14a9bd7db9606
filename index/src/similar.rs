//! What says nearly the same: near-duplicates of a statement, within its framework and across.

use ontology::CanonicalKey;
use serde::Serialize;

use crate::card::Card;
use crate::cards::Cards;
use crate::error::IndexError;
use crate::search::{Filters, SearchError};

/// What near-duplicates are looked for of.
#[derive(Debug, Clone, PartialEq)]
pub enum Likeness {
    /// A statement that somebody is about to write.
    Text(String),
    /// A resource that is held.
    Resource(CanonicalKey),
}

/// A search for near-duplicates.
#[derive(Debug, Clone, PartialEq)]
pub struct SimilarQuery {
    /// Of what.
    pub of: Likeness,
    /// Where they may be found. Where no kind is named: competencies.
    pub filters: Filters,
    /// Whether those of the same framework are left out.
    pub elsewhere: bool,
    /// The lowest score that is given, from 0 to 1.
    pub threshold: f32,
    /// The most to give.
    pub limit: usize,
}

/// What says nearly the same.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Similar {
    /// The other resource.
    pub card: Card,
    /// How alike they are, from 0 to 1, where 1 is the same words in the same order.
    pub score: f32,
    /// `same`: the same words in the same order; `near`: a few words differ; `alike`: more do.
    pub grade: &'static str,
    /// The words that only the text has, and those that only the other resource has.
    pub only_here: Vec<String>,
    /// The words that only the other has.
    pub only_there: Vec<String>,
}

/// Finds what says nearly the same, the most alike first. `None` where the resource is not held.
///
/// # Errors
/// [`SearchError::Query`] for a question beyond the limits.
pub fn similar(_cards: &Cards, _query: &SimilarQuery) -> Result<Option<Vec<Similar>>, SearchError> {
    Ok(None)
}

/// The near-duplicates of one item of a framework.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Duplicates {
    /// The item.
    pub card: Card,
    /// What says nearly the same.
    pub similar: Vec<Similar>,
}

/// Hands over the items of a framework that have near-duplicates, one after another in the order of the framework; gives how many items
/// were looked at. The filters say where the duplicates may be.
pub fn report(
    _cards: &Cards,
    _framework: &CanonicalKey,
    _query: &SimilarQuery,
    _visit: &mut dyn FnMut(Duplicates),
) -> Result<usize, IndexError> {
    Ok(0)
}
