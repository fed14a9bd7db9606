//! `alidade import`: takes in documents and publishes them.

use std::path::Path;

use anyhow::Context;

use crate::cli::Import;
use crate::outcome::Outcome;
use crate::pipeline::{ImportReport, Pipeline, Refusal};
use crate::present::{Bar, print_json, print_report, print_settled};

pub(super) fn run(args: &Import, mut pipeline: Pipeline) -> anyhow::Result<Outcome> {
    let mut report = ImportReport::default();
    {
        let mut bar = Bar::new();
        for path in &args.paths {
            take_in(&mut pipeline, path, &mut report, &mut bar)?;
        }
    }
    let accepted = if args.accept {
        report.sources.keys().cloned().collect()
    } else {
        std::collections::BTreeSet::default()
    };
    let settled =
        pipeline.settle(&accepted).context("the views could not be brought up to the ledger")?;
    report.held = settled.applied.held.clone();
    if let Some(published) = &settled.published {
        report.generation = Some(published.generation);
        report.quads = published.counts.quads;
        report.changes = published.changes;
    }
    if args.json {
        print_json(&report)?;
    } else {
        print_report(&report)?;
        print_settled(&settled)?;
    }
    Ok(outcome(&report))
}

/// Takes in one path; a path that cannot be read does not stop the others, a store that fails does.
fn take_in(
    pipeline: &mut Pipeline,
    path: &Path,
    report: &mut ImportReport,
    bar: &mut Bar,
) -> anyhow::Result<()> {
    match pipeline.take_in(path, report, bar) {
        Err(error) if error.downcast_ref::<index::IndexError>().is_none() => {
            report
                .failed
                .push(Refusal { place: path.display().to_string(), reason: format!("{error:#}") });
            Ok(())
        }
        other => other,
    }
}

fn outcome(report: &ImportReport) -> Outcome {
    if !report.failed.is_empty() || !report.held.is_empty() {
        return Outcome::SourceFailed;
    }
    let is_empty = report.documents.is_empty() && report.withdrawn + report.withdrawn_before == 0;
    if is_empty { Outcome::NothingFound } else { Outcome::Done }
}
