//! `alidade purge`: removes what must not be kept.

use std::path::Path;

use time::OffsetDateTime;

use crate::cli::Purge;
use crate::outcome::Outcome;
use crate::pipeline::Pipeline;
use crate::present::print_settled;

pub(super) fn run(args: &Purge, data: &Path, now: OffsetDateTime) -> anyhow::Result<Outcome> {
    let settled = Pipeline::open(data, now)?.purge(&args.source, &args.record, &args.reason)?;
    print_settled(&settled)?;
    Ok(Outcome::Done)
}
