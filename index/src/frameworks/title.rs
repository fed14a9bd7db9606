//! The title of a framework beside the name that a badge gives it.
//!
//! A name fits where its words are those of the title, abbreviated (`Math`), as initials (`CCSS`) or in full; years, and words such
//! as `Standards` that most titles have, may be missing or be too many. A name that has another year, or a word that the
//! title does not have, does not fit. Letters, numbers and numerals that stand alone are words like others: `Algebra I` is not
//! `Algebra II`.

use std::collections::BTreeSet;

use crate::schema::fold_title;

/// How well a name fits a title, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// Every word of the title that counts is in the name.
    Whole,
    /// The name is a part of the title, such as that of the family it belongs to.
    Part,
}

/// Words that are in no name of their own.
const SILENT: [&str; 17] = [
    "a", "an", "and", "as", "at", "by", "de", "for", "from", "in", "la", "of", "on", "or", "the",
    "to", "with",
];

/// Words that most titles have and that tell none from another.
const GENERIC: [&str; 24] = [
    "academic",
    "adopted",
    "competencies",
    "competency",
    "content",
    "curriculum",
    "draft",
    "edition",
    "framework",
    "frameworks",
    "learning",
    "literacy",
    "national",
    "official",
    "practice",
    "practices",
    "public",
    "revised",
    "skills",
    "standard",
    "standards",
    "state",
    "states",
    "version",
];

/// Words that stand before the number of a class.
const CLASSES: [&str; 2] = ["grade", "grades"];

/// The fewest letters of the initials of a title.
const MIN_INITIALS: usize = 3;

/// Initials that are known in small letters too.
const KNOWN_INITIALS: [&str; 3] = ["CCSS", "NGSS", "TEKS"];

/// A word of a name or a title, folded.
#[derive(Debug, Clone)]
struct Word {
    text: String,
    /// Whether it was written in capitals.
    is_capital: bool,
}

/// A name or a title, word by word.
#[derive(Debug, Clone)]
pub(crate) struct Words(Vec<Word>);

impl Words {
    pub(crate) fn of(text: &str) -> Self {
        let plain: String =
            ontology::plain(text).chars().filter(|c| !matches!(c, '\'' | '’')).collect();
        let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let word = |word: &str| Word {
            text: fold_title(word),
            is_capital: word.chars().all(char::is_uppercase),
        };
        Self(words.map(word).collect())
    }

    /// What a title must share with a name that fits it: the beginnings of its telling words, and its initials.
    pub(crate) fn marks_of_title(&self) -> BTreeSet<String> {
        let words = self.texts().filter(|word| is_telling(word)).map(|word| marked('w', word));
        words.chain(self.runs().iter().map(|run| marked('i', run))).collect()
    }

    /// What a name must share with a title that it fits.
    pub(crate) fn marks_of_name(&self) -> BTreeSet<String> {
        let words = self.texts().flat_map(|word| [marked('w', word), marked('i', word)]);
        words.chain(self.runs().iter().map(|run| marked('w', run))).collect()
    }

    /// Tells whether the words begin, somewhere, with the letters of initials, or have the initials themselves, in capitals.
    pub(crate) fn have_initials(&self, initials: &str) -> bool {
        let folded = initials.to_lowercase();
        let is_written = self.0.iter().any(|word| word.is_capital && word.text == folded);
        is_written || self.run_of(&folded).is_some()
    }

    /// The initials of a title, the shortest first: those of its first words, as many as initials need at least, and one more each time.
    pub(crate) fn initials(&self) -> Vec<String> {
        let letters: Vec<char> = self
            .texts()
            .filter(|word| !is_passed_over(word))
            .filter_map(|word| word.chars().next().filter(|c| c.is_alphabetic()))
            .take(8)
            .collect();
        (MIN_INITIALS..=letters.len()).map(|n| letters.iter().take(n).collect()).collect()
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|word| word.text.as_str())
    }

    fn years(&self) -> BTreeSet<&str> {
        self.texts().filter(|word| is_year(word)).collect()
    }

    /// The first letters of any three words that follow one another; words that initials pass over may be left out.
    fn runs(&self) -> BTreeSet<String> {
        let letter = |at: &usize| self.0.get(*at).and_then(|word| word.text.chars().next());
        let mut runs = BTreeSet::new();
        for first in 0..self.0.len() {
            for second in self.following(first) {
                let thirds = self.following(second);
                runs.extend(thirds.map(|third| {
                    [first, second, third].iter().filter_map(letter).collect::<String>()
                }));
            }
        }
        runs
    }

    /// The places of the words that may follow a word in a run.
    fn following(&self, at: usize) -> std::ops::Range<usize> {
        let rest = self.texts().skip(at + 1);
        let n_passed = rest.take_while(|word| is_passed_over(word)).count();
        at + 1..(at + n_passed + 2).min(self.0.len())
    }

    /// The places of the words whose initials are the letters of a word.
    fn run_of(&self, word: &str) -> Option<Vec<usize>> {
        let is_long = word.chars().count() >= MIN_INITIALS;
        is_long.then(|| (0..self.0.len()).find_map(|start| self.run_from(word, start)))?
    }

    fn run_from(&self, word: &str, start: usize) -> Option<Vec<usize>> {
        let mut run = Vec::new();
        let mut letters = word.chars().peekable();
        for (at, candidate) in self.texts().enumerate().skip(start) {
            let Some(letter) = letters.peek() else { break };
            if candidate.starts_with(*letter) {
                run.push(at);
                letters.next();
            } else if run.is_empty() || !is_passed_over(candidate) {
                return None;
            }
        }
        (letters.peek().is_none() && run.len() > 1).then_some(run)
    }
}

