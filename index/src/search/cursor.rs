//! Cursors: where a page ended, as a token that the caller gives back.
//!
//! A token names the place of the last hit and not a number of hits, so that it holds over a publish: what has not changed is
//! neither left out nor given twice, as long as its place does not depend on scores. It names its generation too, so that a server may
//! answer from that one.

use serde::{Deserialize, Serialize};

use crate::cursor::{self, seal, unseal};
use crate::edition::Edition;
use crate::search::error::QueryError;
use crate::search::place::Place;
use crate::search::query::SearchQuery;
use crate::search::walk::Stand;

/// The version of the tokens; one of another version is refused.
const VERSION: u8 = 2;

/// The place of the last hit.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    /// By relevance.
    Ranked(Place),
    /// In any other order.
    Walked(Stand),
}

/// Where a page ended.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cursor {
    pub edition: Edition,
    pub mark: Mark,
}

/// The parts of a place; the score is kept bit by bit.
type Ranked = (usize, u8, bool, u32, String);

/// The content of a token.
#[derive(Serialize, Deserialize)]
struct Token {
    v: u8,
    g: u64,
    /// What tells the generation from others of its number.
    i: u32,
    /// The question, as a digest.
    q: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    r: Option<Ranked>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    w: Option<Stand>,
}

impl Cursor {
    /// Writes the cursor as a token that holds for one question.
    pub(super) fn write(&self, query: &SearchQuery) -> String {
        let (r, w) = match &self.mark {
            Mark::Ranked(place) => {
                let Place { tier, state, mirrored, score, key } = place.clone();
                (Some((tier, state, mirrored, score.to_bits(), key)), None)
            }
            Mark::Walked(stand) => (None, Some(stand.clone())),
        };
        let Edition { generation, imprint } = self.edition;
        seal(&Token { v: VERSION, g: generation, i: imprint, q: digest_of(query), r, w })
    }

    /// Reads the token of a question.
    pub(super) fn read(token: &str, query: &SearchQuery) -> Result<Self, QueryError> {
        let token = open(token).ok_or(QueryError::DamagedCursor)?;
        if token.q != digest_of(query) {
            return Err(QueryError::ForeignCursor);
        }
        let edition = token.edition();
        let ranked = token.r.map(|(tier, state, mirrored, score, key)| {
            Mark::Ranked(Place { tier, state, mirrored, score: f32::from_bits(score), key })
        });
        let mark = ranked.or_else(|| token.w.map(Mark::Walked));
        Ok(Self { edition, mark: mark.ok_or(QueryError::DamagedCursor)? })
    }
}

/// The generation that a cursor goes on from; `None` for what is no cursor.
pub fn edition_of(cursor: &str) -> Option<Edition> {
    open(cursor).map(|token| token.edition())
}

impl Token {
    fn edition(&self) -> Edition {
        Edition { generation: self.g, imprint: self.i }
    }
}

/// Reads what a token holds, where it is whole.
fn open(token: &str) -> Option<Token> {
    unseal::<Token>(token).filter(|token| token.v == VERSION)
}

/// What of a question decides which hits there are and how they follow one another. The day is not part of it, so that a walk may
/// last over midnight.
fn digest_of(query: &SearchQuery) -> u64 {
    let filters = &query.filters;
    let kinds = filters.kinds.iter().map(|kind| kind.as_str());
    let frameworks = filters.frameworks.iter().map(ontology::CanonicalKey::as_str);
    let mut parts = vec![query.text.as_str(), query.language.as_deref().unwrap_or_default()];
    let order = match query.order {
        crate::search::order::Order::Relevance => "r",
        crate::search::order::Order::Title => "t",
        crate::search::order::Order::Date => "d",
    };
    let aligned = match filters.aligned {
        None => "",
        Some(true) => "+",
        Some(false) => "-",
    };
    parts.extend([order, aligned]);
    // What separates the lists cannot stand in a value that was typed.
    parts.push("\0");
    parts.extend(kinds);
    parts.push("\0");
    parts.extend(frameworks);
    for words in [
        &filters.classes,
        &filters.publishers,
        &filters.sources,
        &filters.subjects,
        &filters.levels,
        &filters.languages,
        &filters.statuses,
        &filters.licenses,
        &filters.jurisdictions,
    ] {
        parts.push("\0");
        parts.extend(words.iter().map(String::as_str));
    }
    cursor::digest_of(&parts.join("\u{1}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::proptest;

    use super::{Cursor, Mark, edition_of};
    use crate::edition::Edition;
    use crate::search::error::QueryError;
    use crate::search::order::Order;
    use crate::search::place::Place;
    use crate::search::query::SearchQuery;

    fn cursor() -> Cursor {
        let key = "case:guid:é".to_owned();
        let place = Place { tier: 3, state: 2, mirrored: true, score: 0.1 + 0.2, key };
        Cursor { edition: Edition { generation: 7, imprint: u32::MAX }, mark: Mark::Ranked(place) }
    }

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        let query = SearchQuery::new("fractions");
        let token = cursor().write(&query);
        assert!(token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
        assert_eq!(Cursor::read(&token, &query), Ok(cursor()));
        assert_eq!(edition_of(&token), Some(cursor().edition));
    }

    #[test]
    fn a_cursor_holds_for_its_question_alone() {
        let query = SearchQuery::new("fractions");
        let token = cursor().write(&query);
        let other_page = SearchQuery { limit: 7, highlight: true, explain: true, ..query.clone() };
        assert_eq!(Cursor::read(&token, &other_page), Ok(cursor()));
        let mut narrowed = query.clone();
        narrowed.filters.subjects.push("Math".to_owned());
        let mut moved = query.clone();
        moved.filters.levels.push("Math".to_owned());
        let ordered = SearchQuery { order: Order::Title, ..query.clone() };
        for other in [SearchQuery::new("fraction"), narrowed.clone(), moved, ordered] {
            assert_eq!(Cursor::read(&token, &other), Err(QueryError::ForeignCursor));
        }
        let token = cursor().write(&narrowed);
        assert_eq!(Cursor::read(&token, &narrowed), Ok(cursor()));
    }

    #[test]
    fn a_damaged_cursor_is_refused() {
        let query = SearchQuery::new("");
        let token = cursor().write(&query);
        let cut = token.get(..token.len() - 1).unwrap().to_owned();
        let mut swapped = token.clone().into_bytes();
        swapped.swap(8, 9);
        let swapped = String::from_utf8(swapped).unwrap();
        for damaged in ["", "x", "é", "AAAA", &cut, &swapped, &format!("{token}=")] {
            assert_eq!(Cursor::read(damaged, &query), Err(QueryError::DamagedCursor), "{damaged}");
            assert_eq!(edition_of(damaged), None);
        }
    }

    proptest! {
        #[test]
        fn no_text_is_a_panic(text in "\\PC{0,60}", letters in "[A-Za-z0-9_-]{0,60}") {
            let query = SearchQuery::new("");
            assert!(Cursor::read(&text, &query).is_err());
            assert!(Cursor::read(&letters, &query).is_err());
        }
    }
}
