//! The place of a hit in the order of relevance.

use std::cmp::Ordering;

/// Where a hit stands. Places are compared from the first field to the last; no two hits of one answer share one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    /// The tier, by its number in the ranking; lower ones come first.
    pub tier: usize,
    /// How far it is out of use: 0 current, 1 provisional, 2 deprecated, 3 withdrawn.
    pub state: u8,
    /// Whether it is a copy outside the framework that it belongs to.
    pub mirrored: bool,
    /// How well its words fit; higher ones come first.
    pub score: f32,
    /// Its canonical key.
    pub key: String,
}

impl Place {
    /// Orders by place, the best first.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        (self.tier, self.state, self.mirrored)
            .cmp(&(other.tier, other.state, other.mirrored))
            .then_with(|| other.score.total_cmp(&self.score))
            .then_with(|| self.key.cmp(&other.key))
    }
}
