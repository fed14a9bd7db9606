//! How an import goes and what came of it, as a person reads it.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressStyle};

use crate::pipeline::{DocumentState, ImportReport, Progress, Settled};
use crate::present::block::{cut, line, number, paragraph, styled_line, width};
use crate::present::style::{BAD, GOOD, HEADING, WARNING, painted};

/// The most refused documents that are listed.
const MAX_REFUSED: usize = 40;

/// How many documents lie between two log lines.
const LOG_EVERY: usize = 1_000;

/// Shows the progress of an import: a bar on a terminal, log lines otherwise.
pub(crate) struct Bar(Option<ProgressBar>);

impl Bar {
    pub(crate) fn new() -> Self {
        Self(io::stderr().is_terminal().then(ProgressBar::hidden))
    }
}

impl Progress for Bar {
    fn begin(&mut self, bytes: u64) {
        let Some(bar) = &mut self.0 else { return tracing::info!(bytes, "reading") };
        *bar = ProgressBar::new(bytes);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes} {wide_msg}")
        {
            bar.set_style(style);
        }
    }

    fn advance(&mut self, bytes: u64) {
        if let Some(bar) = &self.0 {
            bar.inc(bytes);
        }
    }

    fn document(&mut self, report: &ImportReport) {
        let n = report.documents.len();
        match &self.0 {
            Some(bar) => bar.set_message(format!("{n} documents")),
            None if n.is_multiple_of(LOG_EVERY) => tracing::info!(documents = n, "reading"),
            None => {}
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

/// Prints the report of an import.
pub(crate) fn print_report(report: &ImportReport) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    for (source, root) in &report.sources {
        writeln!(out, "{}  {root}", painted(HEADING, source))?;
    }
    let accepted = report.count(DocumentState::Accepted);
    let unchanged = report.count(DocumentState::Unchanged);
    let refused = report.refused.len();
    writeln!(
        out,
        "{} files: {accepted} documents accepted, {unchanged} unchanged, {}{refused} refused",
        number(report.files),
        withdrawn(report)
    )?;
    write_table(&mut out, "In the documents", &report.sum(|document| &document.counts))?;
    write_table(&mut out, "Resources", &report.sum(|document| &document.resources))?;
    write_table(&mut out, "Alignments", &report.sum(|document| &document.alignments))?;
    write_warnings(&mut out, report)?;
    write_refused(&mut out, report)?;
    write_skipped(&mut out, report)?;
    for failed in &report.failed {
        styled_line(&mut out, "failed", &format!("{}: {}", failed.place, failed.reason), BAD)?;
    }
    Ok(())
}

/// What is said of withdrawals, which files of documents know nothing of.
fn withdrawn(report: &ImportReport) -> String {
    match (report.withdrawn, report.withdrawn_before) {
        (0, 0) => String::new(),
        (n, 0) => format!("{} withdrawn, ", number(n)),
        (n, before) => format!("{} withdrawn ({} were before), ", number(n), number(before)),
    }
}

fn write_table(out: &mut dyn Write, title: &str, counts: &BTreeMap<String, u64>) -> io::Result<()> {
    if counts.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", painted(HEADING, title))?;
    for (name, n) in counts {
        writeln!(out, "  {:>11}  {name}", number(*n))?;
    }
    Ok(())
}

fn write_warnings(out: &mut dyn Write, report: &ImportReport) -> io::Result<()> {
    let warnings = report.warnings();
    if warnings.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", painted(HEADING, "Warnings"))?;
    for (kind, count) in warnings {
        writeln!(out, "  {:>11}  {}", number(count.n), painted(WARNING, &kind))?;
        writeln!(
            out,
            "               {}",
            cut(&format!("at {}", count.pointer), width().saturating_sub(15))
        )?;
        if !count.detail.is_empty() {
            writeln!(
                out,
                "               {}",
                cut(&format!("“{}”", count.detail), width().saturating_sub(15))
            )?;
        }
    }
    Ok(())
}

fn write_refused(out: &mut dyn Write, report: &ImportReport) -> io::Result<()> {
    if !report.refused.is_empty() {
        writeln!(out, "\n{}", painted(HEADING, "Refused"))?;
    }
    for refusal in report.refused.iter().take(MAX_REFUSED) {
        writeln!(out, "  {}", refusal.place)?;
        paragraph(out, 15, &refusal.reason)?;
    }
    let more = report.refused.len().saturating_sub(MAX_REFUSED);
    if more > 0 {
        writeln!(out, "  and {more} more; `--json` lists them all")?;
    }
    if report.about_people > 0 {
        let n = report.about_people;
        writeln!(out)?;
        paragraph(
            out,
            2,
            &format!("{n} documents are about people; they were not kept, and are not named here."),
        )?;
    }
    Ok(())
}

fn write_skipped(out: &mut dyn Write, report: &ImportReport) -> io::Result<()> {
    if report.skipped.is_empty() {
        return Ok(());
    }
    let reasons: Vec<String> =
        report.skipped.iter().map(|(why, n)| format!("{n} × {why}")).collect();
    writeln!(out)?;
    line(out, "skipped", &reasons.join(", "))
}

/// Prints what was published, or that nothing has moved.
pub(crate) fn print_settled(settled: &Settled) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    writeln!(out)?;
    match &settled.published {
        Some(published) => {
            let counts = &published.counts;
            let resources: u64 = counts.resources.values().sum();
            let text = format!(
                "generation {}: {} resources, {} alignments, {} quads; {} changes",
                published.generation,
                number(resources),
                number(counts.alignments),
                number(counts.quads),
                number(published.changes)
            );
            styled_line(&mut out, "published", &text, GOOD)?;
        }
        None => line(&mut out, "published", "nothing: everything was known already")?,
    }
    for (source, reason) in &settled.applied.held {
        let text = format!("{source} {reason}; `alidade publish --accept {source}` applies it");
        styled_line(&mut out, "held", &text, WARNING)?;
    }
    Ok(())
}
