//! The words of a badge beside the published ones.
//!
//! What does not count in the comparison: case, white space, punctuation, quotes and dashes, HTML, Markdown and LaTeX, and
//! the mark with which a publisher calls a text deprecated. Signs that change a statement (`<`, `≥`, `=`, `+`, a minus before a
//! number, …) count.

use ontology::{LanguageMap, Resource, fold_code, plain};

use crate::frameworks::Words;
use crate::resolve::claim::Claim;
use crate::resolve::codes::spellings;
use crate::resolve::notice::{Notice, NoticeKind};

/// The fewest letters and digits from which the beginning of a text is told from that of others.
const MIN_BEGINNING: usize = 12;

/// The most words of a code that stands before or behind a text.
const MAX_CODE_WORDS: usize = 3;

/// The sign of a negative number.
const MINUS: char = '\u{2212}';

/// The commands of LaTeX that stand for a sign which counts, with the sign.
const SIGNS: [(&str, char); 13] = [
    ("times", '×'),
    ("div", '÷'),
    ("lt", '<'),
    ("gt", '>'),
    ("le", '≤'),
    ("leq", '≤'),
    ("leqslant", '≤'),
    ("ge", '≥'),
    ("geq", '≥'),
    ("geqslant", '≥'),
    ("ne", '≠'),
    ("neq", '≠'),
    ("pi", 'π'),
];

/// Notes where neither the name nor the description of a badge repeats what is published.
pub(super) fn text_notice(resource: &Resource, claim: &Claim) -> Option<Notice> {
    let has_words = |text: &&str| !fold(text).is_empty();
    let given = [claim.name.as_deref(), claim.description.as_deref()].into_iter().flatten();
    let given: Vec<&str> = given.filter(has_words).collect();
    let first = given.first().filter(|_| !claim.is_own_name)?;
    let published = published(resource);
    let folded: Vec<String> = published.iter().map(|text| fold(text)).collect();
    let repeats = |given: &str| folded.iter().any(|text| is_same(given, text));
    let says_nothing = folded.iter().all(String::is_empty);
    if says_nothing
        || given.iter().any(|given| repeats(given) || is_coded(given, resource, &repeats))
    {
        return None;
    }
    let text = "the words of the badge are not the published words";
    Some(Notice::new(NoticeKind::TextDiffers, text).comparing(first, published.into_iter().next()))
}

/// Tells whether a text is the code of a resource in some spelling, or has it before or behind what is published.
fn is_coded(given: &str, resource: &Resource, repeats: &impl Fn(&str) -> bool) -> bool {
    let Some(code) = resource.code().map(fold_code).filter(|code| !code.is_empty()) else {
        return false;
    };
    let title = resource.framework().and_then(|framework| framework.title.as_deref());
    let titles: Vec<Words> = title.into_iter().map(Words::of).collect();
    let is_code =
        |text: &str| spellings(text, &titles).iter().any(|spelling| spelling.folded == code);
    let given = plain(given);
    let words: Vec<&str> = given.split(' ').collect();
    (1..=MAX_CODE_WORDS.min(words.len())).any(|n| {
        let (start, rest) = words.split_at_checked(n).unwrap_or_default();
        let (before, end) = words.split_at_checked(words.len() - n).unwrap_or_default();
        (is_code(&start.join(" ")) && (rest.is_empty() || repeats(&rest.join(" "))))
            || (is_code(&end.join(" ")) && repeats(&before.join(" ")))
    })
}

/// Every text by which a resource may be called: its statement first, then its names, its code, and each with the code before it.
fn published(resource: &Resource) -> Vec<String> {
    let abbreviated = match resource {
        Resource::Competency(item) => Some(&item.abbreviated_statement),
        _ => None,
    };
    let maps = [Some(resource.text()), Some(resource.name()), abbreviated];
    let mut texts: Vec<String> = maps
        .into_iter()
        .flatten()
        .flat_map(LanguageMap::iter)
        .map(|(_, text)| plain(text))
        .filter(|text| !text.is_empty())
        .collect();
    if let Some(code) = resource.code() {
        let coded: Vec<String> = texts.iter().map(|text| format!("{code} {text}")).collect();
        texts.extend(coded);
        texts.push(code.to_owned());
    }
    texts
}

/// Tells whether a given text is a published one, or its beginning where it ends in an ellipsis.
fn is_same(given: &str, published: &str) -> bool {
    let wanted = fold(given);
    if wanted == published {
        return !wanted.is_empty();
    }
    let trimmed = given.trim_end().trim_end_matches(['"', '\'', '”', '’', ')', ']']);
    let is_cut = trimmed.ends_with('…') || trimmed.ends_with("...") || trimmed.ends_with("[…");
    is_cut && wanted.chars().count() >= MIN_BEGINNING && published.starts_with(&wanted)
}

/// Folds a text to the letters, digits and signs that count.
pub(super) fn fold(text: &str) -> String {
    let unmarked = without_latex(&plain(text));
    let folded: String =
        marked_minus(&unmarked).flat_map(folded_char).flat_map(char::to_lowercase).collect();
    // A publisher marks what is out of use in the text itself; the words are the same.
    folded.strip_prefix("deprecated").map(str::to_owned).unwrap_or(folded)
}

/// The characters of a text, with one sign for every dash that makes a number negative; other dashes only part words.
fn marked_minus(text: &str) -> impl Iterator<Item = char> {
    let before = std::iter::once(' ').chain(text.chars());
    let after = text.chars().skip(1).chain([' ']);
    before.zip(text.chars()).zip(after).map(|((before, character), after)| {
        let is_dash = matches!(character, '-' | '\u{2012}' | '\u{2013}' | '\u{2212}');
        let is_joint = before.is_alphanumeric() || matches!(before, ')' | ']' | '}' | '-');
        match character {
            _ if is_dash && !is_joint && after.is_ascii_digit() => MINUS,
            // A dash between two things is written in too many ways to count.
            MINUS => '-',
            other => other,
        }
    })
}

