//! `{a \over b}`: how plain TeX writes a fraction, which the library does not read.

/// The most fractions of a formula that are written anew.
const MAX_FRACTIONS: usize = 20;

/// Writes every `{a \over b}` as `\frac{a}{b}`.
pub(super) fn fractions(latex: &str) -> String {
    let mut latex = latex.to_owned();
    for _ in 0..MAX_FRACTIONS {
        let Some(written) = last(&latex) else { break };
        latex = written;
    }
    latex
}

/// The same with the last fraction written anew, where there is one.
fn last(latex: &str) -> Option<String> {
    let mut found = latex.rmatch_indices("\\over");
    let is_command = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphabetic());
    let (at, command) =
        found.find(|(at, command)| latex.get(at + command.len()..).is_some_and(is_command))?;
    let (above, below) = (latex.get(..at)?, latex.get(at + command.len()..)?);
    let from = opening(above);
    let to = closing(below);
    let (before, numerator) = above.split_at_checked(from)?;
    let (denominator, after) = below.split_at_checked(to)?;
    Some(format!("{before}\\frac{{{numerator}}}{{{denominator}}}{after}"))
}

/// Where the group begins that is open at the end of a text.
fn opening(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, brace) in text.rmatch_indices(['{', '}']) {
        match (brace, depth) {
            ("}", _) => depth += 1,
            (_, 0) => return at + brace.len(),
            _ => depth -= 1,
        }
    }
    0
}

/// Where the group ends that is open at the beginning of a text.
fn closing(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, brace) in text.match_indices(['{', '}']) {
        match (brace, depth) {
            ("{", _) => depth += 1,
            (_, 0) => return at,
            _ => depth -= 1,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::proptest;

    use super::fractions;

    #[test]
    fn a_fraction_is_what_stands_in_its_group() {
        assert_eq!(fractions("x = {-b \\over 2a}"), "x = {\\frac{-b }{ 2a}}");
        assert_eq!(fractions("1 \\over x_{n}"), "\\frac{1 }{ x_{n}}");
        assert_eq!(fractions("{a{1\\over 2}\\over b}"), "{\\frac{a{\\frac{1}{ 2}}}{ b}}");
        assert_eq!(fractions("\\overline{x}"), "\\overline{x}");
        assert_eq!(fractions("x"), "x");
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read(latex in "([{}a]|\\\\over ){0,60}") {
            fractions(&latex);
        }
    }
}
