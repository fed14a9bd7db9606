//! Keeps the marks that Markdown would take for its own, where a statement means what it says: `2*3*4`, `5. Something`, a blank to be
//! filled, a text that begins with spaces.

use crate::page::prose::formula::BEFORE_TAG;

/// What begins an item of a list of points.
const BULLETS: [&str; 2] = ["- ", "* "];

/// The tags of HTML inside which an empty line means nothing.
const WHOLE: [&str; 3] = ["<ul", "<ol", "<table"];

/// Escapes what is meant as it is written.
pub(super) fn kept(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    if WHOLE.iter().any(|tag| lower.contains(tag)) {
        return within(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let text = within(text);
    let numbered = text.lines().filter(|line| number(line).is_some()).count();
    let fences = text.lines().filter(|line| is_fence(line)).count();
    let is_list = numbered > 1 || text.lines().any(is_point);
    let mut kept = String::with_capacity(text.len() + 16);
    for (at, line) in text.lines().enumerate() {
        let trimmed = line.trim_start();
        // Only in a list do spaces before a line say something; elsewhere they would make a program of it.
        let line = if is_list && at > 0 { line } else { trimmed };
        let (spaces, words) = line.split_at(line.len() - trimmed.len());
        kept.push_str(spaces);
        match number(words).filter(|_| numbered == 1) {
            Some(digits) => {
                let (digits, rest) = words.split_at(digits);
                kept.extend([digits, "\\", rest]);
            }
            None if is_no_mark(words) || is_fence(words) && fences % 2 == 1 => {
                kept.extend(["\\", words]);
            }
            None => kept.push_str(words),
        }
        kept.push('\n');
    }
    kept
}

/// Escapes what stands within lines: a star between two letters or numbers, and what looks like a tag.
fn within(text: &str) -> String {
    let has_code = text.contains('`');
    let mut kept = String::with_capacity(text.len() + 16);
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        match c {
            '*' if before.is_alphanumeric() && next.is_alphanumeric() && !has_code => {
                kept.push('\\');
            }
            '<' if next.is_ascii_alphabetic() || ['/', '!', '?'].contains(&next) => {
                kept.push(BEFORE_TAG);
            }
            _ => {}
        }
        kept.push(c);
        before = c;
    }
    kept
}

/// The digits with which a line begins an item of a list.
fn number(line: &str) -> Option<usize> {
    let line = line.trim_start();
    let digits =
        line.find(|c: char| !c.is_ascii_digit()).filter(|digits| (1..=9).contains(digits))?;
    let (_, rest) = line.split_at(digits);
    (rest.starts_with(". ") || rest.starts_with(") ")).then_some(digits)
}

fn is_point(line: &str) -> bool {
    BULLETS.iter().any(|bullet| line.trim_start().starts_with(bullet))
}

fn is_fence(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("```") || line.starts_with("~~~")
}

/// Whether a line begins with what looks like a mark and is more likely something else: a sign, a comparison, a note, a blank.
fn is_no_mark(line: &str) -> bool {
    let is_blank = line.starts_with('_') && line.trim_end().chars().all(|c| c == '_');
    let is_note = line.starts_with('[') && line.contains("]:");
    line.starts_with('>') || line.starts_with("+ ") || is_blank || is_note
}