/// A character as it counts: raised and lowered digits as digits, fractions as their two numbers, what does not count as none.
fn folded_char(character: char) -> Vec<char> {
    match character {
        '⁰' | '₀' => vec!['0'],
        '¹' | '₁' => vec!['1'],
        '²' | '₂' => vec!['2'],
        '³' | '₃' => vec!['3'],
        '⁴'..='⁹' => digit(character, '⁴', 4),
        '₄'..='₉' => digit(character, '₄', 4),
        '½' => vec!['1', '2'],
        '⅓' => vec!['1', '3'],
        '⅔' => vec!['2', '3'],
        '¼' => vec!['1', '4'],
        '¾' => vec!['3', '4'],
        '<' | '>' | '≤' | '≥' | '=' | '≠' | '+' | '×' | '÷' | '#' | '%' | MINUS => {
            vec![character]
        }
        c if c.is_alphanumeric() => vec![c],
        _ => Vec::new(),
    }
}

fn digit(character: char, first: char, value: u32) -> Vec<char> {
    let above = u32::from(character).saturating_sub(u32::from(first));
    char::from_digit(above + value, 10).into_iter().collect()
}

/// Takes away the commands of LaTeX, but for those that stand for a sign; what they embrace stays.
fn without_latex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let end = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        let (command, tail) = after.split_at_checked(end).unwrap_or((after, ""));
        out.extend(SIGNS.iter().find(|(name, _)| *name == command).map(|(_, sign)| *sign));
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::{fold, is_same, text_notice};
    use crate::reader::Reader;
    use crate::resolve::claim::Claim;
    use crate::verify::sample::{import, key, package};

    #[track_caller]
    fn check(given: &str, published: &str, expected: bool) {
        assert_eq!(is_same(given, &fold(published)), expected, "`{given}` and `{published}`");
    }

    #[test]
    fn markup_quotes_dashes_case_and_spaces_do_not_count() {
        let published = "Understand a fraction 1/<em>b</em> as the quantity formed by 1 part &ndash; “equal” parts";
        check(
            "understand  a fraction 1/b as the quantity\nformed by 1 part - \"equal\" parts.",
            published,
            true,
        );
        check(
            "**Understand** a fraction $\\frac{1}{b}$ as the quantity formed by 1 part — 'equal' parts",
            published,
            true,
        );
        check(
            "Understand a fraction 1/c as the quantity formed by 1 part – equal parts",
            published,
            false,
        );
        check("Evaluate x² + 1", "Evaluate $x^{2} + 1$", true);
        check("Evaluate x<sup>2</sup> + 1", "Evaluate x^2 + 1", true);
        check("Solve 3 × 4", "Solve $3 \\times 4$", true);
        check("[DEPRECATED] Ties knots", "Ties knots", true);
    }

    #[test]
    fn signs_that_change_a_statement_count() {
        check("Solves x < 1", "Solves x > 1", false);
        check("Solves x ≤ 1", "Solves $x \\leq 1$", true);
        check("Writes C++", "Writes C", false);
        check("Works out 3 ÷ 4", "Works out 3 × 4", false);
        check("Works out 3 ÷ 4", "Works out $3 \\div 4$", true);
        check("Works out -3 4", "Works out 3 4", false);
        check("Works out (−3)", "Works out (-3)", true);
        check("Grades K-5, items 1 – 2", "Grades K–5, items 1 - 2", true);
    }

    #[test]
    fn a_code_may_be_the_name_or_stand_beside_the_published_words() {
        let dir = tempfile::tempdir().unwrap();
        let title = "Next Generation Science Standards";
        let science = package(1, title, &[(0x11, "3.NF.A.1", "Ties the knot")]);
        import(dir.path(), 1, &[("science", science)]);
        let reader = Reader::open(dir.path()).unwrap();
        let card = reader.cards().named(&key(0x11)).unwrap().remove(0);
        let differs = |name: &str, description: &str| {
            let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
            let (name, description) = (text(name), text(description));
            let claim = Claim { name, description, ..Claim::default() };
            text_notice(&card.resource, &claim).is_some()
        };
        for name in [
            "CCSS.Math.Content.3.NF.A.1",
            "3-NF-A-1: Ties the knot",
            "CCSS.Math.Content.3.NF.A.1 Ties the knot",
            "Ties the knot (3.NF.A.1)",
            "3 NF A.1 - Ties the knot",
        ] {
            assert!(!differs(name, ""), "{name}");
        }
        for name in ["3.NF.A.2", "3.NF.A.2 Ties the knot", "3.NF.A.1 Ties the hitch"] {
            assert!(differs(name, ""), "{name}");
        }
        assert!(differs("", "Ties the hitch"));
        assert!(!differs("", "Ties the knot"));
    }

    #[test]
    fn a_text_may_be_cut_where_an_ellipsis_says_so() {
        let published = "Ties the knot that holds a boat, and unties it again";
        check("Ties the knot that holds…", published, true);
        check("Ties the knot that holds ...", published, true);
        check("“Ties the knot that holds…”", published, true);
        check("Ties the knot that holds", published, false);
        check("Ties…", published, false);
        check("Ties the knot that breaks…", published, false);
    }

    proptest! {
        #[test]
        fn any_text_is_the_same_as_itself(text in any::<String>()) {
            let folded = fold(&text);
            assert!(folded.is_empty() || is_same(&text, &folded));
        }
    }
}
