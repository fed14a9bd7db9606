//! What a text asks for: an identifier, a code, a whole label, words, phrases.
//!
//! Nothing here is an expression that could be wrong: every text is a question. The index is not asked yet; what of all this it
//! has is for the [ranking](crate::search::ranking) to find out.

use std::collections::BTreeSet;

use ontology::{CanonicalKey, Identifier, IdentifierKind, fold_code, identify, plain};

use crate::document::texts::label_key;
use crate::language::{Language, fold_label, tokens};
use crate::search::words::Word;

/// The quotation marks that begin a phrase, with those that end it.
const QUOTES: [(char, &[char]); 5] = [
    ('"', &['"']),
    ('\u{201c}', &['\u{201d}', '"']),
    ('\u{201e}', &['\u{201c}', '\u{201d}']),
    ('\u{ab}', &['\u{bb}']),
    ('\u{bb}', &['\u{ab}']),
];

/// The most phrases of a question.
const MAX_PHRASES: usize = 16;

/// What a text asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Question {
    /// The words outside quotation marks, as they were typed.
    pub text: String,
    /// Whether it asks for everything there is: it is empty, or but a star.
    pub is_everything: bool,
    /// The names that the whole text may be, the surest first.
    pub names: Vec<CanonicalKey>,
    /// The hashes of the labels that the whole text may be.
    pub labels: BTreeSet<u64>,
    /// The folded codes that the whole text may be.
    pub codes: BTreeSet<String>,
    /// Whether the text has the form of a code, so that a label of the same letters comes after it.
    pub is_code: bool,
    /// Whether its words may have slips: those of identifiers and codes have none.
    pub may_have_slips: bool,
    /// The languages that it may be in, the likeliest first.
    pub languages: Vec<Language>,
    /// Its different words but those in quotation marks, in their order.
    pub words: Vec<Word>,
    /// What stands in quotation marks.
    pub phrases: Vec<String>,
}

impl Question {
    /// Whether there is no white space in it.
    pub(super) fn is_one_piece(&self) -> bool {
        !self.text.trim().contains(char::is_whitespace)
    }

    /// Reads a text. The tag says in which language it is, where that is known.
    pub(super) fn of(text: &str, tag: Option<&str>) -> Self {
        let trimmed = text.trim();
        if trimmed.chars().all(|c| c == '*' || c.is_whitespace()) {
            return Self { is_everything: true, ..Self::default() };
        }
        let read = identify(trimmed);
        let (rest, phrases) = if is_address(&read) { <_>::default() } else { quoted(text) };
        let languages = Language::candidates(tag, text);
        let codes = [Some(trimmed), read.code.as_deref()].into_iter().flatten().map(fold_code);
        Self {
            is_everything: false,
            labels: labels(trimmed),
            codes: codes.filter(|code| !code.is_empty()).collect(),
            is_code: read.kind == IdentifierKind::Code,
            may_have_slips: read.key.is_none() && read.code.is_none(),
            names: names(&read),
            words: Word::all_of(&rest, &languages),
            text: rest,
            phrases: phrases.into_iter().filter(|text| has_word(text)).take(MAX_PHRASES).collect(),
            languages,
        }
    }
}

/// Whether the whole text is an identifier, so that its words are no words.
fn is_address(read: &Identifier) -> bool {
    let is_sure = match read.kind {
        IdentifierKind::Ctid | IdentifierKind::Guid | IdentifierKind::CaseLocal => true,
        IdentifierKind::Iri => read.raw.contains("://"),
        _ => false,
    };
    is_sure && !read.raw.contains(char::is_whitespace)
}

fn has_word(text: &str) -> bool {
    !tokens(text, Language::English).is_empty()
}

/// The names that an identifier may be, each once.
fn names(read: &Identifier) -> Vec<CanonicalKey> {
    let spellings = read.iri.iter().flat_map(CanonicalKey::spellings);
    let contained = read.contained.as_ref().map(CanonicalKey::guid);
    let all = read.iri.iter().chain(&read.key).cloned().chain(contained).chain(spellings);
    let mut seen = BTreeSet::new();
    all.filter(|name| seen.insert(name.clone())).collect()
}

/// The labels that a text may be: as it stands, and without markup.
fn labels(text: &str) -> BTreeSet<u64> {
    let texts = [text.to_owned(), plain(text)];
    let labels = texts.iter().filter(|text| !fold_label(text).is_empty());
    labels.map(|text| label_key(text)).collect()
}

/// Takes the phrases out of a text; a space stays for each. A mark that nothing closes, or that stands right behind a letter or a digit as
/// that of inches does, is but a character.
fn quoted(text: &str) -> (String, Vec<String>) {
    let mut rest = String::with_capacity(text.len());
    let mut phrases = Vec::new();
    let mut open = text;
    while let Some(character) = open.chars().next() {
        let (_, after) = open.split_at_checked(character.len_utf8()).unwrap_or_default();
        let is_behind_word = rest.chars().next_back().is_some_and(char::is_alphanumeric);
        let ends = QUOTES.iter().find(|(begin, _)| *begin == character && !is_behind_word);
        let phrase = ends.and_then(|(_, ends)| after.split_once(*ends));
        if let Some((phrase, behind)) = phrase {
            phrases.push(phrase.to_owned());
            rest.push(' ');
            open = behind;
        } else {
            rest.push(character);
            open = after;
        }
    }
    (rest, phrases)
}

#[cfg(test)]
mod tests {
    use super::{Question, quoted};

    #[track_caller]
    fn check(text: &str, rest: &str, phrases: &[&str]) {
        let (found, quoted) = quoted(text);
        assert_eq!(found.split_whitespace().collect::<Vec<_>>().join(" "), rest, "{text}");
        assert_eq!(quoted, phrases, "{text}");
    }

    #[test]
    fn quotation_marks_of_every_house_make_phrases() {
        check("the \"unlike denominators\" of", "the of", &["unlike denominators"]);
        check("“a b” „c d“ „e f” «g h» »i j«", "", &["a b", "c d", "e f", "g h", "i j"]);
        check("\"\"", "", &[""]);
    }

    #[test]
    fn a_mark_that_nothing_closes_or_that_means_inches_is_a_character() {
        check("say \"cheese", "say \"cheese", &[]);
        check("a 5\" pipe and a 6\" pipe", "a 5\" pipe and a 6\" pipe", &[]);
        check("„open «also", "„open «also", &[]);
    }

    #[test]
    fn nothing_and_stars_ask_for_everything_and_signs_for_nothing() {
        for text in ["", "  ", "*", " * *\n"] {
            assert!(Question::of(text, None).is_everything, "{text:?}");
        }
        for text in ["?", "(*)", "\"\"", "-- ;", "\u{202e}"] {
            let question = Question::of(text, None);
            assert!(!question.is_everything && question.words.is_empty(), "{text:?}");
            assert!(question.names.is_empty() && question.phrases.is_empty(), "{text:?}");
        }
    }

    #[test]
    fn a_text_may_be_several_things_at_once() {
        let code = Question::of("CCSS.Math.Content.3.NF.A.1", None);
        assert!(code.is_code && code.codes.contains("3.nf.a.1") && code.names.is_empty());
        let name = Question::of("Welding certificate", None);
        assert!(!name.is_code && name.labels.len() == 1 && name.words.len() == 2);
        let identifier = Question::of("urn:uuid:0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b", None);
        assert!(!identifier.names.is_empty());
    }
}
