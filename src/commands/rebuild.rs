//! `alidade rebuild`: makes the views anew from the ledger.

use std::path::Path;

use index::publish::Occasion;
use time::OffsetDateTime;

use crate::outcome::Outcome;
use crate::pipeline::Pipeline;
use crate::present::print_settled;

pub(super) fn run(data: &Path, now: OffsetDateTime) -> anyhow::Result<Outcome> {
    let mut pipeline = Pipeline::open(data, now)?;
    let settled = pipeline.rebuild(Occasion::Rebuilt)?;
    print_settled(&settled)?;
    Ok(if settled.applied.held.is_empty() { Outcome::Done } else { Outcome::SourceFailed })
}
