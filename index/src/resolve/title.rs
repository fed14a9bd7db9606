//! The title of a framework beside the name that a badge gives it.
//!
//! A name fits where its words are those of the title, abbreviated (`Math`), as initials (`CCSS`) or in full; years, and words such
//! as `Standards` that most titles have, may be missing or be too many. A name that has another year, or a word that the
//! title does not have, does not fit.

/// How well a name fits a title, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
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

/// The fewest letters of the initials of a title.
const MIN_INITIALS: usize = 3;

/// Initials that are known in small letters too.
const KNOWN_INITIALS: [&str; 3] = ["CCSS", "NGSS", "TEKS"];

/// A name or a title, word by word.
struct Words {
    all: Vec<String>,
    is_met: Vec<bool>,
}

impl Words {
    fn of(text: &str) -> Self {
        let folded = crate::schema::fold_title(&ontology::plain(text));
        let words = folded.split(' ').filter(|word| !word.is_empty());
        let all: Vec<String> = words.map(str::to_owned).collect();
        Self { is_met: vec![false; all.len()], all }
    }

    fn meet(&mut self, at: usize) {
        if let Some(flag) = self.is_met.get_mut(at) {
            *flag = true;
        }
    }

    /// The words that tell a title from others, with whether each was met.
    fn telling(&self) -> impl Iterator<Item = (&str, bool)> {
        let words = self.all.iter().zip(&self.is_met);
        words
            .map(|(word, is_met)| (word.as_str(), *is_met))
            .filter(|(word, _)| !is_silent(word) && !GENERIC.contains(word) && !is_year(word))
    }

    fn has_other_years_than(&self, other: &Self) -> bool {
        let years = |words: &Self| -> Vec<String> {
            words.all.iter().filter(|word| is_year(word)).cloned().collect()
        };
        let (own, others) = (years(self), years(other));
        !own.is_empty() && !others.is_empty() && !own.iter().any(|year| others.contains(year))
    }
}

/// Says how a name fits a title; `None` where it does not.
pub(super) fn fit(name: &str, title: &str) -> Option<Fit> {
    let (mut name, mut title) = (Words::of(name), Words::of(title));
    if name.has_other_years_than(&title) {
        return None;
    }
    meet_words(&mut name, &mut title);
    meet_initials(&mut name, &mut title);
    meet_initials(&mut title, &mut name);
    let n_told = title.telling().filter(|(_, is_met)| *is_met).count();
    let is_whole = n_told > 0 && title.telling().all(|(_, is_met)| is_met);
    let says_more = name.telling().any(|(_, is_met)| !is_met);
    match (is_whole, says_more) {
        (true, false) => Some(Fit::Whole),
        // A long title in a longer name: "…, adopted by Wyoming".
        (true, true) if n_told >= MIN_INITIALS => Some(Fit::Whole),
        (false, false) if n_told > 1 => Some(Fit::Part),
        _ => None,
    }
}

/// Tells whether every word of a prefix is one of a title, abbreviated or as initials, or a word that most titles have.
pub(super) fn is_named_in(prefix: &str, title: &str) -> bool {
    let (mut prefix, mut title) = (Words::of(prefix), Words::of(title));
    meet_words(&mut prefix, &mut title);
    meet_initials(&mut prefix, &mut title);
    meet_initials(&mut title, &mut prefix);
    prefix.telling().next().is_some() && prefix.telling().all(|(_, is_met)| is_met)
}

/// Tells whether a word before a code may be the initials of a framework: `CCSS`, `NGSS`.
pub(super) fn are_initials(word: &str) -> bool {
    let is_known = KNOWN_INITIALS.iter().any(|known| known.eq_ignore_ascii_case(word));
    is_known || (word.len() > MIN_INITIALS && word.chars().all(|c| c.is_ascii_uppercase()))
}

/// The initials of a title, the shortest first: those of its first words, as many as initials need at least, and one more each time.
pub(super) fn initials(title: &str) -> Vec<String> {
    let words = Words::of(title);
    let letters: Vec<char> = words
        .all
        .iter()
        .filter(|word| !is_silent(word))
        .filter_map(|word| word.chars().next().filter(|c| c.is_alphabetic()))
        .take(8)
        .collect();
    (MIN_INITIALS..=letters.len()).map(|n| letters.iter().take(n).collect()).collect()
}

fn meet_words(name: &mut Words, title: &mut Words) {
    for one in 0..name.all.len() {
        for other in 0..title.all.len() {
            let pair = name.all.get(one).zip(title.all.get(other));
            if pair.is_some_and(|(a, b)| is_same_word(a, b)) {
                name.meet(one);
                title.meet(other);
            }
        }
    }
}

/// Meets each word of the one with a run of words of the other whose initials it is.
fn meet_initials(one: &mut Words, other: &mut Words) {
    for at in 0..one.all.len() {
        let Some(word) = one.all.get(at).filter(|word| word.chars().count() >= MIN_INITIALS) else {
            continue;
        };
        let run = (0..other.all.len()).find_map(|start| run_of(word, &other.all, start));
        for met in run.iter().flatten() {
            other.meet(*met);
        }
        if run.is_some() {
            one.meet(at);
        }
    }
}

/// The places of the words, from a start on, whose initials are the letters of a word; silent words may be left out.
fn run_of(word: &str, words: &[String], start: usize) -> Option<Vec<usize>> {
    let mut run = Vec::new();
    let mut letters = word.chars().peekable();
    for (at, candidate) in words.iter().enumerate().skip(start) {
        let Some(letter) = letters.peek() else { break };
        if candidate.starts_with(*letter) {
            run.push(at);
            letters.next();
        } else if run.is_empty() || !is_silent(candidate) {
            return None;
        }
    }
    (letters.peek().is_none() && run.len() > 1).then_some(run)
}

fn is_same_word(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let is_beginning = short.chars().count() > MIN_INITIALS
        && long.starts_with(short)
        && short.chars().all(char::is_alphabetic);
    short == long || is_beginning
}

fn is_silent(word: &str) -> bool {
    let is_letter = word.chars().count() == 1 && !word.chars().all(char::is_numeric);
    is_letter || SILENT.contains(&word)
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year))
}

#[cfg(test)]
mod tests {
    use super::{Fit, fit, initials};

    const MATH: &str = "Common Core State Standards for Mathematics";
    const ELA: &str = "Common Core State Standards for English Language Arts & Literacy in History/Social Studies";
    const SCIENCE: &str = "Next Generation Science Standards";

    #[track_caller]
    fn check(name: &str, title: &str, expected: Option<Fit>) {
        assert_eq!(fit(name, title), expected, "`{name}` and `{title}`");
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
        assert_eq!(initials("Texas Essential Knowledge and Skills"), ["tek", "teks"]);
        assert_eq!(initials("ESCO"), Vec::<String>::new());
    }
}
