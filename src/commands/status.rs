//! `alidade status`: what the current generation holds.

use std::path::Path;

use index::Reader;

use crate::cli::Reading;
use crate::outcome::Outcome;
use crate::present::{print_json, print_status};

pub(super) fn run(args: &Reading, data: &Path) -> anyhow::Result<Outcome> {
    let reader = Reader::open(data)?;
    let records = reader.cards().records()?;
    if args.json {
        let mut manifest = serde_json::to_value(reader.manifest())?;
        if let Some(fields) = manifest.as_object_mut() {
            // The digests of the files are of use to a machine that copies them, and stand in the manifest itself.
            fields.remove("files");
        }
        print_json(&serde_json::json!({
            "generation": reader.manifest().generation, "data": data, "manifest": manifest, "sources": reader.sources(), "records": records,
        }))?;
    } else {
        print_status(reader.manifest(), reader.sources(), &records)?;
    }
    Ok(Outcome::Done)
}
