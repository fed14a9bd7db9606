//! Writes a formula of LaTeX in [MathML Core](https://www.w3.org/TR/mathml-core/).
//!
//! What the library writes is read again, and only elements and attributes of a short list come out of it: it puts sizes and colours
//! into `style`, which no page of ours may have.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Event, Parser, ParserError, Storage, write_mathml};

use crate::page::prose::node::escape;
use crate::page::prose::over::fractions;

/// The most steps of a formula.
const MAX_EVENTS: usize = 2_000;

/// The most elements inside each other.
const MAX_DEPTH: usize = 60;

/// What defines commands: small texts grow large with it.
const DEFINING: [&str; 6] =
    ["\\def", "\\let", "\\futurelet", "\\newcommand", "\\renewcommand", "\\providecommand"];

/// The elements that may come out.
const ELEMENTS: [&str; 26] = [
    "math",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "ms",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
    "none",
];

/// The attributes that may come out with a word.
const WORDED: [&str; 13] = [
    "accent",
    "accentunder",
    "display",
    "displaystyle",
    "fence",
    "form",
    "largeop",
    "mathvariant",
    "movablelimits",
    "scriptlevel",
    "separator",
    "stretchy",
    "symmetric",
];

/// The attributes that may come out with a size.
const SIZED: [&str; 9] = [
    "depth",
    "height",
    "linethickness",
    "lspace",
    "maxsize",
    "minsize",
    "rspace",
    "voffset",
    "width",
];

/// The largest size, in widths of an M; a formula stays in its place.
const MAX_SIZE: f32 = 4.0;

/// Writes a formula; `None` where it is none, or none that can be shown.
pub(super) fn mathml(latex: &str, is_display: bool) -> Option<String> {
    // A backslash and a letter that somebody's JSON has taken for an escape.
    let latex = latex.replace('\u{c}', "\\f").replace('\u{8}', "\\b");
    let has_comment = latex.replace("\\%", "").contains('%');
    if has_comment || DEFINING.iter().any(|command| latex.contains(command)) {
        return None;
    }
    // It says of itself that it panics on what it should never see, and nobody has to take that on trust.
    let latex = fractions(&latex);
    let written = catch_unwind(AssertUnwindSafe(|| written(&latex, is_display)));
    cleaned(&written.ok()??)
}

fn written(latex: &str, is_display: bool) -> Option<String> {
    let storage = Storage::new();
    let events: Result<Vec<Event<'_>>, ParserError> =
        Parser::new(latex, &storage).take(MAX_EVENTS).collect();
    let events = events.ok().filter(|events| events.len() < MAX_EVENTS)?;
    let display_mode = if is_display { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    let mut bytes = Vec::new();
    write_mathml(&mut bytes, events.into_iter().map(Ok::<_, ParserError>), config).ok()?;
    // A sign that compares comes out as it is.
    Some(String::from_utf8(bytes).ok()?.replace("><</", ">&lt;</").replace(">></", ">&gt;</"))
}

/// Copies what is on the lists; `None` where it is not well formed, or would say something else without what is left out.
fn cleaned(xml: &str) -> Option<String> {
    let mut out = String::with_capacity(xml.len());
    let mut open = Vec::new();
    let mut rest = xml.trim();
    while let Some((text, after)) = rest.split_once('<') {
        words(&mut out, text)?;
        let (tag, after) = after.split_once('>')?;
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            (open.pop() == Some(name)).then_some(())?;
            out.extend(["</", name, ">"]);
            continue;
        }
        let (tag, is_whole) = match tag.strip_suffix('/') {
            Some(tag) => (tag.trim_end(), true),
            None => (tag, false),
        };
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let name = *ELEMENTS.iter().find(|known| **known == name)?;
        out.extend(["<", name]);
        copy(&mut out, attributes)?;
        out.push('>');
        if is_whole {
            out.extend(["</", name, ">"]);
        } else {
            open.push(name);
        }
        (open.len() <= MAX_DEPTH).then_some(())?;
    }
    words(&mut out, rest)?;
    open.is_empty().then_some(out)
}

/// Copies words, escaped once.
fn words(out: &mut String, text: &str) -> Option<()> {
    let text = text.replace("&nbsp;", "\u{a0}").replace("&lt;", "<").replace("&gt;", ">");
    let text = text.replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
    escape(out, &text).ok()
}

/// Copies the attributes that are on the lists.
fn copy(out: &mut String, mut attributes: &str) -> Option<()> {
    while !attributes.trim().is_empty() {
        let (name, rest) = attributes.trim_start().split_once("=\"")?;
        let (value, rest) = rest.split_once('"')?;
        attributes = rest;
        // The line through what is negated comes from a stylesheet that we do not have.
        (!value.contains("mop-negated")).then_some(())?;
        let is_worded =
            WORDED.contains(&name) && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if is_worded || SIZED.contains(&name) && is_small(value) {
            out.extend([" ", name, "=\"", value, "\""]);
        }
    }
    Some(())
}

