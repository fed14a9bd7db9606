//! What is known of the sources, as a person reads it: a paragraph for each.

use std::io::{self, Write};

use index::changes::Summary;
use serde_json::{Map, Value};

use crate::present::block::{line, number, optional_line, styled_line};
use crate::present::harvest::{write_held, write_summary};
use crate::present::style::{BAD, HEADING, WARNING, painted};

/// The most examples of changes, and of conflicts, that are shown.
const MAX_EXAMPLES: usize = 3;

/// The numbers of a run that are told where they are not nought, with their words.
const NUMBERS: [(&str, &str); 8] = [
    ("accepted", "new or changed"),
    ("unchanged", "unchanged"),
    ("notModified", "not modified"),
    ("withdrawn", "withdrawn"),
    ("missing", "missing"),
    ("refused", "refused"),
    ("aboutPeople", "about people"),
    ("requests", "requests"),
];

/// Prints all sources.
pub(crate) fn print_sources(sources: &Map<String, Value>, now: &str) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    let mut is_first = true;
    for (name, source) in sources {
        if !is_first {
            writeln!(out)?;
        }
        is_first = false;
        write_source(&mut out, name, source, now)?;
    }
    if is_first {
        writeln!(out, "no source is configured, and nothing was imported")?;
    }
    Ok(())
}

fn write_source(out: &mut dyn Write, name: &str, source: &Value, now: &str) -> io::Result<()> {
    writeln!(out, "{} ({})", painted(HEADING, name), text(source, "kind").unwrap_or_default())?;
    optional_line(out, "address", text(source, "url"))?;
    write_terms(out, field(source, "terms"))?;
    let holds = format!(
        "{} records, {} resources",
        number(count(source, "records")),
        number(count(source, "resources"))
    );
    line(out, "holds", &holds)?;
    optional_line(out, "retrieved", text(source, "fetchedAt"))?;
    write_run(out, source)?;
    write_changes(out, field(source, "lastChanges"))?;
    write_conflicts(out, source)?;
    if let Some(reason) = text(source, "held") {
        write_held(out, name, reason)?;
    }
    let by_hand = format!("only when `alidade harvest {name}` says so");
    let due = match (text(source, "nextDue"), text(source, "schedule")) {
        // Both are in UTC and written alike.
        (Some(due), _) => Some(if due <= now { "now" } else { due }),
        (None, Some(_)) => Some(by_hand.as_str()),
        (None, None) => None,
    };
    optional_line(out, "next due", due)
}

fn write_terms(out: &mut dyn Write, terms: &Value) -> io::Result<()> {
    optional_line(out, "licence", text(terms, "licence"))?;
    optional_line(out, "terms", text(terms, "terms"))?;
    if *field(terms, "redistribute") == Value::Bool(false) {
        styled_line(out, "", "not to be handed on: in no dump and no export", WARNING)?;
    }
    Ok(())
}

fn write_run(out: &mut dyn Write, source: &Value) -> io::Result<()> {
    let run = field(source, "lastRun");
    let Some(started) = text(run, "startedAt") else {
        // What was imported has no run; what is configured and has none has not been asked.
        let is_configured = text(source, "schedule").is_some();
        return optional_line(out, "last run", is_configured.then_some("never"));
    };
    let Some(finished) = text(run, "finishedAt") else {
        let words = format!("begun {started}, and not at its end: it goes on, or died");
        return line(out, "last run", &words);
    };
    let numbers = NUMBERS.iter().filter_map(|(name, words)| {
        let n = count(run, name);
        (n > 0).then(|| format!("{} {words}", number(n)))
    });
    let numbers = numbers.collect::<Vec<_>>().join(", ");
    let ending = text(run, "ending").unwrap_or_default();
    let style = match ending {
        "failed" => BAD,
        "partial" | "stopped" | "secured" => WARNING,
        _ => anstyle::Style::new(),
    };
    styled_line(out, "last run", &format!("{} at {finished}", in_words(ending)), style)?;
    optional_line(out, "", Some(&numbers))?;
    if let Some(error) = text(run, "error") {
        styled_line(out, "error", error, style)?;
    }
    for remark in field(run, "remarks").as_array().into_iter().flatten().filter_map(Value::as_str) {
        line(out, "remark", remark)?;
    }
    let success = text(source, "lastSuccess").filter(|success| *success != finished);
    optional_line(out, "succeeded", success)
}

/// An ending in the words of somebody who was not there.
fn in_words(ending: &str) -> &str {
    match ending {
        "complete" => "complete",
        "partial" => "all but what was not given, ended",
        "failed" => "failed",
        "stopped" => "stopped before its end",
        "secured" => "the source shows nothing without other credentials, asked",
        other => other,
    }
}

fn write_changes(out: &mut dyn Write, changes: &Value) -> io::Result<()> {
    match serde_json::from_value::<Summary>(changes.clone()) {
        Ok(summary) => write_summary(out, &summary),
        // There are none.
        Err(_) => Ok(()),
    }
}

fn write_conflicts(out: &mut dyn Write, source: &Value) -> io::Result<()> {
    let conflicts = field(source, "conflicts");
    let conflicts = conflicts.as_array().map(Vec::as_slice).unwrap_or_default();
    if conflicts.is_empty() {
        return Ok(());
    }
    let n = u64::try_from(conflicts.len()).unwrap_or(u64::MAX);
    let n = count(source, "nConflicts").max(n);
    let words = format!("{} documents that several records describe", number(n));
    styled_line(out, "conflicts", &words, WARNING)?;
    for conflict in conflicts.iter().take(MAX_EXAMPLES) {
        let title = text(conflict, "title").unwrap_or_default();
        let says = match field(conflict, "differs") {
            Value::Bool(true) => "in other words",
            Value::Bool(false) => "in the same words",
            _ => "nobody has compared them",
        };
        let records = field(conflict, "records").as_array().into_iter().flatten();
        let names = records.filter_map(|record| {
            Some(format!("{} of {}", text(record, "record")?, text(record, "source")?))
        });
        let names: Vec<String> = names.collect();
        let answers = names.first().map_or("", String::as_str);
        let line_of = format!("{title}: in {}, {says}; {answers} answers", names.join(" and "));
        line(out, "", &line_of)?;
    }
    Ok(())
}

fn field<'a>(value: &'a Value, name: &str) -> &'a Value {
    value.get(name).unwrap_or(&Value::Null)
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

fn count(value: &Value, name: &str) -> u64 {
    value.get(name).and_then(Value::as_u64).unwrap_or_default()
}
