//! Blocks of labelled lines, wrapped to the width of the terminal.

use std::io::{self, Write};

use anstyle::Style;
use textwrap::{Options, WordSeparator, WordSplitter, wrap};

use crate::harmless::{harmless, line_by_line};
use crate::present::style::{DIM, painted};

/// The column in which the values begin.
const INDENT: usize = 14;

/// The width that output is wrapped to.
pub(crate) fn width() -> usize {
    let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    terminal.unwrap_or(80).clamp(40, 100)
}

/// Breaks at spaces only, so that identifiers and addresses can be copied whole.
fn wrapping<'a>(columns: usize) -> Options<'a> {
    Options::new(columns)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false)
}

/// Writes `label   value`, the value wrapped beside the label.
pub(crate) fn line(out: &mut dyn Write, label: &str, value: &str) -> io::Result<()> {
    styled_line(out, label, value, Style::new())
}

/// Writes `label   value` with the value in a style.
pub(crate) fn styled_line(
    out: &mut dyn Write,
    label: &str,
    value: &str,
    style: Style,
) -> io::Result<()> {
    let room = width().saturating_sub(INDENT);
    let mut first = true;
    for part in wrap(&harmless(value), wrapping(room)) {
        let label = if first { label } else { "" };
        let shown = if style == Style::new() { part.into_owned() } else { painted(style, &part) };
        writeln!(
            out,
            "  {}{shown}",
            painted(DIM, &format!("{label:<width$}", width = INDENT - 2))
        )?;
        first = false;
    }
    Ok(())
}

/// Writes `label   value` where there is a value.
pub(crate) fn optional_line(
    out: &mut dyn Write,
    label: &str,
    value: Option<&str>,
) -> io::Result<()> {
    match value.filter(|value| !value.trim().is_empty()) {
        Some(value) => line(out, label, value),
        None => Ok(()),
    }
}

/// The column in which the values of a record begin.
const RECORD_COLUMN: usize = 26;

/// Writes `label   value` of a record, indented; the labels of records are long.
pub(crate) fn labelled(
    out: &mut dyn Write,
    indent: usize,
    label: &str,
    value: &str,
) -> io::Result<()> {
    let column = RECORD_COLUMN.max(indent + 4);
    let room = width().saturating_sub(column).max(20);
    let mut label = label;
    let label_width = column.saturating_sub(indent);
    if label.chars().count() + 1 > label_width {
        writeln!(out, "{:indent$}{}", "", painted(DIM, label))?;
        label = "";
    }
    for part in wrap(&line_by_line(value), wrapping(room)) {
        let shown = painted(DIM, &format!("{label:<label_width$}"));
        writeln!(out, "{:indent$}{shown}{part}", "")?;
        label = "";
    }
    Ok(())
}

/// Writes a wrapped paragraph, indented.
pub(crate) fn paragraph(out: &mut dyn Write, indent: usize, text: &str) -> io::Result<()> {
    let pad = " ".repeat(indent);
    for part in wrap(&line_by_line(text), wrapping(width().saturating_sub(indent))) {
        writeln!(out, "{pad}{part}")?;
    }
    Ok(())
}

/// Cuts a text to a number of columns.
pub(crate) fn cut(text: &str, columns: usize) -> String {
    let text = &harmless(text);
    if textwrap::core::display_width(text) <= columns {
        return text.to_owned();
    }
    let mut shown = String::new();
    for character in text.chars() {
        if textwrap::core::display_width(&shown) + 2 > columns {
            break;
        }
        shown.push(character);
    }
    shown + "…"
}

/// Writes a number with its thousands apart.
pub(crate) fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{cut, number};

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(number), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn a_long_text_is_cut_with_a_mark() {
        assert_eq!(cut("short", 10), "short");
        assert_eq!(cut("rather too long", 8), "rather …");
        assert_eq!(cut("red \u{1b}[31m\n", 20), "red  [31m ");
    }
}
