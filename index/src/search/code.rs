//! Codes that begin as the one that was asked for.

use std::cmp::Ordering;
use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{ConstScoreQuery, InvertedIndexRangeQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use crate::cards::Cards;
use crate::error::IndexError;
use crate::search::element::{Element, Way};
use crate::search::prefix::beginning;

/// The most codes that are put in their order.
const MAX_CODES: usize = 1_000;

/// The fewest characters that may be the beginning of a part of a code. Whole parts may be of one.
const MIN_PART: usize = 2;

/// Asks for the codes that go on where a code ends. The scores put them in this order: what adds whole parts before what goes on inside
/// one, what adds fewer parts, and then as people count.
pub(super) fn continued(cards: &Cards, code: &str) -> Result<Option<Element>, IndexError> {
    let is_long = code.chars().count() >= MIN_PART;
    let begin = if is_long { code.to_owned() } else { format!("{code}.") };
    let found = beginning(cards, cards.fields().code, &begin)?;
    let is_whole = |held: &str| held.strip_prefix(code).is_some_and(|rest| rest.starts_with('.'));
    let mut codes: Vec<String> = found.into_keys().filter(|held| held != code).collect();
    let depth = |held: &str| held.split('.').count();
    codes.sort_by(|a, b| {
        (!is_whole(a), depth(a)).cmp(&(!is_whole(b), depth(b))).then_with(|| counted(a, b))
    });
    let is_cut = codes.len() > MAX_CODES;
    codes.truncate(MAX_CODES);
    let n_codes = codes.len();
    let way = |(place, held): (usize, String)| {
        let term = Term::from_field_text(cards.fields().code, &held);
        let term = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
        let score = f32::from(u16::try_from(n_codes - place).unwrap_or(u16::MAX));
        let query = Box::new(ConstScoreQuery::new(term, score));
        Way { query, met: held, field: "code", how: "prefix" }
    };
    let mut ways: Vec<Way> = codes.into_iter().enumerate().map(way).collect();
    ways.extend(is_cut.then(|| rest(cards, code, begin)));
    Ok((!ways.is_empty()).then(|| Element { asked: code.to_owned(), ways }))
}

/// Asks for every code of a beginning but the one that was asked for itself. What is only found so comes last.
fn rest(cards: &Cards, code: &str, begin: String) -> Way {
    let term = |text: &str| Term::from_field_text(cards.fields().code, text);
    let end = format!("{begin}{}", char::MAX);
    let first = if begin == code { Bound::Excluded } else { Bound::Included };
    let range = InvertedIndexRangeQuery::new(first(term(&begin)), Bound::Excluded(term(&end)));
    let query = Box::new(ConstScoreQuery::new(Box::new(range), 0.0));
    Way { query, met: begin, field: "code", how: "prefix" }
}

/// Orders codes part by part, numbers by their value.
fn counted(one: &str, other: &str) -> Ordering {
    let key = |part: &str| (part.parse::<u64>().unwrap_or(u64::MAX), part.to_owned());
    one.split('.').map(key).cmp(other.split('.').map(key))
}

#[cfg(test)]
mod tests {
    use tantivy::collector::Count;

    use super::{MAX_CODES, continued, counted};
    use crate::reader::Reader;
    use crate::verify::sample::{import, package};

    #[test]
    fn more_codes_than_are_ordered_are_all_found() {
        let dir = tempfile::tempdir().unwrap();
        let n_codes = MAX_CODES + 205;
        let mut codes: Vec<String> = (0..n_codes).map(|n| format!("Z.{n}")).collect();
        codes.extend(["Z".to_owned(), "ZA".to_owned()]);
        let items: Vec<(u32, &str, &str)> =
            (0x10..).zip(&codes).map(|(n, code)| (n, code.as_str(), "Tie a knot")).collect();
        import(dir.path(), 1, &[("knots", package(1, "Knots", &items))]);
        let reader = Reader::open(dir.path()).unwrap();
        let n_found = |code: &str| {
            let element = continued(reader.cards(), code).unwrap().unwrap();
            reader.cards().searcher().search(&*element.query(), &Count).unwrap()
        };
        assert_eq!(n_found("z"), n_codes);
        assert_eq!(n_found("z."), n_codes);
        assert_eq!(n_found("z.12"), 15);
        assert!(continued(reader.cards(), "z.1204").unwrap().is_none());
    }

    #[test]
    fn codes_are_ordered_as_people_count() {
        let mut codes = ["3.nf.a.10", "3.nf.b", "3.nf.a.2", "3.nf.a.2.b", "3.nf.a.2.a", "3.nf.a"];
        codes.sort_by(|a, b| counted(a, b));
        let wanted = ["3.nf.a", "3.nf.a.2", "3.nf.a.2.a", "3.nf.a.2.b", "3.nf.a.10", "3.nf.b"];
        assert_eq!(codes, wanted);
    }
}
