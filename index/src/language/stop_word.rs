//! Stop words: what says nothing by itself in its language.
//!
//! The lists are folded when they are read, because words are folded before anyone asks; so somebody who types no accents is
//! understood too. A language without a list has no stop words.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::language::fold::fold;
use crate::language::tag::Language;

/// The folded stop words by the subtag of their language.
static LISTS: LazyLock<BTreeMap<&'static str, BTreeSet<String>>> = LazyLock::new(|| {
    let lines = include_str!("stop_word/lists.tsv").lines();
    let lists =
        lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    lists.map(|(subtag, words)| (subtag, words.split(' ').map(fold).collect())).collect()
});

/// Tells whether a folded word says nothing by itself in its language.
pub(super) fn is_stop_word(word: &str, language: Language) -> bool {
    LISTS.get(language.as_str()).is_some_and(|words| words.contains(word))
}

#[cfg(test)]
mod tests {
    use super::{LISTS, is_stop_word};
    use crate::language::tag::Language;

    #[test]
    fn articles_and_conjunctions_say_nothing_in_their_own_language() {
        for (language, words) in [
            (Language::English, "the of and a to they"),
            (Language::Spanish, "el la de y tambien esta"),
            (Language::German, "der die und fur uber"),
            (Language::French, "le la et meme a"),
            (Language::Russian, "и в еще"),
            (Language::Portuguese, "nao e o"),
        ] {
            for word in words.split(' ') {
                assert!(is_stop_word(word, language), "{word} {language:?}");
            }
        }
        assert!(!is_stop_word("die", Language::English));
        assert!(!is_stop_word("the", Language::German));
        assert!(!is_stop_word("na", Language::of_tag("sw").unwrap()));
    }

    #[test]
    fn numbers_and_letters_of_lists_say_something() {
        for word in ["1", "b", "c", "x", "estado", "state", "", "c++"] {
            assert!(!is_stop_word(word, Language::English), "{word}");
            assert!(!is_stop_word(word, Language::Spanish), "{word}");
        }
    }

    #[test]
    fn every_list_is_of_a_language_and_holds_words() {
        for (subtag, words) in LISTS.iter() {
            assert_eq!(Language::of_tag(subtag).unwrap().as_str(), *subtag);
            assert!(words.len() > 10 && !words.contains(""), "{subtag}");
        }
    }
}
