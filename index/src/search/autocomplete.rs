//! Completing what somebody begins to type.

use std::collections::BTreeSet;

use ontology::{CanonicalKey, Kind};
use serde::Serialize;

use crate::card::Card;
use crate::cards::Cards;
use crate::error::IndexError;
use crate::search::completion::{Candidate, Lane};
use crate::search::error::{QueryError, SearchError};
use crate::search::filter::Filters;
use crate::search::query::{MAX_LIMIT, MAX_TEXT};
use crate::search::span::Span;
use crate::search::typed::Typed;

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

/// Completes a text: exact labels and codes first, then labels that begin so, then what has a code that begins so, then labels with words
/// that begin so.
///
/// Within each of these, what may be used comes before what may not, a label of more resources before one of fewer, frameworks and
/// credentials before what is in them, a shorter label before a longer one; last decides the alphabet.
///
/// # Errors
/// [`SearchError::Query`] for a question beyond the limits.
pub fn autocomplete(
    cards: &Cards,
    query: &AutocompleteQuery,
) -> Result<Vec<Completion>, SearchError> {
    query.check()?;
    let typed = Typed::of(&query.text);
    let mut found: Vec<Candidate> = Vec::new();
    for lane in Lane::ALL {
        if found.len() < query.limit {
            let held: BTreeSet<&str> = found.iter().map(|found| found.label.as_str()).collect();
            let mut more = lane.candidates(cards, &query.filters, &typed)?;
            more.retain(|candidate| !held.contains(candidate.label.as_str()));
            found.append(&mut more);
        }
    }
    found.sort_by(|a, b| a.rank.cmp(&b.rank).then_with(|| a.label.cmp(&b.label)));
    found.truncate(query.limit);
    let completions = found.into_iter().map(|candidate| complete(cards, &typed, &candidate));
    Ok(completions.filter_map(Result::transpose).collect::<Result<_, IndexError>>()?)
}

impl AutocompleteQuery {
    fn check(&self) -> Result<(), QueryError> {
        let n_chars = self.text.chars().count();
        if n_chars > MAX_TEXT {
            return Err(QueryError::TextTooLong { found: n_chars, max: MAX_TEXT });
        }
        if self.limit > MAX_LIMIT {
            return Err(QueryError::PageTooLarge { found: self.limit, max: MAX_LIMIT });
        }
        Ok(())
    }
}

/// Reads the resources of a label.
fn complete(
    cards: &Cards,
    typed: &Typed,
    candidate: &Candidate,
) -> Result<Option<Completion>, IndexError> {
    let mut resources = Vec::new();
    let mut label = None;
    for address in &candidate.best {
        let card: Card = cards.stored(*address)?;
        let framework = card.framework.as_ref().filter(|_| card.as_framework().is_none());
        label.get_or_insert_with(|| card.label());
        resources.push(Completed {
            key: card.key().clone(),
            id: card.resource.identity().subject.clone(),
            kind: card.resource.kind(),
            code: card.resource.code().map(str::to_owned),
            framework: framework.and_then(|framework| framework.title.clone()),
        });
    }
    let count = candidate.count;
    Ok(label.map(|label| Completion { spans: typed.spans(&label), label, resources, count }))
}
