//! The parts of a text that are written without a break, and what joins them into one word.
//!
//! This is the rule for words of [UAX 29](https://www.unicode.org/reports/tr29/) as far as people who search share it. Where
//! they do not, it goes its own way: `C++`, `C#` and `.NET` are names, `HS-PS1-2` and `3.NF.A.1` are one thing with parts.

use crate::language::fold::{is_apostrophe, is_hyphen, is_invisible};
use crate::language::script::{Role, Script, role};

/// A stretch of letters and digits of one script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part<'a> {
    /// As it is written, apostrophes inside it included.
    pub raw: &'a str,
    /// The byte where it begins.
    pub from: usize,
    /// The byte behind its end, and behind its sign.
    pub to: usize,
    /// Its script.
    pub script: Script,
    /// What joins it to the part before it, if anything does: `-`, `.`, `_`, `&`, `/` or `,`.
    pub joiner: Option<char>,
    /// What belongs to its name behind it: `+`, `++` or `#`.
    pub sign: &'a str,
    /// Whether the dot before it belongs to its name: `.NET`.
    pub is_dotted: bool,
}

/// The one name that begins with a dot. Of other words it is the end of the sentence before.
const DOTTED: &str = "net";

/// Commands of LaTeX that say how something is set and not what it is.
const LAYOUT: &[&str] = &[
    "bar",
    "begin",
    "big",
    "bigg",
    "boldsymbol",
    "cdot",
    "cdots",
    "cfrac",
    "circ",
    "dfrac",
    "displaystyle",
    "dots",
    "end",
    "frac",
    "ge",
    "geq",
    "hat",
    "hbox",
    "hline",
    "hspace",
    "ldots",
    "le",
    "left",
    "leq",
    "limits",
    "mathbb",
    "mathbf",
    "mathcal",
    "mathit",
    "mathrm",
    "mbox",
    "ne",
    "neq",
    "operatorname",
    "overline",
    "overrightarrow",
    "qquad",
    "quad",
    "right",
    "rm",
    "sqrt",
    "text",
    "textbf",
    "textit",
    "textrm",
    "tfrac",
    "underline",
    "vec",
    "vspace",
];

/// Takes a text apart, in order.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    for run in runs(text) {
        let between = parts.last().and_then(|last| text.get(last.to..run.from));
        let joint = parts.last().and_then(|last| joint(last, &run, between.unwrap_or_default()));
        match (joint, parts.last_mut()) {
            (Some('\''), Some(last)) => {
                last.raw = text.get(last.from..run.to).unwrap_or(last.raw);
                last.to = run.to;
                extend(text, last);
            }
            (joiner, _) => {
                let mut part = Part { joiner, ..run };
                extend(text, &mut part);
                parts.push(part);
            }
        }
    }
    parts
}

/// Finds stretches of one script, the commands of LaTeX left out.
fn runs(text: &str) -> Vec<Part<'_>> {
    let mut runs: Vec<Part<'_>> = Vec::with_capacity(text.len() / 6);
    let mut is_open = false;
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        let last = runs.last_mut().filter(|_| is_open);
        match (role(character), last) {
            (Role::Letter(script), Some(last)) if last.script == script => last.to = end,
            (Role::Letter(script), _) => {
                runs.push(Part {
                    raw: "",
                    from: at,
                    to: end,
                    script,
                    joiner: None,
                    sign: "",
                    is_dotted: false,
                });
                is_open = true;
            }
            (Role::Mark, Some(last)) => last.to = end,
            (Role::Mark | Role::Invisible, _) => {}
            (Role::Other, _) => is_open = false,
        }
    }
    for run in &mut runs {
        run.raw = text.get(run.from..run.to).unwrap_or_default();
    }
    runs.retain(|run| !is_layout(text, run));
    runs
}

fn is_layout(text: &str, run: &Part<'_>) -> bool {
    before(text, run.from).ends_with('\\') && LAYOUT.contains(&run.raw)
}

