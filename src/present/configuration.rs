//! A configuration as a person reads it: as TOML, with the origin of each value behind it.

use std::io::{self, Write};

use crate::config::{Configuration, Effective};
use crate::present::style::{DIM, HEADING, WARNING, painted};

/// Beyond this column no value pushes the origins of the others.
const FAR: usize = 56;

/// Prints every value that counts, and what is odd.
pub(crate) fn print_configuration(configuration: &Configuration) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    let file = configuration.file.as_ref().map(|file| format!("`{}`", file.display()));
    let file = file.unwrap_or_else(|| "no file".to_owned());
    writeln!(out, "{}", painted(DIM, &format!("# out of {file}, the environment and the flags")))?;
    let column = column(&configuration.effective);
    let mut table = String::new();
    for effective in &configuration.effective {
        let (tables, name) = named(effective);
        if tables != table {
            writeln!(out, "\n{}", painted(HEADING, &format!("[{tables}]")))?;
            table = tables;
        }
        let said = format!("{name} = {}", effective.to_toml());
        let origin = painted(DIM, &format!("# {}", effective.origin));
        writeln!(out, "{said:<column$}  {origin}")?;
    }
    for warning in &configuration.warnings {
        writeln!(out, "\n{}", painted(WARNING, &format!("# warning: {warning}")))?;
    }
    Ok(())
}

/// Where the origins begin.
fn column(values: &[Effective]) -> usize {
    let widths = values.iter().map(|effective| {
        let (_, name) = named(effective);
        name.chars().count() + 3 + effective.to_toml().chars().count()
    });
    widths.filter(|width| *width <= FAR).max().unwrap_or_default()
}

/// The table of a value, and its name in there.
fn named(effective: &Effective) -> (String, String) {
    let key = effective.key.to_string();
    match key.rsplit_once('.') {
        Some((table, name)) => (table.to_owned(), name.to_owned()),
        None => (String::new(), key),
    }
}
