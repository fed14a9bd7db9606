//! `alidade sources`: what is known of the sources.

use std::path::Path;

use index::Reader;
use time::OffsetDateTime;

use crate::cli::Reading;
use crate::config::{Configuration, Inputs, Secrets};
use crate::outcome::Outcome;
use crate::present::{print_json, print_sources};
use crate::runs::stamp;
use crate::sources::Sources;

pub(super) fn run(
    args: &Reading,
    data: &Path,
    inputs: &Inputs,
    now: OffsetDateTime,
) -> anyhow::Result<Outcome> {
    let configured = Configuration::load(inputs, Secrets::Left)?.sources;
    let reader = Reader::open_if_any(data)?;
    let sources = Sources { data: data.to_owned(), configured };
    let described = sources.describe(reader.as_ref(), now)?;
    if args.json {
        print_json(&described)?;
    } else {
        print_sources(&described.sources, &stamp(now))?;
    }
    Ok(if described.sources.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}
