//! Codes that begin as the one that was asked for.

use std::cmp::Ordering;

use tantivy::Term;
use tantivy::query::{ConstScoreQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use crate::cards::Cards;
use crate::error::IndexError;
use crate::search::element::{Element, Way};
use crate::search::prefix::beginning;

/// The most codes that are found by their beginning.
const MAX_CODES: usize = 1_000;

/// The fewest characters that may be the beginning of a part of a code. Whole parts may be of one.
const MIN_PART: usize = 2;

/// Asks for the codes that go on where a code ends. The scores put them in this order: what adds whole parts before what goes on inside
/// one, what adds fewer parts, and then as people count.
pub(super) fn continued(cards: &Cards, code: &str) -> Result<Option<Element>, IndexError> {
    let found = beginning(cards, cards.fields().code, code)?;
    let is_whole = |held: &str| held.strip_prefix(code).is_some_and(|rest| rest.starts_with('.'));
    let is_long = code.chars().count() >= MIN_PART;
    let mut codes: Vec<String> = found.into_keys().filter(|held| held != code).collect();
    codes.retain(|held| is_long || is_whole(held));
    let depth = |held: &str| held.split('.').count();
    codes.sort_by(|a, b| {
        (!is_whole(a), depth(a)).cmp(&(!is_whole(b), depth(b))).then_with(|| counted(a, b))
    });
    codes.truncate(MAX_CODES);
    let n_codes = codes.len();
    let way = |(place, held): (usize, String)| {
        let term = Term::from_field_text(cards.fields().code, &held);
        let term = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
        let score = f32::from(u16::try_from(n_codes - place).unwrap_or(u16::MAX));
        let query = Box::new(ConstScoreQuery::new(term, score));
        Way { query, met: held, field: "code", how: "prefix" }
    };
    let ways: Vec<Way> = codes.into_iter().enumerate().map(way).collect();
    Ok((!ways.is_empty()).then(|| Element { asked: code.to_owned(), ways }))
}

/// Orders codes part by part, numbers by their value.
fn counted(one: &str, other: &str) -> Ordering {
    let key = |part: &str| (part.parse::<u64>().unwrap_or(u64::MAX), part.to_owned());
    one.split('.').map(key).cmp(other.split('.').map(key))
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn codes_are_ordered_as_people_count() {
        let mut codes = ["3.nf.a.10", "3.nf.b", "3.nf.a.2", "3.nf.a.2.b", "3.nf.a.2.a", "3.nf.a"];
        codes.sort_by(|a, b| counted(a, b));
        let wanted = ["3.nf.a", "3.nf.a.2", "3.nf.a.2.a", "3.nf.a.2.b", "3.nf.a.10", "3.nf.b"];
        assert_eq!(codes, wanted);
    }
}
