//! The whole answer.

use ontology::{CanonicalKey, Strength};
use serde::Serialize;
use utoipa::ToSchema;

use crate::card::Card;
use crate::context::Crossing;
use crate::copies::{Chosen, choose};
use crate::resolve::evidence::Evidence;
use crate::resolve::notice::Notice;
use crate::resolve::suggestion::Suggestion;
use crate::resolve::verdict::{Attempt, Rung, Verdict};
use crate::standing::Standing;

/// A resource that was found, and how.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// The resource with its copies.
    pub chosen: Chosen,
    /// Whether it may still be used.
    pub standing: Standing,
    /// Why we say so.
    pub evidence: Evidence,
}

/// A resource that goes by what was given, whose standing nobody has asked for yet.
pub(super) struct Hit {
    pub chosen: Chosen,
    pub evidence: Evidence,
}

impl Hit {
    /// Cards by the resource that they describe, with how that was found.
    pub(super) fn all(
        held: Vec<Card>,
        rung: Rung,
        strength: Strength,
        via: &CanonicalKey,
    ) -> Vec<Self> {
        let hit = |chosen: Chosen| {
            let evidence = Evidence::of(&chosen.card, rung, strength, via);
            Self { chosen, evidence }
        };
        choose(held).into_iter().map(hit).collect()
    }
}

/// The whole answer, which says what something means and not whether it is genuine.
///
/// Its JSON is stable: members are named in `camelCase` and the `kind` of a notice in `snake_case`; a list that is empty is absent,
/// but for `tried`.
///
/// | Member | |
/// |---|---|
/// | `verdict` | `resolved`, `ambiguous`, `unknown`, `unsupported`, `withheld` or `malformed` |
/// | `reason` | one sentence for people, whose wording may change |
/// | `found[]` | `chosen.card` (the resource), `chosen.copies`, `standing` (`state`, `reasons`, `successors[]`, `asOf`), `evidence` |
/// | `found[].evidence` | `rung`, `strength`, `via`; `source`, `record`, `url`, `retrieved`, `digest`; `issuer` |
/// | `nFound` | how many there are, only where `found` lists fewer |
/// | `inferred[]` | as `found`: what has the same UUID in another standard, reported beside and never as the answer |
/// | `equivalents[]` | `hops[]`, each with who states it (`origin`), and `reached`: the same competency elsewhere |
/// | `suggestions[]` | what the words suggest, only where asked for; see `Suggestion` |
/// | `notices[]` | `kind`, `text`, and where they apply `given`, `published`, `others[]` (`key`, `code`, `label`) |
/// | `tried[]` | `rung`, `lookedUp`, `nFound`, in order |
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Resolution {
    /// How the identifier was understood.
    pub verdict: Verdict,
    /// One sentence that says what was found and why we say so.
    pub reason: String,
    /// What was found: one where resolved, at most ten where ambiguous.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub found: Vec<Found>,
    /// How many there are, where `found` lists only the first of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n_found: Option<usize>,
    /// What has the same UUID in another standard; never the answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inferred: Vec<Found>,
    /// What publishers state to be the same as what was found, nearest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub equivalents: Vec<Crossing>,
    /// What the words suggest, only where that is asked for; never asserted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<Suggestion>,
    /// What a reader should know besides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Notice>,
    /// What was tried, in order.
    pub tried: Vec<Attempt>,
}

impl Resolution {
    /// An answer that found nothing.
    pub(super) fn empty(verdict: Verdict, reason: impl Into<String>) -> Self {
        Self {
            verdict,
            reason: reason.into(),
            found: Vec::new(),
            n_found: None,
            inferred: Vec::new(),
            equivalents: Vec::new(),
            suggestions: Vec::new(),
            notices: Vec::new(),
            tried: Vec::new(),
        }
    }

    /// The resource, where there is exactly one.
    pub fn resource(&self) -> Option<&Found> {
        self.found.first().filter(|_| self.verdict == Verdict::Resolved)
    }
}
