//! `alidade publish`: publishes what waits, and releases what the brake holds.

use std::collections::BTreeSet;

use crate::cli::Publish;
use crate::outcome::{Outcome, UsageError};
use crate::pipeline::Pipeline;
use crate::present::print_settled;

pub(super) fn run(args: &Publish, mut pipeline: Pipeline) -> anyhow::Result<Outcome> {
    let known = pipeline.sources();
    if let Some(unknown) = args.accept.iter().find(|source| !known.contains(*source)) {
        return Err(UsageError(format!("no source is called `{unknown}`")).into());
    }
    let accepted: BTreeSet<String> = args.accept.iter().cloned().collect();
    let settled = pipeline.settle(&accepted)?;
    print_settled(&settled)?;
    Ok(if settled.applied.held.is_empty() { Outcome::Done } else { Outcome::SourceFailed })
}
