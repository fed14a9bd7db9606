//! `alidade show`: a resource with everything around it.

use std::path::Path;

use index::Reader;
use index::context::context;
use index::resolve::resolve;
use time::OffsetDateTime;

use crate::cli::Show;
use crate::commands::day;
use crate::lookup::Answer;
use crate::outcome::Outcome;
use crate::present::{print_answer, print_context, print_json};

pub(super) fn run(args: &Show, data: &Path, now: OffsetDateTime) -> anyhow::Result<Outcome> {
    let as_of = day(args.as_of.as_deref(), now)?;
    let reader = Reader::open(data)?;
    let resolution = resolve(reader.cards(), &args.id, args.framework.as_deref(), &as_of)?;
    let key = resolution.resource().map(|found| found.chosen.card.key().clone());
    let context = key.map(|key| context(reader.cards(), &key, &as_of)).transpose()?.flatten();
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
