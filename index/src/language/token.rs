//! Tokens: the words of a text with their places in it.
//!
//! Tokens at one position are other forms of one word: whoever looks for the word looks for any of them. A word of several
//! parts gives one token that is as wide as its parts, and the parts at positions of their own:
//!
//! | written            | at one position, then the next                       |
//! |--------------------|------------------------------------------------------|
//! | `C++` `C#` `.NET`  | `c++` `c#` `.net`; never `c`, `net`                   |
//! | `Security+`        | `security+` `security`                               |
//! | `HS-PS1-2`         | `hs-ps1-2` (3 wide) `hs`, `ps1`, `2`                 |
//! | `K-12`             | `k-12` `k12` (2 wide) `k`, `12`                      |
//! | `problem-solving`  | `problemsolving` (2 wide) `problem`, `solving`       |
//! | `e-mail` `X-ray`   | `email` `e` `mail`                                   |
//! | `U.S.A.` `Ph.D.`   | `usa`; `phd` `ph`                                    |
//! | `O'Brien` `don't`  | `obrien` `brien`; `dont`                             |
//! | `1,000`            | `1000`                                               |
//! | `and/or`           | `and`, `or`                                          |
//! | `日本語の教育`     | `日本語` `日本` `本語`, `の`, `教育`                 |
//! | `학교에서`         | `학교에서` `학교` `교에`                             |

use crate::language::compound::{Compound, spelled};
use crate::language::elision;
use crate::language::fold::{fold, is_apostrophe};
use crate::language::part::{Part, parts};
use crate::language::script::Script;
use crate::language::segment::{Piece, Segment, ideographs, phrase, unspaced};
use crate::language::stem::stem;
use crate::language::stop_word::is_stop_word;
use crate::language::tag::Language;

/// The most characters of a word; what is longer is no word, and nobody asks for it.
const MAX_WORD: usize = 80;

/// The most characters of a name whose sign is never left out: `C++` is not `C`.
const SHORT_NAME: usize = 2;

/// Stop words that stay stop words in capitals: people stress them, and they stand between the words of a question.
const STRESSED: [&str; 3] = ["AND", "OR", "NOT"];

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// The word, folded.
    pub word: String,
    /// Its stem in the language of the text.
    pub stem: String,
    /// Whether it says nothing by itself.
    pub is_stop: bool,
    /// The place among the words of the text, from 0; tokens that share one are forms of one word, the whole one first.
    pub position: usize,
    /// The number of positions that it takes; more than 1 only for a word whose parts follow.
    pub width: usize,
    /// The byte of the text where it begins.
    pub from: usize,
    /// The byte of the text behind its end.
    pub to: usize,
}

/// Takes a plain text apart.
pub(crate) fn tokens(text: &str, language: Language) -> Vec<Token> {
    let parts = parts(text);
    let mut writer = Writer {
        text,
        language,
        tokens: Vec::with_capacity(parts.len()),
        position: 0,
        has_small: text.contains(char::is_lowercase),
    };
    for word in parts.chunk_by(|_, next| next.joiner.is_some()) {
        match word {
            [part] => writer.part(part),
            _ => writer.compound(word),
        }
    }
    writer.tokens
}

/// Collects the tokens of a text.
struct Writer<'a> {
    text: &'a str,
    language: Language,
    tokens: Vec<Token>,
    position: usize,
    /// Whether the text has small letters, so that capitals say something.
    has_small: bool,
}

/// A form of a word with its place.
struct Form {
    word: String,
    width: usize,
    from: usize,
    to: usize,
    /// Whether it may be a stop word; a part of a code never is.
    may_stop: bool,
}

