//! `alidade resolve`: says what identifiers, codes and credentials point at.

use std::path::Path;

use index::Reader;
use time::OffsetDateTime;

use crate::cli::Resolve;
use crate::commands::{cards, day};
use crate::lookup::{Answer, add_suggestions, answer};
use crate::outcome::Outcome;
use crate::present::{print_answer, print_json};

pub(super) fn run(args: &Resolve, data: &Path, now: OffsetDateTime) -> anyhow::Result<Outcome> {
    let as_of = day(args.as_of.as_deref(), now)?;
    let reader = Reader::open(data)?;
    let cards = cards(&reader, args.provisional);
    let mut answers = Vec::with_capacity(args.inputs.len());
    for input in &args.inputs {
        let mut answer = answer(&cards, input, args.framework.as_deref(), &as_of)?;
        if args.suggest {
            add_suggestions(&cards, &mut answer)?;
        }
        if !args.json {
            print_answer(&answer)?;
        }
        answers.push(answer);
    }
    if args.json {
        let generation = reader.manifest().generation;
        print_json(
            &serde_json::json!({ "generation": generation, "asOf": as_of, "answers": answers }),
        )?;
    }
    Ok(outcome(&answers))
}

/// A file that cannot be read weighs more than an identifier that is not resolved.
fn outcome(answers: &[Answer]) -> Outcome {
    if answers.iter().any(|answer| matches!(answer, Answer::Unreadable { .. })) {
        Outcome::Unreadable
    } else if answers.iter().all(Answer::is_resolved) {
        Outcome::Done
    } else {
        Outcome::NothingFound
    }
}
