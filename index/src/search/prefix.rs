//! Words of the index that go on from the beginning of one.

use std::collections::BTreeMap;

use tantivy::schema::Field;

use crate::cards::Cards;
use crate::error::IndexError;
use crate::search::element::has_word;

/// The most terms of a segment that are looked at.
const MAX_WALK: usize = 20_000;

/// How many words are tried for each that is wanted, since some stand only in what is not shown.
pub(super) const TRIES: usize = 4;

/// Finds the terms of a field that begin so, with how many documents have each; in the order of the terms.
pub(super) fn beginning(
    cards: &Cards,
    field: Field,
    prefix: &str,
) -> Result<BTreeMap<String, u64>, IndexError> {
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for segment in cards.searcher().segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().range().ge(prefix).into_stream().map_err(wrapped)?;
        let mut n_seen = 0;
        while n_seen < MAX_WALK && terms.advance() {
            let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
            if !term.starts_with(prefix) {
                break;
            }
            *found.entry(term.to_owned()).or_default() += u64::from(terms.value().doc_freq);
            n_seen += 1;
        }
    }
    Ok(found)
}

/// Finds the words of what is shown that go on from a beginning, the most frequent first.
pub(super) fn continuations(
    cards: &Cards,
    prefix: &str,
    limit: usize,
) -> Result<Vec<String>, IndexError> {
    let mut found: Vec<(String, u64)> =
        beginning(cards, cards.fields().word, prefix)?.into_iter().collect();
    found.retain(|(word, _)| word != prefix);
    // The sort is stable: what is as frequent stays in the order of the alphabet.
    found.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let mut best = Vec::new();
    for (word, _) in found.into_iter().take(limit * TRIES) {
        if best.len() == limit {
            break;
        }
        if has_word(cards, &word)? {
            best.push(word);
        }
    }
    Ok(best)
}

/// An error of the files as one of the index.
pub(super) fn wrapped(error: std::io::Error) -> IndexError {
    tantivy::TantivyError::from(error).into()
}
