//! The words of a text and of the names it is held against, each taken apart once.

use std::collections::BTreeMap;

use crate::language::{Language, grams, tokens};
use crate::vocabulary::{Vocabulary, is_telling, place};

/// Stems less alike than this have nothing to do with each other.
const ALIKE: f64 = 0.35;

/// A word, in one language.
#[derive(Debug)]
pub(super) struct Entry {
    /// The number of its stem.
    pub stem: usize,
    /// Whether it says nothing by itself.
    pub is_stop: bool,
    /// The places of its telling grams; a gram that it has twice is there twice.
    pub grams: Vec<usize>,
}

/// A stem and its shape: the grams by which it is compared to others.
#[derive(Debug)]
struct Stem {
    /// How much it tells that a name has it.
    weight: f64,
    /// The places of its grams and the squares of their weights, by place. What no stem of the index has weighs nothing.
    shape: Vec<(u32, f64)>,
    /// The length of the shape.
    length: f64,
}

/// The words that one question came across.
pub(super) struct Lexicon<'a> {
    vocabulary: &'a Vocabulary,
    language: Language,
    words: BTreeMap<String, Entry>,
    numbers: BTreeMap<String, usize>,
    stems: Vec<Stem>,
}

impl<'a> Lexicon<'a> {
    pub(super) fn of(vocabulary: &'a Vocabulary, language: Language) -> Self {
        Self {
            vocabulary,
            language,
            words: BTreeMap::new(),
            numbers: BTreeMap::new(),
            stems: Vec::new(),
        }
    }

    pub(super) fn vocabulary(&self) -> &'a Vocabulary {
        self.vocabulary
    }

    /// What is known of a folded word.
    pub(super) fn word(&self, word: &str) -> Option<&Entry> {
        self.words.get(word)
    }

    /// Takes a folded word apart, where it is new.
    pub(super) fn learn(&mut self, word: &str) {
        if self.words.contains_key(word) {
            return;
        }
        let token = tokens(word, self.language).into_iter().find(|token| token.word == word);
        let (stem, is_stop) =
            token.map_or_else(|| (word.to_owned(), false), |token| (token.stem, token.is_stop));
        self.take(word, &stem, is_stop);
    }

    /// Takes in a word whose stem is known; gives the number of the stem.
    pub(super) fn take(&mut self, word: &str, stem: &str, is_stop: bool) -> usize {
        let stem = self.stem(stem);
        if self.words.get(word).is_none_or(|known| known.stem != stem) {
            let telling = grams(word).into_iter().filter(|gram| is_telling(gram));
            let grams = telling.filter_map(|gram| usize::try_from(place(&gram)).ok()).collect();
            self.words.insert(word.to_owned(), Entry { stem, is_stop, grams });
        }
        stem
    }

    fn stem(&mut self, stem: &str) -> usize {
        if let Some(number) = self.numbers.get(stem) {
            return *number;
        }
        let number = self.stems.len();
        let mut places: Vec<u32> = grams(stem).iter().map(|gram| place(gram)).collect();
        places.sort_unstable();
        places.dedup();
        let weigh = |place| Some((place, self.vocabulary.weight_of_shape(place)?.powi(2)));
        let shape: Vec<(u32, f64)> = places.into_iter().filter_map(weigh).collect();
        let length = shape.iter().map(|(_, square)| square).sum::<f64>().sqrt();
        let weight = self.vocabulary.weight_of_stem(place(stem));
        self.stems.push(Stem { weight, shape, length });
        self.numbers.insert(stem.to_owned(), number);
        number
    }

    /// How much it tells that a name has a stem.
    pub(super) fn weight(&self, stem: usize) -> f64 {
        self.stems.get(stem).map_or(0.0, |stem| stem.weight)
    }

    /// How much it tells that a name has a gram.
    pub(super) fn weight_of_gram(&self, gram: usize) -> f64 {
        u32::try_from(gram).map_or(0.0, |place| self.vocabulary.weight_of_gram(place))
    }

    /// How alike two stems are: 1 where they are one, 0 where they have little in common.
    pub(super) fn likeness(&self, one: usize, other: usize) -> f64 {
        if one == other {
            return 1.0;
        }
        match (self.stems.get(one), self.stems.get(other)) {
            (Some(one), Some(other)) => one.likeness(other),
            _ => 0.0,
        }
    }
}

impl Stem {
    fn likeness(&self, other: &Self) -> f64 {
        let mut shared = 0.0;
        let mut theirs = other.shape.iter().peekable();
        for (place, square) in &self.shape {
            while theirs.next_if(|(their, _)| their < place).is_some() {}
            if theirs.next_if(|(their, _)| their == place).is_some() {
                shared += square;
            }
        }
        let lengths = self.length * other.length;
        let likeness = if lengths > 0.0 { shared / lengths } else { 0.0 };
        if likeness < ALIKE { 0.0 } else { likeness }
    }
}
