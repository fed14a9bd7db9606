//! Finds mathematics in a text, and puts a mark in its place that Markdown takes for a letter.

/// A formula, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Formula {
    /// The whole, with what encloses it.
    pub source: String,
    /// What is enclosed.
    pub latex: String,
    /// Whether it stands on a line of its own.
    pub is_display: bool,
}

/// What encloses a formula: how it begins and ends, and whether it then stands on a line of its own.
const FENCES: [(&str, &str, bool); 4] =
    [("$$", "$$", true), ("\\[", "\\]", true), ("\\(", "\\)", false), ("$", "$", false)];

/// The most formulas of a text.
const MAX_FORMULAS: u32 = 200;

/// The most bytes of a formula. Writing one takes more room on the stack the deeper it is, and no deeper than it is long.
const MAX_LATEX: usize = 600;

/// The first mark: private letters that mean something nowhere.
const FIRST: u32 = 0xF_0000;

/// The mark that stands before every tag, so that none begins a line: what follows one on its line is Markdown, too.
pub(super) const BEFORE_TAG: char = '\u{F_01FF}';

/// Whether a character is kept for marks.
fn is_mark(c: char) -> bool {
    (FIRST..=u32::from(BEFORE_TAG)).contains(&u32::from(c))
}

/// The number of the formula for which a mark stands.
pub(super) fn number(c: char) -> Option<usize> {
    let n = u32::from(c).checked_sub(FIRST).filter(|n| *n < MAX_FORMULAS)?;
    usize::try_from(n).ok()
}

/// Takes the formulas out of a text and leaves their marks.
pub(super) fn take_out(text: &str) -> (String, Vec<Formula>) {
    let mut kept = String::with_capacity(text.len());
    let mut formulas = Vec::new();
    let text = text.replace(is_mark, "\u{FFFD}");
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['$', '\\']) {
        let (before, here) = rest.split_at(at);
        kept.push_str(before);
        let mark = u32::try_from(formulas.len()).ok().filter(|n| *n < MAX_FORMULAS);
        let mark = mark.and_then(|n| char::from_u32(FIRST + n));
        if let (Some(mark), Some((formula, after))) = (mark, begins(here, kept.chars().next_back()))
        {
            kept.push(mark);
            formulas.push(formula);
            rest = after;
        } else {
            let (passed, after) = here.split_at(passed(here));
            kept.push_str(passed);
            rest = after;
        }
    }
    kept.push_str(rest);
    (kept, formulas)
}

/// How much of a text is passed over where no formula begins: a dollar, or a backslash with what it escapes.
fn passed(here: &str) -> usize {
    let is_escape = here.starts_with('\\');
    here.chars().take(if is_escape { 2 } else { 1 }).map(char::len_utf8).sum()
}

/// The formula that begins a text, and what follows it.
fn begins(here: &str, before: Option<char>) -> Option<(Formula, &str)> {
    let (open, close, is_display) = *FENCES.iter().find(|(open, ..)| here.starts_with(open))?;
    let inside = here.strip_prefix(open)?;
    let (latex, after) = inside.split_at(end(inside, close)?);
    let after = after.strip_prefix(close)?;
    if latex.trim().is_empty() || open == "$" && !hugs(before, latex, after) {
        return None;
    }
    if open.starts_with('$') && !is_mathematics(latex) {
        return None;
    }
    let source = format!("{open}{latex}{close}");
    Some((Formula { source, latex: latex.to_owned(), is_display }, after))
}

/// Where a formula ends, unless it is too long or goes over an empty line.
fn end(inside: &str, close: &str) -> Option<usize> {
    let mut at = 0;
    while at <= MAX_LATEX {
        let (_, rest) = inside.split_at_checked(at)?;
        if rest.starts_with(close) {
            return Some(at);
        }
        if rest.starts_with("\n\n") || rest.starts_with("\n\r\n") {
            return None;
        }
        let passed = passed(rest);
        if passed == 0 {
            return None;
        }
        at += passed;
    }
    None
}

/// Whether single dollars enclose what is between them, and do not name prices.
fn hugs(before: Option<char>, latex: &str, after: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric();
    let is_digit = |c: char| c.is_ascii_digit();
    // A form feed is what somebody's JSON has made of the first two letters of `\frac`.
    let is_space = |c: char| c.is_whitespace() && c != '\u{c}';
    !before.is_some_and(is_word)
        && !latex.starts_with(is_space)
        && !latex.ends_with(is_space)
        && !after.starts_with(is_digit)
}

/// Whether there is a sign of mathematics, or at least no word.
fn is_mathematics(latex: &str) -> bool {
    let has_sign = latex.contains(['\\', '^', '_', '=', '\u{c}']);
    let mut letters = latex.split(|c: char| !c.is_alphabetic());
    has_sign || !letters.any(|letters| letters.chars().count() > 1)
}

#[cfg(test)]
mod tests {
    use super::take_out;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (_, formulas) = take_out(text);
        let found: Vec<&str> = formulas.iter().map(|formula| formula.latex.as_str()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn mathematics_is_found_in_every_fence() {
        check("This contains math markdown: $x^2$", &["x^2"]);
        check("Solve $$3 \\times 4$$, then \\(y\\) and \\[z\\].", &["3 \\times 4", "y", "z"]);
        check("makes $\u{c}rac{1}{x} = 5$ true", &["\u{c}rac{1}{x} = 5"]);
        check("the $n$th term of $a_n$-series ($k$).", &["n", "a_n", "k"]);
    }

    #[test]
    fn prices_and_escaped_dollars_are_none() {
        check("costs $5 and $10", &[]);
        check("between $5 or $ 6", &[]);
        check("US$5 to US$7", &[]);
        check("from $5,000 per year (or $ 10)", &[]);
        check("fees ($5) or ($x)", &[]);
        check("\\$x\\$ and $", &[]);
        check("$$ and $$", &[]);
        check("$a\n\nb$", &[]);
    }

    #[test]
    fn a_mark_that_was_there_before_is_none_of_ours() {
        let (kept, formulas) = take_out("\u{F0000} $x$");
        assert_eq!((kept.as_str(), formulas.len()), ("\u{FFFD} \u{F0000}", 1));
    }
}
