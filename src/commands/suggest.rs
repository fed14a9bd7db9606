//! `alidade suggest`: names the competencies that a text is about.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use index::Reader;
use index::suggest::{SuggestQuery, suggest};
use time::OffsetDateTime;

use crate::cli::Suggest;
use crate::commands::{answered, cards, narrowed, share};
use crate::lookup::Suggestions;
use crate::outcome::{Outcome, UsageError};
use crate::present::{print_json, print_suggestions};

/// The most bytes of a text that are read; what an index takes has fewer.
const MAX_BYTES: u64 = 1 << 20;

pub(super) fn run(args: &Suggest, data: &Path, now: OffsetDateTime) -> anyhow::Result<Outcome> {
    let query = SuggestQuery {
        text: text(args)?,
        filters: narrowed(&args.narrowing, now)?,
        language: args.lang.clone(),
        threshold: share("threshold", args.threshold)?,
        limit: args.limit,
    };
    let reader = Reader::open(data)?;
    let suggestions = answered(suggest(&cards(&reader, args.provisional), &query))?;
    let found = Suggestions { generation: reader.manifest().generation, suggestions };
    if args.json {
        print_json(&found)?;
    } else {
        print_suggestions(&query.text, &found.suggestions)?;
    }
    Ok(if found.suggestions.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}

/// The text, from wherever it comes.
fn text(args: &Suggest) -> Result<String, UsageError> {
    if args.text == ["-"] {
        return read("the standard input", io::stdin().lock());
    }
    let Some(path) = &args.file else { return Ok(args.text.join(" ")) };
    let name = format!("`{}`", path.display());
    match File::open(path) {
        Ok(file) => read(&name, file),
        Err(error) => Err(unreadable(&name, &error)),
    }
}

fn read(name: &str, from: impl Read) -> Result<String, UsageError> {
    let mut text = String::new();
    match from.take(MAX_BYTES).read_to_string(&mut text) {
        Ok(_) => Ok(text),
        Err(error) => Err(unreadable(name, &error)),
    }
}

fn unreadable(name: &str, error: &io::Error) -> UsageError {
    UsageError(format!("{name} cannot be read: {error}"))
}
