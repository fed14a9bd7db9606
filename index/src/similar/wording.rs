//! A statement as the words that are compared.

use ontology::plain;

use crate::card::Card;
use crate::document::label::each_once;
use crate::language::{Language, Token, tokens};

/// The most words of a statement that are compared.
const MAX_WORDS: usize = 400;

/// The signs that mean something where they stand. The hyphen is not among them: it joins words more often than it subtracts.
const SIGNS: &str = "+\u{2212}<>=\u{2264}\u{2265}\u{2260}\u{b1}\u{d7}\u{f7}%\u{221a}\u{221e}\u{2248}$\u{20ac}\u{a3}";

/// Words that turn a statement into its opposite.
const NEGATIONS: &[&str] = &["not", "no", "never", "without", "cannot", "neither", "nor", "non"];

/// The same in German.
const GERMAN_NEGATIONS: &[&str] =
    &["nicht", "kein", "keine", "keinen", "keinem", "keiner", "keines", "nie", "niemals", "ohne"];

/// The same in Spanish.
const SPANISH_NEGATIONS: &[&str] = &["no", "sin", "nunca", "jamas", "ni", "tampoco"];

/// The same in languages that have no list of their own here.
const OTHER_NEGATIONS: &[&str] = &[
    "ne", "pas", "sans", "jamais", "non", "senza", "nao", "sem", "nunca", "niet", "geen", "zonder",
];

/// English words for numbers, by number.
const NUMBERS: [&str; 13] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
];

/// What a word is to a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// A word that means something.
    Content,
    /// A word that holds others together.
    Stop,
    /// A number, in digits or in words.
    Number,
    /// A word that turns what is said into its opposite.
    Negation,
}

/// A word of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// As it is written.
    pub written: String,
    /// Folded.
    pub folded: String,
    /// What it shares with its other forms; of a number the digits.
    pub stem: String,
    /// What it is to a comparison.
    pub role: Role,
}

/// A statement as words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wording {
    /// The plain text.
    pub text: String,
    /// Its words in order.
    pub words: Vec<Word>,
    /// Its signs in order.
    pub signs: Vec<char>,
}

impl Wording {
    /// Takes a text apart.
    pub(super) fn of(tag: Option<&str>, text: &str) -> Self {
        let text = plain(text);
        let language = Language::of(tag, &text);
        let taken = each_once(tokens(&text, language)).into_iter().take(MAX_WORDS);
        let words = taken.map(|token| Word::of(&text, token, language)).collect();
        let signs = text.chars().filter(|c| SIGNS.contains(*c)).collect();
        Self { text, words, signs }
    }

    /// What a resource says: its statement, or its name where it has none.
    pub(super) fn statements(card: &Card) -> Vec<Self> {
        let resource = &card.resource;
        let said = if resource.text().is_empty() { resource.name() } else { resource.text() };
        said.iter().map(|(tag, text)| Self::of(tag, text)).collect()
    }

    /// Everything a resource may be known by: its statement and its name.
    pub(super) fn all_of(card: &Card) -> Vec<Self> {
        let resource = &card.resource;
        let mut all = Self::statements(card);
        if !resource.text().is_empty() && resource.name() != resource.text() {
            all.extend(resource.name().iter().map(|(tag, text)| Self::of(tag, text)));
        }
        all
    }
}

impl Word {
    fn of(text: &str, token: Token, language: Language) -> Self {
        let Token { word, stem, is_stop, from, to, .. } = token;
        let written = text.get(from..to).unwrap_or(&word).to_owned();
        let number = number(&word);
        let role = match () {
            () if number.is_some() => Role::Number,
            () if is_negation(&word, language) => Role::Negation,
            () if is_stop => Role::Stop,
            () => Role::Content,
        };
        Self { written, stem: number.unwrap_or(stem), folded: word, role }
    }
}

/// The number that a word is.
fn number(word: &str) -> Option<String> {
    if word.chars().any(char::is_numeric) {
        return Some(word.to_owned());
    }
    NUMBERS.iter().position(|known| *known == word).map(|number| number.to_string())
}

fn is_negation(word: &str, language: Language) -> bool {
    let list = if language == Language::English {
        NEGATIONS
    } else if language == Language::German {
        GERMAN_NEGATIONS
    } else if language == Language::Spanish {
        SPANISH_NEGATIONS
    } else {
        OTHER_NEGATIONS
    };
    list.contains(&word) || (language == Language::English && is_contracted(word))
}

/// Tells whether a word ends in `not`, shortened: `don't`, and `dont` where folding takes the apostrophe away.
fn is_contracted(word: &str) -> bool {
    const BARE: [&str; 9] =
        ["dont", "doesnt", "didnt", "cant", "isnt", "arent", "wont", "shouldnt", "wouldnt"];
    word.ends_with("n't") || word.ends_with("n\u{2019}t") || BARE.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::{Role, Wording};

    #[track_caller]
    fn roles(tag: &str, text: &str) -> Vec<(String, Role)> {
        Wording::of(Some(tag), text).words.into_iter().map(|word| (word.stem, word.role)).collect()
    }

    #[test]
    fn numbers_and_negations_are_told_from_other_words() {
        let expected = [
            ("do", Role::Content),
            ("not", Role::Negation),
            ("add", Role::Content),
            ("2", Role::Number),
            ("number", Role::Content),
        ];
        let found = roles("en", "Do not add two numbers");
        assert_eq!(
            found.iter().map(|(_, role)| *role).collect::<Vec<_>>()[1..],
            expected.map(|(_, role)| role)[1..]
        );
        assert_eq!(found[3].0, "2");
        assert_eq!(
            roles("en", "a 3-digit number")
                .iter()
                .filter(|(_, role)| *role == Role::Number)
                .count(),
            1
        );
        assert_eq!(roles("de", "ohne")[0].1, Role::Negation);
        // The sine is no negation.
        assert_ne!(roles("en", "sin")[0].1, Role::Negation);
        assert_eq!(roles("es", "sin")[0].1, Role::Negation);
        assert_eq!(
            roles("en", "don't").iter().filter(|(_, role)| *role == Role::Negation).count(),
            1
        );
    }

    #[test]
    fn words_are_kept_as_they_are_written_and_markup_is_not() {
        let wording = Wording::of(Some("en"), "<p>Add <b>Fractions</b>, 5 &lt; 7</p>");
        let written: Vec<_> = wording.words.iter().map(|word| word.written.as_str()).collect();
        assert_eq!(written, ["Add", "Fractions", "5", "7"]);
        assert_eq!(wording.signs, ['<']);
    }
}
