//! The words of a card, as the fields of the index hold them.

use std::collections::BTreeSet;

use tantivy::TantivyDocument;
use tantivy::schema::Field;
use tantivy::tokenizer::{PreTokenizedString, Token as IndexToken};

use crate::card::Card;
use crate::document::texts::{Text, label_key, texts_of};
use crate::language::{Token, grams, tokens};
use crate::schema::Fields;

/// The most forms of one word that are compared with each other; what has more is no word.
const MAX_FORMS: usize = 80;

/// The most characters of a name whose grams are indexed: of a sentence they say nothing.
const GRAM_CHARS: usize = 120;

/// Adds the words of a card.
pub(super) fn add_words(document: &mut TantivyDocument, fields: &Fields, card: &Card) {
    let mut words = BTreeSet::new();
    let mut short = BTreeSet::new();
    let mut keys = BTreeSet::new();
    for Text { field, text, language } in texts_of(card) {
        let tokens = tokens(&text, language);
        let is_name = matches!(field, "name" | "alternative");
        if is_name || field == "statement" {
            keys.insert(label_key(&text));
        }
        if is_name && text.chars().count() <= GRAM_CHARS {
            short.extend(tokens.iter().map(|token| token.word.clone()));
        }
        if is_name || matches!(field, "statement" | "keyword") {
            words.extend(tokens.iter().map(|token| token.word.clone()));
        }
        if let Some(field) = searched(fields, field) {
            document.add_pre_tokenized_text(field, stems(text, tokens));
        }
    }
    for key in keys {
        document.add_u64(fields.label_key, key);
    }
    let grams: BTreeSet<String> = short.iter().flat_map(|word| grams(word)).collect();
    document.add_pre_tokenized_text(fields.gram, list(grams));
    document.add_pre_tokenized_text(fields.word, list(words));
}

/// The field of the index that a text belongs in.
fn searched(fields: &Fields, name: &str) -> Option<Field> {
    match name {
        "name" => Some(fields.name),
        "alternative" => Some(fields.alternative),
        "statement" => Some(fields.statement),
        "definition" => Some(fields.definition),
        "keyword" => Some(fields.keyword),
        "about" => Some(fields.about),
        _ => None,
    }
}

/// The stems of a text at their places; stop words leave a gap, and forms of one word with the same stem count once.
fn stems(text: String, tokens: Vec<Token>) -> PreTokenizedString {
    let mut kept: Vec<IndexToken> = Vec::with_capacity(tokens.len());
    for token in tokens.into_iter().filter(|token| !token.is_stop) {
        let here = kept.iter().rev().take_while(|other| other.position == token.position);
        if here.take(MAX_FORMS).any(|other| other.text == token.stem) {
            continue;
        }
        kept.push(IndexToken {
            offset_from: token.from,
            offset_to: token.to,
            position: token.position,
            text: token.stem,
            position_length: token.width,
        });
    }
    PreTokenizedString { text, tokens: kept }
}

fn list(words: impl IntoIterator<Item = String>) -> PreTokenizedString {
    let tokens = words.into_iter().enumerate().map(|(position, text)| IndexToken {
        position,
        text,
        ..IndexToken::default()
    });
    PreTokenizedString { text: String::new(), tokens: tokens.collect() }
}

#[cfg(test)]
mod tests {
    use super::stems;
    use crate::language::{Language, tokens};

    #[test]
    fn stop_words_leave_a_gap_and_equal_stems_count_once() {
        let text = "Solving of problem-solving";
        let kept = stems(text.to_owned(), tokens(text, Language::English)).tokens;
        let shown: Vec<_> =
            kept.iter().map(|token| (token.position, token.text.as_str())).collect();
        assert_eq!(shown, [(0, "solv"), (2, "problemsolv"), (2, "problem"), (3, "solv")]);
        let text = "O'Brien's brien";
        let kept = stems(text.to_owned(), tokens(text, Language::English)).tokens;
        assert!(kept.windows(2).all(|pair| pair[0].position <= pair[1].position));
    }
}
