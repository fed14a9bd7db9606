//! Single facts read off a node.

use crate::alignment::Target;
use crate::ctdl::normalize::target::target;
use crate::date::date;
use crate::node::{Node, Object};
use crate::term::local_name;

/// Properties that name a resource, the likeliest first.
pub(super) const NAMES: &[&str] = &[
    "ceterms:name",
    "ceasn:name",
    "ceasn:competencyLabel",
    "skos:prefLabel",
    "schema:name",
    "dct:title",
    "rdfs:label",
    "ceterms:targetNodeName",
    "urn:alidade:term:name",
];

/// Properties that say what a resource is about, the likeliest first.
pub(super) const DESCRIPTIONS: &[&str] = &[
    "ceterms:description",
    "ceasn:description",
    "ceasn:competencyText",
    "skos:definition",
    "dct:description",
    "schema:description",
    "ceterms:targetNodeDescription",
    "urn:alidade:term:description",
];

/// The values of a property in words: texts as they are, terms by their last part, alignment objects by their name.
pub(super) fn words(node: &Node, property: &str) -> Vec<String> {
    node.objects(property).filter_map(word).collect()
}

fn word(object: &Object) -> Option<String> {
    match object {
        Object::Iri(iri) => Some(local_name(iri).to_owned()),
        Object::Node(node) => {
            let name =
                node.first_texts(&["ceterms:targetNodeName", "ceterms:name", "skos:prefLabel"]);
            name.first()
                .map(str::to_owned)
                .or_else(|| node.objects("ceterms:targetNode").find_map(word))
        }
        other => other.literal().map(str::to_owned),
    }
}

/// The first value of a property in words.
pub(super) fn first_word(node: &Node, property: &str) -> Option<String> {
    words(node, property).into_iter().next()
}

/// The first of several properties that has a literal.
pub(super) fn first_literal(node: &Node, properties: &[&str]) -> Option<String> {
    properties.iter().find_map(|property| node.literal(property)).map(str::to_owned)
}

/// The first of several properties that links somewhere.
pub(super) fn first_target(node: &Node, properties: &[&str]) -> Option<Target> {
    properties.iter().find_map(|property| node.iris(property).next()).map(target)
}

/// The day of a date or of a moment, `YYYY-MM-DD`; what is neither is not compared with days.
pub(super) fn day(node: &Node, properties: &[&str]) -> Option<String> {
    date(&first_literal(node, properties)?).map(|read| read.value)
}
