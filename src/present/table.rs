//! The answer to a query as a person reads it: rows in columns that fit the width, and triples as Turtle.

use std::io::{self, Write};

use index::sparql::{Form, shorten};
use textwrap::core::display_width;

use crate::harmless::harmless;
use crate::present::block::{cut, number, width};
use crate::present::style::{DIM, HEADING, painted};
use crate::sparql::Sink;

/// The rows that the widths of the columns are taken from; later ones are cut to fit.
const SAMPLE: usize = 50;

/// The columns between two values.
const GAP: usize = 2;

/// The narrowest that a column gets where there are many.
const NARROWEST: usize = 6;

/// Prints an answer that arrives as [TSV](https://www.w3.org/TR/sparql11-results-csv-tsv/), or as Turtle, piece by piece.
#[derive(Debug)]
pub(crate) struct Table {
    generation: u64,
    form: Option<Form>,
    /// The beginning of a line whose end has not come yet.
    line: Vec<u8>,
    /// The names of the columns, and the rows until their widths are known.
    waiting: Vec<Vec<String>>,
    widths: Option<Vec<usize>>,
    n_rows: u64,
    was_cut: bool,
}

impl Table {
    /// Makes a table of what a generation answers.
    pub(crate) fn new(generation: u64) -> Self {
        Self {
            generation,
            form: None,
            line: Vec::new(),
            waiting: Vec::new(),
            widths: None,
            n_rows: 0,
            was_cut: false,
        }
    }

    /// Prints what is left, and what a reader should know besides.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        let mut text = String::new();
        match self.form {
            Some(Form::Solutions) => {
                self.flush(&mut text);
                let s = if self.n_rows == 1 { "" } else { "s" };
                let cut = if self.was_cut { "; --format csv has every value whole" } else { "" };
                let rows = number(self.n_rows);
                let foot = format!("{rows} row{s} in generation {}{cut}", self.generation);
                if self.n_rows > 0 {
                    text.push('\n');
                }
                text.push_str(&painted(DIM, &foot));
                text.push('\n');
            }
            Some(Form::Boolean) => text.push('\n'),
            Some(Form::Graph) | None => {}
        }
        print(text.as_bytes())
    }

    /// Takes a whole line.
    fn row(&mut self, line: &str, text: &mut String) {
        let cells: Vec<String> = line.split('\t').map(shown).collect();
        let is_head = self.waiting.is_empty() && self.widths.is_none();
        self.n_rows += u64::from(!is_head);
        if let Some(widths) = &self.widths {
            self.was_cut |= write_row(&cells, widths, text);
        } else {
            self.waiting.push(cells);
            if self.waiting.len() > SAMPLE {
                self.flush(text);
            }
        }
    }

    /// Chooses the widths and writes the rows that have waited for them.
    fn flush(&mut self, text: &mut String) {
        if self.widths.is_some() || self.n_rows == 0 {
            return;
        }
        let rows = std::mem::take(&mut self.waiting);
        let widths = fitting(&rows, width());
        for (at, row) in rows.iter().enumerate() {
            let mut line = String::new();
            self.was_cut |= write_row(row, &widths, &mut line);
            text.push_str(&if at == 0 { painted(HEADING, line.trim_end()) + "\n" } else { line });
        }
        self.widths = Some(widths);
    }
}

impl Sink for Table {
    fn begin(&mut self, form: Form) -> io::Result<()> {
        self.form = Some(form);
        Ok(())
    }

    fn take(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.form != Some(Form::Solutions) {
            return print(bytes);
        }
        let mut text = String::new();
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend(piece);
            if self.line.last() == Some(&b'\n') {
                let line = std::mem::take(&mut self.line);
                self.row(String::from_utf8_lossy(&line).trim_end_matches('\n'), &mut text);
            }
        }
        print(text.as_bytes())
    }
}

/// Writes a row into its columns; tells whether a value was cut.
fn write_row(row: &[String], widths: &[usize], text: &mut String) -> bool {
    let mut line = String::new();
    let mut was_cut = false;
    for (cell, width) in row.iter().zip(widths) {
        let shown = cut(cell, *width);
        was_cut |= shown != *cell;
        let gap = (*width + GAP).saturating_sub(display_width(&shown));
        line.push_str(&shown);
        line.push_str(&" ".repeat(gap));
    }
    text.push_str(line.trim_end());
    text.push('\n');
    was_cut
}

fn print(bytes: &[u8]) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// Shares the width among the columns: each gets what it needs, and where that is too much the wide ones get equal parts.
fn fitting(rows: &[Vec<String>], width: usize) -> Vec<usize> {
    let n_columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let need = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| display_width(cell)).max()
    };
    let needs: Vec<usize> = (0..n_columns).map(|column| need(column).unwrap_or(0).max(1)).collect();
    let room = width.saturating_sub(GAP * n_columns.saturating_sub(1));
    let mut part = room;
    // The largest part with which all columns fit side by side.
    while part > NARROWEST && needs.iter().map(|need| need.min(&part)).sum::<usize>() > room {
        part -= 1;
    }
    needs.into_iter().map(|need| need.min(part)).collect()
}

/// A term of TSV without the marks that only a machine needs.
fn shown(cell: &str) -> String {
    let text = if let Some(iri) = cell.strip_prefix('<').and_then(|cell| cell.strip_suffix('>')) {
        shorten(iri).unwrap_or_else(|| iri.to_owned())
    } else if let Some((text, _)) = cell.strip_prefix('"').and_then(|cell| cell.rsplit_once('"')) {
        unescaped(text)
    } else {
        cell.trim_start_matches('?').to_owned()
    };
    harmless(&text).trim().to_owned()
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => match characters.next() {
                Some('t' | 'n' | 'r') => out.push(' '),
                Some(other) => out.push(other),
                None => {}
            },
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{fitting, shown};

    #[test]
    fn terms_are_shown_without_their_marks() {
        for (cell, expected) in [
            ("?code", "code"),
            ("<http://www.w3.org/2004/02/skos/core#broader>", "skos:broader"),
            ("<urn:uuid:1>", "urn:uuid:1"),
            ("\"a \\\"b\\\" \\\\ c\\nd\"@en", "a \"b\" \\ c d"),
            ("\"2021-07-31\"^^<http://www.w3.org/2001/XMLSchema#date>", "2021-07-31"),
            ("\"red \u{1b}[31m\"", "red  [31m"),
            ("12", "12"),
            ("", ""),
        ] {
            assert_eq!(shown(cell), expected, "{cell}");
        }
    }

    #[test]
    fn columns_share_the_width() {
        let row = |lengths: &[usize]| lengths.iter().map(|n| "x".repeat(*n)).collect::<Vec<_>>();
        assert_eq!(fitting(&[row(&[3, 5]), row(&[4, 1])], 20), [4, 5]);
        assert_eq!(fitting(&[row(&[4, 50, 60])], 40), [4, 16, 16]);
        assert_eq!(fitting(&[row(&[9; 10])], 40), [6; 10]);
        assert_eq!(fitting(&[row(&[0])], 40), [1]);
    }
}
