//! Every other class of CTDL.

use crate::ctdl::normalize::reading::{DESCRIPTIONS, NAMES, first_literal, first_target};
use crate::node::Node;
use crate::profile::Profile;
use crate::resource::{Identity, Kind};

/// The properties that name the whole a resource is a part of.
const WHOLES: &[&str] = &[
    "skos:inScheme",
    "asn:inProgressionModel",
    "ceasn:inProgressionModel",
    "skos:topConceptOf",
    "ceterms:isPartOf",
];

/// Reads a resource.
pub(super) fn profile(identity: Identity, node: &Node, class: Kind) -> Profile {
    Profile {
        class,
        name: node.first_texts(NAMES),
        description: node.first_texts(DESCRIPTIONS),
        code: first_literal(
            node,
            &["ceterms:codedNotation", "skos:notation", "ceasn:codedNotation"],
        ),
        framework: first_target(node, WHOLES),
        identity,
    }
}
