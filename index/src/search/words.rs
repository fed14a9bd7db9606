//! The words of a question, as the index may have them.

use std::collections::{BTreeMap, BTreeSet};

use ontology::fold_code;

use crate::language::{Language, Token, tokens};

/// The fewest letters of a word that may be the beginning of another.
const MIN_PREFIX: usize = 2;

/// A word of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// The word, folded.
    pub text: String,
    /// The words that it is in the index: itself, and its other forms.
    pub words: BTreeSet<String>,
    /// Its stems, in each language that the question may be in.
    pub stems: BTreeSet<String>,
    /// The stems of its other forms, which are less than the word: pairs of its characters, the same without a sign.
    pub others: BTreeSet<String>,
    /// The words that it is made of, where it is made of several: what has all of them has the word as well.
    pub parts: Vec<Word>,
    /// The folded code that it may be.
    pub code: Option<String>,
    /// How much it says by itself.
    pub says: Says,
    /// Whether somebody may still be typing it, so that it may be the beginning of a longer one.
    pub goes_on: bool,
}

/// How much a word says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Says {
    /// It is a stop word in every language that the question may be in.
    Nothing,
    /// It is a stop word in one of them.
    Little,
    /// It is a stop word in none.
    Something,
}

impl Word {
    /// Takes a text apart. Every word is there once; only the last may go on, unless something stands behind it.
    pub(super) fn all_of(text: &str, languages: &[Language]) -> Vec<Self> {
        let mut places: BTreeMap<usize, Place> = BTreeMap::new();
        for language in languages {
            for token in tokens(text, *language) {
                places.entry(token.position).or_default().add(token);
            }
        }
        let mut words: Vec<Self> = Vec::new();
        let mut places = places.into_iter().peekable();
        while let Some((_, place)) = places.next() {
            let mut parts = vec![place.narrow];
            while let Some((_, inside)) = places.next_if(|(next, _)| *next < place.wide_to) {
                parts.push(inside.narrow);
            }
            let whole = Self::of(&place.wide, text);
            let mut parts = parts.iter().filter_map(|part| Self::of(part, text));
            match whole {
                Some(whole) => add(&mut words, Self { parts: parts.collect(), ..whole }),
                None => parts.by_ref().for_each(|word| add(&mut words, word)),
            }
        }
        words
    }

    /// Makes a word of the tokens of one place, those of a language after those of another.
    fn of(tokens: &[Token], text: &str) -> Option<Self> {
        let first = tokens.first()?;
        // Of one language, the whole word is the first.
        let is_whole = |token: &&Token| token.word == first.word;
        let (whole, others): (Vec<&Token>, Vec<&Token>) = tokens.iter().partition(is_whole);
        let stems: BTreeSet<String> = whole.iter().map(|token| token.stem.clone()).collect();
        let others: BTreeSet<String> = others.iter().map(|token| token.stem.clone()).collect();
        let says = match whole.iter().filter(|token| token.is_stop).count() {
            0 => Says::Something,
            n if n == whole.len() => Says::Nothing,
            _ => Says::Little,
        };
        // A letter without case says as much as several that have one.
        let word = first.word.as_str();
        let is_long = word.chars().count() >= MIN_PREFIX || word.chars().all(is_caseless);
        let raw = text.get(first.from..first.to).unwrap_or_default();
        Some(Self {
            text: word.to_owned(),
            words: tokens.iter().map(|token| token.word.clone()).collect(),
            others: others.difference(&stems).cloned().collect(),
            stems,
            parts: Vec::new(),
            code: raw.contains(char::is_numeric).then(|| fold_code(raw)),
            says,
            goes_on: is_long && first.to == text.len(),
        })
    }

    /// The stems by which it is found.
    pub(super) fn all_stems(&self) -> impl Iterator<Item = &String> {
        self.stems.iter().chain(&self.others)
    }
}

/// The tokens of one place of a text.
#[derive(Default)]
struct Place {
    /// Those that take more than the place, and the first place behind them.
    wide: Vec<Token>,
    wide_to: usize,
    narrow: Vec<Token>,
}