impl Writer<'_> {
    fn part(&mut self, part: &Part<'_>) {
        match part.script {
            Script::Spaced => {
                for word in forms(part, self.language) {
                    self.add(Form { word, width: 1, from: part.from, to: part.to, may_stop: true });
                }
                self.position += 1;
            }
            Script::Hangul => self.segment(part, phrase(part.raw)),
            Script::Ideographic => {
                for segment in ideographs(part.raw) {
                    self.segment(part, segment);
                }
            }
            Script::Unspaced => {
                for segment in unspaced(part.raw) {
                    self.segment(part, segment);
                }
            }
        }
    }

    /// Adds a word with its pairs; a particle has none.
    fn segment(&mut self, part: &Part<'_>, segment: Segment) {
        let is_particle = is_stop_word(&segment.word.text, self.language);
        let pairs = segment.pairs.into_iter().filter(|_| !is_particle);
        for Piece { text, from, to } in std::iter::once(segment.word).chain(pairs) {
            let (from, to) = (part.from + from, part.from + to);
            self.add(Form { word: text, width: 1, from, to, may_stop: is_particle });
        }
        self.position += 1;
    }

    fn compound(&mut self, parts: &[Part<'_>]) {
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return };
        let kind = Compound::of(parts);
        let (from, to) = (first.from, last.to);
        let width = match kind {
            Compound::Coded | Compound::Words => parts.len(),
            Compound::Number | Compound::Abbreviation | Compound::Lettered => 1,
        };
        for word in wholes(parts, kind) {
            self.add(Form { word, width, from, to, may_stop: false });
        }
        for part in parts {
            let (from, to) = (part.from, part.to);
            let form = |word, may_stop| Form { word, width: 1, from, to, may_stop };
            match kind {
                Compound::Number => {}
                Compound::Abbreviation if part.raw.chars().count() == 1 => {}
                Compound::Abbreviation | Compound::Lettered => self.add(form(spelled(part), false)),
                Compound::Coded => {
                    self.add(form(spelled(part), false));
                    self.position += 1;
                }
                Compound::Words => {
                    for word in forms(part, self.language) {
                        self.add(form(word, true));
                    }
                    self.position += 1;
                }
            }
        }
        self.position += usize::from(width == 1);
    }

    fn add(&mut self, form: Form) {
        let Form { mut word, width, from, to, may_stop } = form;
        word.retain(|character| !character.is_whitespace());
        let here = self.tokens.iter().rev().take_while(|token| token.position == self.position);
        let here = here.take(MAX_WORD);
        if word.is_empty()
            || word.chars().count() > MAX_WORD
            || here.clone().any(|token| token.word == word)
        {
            return;
        }
        let is_stop = may_stop && is_stop_word(&word, self.language) && !self.is_acronym(from, to);
        let stem = stem(&word, self.language);
        self.tokens.push(Token { word, stem, is_stop, position: self.position, width, from, to });
    }

    /// Tells whether a word stands in capitals among others that do not: `IT` is not `it`.
    fn is_acronym(&self, from: usize, to: usize) -> bool {
        let raw = self.text.get(from..to).unwrap_or_default();
        let is_capital = raw.len() > 1 && raw.bytes().all(|byte| byte.is_ascii_uppercase());
        is_capital && !STRESSED.contains(&raw) && self.has_small
    }
}

/// The forms of a part that stands alone.
fn forms(part: &Part<'_>, language: Language) -> Vec<String> {
    if part.raw.contains(is_apostrophe) {
        return elision::forms(&fold(part.raw), language);
    }
    let word = spelled(part);
    let bare = word.strip_suffix(part.sign).filter(|_| !part.sign.is_empty());
    let bare = bare.filter(|bare| bare.chars().count() > SHORT_NAME).map(str::to_owned);
    std::iter::once(word).chain(bare).collect()
}

