//! `alidade show`: a resource with everything around it.

use std::path::Path;

use index::Reader;
use time::OffsetDateTime;

use crate::cli::Show;
use crate::commands::day;
use crate::lookup::{Answer, Shown, show};
use crate::outcome::Outcome;
use crate::present::{print_answer, print_context, print_json};

pub(super) fn run(args: &Show, data: &Path, now: OffsetDateTime) -> anyhow::Result<Outcome> {
    let as_of = day(args.as_of.as_deref(), now)?;
    let reader = Reader::open(data)?;
    match show(&reader, &args.id, args.framework.as_deref(), &as_of)? {
        Shown::Resource(shown) if args.json => print_json(&shown)?,
        Shown::Resource(shown) => print_context(&shown.context)?,
        Shown::Nothing(resolution) => {
            let answer = Answer::Identifier { text: args.id.clone(), resolution };
            if args.json {
                let generation = reader.manifest().generation;
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
