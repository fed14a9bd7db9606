//! Why a hit stands where it does, in parts that a person can follow.

use serde::Serialize;
use tantivy::query::{EnableScoring, Weight};
use tantivy::{DocAddress, DocSet, Score, TERMINATED};
use utoipa::ToSchema;

use crate::cards::Cards;
use crate::error::IndexError;
use crate::search::element::{REST, Way};
use crate::search::tier::Tier;

/// Why a hit stands where it does.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The tier, which decides before any score: `identifier`, `label`, `code`, `codePrefix`, `allWords`, `corrected`, `someWords`, `browse`.
    pub tier: &'static str,
    /// What the tier means, in a sentence.
    pub reason: String,
    /// What each word was worth in each field; together they are the score.
    pub parts: Vec<Part>,
}

/// What one word was worth in one field.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ScorePart)]
pub struct Part {
    /// The word of the question.
    pub word: String,
    /// The word of the index that it met: a stem, a longer word, a corrected one.
    pub met: String,
    /// The field.
    pub field: &'static str,
    /// How it was met: `word`, `exact` (in the very form that was asked for), `prefix`, `typo`, `phrase`, `gram`.
    pub how: &'static str,
    /// What it added to the score.
    pub score: f32,
}

/// A way, with what weighs it.
type WeighedWay<'a> = (&'a Way, Box<dyn Weight>);

/// What explains the hits of one tier.
pub(super) struct Explainer<'a> {
    tier: &'a Tier,
    /// What each element asked for, and its ways with what weighs them.
    elements: Vec<(&'a str, Vec<WeighedWay<'a>>)>,
}

impl<'a> Explainer<'a> {
    /// Makes ready to explain the hits of a tier.
    pub(super) fn of(cards: &Cards, tier: &'a Tier) -> Result<Self, IndexError> {
        let scoring = EnableScoring::enabled_from_searcher(cards.searcher());
        let mut elements = Vec::new();
        for element in tier.required.iter().chain(&tier.optional) {
            let mut ways = Vec::new();
            for way in &element.ways {
                ways.push((way, way.query.weight(scoring)?));
            }
            elements.push((element.asked.as_str(), ways));
        }
        Ok(Self { tier, elements })
    }

    /// Takes the score of a document apart, the weightiest part first.
    pub(super) fn explain(
        &self,
        cards: &Cards,
        address: DocAddress,
    ) -> Result<Explanation, IndexError> {
        let mut parts = Vec::new();
        for (asked, ways) in &self.elements {
            let mut met = Vec::new();
            for (way, weight) in ways {
                met.extend(score(cards, address, &**weight)?.map(|score| (*way, score)));
            }
            met.sort_by(|(_, a), (_, b)| b.total_cmp(a));
            let counted = met.into_iter().enumerate().map(|(place, (way, score))| Part {
                word: (*asked).to_owned(),
                met: way.met.clone(),
                field: way.field,
                how: way.how,
                score: if place == 0 { score } else { score * REST },
            });
            parts.extend(counted);
        }
        parts.sort_by(|a, b| b.score.total_cmp(&a.score));
        let reason = self.tier.reason().to_owned();
        Ok(Explanation { tier: self.tier.name, reason, parts })
    }
}

/// What a way adds for a document that has it.
fn score(
    cards: &Cards,
    address: DocAddress,
    weight: &dyn Weight,
) -> Result<Option<Score>, IndexError> {
    let segment = cards.searcher().segment_reader(address.segment_ord);
    let mut scorer = weight.scorer(segment, 1.0)?;
    let first = scorer.doc();
    let is_met = match first {
        TERMINATED => false,
        first if first > address.doc_id => false,
        _ => scorer.seek(address.doc_id) == address.doc_id,
    };
    Ok(is_met.then(|| scorer.score()))
}