/// The forms of a word of several parts as a whole.
fn wholes(parts: &[Part<'_>], kind: Compound) -> Vec<String> {
    let joined = || parts.iter().map(spelled).map(|word| word.replace('.', "")).collect::<String>();
    let Compound::Coded = kind else { return vec![joined()] };
    let mut whole = String::new();
    for part in parts {
        whole.extend(part.joiner);
        whole.push_str(&spelled(part));
    }
    let has_letters = whole.contains(char::is_alphabetic);
    if parts.len() == 2 && has_letters && !whole.contains('&') {
        vec![whole, joined()]
    } else {
        vec![whole]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::{any, proptest};
    use proptest::{prop_assert, prop_assert_eq};

    use super::{Token, tokens};
    use crate::language::tag::Language;

    fn language(tag: &str) -> Language {
        Language::of_tag(tag).unwrap()
    }

    /// Shows the words: those at one position joined by `|`, stop words in brackets.
    fn shown(tokens: &[Token]) -> String {
        let positions = tokens.chunk_by(|a, b| a.position == b.position);
        let word = |token: &Token| {
            if token.is_stop { format!("({})", token.word) } else { token.word.clone() }
        };
        let positions = positions.map(|forms| forms.iter().map(word).collect::<Vec<_>>().join("|"));
        positions.collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn check(tag: &str, text: &str, expected: &str) {
        assert_eq!(shown(&tokens(text, language(tag))), expected, "{text}");
    }

    /// Every word of the question is met by a form of a word of the text.
    #[track_caller]
    fn meets(tag: &str, question: &str, text: &str, does: bool) {
        let stems = |text: &str| -> Vec<Token> {
            let tokens = tokens(text, language(tag));
            tokens.into_iter().filter(|token| !token.is_stop).collect()
        };
        let held: BTreeSet<String> = stems(text).into_iter().map(|token| token.stem).collect();
        let asked = stems(question);
        let met = !asked.is_empty()
            && asked
                .chunk_by(|a, b| a.position == b.position)
                .all(|forms| forms.iter().any(|token| held.contains(&token.stem)));
        assert_eq!(met, does, "{question} / {text}: {asked:?} {held:?}");
    }

    #[test]
    fn prose_is_words_stems_and_gaps() {
        check("en", "Adding the fractions of a whole", "adding (the) fractions (of) (a) whole");
        let found = tokens("Adding the Fractions", Language::English);
        let stems: Vec<&str> = found.iter().map(|token| token.stem.as_str()).collect();
        assert_eq!(stems, ["add", "the", "fraction"]);
        assert_eq!(found.iter().map(|token| token.position).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!((found[2].from, found[2].to), (11, 20));
        check("en", "", "");
        check("en", "and/or; teacher's, students'", "(and) (or) teacher students");
    }

    #[test]
    fn names_with_signs_are_words_of_their_own() {
        check("en", "C++, C#, .NET and C", "c++ c# .net (and) c");
        check("en", "CompTIA Security+ (A+)", "comptia security+|security a+");
        meets("en", "C++", "Programming in C++.", true);
        meets("en", "C", "Programming in C++.", false);
        meets("en", "C#", "Programming in C", false);
        meets("en", ".NET", "Uses ASP.NET daily", true);
        meets("en", ".NET", "net income", false);
        meets("en", "net", "the .NET runtime", false);
        meets("en", "security", "Security+", true);
    }

    #[test]
    fn codes_in_prose_are_whole_and_in_parts() {
        check("en", "see 3.NF.A.1 now", "see 3.nf.a.1|3 nf a 1 now");
        check("en", "HS-PS1-2", "hs-ps1-2|hs ps1 2");
        check("en", "K-12, 9–12", "k-12|k12|k 12 9-12|9 12");
        check("en", "1,000 and 3D", "1000 (and) 3d");
        let whole = &tokens("HS-PS1-2", Language::English)[0];
        assert_eq!((whole.width, whole.from, whole.to), (3, 0, 8));
        meets("en", "hs ps1 2", "HS-PS1-2", true);
        meets("en", "k12", "K-12 education", true);
        meets("en", "covid 19", "COVID-19", true);
    }

    #[test]
    fn words_that_people_write_apart_or_together_meet() {
        check("en", "problem-solving", "problemsolving|problem solving");
        check("en", "e-mail U.S.A. Ph.D.", "email|e|mail usa phd|ph");
        for (question, text) in [
            ("email", "e-mail"),
            ("e-mail", "email"),
            ("e mail", "e-mail"),
            ("problem solving", "problem-solving"),
            ("problem-solving", "problem solving"),
            ("wellbeing", "well-being"),
            ("phd", "Ph.D."),
            ("dont", "don’t"),
            ("don't", "don’t"),
            ("obrien", "O'Brien"),
            ("brien", "O’Brien"),
            ("nodejs", "Node.js"),
            ("teacher", "the teacher's"),
        ] {
            meets("en", question, text, true);
        }
    }

    #[test]
    fn capitals_among_other_words_are_names() {
        check("en", "IT support and it works", "it support (and) (it) works");
        check("en", "READ IT", "read (it)");
        check("en", "cats AND dogs", "cats (and) dogs");
    }

    #[test]
    fn a_part_of_a_japanese_word_meets_the_whole() {
        check("ja", "日本語の教育", "日本語|日本|本語 (の) 教育");
        for question in ["教育", "日本語", "日本語教育", "日本"] {
            meets("ja", question, "日本語の教育について", true);
        }
        for question in ["情報", "処理", "技術", "情報処理", "処理技術", "情報技術"]
        {
            meets("ja", question, "基本情報処理技術者試験", true);
        }
        meets("ja", "プログラミング", "ﾌﾟﾛｸﾞﾗﾐﾝｸﾞを学ぶ", true);
        meets("ja", "溶接", "情報処理", false);
    }

    #[test]
    fn a_part_of_a_chinese_word_meets_the_whole() {
        for question in ["学生", "分数", "计算机", "计算机科学", "科学"] {
            meets("zh", question, "学生理解计算机科学与分数的意义", true);
        }
        meets("zh", "焊接", "学生理解分数", false);
    }

    #[test]
    fn a_korean_word_meets_its_forms_with_particles() {
        for question in ["학교", "학교를", "학교에서"] {
            meets("ko", question, "학교에서 배우는 수학", true);
        }
        meets("ko", "프로그래밍", "컴퓨터프로그래밍을 이해한다", true);
        meets("ko", "대학", "학교에서", false);
    }

    #[test]
    fn thai_is_cut_into_words() {
        for question in ["คณิตศาสตร์", "นักเรียน", "เศษส่วน"]
        {
            meets("th", question, "นักเรียนเรียนรู้คณิตศาสตร์และเศษส่วน", true);
        }
        meets("th", "ภาษา", "นักเรียนเรียนรู้คณิตศาสตร์", false);
        meets("km", "អប់រំ", "ការអប់រំ", true);
        meets("lo", "ພາສາ", "ພາສາລາວ", true);
        meets("my", "မြန်မာ", "မြန်မာစာ", true);
    }

    #[test]
    fn an_arabic_word_meets_its_form_with_the_article() {
        meets("ar", "مدرسة", "في المدرسة", true);
        meets("ar", "المدرسه", "مدرسة", true);
        meets("ar", "معلم", "المعلم", true);
        meets("ar", "طالب", "المدرسة", false);
    }

    #[test]
    fn accents_matter_to_nobody() {
        meets("es", "formacion", "Formaciones técnicas", true);
        meets("es", "soldador tecnico", "Soldadores técnicos", true);
        meets("fr", "eleve", "l’élève", true);
        meets("fr", "l'élève", "les élèves", true);
        meets("de", "Haus", "Häuser", true);
    }

    #[test]
    fn what_is_longer_than_any_word_is_left_out() {
        let text = format!("short {} end", "x".repeat(81));
        check("en", &text, "short end");
        assert_eq!(tokens(&text, Language::English)[1].position, 2);
        assert_eq!(tokens(&"x".repeat(80), Language::English).len(), 1);
    }

    proptest! {
        #[test]
        fn tokens_stand_in_order_in_the_text(text in any::<String>(), tag in "(en|fr|ja|ko|th|ar|sw)") {
            check_order(&text, &tag)?;
        }

        #[test]
        fn tokens_of_likely_texts_stand_in_order(text in "[a-cA-Z0-9 .,'’+#&/_日本の語カ학교กิ\u{301}\u{ad}-]{0,40}", tag in "(en|fr|ja|ko|th)") {
            check_order(&text, &tag)?;
        }
    }

    fn check_order(text: &str, tag: &str) -> Result<(), proptest::test_runner::TestCaseError> {
        let found = tokens(text, language(tag));
        for token in &found {
            prop_assert!(text.get(token.from..token.to).is_some_and(|raw| !raw.is_empty()));
            prop_assert!(!token.word.is_empty() && token.word.chars().count() <= 80);
            prop_assert!(!token.word.contains(char::is_whitespace));
            prop_assert!(token.width >= 1);
        }
        for pair in found.windows(2) {
            prop_assert!(pair[0].position <= pair[1].position);
            prop_assert!(pair[0].from <= pair[1].from, "{pair:?}");
            prop_assert!(pair[0].position != pair[1].position || pair[0].word != pair[1].word);
        }
        prop_assert_eq!(&found, &tokens(text, language(tag)));
        Ok(())
    }
}
