//! Words of scripts that put no spaces between them.
//!
//! Where such a word ends depends on what stands around it, so a part of a longer word would be missed if only whole words
//! counted. Han and Kana therefore give every pair of neighbours beside the word that it begins in, Hangul every pair of
//! syllables beside the phrase: pairs are what any two segmentations share. Thai, Lao, Khmer and Burmese give the words of a
//! dictionary, which are the same in every sentence, and beside them the shorter ones that a model finds inside.

use std::sync::LazyLock;

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

use crate::language::fold::{fold, is_invisible, is_mark};

/// Cuts by dictionaries.
static DICTIONARY: LazyLock<WordSegmenterBorrowed<'static>> =
    LazyLock::new(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()));

/// Cuts by models of the scripts of South-East Asia.
static MODEL: LazyLock<WordSegmenterBorrowed<'static>> =
    LazyLock::new(|| WordSegmenter::new_lstm(WordBreakInvariantOptions::default()));

/// Pairs of syllables that are particles and endings.
const PARTICLES: &[&str] = &[
    "에서", "에게", "으로", "하는", "하고", "한다", "하여", "하며", "하기", "까지", "부터", "이다",
    "있다", "된다", "되는", "적인", "들이", "들을", "들의", "들은", "이나", "에는", "와의", "하게",
];

/// A word inside a run, with the shorter ones that it may be asked by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    /// The word, folded.
    pub word: Piece,
    /// Pairs of neighbours, or words inside it.
    pub pairs: Vec<Piece>,
}

/// A folded stretch of a run with its place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub text: String,
    pub from: usize,
    pub to: usize,
}

/// Cuts a run of Thai, Lao, Khmer or Burmese into words, and these into the words inside them.
pub(super) fn unspaced(run: &str) -> Vec<Segment> {
    let shorter = pieces(&MODEL, run);
    let inside = |word: &Piece| {
        let within = |piece: &&Piece| {
            piece.from >= word.from && piece.to <= word.to && piece.text != word.text
        };
        shorter.iter().filter(within).cloned().collect()
    };
    pieces(&DICTIONARY, run)
        .into_iter()
        .map(|word| Segment { pairs: inside(&word), word })
        .collect()
}

/// Cuts a run of Han and Kana into words and pairs.
pub(super) fn ideographs(run: &str) -> Vec<Segment> {
    let letters = letters(run);
    let mut segments: Vec<Segment> = Vec::new();
    for word in pieces(&DICTIONARY, run) {
        let begin = letters.partition_point(|(from, _)| *from < word.from);
        let end = letters.partition_point(|(from, _)| *from < word.to);
        let inside = letters.get(begin..(end + 1).min(letters.len())).unwrap_or_default();
        let pairs = inside.windows(2).filter_map(|two| {
            let (from, to) = (two.first()?.0, two.last()?.1);
            // A particle ends the word before it; a pair with one is no part of any word.
            let is_one_word = to <= word.to || !run.get(from..to)?.contains(is_hiragana);
            is_one_word.then(|| piece(run, from, to)).filter(|pair| pair.text != word.text)
        });
        segments.push(Segment { pairs: pairs.collect(), word });
    }
    segments
}

/// Takes a phrase of Hangul with all its pairs of syllables.
pub(super) fn phrase(run: &str) -> Segment {
    let word = piece(run, 0, run.len());
    let syllables: Vec<char> = word.text.chars().collect();
    let pairs = syllables.windows(2).map(|two| two.iter().collect::<String>());
    let pairs = pairs
        .filter(|pair| *pair != word.text && !PARTICLES.contains(&pair.as_str()))
        .map(|text| Piece { text, from: 0, to: run.len() });
    Segment { pairs: pairs.collect(), word }
}

fn pieces(segmenter: &WordSegmenterBorrowed<'_>, run: &str) -> Vec<Piece> {
    let ends: Vec<usize> = segmenter.segment_str(run).collect();
    let bounds = ends.windows(2).filter_map(pair);
    bounds.map(|(from, to)| piece(run, from, to)).collect()
}

fn pair(bounds: &[usize]) -> Option<(usize, usize)> {
    Some((*bounds.first()?, *bounds.last()?))
}

fn piece(run: &str, from: usize, to: usize) -> Piece {
    Piece { text: fold(run.get(from..to).unwrap_or_default()), from, to }
}

/// The bounds of the letters, with the marks that stand on them.
fn letters(run: &str) -> Vec<(usize, usize)> {
    let mut letters: Vec<(usize, usize)> = Vec::new();
    for (at, character) in run.char_indices() {
        let end = at + character.len_utf8();
        let is_added = is_mark(character)
            || is_invisible(character)
            || matches!(character, '\u{ff9e}' | '\u{ff9f}');
        match letters.last_mut() {
            Some((_, to)) if is_added => *to = end,
            _ => letters.push((at, end)),
        }
    }
    letters
}

fn is_hiragana(character: char) -> bool {
    matches!(character, '\u{3041}'..='\u{309f}')
}
