//! What the nodes of one record share while they are read, and the order in which they are.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use crate::alignment::Target;
use crate::ctdl::class::{is_schema, kind_of};
use crate::ctdl::context::Context;
use crate::ctdl::document::{Outline, Shape, each_node, outline};
use crate::ctdl::envelope;
use crate::ctdl::expand::Expander;
use crate::ctdl::normalize::alignment::Alignments;
use crate::ctdl::normalize::identity::Surroundings;
use crate::ctdl::normalize::nodes::RecordNodes;
use crate::ctdl::normalize::rubric::Wholes;
use crate::ctdl::normalize::target::is_mistyped;
use crate::ctdl::normalize::{competency, profile, rubric};
use crate::ctdl::signature;
use crate::date::date_time;
use crate::envelope::Envelope;
use crate::hierarchy::Hierarchy;
use crate::id::{CanonicalKey, KeyScheme, identify};
use crate::node::{Node, Object};
use crate::oddities::Oddities;
use crate::pointer::Pointer;
use crate::record::{NormalizeError, Normalized, Provenance, WarningKind};
use crate::resource::{Identity, Kind, Resource};

/// Reads one record of the Credential Registry: an envelope, a graph, or a single resource.
///
/// # Errors
/// When the bytes are no JSON, are no record of CTDL, or hold nothing at all.
pub(crate) fn normalize(
    bytes: Cow<'_, [u8]>,
    provenance: &Provenance,
) -> Result<Normalized, NormalizeError> {
    let outline = outline(&bytes)?;
    if outline.inner.is_none()
        && outline.is_envelope()
        && let Some(payload) = outline.token.as_deref().and_then(payload)
    {
        // An old envelope whose record is only there in its signed form.
        let envelope = envelope_of(&bytes, &outline)?;
        let record = normalize(payload.into(), provenance)?;
        return Ok(Normalized { envelope: Some(envelope), ..record });
    }
    let record = outline.inner.as_deref().unwrap_or(&outline);
    let Some(shape) = record.shape() else {
        let expected = "a record of the Credential Registry (`@graph`, or a node with a `@type`)";
        return Err(NormalizeError::WrongShape { expected, pointer: String::new() });
    };
    let mut oddities = Oddities::default();
    let top = Pointer::default();
    let place = if outline.inner.is_some() { top.member("decoded_resource") } else { top };
    let context = Context::of(record.context.as_ref(), &place, &mut oddities);
    let named = format!("{}:{}", provenance.source, provenance.record);
    let document = record.id.as_deref().unwrap_or(&named);
    let mut expander = Expander::new(context, document, oddities);
    let mut nodes = Vec::new();
    each_node(&bytes, &outline, &mut |place, object| match object {
        Some(object) => nodes.append(&mut expander.nodes(object, place)),
        None => expander.note_no_node(place),
    })?;
    let word = if outline.is_envelope() { "envelope" } else { shape.as_str() };
    check_records(&nodes, word)?;
    let (mut oddities, counts) = expander.finish();
    let out = Normalized {
        document: word.to_owned(),
        partial: shape == Shape::Resource,
        counts,
        about: record.id.as_deref().filter(|_| record.has_graph).and_then(resource_of),
        provisional: is_provisional(record, &nodes),
        envelope: outline.is_envelope().then(|| envelope_of(&bytes, &outline)).transpose()?,
        ..Normalized::default()
    };
    drop(bytes);
    let updated = out.envelope.as_ref().and_then(|envelope| envelope.updated_at.as_deref());
    let around = Surroundings::of(record.id.clone(), nodes.iter().map(|(_, node)| node));
    let mut held = RecordNodes::of(around, updated.and_then(date_time).map(|read| read.value));
    for (place, node) in nodes {
        held.take_in(&place, node, &mut oddities);
    }
    held.rename();
    Ok(read(held, oddities, out))
}

/// The resource that a graph is about, by the CTID in its IRI.
fn resource_of(graph: &str) -> Option<CanonicalKey> {
    identify(graph).key.filter(|key| key.scheme() == KeyScheme::Ctid)
}

/// The signed payload of a compact token.
fn payload(token: &str) -> Option<Vec<u8>> {
    let mut parts = token.trim().split('.');
    let (_, payload) = (parts.next()?, parts.next()?);
    URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok().filter(|json| json.starts_with(b"{"))
}

