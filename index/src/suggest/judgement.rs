//! A name held against a passage: what speaks for it, in numbers.
//!
//! Everything is judged on the name alone. Explanations and other names bring candidates up; ranking by them was measured to be worse
//! than without.

use std::collections::BTreeMap;

use crate::suggest::lexicon::Lexicon;
use crate::suggest::text::Word;

/// How soon another occurrence of a word adds nothing more (`k1` of BM25).
const SATURATION: f64 = 1.2;

/// How much a long name loses (`b` of BM25).
const LENGTH: f64 = 0.75;

/// A name or a passage, as the numbers of its words.
#[derive(Debug, Clone)]
pub(super) struct Saying {
    /// The folded words.
    words: Vec<String>,
    /// The stems that count, in order.
    stems: Vec<usize>,
    /// The different stems, each with how often it occurs.
    counts: BTreeMap<usize, f64>,
    /// The telling grams of all words, each with how often it occurs.
    grams: BTreeMap<u32, f64>,
}

impl Saying {
    /// The words of a passage.
    pub(super) fn of_passage(words: &[Word], lexicon: &mut Lexicon<'_>) -> Self {
        for word in words {
            lexicon.take(&word.folded, &word.stem, word.is_stop);
        }
        Self::new(words.iter().map(|word| word.folded.clone()).collect(), lexicon)
    }

    /// The words of a name, as its column has them.
    pub(super) fn of_label(label: &str, lexicon: &mut Lexicon<'_>) -> Self {
        let words = label.split(' ').filter(|word| !word.is_empty()).map(str::to_owned);
        Self::new(words.collect(), lexicon)
    }

    fn new(words: Vec<String>, lexicon: &mut Lexicon<'_>) -> Self {
        let entries: Vec<_> = words.iter().map(|word| lexicon.word(word)).collect();
        let has_content = entries.iter().any(|entry| !entry.is_stop);
        let counting = entries.iter().filter(|entry| !entry.is_stop || !has_content);
        let stems: Vec<usize> = counting.map(|entry| entry.stem).collect();
        let (mut counts, mut grams) = (BTreeMap::new(), BTreeMap::new());
        for stem in &stems {
            *counts.entry(*stem).or_default() += 1.0;
        }
        for gram in entries.iter().flat_map(|entry| &entry.grams) {
            *grams.entry(*gram).or_default() += 1.0;
        }
        Self { words, stems, counts, grams }
    }

    /// How many stems count.
    pub(super) fn n_stems(&self) -> usize {
        self.stems.len()
    }

    /// The different stems.
    pub(super) fn stems(&self) -> impl Iterator<Item = usize> + '_ {
        self.counts.keys().copied()
    }

    /// The weight of the stems that both have.
    pub(super) fn overlap(&self, other: &Self, lexicon: &Lexicon<'_>) -> f64 {
        let shared = self.stems().filter(|stem| other.counts.contains_key(stem));
        shared.map(|stem| lexicon.weight(stem)).sum()
    }
}

/// What speaks for a name. Everything but the first four and the number of stems is from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Judgement {
    /// BM25 of its stems.
    pub words: f64,
    /// BM25 of its grams.
    pub grams: f64,
    /// The cosine of its stems.
    pub word_cosine: f64,
    /// What its surroundings gave.
    pub around: f64,
    /// The cosine of its grams.
    pub gram_cosine: f64,
    /// The part of the name that the passage covers, with words that are alike.
    pub name_covered: f64,
    /// The part of the passage that the name covers.
    pub passage_covered: f64,
    /// 1 where the name stands in the passage, word by word.
    pub contained: f64,
    /// How far both begin with the same word.
    pub beginning: f64,
    /// 1 where the passage is the name and nothing else.
    pub whole: f64,
    /// How many stems the name has.
    pub n_stems: f64,
}

impl Judgement {
    /// Holds a name against a passage.
    pub(super) fn of(name: &Saying, passage: &Saying, lexicon: &Lexicon<'_>) -> Self {
        let vocabulary = lexicon.vocabulary();
        let stem_weight = |stem: &usize| lexicon.weight(*stem);
        let gram_weight = |gram: &u32| vocabulary.weight_of_gram(*gram);
        let cover = |of: &Saying, by: &Saying| covered(of, by, lexicon);
        Self {
            words: bm25(&name.counts, &passage.counts, stem_weight, vocabulary.stems_per_name()),
            grams: bm25(&name.grams, &passage.grams, gram_weight, vocabulary.grams_per_name()),
            word_cosine: cosine(&name.counts, &passage.counts, stem_weight),
            around: 0.0,
            gram_cosine: cosine(&name.grams, &passage.grams, gram_weight),
            name_covered: cover(name, passage),
            passage_covered: cover(passage, name),
            contained: truth(is_contained(&name.stems, &passage.stems)),
            beginning: beginning(name, passage),
            whole: truth(name.words == passage.words),
            n_stems: size(name.stems.len()),
        }
    }
}

fn bm25<T: Ord>(
    name: &BTreeMap<T, f64>,
    passage: &BTreeMap<T, f64>,
    weight: impl Fn(&T) -> f64,
    average: f64,
) -> f64 {
    let length: f64 = name.values().sum();
    let norm = SATURATION * (1.0 - LENGTH + LENGTH * length / average);
    let shared = name.iter().filter(|(term, _)| passage.contains_key(term));
    shared.map(|(term, n)| weight(term) * n * (SATURATION + 1.0) / (n + norm)).sum()
}

fn cosine<T: Ord>(
    name: &BTreeMap<T, f64>,
    passage: &BTreeMap<T, f64>,
    weight: impl Fn(&T) -> f64,
) -> f64 {
    let value = |term: &T, n: &f64| (1.0 + n.ln()) * weight(term);
    let length = |of: &BTreeMap<T, f64>| {
        of.iter().map(|(term, n)| value(term, n).powi(2)).sum::<f64>().sqrt()
    };
    let shared =
        name.iter().filter_map(|(term, n)| Some(value(term, n) * value(term, passage.get(term)?)));
    let lengths = length(name) * length(passage);
    if lengths > 0.0 { shared.sum::<f64>() / lengths } else { 0.0 }
}

/// The part of one saying that another covers: by the weight of its stems, each as far as the most alike stem of the other goes.
fn covered(of: &Saying, by: &Saying, lexicon: &Lexicon<'_>) -> f64 {
    let (mut held, mut all) = (0.0, 0.0);
    for stem in of.stems() {
        let weight = lexicon.weight(stem);
        let most = if by.counts.contains_key(&stem) {
            1.0
        } else {
            by.stems().map(|other| lexicon.likeness(stem, other)).fold(0.0, f64::max)
        };
        held += weight * most;
        all += weight;
    }
    if all > 0.0 { held / all } else { 0.0 }
}

fn is_contained(name: &[usize], passage: &[usize]) -> bool {
    !name.is_empty() && passage.windows(name.len()).any(|window| window == name)
}

/// How far the first words go together, as a part of the longer one.
fn beginning(name: &Saying, passage: &Saying) -> f64 {
    let (Some(one), Some(other)) = (name.words.first(), passage.words.first()) else { return 0.0 };
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    size(same) / size(one.chars().count().max(other.chars().count()).max(1))
}

fn truth(is_so: bool) -> f64 {
    if is_so { 1.0 } else { 0.0 }
}

fn size(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}
