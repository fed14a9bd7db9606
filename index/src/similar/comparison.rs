//! Two statements held against each other, word by word.

use std::collections::BTreeMap;

use crate::error::IndexError;
use crate::similar::weight::Weights;
use crate::similar::wording::{Role, Word, Wording};

/// The score from which statements are near-duplicates.
const NEAR: f32 = 0.8;

/// The most that statements are alike that are not the same.
const NEARLY: f32 = 0.99;

/// What is left of the score where a number, a negation or a sign differs.
const OPPOSED: f32 = 0.6;

/// The part of the score that the order of the words decides.
const ORDER: f32 = 0.15;

/// How alike a word is to the same word with a slip.
const SLIP: f32 = 0.8;

/// The fewest letters of a word that may have a slip.
const SLIP_LETTERS: usize = 5;

/// What a comparison came to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Comparison {
    /// How alike they are, from 0 to 1.
    pub score: f32,
    /// The score in a word: `same`, `near`, `alike`.
    pub grade: &'static str,
    /// The words and signs that only the first has.
    pub only_here: Vec<String>,
    /// The words and signs that only the second has.
    pub only_there: Vec<String>,
}

/// Compares two statements.
///
/// The score is the weight of the words that both have in that of all, a little less where they stand in another order, and much less
/// where a number, a negation or a sign differs.
pub(super) fn compare(
    here: &Wording,
    there: &Wording,
    weights: &mut Weights<'_>,
) -> Result<Comparison, IndexError> {
    let is_same = here.signs == there.signs
        && here
            .words
            .iter()
            .map(|word| &word.folded)
            .eq(there.words.iter().map(|word| &word.folded));
    if is_same {
        let grade = "same";
        return Ok(Comparison { score: 1.0, grade, only_here: Vec::new(), only_there: Vec::new() });
    }
    let ours = weigh(here, weights)?;
    let theirs = weigh(there, weights)?;
    let pairs = Pairs::of(here, there, &ours);
    let all = ours.iter().sum::<f32>() + theirs.iter().sum::<f32>();
    let shared = pairs.in_order + pairs.out_of_order;
    let overlap = if all > 0.0 { 2.0 * (shared + SLIP * pairs.slipped) / all } else { 0.0 };
    let order = if shared > 0.0 { pairs.in_order / shared } else { 1.0 };
    let mut score = (overlap * (1.0 - ORDER + ORDER * order)).min(NEARLY);
    if differs_in_what_matters(here, there) {
        score *= OPPOSED;
    }
    let (mut only_here, mut only_there) = (pairs.only_here(here), pairs.only_there(there));
    add_signs(here, there, &mut only_here);
    add_signs(there, here, &mut only_there);
    Ok(Comparison {
        score,
        grade: if score >= NEAR { "near" } else { "alike" },
        only_here,
        only_there,
    })
}

fn weigh(wording: &Wording, weights: &mut Weights<'_>) -> Result<Vec<f32>, IndexError> {
    wording.words.iter().map(|word| weights.weigh(word)).collect()
}

/// Tells whether the numbers, the negations or the signs are others, in whatever order they stand.
fn differs_in_what_matters(here: &Wording, there: &Wording) -> bool {
    let weighty = |wording: &Wording| {
        let words = wording.words.iter();
        let kept = words.filter(|word| matches!(word.role, Role::Number | Role::Negation));
        let mut kept: Vec<(Role, String)> = kept
            // One negation is as good as another.
            .map(|word| {
                (
                    word.role,
                    if word.role == Role::Number { word.stem.clone() } else { String::new() },
                )
            })
            .collect();
        kept.sort();
        kept
    };
    weighty(here) != weighty(there) || here.signs != there.signs
}

/// The signs of the first that the second lacks.
fn add_signs(one: &Wording, other: &Wording, only: &mut Vec<String>) {
    let mut left: BTreeMap<char, usize> = BTreeMap::new();
    for sign in &other.signs {
        *left.entry(*sign).or_default() += 1;
    }
    for sign in &one.signs {
        match left.get_mut(sign) {
            Some(n) if *n > 0 => *n -= 1,
            _ => only.push(sign.to_string()),
        }
    }
}

/// Which words of two statements belong together.
#[derive(Debug, Default)]
struct Pairs {
    /// The weight of the words that both have in the same order.
    in_order: f32,
    /// The weight of the words that both have, at other places.
    out_of_order: f32,
    /// The weight of words that are the same but for a slip. They count as different when the differences are told.
    slipped: f32,
    here: Vec<bool>,
    there: Vec<bool>,
}