/// What joins two parts, from what stands between them; `'` where they are one.
fn joint(last: &Part<'_>, next: &Part<'_>, between: &str) -> Option<char> {
    let mut seen = between.chars().filter(|c| !is_invisible(*c));
    let (character, None) = (seen.next()?, seen.next()) else { return None };
    let (end, start) = (last.raw.chars().last()?, next.raw.chars().next()?);
    if last.script != Script::Spaced || next.script != Script::Spaced || !last.sign.is_empty() {
        return None;
    }
    let are_digits = end.is_numeric() && start.is_numeric();
    match character {
        _ if is_apostrophe(character) => (!end.is_numeric() && !start.is_numeric()).then_some('\''),
        _ if is_hyphen(character) => Some('-'),
        '.' | '_' | '&' => Some(character),
        '/' => are_digits.then_some('/'),
        ',' => (are_digits && next.raw.chars().count() == 3).then_some(','),
        _ => None,
    }
}

/// Adds what belongs to the name around a part.
fn extend<'a>(text: &'a str, part: &mut Part<'a>) {
    if part.script != Script::Spaced {
        return;
    }
    let rest = text.get(part.to..).unwrap_or_default();
    part.sign = sign(part.raw, rest);
    part.to += part.sign.len();
    if part.raw.eq_ignore_ascii_case(DOTTED) {
        let is_name = before(text, part.from)
            .strip_suffix('.')
            .is_some_and(|earlier| !earlier.ends_with(char::is_alphanumeric));
        part.is_dotted = is_name || part.joiner == Some('.');
        if is_name {
            part.from -= 1;
        }
    }
}

/// The sign behind a name that ends with a letter: `C++`, and `C#` or `Security+` where nothing follows.
fn sign<'a>(name: &str, rest: &'a str) -> &'a str {
    if !name.ends_with(|c: char| c.is_ascii_alphabetic()) {
        return "";
    }
    let (length, is_free) = if rest.starts_with("++") {
        (2, true)
    } else if rest.starts_with(['+', '#']) {
        (1, !rest.chars().nth(1).is_some_and(|c| c.is_alphanumeric() || matches!(c, '+' | '#')))
    } else {
        (0, false)
    };
    rest.get(..length).filter(|_| is_free).unwrap_or_default()
}

fn before(text: &str, at: usize) -> &str {
    text.get(..at).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut shown = String::new();
        for part in parts(text) {
            if !shown.is_empty() && part.joiner.is_none() {
                shown.push('|');
            }
            shown.extend(part.joiner);
            shown.push_str(if part.is_dotted && part.joiner.is_none() { "." } else { "" });
            shown.push_str(part.raw);
            shown.push_str(part.sign);
        }
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn words_end_where_people_end_them() {
        check("Add, subtract (and multiply)!", "Add|subtract|and|multiply");
        check("don't O’Brien 'quoted' students' work", "don't|O’Brien|quoted|students|work");
        check("e-mail and/or x -- y", "e-mail|and|or|x|y");
        check("3.NF.A.1 HS-PS1-2 K-12 9–12", "3.NF.A.1|HS-PS1-2|K-12|9-12");
        check("1,000 1, 2 3,14 1/2 R&D U.S.A. end. Next", "1,000|1|2|3|14|1/2|R&D|U.S.A|end|Next");
        check("日本語NLP入門 3年", "日本語|NLP|入門|3|年");
        check("co\u{ad}operate می\u{200c}خواهم", "co\u{ad}operate|می\u{200c}خواهم");
        check("", "");
        check("+++ ... -- #", "");
    }

    #[test]
    fn signs_that_are_a_part_of_a_name_stay_with_it() {
        check("C++ C# F#, C. (C++11) a+b a + b", "C++|C#|F#|C|C++|11|a|b|a|b");
        check("CompTIA A+, Security+; 65+", "CompTIA|A+|Security+|65");
        check(
            ".NET ASP.NET C#/.NET the.net end.Net income",
            ".NET|ASP.NET|C#|.NET|the.net|end.Net|income",
        );
        check("net .com", "net|com");
    }

    #[test]
    fn commands_of_latex_leave_their_content() {
        check(r"\frac{1}{2} \times \sqrt{x} \text{area} \pi", "1|2|times|x|area|pi");
        check("left and right", "left|and|right");
    }
}
