//! Cards as documents of the text index.

pub(crate) mod label;
mod place;
pub(crate) mod texts;
pub(crate) mod values;
mod words;

use std::collections::BTreeSet;

use ontology::{CanonicalKey, fold_code, lineage};
use tantivy::TantivyDocument;

use crate::card::{AlignmentCard, Card, RecordCard};
use crate::document::label::add_labels;
use crate::document::values::add_values;
use crate::document::words::add_words;
use crate::error::IndexError;
use crate::schema::{Fields, fold_title, sort};

/// Makes the document of a resource.
pub(crate) fn of_card(
    fields: &Fields,
    graph: &str,
    card: &Card,
) -> Result<TantivyDocument, IndexError> {
    let mut document = base(fields, sort::RESOURCE, graph, &card.origin.source);
    let resource = &card.resource;
    document.add_text(fields.kind, resource.kind().as_str());
    document.add_text(fields.status, status_of(card));
    let types = card.node().into_iter().flat_map(|node| &node.types);
    for class in types.flat_map(|class| lineage(class)).collect::<BTreeSet<_>>() {
        document.add_text(fields.class, class);
    }
    for key in names(card) {
        document.add_u64(fields.alias_key, key.alias_key());
    }
    if let Some(framework) = &card.framework {
        document.add_u64(fields.framework_key, framework.key.alias_key());
    }
    for parent in &card.parents {
        document.add_u64(fields.parent_key, parent.key.alias_key());
    }
    if let Some(code) = resource.code() {
        document.add_text(fields.code, fold_code(code));
    }
    if let Some(framework) = card.as_framework() {
        framework
            .title
            .iter()
            .for_each(|(_, title)| document.add_text(fields.title, fold_title(title)));
    }
    add_words(&mut document, fields, card);
    add_labels(&mut document, fields, card);
    add_values(&mut document, fields, card);
    document.add_text(fields.card, to_json(card)?);
    Ok(document)
}

fn status_of(card: &Card) -> &'static str {
    match (card.provisional, card.withdrawn) {
        (true, _) => "provisional",
        (false, true) => "withdrawn",
        (false, false) => "current",
    }
}

/// Every key by which a card is found.
pub(crate) fn names(card: &Card) -> Vec<CanonicalKey> {
    let identity = card.resource.identity();
    let mut names = vec![identity.key.clone()];
    names.extend(identity.aliases.iter().map(|alias| alias.key.clone()));
    names.extend(CanonicalKey::iri(&identity.subject));
    names.extend(code_key(card));
    names.dedup();
    names
}

/// Tells whether a card goes by a name, and not just by the hash of one.
pub(crate) fn goes_by(card: &Card, key: &CanonicalKey) -> bool {
    let identity = card.resource.identity();
    identity.key == *key
        || identity.aliases.iter().any(|alias| alias.key == *key)
        || CanonicalKey::iri(&identity.subject).as_ref() == Some(key)
        || code_key(card).as_ref() == Some(key)
}

/// The name that a code gives inside its framework.
pub(crate) fn code_key(card: &Card) -> Option<CanonicalKey> {
    let framework = card.framework.as_ref()?;
    let code = card.resource.code().filter(|code| !fold_code(code).is_empty())?;
    Some(CanonicalKey::code(&framework.key, code))
}

/// Makes the document of an alignment.
pub(crate) fn of_alignment(
    fields: &Fields,
    graph: &str,
    card: &AlignmentCard,
) -> Result<TantivyDocument, IndexError> {
    let mut document = base(fields, sort::ALIGNMENT, graph, &card.origin.source);
    document.add_text(fields.kind, card.alignment.kind.as_str());
    if card.provisional {
        document.add_text(fields.status, "provisional");
    }
    if let Some(key) = &card.alignment.origin.key {
        document.add_u64(fields.links_from, key.alias_key());
    }
    if let Some(key) = &card.alignment.target.key {
        document.add_u64(fields.links_to, key.alias_key());
    }
    if card.alignment.kind.is_crosswalk() {
        let ends = [&card.alignment.origin, &card.alignment.target];
        for key in ends.into_iter().filter_map(|end| end.key.as_ref()) {
            document.add_u64(fields.link_end, key.alias_key());
        }
    }
    if let Some(key) = &card.alignment.key {
        document.add_u64(fields.alias_key, key.alias_key());
    }
    document.add_text(fields.card, to_json(card)?);
    Ok(document)
}

/// Makes the document of a record.
pub(crate) fn of_record(
    fields: &Fields,
    graph: &str,
    card: &RecordCard,
) -> Result<TantivyDocument, IndexError> {
    let mut document = base(fields, sort::RECORD, graph, &card.origin.source);
    document.add_u64(fields.quads, card.quads);
    document.add_text(fields.card, to_json(card)?);
    Ok(document)
}

fn base(fields: &Fields, sort: &str, graph: &str, source: &str) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    document.add_text(fields.sort, sort);
    document.add_text(fields.record, graph);
    document.add_text(fields.source, source);
    document
}

fn to_json<T: serde::Serialize>(card: &T) -> Result<String, IndexError> {
    serde_json::to_string(card).map_err(|source| IndexError::Card { source })
}
