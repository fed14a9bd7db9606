//! The names of a card as a column, so that what a text is about can be judged without reading cards.

use ontology::plain;
use tantivy::TantivyDocument;

use crate::card::Card;
use crate::language::{Language, tokens};
use crate::schema::Fields;

/// The most words of a name that are compared.
const MAX_WORDS: usize = 48;

/// Adds the folded words of each name, in every language it has.
pub(super) fn add_labels(document: &mut TantivyDocument, fields: &Fields, card: &Card) {
    for (tag, name) in card.resource.name().iter() {
        let name = plain(name);
        let words = tokens(&name, Language::of(tag, &name)).into_iter().take(MAX_WORDS);
        let words: Vec<String> = words.map(|token| token.word).collect();
        document.add_text(fields.label, words.join(" "));
    }
}
