//! `alidade search`: finds resources by their words, codes or identifiers.

use std::io::IsTerminal;
use std::path::Path;

use index::Reader;
use index::search::{SearchQuery, search};
use time::OffsetDateTime;

use crate::cli::Search;
use crate::commands::{answered, cards, mistyped, narrowed};
use crate::lookup::FoundByWords;
use crate::narrowing::{facets, order};
use crate::outcome::{Outcome, UsageError};
use crate::present::{print_json, print_results};

pub(super) fn run(args: &Search, data: &Path, now: OffsetDateTime) -> anyhow::Result<Outcome> {
    let query = query(args, now)?;
    let reader = Reader::open(data)?;
    let cards = cards(&reader, args.provisional);
    let results = answered(search(&cards, &query))?;
    let found = FoundByWords { generation: reader.manifest().generation, results };
    if args.json {
        print_json(&found)?;
    } else {
        print_results(&query, &found.results)?;
    }
    // Who asks for no hits asks how many there are.
    let is_found = !found.results.hits.is_empty() || (args.limit == 0 && found.results.total > 0);
    Ok(if is_found { Outcome::Done } else { Outcome::NothingFound })
}

fn query(args: &Search, now: OffsetDateTime) -> Result<SearchQuery, UsageError> {
    let filters = narrowed(&args.narrowing, now)?;
    Ok(SearchQuery {
        as_of: filters.as_of.clone(),
        filters,
        facets: facets(&args.facet).map_err(mistyped)?,
        order: order(&args.sort).map_err(mistyped)?,
        language: args.lang.clone(),
        highlight: args.highlight || (!args.json && std::io::stdout().is_terminal()),
        explain: args.explain,
        limit: args.limit,
        offset: args.offset,
        cursor: args.cursor.clone(),
        ..SearchQuery::new(args.words.join(" "))
    })
}
