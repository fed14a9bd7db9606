//! Folding: what two spellings of one word have in common.
//!
//! It goes as far as a careful typist would forgive, and no further: case, accents, width, points and invisible characters do
//! not matter; what makes another letter does. So a vowel sign of Devanagari or Thai stays, and й stays apart from и.

use std::borrow::Cow;

use icu_casemap::CaseMapper;
use icu_normalizer::{ComposingNormalizer, DecomposingNormalizer};
use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory};
use icu_properties::{CodePointMapData, CodePointSetData};

/// Folds a text: compatibility forms, case, accents, digits of other scripts and invisible characters do not matter.
///
/// Every apostrophe becomes `'` and every hyphen `-`; what they mean is decided where words are taken apart.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase().replace('`', "'");
    }
    let marked: String = text.chars().map(plain_punctuation).collect();
    let decomposed = DecomposingNormalizer::new_nfkd().normalize(&marked);
    let mut folded = String::with_capacity(decomposed.len());
    let mut base = ' ';
    for character in decomposed.chars() {
        if is_invisible(character) || is_accent(base, character) {
            continue;
        }
        if !is_mark(character) {
            base = character;
        }
        match twin(character) {
            Some(twin) => folded.push_str(twin),
            None => folded.push(ascii_digit(plain_punctuation(character))),
        }
    }
    let composed = ComposingNormalizer::new_nfc().normalize(&folded);
    let lower = CaseMapper::new().fold_string(&composed);
    match ComposingNormalizer::new_nfc().normalize(&lower) {
        Cow::Borrowed(_) => lower.into_owned(),
        Cow::Owned(composed) => composed,
    }
}

/// Tells whether a character is an apostrophe, whichever way it is typed.
pub(super) fn is_apostrophe(character: char) -> bool {
    matches!(
        character,
        '\'' | '`'
            | '\u{b4}'
            | '\u{2018}'
            | '\u{2019}'
            | '\u{201b}'
            | '\u{2b9}'..='\u{2bc}'
            | '\u{2032}'
            | '\u{55a}'
            | '\u{5f3}'
            | '\u{a78b}'..='\u{a78c}'
            | '\u{ff07}'
    )
}

/// Tells whether a character is a hyphen between two parts of one word.
pub(super) fn is_hyphen(character: char) -> bool {
    matches!(
        character,
        '-' | '\u{58a}' | '\u{5be}' | '\u{2010}'
            ..='\u{2013}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// Tells whether a character is written on or around another one.
pub(super) fn is_mark(character: char) -> bool {
    !character.is_ascii()
        && matches!(
            CodePointMapData::<GeneralCategory>::new().get(character),
            GeneralCategory::NonspacingMark
                | GeneralCategory::SpacingMark
                | GeneralCategory::EnclosingMark
        )
}

/// Tells whether a character is there and not seen: soft hyphens, joiners, marks of direction, the tatweel that stretches a line.
pub(super) fn is_invisible(character: char) -> bool {
    !character.is_ascii()
        && (character == '\u{640}'
            || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character)
            || CodePointMapData::<GeneralCategory>::new().get(character) == GeneralCategory::Format)
}

fn plain_punctuation(character: char) -> char {
    match character {
        _ if character.is_ascii_alphanumeric() => character,
        _ if is_apostrophe(character) => '\'',
        _ if is_hyphen(character) => '-',
        '\u{2044}' | '\u{2215}' => '/',
        _ => character,
    }
}

/// Tells whether a mark is only an accent of the letter that it stands on.
fn is_accent(base: char, mark: char) -> bool {
    if is_cyrillic(base) {
        return is_stress(base, mark);
    }
    is_combining(mark) || is_hebrew_point(mark) || is_arabic_sign(mark)
}

fn is_combining(mark: char) -> bool {
    matches!(
        mark,
        '\u{300}'..='\u{36f}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe20}'..='\u{fe2f}'
    )
}

/// Tells whether a mark is a Hebrew point or accent; the punctuation among them is no mark.
fn is_hebrew_point(mark: char) -> bool {
    matches!(
        mark,
        '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}' | '\u{5c4}'..='\u{5c5}' | '\u{5c7}'
    )
}

/// Tells whether a mark is an Arabic vowel sign, a sign of the Quran, or the hamza or madda that alef carries.
fn is_arabic_sign(mark: char) -> bool {
    matches!(
        mark,
        '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{6d6}'..='\u{6dc}'
            | '\u{6df}'..='\u{6e4}'
            | '\u{6e7}'..='\u{6e8}'
            | '\u{6ea}'..='\u{6ed}'
    )
}

fn is_cyrillic(character: char) -> bool {
    matches!(character, '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}')
}

/// Tells whether a mark on a Cyrillic letter is a stress, or the points of ё; others make another letter (й, ї, ў).
fn is_stress(base: char, mark: char) -> bool {
    let is_vowel = matches!(
        base,
        'а' | 'е'
            | 'и'
            | 'і'
            | 'о'
            | 'у'
            | 'ы'
            | 'э'
            | 'ю'
            | 'я'
            | 'є'
            | 'ѐ'
            | 'А'
            | 'Е'
            | 'И'
            | 'І'
            | 'О'
            | 'У'
            | 'Ы'
            | 'Э'
            | 'Ю'
            | 'Я'
            | 'Є'
    );
    match mark {
        '\u{300}' | '\u{301}' => is_vowel,
        '\u{308}' => matches!(base, 'е' | 'Е'),
        _ => false,
    }
}

/// The letters that a letter without a decomposition is taken for.
fn twin(character: char) -> Option<&'static str> {
    let twin = match character {
        'ø' | 'Ø' => "o",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ł' | 'Ł' => "l",
        'ħ' | 'Ħ' => "h",
        'ŧ' | 'Ŧ' => "t",
        'ŋ' | 'Ŋ' => "n",
        'ı' => "i",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        // Arabic: alef wasla, teh marbuta, alef maksura and the Persian yeh and kaf.
        'ٱ' => "ا",
        'ة' => "ه",
        'ى' | 'ی' => "ي",
        'ک' => "ك",
        _ => return None,
    };
    Some(twin)
}

