//! `alidade purge`: removes what must not be kept.

use crate::cli::Purge;
use crate::outcome::Outcome;
use crate::pipeline::Pipeline;
use crate::present::print_settled;

pub(super) fn run(args: &Purge, mut pipeline: Pipeline) -> anyhow::Result<Outcome> {
    let settled = pipeline.purge(&args.source, &args.record, &args.reason)?;
    print_settled(&settled)?;
    Ok(Outcome::Done)
}
