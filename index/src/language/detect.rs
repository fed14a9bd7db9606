//! The language of a text that nobody stated, by its letters and their sequences.
//!
//! A wrong guess costs more than none: it stems words that nobody will ask for. So a text in Latin letters is English unless
//! the guess is reliable, and languages that nobody publishes frameworks in are not guessed.

use whatlang::{Detector, Info, Lang, Script};

/// The code of English.
const ENGLISH: &str = "eng";

/// The most characters of a text that are looked at.
const LOOKED_AT: usize = 400;

/// The fewest letters of a text in Latin letters that a guess is believed for.
const MIN_LETTERS: usize = 20;

/// The languages that are never guessed: short English or Spanish texts look like them.
const NEVER: [Lang; 13] = [
    Lang::Epo,
    Lang::Lat,
    Lang::Jav,
    Lang::Aka,
    Lang::Zul,
    Lang::Sna,
    Lang::Afr,
    Lang::Tuk,
    Lang::Uzb,
    Lang::Aze,
    Lang::Tgl,
    Lang::Cym,
    Lang::Yid,
];

/// The languages in Latin letters, beside English, whose words have stems: to guess another for a question changes nothing.
const STEMMED: [Lang; 13] = [
    Lang::Deu,
    Lang::Spa,
    Lang::Fra,
    Lang::Por,
    Lang::Ita,
    Lang::Nld,
    Lang::Swe,
    Lang::Dan,
    Lang::Nob,
    Lang::Fin,
    Lang::Hun,
    Lang::Ron,
    Lang::Tur,
];

/// The code of a text's language (ISO 639-3), where it is reliable.
pub(super) fn detected(text: &str) -> Option<&'static str> {
    let beginning = beginning(text);
    if beginning.is_ascii() && beginning.len() < MIN_LETTERS {
        return None;
    }
    let info = whole(beginning)?;
    let is_sure = info.script() != Script::Latin || (info.is_reliable() && has_letters(beginning));
    is_sure.then(|| info.lang().code())
}

/// The codes of the languages that a text may be in, the likeliest first; English is among them where it has Latin letters.
pub(super) fn guesses(text: &str) -> Vec<&'static str> {
    let beginning = beginning(text);
    let Some(best) = whole(beginning) else { return vec![ENGLISH] };
    let code = best.lang().code();
    if best.script() != Script::Latin {
        let has_latin = beginning.chars().any(|c| c.is_ascii_alphabetic());
        return if has_latin { vec![code, ENGLISH] } else { vec![code] };
    }
    let first = among(beginning, None);
    let second = among(beginning, first);
    let sure = best.is_reliable().then_some(code);
    let likely = [first, second].into_iter().flatten().map(|lang| lang.code());
    let mut once = Vec::new();
    for guess in sure.into_iter().chain([ENGLISH]).chain(likely) {
        if !once.contains(&guess) {
            once.push(guess);
        }
    }
    once
}

fn whole(text: &str) -> Option<Info> {
    Detector::with_denylist(NEVER.to_vec()).detect(text)
}

/// The likeliest of the languages that have stems, but for one.
fn among(text: &str, except: Option<Lang>) -> Option<Lang> {
    let allowed = STEMMED.into_iter().filter(|lang| Some(*lang) != except).collect();
    Detector::with_allowlist(allowed).detect_lang(text)
}

fn has_letters(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= MIN_LETTERS
}

fn beginning(text: &str) -> &str {
    let end = text.char_indices().nth(LOOKED_AT).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::{detected, guesses};

    #[test]
    fn a_whole_sentence_shows_its_language() {
        for (text, expected) in [
            (
                "Understand a fraction as the quantity formed by one part when a whole is partitioned",
                "eng",
            ),
            (
                "Comprender una fracción como la cantidad formada por una parte cuando un todo se divide",
                "spa",
            ),
            (
                "Die Schülerinnen und Schüler verstehen Brüche als Teile eines Ganzen und rechnen damit",
                "deu",
            ),
            (
                "Les élèves comprennent une fraction comme une partie d'un tout et savent la représenter",
                "fra",
            ),
            ("учащиеся понимают дробь как часть целого", "rus"),
            ("分数を全体の一部として理解する", "jpn"),
            ("理解分数的意义", "cmn"),
            ("분수를 이해한다", "kor"),
            ("เข้าใจเศษส่วน", "tha"),
        ] {
            assert_eq!(detected(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_few_latin_words_show_nothing() {
        for text in ["", "Add", "weld", "3.NF.A.1", "123", "😀", "C++"] {
            assert_eq!(detected(text), None, "{text}");
        }
    }

    #[test]
    fn a_question_may_be_in_english_whatever_it_looks_like() {
        for text in ["welding certificate", "soldador", "Schweißer", "", "3.NF", "machine learning"]
        {
            let guesses = guesses(text);
            assert!(guesses.contains(&"eng"), "{text}: {guesses:?}");
            assert!(guesses.len() <= 4, "{text}: {guesses:?}");
        }
        assert_eq!(guesses("сварщик").len(), 1);
        assert_eq!(guesses("분수"), ["kor"]);
    }
}
