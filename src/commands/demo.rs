//! `alidade demo`: the sample set, imported and its badges resolved.

use std::path::{Path, PathBuf};

use anyhow::Context;
use index::Reader;
use time::OffsetDateTime;

use crate::cli::{Demo, Import};
use crate::commands::{day, import};
use crate::lookup::answer;
use crate::outcome::{Outcome, UsageError};
use crate::present::print_answer;

pub(super) fn run(
    args: &Demo,
    data: Option<PathBuf>,
    now: OffsetDateTime,
) -> anyhow::Result<Outcome> {
    let frameworks = args.samples.join("frameworks");
    if !frameworks.is_dir() {
        let place = args.samples.display();
        return Err(UsageError(format!(
            "`{place}` holds no sample set; name its folder with --samples"
        ))
        .into());
    }
    let passing = tempfile::tempdir().context("cannot make a folder for the demonstration")?;
    let data = data.unwrap_or_else(|| passing.path().to_owned());
    import::run(&Import { paths: vec![frameworks], accept: false, json: false }, &data, now)?;
    let reader = Reader::open(&data)?;
    let today = day(None, now)?;
    for badge in badges(&args.samples.join("badges"))? {
        print_answer(&answer(reader.cards(), &badge, None, &today)?)?;
    }
    Ok(Outcome::Done)
}

fn badges(folder: &Path) -> anyhow::Result<Vec<String>> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("cannot read `{}`", folder.display()))?;
    let mut badges = Vec::new();
    for entry in entries {
        badges.push(entry?.path().to_string_lossy().into_owned());
    }
    badges.sort();
    Ok(badges)
}
