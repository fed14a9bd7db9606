//! What says nearly the same, as a person reads it.

use std::io::{self, Write};

use index::similar::{Duplicates, Similar};

use crate::likeness::{Alike, Reported};
use crate::present::block::{cut, line, number, width};
use crate::present::search::{heading, place};
use crate::present::style::{DIM, painted};

/// Prints what is like a text or a resource.
pub(crate) fn print_similar(found: &Alike) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    match found.similar.len() {
        0 => writeln!(out, "nothing says nearly the same")?,
        1 => writeln!(out, "1 says nearly the same")?,
        n => writeln!(out, "{n} say nearly the same")?,
    }
    for similar in &found.similar {
        let card = &similar.card;
        writeln!(out, "\n{}", heading(card, None))?;
        writeln!(out, "  {}", cut(&place(card), width().saturating_sub(2)))?;
        line(&mut out, similar.grade, &format!("{:.2}", similar.score))?;
        write_words(&mut out, "only here", &similar.only_here)?;
        write_words(&mut out, "only there", &similar.only_there)?;
        writeln!(out, "  {}", painted(DIM, &card.resource.identity().subject))?;
    }
    Ok(())
}

fn write_words(out: &mut dyn Write, label: &str, words: &[String]) -> io::Result<()> {
    if words.is_empty() { Ok(()) } else { line(out, label, &words.join(", ")) }
}

/// Prints one item of a report, and below it what says nearly the same.
pub(crate) fn print_duplicates(duplicates: &Duplicates) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    writeln!(out, "{}", heading(&duplicates.card, None))?;
    for similar in &duplicates.similar {
        writeln!(out, "  {}", row(similar))?;
    }
    writeln!(out)
}

fn row(similar: &Similar) -> String {
    let card = &similar.card;
    let code = card.resource.code().map(|code| format!("{code}  ")).unwrap_or_default();
    let row = format!(
        "{:.2}  {:<5}  {code}{}  ({})",
        similar.score,
        similar.grade,
        card.label(),
        place(card)
    );
    cut(&row, width().saturating_sub(2))
}

/// Prints how a report ended.
pub(crate) fn print_reported(reported: &Reported) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    let count = |n: usize| number(u64::try_from(n).unwrap_or(u64::MAX));
    let of = count(reported.items);
    writeln!(out, "{} of {of} items have near-duplicates", count(reported.with_duplicates))
}
