//! The far ends of alignments: links, alignment objects, and words alone.

use std::collections::BTreeMap;

use crate::alignment::Target;
use crate::id::{CanonicalKey, identify};
use crate::node::{Node, Object};

/// The class of alignment objects.
const ALIGNMENT_OBJECT: &str = "ceterms:CredentialAlignmentObject";

/// Tells whether a node is an alignment object, by its class or by what it says.
pub(super) fn is_alignment_object(node: &Node) -> bool {
    node.is_a(ALIGNMENT_OBJECT) || node.is_a("schema:AlignmentObject") || is_mistyped(node)
}

/// Tells whether a node is called a competency and is an alignment object all the same.
pub(super) fn is_mistyped(node: &Node) -> bool {
    let says_where = ["ceterms:targetNode", "ceterms:targetNodeName", "ceterms:frameworkName"]
        .iter()
        .any(|property| node.has(property));
    node.is_a("ceasn:Competency") && !node.has("ceasn:competencyText") && says_where
}

/// The target that an IRI names.
pub(super) fn target(iri: &str) -> Target {
    identified(iri, Target::default())
}

/// A target with an identity; its address is kept where the identity does not say it.
fn identified(iri: &str, words: Target) -> Target {
    let key = identify(iri).key;
    let is_said = key.as_ref().and_then(CanonicalKey::subject_iri).is_some_and(|own| own == iri);
    Target { uri: (!is_said).then(|| iri.to_owned()), key, ..words }
}

/// The targets of an alignment object: the nodes it names, else its words.
fn of_alignment_object(node: &Node) -> Vec<Target> {
    let title = node.texts("ceterms:targetNodeName").first().map(str::to_owned);
    let framework = node
        .iris("ceterms:framework")
        .next()
        .map(str::to_owned)
        .or_else(|| node.texts("ceterms:frameworkName").first().map(str::to_owned));
    let code = node.literal("ceterms:codedNotation").map(str::to_owned);
    let words = Target { key: None, uri: None, framework, code, title };
    let named: Vec<Target> =
        node.iris("ceterms:targetNode").map(|iri| identified(iri, words.clone())).collect();
    if !named.is_empty() {
        return named;
    }
    // An address that is none is text all the same.
    let spelled = node.literal("ceterms:targetNode").map(str::to_owned);
    let has_words = words.title.is_some() || words.code.is_some() || spelled.is_some();
    let title = words.title.clone().or(spelled);
    has_words.then_some(Target { title, ..words }).into_iter().collect()
}

/// The nodes at the top of a record, by subject.
pub(super) type Nodes<'n> = BTreeMap<&'n str, &'n Node>;

/// The targets of one value of an alignment property; a reference to an alignment object of the record means what that object
/// names.
pub(super) fn targets(object: &Object, nodes: &Nodes<'_>) -> Vec<Target> {
    let named = object.iri().and_then(|iri| nodes.get(iri));
    if let Some(node) = named.filter(|node| is_alignment_object(node)) {
        return of_alignment_object(node);
    }
    match object {
        Object::Iri(iri) => vec![target(iri)],
        Object::Node(node) if is_alignment_object(node) => of_alignment_object(node),
        Object::Node(node) => {
            let names = [
                "ceterms:name",
                "ceasn:competencyText",
                "ceasn:name",
                "skos:prefLabel",
                "ceterms:description",
            ];
            let title = node.first_texts(&names).first().map(str::to_owned);
            match &node.id {
                Some(id) => vec![Target { title, ..target(id) }],
                None => title.map(words).into_iter().collect(),
            }
        }
        Object::Text(text) | Object::Tagged(text, _) | Object::Typed(text, _) => {
            vec![words(text.to_string())]
        }
    }
}

/// A target of which only words are known.
fn words(title: String) -> Target {
    Target { title: Some(title), ..Target::default() }
}
