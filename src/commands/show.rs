//! `alidade show`: a resource with everything around it.

use std::path::Path;

use index::Reader;
use index::cards::Page;
use time::OffsetDateTime;

use crate::cli::Show;
use crate::commands::{cards, day};
use crate::lookup::{Answer, Question, Shown, show};
use crate::outcome::{Outcome, UsageError};
use crate::present::{print_answer, print_context, print_json, print_links};

pub(super) fn run(args: &Show, data: &Path, now: OffsetDateTime) -> anyhow::Result<Outcome> {
    let as_of = day(args.as_of.as_deref(), now)?;
    let reader = Reader::open(data)?;
    let generation = reader.manifest().generation;
    let page = Page { offset: args.offset, limit: args.limit };
    let question = Question {
        id: &args.id,
        framework: args.framework.as_deref(),
        relation: args.relation.as_deref().map(|relation| (relation, page)),
        as_of: &as_of,
    };
    match show(&cards(&reader, args.provisional), generation, &question)? {
        Shown::Resource(shown) if args.json => print_json(&shown)?,
        Shown::Resource(shown) => print_context(&shown.context)?,
        Shown::Links(shown) if args.json => print_json(&shown)?,
        Shown::Links(shown) => print_links(&shown.relation, &shown.links)?,
        Shown::NoRelation => {
            let relation = args.relation.as_deref().unwrap_or_default();
            return Err(UsageError(format!("`{relation}` is no type of link")).into());
        }
        Shown::Nothing(resolution) => {
            let answer = Answer::Identifier { text: args.id.clone(), resolution };
            if args.json {
                print_json(
                    &serde_json::json!({ "generation": generation, "asOf": as_of, "answer": answer }),
                )?;
            } else {
                print_answer(&answer)?;
            }
            return Ok(Outcome::NothingFound);
        }
    }
    Ok(Outcome::Done)
}
