//! A name held against a passage: what speaks for it, in numbers.
//!
//! Everything is judged on a name or a statement. Explanations and other names bring candidates up; ranking by them was measured to be
//! worse than without.

use crate::document::label::MAX_WORDS;
use crate::suggest::lexicon::Lexicon;
use crate::suggest::terms::Terms;
use crate::suggest::text::Word;

/// A name or a passage, as the numbers of its words.
#[derive(Debug, Clone)]
pub(super) struct Saying {
    /// The folded words.
    words: Vec<String>,
    /// The stems that count, in order.
    stems: Vec<usize>,
    /// The same stems, counted.
    counted: Terms,
    /// The telling grams of all words.
    grams: Terms,
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
        for word in &words {
            lexicon.learn(word);
        }
        let entries: Vec<_> = words.iter().filter_map(|word| lexicon.word(word)).collect();
        let has_content = entries.iter().any(|entry| !entry.is_stop);
        let counting = entries.iter().filter(|entry| !entry.is_stop || !has_content);
        let stems: Vec<usize> = counting.map(|entry| entry.stem).collect();
        let grams = entries.iter().flat_map(|entry| entry.grams.iter().copied()).collect();
        Self {
            counted: Terms::of(stems.clone(), |stem| lexicon.weight(stem)),
            grams: Terms::of(grams, |gram| lexicon.weight_of_gram(gram)),
            stems,
            words,
        }
    }

    /// How many stems count.
    pub(super) fn n_stems(&self) -> usize {
        self.stems.len()
    }

    /// The different stems.
    pub(super) fn stems(&self) -> impl Iterator<Item = usize> + '_ {
        self.counted.weights().map(|(stem, _)| stem)
    }

    /// The weight of the stems that both have.
    pub(super) fn overlap(&self, other: &Self) -> f64 {
        self.counted.overlap(&other.counted)
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
        let (name_covered, passage_covered) = covered(name, passage, lexicon);
        Self {
            words: name.counted.bm25(&passage.counted, vocabulary.stems_per_name()),
            grams: name.grams.bm25(&passage.grams, vocabulary.grams_per_name()),
            word_cosine: name.counted.cosine(&passage.counted),
            around: 0.0,
            gram_cosine: name.grams.cosine(&passage.grams),
            name_covered,
            passage_covered,
            contained: truth(is_contained(&name.stems, &passage.stems)),
            beginning: beginning(name, passage),
            // A name of so many words may have been cut.
            whole: truth(name.words == passage.words && name.words.len() < MAX_WORDS),
            n_stems: size(name.stems.len()),
        }
    }
}

/// The parts of a name and of a passage that the other covers: by the weight of the stems, each as far as the most alike stem of the
/// other goes.
fn covered(name: &Saying, passage: &Saying, lexicon: &Lexicon<'_>) -> (f64, f64) {
    let mut of_passage: Vec<(f64, f64)> =
        passage.counted.weights().map(|(_, weight)| (weight, 0.0)).collect();
    let mut of_name: Vec<(f64, f64)> = Vec::new();
    for (own, weight) in name.counted.weights() {
        let mut most: f64 = 0.0;
        for ((other, _), (_, held)) in passage.counted.weights().zip(&mut of_passage) {
            let likeness = lexicon.likeness(own, other);
            most = most.max(likeness);
            *held = held.max(likeness);
        }
        of_name.push((weight, most));
    }
    let part = |of: &[(f64, f64)]| {
        let all: f64 = of.iter().map(|(weight, _)| weight).sum();
        let held: f64 = of.iter().map(|(weight, most)| weight * most).sum();
        if all > 0.0 { held / all } else { 0.0 }
    };
    (part(&of_name), part(&of_passage))
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
