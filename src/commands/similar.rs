//! `alidade similar`: finds what says nearly the same.

use std::path::Path;

use index::cards::Cards;
use index::similar::{Likeness, SimilarQuery};
use index::{IndexError, Reader};
use ontology::CanonicalKey;
use serde::Serialize;
use time::OffsetDateTime;

use crate::cli::Similar;
use crate::commands::{answered, cards, narrowed, share};
use crate::likeness::{Named, Reported, alike, named, report_on, size, typed};
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
        Named::Resource(key) => query.of = Likeness::Resource(key),
        Named::Text => {}
        Named::Nothing(resolution) => return nothing(&text, resolution, args.json),
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
        let Some(key) = self.framework(framework)? else {
            return Err(UsageError(format!("`{framework}` is no framework that is held")).into());
        };
        // The first failure to print ends the printing; what is left is only counted.
        let mut printed = Ok(());
        let reported = self.over(key, query, &mut |duplicates| {
            if printed.is_ok() {
                printed =
                    if self.json { print_line(&duplicates) } else { print_duplicates(&duplicates) };
            }
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

    fn over(
        &self,
        framework: CanonicalKey,
        query: &SimilarQuery,
        visit: &mut dyn FnMut(index::similar::Duplicates),
    ) -> Result<Reported, IndexError> {
        report_on(self.cards, self.generation, (framework, query), visit)
    }

    fn framework(&self, id: &str) -> anyhow::Result<Option<CanonicalKey>> {
        let Named::Resource(key) = named(self.cards, id, self.as_of)? else { return Ok(None) };
        Ok(answered(size(self.cards, &key))?.map(|_| key))
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
