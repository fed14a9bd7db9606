//! Phrases: words that stand side by side in one text, in this order.

use std::collections::BTreeMap;

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

use crate::cards::Cards;
use crate::language::{Language, Token, tokens};
use crate::search::element::{Element, Way, Weighted, weights};
use crate::search::words::narrow;
use crate::term::word;

/// The most words of a phrase that are compared.
const MAX_WORDS: usize = 64;

/// What words are worth beside themselves for standing side by side though nobody asked for that.
const ADJACENT: f32 = 0.25;

/// Asks for a phrase in any field. Its stop words only keep their places free; where it has no others, they are what is looked for,
/// in whatever order.
pub(super) fn phrase(cards: &Cards, text: &str, languages: &[Language]) -> Element {
    let mut stems: Vec<Vec<(usize, String)>> = Vec::new();
    for language in languages {
        let cut = places(narrow(tokens(text, *language)));
        if !cut.is_empty() && !stems.contains(&cut) {
            stems.push(cut);
        }
    }
    let fields = weights(cards.fields());
    let in_field = |stems: &[(usize, String)], field: Weighted| way(stems, field, 1.0);
    let mut ways: Vec<Way> = stems
        .iter()
        .flat_map(|stems| fields.iter().filter_map(|field| in_field(stems, *field)))
        .collect();
    if ways.is_empty() {
        let words = languages.iter().take(1).flat_map(|language| narrow(tokens(text, *language)));
        let words = words.take(MAX_WORDS).map(|token| word(cards.fields().word, &token.word));
        let words = words.collect();
        ways.push(Way {
            query: Box::new(BooleanQuery::intersection(words)),
            met: text.to_owned(),
            field: "word",
            how: "phrase",
        });
    }
    Element { asked: text.to_owned(), ways }
}

/// Words that may stand side by side in a name or a statement, as something that adds a little where they do.
pub(super) fn adjacent(cards: &Cards, text: &str, language: Language) -> Option<Element> {
    let stems = places(narrow(tokens(text, language)));
    let fields = weights(cards.fields());
    let is_short = |(_, name, _): &&Weighted| ["name", "alternative", "statement"].contains(name);
    let ways: Vec<Way> = fields
        .iter()
        .filter(is_short)
        .filter(|_| stems.len() > 1)
        .filter_map(|field| way(&stems, *field, ADJACENT))
        .collect();
    (!ways.is_empty()).then(|| Element { asked: text.trim().to_owned(), ways })
}

/// The stems of tokens with the places where they stand, the first at 0 and one at each; stop words leave gaps.
fn places(tokens: Vec<Token>) -> Vec<(usize, String)> {
    let mut places = BTreeMap::new();
    for token in tokens.into_iter().filter(|token| !token.is_stop) {
        places.entry(token.position).or_insert(token.stem);
    }
    let first = places.keys().next().copied().unwrap_or_default();
    places.into_iter().take(MAX_WORDS).map(|(place, stem)| (place - first, stem)).collect()
}

fn way(stems: &[(usize, String)], (field, name, weight): Weighted, worth: f32) -> Option<Way> {
    let term = |stem: &String| Term::from_field_text(field, stem);
    let query: Box<dyn Query> = match stems {
        [] => return None,
        [(_, only)] => Box::new(TermQuery::new(term(only), IndexRecordOption::WithFreqs)),
        several => {
            let terms = several.iter().map(|(place, stem)| (*place, term(stem))).collect();
            Box::new(PhraseQuery::new_with_offset(terms))
        }
    };
    let met: Vec<&str> = stems.iter().map(|(_, stem)| stem.as_str()).collect();
    Some(Way {
        query: Box::new(BoostQuery::new(query, weight * worth)),
        met: met.join(" "),
        field: name,
        how: "phrase",
    })
}
