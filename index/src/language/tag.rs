//! The language of a text: what its publisher says, detected only where nobody says it.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use crate::language::detect::{detected, guesses};

/// The most languages in which the words of one question are looked for.
const MAX_CANDIDATES: usize = 3;

/// A language. Those with a name of their own here have a stemmer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Language {
    /// Arabic.
    Arabic,
    /// Danish.
    Danish,
    /// Dutch.
    Dutch,
    /// English.
    English,
    /// Finnish.
    Finnish,
    /// French.
    French,
    /// German.
    German,
    /// Greek.
    Greek,
    /// Hungarian.
    Hungarian,
    /// Italian.
    Italian,
    /// Norwegian, of either standard.
    Norwegian,
    /// Portuguese.
    Portuguese,
    /// Romanian.
    Romanian,
    /// Russian.
    Russian,
    /// Spanish.
    Spanish,
    /// Swedish.
    Swedish,
    /// Tamil.
    Tamil,
    /// Turkish.
    Turkish,
    /// Any other, by its subtag.
    Other(Subtag),
}

/// A primary subtag of two or three letters, in lower case.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Subtag {
    letters: [u8; 3],
    n_letters: usize,
}

/// The languages with a stemmer by their subtag.
const STEMMED: [(&str, Language); 18] = [
    ("ar", Language::Arabic),
    ("da", Language::Danish),
    ("nl", Language::Dutch),
    ("en", Language::English),
    ("fi", Language::Finnish),
    ("fr", Language::French),
    ("de", Language::German),
    ("el", Language::Greek),
    ("hu", Language::Hungarian),
    ("it", Language::Italian),
    ("no", Language::Norwegian),
    ("pt", Language::Portuguese),
    ("ro", Language::Romanian),
    ("ru", Language::Russian),
    ("es", Language::Spanish),
    ("sv", Language::Swedish),
    ("ta", Language::Tamil),
    ("tr", Language::Turkish),
];

/// The subtags that other spellings stand for.
static SPELLINGS: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("tag/spellings.tsv").lines();
    let rows = lines.filter_map(|line| line.split_once('\t'));
    rows.flat_map(|(subtag, others)| others.split(' ').map(move |other| (other, subtag))).collect()
});

/// What stands for no language or for several ([ISO 639-2](https://www.loc.gov/standards/iso639-2/)).
const NO_LANGUAGE: [&str; 4] = ["und", "mul", "zxx", "mis"];

impl Language {
    /// Reads a [BCP 47](https://www.rfc-editor.org/info/bcp47) tag; `None` where it names no language.
    pub(crate) fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_', ':']).next()?.to_ascii_lowercase();
        if NO_LANGUAGE.contains(&primary.as_str()) {
            return None;
        }
        let primary = SPELLINGS.get(primary.as_str()).copied().unwrap_or(&primary);
        let stemmed = STEMMED.iter().find(|(subtag, _)| *subtag == primary);
        stemmed.map(|(_, language)| *language).or_else(|| Subtag::of(primary).map(Self::Other))
    }

    /// The language of a text by its tag, else by its letters and words; English where that says nothing reliable.
    pub(crate) fn of(tag: Option<&str>, text: &str) -> Self {
        let stated = tag.and_then(Self::of_tag);
        stated.or_else(|| detected(text).and_then(Self::of_tag)).unwrap_or(Self::English)
    }

    /// The languages that a question may be in, the likeliest first. A few words are too short to be sure.
    pub(crate) fn candidates(tag: Option<&str>, text: &str) -> Vec<Self> {
        if let Some(stated) = tag.and_then(Self::of_tag) {
            return vec![stated];
        }
        guesses(text).into_iter().filter_map(Self::of_tag).take(MAX_CANDIDATES).collect()
    }

    /// The primary subtag.
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Other(subtag) => subtag.as_str(),
            named => {
                let found = STEMMED.iter().find(|(_, language)| language == named);
                found.map_or("und", |(subtag, _)| subtag)
            }
        }
    }
}

impl Subtag {
    fn of(text: &str) -> Option<Self> {
        let is_fine = (2..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase());
        let mut letters = [0; 3];
        letters.iter_mut().zip(text.bytes()).for_each(|(letter, byte)| *letter = byte);
        is_fine.then_some(Self { letters, n_letters: text.len() })
    }

    fn as_str(&self) -> &str {
        let letters = self.letters.get(..self.n_letters).unwrap_or_default();
        std::str::from_utf8(letters).unwrap_or_default()
    }
}

impl PartialOrd for Subtag {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Subtag {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl fmt::Debug for Subtag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, STEMMED};

    #[test]
    fn a_tag_names_its_language_however_it_is_spelled() {
        for (tag, expected) in [
            ("en", "en"),
            ("EN-us", "en"),
            ("eng", "en"),
            ("es_MX", "es"),
            ("spa", "es"),
            ("zh-Hans", "zh"),
            ("cmn", "zh"),
            ("nb", "no"),
            ("nn-NO", "no"),
            ("no", "no"),
            ("iw", "he"),
            ("he", "he"),
            ("sw", "sw"),
            ("pt-BR", "pt"),
            ("gsw", "gsw"),
        ] {
            assert_eq!(Language::of_tag(tag).unwrap().as_str(), expected, "{tag}");
        }
        for tag in ["", "und", "mul", "zxx", "English", "e", "12", "é"] {
            assert_eq!(Language::of_tag(tag), None, "{tag}");
        }
    }

    #[test]
    fn every_stemmed_language_has_one_subtag() {
        for (subtag, language) in STEMMED {
            assert_eq!(language.as_str(), subtag);
            assert_eq!(Language::of_tag(subtag), Some(language));
        }
    }

    #[test]
    fn a_publisher_knows_better_than_the_words() {
        assert_eq!(
            Language::of(Some("fr"), "Understand the fractions of a whole"),
            Language::French
        );
        assert_eq!(Language::of(Some("und"), "Add"), Language::English);
        assert_eq!(Language::candidates(Some("de"), "welding"), [Language::German]);
    }
}