impl Pairs {
    fn of(here: &Wording, there: &Wording, weights: &[f32]) -> Self {
        let mut pairs = Self {
            here: vec![false; here.words.len()],
            there: vec![false; there.words.len()],
            ..Self::default()
        };
        for (i, j) in in_order(&here.words, &there.words, weights) {
            pairs.in_order += pairs.join(i, j, weights);
        }
        for (i, j) in pairs.left(here, there, is_one) {
            pairs.out_of_order += pairs.join(i, j, weights);
        }
        let slips = pairs.left(here, there, is_slip);
        pairs.slipped = slips.iter().filter_map(|(i, _)| weights.get(*i)).sum();
        pairs
    }

    fn join(&mut self, i: usize, j: usize, weights: &[f32]) -> f32 {
        if let (Some(here), Some(there)) = (self.here.get_mut(i), self.there.get_mut(j)) {
            (*here, *there) = (true, true);
        }
        weights.get(i).copied().unwrap_or_default()
    }

    /// Pairs of words that are still alone, each word once.
    fn left(
        &self,
        here: &Wording,
        there: &Wording,
        belong: fn(&Word, &Word) -> bool,
    ) -> Vec<(usize, usize)> {
        let mut free: Vec<(usize, &Word)> = alone(there, &self.there).collect();
        let mut found = Vec::new();
        for (i, word) in alone(here, &self.here) {
            if let Some(at) = free.iter().position(|(_, other)| belong(word, other)) {
                found.push((i, free.remove(at).0));
            }
        }
        found
    }

    fn only_here(&self, here: &Wording) -> Vec<String> {
        alone(here, &self.here).map(|(_, word)| word.written.clone()).collect()
    }

    fn only_there(&self, there: &Wording) -> Vec<String> {
        alone(there, &self.there).map(|(_, word)| word.written.clone()).collect()
    }
}

fn alone<'a>(wording: &'a Wording, joined: &'a [bool]) -> impl Iterator<Item = (usize, &'a Word)> {
    let words = wording.words.iter().zip(joined).enumerate();
    words.filter(|(_, (_, joined))| !**joined).map(|(i, (word, _))| (i, word))
}

/// Tells whether two words are forms of one.
fn is_one(one: &Word, other: &Word) -> bool {
    one.folded == other.folded || one.stem == other.stem
}

/// Tells whether two words are the same but for one letter that is missing, added or another, or for two that changed places.
fn is_slip(one: &Word, other: &Word) -> bool {
    let is_word = |word: &Word| word.role == Role::Content;
    let (a, b): (Vec<char>, Vec<char>) =
        (one.folded.chars().collect(), other.folded.chars().collect());
    if !is_word(one)
        || !is_word(other)
        || a.len().min(b.len()) < SLIP_LETTERS
        || a.len().abs_diff(b.len()) > 1
    {
        return false;
    }
    let before = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let room = a.len().min(b.len()) - before;
    let behind = a.iter().rev().zip(b.iter().rev()).take(room).take_while(|(x, y)| x == y).count();
    let longest = a.len().max(b.len());
    let middle = longest - before - behind;
    let swapped = || match (a.get(before..before + 2), b.get(before..before + 2)) {
        (Some([one, next]), Some(other)) => other == [*next, *one],
        _ => false,
    };
    middle <= 1 || (middle == 2 && a.len() == b.len() && swapped())
}

/// The heaviest pairs of words that both have in the same order.
fn in_order(here: &[Word], there: &[Word], weights: &[f32]) -> Vec<(usize, usize)> {
    let width = there.len() + 1;
    // The weight of what lies behind each pair of places, from the end.
    let mut table = vec![0.0_f32; (here.len() + 1) * width];
    let at = |table: &[f32], i: usize, j: usize| table.get(i * width + j).copied().unwrap_or(0.0);
    for (i, (one, weight)) in here.iter().zip(weights).enumerate().rev() {
        for (j, other) in there.iter().enumerate().rev() {
            let skipped = at(&table, i + 1, j).max(at(&table, i, j + 1));
            let taken = if is_one(one, other) { weight + at(&table, i + 1, j + 1) } else { 0.0 };
            if let Some(cell) = table.get_mut(i * width + j) {
                *cell = skipped.max(taken);
            }
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while let (Some(one), Some(other)) = (here.get(i), there.get(j)) {
        let best = at(&table, i, j);
        if is_one(one, other) && best > at(&table, i + 1, j).max(at(&table, i, j + 1)) {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if at(&table, i + 1, j) >= at(&table, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}
