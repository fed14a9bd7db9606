//! What a data directory holds and whether it is sound, as a person reads it.

use std::io::{self, Write};

use index::card::RecordCard;
use index::manifest::Manifest;
use index::sources::SourceStatus;
use index::verify::Report;

use crate::present::block::{cut, line, number, styled_line, width};
use crate::present::style::{BAD, GOOD, HEADING, WARNING, painted};

/// The most records that are listed.
const MAX_RECORDS: usize = 40;

/// Prints what the current generation holds.
pub(crate) fn print_status(
    manifest: &Manifest,
    sources: &std::collections::BTreeMap<String, SourceStatus>,
    records: &[RecordCard],
) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    let counts = &manifest.counts;
    writeln!(out, "{}", painted(HEADING, &format!("Generation {}", manifest.generation)))?;
    line(&mut out, "published", &manifest.published_at)?;
    line(&mut out, "ledger", &format!("{} entries", number(manifest.ledger_seq)))?;
    for (kind, n) in &counts.resources {
        line(&mut out, kind, &number(*n))?;
    }
    if counts.withdrawn > 0 {
        line(&mut out, "withdrawn", &number(counts.withdrawn))?;
    }
    line(&mut out, "alignments", &number(counts.alignments))?;
    line(&mut out, "quads", &number(counts.quads))?;
    for (name, source) in sources {
        writeln!(out, "\n{}", painted(HEADING, name))?;
        let held = &source.held;
        let text =
            format!("{} records, {} resources", number(source.records), number(source.resources));
        line(&mut out, "holds", &text)?;
        line(&mut out, "retrieved", &source.fetched_at)?;
        if let Some(reason) = held {
            styled_line(
                &mut out,
                "held",
                &format!("{reason}; `alidade publish --accept {name}` applies it"),
                WARNING,
            )?;
        }
        for record in
            records.iter().filter(|record| record.origin.source == *name).take(MAX_RECORDS)
        {
            write_record(&mut out, record)?;
        }
    }
    Ok(())
}

fn write_record(out: &mut dyn Write, record: &RecordCard) -> io::Result<()> {
    let n_warnings: u64 = record.warnings.values().map(|count| count.n).sum();
    let n_resources: u64 = record.resources.values().sum();
    let title =
        record.framework.as_ref().and_then(|framework| framework.title.as_deref()).unwrap_or("");
    let gone = if record.tombstone { ", gone" } else { "" };
    writeln!(out, "  {}", cut(&record.origin.record, width().saturating_sub(2)))?;
    let what = format!("{} {title}", record.document);
    writeln!(out, "      {}", cut(&what, width().saturating_sub(6)))?;
    let numbers =
        format!("{} resources, {} warnings{gone}", number(n_resources), number(n_warnings));
    writeln!(out, "      {numbers}")
}

/// Prints what a verification found.
pub(crate) fn print_verification(report: &Report) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    for check in &report.checks {
        let style = if check.faults.is_empty() { GOOD } else { BAD };
        let word = if check.faults.is_empty() { "sound" } else { "damaged" };
        styled_line(
            &mut out,
            word,
            &format!("{} ({} checked)", check.name, number(check.n_checked)),
            style,
        )?;
        for fault in &check.faults {
            line(&mut out, "", fault)?;
        }
    }
    let Some(content) = &report.content else { return Ok(()) };
    line(&mut out, "content", &content.digest)?;
    let text = format!(
        "{} resources, {} alignments, {} quads, {} documents",
        number(content.resources),
        number(content.alignments),
        number(content.quads),
        number(content.documents)
    );
    line(&mut out, "", &text)
}
