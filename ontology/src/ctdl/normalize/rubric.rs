//! Rubrics of CTDL-ASN, their criteria and levels.

use std::collections::BTreeMap;

use crate::alignment::Target;
use crate::ctdl::normalize::nodes::RecordNode;
use crate::ctdl::normalize::reading::{DESCRIPTIONS, NAMES, first_literal, first_target};
use crate::ctdl::normalize::target::target;
use crate::node::Node;
use crate::resource::Identity;
use crate::rubric::{Rubric, RubricCriterion, RubricCriterionLevel};

const CRITERIA: &[&str] =
    &["ceasn:hasRubricCriterion", "asn:hasRubricCriterion", "ceasn:hasCriterion"];
const LEVELS: &[&str] =
    &["ceasn:hasCriterionLevel", "asn:hasCriterionLevel", "ceasn:hasRubricLevel"];

/// Which whole lists a criterion or a level, and at which place.
pub(super) struct Wholes(BTreeMap<String, (Target, i64)>);

impl Wholes {
    /// Looks through a record: only the whole names its parts.
    pub(super) fn of<'a>(nodes: impl Iterator<Item = &'a RecordNode>) -> Self {
        let mut wholes = BTreeMap::new();
        for (_, node, identity) in nodes {
            for property in CRITERIA.iter().chain(LEVELS) {
                for (at, part) in (1_i64..).zip(node.iris(property)) {
                    let whole = Target::of(identity.key.clone());
                    wholes.entry(part.to_owned()).or_insert((whole, at));
                }
            }
        }
        Self(wholes)
    }

    fn of_part(&self, identity: &Identity) -> (Option<Target>, Option<i64>) {
        match self.0.get(&identity.subject) {
            Some((whole, at)) => (Some(whole.clone()), Some(*at)),
            None => (None, None),
        }
    }
}

fn listed(node: &Node, properties: &[&str]) -> Vec<Target> {
    properties.iter().flat_map(|property| node.iris(property)).map(target).collect()
}

fn number(node: &Node, properties: &[&str]) -> Option<f64> {
    first_literal(node, properties)?.parse().ok()
}

/// Reads a rubric.
pub(super) fn rubric(identity: Identity, node: &Node) -> Rubric {
    Rubric {
        framework: first_target(node, &["ceasn:isPartOf"]),
        title: node.first_texts(NAMES),
        description: node.first_texts(DESCRIPTIONS),
        criteria: listed(node, CRITERIA),
        identity,
    }
}

/// Reads a criterion.
pub(super) fn criterion(identity: Identity, node: &Node, wholes: &Wholes) -> RubricCriterion {
    let (rubric, position) = wholes.of_part(&identity);
    RubricCriterion {
        framework: None,
        rubric,
        category: node.first_texts(NAMES),
        description: node.first_texts(DESCRIPTIONS),
        item: first_target(node, &["ceasn:targetCompetency", "ceterms:targetCompetency"]),
        weight: number(node, &["ceasn:weight", "ceterms:weight"]),
        position,
        levels: listed(node, LEVELS),
        identity,
    }
}

/// Reads a level.
pub(super) fn level(identity: Identity, node: &Node, wholes: &Wholes) -> RubricCriterionLevel {
    let (criterion, position) = wholes.of_part(&identity);
    RubricCriterionLevel {
        framework: None,
        criterion,
        quality: node.first_texts(&[&["ceasn:benchmarkLabel"], NAMES].concat()),
        description: node.first_texts(&[&["ceasn:benchmarkText"], DESCRIPTIONS].concat()),
        feedback: node.texts("ceasn:feedback"),
        score: number(node, &["ceasn:value", "ceasn:score", "schema:value"]),
        position,
        identity,
    }
}
