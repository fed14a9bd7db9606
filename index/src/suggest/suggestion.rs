//! A suggestion.

use std::collections::BTreeMap;

use ontology::CanonicalKey;
use serde::Serialize;
use utoipa::ToSchema;

use crate::card::Card;
use crate::search::Span;

/// What a text may be about. It is a guess to choose from.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Suggested {
    /// The competency.
    pub card: Card,
    /// How likely it is meant, from 0 to 1, as far as that could be measured on texts whose competencies are known. It is 1 where a passage of
    /// the text is its name and nothing else.
    pub score: f32,
    /// The words of the text that speak for it, from left to right, in characters of the text as it was given.
    pub evidence: Vec<Span>,
    /// What each lane gave, from 0 to 1, by the name of the lane: `words` of the name, `grams` of the name, the name as a whole `label`, and
    /// `around` the name. A lane that gave nothing is left out.
    pub lanes: BTreeMap<&'static str, f32>,
    /// Keys of the same competency elsewhere: twins in the other standard.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub twins: Vec<CanonicalKey>,
}
