//! `alidade sparql`: asks the graph.

use std::io::Read;
use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use index::Reader;
use index::sparql::{Format, Terms};

use crate::cli::{AnswerFormat, Sparql};
use crate::outcome::{Outcome, UsageError};
use crate::present::{Table, Verbatim};
use crate::sparql::{Request, ask};

/// The most bytes that a query may have.
const MAX_QUERY: u64 = 1 << 20;

pub(super) fn run(args: &Sparql, data: &Path) -> anyhow::Result<Outcome> {
    let query = read_query(&args.query)?;
    // Held until the worker is gone, so that the writer leaves the generation in place.
    let reader = Reader::open(data)?;
    let request = Request {
        folder: reader.folder().to_owned(),
        query,
        terms: Terms::default(),
        formats: formats(args.format),
        memory: args.memory.saturating_mul(1 << 20),
    };
    let timeout = Duration::from_secs(args.timeout);
    let found = if args.format == AnswerFormat::Table {
        let mut table = Table::new(reader.manifest().generation);
        let found = ask(&request, timeout, &mut table)?;
        table.finish()?;
        found
    } else {
        ask(&request, timeout, &mut Verbatim)?
    };
    drop(reader);
    Ok(if found { Outcome::Done } else { Outcome::NothingFound })
}

/// What the worker may write, the first that fits.
fn formats(format: AnswerFormat) -> Vec<Format> {
    match format {
        AnswerFormat::Table => vec![Format::Tsv, Format::Turtle],
        AnswerFormat::Json => vec![Format::Json],
        AnswerFormat::Csv => vec![Format::Csv],
        AnswerFormat::Tsv => vec![Format::Tsv],
        AnswerFormat::Turtle => vec![Format::Turtle],
        AnswerFormat::Ntriples => vec![Format::NTriples],
    }
}

/// Takes the query from the command line, from the file that it names, or from the standard input.
fn read_query(argument: &str) -> anyhow::Result<String> {
    let path = Path::new(argument);
    let mut bytes = Vec::new();
    if argument == "-" {
        let input = std::io::stdin().lock().take(MAX_QUERY + 1).read_to_end(&mut bytes);
        input.context("cannot read the standard input")?;
    } else if path.is_file() {
        let file = std::fs::File::open(path);
        file.and_then(|file| file.take(MAX_QUERY + 1).read_to_end(&mut bytes))
            .with_context(|| format!("cannot read `{argument}`"))?;
    } else if path.extension().is_some_and(|extension| extension == "rq") {
        return Err(UsageError(format!("there is no file `{argument}`")).into());
    } else {
        bytes.extend(argument.as_bytes());
    }
    if bytes.len() as u64 > MAX_QUERY {
        return Err(UsageError(format!("the query has more than {MAX_QUERY} bytes")).into());
    }
    let query = String::from_utf8(bytes);
    query.map_err(|error| {
        UsageError(format!("the query is no UTF-8: {}", error.utf8_error())).into()
    })
}
