//! Human codes, folded so that two spellings of one code meet.

/// Folds the spelling of a human code, such as [`humanCodingScheme`](https://purl.imsglobal.org/spec/case/v1p1) or
/// `ceasn:codedNotation`.
///
/// 1. Invisible characters go; letters become lower-case, one character at a time.
/// 2. Whitespace and the separators `. - _ / \ : ; , | ( ) [ ] { } " § ·` and every dash cut the code into parts; empty parts go.
/// 3. A part that ends in a digit and exactly one letter is cut before the letter: `5a` is `5` and `a`.
/// 4. Leading `ccss`, `ccss math content` and `ccss ela literacy` go, as long as something remains.
/// 5. The parts are joined with `.`.
/// 6. One dash that ends the code, and stands right behind a letter or a digit, is kept as `-` behind the last part, as in the mark `B-`.
///
/// Nothing is cut between a letter and a digit that follows it, and nothing is joined, so `3.OA.1` is not `3.OA.11`, and `HS-PS1-2` is not
/// `HS-PS12`. Leading zeros, `+`, `*`, `#` and the like are kept. Folding a folded code changes nothing.
pub fn fold_code(code: &str) -> String {
    let lower: String =
        code.chars().filter(|c| !is_invisible(*c)).flat_map(char::to_lowercase).collect();
    let mut parts: Vec<&str> = Vec::new();
    for part in lower.split(is_separator).filter(|part| !part.is_empty()) {
        match letter_suffix(part) {
            Some((number, letter)) => parts.extend([number, letter]),
            None => parts.push(part),
        }
    }
    let folded = without_ccss(&parts).join(".");
    if ends_in_minus(&lower) { folded + "-" } else { folded }
}

/// Whether a code ends in one dash that belongs to what stands before it.
fn ends_in_minus(code: &str) -> bool {
    let mut back = code.trim_end().chars().rev();
    back.next().is_some_and(is_dash) && back.next().is_some_and(char::is_alphanumeric)
}

/// Whether the character shows nothing: soft hyphens, zero-width characters, direction marks.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

/// Whether the character is drawn as a hyphen or a dash.
pub(crate) fn is_dash(character: char) -> bool {
    matches!(
        character,
        '-' | '\u{2010}'
            ..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || is_dash(character)
        || matches!(
            character,
            '.' | '_'
                | '/'
                | '\\'
                | ':'
                | ';'
                | ','
                | '|'
                | '('
                | ')'
                | '['
                | ']'
                | '{'
                | '}'
                | '"'
                | '§'
                | '·'
                | '\u{30fb}'
        )
}

/// Cuts `5a` into `5` and `a`; `None` where the part does not end in a digit and one letter.
fn letter_suffix(part: &str) -> Option<(&str, &str)> {
    let (at, letter) = part.char_indices().next_back()?;
    let (number, suffix) = part.split_at_checked(at)?;
    let is_suffix = letter.is_ascii_lowercase() && number.ends_with(|c: char| c.is_ascii_digit());
    is_suffix.then_some((number, suffix))
}

/// Drops what the Common Core puts before its codes, until a code is left that does not begin so.
fn without_ccss<'a, 'b>(parts: &'a [&'b str]) -> &'a [&'b str] {
    let mut rest = parts;
    loop {
        rest = match rest {
            ["ccss", "math", "content", code @ ..]
            | ["ccss", "ela", "literacy", code @ ..]
            | ["ccss", code @ ..]
                if !code.is_empty() =>
            {
                code
            }
            _ => return rest,
        };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::*;

    #[test]
    fn codes_that_differ_stay_apart() {
        for (one, other) in [
            ("3.OA.1", "3.OA.11"),
            ("HS-PS1-2", "HS-PS12"),
            ("1.11", "11.1"),
            ("01.2", "1.2"),
            ("N-CN.3(+)", "N-CN.3"),
            ("B-", "B"),
            ("B-", "B+"),
        ] {
            assert_ne!(fold_code(one), fold_code(other));
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(code in any::<String>()) {
            let once = fold_code(&code);
            assert_eq!(fold_code(&once), once);
            assert!(!once.contains('|'));
        }

        #[test]
        fn separators_are_all_the_same(code in "[A-Z]{1,3}[0-9]{0,2}(\\.[A-Z0-9]{1,3}){0,3}", separator in "[-_/ ]") {
            assert_eq!(fold_code(&code.replace('.', &separator)), fold_code(&code));
        }
    }
}
