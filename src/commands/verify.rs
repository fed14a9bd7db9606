//! `alidade verify`: checks everything that was written against everything else.

use std::path::Path;

use index::verify::verify;

use crate::cli::Reading;
use crate::outcome::Outcome;
use crate::present::{print_json, print_verification};

pub(super) fn run(args: &Reading, data: &Path) -> anyhow::Result<Outcome> {
    let report = verify(data)?;
    if args.json {
        let mut answer = serde_json::to_value(&report)?;
        if let Some(fields) = answer.as_object_mut() {
            let generation = index::generations::Generations::of(data).current()?;
            fields.insert("generation".to_owned(), generation.into());
        }
        print_json(&answer)?;
    } else {
        print_verification(&report)?;
    }
    Ok(if report.is_sound() { Outcome::Done } else { Outcome::Damaged })
}