/// The places of the words of a name and of a title that were found in the other.
struct Met {
    in_name: BTreeSet<usize>,
    in_title: BTreeSet<usize>,
}

impl Met {
    fn of(name: &Words, title: &Words) -> Self {
        let mut met = Self { in_name: BTreeSet::new(), in_title: BTreeSet::new() };
        for (one, a) in name.texts().enumerate() {
            for (other, _) in title.texts().enumerate().filter(|(_, b)| is_same_word(a, b)) {
                met.in_name.insert(one);
                met.in_title.insert(other);
            }
            if let Some(run) = title.run_of(a) {
                met.in_name.insert(one);
                met.in_title.extend(run);
            }
        }
        for (other, b) in title.texts().enumerate() {
            if let Some(run) = name.run_of(b) {
                met.in_title.insert(other);
                met.in_name.extend(run);
            }
        }
        met
    }
}

/// Tells whether all words that tell a text from others were met.
fn has_all(words: &Words, met: &BTreeSet<usize>) -> bool {
    words.texts().enumerate().all(|(at, word)| !is_telling(word) || met.contains(&at))
}

/// Says how a name fits a title; `None` where it does not.
pub(crate) fn fit(name: &Words, title: &Words) -> Option<Fit> {
    let (own, others) = (name.years(), title.years());
    if !own.is_empty() && !others.is_empty() && own.is_disjoint(&others) {
        return None;
    }
    let met = Met::of(name, title);
    let told = title.texts().enumerate().filter(|(at, _)| met.in_title.contains(at));
    let told: BTreeSet<&str> = told.map(|(_, word)| word).filter(|word| has_weight(word)).collect();
    if told.is_empty() || !has_all(name, &met.in_name) {
        return None;
    }
    if has_all(title, &met.in_title) {
        return Some(Fit::Whole);
    }
    (told.len() > 1).then_some(Fit::Part)
}

/// Tells whether every word of a prefix is one of a title, abbreviated or as initials, or a word that most titles have.
pub(crate) fn is_named_in(prefix: &Words, title: &Words) -> bool {
    prefix.texts().any(is_telling) && has_all(prefix, &Met::of(prefix, title).in_name)
}

/// Tells whether a word before a code may be the initials of a framework: `CCSS`, `NGSS`.
pub(crate) fn are_initials(word: &str) -> bool {
    let is_known = KNOWN_INITIALS.iter().any(|known| known.eq_ignore_ascii_case(word));
    is_known || (word.len() > MIN_INITIALS && word.chars().all(|c| c.is_ascii_uppercase()))
}

/// The beginning of a word, with the mark of what it is.
fn marked(mark: char, word: &str) -> String {
    std::iter::once(mark).chain(word.chars().take(MIN_INITIALS)).collect()
}

fn is_same_word(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let is_beginning = short.chars().count() > MIN_INITIALS
        && long.starts_with(short)
        && short.chars().all(char::is_alphabetic);
    short == long || is_beginning || (number(one).is_some() && number(one) == number(other))
}

/// Tells whether a word tells a title from others.
fn is_telling(word: &str) -> bool {
    !SILENT.contains(&word) && !GENERIC.contains(&word) && !is_year(word)
}

/// Tells whether a word tells enough to be what two titles share; numbers and letters do not.
fn has_weight(word: &str) -> bool {
    let is_word = word.chars().count() > 1 && word.chars().all(char::is_alphabetic);
    is_word && is_telling(word) && number(word).is_none() && !CLASSES.contains(&word)
}

/// Tells whether initials may leave a word out.
fn is_passed_over(word: &str) -> bool {
    let is_letter = word.chars().count() == 1 && !word.chars().all(char::is_numeric);
    is_letter || SILENT.contains(&word)
}

