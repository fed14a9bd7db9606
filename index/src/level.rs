//! Education levels: what publishers write (`KG`, `03`, `Grade 3`, `9-12`, `audLevel:BachelorsDegreeLevel`), read into one set of levels.
//!
//! CASE recommends the codes of [CEDS](https://ceds.ed.gov/element/000177) and CTDL has
//! [schemes of its own](https://credreg.net/ctdl/vocabs/audLevel); both are full of ranges and words. A level that is none of a school and
//! not known by name stays as it was written.

use std::collections::BTreeSet;

use ontology::local_name;

use crate::language::fold_label;

/// The levels of schools in their order.
const SCHOOL: [&str; 20] = [
    "PK", "TK", "K", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14",
    "15", "16", "17",
];

/// Where kindergarten stands among them, which is grade 0.
const KINDERGARTEN: usize = 2;

/// The last grade that is read; CEDS and CASE go no further.
const LAST_GRADE: usize = 16;

/// Folded words and the levels that they stand for.
const NAMES: &[(&str, &[&str])] = &[
    ("kg", &["K"]),
    ("k", &["K"]),
    ("kindergarten", &["K"]),
    ("tk", &["TK"]),
    ("transitional kindergarten", &["TK"]),
    ("pk", &["PK"]),
    ("prek", &["PK"]),
    ("pre k", &["PK"]),
    ("prekindergarten", &["PK"]),
    ("pre kindergarten", &["PK"]),
    ("elementary school", &["K", "1", "2", "3", "4", "5"]),
    ("middle school", &["6", "7", "8"]),
    ("high school", &["9", "10", "11", "12"]),
    ("hs", &["9", "10", "11", "12"]),
    ("it", &["Infant or toddler"]),
    ("pr", &["Preschool"]),
    ("preschool", &["Preschool"]),
    ("ps", &["Postsecondary"]),
    ("post secondary", &["Postsecondary"]),
    ("ug", &["Ungraded"]),
    ("ae", &["Adult education"]),
    ("as", &["Associate degree"]),
    ("associates degree", &["Associate degree"]),
    ("associate s degree", &["Associate degree"]),
    ("ba", &["Bachelor degree"]),
    ("bachelors degree", &["Bachelor degree"]),
    ("bachelor s degree", &["Bachelor degree"]),
    ("md", &["Master degree"]),
    ("masters degree", &["Master degree"]),
    ("master s degree", &["Master degree"]),
    ("do", &["Doctoral degree"]),
    ("pb", &["Post-baccalaureate certificate"]),
    ("pm", &["Post-master certificate"]),
    ("pd", &["Post-doctoral certificate"]),
];

/// What stands between the ends of a range.
const BETWEEN: [&str; 6] = ["-", "–", "—", "..", " to ", " through "];

/// Reads a level, or several in one text: each covered level once, those of schools in their order, and behind them what else is written
/// there. A text of which nothing is known stays whole.
pub(crate) fn levels(written: &str) -> Vec<String> {
    let text = words_of(written);
    let read = one(&text).or_else(|| several(text.split([',', ';']), listed));
    let whole = || Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let mut read = read.unwrap_or_else(|| whole().into_iter().collect());
    let mut seen = BTreeSet::new();
    read.retain(|level| seen.insert(level.clone()));
    read.sort_by_key(|level| place(level));
    read
}

/// The place of a level in the order of schools; what is of no school comes behind.
pub(crate) fn place(level: &str) -> usize {
    SCHOOL.iter().position(|held| *held == level).unwrap_or(SCHOOL.len())
}

/// The words of a text; of a term (`audLevel:UpperDivisionLevel`) the words of its name. That it is a level goes without saying.
fn words_of(written: &str) -> String {
    let is_address = written.contains(':') && !written.contains(' ');
    let name = if is_address { local_name(written) } else { written };
    let is_term = is_address || (name.ends_with("Level") && !name.contains(' '));
    let mut words = String::new();
    for letter in name.chars() {
        let is_new = is_term && letter.is_uppercase() && !words.is_empty();
        if is_new && !words.ends_with(char::is_uppercase) {
            words.push(' ');
            words.extend(letter.to_lowercase());
        } else {
            words.push(letter);
        }
    }
    let lower = words.to_lowercase();
    let n_bare = lower.strip_suffix(" level").map(str::len).filter(|n| *n > 0);
    let bare = n_bare.and_then(|n| words.get(..n)).unwrap_or(&words);
    bare.to_owned()
}

/// Reads the pieces of a text; what is not known stays as it was written. `None` where nothing is known.
fn several<'a>(
    pieces: impl Iterator<Item = &'a str>,
    read: impl Fn(&str) -> Option<Vec<String>>,
) -> Option<Vec<String>> {
    let pieces = pieces.map(str::trim).filter(|piece| !piece.is_empty());
    let pieces: Vec<_> = pieces.map(|piece| (piece, read(piece))).collect();
    pieces.iter().any(|(_, levels)| levels.is_some()).then(|| {
        let levels = pieces.into_iter();
        levels
            .flat_map(|(piece, levels)| levels.unwrap_or_else(|| vec![piece.to_owned()]))
            .collect()
    })
}

/// Reads a piece of a list, which may be a list of its own: `9 and 10`. A name that has `and` in it stays whole.
fn listed(text: &str) -> Option<Vec<String>> {
    one(text).or_else(|| {
        // Before the last of a list, `and` may stand behind a comma.
        let joined = format!(" {text}").replace(" and ", "&").replace(" AND ", "&");
        several(joined.split(['/', '&']), one)
    })
}