/// A decimal digit of any script as the digit of ASCII.
fn ascii_digit(character: char) -> char {
    let is_digit = |character: char| {
        CodePointMapData::<GeneralCategory>::new().get(character) == GeneralCategory::DecimalNumber
    };
    if character.is_ascii() || !is_digit(character) {
        return character;
    }
    // The ten digits of a script stand in a row, and zero comes first.
    let before = |n: &u32| {
        let earlier = u32::from(character).checked_sub(*n).and_then(char::from_u32);
        earlier.is_some_and(is_digit)
    };
    let value = (1..=9).take_while(before).count();
    u32::try_from(value).ok().and_then(|value| char::from_digit(value, 10)).unwrap_or(character)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};
    use proptest::{prop_assert, prop_assert_eq};

    use super::fold;

    #[track_caller]
    fn check(spellings: &[&str], folded: &str) {
        for spelling in spellings {
            assert_eq!(fold(spelling), folded, "{spelling}");
        }
    }

    #[test]
    fn accents_and_case_do_not_matter() {
        check(&["Élève", "e\u{301}le\u{300}ve", "ÉLÈVE", "eleve"], "eleve");
        check(&["FORMACIÓN", "formación", "formacion"], "formacion");
        check(&["Straße", "STRASSE", "STRAẞE", "strasse"], "strasse");
        check(&["Ångström", "A\u{30a}ngstrom", "\u{212b}ngstrom"], "angstrom");
        check(&["Øresund", "oresund"], "oresund");
        check(&["Łódź", "lodz"], "lodz");
        check(&["Đường", "duong"], "duong");
        check(&["œuvre", "oeuvre"], "oeuvre");
        check(&["İstanbul", "ISTANBUL", "ıstanbul", "istanbul"], "istanbul");
        check(&["Þór", "thor"], "thor");
    }

    #[test]
    fn greek_loses_its_accents_and_its_final_sigma() {
        check(&["Λόγος", "ΛΟΓΟΣ", "λογοσ", "λόγος"], "λογοσ");
        check(&["ΐ", "ϊ", "ι"], "ι");
    }

    #[test]
    fn cyrillic_loses_stress_and_keeps_its_letters() {
        check(&["ёлка", "ЁЛКА", "елка", "е\u{308}лка"], "елка");
        check(&["за\u{301}мок", "замок"], "замок");
        check(&["Йод", "и\u{306}од", "йод"], "йод");
        check(&["Україна", "украі\u{308}на"], "україна");
        check(&["ўсе", "у\u{306}се"], "ўсе");
        assert_ne!(fold("й"), fold("и"));
    }

    #[test]
    fn hebrew_and_arabic_lose_their_points() {
        check(&["שָׁלוֹם", "שלום"], "שלום");
        check(&["مُدَرِّسَة", "مدرسة", "مدرسه", "مـدرسـة"], "مدرسه");
        check(&["أحمد", "إحمد", "آحمد", "ٱحمد", "احمد"], "احمد");
        check(&["على", "علي", "علی"], "علي");
        check(&["\u{fe8e}"], "ا");
    }

    #[test]
    fn signs_that_make_another_word_stay() {
        check(&["हिन्दी"], "हिन्दी");
        check(&["தமிழ்"], "தமிழ்");
        check(&["ที่นี่"], "ที่นี่");
        check(&["ខ្មែរ"], "ខ្មែរ");
        check(&["ລາວ"], "ລາວ");
        check(&["が", "か\u{3099}"], "が");
        check(&["한국어", "\u{1112}\u{1161}\u{11ab}국어"], "한국어");
    }

    #[test]
    fn width_ligatures_and_digits_of_other_scripts_do_not_matter() {
        check(&["ＡＢＣ１２３", "abc123"], "abc123");
        check(&["ﾌﾟﾛｸﾞﾗﾑ", "プログラム"], "プログラム");
        check(&["ﬁnance", "finance"], "finance");
        check(&["٣٤", "۳۴", "३४", "๓๔", "３４", "34"], "34");
        check(&["x²", "x2"], "x2");
        check(&["½", "1/2", "1⁄2"], "1/2");
        check(&["\u{1d7d7}"], "9");
    }

    #[test]
    fn apostrophes_hyphens_and_what_is_not_seen_are_one() {
        check(&["don't", "don’t", "don‘t", "don`t", "donʼt"], "don't");
        check(&["e-mail", "e‐mail", "e‑mail", "e–mail"], "e-mail");
        check(&["co\u{ad}operate", "co\u{200b}operate", "\u{feff}cooperate"], "cooperate");
        check(&["می\u{200c}خواهم"], "ميخواهم");
    }

    proptest! {
        #[test]
        fn what_is_folded_stays_as_it_is(text in any::<String>()) {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
        }

        #[test]
        fn case_does_not_matter_to_letters_of_europe(text in "[a-zà-öø-þA-ZÀ-ÖØ-Þ]{0,12}") {
            prop_assert_eq!(fold(&text.to_uppercase()), fold(&text));
            prop_assert!(fold(&text).is_ascii());
        }
    }
}
