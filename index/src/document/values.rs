//! The values of a card that people filter, count and sort by.

use ontology::{CanonicalKey, identify, plain};
use tantivy::TantivyDocument;

use crate::card::Card;
use crate::language::fold_label;
use crate::schema::Fields;

/// The most characters of a name that are compared when titles are sorted.
const ORDER_CHARS: usize = 120;

/// Adds the values of a card.
pub(super) fn add_values(document: &mut TantivyDocument, fields: &Fields, card: &Card) {
    document.add_text(fields.key, card.key().as_str());
    document.add_u64(fields.group, group_key(card.key()));
    let order: String = fold_label(&plain(&card.label())).chars().take(ORDER_CHARS).collect();
    document.add_text(fields.order, order);
    if let Some(framework) = &card.framework {
        document.add_text(fields.framework, framework.key.as_str());
        if let Some(publisher) = framework.publisher.as_deref() {
            document.add_text(fields.publisher, publisher);
        }
    }
    if let Some(item) = card.competency() {
        for level in &item.education_levels {
            document.add_text(fields.level, level);
        }
        for subject in &item.subjects {
            document.add_text(fields.subject, subject);
        }
    }
}

/// A hash that a resource shares with its twin in the other standard.
pub(crate) fn group_key(key: &CanonicalKey) -> u64 {
    let twin = identify(key.as_str()).inferred;
    twin.iter().chain([key]).min().unwrap_or(key).alias_key()
}
