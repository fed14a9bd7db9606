//! What was exported, as a person reads it: beside what was written, which may go to the standard output.

use std::collections::BTreeSet;
use std::io;

use index::digest::Digest;
use index::dump::Selection;

use crate::present::block::{line, number, styled_line};
use crate::present::style::{GOOD, WARNING};

/// Says what was written, by which digest it is known, and what was left out.
pub(crate) fn print_exported(
    items: &str,
    n: u64,
    selection: &Selection,
    digest: Digest,
) -> io::Result<()> {
    let mut out = anstream::stderr().lock();
    let count = |n: usize| number(u64::try_from(n).unwrap_or(u64::MAX));
    let sources: BTreeSet<&str> =
        selection.records.iter().map(|record| record.source.as_str()).collect();
    let text = format!(
        "{} {items} of {} records from {} sources",
        number(n),
        count(selection.records.len()),
        count(sources.len())
    );
    if selection.records.is_empty() {
        line(&mut out, "exported", "nothing")?;
    } else {
        styled_line(&mut out, "exported", &text, GOOD)?;
    }
    line(&mut out, "sha256", &digest.to_string())?;
    for (source, n) in &selection.left_out {
        let text = format!("{} records of {source}, which may not be given away", number(*n));
        styled_line(&mut out, "left out", &text, WARNING)?;
    }
    Ok(())
}
