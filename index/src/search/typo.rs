//! Words of the index that differ from one in a slip of the hand.
//!
//! A slip is a letter too many, one too few, another one, or two that changed places. Words below four letters have none, below
//! eight one, from eight on two; what has a digit has none at all.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy_fst::Automaton;

use crate::cards::Cards;
use crate::error::IndexError;
use crate::search::element::has_word;
use crate::search::prefix::{TRIES, wrapped};

/// The letters from which on a word may have one slip.
const ONE_SLIP: usize = 4;

/// The letters from which on a word may have two slips.
const TWO_SLIPS: usize = 8;

/// The most letters of a word that is corrected.
const MAX_LETTERS: usize = 40;

/// The most terms of a segment that are looked at.
const MAX_WALK: usize = 10_000;

/// The most words that are looked for instead of one.
const MAX_CORRECTIONS: usize = 10;

/// What builds the automata; that takes longer than using them.
static BUILDERS: LazyLock<[LevenshteinAutomatonBuilder; 2]> =
    LazyLock::new(|| [1, 2].map(|distance| LevenshteinAutomatonBuilder::new(distance, true)));

/// A word that may have been meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Corrected {
    /// The word of the index.
    pub word: String,
    /// The slips between both.
    pub n_slips: u8,
}

/// Words of the index with their slips, and how many documents have each.
type Alike = BTreeMap<String, (u8, u64)>;

/// How much of a word was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Typed {
    /// All of it.
    Whole,
    /// Its beginning, or all of it.
    Beginning,
}

/// Finds the words of what is shown that may have been meant: of those with the fewest slips the ones that most texts have, the likeliest
/// first.
pub(super) fn corrections(
    cards: &Cards,
    word: &str,
    typed: Typed,
) -> Result<Vec<Corrected>, IndexError> {
    let Some(likeness) = Likeness::of(word, typed) else { return Ok(Vec::new()) };
    let mut found: Vec<_> = alike(cards, &likeness)?.into_iter().collect();
    found.sort_by_key(|(_, (n_slips, n))| (*n_slips, std::cmp::Reverse(*n)));
    let mut best: Vec<Corrected> = Vec::new();
    for (word, (n_slips, _)) in found.into_iter().take(MAX_CORRECTIONS * TRIES) {
        // Nobody slips twice where once is enough.
        let is_enough = best.first().is_some_and(|first| first.n_slips < n_slips);
        if is_enough || best.len() == MAX_CORRECTIONS {
            break;
        }
        if has_word(cards, &word)? {
            best.push(Corrected { word, n_slips });
        }
    }
    Ok(best)
}

/// Finds the words like another, whether what has them is shown or not.
fn alike(cards: &Cards, likeness: &Likeness) -> Result<Alike, IndexError> {
    let mut found = Alike::new();
    for segment in cards.searcher().segment_readers() {
        let index = segment.inverted_index(cards.fields().word)?;
        let mut terms = index.terms().search(likeness).into_stream().map_err(wrapped)?;
        let mut n_seen = 0;
        while n_seen < MAX_WALK && terms.advance() {
            n_seen += 1;
            let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
            let Some(n_slips) = likeness.slips(term).filter(|n| *n > 0) else {
                continue;
            };
            if !term.chars().any(char::is_numeric) {
                let n = u64::from(terms.value().doc_freq);
                found.entry(term.to_owned()).or_insert((n_slips, 0)).1 += n;
            }
        }
    }
    Ok(found)
}

/// What is like a word, as a machine that reads letters.
struct Likeness(DFA);

impl Likeness {
    /// `None` where the word is too short for a slip, or of a sort that has none.
    fn of(word: &str, typed: Typed) -> Option<Self> {
        let n_letters = word.chars().count();
        let has_digit = word.chars().any(char::is_numeric);
        if has_digit || !(ONE_SLIP..=MAX_LETTERS).contains(&n_letters) {
            return None;
        }
        let builder = BUILDERS.get(usize::from(n_letters >= TWO_SLIPS))?;
        Some(Self(match typed {
            Typed::Whole => builder.build_dfa(word),
            Typed::Beginning => builder.build_prefix_dfa(word),
        }))
    }

    fn slips(&self, word: &str) -> Option<u8> {
        match self.0.eval(word) {
            Distance::Exact(n_slips) => Some(n_slips),
            Distance::AtLeast(_) => None,
        }
    }
}

impl Automaton for Likeness {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}

#[cfg(test)]
mod tests {
    use super::{Likeness, Typed};

    #[track_caller]
    fn check(typed: &str, meant: &str, n_slips: Option<u8>) {
        let likeness = Likeness::of(typed, Typed::Whole);
        assert_eq!(
            likeness.and_then(|likeness| likeness.slips(meant)),
            n_slips,
            "{typed}, {meant}"
        );
    }

    #[test]
    fn the_longer_a_word_the_more_slips_it_may_have() {
        check("teh", "the", None);
        check("kntos", "knots", Some(1));
        check("knoots", "knots", Some(1));
        check("kntso", "knots", None);
        check("fratcoin", "fraction", Some(2));
        check("fratcion", "fraction", Some(1));
        check("übung", "ubung", Some(1));
    }

    #[test]
    fn what_has_a_digit_has_no_slip() {
        check("ps1-2", "ps1-3", None);
        check("2024", "2025", None);
    }

    #[test]
    fn a_beginning_may_have_a_slip_too() {
        let likeness = Likeness::of("fratcio", Typed::Beginning).unwrap();
        assert_eq!(likeness.slips("fractions"), Some(1));
        assert_eq!(likeness.slips("friction"), None);
    }
}