impl Place {
    fn add(&mut self, token: Token) {
        if is_wide(&token) {
            self.wide_to = self.wide_to.max(token.position + token.width);
            self.wide.push(token);
        } else {
            self.narrow.push(token);
        }
    }
}

fn add(words: &mut Vec<Word>, word: Word) {
    match words.iter_mut().find(|held| held.stems == word.stems) {
        Some(held) => held.goes_on |= word.goes_on,
        None => words.push(word),
    }
}

/// Tells whether a token is a word of several, which follow it at places of their own. A pair of characters that reaches into the next
/// word is none: it is another form of the word that it begins in.
fn is_wide(token: &Token) -> bool {
    token.width > 1
}

/// Leaves out the tokens that are words of several.
pub(super) fn narrow(tokens: Vec<Token>) -> Vec<Token> {
    tokens.into_iter().filter(|token| !is_wide(token)).collect()
}

fn is_caseless(character: char) -> bool {
    character.is_alphabetic() && !character.is_lowercase() && !character.is_uppercase()
}

/// The stems of a single word of the index in some languages, without those that are stop words.
pub(super) fn stems_of(word: &str, languages: &[Language]) -> BTreeSet<String> {
    let tokens = languages.iter().flat_map(|language| tokens(word, *language));
    tokens.filter(|token| !token.is_stop).map(|token| token.stem).collect()
}

#[cfg(test)]
mod tests {
    use super::{Says, Word, narrow, tokens};
    use crate::language::Language;

    #[track_caller]
    fn check(text: &str, stems: &[&str], goes_on: Option<&str>) {
        let words = Word::all_of(text, &[Language::English]);
        let found: Vec<&str> =
            words.iter().flat_map(|word| &word.stems).map(String::as_str).collect();
        assert_eq!(found, stems);
        let typed = words.iter().find(|word| word.goes_on).map(|word| word.text.as_str());
        assert_eq!(typed, goes_on);
    }

    #[test]
    fn a_text_is_its_words_once_each_and_the_last_may_go_on() {
        check("", &[], None);
        check(" -*()~\"^ ", &[], None);
        check("Adding fractions", &["add", "fraction"], Some("fractions"));
        check("adding fractions ", &["add", "fraction"], None);
        check("Vélo, velo VÉLO", &["velo"], Some("velo"));
        check("a fraction of a fraction", &["a", "fraction", "of"], Some("fraction"));
        check("part b", &["part", "b"], None);
        check("学", &["学"], Some("学"));
    }

    #[test]
    fn a_word_of_several_is_found_whole_or_in_parts() {
        let words = Word::all_of("problem-solving skills", &[Language::English]);
        let parts = |word: &Word| word.parts.iter().map(|part| part.text.clone()).collect();
        let found: Vec<(&str, Vec<String>)> =
            words.iter().map(|word| (word.text.as_str(), parts(word))).collect();
        let both = vec!["problem".to_owned(), "solving".to_owned()];
        assert_eq!(found, [("problemsolving", both), ("skills", vec![])]);
        let left = narrow(tokens("problem-solving skills", Language::English));
        let left: Vec<String> = left.into_iter().map(|token| token.word).collect();
        assert_eq!(left, ["problem", "solving", "skills"]);
    }

    #[test]
    fn a_pair_of_characters_that_reaches_into_the_next_word_is_no_word_of_both() {
        let languages = Language::candidates(None, "学习数学");
        let words = Word::all_of("学习数学", &languages);
        let found: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(found, ["学习", "数学"]);
        assert!(words.iter().all(|word| word.parts.is_empty()));
        assert!(words[0].others.contains("习数"), "{:?}", words[0].others);
        let left = narrow(tokens("学习数学", languages[0]));
        let left: Vec<&str> = left.iter().map(|token| token.word.as_str()).collect();
        assert_eq!(left, ["学习", "习数", "数学"]);
    }

    #[test]
    fn stop_words_say_nothing() {
        let words = Word::all_of("the knots", &[Language::English]);
        assert_eq!(
            words.iter().map(|word| word.says).collect::<Vec<_>>(),
            [Says::Nothing, Says::Something]
        );
        let words = Word::all_of("the knots", &[Language::English, Language::German]);
        assert_eq!(words.first().map(|word| word.says), Some(Says::Little));
    }
}