fn one(text: &str) -> Option<Vec<String>> {
    piece(text).map(|levels| levels.into_iter().map(str::to_owned).collect())
}

/// Reads one level or one range of them; `None` for what is neither.
fn piece(text: &str) -> Option<Vec<&'static str>> {
    let folded = fold_label(text);
    if let Some((_, levels)) = NAMES.iter().find(|(name, _)| *name == folded) {
        return Some(levels.to_vec());
    }
    let lower = text.to_lowercase();
    match school(&lower) {
        Some(at) => SCHOOL.get(at).map(|level| vec![*level]),
        None => range(&lower),
    }
}

/// Reads a range; `None` where an end is no grade, or where it runs backwards.
fn range(lower: &str) -> Option<Vec<&'static str>> {
    let cuts = BETWEEN.iter().flat_map(|between| lower.match_indices(between));
    let mut ends = cuts.filter_map(|(at, between)| {
        let first = school(lower.get(..at)?)?;
        let last = school(lower.get(at + between.len()..)?)?;
        (first <= last).then_some(first..=last)
    });
    SCHOOL.get(ends.next()?).map(<[&str]>::to_vec)
}

/// The place of one grade as a number, an ordinal or a code; that it is a grade may be said before or behind it.
fn school(lower: &str) -> Option<usize> {
    let text = lower.trim();
    let text =
        ["grades", "grade", "gr."].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let text =
        ["grades", "grade"].iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text).trim();
    let folded = fold_label(text);
    if let Some((_, [level])) = NAMES.iter().find(|(name, _)| *name == folded) {
        return SCHOOL.iter().position(|held| held == level);
    }
    let bare = ["st", "nd", "rd", "th"].iter().find_map(|end| text.strip_suffix(end));
    let digits = bare.unwrap_or(text).trim();
    if digits.is_empty() || digits.len() > 2 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let grade: usize = digits.parse().ok()?;
    (grade <= LAST_GRADE).then_some(KINDERGARTEN + grade)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::proptest;

    use super::{levels, place};

    #[track_caller]
    fn check(written: &str, expected: &[&str]) {
        assert_eq!(levels(written), expected, "{written}");
    }

    #[test]
    fn one_grade_is_one_level_however_it_is_written() {
        for written in ["K", "KG", "kg", "00", "0", "Kindergarten", "Grade K"] {
            check(written, &["K"]);
        }
        for written in ["3", "03", "Grade 3", "grade 03", "3rd", "3rd Grade", "Gr. 3", " 3 "] {
            check(written, &["3"]);
        }
        check("PK", &["PK"]);
        check("Pre-K", &["PK"]);
        check("13", &["13"]);
    }

    #[test]
    fn a_range_covers_what_lies_in_it() {
        for written in ["9-12", "09,10,11,12", "9–12", "Grades 9 through 12", "HS", "High School"]
        {
            check(written, &["9", "10", "11", "12"]);
        }
        check("K-2", &["K", "1", "2"]);
        check("PK-1", &["PK", "TK", "K", "1"]);
        check("6-8, 8", &["6", "7", "8"]);
        check("11/12", &["11", "12"]);
        check("PK to 1", &["PK", "TK", "K", "1"]);
        check("Pre-K-K", &["PK", "TK", "K"]);
        for written in ["Grade 9 - Grade 10", "9th grade to 10th grade", "Grades 9–10", "9-9, 10"]
        {
            check(written, &["9", "10"]);
        }
    }

    #[test]
    fn a_range_that_runs_backwards_stays_as_it_was_written() {
        for written in ["12-9", "10-9", "1-K", "Grade 10 - Grade 9"] {
            check(written, &[written]);
        }
    }

    #[test]
    fn a_list_is_read_piece_by_piece() {
        for written in ["Grades 9 and 10", "9 & 10", "9th and 10th Grade", "10, and 9", "9, 10,"] {
            check(written, &["9", "10"]);
        }
        check("9-12, Undergraduate", &["9", "10", "11", "12", "Undergraduate"]);
        check("Undergraduate; 11 and 12", &["11", "12", "Undergraduate"]);
        check("College and Career, 12", &["12", "College and Career"]);
        check("College and Career, Technical", &["College and Career, Technical"]);
    }

    #[test]
    fn a_term_and_its_name_are_one_level() {
        check("audLevel:BachelorsDegreeLevel", &["Bachelor degree"]);
        check("Bachelors Degree Level", &["Bachelor degree"]);
        check("BA", &["Bachelor degree"]);
        check("https://credreg.net/ctdl/terms/audLevel/UpperDivisionLevel", &["Upper division"]);
        check("audLevel:PostSecondaryLevel", &["Postsecondary"]);
        check("PS", &["Postsecondary"]);
        check("AE", &["Adult education"]);
        check("UndergraduateLevel", &["Undergraduate"]);
    }

    #[test]
    fn another_word_stays_as_it_was_written() {
        for written in ["Undergraduate", "Career, Technical", "2018", "17-20", "ISCED 3", "Année 4"]
        {
            check(written, &[written]);
        }
        check("", &[]);
        check("  ", &[]);
    }

    #[test]
    fn schools_have_an_order() {
        let order = ["PK", "K", "1", "2", "9", "10", "12", "Undergraduate"];
        assert!(order.windows(2).all(|pair| place(pair[0]) < place(pair[1])));
    }

    proptest! {
        #[test]
        fn any_text_has_levels(text in "\\PC{0,40}", digits in "[0-9KPG ,/-]{0,20}") {
            levels(&text);
            for level in levels(&digits) {
                assert!(!level.is_empty());
            }
        }
    }
}