fn is_small(value: &str) -> bool {
    let size = value.strip_suffix("em").and_then(|number| number.parse::<f32>().ok());
    size.is_some_and(|size| (0.0..=MAX_SIZE).contains(&size)) || value == "0"
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop, proptest};

    use super::{cleaned, mathml};

    #[track_caller]
    fn check(latex: &str, expected: &str) {
        let found = mathml(latex, false).unwrap_or_default();
        assert_eq!(found, format!("<math display=\"inline\">{expected}</math>"), "{latex}");
    }

    #[test]
    fn formulas_of_real_statements_are_written() {
        check("x^2", "<msup><mi>x</mi><mn>2</mn></msup>");
        check("\\sqrt{x} = 8", "<msqrt><mrow><mi>x</mi></mrow></msqrt><mo>=</mo><mn>8</mn>");
        let quadratic = mathml("x = {-b \\pm \\sqrt{b^2-4ac} \\over 2a}", true).unwrap();
        assert!(quadratic.starts_with("<math display=\"block\">"), "{quadratic}");
        assert!(quadratic.contains("<mfrac") && quadratic.contains("±"), "{quadratic}");
        let repaired = mathml("\u{c}rac{1}{x} = 5", false).unwrap();
        assert!(repaired.contains("<mfrac"), "{repaired}");
        let compared = mathml("a < b \\& c", false).unwrap();
        assert!(compared.contains("&lt;") && compared.contains("&amp;"), "{compared}");
        for latex in ["0 < x > 1", "x \\lt 1", "x \\gt 1", "x \\le y", "\\text{a < b}"] {
            assert!(mathml(latex, false).is_some(), "{latex}");
        }
    }

    #[test]
    fn nothing_with_a_style_comes_out() {
        for latex in [
            "\\color{red} x",
            "a \\! b",
            "\\hspace{-9em} x",
            "\\hspace{900em} x",
            "\\begin{matrix} a \\\\[3em] b \\end{matrix}",
            "\\boxed{x}",
            "\\begin{array}{|c|c|} a & b \\\\ \\hline c & d \\end{array}",
            "\\phantom{x}",
            "\\textcolor{red}{x}",
        ] {
            let found = mathml(latex, false).unwrap_or_default();
            assert!(!found.contains("style=\"") || found.contains("displaystyle=\""), "{found}");
            assert!(!found.contains("class=") && !found.contains("900"), "{found}");
        }
    }

    #[test]
    fn what_is_no_formula_is_none() {
        for latex in [
            "\\frac{1}",
            "\\nosuchcommand",
            "{",
            "}",
            "a & b",
            "\\def\\a{\\a\\a}\\a",
            "x % y",
            "\\",
            "^",
            "\\left(",
        ] {
            assert_eq!(mathml(latex, false), None, "{latex}");
        }
        assert_eq!(cleaned("<math><script>1</script></math>"), None);
        assert_eq!(cleaned("<math><mi>x</math></mi>"), None);
        assert_eq!(cleaned("<math><mrow class=\"mop-negated\"></mrow></math>"), None);
        let kept = cleaned("<math onclick=\"a\"><mi style=\"x\">a&b</mi></math>");
        assert_eq!(kept.as_deref(), Some("<math><mi>a&amp;b</mi></math>"));
    }

    #[test]
    fn deep_and_endless_formulas_end() {
        for piece in [
            "\\frac",
            "{",
            "^",
            "_{",
            "\\sqrt{",
            "\\left(",
            "\\text{",
            "\\begin{matrix}",
            "\\hat",
            "\\not",
            "\\mathbb",
            "\\big",
            "a_b^",
            "\\over",
            "'",
            "&",
            "\\\\",
            "\\sqrt[",
            "\\overset{",
            "\\binom",
            "\\displaystyle",
            "\\limits",
            "\\right)",
            "}{",
        ] {
            for n in [1, 7, 40, 200, 600] {
                let n = n.min(600 / piece.len());
                mathml(&piece.repeat(n), true);
                mathml(&format!("{}x", piece.repeat(n)), false);
                mathml(&format!("{}x{}", piece.repeat(n / 2), "}".repeat(n / 2)), false);
            }
        }
    }

    proptest! {
        #[test]
        fn any_formula_is_written_with_our_elements_or_not_at_all(
            pieces in prop::collection::vec(prop::sample::select(&[
                "\\frac", "{", "}", "^", "_", "\\sqrt", "[", "]", "\\left", "\\right", "(", ")", "|", "\\begin{array}{cc}", "\\end{array}",
                "\\begin{cases}", "\\end{cases}", "&", "\\\\", "\\text{", "x", "12", "\\alpha", "\\not", "=", "\\color{red}", "<", ">", "\"", "'",
                "\\hspace{1em}", "\\sum", "\\limits", "\\overline", "\\mathbf", "#", "~", "\\,", "\\char", "\\middle", "\\operatorname{", " ", "é",
            ][..]), 0..40),
        ) {
            if let Some(found) = mathml(&pieces.concat(), false) {
                assert!(!found.contains(" style=") && !found.contains("class="), "{found}");
                assert_eq!(cleaned(&found).as_deref(), Some(found.as_str()));
            }
        }

        #[test]
        fn any_text_at_all_is_a_formula_or_none(text in any::<String>()) {
            mathml(&text, true);
        }
    }
}
