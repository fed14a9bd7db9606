//! `alidade show`: a resource with everything around it.

use std::path::Path;

use index::Reader;
use index::cards::{Cards, Page};
use index::context::{context, page_of_links};
use index::resolve::resolve;
use ontology::CanonicalKey;
use time::OffsetDateTime;

use crate::cli::Show;
use crate::commands::{cards, day};
use crate::lookup::Answer;
use crate::outcome::{Outcome, UsageError};
use crate::present::{print_answer, print_context, print_json, print_links};

pub(super) fn run(args: &Show, data: &Path, now: OffsetDateTime) -> anyhow::Result<Outcome> {
    let as_of = day(args.as_of.as_deref(), now)?;
    let reader = Reader::open(data)?;
    let cards = cards(&reader, args.provisional);
    let resolution = resolve(&cards, &args.id, args.framework.as_deref(), &as_of)?;
    let key = resolution.resource().map(|found| found.chosen.card.key().clone());
    if let (Some(key), Some(relation)) = (&key, &args.relation) {
        return show_links(&reader, &cards, key, relation, args);
    }
    let context = key.map(|key| context(&cards, &key, &as_of)).transpose()?.flatten();
    let Some(context) = context else {
        let answer = Answer::Identifier { text: args.id.clone(), resolution: Box::new(resolution) };
        if args.json {
            let generation = reader.manifest().generation;
            print_json(&serde_json::json!({ "generation": generation, "answer": answer }))?;
        } else {
            print_answer(&answer)?;
        }
        return Ok(Outcome::NothingFound);
    };
    if args.json {
        let generation = reader.manifest().generation;
        print_json(&serde_json::json!({ "generation": generation, "context": context }))?;
    } else {
        print_context(&context)?;
    }
    Ok(Outcome::Done)
}

/// Shows a page of the links of one type.
fn show_links(
    reader: &Reader,
    cards: &Cards,
    key: &CanonicalKey,
    relation: &str,
    args: &Show,
) -> anyhow::Result<Outcome> {
    let page = Page { offset: args.offset, limit: args.limit };
    let Some(links) = page_of_links(cards, key, relation, page)? else {
        return Err(UsageError(format!("`{relation}` is no type of link")).into());
    };
    if args.json {
        let generation = reader.manifest().generation;
        print_json(
            &serde_json::json!({ "generation": generation, "relation": relation, "links": links }),
        )?;
    } else {
        print_links(relation, &links)?;
    }
    Ok(if links.n > 0 { Outcome::Done } else { Outcome::NothingFound })
}
