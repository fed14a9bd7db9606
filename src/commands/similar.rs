//! `alidade similar`: finds what says nearly the same.

use std::ops::ControlFlow;
use std::path::Path;

use index::Reader;
use index::cards::Cards;
use index::similar::{Likeness, SimilarQuery};
use serde::Serialize;
use time::OffsetDateTime;

use crate::cli::Similar;
use crate::commands::{answered, cards, narrowed, share};
use crate::likeness::{NOT_ELSEWHERE, Typed, alike, named, report_on, size, typed};
use crate::lookup::Answer;
use crate::outcome::{Outcome, UsageError};
use crate::present::{
    print_answer, print_duplicates, print_json, print_line, print_reported, print_similar,
};

pub(super) fn run(args: &Similar, data: &Path, now: OffsetDateTime) -> anyhow::Result<Outcome> {
    let mut query = SimilarQuery {
        of: Likeness::Text(args.of.join(" ")),
        filters: narrowed(&args.narrowing, now)?,
        elsewhere: args.elsewhere,
        threshold: share("threshold", args.threshold)?,
        limit: args.limit,
    };
    let as_of = query.filters.as_of.clone().unwrap_or_default();
    let reader = Reader::open(data)?;
    let generation = reader.manifest().generation;
    let cards = cards(&reader, args.provisional);
    if let Some(framework) = &args.report {
        let asked = Asked { cards: &cards, generation, as_of: &as_of, json: args.json };
        return asked.report(framework, &query);
    }
    let text = args.of.join(" ");
    match typed(&cards, &text, &as_of)? {
        Typed::Resource(key) => query.of = Likeness::Resource(key),
        Typed::Text if args.elsewhere => return Err(UsageError(NOT_ELSEWHERE.to_owned()).into()),
        Typed::Text => {}
        Typed::Nothing(resolution) => return nothing(&text, resolution, args.json),
    }
    let found = answered(alike(&cards, generation, &query))?;
    let Some(found) = found else { return Ok(Outcome::NothingFound) };
    if args.json {
        print_json(&found)?;
    } else {
        print_similar(&found)?;
    }
    Ok(if found.similar.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}

/// Whom a report asks, and how it is printed.
struct Asked<'a> {
    cards: &'a Cards,
    generation: u64,
    as_of: &'a str,
    json: bool,
}

impl Asked<'_> {
    /// Prints the items of a framework that have near-duplicates, one after another as they are found.
    fn report(&self, framework: &str, query: &SimilarQuery) -> anyhow::Result<Outcome> {
        let key = match named(self.cards, framework, self.as_of)? {
            Ok(key) => key,
            Err(resolution) => return nothing(framework, resolution, self.json),
        };
        if answered(size(self.cards, &key))?.is_none() {
            return Err(UsageError(format!("`{framework}` is no framework")).into());
        }
        // The first failure to print ends the report.
        let mut printed = Ok(());
        let reported = report_on(self.cards, self.generation, (key, query), &mut |item| {
            printed = match item.similar.as_slice() {
                [] => Ok(()),
                _ if self.json => print_line(&item),
                _ => print_duplicates(&item),
            };
            if printed.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        printed?;
        if self.json {
            print_line(&reported)?;
        } else {
            print_reported(&reported)?;
        }
        let is_none = reported.with_duplicates == 0;
        Ok(if is_none { Outcome::NothingFound } else { Outcome::Done })
    }
}

/// What an identifier that names nothing, or several, comes to.
#[derive(Serialize)]
struct Unnamed {
    answer: Answer,
}

fn nothing(
    text: &str,
    resolution: Box<index::resolve::Resolution>,
    json: bool,
) -> anyhow::Result<Outcome> {
    let answer = Answer::Identifier { text: text.to_owned(), resolution };
    if json {
        print_json(&Unnamed { answer })?;
    } else {
        print_answer(&answer)?;
    }
    Ok(Outcome::NothingFound)
}
