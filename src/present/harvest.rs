//! What came of a harvest, as a person reads it.

use std::io::{self, Write};

use crawler::report::{Ending, RunReport};
use index::changes::{Change, Summary, What};

use crate::harvest::Harvested;
use crate::present::block::{line, number, styled_line};
use crate::present::style::{BAD, GOOD, HEADING, WARNING, painted};

/// The most refusals and remarks that are listed.
const LISTED: usize = 5;

/// Prints what came of each source, and what was published.
pub(crate) fn print_harvest(harvested: &Harvested) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    for (source, report) in &harvested.reports {
        writeln!(out, "{}", painted(HEADING, source))?;
        write_run(&mut out, report)?;
        if let Some(summary) = harvested.summaries.get(source) {
            write_summary(&mut out, summary)?;
        }
        if let Some(reason) = harvested.held.get(source) {
            write_held(&mut out, source, reason)?;
        }
        writeln!(out)?;
    }
    match &harvested.published {
        Some(published) => {
            let text = format!(
                "generation {}: {} resources, {} quads",
                published.generation,
                number(published.counts.resources.values().sum()),
                number(published.counts.quads)
            );
            styled_line(&mut out, "published", &text, GOOD)
        }
        None => line(&mut out, "published", "nothing: everything was known already"),
    }
}

/// Writes how a run ended and what it brought.
pub(crate) fn write_run(out: &mut dyn Write, report: &RunReport) -> io::Result<()> {
    let (word, style) = match report.ending {
        Ending::Complete => ("complete", GOOD),
        Ending::Partial => ("partial", WARNING),
        Ending::Failed => ("failed", BAD),
        Ending::Stopped => ("stopped", WARNING),
        Ending::Secured => ("secured", WARNING),
    };
    styled_line(out, word, &documents(report), style)?;
    if let Some(error) = &report.error {
        line(out, "because", error)?;
    }
    for refused in report.refusals.iter().take(LISTED) {
        line(out, "refused", &format!("{}: {}", refused.place, refused.reason))?;
    }
    for remark in report.remarks.iter().take(LISTED) {
        line(out, "note", remark)?;
    }
    let unsaid = report.remarks.len().saturating_sub(LISTED);
    if unsaid > 0 {
        line(out, "", &format!("and {unsaid} more; `--json` has them"))?;
    }
    Ok(())
}

/// What a run did, the numbers that are nothing left out.
fn documents(report: &RunReport) -> String {
    let counts = [
        (report.accepted, "new or changed"),
        (report.unchanged, "fetched and found unchanged"),
        (report.not_modified, "unchanged by the server's word"),
        (report.withdrawn, "withdrawn"),
        (report.missing, "missing, not confirmed yet"),
        (report.refused, "refused"),
        (report.about_people, "about people, and not kept"),
    ];
    let said = counts.iter().filter(|(n, _)| *n > 0);
    let mut said: Vec<String> = said.map(|(n, what)| format!("{} {what}", number(*n))).collect();
    if said.is_empty() {
        said.push("no documents".to_owned());
    }
    format!("{}; {} requests, {}", said.join(", "), number(report.requests), size(report.bytes))
}

/// Writes bytes in a unit that keeps them short.
fn size(bytes: u64) -> String {
    indicatif::HumanBytes(bytes).to_string()
}

/// Writes what changed of a source, with an example of each sort.
pub(crate) fn write_summary(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    let counts = [
        (summary.added, "added"),
        (summary.reworded, "reworded"),
        (summary.moved, "moved"),
        (summary.changed, "changed otherwise"),
        (summary.retired, "retired"),
    ];
    let said = counts.iter().filter(|(n, _)| *n > 0);
    let said: Vec<String> = said.map(|(n, what)| format!("{} {what}", number(*n))).collect();
    if said.is_empty() {
        return Ok(());
    }
    line(out, "resources", &said.join(", "))?;
    let mut shown: Option<What> = None;
    for example in &summary.examples {
        // What is new needs no example; of everything else, the first.
        if example.change != What::Added && shown != Some(example.change) {
            line(out, "", &example_of(example))?;
            shown = Some(example.change);
        }
    }
    Ok(())
}

fn example_of(change: &Change) -> String {
    let words = change.new.as_ref().or(change.old.as_ref());
    let name = words.map(|words| match &words.code {
        Some(code) => format!("{code} {}", words.name),
        None => words.name.clone(),
    });
    let name = name.unwrap_or_else(|| change.subject.clone());
    let text = |of: &Option<index::changes::Words>| {
        of.as_ref().map(|words| words.text.clone().unwrap_or_else(|| words.name.clone()))
    };
    match change.change {
        What::Changed if change.old != change.new => format!(
            "{name}: “{}” is now “{}”",
            text(&change.old).unwrap_or_default(),
            text(&change.new).unwrap_or_default()
        ),
        What::Moved => {
            let under = change.new.as_ref().and_then(|words| words.under.clone());
            format!("{name} is now under {}", under.unwrap_or_default())
        }
        What::Added | What::Changed => name,
        What::Retired => format!("{name} is gone"),
    }
}

/// Writes that a source waits, and for what.
pub(crate) fn write_held(out: &mut dyn Write, source: &str, reason: &str) -> io::Result<()> {
    let text = format!("{reason}; `alidade publish --accept {source}` applies it");
    styled_line(out, "held", &text, WARNING)
}