/// The number that a word is, in digits or as a small Roman numeral.
fn number(word: &str) -> Option<u32> {
    const NUMERALS: [&str; 12] =
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    let numeral = (1..).zip(NUMERALS).find(|(_, numeral)| *numeral == word);
    numeral.map(|(value, _)| value).or_else(|| word.parse().ok())
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::proptest;

    use super::{Fit, Words, fit};

    const MATH: &str = "Common Core State Standards for Mathematics";
    const ELA: &str = "Common Core State Standards for English Language Arts & Literacy in History/Social Studies";
    const SCIENCE: &str = "Next Generation Science Standards";

    #[track_caller]
    fn check(name: &str, title: &str, expected: Option<Fit>) {
        let (name, title) = (Words::of(name), Words::of(title));
        assert_eq!(fit(&name, &title), expected, "{name:?} and {title:?}");
        let is_candidate = !name.marks_of_name().is_disjoint(&title.marks_of_title());
        assert!(is_candidate || expected.is_none(), "{name:?} and {title:?} share no mark");
    }

    #[test]
    fn a_name_may_be_abbreviated_and_lack_what_most_titles_have() {
        check("CCSS Math", MATH, Some(Fit::Whole));
        check("CCSS.Math.Content", MATH, Some(Fit::Whole));
        check("Common Core Mathematics", MATH, Some(Fit::Whole));
        check("common core state standards - mathematics (2010)", MATH, Some(Fit::Whole));
        check("NGSS", SCIENCE, Some(Fit::Whole));
        check("Next Generation Science", SCIENCE, Some(Fit::Whole));
        check("Next Generation Science Standards (NGSS)", SCIENCE, Some(Fit::Whole));
        check("Next Generation Science Standards", "NGSS", Some(Fit::Whole));
        check("TEKS", "Texas Essential Knowledge and Skills", Some(Fit::Whole));
        check("Northfield Mathematics", "Northfield Mathematics Framework 2019", Some(Fit::Whole));
    }

    #[test]
    fn the_name_of_a_family_is_a_part() {
        check("CCSS", MATH, Some(Fit::Part));
        check("CCSS", ELA, Some(Fit::Part));
        check("Common Core State Standards", MATH, Some(Fit::Part));
        check("CCSS ELA-Literacy", ELA, Some(Fit::Part));
        check("CCSS ELA-Literacy", MATH, None);
        check("CCSS Math", ELA, None);
    }

    #[test]
    fn a_name_that_says_another_thing_does_not_fit() {
        check("Science Standards", SCIENCE, None);
        check("Standards", MATH, None);
        check("Math", MATH, None);
        check("Texas Mathematics Standards", MATH, None);
        check(
            "Common Core State Standards for Mathematics 2010",
            "Common Core State Standards for Mathematics 2013",
            None,
        );
        check(
            "Northfield Mathematics Framework 2018",
            "Northfield Mathematics Framework 2019",
            None,
        );
        check("Credential Transparency Description Language", MATH, None);
        check("", MATH, None);
        check(MATH, "", None);
    }

    #[test]
    fn initials_leave_silent_words_out() {
        let initials = |title: &str| Words::of(title).initials();
        assert_eq!(initials("Texas Essential Knowledge and Skills"), ["tek", "teks"]);
        assert_eq!(initials("ESCO"), Vec::<String>::new());
    }

    #[test]
    fn what_only_contains_the_words_of_a_title_is_not_it() {
        check("Texas Objection to the Common Core in Mathematics", MATH, None);
        check("Common Core State Standards for Mathematics, adopted by Wyoming", MATH, None);
    }

    #[test]
    fn letters_numbers_and_numerals_tell_titles_apart() {
        check("Programming in C", "Programming in R", None);
        check("Introduction to Programming in C", "Introduction to Programming in R", None);
        check("Algebra I", "Algebra II", None);
        check("Integrated Mathematics Course I", "Integrated Mathematics Course II", None);
        check(
            "Integrated Mathematics Course 2",
            "Integrated Mathematics Course II",
            Some(Fit::Whole),
        );
        check("Algebra 1 Standards", "Algebra I", Some(Fit::Whole));
        check("Harbor Science Grade 3", "Harbor Science Grade 4", None);
    }

    #[test]
    fn a_part_shares_two_words_that_say_something() {
        check("Science", "Science: Life Science", None);
        check("Science Grade 3", "Science Grade 3: Matter", None);
        check("Grade 3", "Grade 3 Matter", None);
        check("Life Science", "Science: Life Science and Space", Some(Fit::Part));
    }

    #[test]
    fn the_initials_of_a_title_are_no_word_of_it() {
        assert!(Words::of(SCIENCE).have_initials("NGSS"));
        assert!(Words::of("NGSS 2013").have_initials("NGSS"));
        assert!(!Words::of("Mathematics for All").have_initials("MATH"));
        assert!(!Words::of("Science: Life Science").have_initials("SCIENCE"));
    }

    proptest! {
        #[test]
        fn what_fits_shares_a_mark(
            name in "((common|core|state|math|ccss|of|c|ii|arts|abc|and|social) ){1,5}",
            title in "((common|core|standards|mathematics|the|arts|b|c|social|abc) ){1,7}",
        ) {
            let (name, title) = (Words::of(&name), Words::of(&title));
            let is_candidate = !name.marks_of_name().is_disjoint(&title.marks_of_title());
            assert!(is_candidate || fit(&name, &title).is_none());
        }
    }
}
