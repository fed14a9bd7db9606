//! A search for near-duplicates and what it gives.

use std::collections::BTreeMap;

use ontology::CanonicalKey;
use serde::Serialize;

use crate::card::Card;
use crate::cards::Cards;
use crate::copies::choose;
use crate::error::IndexError;
use crate::search::{Filters, MAX_LIMIT, QueryError, SearchError};
use crate::similar::candidates::Candidates;
use crate::similar::comparison::{Comparison, compare};
use crate::similar::weight::Weights;
use crate::similar::wording::Wording;
use crate::suggest::{MAX_TEXT, Scope, twins};

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
    /// Where they may be found. Where no kind is named: competencies; where no status is named: what is neither withdrawn nor deprecated.
    pub filters: Filters,
    /// Whether those of the same framework are left out.
    pub elsewhere: bool,
    /// The lowest score that is given, from 0 to 1.
    pub threshold: f32,
    /// The most to give.
    pub limit: usize,
}

impl SimilarQuery {
    fn check(&self) -> Result<(), QueryError> {
        if let Likeness::Text(text) = &self.of {
            let n_chars = text.chars().count();
            if n_chars > MAX_TEXT {
                return Err(QueryError::TextTooLong { found: n_chars, max: MAX_TEXT });
            }
        }
        if self.limit > MAX_LIMIT {
            return Err(QueryError::PageTooLarge { found: self.limit, max: MAX_LIMIT });
        }
        Ok(())
    }
}

/// What says nearly the same.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Similar {
    /// The other resource.
    pub card: Card,
    /// How alike they are, from 0 to 1, where 1 is the same words in the same order.
    pub score: f32,
    /// `same`: the same words in the same order; `near`: a few words differ; `alike`: more do, or a number, a negation or a sign does.
    pub grade: &'static str,
    /// The words that only the text has, as they are written there.
    pub only_here: Vec<String>,
    /// The words that only the other has, as they are written there.
    pub only_there: Vec<String>,
    /// Keys of the same resource in the other standard, which is no near-duplicate of its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub twins: Vec<CanonicalKey>,
}

/// Finds what says nearly the same, the most alike first. `None` where the resource is not held.
///
/// The copies and the twin of a resource are the resource, not its duplicates; those of another resource are folded into one.
///
/// # Errors
/// [`SearchError::Query`] for a question beyond the limits.
pub fn similar(cards: &Cards, query: &SimilarQuery) -> Result<Option<Vec<Similar>>, SearchError> {
    query.check()?;
    let mut weights = Weights::of(cards);
    let mut scope = Scope::of(cards, &query.filters);
    let found = match &query.of {
        Likeness::Text(text) => Search { cards, query, scope: &scope }.alike(
            &[Wording::of(None, text)],
            None,
            &mut weights,
        )?,
        Likeness::Resource(key) => {
            let held = choose(cards.named(key)?);
            let exact = held.iter().position(|chosen| chosen.card.key() == key).unwrap_or(0);
            let Some(own) = held.into_iter().nth(exact) else { return Ok(None) };
            if let Some(framework) = own.card.framework.as_ref().filter(|_| query.elsewhere) {
                scope = scope.outside(cards, &framework.key);
            }
            let search = Search { cards, query, scope: &scope };
            search.alike(&Wording::statements(&own.card), Some(own.card.key()), &mut weights)?
        }
    };
    Ok(Some(found))
}

/// A copy of a resource with what the comparison with it came to.
type Copy = (Card, Comparison);

/// A search with what holds for every text that is asked for.
pub(super) struct Search<'a> {
    pub cards: &'a Cards,
    pub query: &'a SimilarQuery,
    pub scope: &'a Scope,
}

impl Search<'_> {
    /// Finds what says nearly the same as one of several wordings of a resource, which is not its own duplicate.
    pub(super) fn alike(
        &self,
        here: &[Wording],
        own: Option<&CanonicalKey>,
        weights: &mut Weights<'_>,
    ) -> Result<Vec<Similar>, IndexError> {
        let candidates = Candidates { cards: self.cards, scope: self.scope };
        let mut groups: BTreeMap<u64, Vec<Copy>> = BTreeMap::new();
        for candidate in candidates.of(here, own, self.query.limit)? {
            let card: Card = self.cards.stored(candidate.address)?;
            let there = Wording::all_of(&card);
            let compared = best(here, &there, weights)?;
            if let Some(compared) = compared.filter(|best| best.score >= self.query.threshold) {
                groups.entry(candidate.group).or_default().push((card, compared));
            }
        }
        let mut found: Vec<Similar> = groups.into_values().filter_map(fold).collect();
        found.sort_by(|a, b| {
            b.score.total_cmp(&a.score).then_with(|| a.card.key().cmp(b.card.key()))
        });
        found.truncate(self.query.limit);
        for similar in &mut found {
            similar.twins = twins(self.cards, &similar.card)?;
        }
        Ok(found)
    }
}

/// The comparison of the two wordings that are most alike.
fn best(
    here: &[Wording],
    there: &[Wording],
    weights: &mut Weights<'_>,
) -> Result<Option<Comparison>, IndexError> {
    let mut best: Option<Comparison> = None;
    for (one, other) in here.iter().flat_map(|one| there.iter().map(move |other| (one, other))) {
        let compared = compare(one, other, weights)?;
        if best.as_ref().is_none_or(|best| compared.score > best.score) {
            best = Some(compared);
        }
    }
    Ok(best)
}

/// Makes one of the copies of a resource: the copy that resolving it gives, with the words that this copy has.
fn fold(copies: Vec<Copy>) -> Option<Similar> {
    let most = copies.iter().map(|(_, compared)| compared.score).max_by(f32::total_cmp)?;
    let alike = copies.into_iter().filter(|(_, compared)| compared.score >= most);
    let (held, compared): (Vec<Card>, Vec<Comparison>) = alike.unzip();
    let compared = compared.into_iter().next()?;
    let card = choose(held).into_iter().next()?.card;
    Some(Similar {
        card,
        score: compared.score,
        grade: compared.grade,
        only_here: compared.only_here,
        only_there: compared.only_there,
        twins: Vec::new(),
    })
}
