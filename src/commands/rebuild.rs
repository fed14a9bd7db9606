//! `alidade rebuild`: makes the views anew from the ledger.

use index::publish::Occasion;

use crate::outcome::Outcome;
use crate::pipeline::Pipeline;
use crate::present::print_settled;

pub(super) fn run(mut pipeline: Pipeline) -> anyhow::Result<Outcome> {
    let settled = pipeline.rebuild(Occasion::Rebuilt)?;
    print_settled(&settled)?;
    Ok(if settled.applied.held.is_empty() { Outcome::Done } else { Outcome::SourceFailed })
}
