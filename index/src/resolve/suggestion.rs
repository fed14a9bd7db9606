//! Suggestions: what the words of a badge are like. They are no answer, and never change one.

use std::collections::BTreeSet;

use ontology::{CanonicalKey, IdentifierKind, Kind, LanguageMap, identify, plain};
use serde::Serialize;
use utoipa::ToSchema;

use crate::card::Card;
use crate::cards::Cards;
use crate::error::IndexError;
use crate::resolve::claim::Claim;
use crate::resolve::frameworks::frameworks;
use crate::schema::fold_title;
use crate::search::{Filters, MAX_LIMIT, MAX_TEXT, SearchError, SearchQuery, search};

/// How many hits of the search are weighed for one suggestion.
const WEIGHED: usize = 4;

/// What the words of a badge are like: a guess to choose from, which says nothing of what the badge means.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Suggestion {
    /// The word `suggestion`, so that nobody takes it for a resolution.
    pub is: &'static str,
    /// The identity of what is suggested.
    pub key: CanonicalKey,
    /// Its IRI.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The title of its framework.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub framework: Option<String>,
    /// Its class in its standard's word.
    pub class: String,
    /// How many of the words both have, of those that either has: from 0 to 1, where 1 says that all words are the same.
    pub score: f64,
}

/// Looks for what the words of a claim are like, best first; a claim without words gives none.
pub fn suggest(cards: &Cards, claim: &Claim, limit: usize) -> Result<Vec<Suggestion>, IndexError> {
    let Some(text) = words_of(claim) else { return Ok(Vec::new()) };
    let named = claim.framework.as_deref().map(|name| frameworks(cards, name)).transpose()?;
    let named = named.map(|named| named.held).unwrap_or_default();
    let query = SearchQuery {
        filters: Filters {
            kinds: kind_of(claim).into_iter().collect(),
            frameworks: match named.as_slice() {
                [only] => vec![only.key().clone()],
                _ => Vec::new(),
            },
            ..Filters::default()
        },
        limit: limit.saturating_mul(WEIGHED).min(MAX_LIMIT),
        ..SearchQuery::new(unquoted(&text))
    };
    let hits = match search(cards, &query) {
        Ok(results) => results.hits,
        Err(SearchError::Index(error)) => return Err(error),
        // The limits are kept above, so that there is nothing that the caller could mend.
        Err(SearchError::Query(_)) => Vec::new(),
    };
    let wanted = words(&text);
    let mut found: Vec<Suggestion> = hits
        .iter()
        .map(|hit| suggestion(&hit.card, &wanted))
        .filter(|found| found.score > 0.0)
        .collect();
    // The sort is stable: what is alike in words stays in the order of the search.
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found.truncate(limit);
    Ok(found)
}

/// A text as a search takes it. What a badge quotes is no phrase that has to be met.
fn unquoted(text: &str) -> String {
    let is_quote = |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»');
    text.chars().take(MAX_TEXT).map(|c| if is_quote(c) { ' ' } else { c }).collect()
}

/// The words of a claim: its name, else what stands in the place of an identifier and is none.
fn words_of(claim: &Claim) -> Option<String> {
    let is_words =
        |text: &&str| matches!(identify(text).kind, IdentifierKind::Text | IdentifierKind::Code);
    let name = claim.name.as_deref().filter(|name| !name.trim().is_empty());
    let other = claim.url.as_deref().filter(is_words).or(claim.code.as_deref().filter(is_words));
    name.or(other).or(claim.description.as_deref()).map(plain)
}

/// The only kind that may be meant, where the class of a claim says so.
fn kind_of(claim: &Claim) -> Option<Kind> {
    match claim.class.as_deref()? {
        "CFItem" | "ceasn:Competency" | "Competency" => Some(Kind::Competency),
        "ceterms:Credential" | "Credential" => Some(Kind::Credential),
        _ => None,
    }
}

fn suggestion(card: &Card, wanted: &BTreeSet<String>) -> Suggestion {
    let resource = &card.resource;
    let texts = [resource.name(), resource.text()];
    let texts = texts.into_iter().flat_map(LanguageMap::iter).map(|(_, text)| words(text));
    let code = resource.code().map(words);
    let best = texts.chain(code).map(|words| likeness(wanted, &words)).fold(0.0, f64::max);
    Suggestion {
        is: "suggestion",
        key: card.key().clone(),
        id: resource.identity().subject.clone(),
        label: card.label(),
        code: resource.code().map(str::to_owned),
        framework: card.framework.as_ref().and_then(|framework| framework.title.clone()),
        class: resource.class().to_owned(),
        score: best,
    }
}

fn words(text: &str) -> BTreeSet<String> {
    fold_title(&plain(text)).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The share of the words of either that both have, in hundredths.
fn likeness(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    let n_both = count(one.intersection(other).count());
    let n_either = count(one.union(other).count());
    if n_either > 0.0 { (100.0 * n_both / n_either).round() / 100.0 } else { 0.0 }
}

fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}
