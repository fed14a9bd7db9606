//! `alidade search`: finds resources by their words or codes.

use std::path::Path;

use index::Reader;
use index::search::{Filters, SearchError, SearchQuery, search};
use ontology::identify;

use crate::cli::Search;
use crate::commands::cards;
use crate::lookup::FoundByWords;
use crate::outcome::{Outcome, UsageError};
use crate::present::{print_json, print_results};

pub(super) fn run(args: &Search, data: &Path) -> anyhow::Result<Outcome> {
    let framework = match &args.framework {
        Some(text) => {
            let key = identify(text).key;
            Some(
                key.ok_or_else(|| UsageError(format!("`{text}` is no identifier of a framework")))?,
            )
        }
        None => None,
    };
    let query = SearchQuery {
        filters: Filters {
            kinds: args.kind.into_iter().collect(),
            classes: args.class.iter().cloned().collect(),
            frameworks: framework.into_iter().collect(),
            ..Filters::default()
        },
        limit: args.limit,
        offset: args.offset,
        ..SearchQuery::new(args.words.join(" "))
    };
    let reader = Reader::open(data)?;
    let cards = cards(&reader, args.provisional);
    let results = match search(&cards, &query) {
        Ok(results) => results,
        Err(SearchError::Query(error)) => return Err(UsageError(error.to_string()).into()),
        Err(SearchError::Index(error)) => return Err(error.into()),
    };
    let found = FoundByWords { generation: reader.manifest().generation, results };
    if args.json {
        print_json(&found)?;
    } else {
        print_results(&found.results)?;
    }
    Ok(if found.results.hits.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}
