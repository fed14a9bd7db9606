//! Apostrophes inside a word: what is left out, and what is asked for.

use crate::language::tag::Language;

/// Little words that lose their vowel before another one and become a part of it, in French, Italian and Catalan.
const ELIDED: &[&str] = &[
    "l", "d", "j", "m", "t", "s", "n", "c", "v", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "un",
    "dell", "all", "nell", "dall", "sull", "coll", "quest", "quell", "bell", "sant",
];

/// The most letters of what stands before the apostrophe of a name that is asked for without it: `O'Brien`, `D'Angelo`.
const PREFIX: usize = 2;

/// Gives the forms of a folded word with apostrophes in it, the one that counts first.
pub(super) fn forms(word: &str, language: Language) -> Vec<String> {
    let owned = word.strip_suffix("'s").unwrap_or(word);
    let joined = |word: &str| word.replace('\'', "");
    let Some((first, rest)) = owned.split_once('\'') else { return vec![owned.to_owned()] };
    let elides = matches!(language.as_str(), "fr" | "it" | "ca");
    if elides && ELIDED.contains(&first) {
        return vec![joined(rest)];
    }
    let is_name = first.len() <= PREFIX && first.is_ascii() && rest.chars().count() > PREFIX;
    if is_name { vec![joined(owned), joined(rest)] } else { vec![joined(owned)] }
}

#[cfg(test)]
mod tests {
    use super::forms;
    use crate::language::tag::Language;

    #[test]
    fn what_stands_before_or_behind_an_apostrophe_may_be_left_out() {
        let catalan = Language::of_tag("ca").unwrap();
        for (language, word, expected) in [
            (Language::English, "student's", "student"),
            (Language::English, "don't", "dont"),
            (Language::English, "o'brien", "obrien brien"),
            (Language::English, "o'brien's", "obrien brien"),
            (Language::English, "i'm", "im"),
            (Language::English, "l'eleve", "leleve eleve"),
            (Language::French, "l'eleve", "eleve"),
            (Language::French, "aujourd'hui", "aujourdhui"),
            (Language::French, "qu'un", "un"),
            (Language::Italian, "dell'arte", "arte"),
            (catalan, "l'alumne", "alumne"),
            (Language::Dutch, "foto's", "foto"),
            (Language::of_tag("uk").unwrap(), "об'єкт", "обєкт"),
        ] {
            assert_eq!(forms(word, language).join(" "), expected, "{word}");
        }
    }
}