/// Reads what an envelope says, its signature included.
fn envelope_of(bytes: &[u8], outline: &Outline) -> Result<Envelope, NormalizeError> {
    let key = outline.beside.get("resource_public_key").and_then(Value::as_str);
    let decoded = match (&outline.token, key) {
        // The record is only held as JSON where there is something to compare it with.
        (Some(_), Some(_)) => {
            let whole: Value = serde_json::from_slice(bytes)
                .map_err(|source| NormalizeError::NotJson { source })?;
            whole.get("decoded_resource").cloned().unwrap_or(Value::Null)
        }
        _ => Value::Null,
    };
    let signature = signature::check(outline.token.as_deref(), key, &decoded);
    Ok(envelope::read(&outline.beside, signature))
}

/// Refuses what is no record: the description of a vocabulary, or nothing.
fn check_records(nodes: &[(Pointer, Node)], word: &str) -> Result<(), NormalizeError> {
    let document = if word == "envelope" { "envelope" } else { "graph" };
    let is_empty = |node: &Node| node.types.is_empty() && node.statements.is_empty();
    if nodes.iter().all(|(_, node)| is_empty(node)) {
        return Err(NormalizeError::NoIdentifier { document });
    }
    let of_schema = |node: &Node| node.types.iter().any(|class| is_schema(class));
    if nodes.iter().any(|(_, node)| of_schema(node)) {
        let expected =
            "records, not the description of a vocabulary (`rdfs:Class`, `rdf:Property`),";
        return Err(NormalizeError::WrongShape { expected, pointer: "/@graph".to_owned() });
    }
    let is_known = |node: &Node| {
        let terms = node.types.iter().map(String::as_str);
        let terms = terms.chain(node.statements.iter().map(|statement| &*statement.property));
        terms.into_iter().any(|term| term.contains(':') && !term.starts_with("urn:alidade:term:"))
    };
    if !nodes.iter().any(|(_, node)| is_known(node)) {
        let expected = "a record with terms of CTDL, CTDL-ASN or SKOS";
        return Err(NormalizeError::WrongShape { expected, pointer: String::new() });
    }
    Ok(())
}

/// The word for a graph that its publisher may still take back.
fn is_provisional(record: &Outline, nodes: &[(Pointer, Node)]) -> bool {
    let says = |value: &str| value.to_ascii_lowercase().ends_with("provisional");
    let beside = record.beside.get("adms:status").and_then(Value::as_str).is_some_and(says);
    let word = |object: &Object| object.iri().or_else(|| object.literal()).is_some_and(says);
    // Some write the word as every other term of a vocabulary: as the target of an alignment.
    let inside = |object: &Object| {
        object.node().is_some_and(|node| node.objects("ceterms:targetNode").any(word))
    };
    let in_node =
        |node: &Node| node.objects("adms:status").any(|object| word(object) || inside(object));
    beside || nodes.iter().any(|(_, node)| in_node(node))
}

/// Reads the nodes into resources and alignments.
fn read(nodes: RecordNodes, mut oddities: Oddities, mut out: Normalized) -> Normalized {
    let mut alignments = Alignments::of(nodes.iter());
    for (place, node, identity) in nodes.iter() {
        alignments.read(&identity.key, node, place, &mut oddities);
    }
    out.alignments = alignments.finish();
    if !out.partial {
        nodes.note_dangling(&mut oddities);
    }
    let framework = nodes.only_framework();
    let wholes = Wholes::of(nodes.iter());
    out.resources.reserve_exact(nodes.len());
    for (place, node, identity) in nodes.into_iter() {
        if node.types.is_empty() {
            oddities.note(&place, WarningKind::UntypedNode, &identity.subject);
        }
        out.resources.push(resource(node, identity, framework.as_ref(), &wholes));
    }
    if !out.partial {
        for (key, kind) in Hierarchy::of(&out).oddities() {
            if kind == WarningKind::HierarchyCycle {
                oddities.note(&Pointer::default(), kind, key.as_str());
            }
        }
    }
    (out.warnings, out.unlisted_warnings) = oddities.finish();
    out
}

/// Makes a resource of a node, by the nearest of its classes that is known.
fn resource(
    node: Node,
    identity: Identity,
    framework: Option<&Target>,
    wholes: &Wholes,
) -> Resource {
    let kind = if is_mistyped(&node) { Kind::Other } else { kind_of(&node.types) };
    let mut resource = match kind {
        Kind::Framework => Resource::Framework(competency::framework(identity, &node)),
        Kind::Competency => {
            Resource::Competency(competency::competency(identity, &node, framework))
        }
        Kind::Rubric => Resource::Rubric(rubric::rubric(identity, &node)),
        Kind::RubricCriterion => {
            Resource::RubricCriterion(rubric::criterion(identity, &node, wholes))
        }
        Kind::RubricCriterionLevel => {
            Resource::RubricCriterionLevel(rubric::level(identity, &node, wholes))
        }
        kind => Resource::Profile(profile::profile(identity, &node, kind)),
    };
    resource.identity_mut().node = Some(Box::new(node));
    resource
}
