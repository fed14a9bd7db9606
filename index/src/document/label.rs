//! What a card is called and what it states, as a column, so that what a text is about can be judged without reading cards.

use ontology::{LanguageMap, plain};
use tantivy::TantivyDocument;

use crate::card::Card;
use crate::language::{Language, Token, tokens};
use crate::schema::Fields;

/// The most words of a name that are compared.
pub(crate) const MAX_WORDS: usize = 200;

/// Adds the folded words of each name, in every language it has; of a competency that has a label, those of its statement too.
pub(super) fn add_labels(document: &mut TantivyDocument, fields: &Fields, card: &Card) {
    let name = card.resource.name();
    let statement = card.competency().map(|item| &item.statement).filter(|said| *said != name);
    for (tag, said) in [Some(name), statement].into_iter().flatten().flat_map(LanguageMap::iter) {
        let said = plain(said);
        let words = each_once(tokens(&said, Language::of(tag, &said))).into_iter().take(MAX_WORDS);
        let words: Vec<String> = words.map(|token| token.word).collect();
        document.add_text(fields.label, words.join(" "));
    }
}

/// The words of a text, each once: a word that is joined of several is its parts, and of several forms of one word the first is taken.
///
/// The index has all of them, so that any is found; to be compared, a text must be what it says and no more.
pub(crate) fn each_once(tokens: Vec<Token>) -> Vec<Token> {
    let is_joined: Vec<bool> = tokens
        .iter()
        .enumerate()
        .map(|(at, token)| {
            let inside = tokens.iter().skip(at + 1).take_while(|other| other.from < token.to);
            inside.into_iter().any(|other| other.position > token.position)
        })
        .collect();
    let parts = tokens.into_iter().zip(is_joined).filter(|(_, joined)| !joined);
    let mut parts: Vec<Token> = parts.map(|(token, _)| token).collect();
    parts.dedup_by_key(|token| token.position);
    parts
}

#[cfg(test)]
mod tests {
    use super::each_once;
    use crate::language::{Language, tokens};

    #[test]
    fn what_is_joined_is_its_parts() {
        let tokens = tokens("some problem-solving skills", Language::English);
        let words: Vec<String> = each_once(tokens).into_iter().map(|token| token.word).collect();
        assert_eq!(words, ["some", "problem", "solving", "skills"]);
    }
}
